"""A repository's page of search results: abstracts with `Comment: …` glued to their ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.links import find_links
from digest.paper import Record
from digest.readers.base import Chrome, Passage, Reader, Remark, Unread
from digest.readers.bylines import name_share, read_byline
from digest.readers.listings.furniture import is_furniture
from digest.readers.listings.lines import LONGEST, Line, find_lines, find_paragraphs, join_lines
from digest.text import fold

_COMMENT = re.compile(r"(?<=[^\s])Comments?:\s{1,3}(?=\S)")
_BODY = 250
_SHORT_BODY = 80
_PROSE = re.compile(
    r"\b(?:we|is|are|was|were|has|have|our|this|that|which|these|can|been|it|by)\b", re.I
)


def _is_body(passage: str) -> bool:
    if _COMMENT.search(passage):
        return True
    prose = len(_PROSE.findall(passage[:2000]))
    return (len(passage) >= _BODY and prose >= 3) or (
        len(passage) >= _SHORT_BODY and prose >= 2 and passage.endswith((".", "!", "?", "$"))
    )


def recognise(text: str) -> float:
    """How sure it is that `text` is such a page: abstracts that end in `Comment: …`, glued on."""
    if "Comment" not in text or text.lstrip()[:1] in "<{@":
        return 0.0
    bodies = glued = titled = 0
    before = False
    for lines in find_paragraphs(find_lines(text)):
        passage = text[lines[0].start : lines[-1].end]
        if _is_body(passage):
            bodies += 1
            glued += _COMMENT.search(passage) is not None
            titled += before
            before = False
        else:
            before = len(passage) < 400
    return 0.95 * titled / bodies if glued and glued * 3 >= bodies and titled * 2 > bodies else 0.0


def read(text: str) -> Iterator[Passage]:
    """Title, perhaps authors, abstract with the comment glued to it, in turn."""
    head: list[Line] = []
    body: list[Line] = []
    for lines in find_paragraphs(find_lines(text)):
        passage = text[lines[0].start : lines[-1].end]
        if _is_body(passage) or (not body and _is_named(text, head)):
            body += lines
            continue
        if body:
            yield from _entry(text, head, body)
            head, body = [], []
        for line in lines:
            if is_furniture(text[line.start : line.end]):
                yield from _entry(text, head, [])
                head = []
                yield Chrome((line.start, line.end))
            else:
                head.append(line)
    yield from _entry(text, head, body)


def _is_named(text: str, head: list[Line]) -> bool:
    """Whether `head` is a title and its authors: what follows is the abstract, however short."""
    if len(head) < 2:
        return False
    share, count = name_share(text[head[-1].start : head[-1].end])
    return share >= 0.8 and count > 1


def _entry(text: str, head: list[Line], body: list[Line]) -> Iterator[Passage]:
    if not head and not body:
        return
    start = (head or body)[0].start
    end = (body or head)[-1].end
    if end - start > LONGEST:
        yield Unread((start, end), "too long for an entry")
        return
    authors: list[str] = []
    while len(head) > 1 and name_share(text[head[-1].start : head[-1].end])[0] >= 0.6:
        last = head.pop()
        authors[:0] = read_byline(text[last.start : last.end])
    # Each title is a paragraph: one above another has lost what belongs below it.
    *torn, head = find_paragraphs(head) if body and head else [head]
    for lines in torn:
        yield from _entry(text, lines, [])
    start = (head or body)[0].start
    title = fold(" ".join(text[line.start : line.end] for line in head)) or None
    paragraphs = [join_lines(text, group) for group in find_paragraphs(body)]
    comment = None
    if paragraphs and (marks := list(_COMMENT.finditer(paragraphs[-1]))):
        comment = paragraphs[-1][marks[-1].end() :]
        paragraphs[-1] = paragraphs[-1][: marks[-1].start()]
    abstract = "\n\n".join(paragraphs) or None
    if abstract is None:
        yield Remark(
            start, "warning", "a title without an abstract", "see whether the paste was cut short"
        )
    yield Record(
        span=(start, end),
        title=title,
        abstract=abstract,
        authors=tuple(authors),
        comment=comment,
        links=find_links(f"{abstract or ''} \n {comment or ''}"),
        confidence=0.9 if abstract and title else 0.4,
    )


READER = Reader("repository-search", recognise, read)
