"""One formatted reference, as APA, IEEE, MLA, Chicago, Harvard, Vancouver or ACM print it."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from msgspec import Struct

from digest.identifiers import match_arxiv, match_doi
from digest.links import find_links
from digest.paper import Link
from digest.readers.listings.reference_names import closes_initial, is_shortened, split_names
from digest.readers.listings.reference_titles import (
    LEAST,
    QUOTED,
    clean_place,
    clean_title,
    is_plain,
    is_title,
)
from digest.text import fold

_YEAR = r"(?:19|20)\d\d"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_IN_BRACKETS = re.compile(
    rf"\s?\(({_YEAR})[a-z]?(?:,\s[^()]{{1,30}})?\)\s?[.,:]?\s?|\s?\((?:n\.d\.|in press)\)[.,:]?\s?"
)
_BETWEEN = re.compile(rf"[.,]\s({_YEAR})[a-z]?[.:]\s")
_ANY_YEAR = re.compile(rf"(?<![\w./:-]){_YEAR}(?![\w/]|[.-]\d)")
_STOP = re.compile(r"([.?!])[\"”’]?\s+(?=[^\W\d_a-z]|[\d“\"‘(])")
_BY = re.compile(r"[,.]?\s?(?:by|von|par|por)\s(?=[^\W\d_a-z])", re.I)
_URL = re.compile(
    r"(?:(?:Available(?: at| from)?|URL|Retrieved from|Link|PDF):?\s)?https?://\S+", re.I
)
_DOI = re.compile(r"(?:\bdoi\s?:?\s?|https?://(?:dx\.)?doi\.org/|\b(?=10\.\d{4}))(?=10\.\d)", re.I)
_ARXIV = re.compile(r"arxiv(?:\.org/(?:abs|pdf|html)/|\s?:\s?|\s(?=\d{4}\.\d))", re.I)
_PREPRINT = re.compile(
    r"(?:arXiv )?(?:preprint|e-print)?,?\s?arXiv:\s?\S+?(?:\s\[[\w.-]+\])?(?=[,.]?(?:\s|$))", re.I
)
_BUTTONS = re.compile(r"(?:\s{0,3}\[[A-Za-z][\w +-]{0,20}\]){1,8}\s{0,3}$")
_VOLUME = re.compile(r"\d\s?[(:;,]\s?\d|\bvol\b|\bpp?\.|\bno\.|\d+[-–]\d+", re.I)
_SEAMS = re.compile(r"[.:]\s+(?=\S)")
_MOST = 40
_SEVERAL = re.compile(r",|\sand\s|&")
_NO_STOPS = frozenset(["vs", "st", "dr", "cf", "e.g", "no"])
_PLACE = re.compile(
    r"^In\b|\b(?:journal|transactions|proceedings|conference|letters|review|annals|workshop|acta|press"
    r"|symposium|bulletin|university)\b",
    re.I,
)
_LONGEST = 2_500


class Reference(Struct, frozen=True):
    """What a reference says. `sure` is 0 to 1."""

    title: str
    authors: tuple[str, ...]
    year: str | None
    place: str | None
    """Where it appeared: the journal with volume and pages, a conference."""
    doi: str | None
    eprint: str | None
    version: int | None
    links: tuple[Link, ...]
    sure: float

    @property
    def numbered_place(self) -> bool:
        """Whether the place names a volume or pages."""
        return bool(self.place and _VOLUME.search(self.place))


class _Parts(Struct):
    names: str
    title: str
    rest: str
    year: str | None = None
    sure: float = 0.8


@lru_cache(maxsize=2048)  # several ways to cut a text ask of the same line
def parse_reference(words: str) -> Reference | None:
    """The reference in `words` (white space folded, no number before it), or None."""
    if not LEAST < len(words) <= _LONGEST or "](" in words:
        return None
    doi, eprint = _find_doi(words), _find_eprint(words)
    if not (doi or eprint or _ANY_YEAR.search(words)):
        return None
    bare = _bare(words)
    for form in (_by_quotes, _by_brackets, _by_year, _by_stops, _title_first):
        parts = form(bare)
        if parts is None:
            continue
        authors, title = split_names(parts.names), clean_title(parts.title)
        if authors is None or not is_title(title):
            continue
        years = _ANY_YEAR.findall(parts.rest)
        year = parts.year or (years[-1] if years else None)
        place = clean_place(parts.rest)
        if not (year or doi or eprint):
            continue
        return Reference(
            title, authors, year, place, doi, eprint and eprint[0], eprint and eprint[1],
            find_links(words), parts.sure if is_plain(title) else min(parts.sure, 0.5),
        )  # fmt: skip
    if (doi or eprint) and (alone := _alone(words)):
        return Reference(
            alone, (), None, None, doi, eprint and eprint[0], eprint and eprint[1],
            find_links(words), 0.55,
        )  # fmt: skip
    return None


def _bare(words: str) -> str:
    """`words` without addresses, identifiers and buttons."""
    words = _BUTTONS.sub("", words)
    m = _DOI.search(words)
    if m and (found := match_doi(words, m.end(), glued=False)):
        words = f"{words[: m.start()]} {words[found[1] :].lstrip('.')}"
    words = _PREPRINT.sub(" arXiv ", _URL.sub(" ", words))
    return fold(words)


def _find_doi(words: str) -> str | None:
    m = _DOI.search(words)
    found = match_doi(words, m.end(), glued=False) if m else None
    return found[0].rstrip(".") if found and not found[0].startswith("10.48550/") else None


def _find_eprint(words: str) -> tuple[str, int | None] | None:
    for m in _ARXIV.finditer(words):
        if found := match_arxiv(words, m.end()):
            return found[0].id, found[0].version
    return None


def _by_quotes(words: str) -> _Parts | None:
    """The title stands in quotation marks."""
    for opener, closer in QUOTED:
        start = words.find(opener)
        if start < 0 or (start and words[start - 1].isalnum()):
            continue
        end = _closing(words, start + len(opener), closer)
        if end < 0 or end - start < LEAST:
            continue
        title, rest = words[start + len(opener) : end], words[end + len(closer) :].strip(" ,.")
        before = words[:start].strip(" ,:")
        if before:
            names, year = _dated(before)
            return _Parts(names, title, rest, year, 0.85)
        m = _BY.match(rest)
        named = rest[m.end() :] if m else rest
        names, rest = _leading_names(named)
        return _Parts(names, title, rest, None, 0.8) if names else None
    return None


def _closing(words: str, start: int, closer: str) -> int:
    """Where the quotation ends: at a mark that no letter follows, behind a comma if one is."""
    at = words.find(closer, start)
    while at >= 0:
        after = words[at + len(closer) : at + len(closer) + 1]
        if not after.isalnum() and (
            closer != "’" or after in (",", ".", "") or words[at - 1] in ",.?!"
        ):
            return at
        at = words.find(closer, at + 1)
    return -1


def _dated(before: str) -> tuple[str, str | None]:
    """A byline, and the year that stands behind it."""
    if m := re.search(rf"[.,]?\s?\(?({_YEAR})[a-z]?\)?[.,:]?$", before):
        names = before[: m.start()]
        names += "." if before[m.start()] == "." and closes_initial(names) else ""
        return names, m[1]
    return (before if closes_initial(before[:-1]) else before.rstrip(".")), None


def _leading_names(words: str) -> tuple[str, str]:
    """The longest front of `words` that is names, and the rest."""
    best = ""
    for m in re.finditer(r"\s?[(.;]\s?|,\s|\s[-–—|·]\s|$", words[:1500]):
        front = words[: m.start()]
        if m[0][:1] == "." and len(re.split(r"[\s.-]", front)[-1]) == 1:
            continue
        if split_names(front):
            best = front
        elif best and m[0].strip() in (".", "("):
            break
    return best, words[len(best) :].strip(" ,.;|·–—-()")


def _by_brackets(words: str) -> _Parts | None:
    """`Names (2020). Title. Place`."""
    m = _IN_BRACKETS.search(words)
    if m is None or m.start() < 4:
        return None
    title, rest = _first_sentence(words[m.end() :])
    return _Parts(words[: m.start()], title, rest, m[1], 0.85)


def _by_year(words: str) -> _Parts | None:
    """`Names. 2020. Title. Place`."""
    m = _BETWEEN.search(words)
    if m is None:
        return None
    names = words[: m.start()]
    if words[m.start()] == "." and closes_initial(names):
        names += "."
    title, rest = _first_sentence(words[m.end() :])
    return _Parts(names, title, rest, m[1], 0.85)


def _by_stops(words: str) -> _Parts | None:
    """`Names. Title. Place 2020`, or `Names: Title. Place 2020`."""
    best: tuple[int, int] | None = None
    unsure = False
    for m in islice(_SEAMS.finditer(words, 0, 800), _MOST):
        front = words[: m.start()]
        named = split_names(front) or (split_names(f"{front}.") if front[-2:-1] == " " else None)
        begun = best is not None and (
            len(re.split(r"[\s.,-]", words[: best[0]])[-1]) > 1 or closes_initial(words[: best[0]])
        )
        if named is None or words[m.end()].islower() or (m[0][0] == ":" and begun):
            if best is not None and len(front) > best[0] + 80:
                break
            continue
        initial = len(re.split(r"[\s.,-]", front)[-1]) == 1
        if best is not None and (is_shortened(front[: best[0]]) and not initial):
            # `Abel A, Zhang W. Kalman Filters. …`: all names are alike. One alone may be either.
            if len(split_names(front[: best[0]]) or ()) > 1:
                break
            if not _SEVERAL.search(front, best[0]):
                unsure = True
                if len(front) - best[0] > 20:
                    break
        best = m.start(), m.end()
    if best is None:
        return None
    title, rest = _first_sentence(words[best[1] :])
    unsure |= split_names(title) is not None and len(title.split()) < 4
    names = words[: best[0]]
    names += "." if words[best[0]] == "." and closes_initial(names) else ""
    return _Parts(names, title, rest, None, 0.5 if unsure else 0.75) if rest else None


def _title_first(words: str) -> _Parts | None:
    """`Title. Names. Place 2020`, or `Title by Names, Place 2020`."""
    for m in _STOP.finditer(words[:600]):
        title = words[: m.end(1)]
        if m[1] == "." and len(words[: m.start()].rpartition(" ")[2]) == 1:
            continue
        names, rest = _leading_names(words[m.end() :])
        if names and (
            "," in names or " and " in names or rest or len(names) + 1 >= len(words) - m.end()
        ):
            return _Parts(names, title, rest, None, 0.7)
    for m in re.finditer(r",?\sby\s(?=[^\W\d_a-z])", words[:600]):
        names, rest = _leading_names(words[m.end() :])
        if names:
            return _Parts(names, words[: m.start()], rest, None, 0.65)
    return None


def _first_sentence(words: str) -> tuple[str, str]:
    """The title in front of `words`, and what follows it."""
    for m in _STOP.finditer(words):
        token = words[: m.start()].rpartition(" ")[2]
        if m[1] == "." and (len(token) == 1 or token.lower() in _NO_STOPS):
            continue
        rest = words[m.end() :]
        further = _STOP.search(rest)
        if (
            m[1] != "."
            and further
            and rest[further.end() :][:1].isalpha()
            and not _PLACE.search(rest[: further.start()])
        ):
            # A question goes on with a second part, unless a place follows it.
            continue
        end = m.end(1) if m[1] != "." else m.start()
        return words[:end], rest
    return words, ""


def _alone(words: str) -> str | None:
    """A title with nothing but an address or an identifier beside it."""
    at = min(m.start() for m in (_URL.search(words), _DOI.search(words), _ARXIV.search(words)) if m)
    if words[at:].count(" ") > 2 or at == 0:
        return None
    title = clean_title(words[:at].strip(" -–—|:(["))
    if title.count(". ") > 1 or len(title) > 250 or len(title.split()) < 2 or title.endswith(","):
        return None
    return title if is_title(title) else None
