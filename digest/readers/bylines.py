"""Bylines: the names in a line of authors, without the institutions in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from digest.text import fold

_TOKEN = re.compile(r"[()\[\]{},;]|\s(?:and|&)\s")
_CLOSERS = {")": "(", "]": "[", "}": "{"}
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?|Ph\.?\s?D\.?|M\.?D\.?")
_GROUP = r"(?:[Cc]ollaborations?|[Cc]onsortium|[Tt]eams?|[Gg]roups?|[Pp]roject|[Ss]urvey|Network)"
_IS_GROUP = re.compile("(?:Collaboration|Consortium|COLLABORATION|CONSORTIUM)s?")
_FOR_GROUP = re.compile(rf"\s(?:for|on behalf of)\s(?:the\s)?(?=[^,;]{{1,120}}{_GROUP}$)")
_GROUP_FIRST = re.compile(rf"^([^,;:]{{1,120}}{_GROUP}[^,;:]{{0,40}}):\s")
_LEAD = re.compile(r"^(?:(?:and|&|by|with)\s)+", re.I)
_UNUSUAL = re.compile(
    r"[()\[\];:&…+*†‡\d]|\.\.\.| (?:Jr|Sr|I[IV]|Ph|M\.?D|for|on behalf|et|al|others)\b"
)
_LISTED_IN_BRACES = re.compile(r"\{[^{}]{0,99},")
"""What a byline holds that is more than names and commas."""
_INSTITUTION = re.compile(r"[(][^()]*[)]")
_NESTED = 3
_LEADS = ("by ", "By ", "and", "And")
_AND_OTHERS = re.compile(r"\s(?:et\.?\s?al\.?|and others)$", re.I)
_ET_AL = re.compile(
    r"(?:et\.?\s?al\.?|others|\.{3}|…|\(?\+?\d+ (?:more|additional) authors?.{0,30})", re.I
)


def split_byline(byline: str) -> tuple[str, ...]:
    """The names of `byline`, as printed, one string a person or group.

    Commas, semicolons, `and` and `&` part names, but not inside brackets: what stands in brackets
    after a name is an institution and no part of it. `Family, Given; Family, Given` keeps its
    commas. `Jr.` and the like stay with their name.
    """
    byline = fold(byline)
    for _ in range(_NESTED):
        if "(" not in byline:
            break
        byline = fold(_INSTITUTION.sub(" ", byline))
    if (
        _UNUSUAL.search(byline) is None
        and not ("{" in byline and _LISTED_IN_BRACES.search(byline))
        and byline[:3] not in _LEADS
    ):
        # Nine of ten: names and commas, nothing that asks for a closer look.
        byline = byline.replace(" and ", ", ").replace(" ,", ",").replace(",,", ",")
        return tuple([name for name in byline.rstrip(" ,").split(", ") if name])
    if m := _GROUP_FIRST.match(byline):
        byline = f"{m[1]}, {byline[m.end() :]}"
    return tuple(_names(_parts(byline)))


def _names(parts: Iterable[str]) -> Iterator[str]:
    held: str | None = None
    for part in parts:
        name = part.strip()
        if name[:4].lower() in ("and ", "with") or name[:3].lower() == "by " or name[:2] == "& ":
            name = _LEAD.sub("", name)
        if not name or name in ("and", "&") or _is_no_name(name):
            continue
        if name[-2:] in ("al", "l.", "rs"):
            name = _AND_OTHERS.sub("", name)
        if held is not None and _SUFFIX.fullmatch(name):
            held = f"{held}, {name}"
            continue
        if held is not None:
            yield held
        held = name
        if (" for " in name or " behalf " in name) and (group := _FOR_GROUP.search(name)):
            yield name[: group.start()].strip()
            held = name[group.end() :]
    if held is not None:
        yield held


def _is_no_name(name: str) -> bool:
    if not name[0].isalpha() and not any(c.isalpha() for c in name):
        return True
    return name[0] in "eo.…+(0123456789" and _ET_AL.fullmatch(name) is not None


def _parts(byline: str) -> Iterator[str]:
    """What stands between the separators of `byline` that are outside brackets."""
    tokens = list(_TOKEN.finditer(byline))
    matched = _matched(tokens)
    seams: list[tuple[int, int, str]] = []
    cuts: list[tuple[int, int]] = []
    skip_to = 0
    for index, m in enumerate(tokens):
        if m.start() < skip_to:
            continue
        mark = m[0]
        if mark in "([{":
            close = matched.get(m.start())
            if close is not None:
                skip_to = close + 1
                if mark != "{":
                    cuts.append((m.start(), skip_to))
            elif mark != "{":
                # Never closed: it hides the rest of this name alone.
                following = tokens[index + 1].start() if index + 1 < len(tokens) else len(byline)
                cuts.append((m.start(), following))
        elif mark not in ")]}":
            seams.append((m.start(), m.end(), mark))
    fields = list(_pieces(byline, [seam for seam in seams if seam[2] == ";"], cuts))
    if len(fields) > 1 and all(field.count(",") == 1 for field in fields):
        yield from fields
        return
    yield from _pieces(byline, seams, cuts)


def _pieces(
    byline: str, seams: list[tuple[int, int, str]], cuts: list[tuple[int, int]]
) -> Iterator[str]:
    """`byline` without `cuts`, parted at `seams`; both are in order and do not overlap."""
    at = 0
    cut = 0
    for start, end, _ in [*seams, (len(byline), len(byline), "")]:
        kept: list[str] = []
        pos = at
        while cut < len(cuts) and cuts[cut][0] < start:
            kept.append(byline[pos : cuts[cut][0]])
            pos = cuts[cut][1]
            cut += 1
        kept.append(byline[pos:start])
        yield fold(" ".join(kept))
        at = end


def _matched(tokens: list[re.Match[str]]) -> dict[int, int]:
    """Offset of each opening bracket that is closed -> offset of what closes it."""
    found: dict[int, int] = {}
    stack: list[tuple[str, int]] = []
    for m in tokens:
        mark = m[0]
        if mark in "([{":
            stack.append((mark, m.start()))
        elif mark in _CLOSERS:
            opener = _CLOSERS[mark]
            if stack and stack[-1][0] == opener:
                found[stack.pop()[1]] = m.start()
    return found


_PARTICLES = frozenset(
    """al af av bin bint binti da dal das de degli dei del dela della den der di do dos du e el ibn
        la le les lo ten ter 't van vande vanden ver vom von y zu zum zur""".split()
)
_TITLE_WORDS = frozenset(
    """a an the of for with via to in on from by towards toward using under over without within at
        is are as into between through how what why when can we not its beyond new learning deep
        neural network networks model models data analysis theory system systems approach method
        methods study survey review problem problems design based efficient robust optimal graph
        graphs image images video language quantum equations equation dynamics estimation detection
        prediction optimization algorithm algorithms inference training attention transformer
        transformers classification recognition segmentation generation representation
        framework that this these those which whose where your or but does about after against among
        around before behind during inside outside onto upon while whether""".split()
)
_NAMES_TOO = frozenset(["an", "can", "how", "in", "on", "to"])
"""Words of titles that are names as well: `Jisun An`, `In Dae Jong`."""
_NAME_WORD = re.compile(
    r"[-‐]?[^\W\d_](?:[^\W\d_]|['’`.\-‐\\{}\"^~=*†‡§¹²³⁰-⁹\u0300-\u036f])*\d{0,2}"
)
_TEX_ACCENT = re.compile(r"\\[a-zA-Z'`\"^~=.]+\s?(?:\{[^{}]{0,4}\})?|[{}]")
_AUTHORS_LABEL = re.compile(
    r"(?:authors?|by)\s?[:：]\s?|by\s|author links open overlay panel\s{0,3}", re.I
)
_DOTS = re.compile(r"\s?[·⋅•∙|‧]\s?|\t+|\s{3,}")
_FOOTNOTE = re.compile(r"(?<=[^\W\d_.])[\d*†‡§¶¹²³⁰-⁹,]{1,6}$")
_WIDE = re.compile(r"\s?[，、；]\s?")
_JOINERS = re.compile(r",?\s(?:und|et(?!\.?\s?al\b)|y(?=\s\S+\s[^\s,])|e(?=\s\S+\s[^\s,]))\s")
"""`Ann Abel y Bo Bee` are two, `Ramón y Cajal` is one."""
_ABBREVIATED = re.compile(r"(?:\b(?:Jr|Sr|al|Ph\.?D)|\b[A-Z][a-z]+,\s[A-Z])\.$")
_INITIAL = re.compile(r"\b[^\W\d_a-z]\.$")
_SHORTENED = re.compile(r"[^,;.]{2,60}\s[^\W\d_a-z]{1,3}")
"""`Abel AM`: initials behind the name and no full stops."""
_MARK = re.compile(r"(?:\s(?:[a-z]|\d{1,2}|[*†‡§¶]))+$")
"""What ScienceDirect and others print behind a name: `Ann Abel a 1`."""
_LONE_MARK = re.compile(r"(?:[a-z]|\d{1,2}|[*†‡§¶])(?:\s(?:[a-z]|\d{1,2}|[*†‡§¶]))*")
_LONGEST_NAME = 6
_THREE = 3


def name_share(line: str) -> tuple[float, int]:
    """How much of `line` reads as names of people, 0 to 1, and how many names it would hold."""
    names = read_byline(line)
    if not names:
        return 0.0, 0
    return sum(map(_is_name, names)) / len(names), len(names)


def read_byline(line: str) -> tuple[str, ...]:
    """The names of a page's line: like `split_byline`, with what pages put between names and
    behind them: dots, `und`, marks of footnotes and institutions, a full stop."""
    lead = _AUTHORS_LABEL.match(line)
    line = (line[lead.end() :] if lead else line).strip()
    if _DOTS.search(line):
        line = _DOTS.sub(", ", line)
    if not line.isascii():
        line = _WIDE.sub(", ", line)
    if _JOINERS.search(line):
        line = _JOINERS.sub(", ", line)
    if line.endswith(("…", "...")):
        line = line.rstrip("….")
    elif line.endswith(":") or (line.endswith(".") and _is_closed(line)):
        line = line[:-1]
    names = tuple(_FOOTNOTE.sub("", name) or name for name in split_byline(line))
    marked = sum(_MARK.search(name) is not None for name in names)
    if marked and marked * 2 >= len([name for name in names if len(name) > 2]):
        names = tuple(_MARK.sub("", name) for name in names if not _LONE_MARK.fullmatch(name))
    return names


def _is_closed(line: str) -> bool:
    """Whether the full stop behind `line` is no part of its last name."""
    if line.count(".") > 1 or len(line) > 4_000 or _ABBREVIATED.search(line):
        return False
    return _INITIAL.search(line) is None or all(
        _SHORTENED.fullmatch(name.strip(" .")) for name in line.split(",")
    )


def _is_name(name: str) -> bool:
    words = _TEX_ACCENT.sub("", name).replace(",", " ").split()
    if len(words) > 1 and _IS_GROUP.fullmatch(words[-1]):
        return len(words) <= 2 * _LONGEST_NAME
    if not 1 <= len(words) <= _LONGEST_NAME:
        return False
    if len(words) == 1:
        # Names written without blanks: only scripts other than Latin do so.
        return not words[0].isascii() and words[0].isalpha() and 2 <= len(words[0]) <= _LONGEST_NAME
    capital = 0
    if words[-1].lower() in _NAMES_TOO and words[-1][0].isupper():
        words, capital = words[:-1], 1
    elif words[0] == "In" and len(words) == _THREE:
        words, capital = words[1:], 1
    for word in words:
        low = word.lower()
        if low in _PARTICLES and word.islower():
            continue
        if (low in _TITLE_WORDS and len(word) > 1) or not _NAME_WORD.fullmatch(word):
            return False
        if word[0].isupper() or word[0] in "-‐" or not (word[0].islower()):
            capital += 1
        elif capital == 0 or word.islower():
            return False
    return capital >= 2 or (capital == 1 and len(words) > 1)
