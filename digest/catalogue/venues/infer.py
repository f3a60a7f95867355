"""Where a paper appeared: from its venue field, its journal reference or its comment.

Known names come from `venue_names`; a name that is not known counts only where its form or the
words around it say plainly what it is. No claim is better than a wrong one.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from digest.catalogue.dates import FIRST_YEAR, LAST_YEAR, year_of_reference
from digest.catalogue.venues.claims import LONGEST, Mark, find_marks, sentences, stance_at
from digest.catalogue.venues.parts import is_part, part_of
from digest.catalogue.venues.registry import Match, Registry, find_names, nearest_acronym
from digest.catalogue.venues.unknown import read_event, read_journal
from digest.catalogue.venues.years import year_beside, year_near
from digest.paper import Venue
from digest.text import clean, fold, slugify


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PREPRINTS = re.compile(
    r"\W*(?:e-?prints?|pre-?prints?|arxiv|corr|[a-z]{2,8}rxiv|ssrn|hal|zenodo|research ?square|"
    r"openreview(?:\.net)?|techrxiv|unpublished|n/?a|none|null|unknown|online)\b.*",
    re.I | re.S,
)
_NOT_YET = re.compile(r"\bsubmi|under review|\breject|withdrawn|in preparation", re.I)
_TEX_ACCENT = re.compile(r"\\['\"`^~=.]\s?\{?\\?([A-Za-z])\}?")
_TEX = re.compile(r"\\[a-zA-Z]{1,12}\b ?|[{}$~]|``|''")
# Not possessive, nor is `_START` of `unknown`: Python before 3.11.5 then loses letters that an
# alternative had taken (https://github.com/python/cpython/issues/106052).
# Between words that say "accepted" and a name: small words, and capitals that name no venue.
_FILLER = re.compile(
    r"(?:[\s,:\"'“”‘’(*`-]|(?:[a-z]{1,14}|\d{1,3}(?:st|nd|rd|th)|[A-Z][a-z]{2,12}(?:th|ieth)|First|"
    r"Second|Third|Fifth|The|IEEE|ACM|IAPR|IFIP|ISCA|RSJ|SPIE|AIP|MPI|SIAM|Proceedings|Proc|"
    r"Journal|Annual|Conference|Letters?|Regular|Article|Full|Short|Long|Paper|Papers|Oral|Poster|"
    r"Spotlight|Findings|of|Rapid|Communications?|Brief|Report|Special|Issue|Workshop|Track)"
    r"(?=[\s.,:/\"'”’()-])[./]?)*"
)
# "It is accepted that the WWW …"
_CLAUSE = re.compile(r"\b(?:that|which|because|since|while|although|when)\b")
_ACRONYM = re.compile(r"[A-Z][A-Za-z]{0,9}[A-Z][A-Za-z]{0,3}\b|[A-Z]{3,10}(?=\d)")
_NO_ACRONYM = _words(
    "NY NYC IEEE ACM IAPR IFIP USA UK EU UN PHD LNCS LNAI LIPICS EPTCS ISBN ISSN AIP SPIE "
    "SIAM AMS APS IOP CERN NASA ESA DESY SLAC PDF PS TEX LATEX REVTEX AMSTEX JAN FEB MAR APR "
    "MAY JUN JUL AUG SEP OCT NOV DEC MONDAY JUNE JULY CUP OUP WORLD II III IV VI VII VIII IX "
    "XI XII DOI CC BY MSC"
)
_FRONT = re.compile(
    r"\W*(?:(?:published|appeared) )?(?:in:? |the )*(?:\d{4}[\s,;]*)?(?:in )?", re.I
)
_IN_PRESS = re.compile(
    r"[\s.,(:–-]{1,4}(?:\d{1,4}[,)]? ?)?\(?(?:in press|accepted|to (?:appear|be published)|"
    r"published|forthcoming)\b",
    re.I,
)
_VOLUME = re.compile(r"[\s,(]{1,3}(?:(?:19|20)\d\d\b|\d{4}\)|(?:vol\S{0,4} )?\d{1,4}[\s,(:])", re.I)
_STRICT_END = re.compile(r"\W*(?:$|[.,;:)(\"'”]|\d)")


class _Claim(NamedTuple):
    """A possible reading of a sentence; the strongest and then the first is taken."""

    strength: int
    at: int
    venue: Venue
    source: str


def _preference(claim: _Claim) -> tuple[int, bool, int]:
    """The strongest claim, of equals one with a year, then the first."""
    return -claim.strength, claim.venue.year is None, claim.at


def infer_venue(
    registry: Registry, venue: str | None, journal_ref: str | None, comment: str | None
) -> tuple[Venue, str] | None:
    """Where the paper appeared and how we know: `venue`, `journal-ref` or `comment`.

    The first field that tells is taken, in that order. Preprint servers are no venues, and what
    was only submitted has none yet. Workshops and Findings of a conference are venues of their
    own. A misspelling that was read as a known name is told: `comment (CVRP read as CVPR)`.
    """
    if venue and not _NOT_YET.search(venue[:LONGEST]) and not _PREPRINTS.match(venue[:LONGEST]):
        text = _tidy(venue)
        if found := _of_reference(registry, text) or _as_it_stands(text):
            return found, "venue"
    if (
        journal_ref
        and not _NOT_YET.search(journal_ref[:LONGEST])
        and not _PREPRINTS.match(journal_ref[:LONGEST])
        and (found := _of_reference(registry, _tidy(journal_ref)))
    ):
        return found, "journal-ref"
    if comment:
        claims = [
            claim
            for n, sentence in enumerate(sentences(_plain(comment[:LONGEST])))
            for claim in (_of_sentence(registry, sentence, n),)
            if claim is not None
        ]
        if claims:
            best = min(claims, key=_preference)
            return best.venue, best.source
    return None


def _plain(text: str) -> str:
    """`text` without TeX: accents leave their letter."""
    return _TEX.sub(" ", _TEX_ACCENT.sub(r"\1", clean(text)))


def _tidy(text: str) -> str:
    return fold(_plain(text[:1000]))


def _venue(name: str, year: int | None) -> Venue:
    in_range = year is not None and FIRST_YEAR <= year <= LAST_YEAR
    return Venue(slugify(name), name, year if in_range else None)


def _of_sentence(registry: Registry, text: str, number: int) -> _Claim | None:
    if len(text) < 3:
        return None
    marks = find_marks(text)
    known = find_names(registry, text)
    claims = [c for m in known if (c := _known(text, marks, m, number)) is not None]
    covered = [(m.start, m.end) for m in known]
    if not claims:
        claims = _unknown(registry, text, marks, covered, number)
    return min(claims, key=_preference, default=None)


def _known(text: str, marks: list[Mark], match: Match, number: int) -> _Claim | None:
    if is_part(text, match):
        return None
    end, year = year_beside(text, match)
    stance, reach = stance_at(text, marks, match.start, end)
    if stance in {"submitted", "other"}:
        return None
    called = stance != "none" and _reaches(text, reach, match.start)
    strength = 3 if stance == "published" and called else 2
    if match.kind == "conference":
        # `(KR2025)` is one; `EC 10` may be anything.
        sure = (
            match.end - match.start > 2
            or text[match.end :][:1].isdigit()
            or (text[match.start - 1 : match.start] == "(")
        )
        plain = match.exact and (match.words > 1 or sure)
        if year is None:
            # Allerton is a conference and a publisher.
            if match.strict:
                return None
            if not (called and match.exact) and match.words == 1:
                return None
            year = year_near(text, end)
            if year is None and not called:
                return None
        elif not plain and stance == "none":
            return None
        if stance == "none":
            strength = 1
        name = part_of(match.name, text, max(reach, match.start - 160), match, end)
    else:
        if not match.exact:
            return None
        if match.strict and not _STRICT_END.match(text, match.end):
            return None
        if not called:
            if not _IN_PRESS.match(text, match.end) and not (
                match.words > 1
                and _opens_part(text, match.start)
                and _VOLUME.match(text, match.end)
            ):
                return None
            strength = 2
        name = match.name
        if match.kind == "series":
            strength -= 1
    return _Claim(strength, number * LONGEST + match.start, _venue(name, year), "comment")


def _reaches(text: str, begin: int, end: int) -> bool:
    """Whether nothing but small words stands between a mark and a name."""
    m = _FILLER.match(text, begin, end)
    short = m is not None and m.end() >= end and end - begin <= 120
    return short and not _CLAUSE.search(text, begin, end)


def _opens_part(text: str, start: int) -> bool:
    return not text[:start].strip() or text[:start].rstrip()[-1:] in set(".,:(")


def _unknown(
    registry: Registry, text: str, marks: list[Mark], covered: list[tuple[int, int]], number: int
) -> list[_Claim]:
    found: list[_Claim] = []
    starts = [(m.end, m.stance) for m in marks if m.stance in {"published", "weak"}]
    for reach, kind in starts:
        filler = _FILLER.match(text, reach, min(len(text), reach + 160))
        at = filler.end() if filler else reach
        if stance_at(text, marks, at + 1, at + 1)[0] not in {"published", "weak"}:
            continue
        place = number * LONGEST + at
        if (m := _ACRONYM.match(text, at)) and m[0].upper() not in _NO_ACRONYM:
            read = _acronym(registry, text, m, covered)
            if read is not None and stance_at(text, marks, at + 1, m.end())[0] != "submitted":
                found.append(_Claim(3 if kind == "published" else 2, place, *read))
                continue
        if kind == "published" and (journal := read_journal(text, reach)):
            found.append(_Claim(2, place, _venue(journal, None), "comment"))
    for event in read_event(text):
        if stance_at(text, marks, event.start + 1, event.end)[0] in {"submitted", "other"}:
            continue
        year = event.year or year_near(text, event.end)
        if year is not None:
            found.append(
                _Claim(1, number * LONGEST + event.start, _venue(event.name, year), "comment")
            )
    return found


def _acronym(
    registry: Registry, text: str, m: re.Match[str], covered: list[tuple[int, int]]
) -> tuple[Venue, str] | None:
    if any(start <= m.start() < end for start, end in covered):
        return None
    match = Match(
        m.start(), m.end(), m[0], "conference", 1, exact=True, strict=False, workshop=False
    )
    _end, year = year_beside(text, match)
    if year is None:
        return None
    if (meant := nearest_acronym(registry, m[0])) is not None:
        return _venue(meant, year), f"comment ({m[0]} read as {meant})"
    return _venue(m[0], year), "comment"


def _of_reference(registry: Registry, text: str) -> Venue | None:
    """The venue that a journal reference or a citation names."""
    known = [
        m
        for m in find_names(registry, text)
        if m.exact
        and not is_part(text, m)
        and not (m.strict and (not _at_front(text, m.start) or not _STRICT_END.match(text, m.end)))
    ]
    year = year_of_reference(text)
    events = read_event(text)
    journals = [m for m in known if m.kind == "journal" and _at_front(text, m.start)]
    conferences = [
        m
        for m in known
        if m.kind == "conference"
        and (
            m.words > 1
            or m.start == 0
            or year_beside(text, m)[1]
            or (text[m.start - 1] in "( " and ("roc" in text[: m.start] or events))
        )
    ]
    if journals:
        return _venue(journals[0].name, year)
    if conferences:
        best = min(conferences, key=lambda m: (year_beside(text, m)[1] is None, m.start))
        end, beside = year_beside(text, best)
        name = part_of(best.name, text, max(0, best.start - 60), best, end)
        return _venue(name, beside or year)
    if events:
        return _venue(events[0].name, events[0].year or year)
    if rest := [m for m in known if m.kind != "conference"]:
        return _venue(min(rest, key=lambda m: (m.kind == "series", m.start)).name, year)
    journal = read_journal(text, 0, leading=True)
    return _venue(journal, year) if journal else None


def _at_front(text: str, start: int) -> bool:
    """At the very start, or behind a year, `in` or `published in`."""
    return start <= 40 and _FRONT.fullmatch(text, 0, start) is not None


def _as_it_stands(text: str) -> Venue | None:
    """A venue field that we do not know: its own words, without year and proceedings."""
    year = year_of_reference(text)
    name = re.sub(r"\(?\b(?:19|20)\d\d\b\)?|\b(?:poster|oral|spotlight)\b", " ", text)
    name = re.sub(r"^\W*(?:in )?(?:proc\S* )?(?:of )?(?:the )?", "", fold(name), flags=re.I)
    name = name.split(",")[0].strip(" .,;:-()[]")
    if not 2 <= len(name) <= 100 or not re.search(r"[^\W\d_]{2}", name) or "://" in name:
        return None
    return _venue(name, year)
