"""Which part of a contribution's phrase is a name, and which part says what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from digest.catalogue.sentences import bare, listed
from digest.catalogue.titles.marks import opened
from digest.catalogue.titles.phrases import begin
from digest.catalogue.titles.systems import CALLS, called, capitalised, definitions, named
from digest.catalogue.titles.word_classes import (
    CONJUNCTIONS,
    DETERMINERS,
    GENERIC,
    PREPOSITIONS,
    RELATIVES,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_EDGES = ".,;:!?()[]\"'`“”‘’"
SEAMS = PREPOSITIONS | RELATIVES | frozenset(["to", "using", "based", "can"])


_BOASTS = listed("outperform achieve surpass improve exceed obtain attain be")


class Naming(NamedTuple):
    """A phrase divided: `lead` the name as words, `body` what it is."""

    system: str | None
    lead: tuple[str, ...]
    body: tuple[str, ...]
    joined: bool
    """Whether the body goes on from the lead without a colon."""


def divide(words: Sequence[str]) -> Naming:
    """`words`, a phrase after a verb of contribution, divided into name and description."""
    skipped = begin(words)
    words = tuple(words[skipped:])
    for i in range(1, min(4, len(words) - 1)):
        if bare(words[i]) in CALLS and not capitalised(words[i + 1]) and not named(words[i + 1]):
            if words[i - 1][-1] == "," or all(bare(word) in GENERIC for word in words[:i]):
                words = words[i + 1 :]  # `a technique called |dynamic batching`
            break
    return (
        _christened(words)
        or _leading(words)
        or _abbreviated(words)
        or _inserted(words)
        or Naming(None, (), words, False)
    )


def _clean(word: str) -> str:
    return word.strip(_EDGES)


def _christened(words: tuple[str, ...]) -> Naming | None:
    """`a framework called PACU (…) to boost …`, `…, shortened as UIFace`."""
    found = called(words)
    if not found or found[0] == 0 or found[0] > 40:
        return None
    stop, start = found
    description = words[:stop]
    rest = words[start:]
    for begins, place, short in definitions(rest):
        if begins == 0 and place <= 9:
            return Naming(
                short, (*rest[:place], f"({short})"), _joined(description, rest[place:]), False
            )
        break
    name = _clean(rest[0])
    if named(rest[0]):
        after = 1
        if len(rest) > 1 and rest[1][0] == "(":
            depth = opened(rest[1])
            after = 2
            while depth > 0 and after < len(rest):
                depth += opened(rest[after])
                after += 1
            if depth == 0 and after <= 6:
                lead = (name, *rest[1 : after - 1], rest[after - 1].rstrip(".,;:"))
                return Naming(name, lead, _joined(description, rest[after - 1 :]), False)
        return Naming(name, (name,), _joined(description, rest[after - 1 :]), False)
    size = _run(rest)
    lead = (*rest[: size - 1], rest[size - 1].rstrip(".,;:"))
    return Naming(name if size == 1 else None, lead, _joined(description, rest[size - 1 :]), False)


def _joined(description: tuple[str, ...], rest: tuple[str, ...]) -> tuple[str, ...]:
    """The description, and what follows the name (`rest[0]` ends it) where it reads on."""
    if description and description[-1][-1] in ",;(":
        description = (*description[:-1], description[-1].rstrip(",;("))
    if len(rest) < 2 or rest[0][-1] in ",;:" or len(description) > 7:
        return description
    follower = bare(rest[1])
    if follower in ("to", "for", "that", "by", "in", "with", "using", "based", "on", "from"):
        return (*description, *rest[1:])
    if follower == "can" and not any(bare(w) in _BOASTS for w in rest[2:4]):
        return (*description, "that", *rest[1:])
    return description


def _run(words: Sequence[str]) -> int:
    """How many words from the first on belong to a name in capitals: `Graph Attention for Cats`."""
    size = 1
    while size < len(words) and size < 8 and words[size - 1][-1] not in ".,;:)":
        word = words[size]
        if capitalised(word) or named(word):
            size += 1
        elif (
            bare(word) in ("of", "for", "and", "with", "in", "the", "to", "via")
            and size + 1 < len(words)
            and capitalised(words[size + 1])
        ):
            size += 2
        else:
            break
    return size


def _leading(words: tuple[str, ...]) -> Naming | None:
    """`SHARK, the practice …`, `Deep Interest Network (DIN), which …`, `the Engine (NPE) for …`."""
    system: str | None = None
    for begins, place, short in definitions(words[:14]):
        if begins == 0 and named(short) and not SEAMS & {bare(w) for w in words[:1]}:
            if place > 7:
                return None
            system, size = short, place + 1
            lead = (*words[:place], f"({short})")
        break
    if system is None:
        size = 1
        name = _clean(words[0])
        if named(words[0]):
            follower = bare(words[1]) if len(words) > 1 else ""
            if (
                words[0][-1] not in ",:."
                and follower
                and follower not in SEAMS | CONJUNCTIONS
                and (words[1][0] not in "(—")
            ):
                return None  # the name qualifies a noun: `BERT encoders`
        elif not _explained(words):
            return None
        spelt = named(words[0]) or capitalised(name) or any(map(str.isdigit, name))
        system, lead = (name if spelt else None), (name,)
        if len(words) > 1 and words[1][0] == "(" and words[0][-1] != ",":
            depth, size = opened(words[1]), 2
            while depth > 0 and size < len(words):
                depth += opened(words[size])
                size += 1
            if depth == 0 and size <= 7:
                lead = (name, *words[1 : size - 1], words[size - 1].rstrip(".,;:"))
    rest = words[size:]
    closing = words[size - 1][-1] if words[size - 1] else ""
    if not rest:
        return Naming(system, lead, (), False)
    follower = bare(rest[0])
    if closing == "," or rest[0] in ("—", "–"):
        if rest[0] in ("—", "–"):
            rest = rest[1:]
            follower = bare(rest[0]) if rest else ""
        if follower.endswith("ing") and len(rest) > 1 and bare(rest[1]) in DETERMINERS | {"to"}:
            return Naming(system, lead, (), False)
        if follower in ("which", "that", "where", "and", "we", "whose", "as", "or", "then", "with"):
            return Naming(system, lead, (), False)
        return Naming(system, lead, rest[begin(rest) :], False)
    if closing == ":":
        return Naming(system, lead, rest[begin(rest) :], False)
    if follower in CONJUNCTIONS and len(rest) > 1:
        return Naming(system, lead, (), False)
    return Naming(system, lead, rest, True)


def _explained(words: tuple[str, ...]) -> bool:
    """Whether the first word is a name that is told at once: `node2vec, a method for …`."""
    first, then = words[0], bare(words[1]) if len(words) > 1 else ""
    if capitalised(first) and (first[-1] == "," or then == "—"):
        return then in DETERMINERS | {"which", "—"}
    return first[-1] == "," and bare(first) not in GENERIC and then in ("a", "an", "the", "our")


def _abbreviated(words: tuple[str, ...]) -> Naming | None:
    """`an end-to-end Learnable Polarizing Feature Selection (LPFS) method`."""
    for begins, place, short in definitions(words[:20]):
        if any(bare(w) in SEAMS and bare(w) != "of" for w in words[:begins]) or not named(short):
            return None
        description = words[:begins]
        if (
            description
            and bare(description[-1]) in GENERIC | {"e.g", "i.e"}
            and (
                description[-1][-1] == ","
                or (capitalised(words[begins]) and capitalised(words[begins + 1]))
            )
        ):
            # `an improved framework, Graph Attention (GA)`
            return Naming(
                short,
                (*words[begins:place], f"({short})"),
                _joined(description, words[place:]),
                False,
            )
        if place > 9:
            return Naming(short, (short,), words, False)
        return Naming(short, (), words, False)
    return None


def _inserted(words: tuple[str, ...]) -> Naming | None:
    """`a framework Reintrainer to …`, `a framework, LeRet, that …`, `a model (UIFace) for …`."""
    for i in range(1, min(len(words), 18)):
        word = words[i]
        before = bare(words[i - 1])
        if before in SEAMS and i < 4:
            return None
        bracketed = word[0] == "(" and word.rstrip(".,;:")[-1:] == ")"
        apart = words[i - 1][-1] in ",:—" and (
            i + 1 == len(words) or word[-1] in ",.;—:" or bare(words[i + 1]) in SEAMS | {"—"}
        )
        straight = (
            before in GENERIC
            and words[i - 1][-1].isalpha()
            and (i + 1 == len(words) or bare(words[i + 1]) in SEAMS or word[-1] in ",.")
        )
        if before in GENERIC and words[i - 1][-1] == "," and capitalised(word) and i < 6:
            size = _run(words[i:])
            lead = (*words[i : i + size - 1], words[i + size - 1].rstrip(".,;:"))
            if size > 1:
                return Naming(None, lead, _joined(words[:i], words[i + size - 1 :]), False)
        if (named(word) and (apart or straight or (bracketed and before in GENERIC))) or (
            capitalised(word) and straight and word[1:2].islower()
        ):
            if any(bare(w) in SEAMS for w in words[: i - 1]) and not (apart and word[-1] in ".,"):
                return None
            name = _clean(word)
            return Naming(name, (name,), _joined(words[:i], words[i:]), False)
    return None


def define(words: Sequence[str]) -> Naming:
    """`LangXAI is a framework that …` divided; no system if what is defined is no name."""
    at = next(i for i in range(1, len(words)) if bare(words[i]) == "is")
    subject = tuple(words[begin(words) : at])
    nothing = Naming(None, (), tuple(words), False)
    if not subject:
        return nothing
    rest = tuple(words[at + 1 :])
    body = rest[begin(rest) :]
    if len(subject) == 1 and named(subject[0]):
        return Naming(_clean(subject[0]), (_clean(subject[0]),), body, False)
    for begins, place, short in definitions(subject):
        if begins == 0 and place == len(subject) - 1 and all(map(capitalised, subject[:2])):
            return Naming(short, (*subject[:place], f"({short})"), body, False)
    return nothing
