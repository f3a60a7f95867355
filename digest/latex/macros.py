r"""Macros that a text defines for itself: `\newcommand`, `\def`, `\DeclareMathOperator`."""

from __future__ import annotations

import re

_MAY_DEFINE = re.compile(
    r"\\(?:(?:re|provide)?(?:new)?command|[gex]?def|Declare(?:RobustCommand|MathOperator))(?![a-z])"
)
_DEFINITION = re.compile(
    r"\\(?:(?P<kind>(?:re)?newcommand|providecommand|DeclareRobustCommand|DeclareMathOperator)\*?\s*+\{?\s*+"
    r"\\(?P<name>[A-Za-z]++)\s*+\}?\s*+(?:\[(?P<arity>\d)\])?\s*+(?:\[[^\][{}]*+\])?"
    r"|[gex]?def\s*+\\(?P<defined>[A-Za-z]++)(?P<parameters>(?:#\d)*+))\s*+(?=\{)"
)
_COMMAND = re.compile(r"\\(?:([A-Za-z]+)|.)", re.DOTALL)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_PARAMETER = re.compile(r"#(\d)")
_ARGUMENT = re.compile(r"\s*+(?:(\{)|(\\(?:[A-Za-z]++|.)|[^\s\\}]))", re.DOTALL)

# Stands for a definition until all are taken; `digest.text.clean` leaves none in a text.
_TAKEN = "\x00"
_EMPTY_DOLLARS = re.compile(r"\$\s*+(?:\x00\s*+)++\$")

_PASSES = 4
_EXPANSIONS = 500
_ARGUMENT_LENGTH = 500


def match_braces(text: str) -> dict[int, int]:
    """The offset of every `{` that has a `}`, with the offset of that `}`. One pass."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for found in _BRACE.finditer(text):
        brace = found[0]
        if brace == "{":
            opened.append(found.start())
        elif brace == "}" and opened:
            pairs[opened.pop()] = found.start()
    return pairs


def expand_macros(text: str) -> str:
    """`text` without its definitions, and with what they define put in place.

    Work is bounded: a few passes, a few hundred expansions, at most twice the text and 4,000
    characters; macros that would need more stay as they are written.
    """
    if _MAY_DEFINE.search(text) is None:
        return text
    bodies, rest = _take_definitions(text)
    if not bodies:
        return rest
    limit = 2 * len(text) + 4000
    for _ in range(_PASSES):
        expanded = _expand_once(rest, bodies, limit)
        if expanded == rest or len(expanded) > limit:
            break
        rest = expanded
    return rest


def _take_definitions(text: str) -> tuple[dict[str, tuple[int, str]], str]:
    """Bodies by name, each with its number of parameters, and the text without definitions."""
    pairs = match_braces(text)
    bodies: dict[str, tuple[int, str]] = {}
    kept: list[str] = []
    at = 0
    for found in _DEFINITION.finditer(text):
        end = pairs.get(found.end())
        if found.start() < at or end is None:
            continue
        kept.append(text[at : found.start()])
        at = end + 1
        body = text[found.end() + 1 : end]
        if found["kind"] == "DeclareMathOperator":
            body = rf"\operatorname{{{body}}}"
        arity = int(found["arity"] or len(found["parameters"] or "") // 2)
        bodies[found["name"] or found["defined"]] = arity, body
    kept.append(text[at:])
    # Definitions may have stood in dollars of their own, which go with them.
    return bodies, _EMPTY_DOLLARS.sub(" ", _TAKEN.join(kept)).replace(_TAKEN, "")


def _expand_once(text: str, bodies: dict[str, tuple[int, str]], limit: int) -> str:
    parts: list[str] = []
    at = length = done = 0
    for found in _COMMAND.finditer(text):
        macro = bodies.get(found[1]) if found[1] else None
        if macro is None or found.start() < at:
            continue
        arity, body = macro
        arguments, end = _arguments(text, found.end(), arity)
        if arguments is None:
            continue
        if arity:
            given = dict(enumerate(arguments, 1))
            body = "".join(
                given.get(int(part), "") if n % 2 else part
                for n, part in enumerate(_PARAMETER.split(body))
            )
        if body[-1:].isalpha() and "\\" in body and text[end : end + 1].isalpha():
            body += " "
        parts += text[at : found.start()], body
        length += len(body)
        at = end
        done += 1
        if done >= _EXPANSIONS or length > limit:
            break
    parts.append(text[at:])
    return "".join(parts)


def _arguments(text: str, at: int, count: int) -> tuple[list[str] | None, int]:
    """`count` arguments from `at` on and where they end, or None where they are not there."""
    arguments: list[str] = []
    for _ in range(count):
        found = _ARGUMENT.match(text, at)
        if found is None:
            return None, at
        if not found[1]:
            arguments.append(found[2])
            at = found.end()
            continue
        depth = 1
        for brace in _BRACE.finditer(text, found.end(), found.end() + _ARGUMENT_LENGTH):
            depth += {"{": 1, "}": -1}.get(brace[0], 0)
            if not depth:
                arguments.append(text[found.end() : brace.start()])
                at = brace.end()
                break
        else:
            return None, at
    return arguments, at
