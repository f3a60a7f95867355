"""Texts within a text: answers of services that a program saved as JSON or YAML.

Recorded web traffic (HAR files, cassettes of tests, messages of a mail service) keeps each answer
as one string: escaped, folded over lines, or packed. Such a string is unwrapped and read by the
reader of its own format; what stands around it is chrome. So are rows of Markdown, one a string, as
programs keep that write the page of a list anew each day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from msgspec import structs

from digest.paper import Record
from digest.readers.base import Chrome, Passage, Reader, Remark, Unread
from digest.readers.formats import FORMATS
from digest.readers.wrapped.json_strings import find_strings
from digest.readers.wrapped.packed import looks_packed, unpack
from digest.readers.wrapped.places import Inner
from digest.readers.wrapped.yaml_scalars import find_scalars
from digest.yaml_text import YamlRefused

NAME = "wrapped"
_SAMPLE = 65_536
_LARGEST = 64 * 2**20
_SHORTEST = 60
"""Characters below which a string holds no paper."""
_SURE = 0.8
_SURE_ENOUGH = 0.5
_DOCUMENTS = frozenset(
    """atom oai pubmed crossref-xml endnote-xml html bibtex ris medline isi endnote json
    arxiv-mail front-matter markdown table""".split()
)
"""Formats that are told by their form. A reader of pasted prose would take an abstract for one."""
_OF_MARKUP = ("<", "{", "[", "\ufeff")
_OPENING = re.compile(r"[\s\ufeff\x1e]*(.)")
_ANSWER = re.compile(r"[\s\ufeff]*(?:[{\[]\s*[\"{\[]|<[A-Za-z?!])")
_WORTH_A_WORD = 200
_SERVICES = re.compile(
    r"api\.(?:semanticscholar|crossref|openalex|datacite|core)\.|export\.arxiv\.org/api"
    r"|eutils\.ncbi\.nlm|dblp\.(?:org|uni-trier\.de)/search|api2?\.openreview\.net"
)
"""Addresses that answer with papers, in JSON that may give but a field or two of each."""
_HINTED = 0.4
_HINTED_LONG = 0.2
_JSON_OPENING = re.compile(r"\A[\s\ufeff]*[\[{]")


class _Found(NamedTuple):
    inner: Inner
    reader: Reader | None
    fault: str | None
    """Why its text cannot be had."""


def recognise(text: str) -> float:
    """How sure it is that `text` wraps another one: it must hold one of a known format."""
    covered = 0
    try:
        for found in _find(text):
            if found.reader is not None:
                covered += found.inner.span[1] - found.inner.span[0]
                if covered * 2 >= len(text):
                    return 0.9
    except YamlRefused:
        pass  # the sample may end anywhere
    # Where it is but a small part, a reader of what stands around it goes first.
    return 0.55 if covered else 0.0


def read(text: str) -> Iterator[Passage]:
    """The papers of the texts within `text`."""
    if len(text) > _LARGEST:
        yield from _refused(text, 0, f"longer than {_LARGEST >> 20} million characters")
        return
    reached = 0
    try:
        for found in _find(text):
            for passage in _unwrapped(found):
                if isinstance(passage, Remark):
                    yield passage
                    continue
                start, end = passage.span
                start = max(start, reached)
                if isinstance(passage, Record) and start >= end:
                    # Packed so tightly that it has no place of its own.
                    end = min(start + 1, found.inner.span[1])
                if start >= end:
                    continue
                yield from _chrome(text, reached, start)
                yield structs.replace(passage, span=(start, end))
                reached = end
    except YamlRefused as error:
        at = _line_start(text, error.line, reached)
        yield from _chrome(text, reached, at)
        yield from _refused(text, at, f"this is no YAML: {error}")
        return
    yield from _chrome(text, reached, len(text))


def _find(text: str) -> Iterator[_Found]:
    """The strings of `text` that are long enough to be texts of their own."""
    is_service = _SERVICES.search(text) is not None
    for inner, is_binary in _strings(text):
        content: Inner | str | None = inner
        if is_binary or looks_packed(inner.text):
            content = unpack(inner)
        if isinstance(content, str):
            yield _Found(inner, None, content)
        elif content is not None:
            yield _Found(content, _reader_for(content, is_service=is_service), None)


def _strings(text: str) -> Iterator[tuple[Inner, bool]]:
    if _JSON_OPENING.match(text):
        return ((inner, False) for inner in find_strings(text, _SHORTEST))
    return find_scalars(text, _SHORTEST)


def _reader_for(inner: Inner, *, is_service: bool) -> Reader | None:
    """The reader that knows the text. One that is wrapped once more is not opened."""
    m = _OPENING.match(inner.text)
    if m is None:
        return None
    is_markup = m[1] in _OF_MARKUP
    if not is_markup and "\n" not in inner.text:
        return None  # a value of a field
    sample = inner.text[:_SAMPLE]
    if inner.is_cut and m[1] in "{[":
        # What is shorter than a sample would be taken for whole, and its last paper for broken.
        sample = sample.rjust(_SAMPLE)
    best, best_score = None, _SURE
    if m[1] in "{[":
        is_answer = is_service and _ANSWER.match(inner.text)
        is_long = len(inner.text) >= _WORTH_A_WORD
        best_score = (_HINTED_LONG if is_long else _HINTED) if is_answer else _SURE_ENOUGH
    for row in FORMATS:
        if row.name not in _DOCUMENTS or not row.may_be(sample):
            continue
        score = row.reader.recognise(sample)
        if score > best_score or (best is None and score >= best_score):
            best, best_score = row.reader, score
    return best


def _unwrapped(found: _Found) -> Iterator[Passage]:
    """The passages of one inner text, placed in the outer one."""
    inner = found.inner
    if found.reader is None:
        why = found.fault
        if why is None and len(inner.text) >= _WORTH_A_WORD and _ANSWER.match(inner.text):
            why = "a text within this one, of no known format"
        if why is not None:
            yield Unread(inner.span, why)
        return
    if inner.fault is not None:
        yield Remark(inner.span[0], "error", inner.fault, "save this answer again")
    reached = 0
    for passage in found.reader.read(inner.text):
        if isinstance(passage, Remark):
            at = min(inner.places.start(passage.at), max(inner.span[1] - 1, 0))
            yield structs.replace(passage, at=at)
            continue
        start, end = passage.span
        yield from _gap(inner, reached, start)
        yield structs.replace(passage, span=(inner.places.start(start), inner.places.end(end)))
        reached = end
    yield from _gap(inner, reached, len(inner.text))


def _gap(inner: Inner, start: int, end: int) -> Iterator[Unread]:
    """What the inner reader passed over. Blanks may be escapes, and are left to the wrapping."""
    gap = inner.text[start:end]
    words = gap.strip()
    if words:
        start += len(gap) - len(gap.lstrip())
        span = inner.places.start(start), inner.places.end(start + len(words))
        yield Unread(span, "the reader passed over it")


def _chrome(text: str, start: int, end: int) -> Iterator[Chrome]:
    passage = text[start:end]
    words = passage.strip()
    if words:
        start += len(passage) - len(passage.lstrip())
        yield Chrome((start, start + len(words)))


def _refused(text: str, start: int, why: str) -> Iterator[Passage]:
    for chrome in _chrome(text, start, len(text)):
        yield Unread(chrome.span, why)
        yield Remark(chrome.span[0], "error", why, "mend this line, or divide the file")


def _line_start(text: str, line: int | None, reached: int) -> int:
    at = 0
    for _ in range((line or 1) - 1):
        at = text.find("\n", at) + 1
        if not at:
            break
    return max(at, reached)


READER = Reader(NAME, recognise, read)
