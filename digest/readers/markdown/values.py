"""What a run of words in an entry is: names, a venue, a date, or a sentence about the paper."""

from __future__ import annotations

import re
from functools import lru_cache

from digest.readers.fields import read_authors
from digest.readers.listings.dates import DATED, edtf

_VENUES = r"""
    CVPR ICCV ECCV WACV BMVC ACCV 3DV NeurIPS NIPS ICML ICLR AAAI IJCAI UAI AISTATS COLT ACML
    ECML ACL EMNLP NAACL EACL COLING CoNLL LREC TACL SIGIR KDD WWW WSDM CIKM RecSys SIGMOD VLDB
    PVLDB ICDE ICDM CHI UIST CSCW ICRA IROS RSS CoRL RA-?L T-?RO TPAMI PAMI IJCV TIP TMLR JMLR
    TNNLS TKDE TOIS TOG SIGGRAPH(?:_Asia)? MICCAI MIDL ISBI TMI MedIA ICASSP Interspeech
    INTERSPEECH ICSE FSE ASE ISSTA PLDI POPL OOPSLA OSDI SOSP NSDI SIGCOMM ASPLOS ISCA MICRO
    HPCA USENIX_Security NDSS CCS IEEE_S&P S&P CRYPTO EUROCRYPT STOC FOCS SODA ICAPS AAMAS GECCO
    MM ACM_MM ACMMM ICME ICIP ICPR TCSVT TMM DAC DATE ICCAD MLSys COLM CoLLAs LoG SDM PAKDD
    DASFAA ISWC ESWC JAIR AIJ Nature(?:_[A-Z]\w+){0,3} Science PNAS Cell NMI Findings
"""
_KNOWN_VENUE = re.compile(
    r"(?:[A-Z]{1,6}[-/ @]{0,2})?(?:"
    + "|".join(name.replace("_", " ") for name in _VENUES.split())
    + r")(?:[ -]?W(?:orkshops?)?)?(?![A-Za-z_])"
)
_WITH_YEAR = re.compile(
    r"(?=[^\s]{0,20}[A-Z][^\s]{0,20}[A-Z])[A-Z][\w&+/@-]{1,20}"
    r"(?:[ -][\w&+/()@-]{1,24}){0,5}[\s,'’-]{0,3}"
    r"(?:(?:19|20)\d\d|[’']\d\d|(?<=[A-Z])\d\d)(?:\s?[(,-]?\s?[A-Za-z ]{1,40}\)?)?"
)
_FORMAL = re.compile(
    r"(?:in |In |Proc|Journal|Transactions|Conference|International|Advances|Workshop|Symposium"
    r"|Annual|IEEE"
    r"|ACM|Springer|Elsevier|Findings|Neural |Pattern |Computational |Artificial )[^\n]{0,140}"
)
_ACCEPTED = re.compile(
    r"(?:accepted|published|appear(?:s|ed)?|to appear)(?: (?:by|at|to|in|as))? ", re.I
)
_PREPRINT = re.compile(
    r"(?:arxiv|corr|preprint|biorxiv|medrxiv|openreview)\b[\w\s:.,/()'’-]{0,50}", re.I
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_MONTH = re.compile(r"((?:19|20)\d\d)[./-](0?[1-9]|1[0-2])")
_SHORT_MONTH = re.compile(r"(\d\d)[./-](0[1-9]|1[0-2])")
_ET_AL = re.compile(r"[,\s]*\b(?:et\.?\s?al\.?|and others|等(?:人)?|\.\.\.|…)\s*\.?$", re.I)
_NOT_NAME = frozenset(
    "a an the of for with via from using towards toward on in to by as is are and or at into under "
    "learning deep neural network networks model models survey review analysis data code paper "
    "benchmark dataset based large language image video detection segmentation".split()
)
_PARTICLES = frozenset(
    "de da di del della der den van von la le el al bin ibn dos du ter ten y und zu".split()
)
_FOOTNOTE = re.compile(r"[*†‡§¶#^]+|\\[*†]|\(\s?\)|(?<=[a-z])\d(?:,\d)*(?=\s|,|$)|[¹²³⁴⁵⁶⁷⁸⁹]+")
_BRACKETED = re.compile(r"\([^()]{0,200}\)")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_CJK = re.compile(r"[\u3400-\u9fff]")


def read_names(text: str) -> tuple[str, ...]:
    """The names that a field of authors prints, without "et al." and marks of footnotes."""
    text = _FOOTNOTE.sub("", text.replace("，", ",").replace("、", ",").replace("；", ";"))
    text = _BRACKETED.sub("", text)
    text = _ET_AL.sub("", text.strip(" .,;:|-–—·"))
    if text.lower() in ("null", "none", "n/a", "na", "unknown", "anonymous authors"):
        return ()
    return tuple(name.strip(" ,;·") for name in read_authors(text) if name.strip(" ,;·.-"))


def is_name(text: str) -> bool:
    """Whether `text` reads as one person's name."""
    words = text.strip(" .*").split()
    if not words or len(text) > 60:
        return False
    if _CJK.search(text):
        return len(words) == 1 and 2 <= len(text.strip()) <= 4
    if not 2 <= len(words) <= 5:
        return False
    for word in words:
        bare = word.strip(".,'’()")
        if bare.lower() in _PARTICLES or re.fullmatch(r"(?:[A-Z]\.){1,3}", word):
            continue
        if bare.lower() in _NOT_NAME or not bare or not bare[0].isupper():
            return False
        if not _WORD.fullmatch(word.strip(",()")) or (len(bare) > 4 and bare.isupper()):
            return False
    return True


@lru_cache(maxsize=512)
def are_names(text: str) -> bool:
    """Whether `text` is a list of authors: several names, or one with "et al." behind it."""
    text = _BRACKETED.sub("", _FOOTNOTE.sub("", text[:4001])).strip(" .,;:()")
    if not text or len(text) > 4000 or re.search(r"https?:|\d{3}", text):
        return False
    short = _ET_AL.sub("", text)
    if short != text:
        return len(short) < 80 and all(w[0].isupper() or w in _PARTICLES for w in short.split())
    parts = [p.strip() for p in re.split(r",|;|&|、|，|\band\b|\|", short) if p.strip()]
    if not parts:
        return False
    good = sum(is_name(part) for part in parts)
    if len(parts) == 1:
        return good == 1
    # `Owl, A., Finch, B.`: families and initials in turn.
    initials = sum(re.fullmatch(r"(?:[A-Z]\.?[- ]?){1,3}", part) is not None for part in parts)
    return good * 4 >= len(parts) * 3 or (initials * 5 >= len(parts) * 2 and initials >= 1)


@lru_cache(maxsize=512)
def read_venue(text: str) -> str | None:
    """The venue that `text` names, and nothing else; None where it is none."""
    text = text.strip(" .,;:()[]【】`|").strip()
    if not 2 <= len(text) <= 160:
        return None
    m = _ACCEPTED.match(text)
    body = text[m.end() :] if m else text
    body = body.removeprefix("in ").removeprefix("In ").removeprefix("the ")
    if _PREPRINT.fullmatch(body):
        return None
    known = _KNOWN_VENUE.match(body)
    if known and re.fullmatch(
        r"[\s,'’-]{0,3}(?:(?:19|20)?\d\d)?[\s,(:-]{0,3}[\w ,/&'’()*-]{0,60}", body[known.end() :]
    ):
        rest = body[known.end() :].strip()
        if not rest or re.search(
            r"\d\d|oral|spotlight|highlight|workshop|findings|poster|best", rest, re.I
        ):
            return body
    if _WITH_YEAR.fullmatch(body) and read_when(body) is None:
        return body
    if (_FORMAL.match(text) or m) and _YEAR.search(text):
        return body
    return None


def is_preprint(text: str) -> bool:
    """Whether `text` only says that the paper is a preprint: `arXiv 2023`, `CoRR abs/…`."""
    return _PREPRINT.fullmatch(text[:80].strip(" .,;:()[]`")) is not None


@lru_cache(maxsize=512)
def read_when(text: str) -> str | None:
    """The date that `text` is, as EDTF; None where it is none or says more."""
    text = text.strip(" .,;:()[]【】`*").strip()
    if not 4 <= len(text) <= 40:
        return None
    if _YEAR.fullmatch(text):
        return text
    if m := _YEAR_MONTH.fullmatch(text):
        return f"{m[1]}-{int(m[2]):02}"
    if m := _SHORT_MONTH.fullmatch(text):
        return f"20{m[1]}-{m[2]}" if int(m[1]) < 50 else None
    found = DATED.fullmatch(text)
    return edtf(found) if found else None


def find_when(text: str) -> str | None:
    """The first date in `text`, the value of a field that holds one."""
    whole = read_when(text)
    if whole:
        return whole
    m = DATED.search(text[:300])
    if m:
        return edtf(m)
    year = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", text[:60])
    return year[0] if year else None


def is_prose(text: str) -> bool:
    """Whether `text` reads as a sentence about the paper."""
    if len(text) < 40:
        return False
    if _CJK.search(text):
        return len(_CJK.findall(text[:200])) >= 15
    words = text[:600].split()
    small = sum(word[0].islower() for word in words)
    return len(words) >= 7 and small * 5 >= len(words) * 2
