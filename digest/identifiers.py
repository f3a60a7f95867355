"""arXiv identifiers and DOIs: find, validate, bring into one form.

Forms of arXiv identifiers: https://info.arxiv.org/help/arxiv_identifier.html
Form of a DOI: https://www.doi.org/doi-handbook/HTML/doi-name-syntax.html
"""

from __future__ import annotations

import re
from typing import NamedTuple

# Archives that gave out identifiers of the form archive/YYMMNNN between 1991 and March 2007.
OLD_ARCHIVES = frozenset(
    """acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas
        cond-mat cs dg-ga funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin
        nucl-ex nucl-th patt-sol physics plasm-ph q-alg q-bio quant-ph solv-int supr-con""".split()
)
_FIRST_NEW = 704
_END_NEW = 9101  # from here on two digits of a year mean the last century
_FIRST_FIVE_DIGITS = 1501
_LAST_OLD = 703

_NEW = re.compile(r"(\d{4})\.(\d{4,5})")
_OLD = re.compile(r"([a-z]{1,8}(?:-[a-z]{2,4})?)(?:\.[A-Za-z-]{2,10})?/(\d\d)(\d\d)(\d{3})", re.I)
_VERSION = re.compile(r"[vV]([1-9])(\d?)")
_WORD_START = re.compile(r"$|[^\w+-]|[A-Z][a-z'’]|[A-Z]{3}|[AI]\s")
_EPRINT_LEAD = re.compile(
    r"\s*(?:(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html|format|ps)/|arxiv\s*:\s*)?",
    re.I,
)
_EPRINT_TAIL = re.compile(r"(?:\.pdf)?(?:\s*\[[\w.-]{2,20}\])?\s*", re.I)


class Eprint(NamedTuple):
    """An arXiv identifier in its canonical form, and the version that was named, if any."""

    id: str
    version: int | None


def match_arxiv(text: str, pos: int = 0) -> tuple[Eprint, int] | None:
    """The arXiv identifier that starts at `pos`, and where it ends; None where there is none.

    Knows how many digits an identifier has, so that text glued to it is not taken for a part:
    `1909.007083+1 decompositions` is 1909.00708, `0704.00015G radio` is 0704.0001.
    """
    if m := _NEW.match(text, pos):
        year_month, number = m.groups()
        month = int(year_month)
        digits = 5 if month >= _FIRST_FIVE_DIGITS else 4
        number = number[:digits]
        if (
            not _FIRST_NEW <= month < _END_NEW
            or not 1 <= month % 100 <= 12
            or len(number) < digits
            or not number.strip("0")
        ):
            return None
        name, end = f"{year_month}.{number}", m.start(2) + digits
    elif m := _OLD.match(text, pos):
        archive = m[1].lower()
        # The years 1991 to 1999, then 2000 to March 2007.
        known = int(m[2]) >= 91 or int(m[2] + m[3]) <= _LAST_OLD
        if archive not in OLD_ARCHIVES or not 1 <= int(m[3]) <= 12 or not known:
            return None
        name, end = f"{archive}/{m[2]}{m[3]}{m[4]}", m.end()
    else:
        return None
    if v := _VERSION.match(text, end):
        # Two digits only where what follows them reads as a start of its own: `v23D` is v2.
        two = v[2] and _WORD_START.match(text, v.end())
        version, end = int(v[1] + v[2]) if two else int(v[1]), v.end() if two else v.end(1)
        return Eprint(name, version), end
    return Eprint(name, None), end


def parse_arxiv(text: str) -> Eprint | None:
    """`text` read as one arXiv identifier: bare, with `arXiv:` before it, or as an address."""
    lead = _EPRINT_LEAD.match(text)
    found = match_arxiv(text, lead.end() if lead else 0)
    if found is None or not _EPRINT_TAIL.fullmatch(text, found[1]):
        return None
    return found[0]


def eprint_month(eprint: str) -> str:
    """The month in which `eprint` was given out, as EDTF: `2309.04669` -> `2023-09`."""
    number = eprint.rpartition("/")[2]
    year = int(number[:2])
    return f"{1900 + year if year >= 91 else 2000 + year}-{number[2:4]}"


def arxiv_url(eprint: str) -> str:
    """The abstract page of `eprint`."""
    return f"https://arxiv.org/abs/{eprint}"


def arxiv_pdf_url(eprint: str) -> str:
    """Where arXiv keeps the paper itself."""
    return f"https://arxiv.org/pdf/{eprint}"


# ---------------------------------------------------------------------------------------- DOI

_DOI_LEAD = re.compile(r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi\s*[:=]?\s*)?", re.I)
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d{1,9}){0,3}/[^\s\x00-\x1f]{1,300}")
# How the suffixes end that large registrants give out, where their syntax fixes the end.
_TAILS = {
    "10.1002": r"\w{4}\.\d{9}",
    "10.1007": r"s\d{5}-\d{3}-\d{4}-[\da-z]|JHEP\d\d\(\d{4}\)\d{3}|BF\d{8}"
    r"|97[89]-[\d-]{12,13}_\d{1,3}",
    "10.1016": r"j\.[a-z]+\.(?:\d{4}\.\d\d\.\d{3}|20\d\d\.\d{6})"
    r"|S?\d{4}-\d{3}[\dX]\(\d\d\)\d{5}-[\dA-Z]",
    "10.1017": r"S\d{7}[\dX]\d{7}[\dX]",
    "10.1021": r"[a-z]{2}\d{6}[\da-z]|acs\.[a-z]+\.\d[a-z]\d{5}",
    "10.1038": r"s\d{5}-\d{3}-\d{4,5}-[\da-z]|srep\d{5}",
    "10.1039": r"[A-Za-z]\d[A-Za-z]{2}\d{5}[A-Za-z]|[Bb]\d{6}[\dA-Za-z]",
    "10.1051": r"\d{4}-\d{4}/\d{9}",
    "10.1063": r"\d\.\d{7}",
    "10.1073": r"pnas\.\d{10}",
    "10.1086": r"\d{6}",
    "10.1088": r"\d{4}-\d{3}[\dX]/a[a-f][\da-f]{4}",
    "10.1093": r"mnras/st[a-z]\d{3,4}",
    "10.1103": r"[A-Za-z]+\.\d+\.(?:[A-Z]{0,2}[01]\d{5}|[A-Z]{0,2}\d{1,5}(?!\d))",
    "10.1109": r"[A-Z]+\.\d{4}\.\d{6,7}",
    "10.1111": r"j\.\d{4}-\d{3}[\dX]\.\d{4}\.\d{5}\.x",
    "10.1119": r"\d\.\d{7}",
    "10.1137": r"S\d{7}[\dX]\d{7}[\dX]|\d\dM\d{6}[\dX]",
    "10.1140": r"ep[a-z]+/[is]\d{5}-\d{3}-\d{4}-[\da-z]|ep[a-z]+/i\d{4}-\d{5}-[\da-z]",
    "10.1142": r"S\d{7}[\dX]\d{7}[\dX]",
    "10.1145": r"\d{7}\.\d{7}|\d{6}\.\d{6}",
    "10.1371": r"journal\.p[a-z]{3}\.\d{7}",
    "10.3847": r"\d{4}-\d{3}[\dX]/a[a-f][\da-f]{4}",
}
_LONGER = re.compile(r"\d{1,2}(?=$|[A-Z][a-z])")
_CLOSERS = {")": "(", "]": "[", ">": "<", "}": "{"}
# Where a sentence may have been glued on: a word with a capital, a quoted word or mathematics
# after a digit, or after a letter where the word is one that opens sentences.
_SEAM = re.compile(
    r"""(?<=[\d.)>])(?=[A-Z][a-z]|[A-Z]{2,}|[A-Z]-[A-Za-z]{2}|[AI](?:\s|$)|[$"“‘(\[\\]|[A-Z]\\['"`^~])
      | (?<=[a-zX])(?=[A-Z][a-z]|[AI](?:\s|$)|[$"“\\])
      | (?<=[A-Z])(?=[A-Z][a-z])
      | (?<=\d)(?=[a-z]{3})""",
    re.X,
)
_GLUED_WORD = re.compile(
    r"[A-Z][a-z]*\\['\"`^~]\S*(?=\s)|[A-Z][a-z]+(?:['’-][A-Za-z0-9$]+)*(?:\([^\s()]*\))?[,.:;]?(?=\s)"
    r"|[A-Z][A-Za-z]*[a-zA-Z](?:[-/'’][\w$]+)*[,.:;]?(?=\s)|[A-Z](?:-[A-Za-z]{2,})+[,.:;]?(?=\s)"
    r"|[A-Z](?:-[A-Za-z]+){2,}[,.:;]?(?=\s)|[AI](?=\s)"
)
_GLUED_LOWER = re.compile(r"[a-z]{3,}(?:-[a-z]+)*,?(?=\s)")
_LOWER_WORD = re.compile(r"\(?[a-z]{2,}(?:-[a-z]+)*[,.;:)]?|\$\S*|\\[a-z]\S*")
_REFERENCE_WORD = re.compile(r"\S*\d|[A-Z]\w*\.")
OPENERS = frozenset(
    """A About Abstract According Accurate Additionally After All Along Although Among An Analysis
        And Any Applying Are As Assuming At Automatic Based Because Being Between Both But By Can
        Classical Combining Computational Computing Consider Considering Contrary Current
        Currently Data Deep Despite Detecting Detection Do Does Due During Each Efficient
        Empirical Estimating Estimation Even Every Evidence Existing Experimental Extending Few
        First Following For From Fully General Generalized Given Graph Graphs Here High How Human
        I If Image Improved In Including Inspired Instead Is It Its Large Learning Let Like Local
        Low Machine Magnetic Many Measurements Medical Methods Modeling Modern Most Motivated Much
        Multi Neural New Nonlinear Novel Nowadays Numerical Object Observations On Once One Online
        Only Optical Our Over Part People Previous Quantum Random Real Recent Recently Recognizing
        Results Robust Several Simple Since So Social Some Spatial Spectral Starting State
        Statistical Studies Such Super Suppose Taking That The Their Then Theoretical There
        Therefore These They This Those Though Three Through Throughout Thus To Today Topological
        Traditional Training Two Under Understanding Unlike Unsupervised Upon Using Various Very
        Via Video Visual We Weak What When Where Whereas Whether Which While Why With Within
        Without Yet You""".split()
)
"""Words that open abstracts often enough to tell a glued sentence from the end of a DOI."""


def match_doi(text: str, pos: int = 0, *, glued: bool = True) -> tuple[str, int] | None:
    """The DOI that starts at `pos`, as written, and where it ends; None where there is none.

    A DOI may hold almost any character, so a sentence glued to it cannot be told by syntax
    alone: it is cut where a word begins that reads as the first of a sentence, and where
    punctuation ends the sentence that the DOI stands in. Where it is known that nothing can be
    `glued` on, only punctuation is cut.
    """
    m = _DOI.match(text, pos)
    if m is None:
        return None
    slash = text.index("/", pos) + 1
    end = _seam(text, slash, m.end()) if glued else m.end()
    end = _strip_punctuation(text, slash, end)
    return (text[pos:end], end) if end > slash else None


def _seam(text: str, start: int, end: int) -> int:
    """Where in text[start:end], the suffix of a DOI, a sentence was glued on, or `end`."""
    registrant = text[max(0, start - 8) : start - 1]
    tail = _TAILS.get(registrant)
    known = re.compile(tail).match(text, start, end) if tail else None
    if known and (known.end() == end or text[known.end()] not in "./-_:;+&?#"):
        # A number may be a digit or two longer than most; more begin a text: `2011 marked the`.
        longer = _LONGER.match(text, known.end(), end)
        return longer.end() if longer else known.end()
    best, best_score = end, 0.0
    for m in _SEAM.finditer(text, start + 1, end):
        score = _seam_score(text, m.start(), end)
        # Of equal seams the later one: what is left of it is a DOI either way.
        if score > best_score or (score == best_score and score > 0):
            best, best_score = m.start(), score
    return best


def _seam_score(text: str, at: int, end: int) -> float:
    before, rest = text[at - 1], text[at : end + 1]
    follows = _is_prose(text[end : end + 80])
    if rest[0] in '$"“‘\\':
        return 3.0
    if rest[0] == "[":
        return 1.5 if follows and "]" in rest else 0.0
    if rest[0] == "(":
        return 1.0 if follows and rest.find(")") == -1 else 0.0
    if rest[0].islower():
        return 0.8 if follows and _GLUED_LOWER.fullmatch(rest) else 0.0
    if not _GLUED_WORD.match(rest) or _GLUED_WORD.match(rest).end() < len(rest) - 1:  # type: ignore[union-attr]
        return 0.0
    word = re.split(r"[^A-Za-z]", rest, maxsplit=1)[0]
    opener = word in OPENERS
    if word in ("A", "I"):
        return 2.5 if follows else 0.0
    if before == "." and not opener:
        return 0.0
    if before.isdigit() or before in ").>":
        score = 2.0 + opener
        # At the end of a line stands the end of the DOI, not the first word of an abstract.
        if follows or opener:
            return score
        return 0.5 if text[end : end + 1].strip("\r\n") else 0.0
    if opener and follows:
        return 2.2
    # `352DBinary relevance is`: no word begins with two capitals, but a name that comes again does.
    if before.isupper() and follows and re.fullmatch(r"[A-Z][a-z]{2,},?\s?", rest):
        lead = at - 1
        while text[lead - 1].isupper():
            lead -= 1
        again = text.find(text[lead:end].rstrip(",.:;"), end, end + 3000) >= 0
        return 0.0 if again else 2.1
    # Plain words after a blank go on from a sentence, whose first word is somewhere in the DOI.
    if before.islower() and follows and _LOWER_WORD.match(text, end + 1):
        return 0.6
    return 0.0


def _is_prose(passage: str) -> bool:
    """Whether `passage`, what follows a blank, goes on like a sentence, not like a reference."""
    words = passage.split()[:6]
    plain = sum(bool(_LOWER_WORD.fullmatch(word)) for word in words)
    return plain >= 2 and plain > sum(bool(_REFERENCE_WORD.match(word)) for word in words)


def _strip_punctuation(text: str, start: int, end: int) -> int:
    while end > start:
        last = text[end - 1]
        unbalanced = last in _CLOSERS and (
            text.count(last, start, end) > text.count(_CLOSERS[last], start, end)
        )
        if last in ".,;:'\"”’!?" or unbalanced:
            end -= 1
        else:
            break
    return end


def parse_doi(text: str) -> str | None:
    """`text` read as one DOI (bare, with `doi:` before it, or as an address), as written."""
    text = text.strip()
    lead = _DOI_LEAD.match(text)
    start = lead.end() if lead else 0
    m = _DOI.match(text, start)
    if m is None:
        return None
    end = _strip_punctuation(text, text.index("/", start) + 1, m.end())
    return text[start:end] if not text[m.end() :].strip() else None


def canonical_doi(doi: str) -> str:
    """`doi` in lower case: DOIs are the same whatever their case (ASCII only)."""
    return doi.translate(_LOWER)


_LOWER = {ord(c): ord(c.lower()) for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


def doi_url(doi: str) -> str:
    """The address that leads to `doi`; characters with a meaning in addresses are escaped."""
    from urllib.parse import quote  # noqa: PLC0415 - only pages need it, and starting is to be fast

    return "https://doi.org/" + quote(doi, safe="/:;()._-,@!*'~+$&=")
