"""Pages of arxiv.org as they are pasted: lists of new papers, search results, abstract pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.identifiers import match_arxiv, match_doi
from digest.readers.base import Passage, Reader
from digest.readers.listings.arxiv_furniture import (
    is_button,
    is_heading,
    is_page_end,
    is_tail,
)
from digest.readers.listings.labelled import Anchor, submission_dates
from digest.readers.listings.labels import CATEGORIES, label_of
from digest.readers.listings.lines import Line, find_lines
from digest.readers.listings.pages import read_below

_NUMBER = re.compile(r"\[?\d{1,6}[\].)]\s{0,8}")
_LONE_NUMBER = re.compile(r"\[\d{1,6}\]")
_ARXIV = re.compile(r"arXiv:\s?(?=\S)")
_FORMATS = re.compile(
    r"\s{0,8}\[\s?(?:(?:pdf|ps|html|src|other|abs|txt|dvi|tex|view email|v\d+)[\s,]{0,4}){1,8}\]"
)
_ORIGIN = re.compile(
    r"\s{0,8}\((?:cross-?list(?:ed)?(?: from [\w.-]+)?|replaced|\*cross-listing\*)\)"
)
_DOI = re.compile(r"\s{0,8}\bdoi:?\s{0,8}(?:https?://)?(?:dx\.)?(?:doi\.org/)?(?=10\.)", re.I)
_HEAD = 12
"""Lines of an entry that are asked for a label."""
# Authors end the field with a full stop, or name several: the first is the paper's.
_AFTER_DOI = re.compile(
    r"\s{0,4}(?:$|[.,;)](?:$|\s.{0,300}$)|\(.{0,300}$|(?:and |10\.\d{4}).{0,300}$)"
)
_LABELLED_ROLES = ("title", "authors")
_MAIL = re.compile(r"\\\\[ \t]{0,8}\r?\n[ \t]{0,8}(?:arXiv|Paper)")
_SUBMITTED = re.compile(r"\[(?:Submitted|Originally announced)\b[^\]]{0,200}\]")
_PAGE_ID = re.compile(r"arXiv:(?=\S{8,30}\s?\([\w.-]{2,20}\)$|\S{8,30}$)")
_BREADCRUMB = re.compile(r"[A-Z][\w ,&'-]{2,60} > [A-Z][\w ,&'-]{2,80}")


# ------------------------------------------------------------------------- lists and results


def _item(text: str, line: Line) -> Anchor | None:
    """`[1] arXiv:2309.04669 [pdf, other] cs.CV`, a line that begins an entry; else None."""
    if text.find("rXiv:", line.start, min(line.end, line.start + 24)) < 0:
        return None
    number = _NUMBER.match(text, line.start, line.end)
    m = _ARXIV.match(text, number.end() if number else line.start, line.end)
    found = match_arxiv(text, m.end()) if m else None
    if found is None or found[1] > line.end:
        return None
    anchor = Anchor(line.start, line.end, eprint=found[0])
    pos = found[1]
    while pos < line.end:
        if m := _FORMATS.match(text, pos, line.end) or _ORIGIN.match(text, pos, line.end):
            pos = m.end()
        elif m := _DOI.match(text, pos, line.end):
            doi = match_doi(text, m.end())
            if doi is None:
                return None
            anchor.doi, pos = doi
        else:
            break
    rest = text[pos : line.end].strip()
    doi_word = _DOI.search(rest)
    if doi_word and (doi := match_doi(rest, doi_word.end())) and _AFTER_DOI.match(rest, doi[1]):
        anchor.doi, rest = doi[0], rest[: doi_word.start()].strip()
    elif anchor.doi and _AFTER_DOI.match(rest):
        rest = ""
    if rest and not CATEGORIES.fullmatch(rest):
        return None
    anchor.tags = tuple(re.split(r"[\s,;]+", rest.strip(" ,;"))) if rest else ()
    return anchor


def _items(text: str, lines: list[Line]) -> list[tuple[int, Anchor]]:
    found: list[tuple[int, Anchor]] = []
    for index, line in enumerate(lines):
        anchor = _item(text, line)
        if anchor is None:
            continue
        first = index
        if index and _LONE_NUMBER.fullmatch(text[lines[index - 1].start : lines[index - 1].end]):
            first, anchor.start = index - 1, lines[index - 1].start
        anchor.end = line.end
        found.append((first, anchor))
    return found


def _recognise_items(text: str) -> tuple[int, int]:
    """How many entries `text` has, and how many of them look as entries of such pages do."""
    lines = list(find_lines(text))
    items = _items(text, lines)
    if items and _is_field(text, lines, items):
        return 0, 0
    good = 0
    for first, anchor in items:
        after = [line for line in lines[first : first + 8] if line.start >= anchor.end][:4]
        labels = [label_of(text, line) for line in after]
        good += any(label and label[0] in _LABELLED_ROLES for label in labels)
    return len(items), good


def _is_field(text: str, lines: list[Line], items: list[tuple[int, Anchor]]) -> bool:
    """Whether a bare `arXiv:ID` is a field of entries that begin above it with their titles."""
    if any(_NUMBER.match(text, anchor.start) or anchor.tags for _, anchor in items):
        return False
    if any(text.find("[", anchor.start, anchor.end) >= 0 for _, anchor in items):
        return False
    above = (label_of(text, line) for line in lines[: items[0][0]])
    return any(label and label[0] == "title" for label in above)


def _recognise_list(text: str) -> float:
    """How sure it is that `text` is a list or a page of results of arXiv."""
    if "rXiv:" not in text or text.lstrip()[:1] in "<{" or _MAIL.search(text):
        return 0.0
    items, good = _recognise_items(text)
    return 0.95 * good / items if items else 0.0


def _read_list(text: str) -> Iterator[Passage]:
    """The papers of a list or of a page of results."""
    lines = list(find_lines(text))
    yield from read_below(text, lines, _items(text, lines), is_heading, is_button, is_tail)


# --------------------------------------------------------------------------- labelled entries


def _titled(text: str, lines: list[Line]) -> list[tuple[int, Anchor]]:
    """Entries with a line `Title:`; they begin with it, or with what the first one begins with."""
    labels = [label_of(text, line) for line in lines]
    titles = [index for index, label in enumerate(labels) if label and label[0] == "title"]
    opener = next((label[0] for label in labels if label), "title")
    found: list[tuple[int, Anchor]] = []
    after = 0
    for index in titles:
        # With `Title:` further down, the lines between the two belong to the title's entry.
        above = (n for n in range(index - 1, after - 1, -1) if (labels[n] or ("",))[0] == opener)
        first = index if opener in ("title", "") else next(above, index)
        found.append((first, Anchor(lines[first].start, lines[first].start)))
        after = index + 1
    return found


def _recognise_labelled(text: str) -> float:
    """How sure it is that `text` is a run of entries with labels."""
    if "itle" not in text or text.lstrip()[:1] in "<{" or _MAIL.search(text):
        return 0.0
    lines = list(find_lines(text))
    titled = _titled(text, lines)
    ends = [*[index for index, _ in titled], len(lines)][1:]
    good = 0
    for (index, _), end in zip(titled, ends, strict=True):
        labels = [label_of(text, line) for line in lines[index : min(end, index + _HEAD)]]
        good += any(label and label[0] in ("authors", "abstract") for label in labels)
    before = titled[0][0] if titled else 0
    return 0.9 * good / len(titled) if titled and before <= 12 * len(titled) else 0.0


def _read_labelled(text: str) -> Iterator[Passage]:
    lines = list(find_lines(text))
    yield from read_below(text, lines, _titled(text, lines), is_heading, is_button, is_tail)


# ----------------------------------------------------------------------------- abstract pages


def _pages(text: str, lines: list[Line]) -> list[tuple[int, Anchor]]:
    """Pages of one paper each: `[Submitted on …]`, then `Title:`."""
    found: list[tuple[int, Anchor]] = []
    reached = 0
    for index, line in enumerate(lines):
        words = text[line.start : line.end]
        if not _SUBMITTED.match(words):
            continue
        first = index
        anchor = Anchor(line.start, line.end)
        anchor.published, anchor.updated = submission_dates(words)
        for above in range(index - 1, max(reached - 1, index - 5), -1):
            shown = text[lines[above].start : lines[above].end]
            if (m := _PAGE_ID.match(shown)) and (named := match_arxiv(shown, m.end())):
                first, anchor.eprint = above, named[0]
            elif _BREADCRUMB.fullmatch(shown):
                first = above
        version = re.search(r"this version, v(\d{1,3})", words)
        if anchor.eprint and version:
            anchor.eprint = anchor.eprint._replace(version=int(version[1]))
        anchor.start = lines[first].start
        found.append((first, anchor))
        reached = index + 1
    return found


def _recognise_page(text: str) -> float:
    """How sure it is that `text` is one abstract page of arXiv, or several."""
    if "[Submitted on" not in text or text.lstrip()[:1] in "<{":
        return 0.0
    lines = list(find_lines(text))
    pages = _pages(text, lines)
    good = 0
    for index, _ in pages:
        labels = [label_of(text, line) for line in lines[index : index + 12]]
        good += any(label and label[0] == "title" for label in labels)
    return 0.96 * good / len(pages) if pages else 0.0


def _read_page(text: str) -> Iterator[Passage]:
    lines = list(find_lines(text))
    yield from read_below(text, lines, _pages(text, lines), is_page_end, is_button, is_tail)


ARXIV_LIST = Reader("arxiv-list", _recognise_list, _read_list)
ARXIV_PAGE = Reader("arxiv-page", _recognise_page, _read_page)
LABELLED = Reader("labelled", _recognise_labelled, _read_labelled)
READERS = (ARXIV_PAGE, ARXIV_LIST, LABELLED)
