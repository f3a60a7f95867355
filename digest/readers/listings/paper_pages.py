"""Pages of papers away from arXiv: papers.cool, and a page of title, names and abstract."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.identifiers import match_arxiv
from digest.readers.base import Passage, Reader
from digest.readers.bylines import name_share
from digest.readers.listings.furniture import is_furniture
from digest.readers.listings.labelled import Anchor
from digest.readers.listings.labels import label_of
from digest.readers.listings.lines import Line, find_lines
from digest.readers.listings.pages import Anchors, judge, read_below

# ------------------------------------------------------------------------------- papers.cool

_COOL = re.compile(r"#(\d{1,5})\s{1,8}(?=\S)")
_COOL_BUTTONS = re.compile(
    r"\s{0,8}\[\s?(?:PDF|Copy|Kimi|REL|HTML|Bib|Code|OpenReview|Abs|AI|Slides)\s?\d{0,6}\]", re.I
)
_COOL_ENDS = re.compile(
    r"(?:Date: .{0,60}\|)?\s?Total: \d+|.{0,40}designed by kexue\.fm.{0,60}|Loading\.{0,3}", re.I
)
_COOL_SKIPS = re.compile(r"(?:\[\s?[A-Za-z]{2,10}\s?\d{0,6}\]\s?){1,8}|⊗|Include.{0,60}")


def _cool(text: str, lines: list[Line]) -> Anchors:
    found: Anchors = []
    for index, line in enumerate(lines):
        m = _COOL.match(text, line.start, line.end)
        if m is None:
            continue
        button = _COOL_BUTTONS.search(text, m.end(), line.end)
        title_end = button.start() if button else line.end
        follows = lines[index + 1 : index + 4]
        labels = [label_of(text, below) for below in follows]
        if button or any(label and label[0] == "authors" for label in labels):
            found.append((index, Anchor(line.start, line.end, title=(m.end(), title_end))))
    if len(found) == 1 and found[0][0] > 0:
        # The page of a single paper begins with its number.
        eprint = match_arxiv(text, lines[0].start)
        if eprint and eprint[1] == lines[0].end:
            index, anchor = found[0]
            anchor.eprint, anchor.start = eprint[0], lines[0].start
            return [(0, anchor)]
    return found


def _recognise_cool(text: str) -> float:
    """How sure it is that `text` is a page of papers.cool."""
    if "#" not in text or not ("[PDF" in text or "[Kimi" in text or "Total:" in text):
        return 0.0
    lines = list(find_lines(text))
    entries = _cool(text, lines)
    return 0.94 if entries and entries[0][0] <= 20 else 0.0


def _read_cool(text: str) -> Iterator[Passage]:
    lines = list(find_lines(text))
    yield from read_below(
        text,
        lines,
        _cool(text, lines),
        judge(_COOL_ENDS, 200),
        judge(_COOL_SKIPS, 120),
        is_furniture,
    )


# ------------------------------------------------------------------------------ a paper's page

_HEADING = re.compile(r"(?:Abstract|ABSTRACT)(?:[ \t]{0,4}[:.—–-]\s{0,4}|$)")
_PAGE_ENDS = re.compile(
    r"(?:full-?text links|download(?: pdf)?|view pdf|pdf|references|related papers|similar papers"
    r"|introduction|1\.? introduction|bibtex|cite this.{0,40}|share|supplementary.{0,40})",
    re.I,
)
_NO_BUTTON = re.compile(r"(?!)")
_REACH = 6
_SURE = 0.6


def _titled(text: str, lines: list[Line]) -> tuple[Anchors, int]:
    """Entries of a title, names and `Abstract`, and how many such headings stand without them."""
    found: Anchors = []
    missing = 0
    reached = 0
    for index, line in enumerate(lines):
        if not _HEADING.match(text, line.start, line.end):
            continue
        at = index
        names: list[Line] = []
        while at > max(reached, index - _REACH):
            above = lines[at - 1]
            words = text[above.start : above.end]
            share, _ = name_share(words[:4000])
            if label_of(text, above) or not (share >= _SURE or (is_furniture(words) and not names)):
                break
            if share >= _SURE:
                names.insert(0, above)
            at -= 1
        top = at - 1
        if len(names) > 1 and (top < reached or label_of(text, lines[top])):
            # A title may read like names: `Kalman Filter`.
            top = at
            names.pop(0)
        if not names or top < reached:
            missing += 1
            continue
        title = lines[top]
        anchor = Anchor(
            title.start,
            line.start,
            title=(title.start, title.end),
            authors=(names[0].start, names[-1].end),
        )
        found.append((top, anchor))
        reached = index + 1
    return found, missing


def _recognise_page(text: str) -> float:
    """How sure it is that `text` is a page of one paper, or several: title, names, `Abstract`."""
    if "bstract" not in text.replace("ABSTRACT", "bstract") or text.lstrip()[:1] in "<{@":
        return 0.0
    lines = list(find_lines(text))
    found, missing = _titled(text, lines)
    if not found or found[0][0] > 12:
        return 0.0
    return 0.92 * len(found) / (len(found) + missing)


def _read_page(text: str) -> Iterator[Passage]:
    lines = list(find_lines(text))
    found, _ = _titled(text, lines)
    yield from read_below(
        text, lines, found, judge(_PAGE_ENDS, 200), judge(_NO_BUTTON, 0), is_furniture
    )


PAPERS_COOL = Reader("papers-cool", _recognise_cool, _read_cool)
PAPER_PAGE = Reader("paper-page", _recognise_page, _read_page)
READERS = (PAPERS_COOL, PAPER_PAGE)
