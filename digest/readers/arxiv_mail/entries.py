"""One entry of a mail: where it ends, and the paper that it announces."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator

from digest.identifiers import parse_doi
from digest.links import find_links
from digest.paper import Link, Record
from digest.readers.arxiv_mail.heads import Head, join_lines, read_head
from digest.readers.base import Passage, Remark, Unread
from digest.readers.bylines import split_byline
from digest.text import fold

_MARK = "\\\\"
_OPENING = re.compile(
    r"\\\\[ \t]*\n(?:[ \t]*\n){0,3}(?=[ \t]{0,8}(?:[aA]r[xX]iv|Paper)\b[^:\n]{0,30}:)"
)
_BAR = re.compile(
    r"\n[ \t]{0,8}\\\\[ \t]*"
    r"(?:(?=\n)|\Z|\([ \t]*(?:(?:https?|ftp):|[^\n()]{0,120}\d[ \t]?[kKM][bB])"
    r"[^\n()]{0,300}(?:\n[^\n()]{0,80})?(?:\)|(?=\n)|\Z))"
)
_CLOSED_BY = re.compile(r"[ \t\n]*(?:\Z|[-%=]{10})")
_RULER = "-" * 20
_URL = re.compile(r"https?://[^\s,()]+")
_LONGEST = 200_000
_SENTENCE_END = re.compile(r"[.!?:;]['\"”’)\]}$]{0,4}$")
_IN_HOST = re.compile(r"\.(?:io|app|space|[A-Za-z]{2,12}/|(?<=www\.)|(?<=WWW\.))")


def find_openings(text: str) -> Iterator[tuple[int, int]]:
    """Where each entry of `text` begins (its line of backslashes), and where its head begins."""
    at = text.find(_MARK)
    while at >= 0:
        if (m := _OPENING.match(text, at)) and _begins_line(text, at):
            yield at, m.end()
        at = text.find(_MARK, at + (2 if m else 1))


def _begins_line(text: str, at: int) -> bool:
    line = text.rfind("\n", max(0, at - 9), at) + 1
    return (line > 0 or at < 9) and not text[line:at].strip()


def read_entry(text: str, start: int, head_start: int, limit: int) -> Generator[Passage, None, int]:
    """The entry that begins at `start` and ends at `limit` at the latest; returns its end."""
    bar = _BAR.search(text, head_start, limit)
    if bar is None or _ruler_or(text, head_start, bar.start()) < bar.start():
        end = _ruler_or(text, head_start, limit)
        head = read_head(text[head_start:end])
        return (yield from _emit(text, (start, end), head, None, "", closed=False))
    head = read_head(text[head_start : bar.start()])
    if "(" in bar[0] or _CLOSED_BY.match(text, bar.end(), limit):
        return (yield from _emit(text, (start, bar.end()), head, None, bar[0], closed=True))
    body = bar.end()
    stop = _ruler_or(text, body, limit)
    closing = _closing(text, body, limit if stop == limit else stop + 1, limit)
    lines = (body, closing.start() if closing else stop)
    end = closing.end() if closing else stop
    footer = closing[0] if closing else ""
    return (yield from _emit(text, (start, end), head, lines, footer, closed=closing is not None))


def _ruler_or(text: str, start: int, limit: int) -> int:
    """Where the first ruler in text[start:limit] begins, or `limit`."""
    at = text.find(_RULER, start, limit)
    while at >= 0:
        line = text.rfind("\n", start, at) + 1
        if line and not text[line:at].strip():
            return line - 1
        while at < limit and text[at] == "-":
            at += 1
        at = text.find(_RULER, at, limit)
    return limit


def _closing(text: str, body: int, stop: int, limit: int) -> re.Match[str] | None:
    """The bar that ends an abstract: one with text below it is a line break of TeX."""
    bar = None
    for bar in _BAR.finditer(text, body, stop):
        if "(" in bar[0] or _CLOSED_BY.match(text, bar.end(), limit):
            break
    return bar


def _emit(
    text: str,
    span: tuple[int, int],
    head: Head,
    body: tuple[int, int] | None,
    footer: str,
    *,
    closed: bool,
) -> Generator[Passage, None, int]:
    start, end = span
    while end > start and text[end - 1].isspace():
        end -= 1
    values = head.values
    title = values.get("title")
    abstract = None
    if body is not None and body[1] - body[0] <= _LONGEST:
        abstract = _abstract(text[body[0] : body[1]])
    if end - start > 2 * _LONGEST or not (title or abstract):
        yield Unread((start, end), "an entry without a title or an abstract")
        yield Remark(
            start,
            "error",
            f"the entry `{head.named[:40]}` has neither a title nor an abstract",
            "complete its lines `Title:` and `Authors:`, or remove it",
        )
        return end
    if not closed or head.eprint is None or "title" not in values or head.bad_date:
        yield from _remarks(start, head, closed=closed)
    comment = values.get("comment")
    yield Record(
        span=(start, end),
        title=title or None,
        abstract=abstract,
        authors=split_byline(values["authors"]) if "authors" in values else (),
        eprint=head.eprint.id if head.eprint else None,
        eprint_version=head.eprint.version if head.eprint else None,
        doi=_doi(values.get("doi")),
        published=head.published,
        updated=head.updated,
        published_as="mail" if head.published else None,
        comment=comment or None,
        journal_ref=values.get("journal_ref") or None,
        links=_links(abstract, comment, footer),
        tags=_tags(values),
        confidence=1.0 if closed else 0.6,
    )
    return end


def _remarks(start: int, head: Head, *, closed: bool) -> Iterator[Remark]:
    if head.eprint is None:
        yield Remark(
            start,
            "warning",
            f"`{head.named[:40]}` is no arXiv identifier",
            "write `arXiv:2309.04669` or `arXiv:hep-th/9901001`",
        )
    if "title" not in head.values:
        yield Remark(start, "warning", "an entry without `Title:`", "add the line `Title: …`")
    if head.bad_date:
        yield Remark(
            start,
            "warning",
            f"`{head.bad_date}` is no date",
            "write `Date: Fri, 8 Sep 2023 17:00:00 GMT`",
        )
    if not closed:
        yield Remark(
            start,
            "warning",
            "an entry that no line of two backslashes closes",
            "end it with a line `\\\\`, and see that it is whole",
        )


def _abstract(body: str) -> str | None:
    """The words of an abstract; a line set in after a sentence's end begins a paragraph."""
    plain = join_lines(body)
    if plain is not None:
        return plain or None
    if "\n " not in body[2:] and "\n\n" not in body:
        return fold(body) or None
    lines = [line.rstrip() for line in body.split("\n")]
    while lines and not lines[0]:
        lines.pop(0)
    indents = [len(line) - len(line.lstrip()) for line in lines[1:] if line]
    base = min(indents, default=0)
    blanks = sum(not line for line in lines[1:])
    # Where a blank line follows every line, they are no breaks.
    loose = blanks * 2 >= len(lines) - 1 > 1 and blanks > 1
    paragraphs: list[list[str]] = [[]]
    after_blank = False
    for line in lines:
        if not line:
            after_blank = not loose
            continue
        current = paragraphs[-1]
        set_in = line[base : base + 1].isspace() and line[:base].isspace() == bool(base)
        if current and (after_blank or (set_in and _SENTENCE_END.search(current[-1]))):
            paragraphs.append([line])
        else:
            current.append(line)
        after_blank = False
    return "\n\n".join(fold(" ".join(lines)) for lines in paragraphs if lines) or None


def _doi(value: str | None) -> str | None:
    """The first DOI of a field, which may hold several."""
    if not value:
        return None
    whole = parse_doi(value)
    if whole is not None:
        return whole
    found = (parse_doi(word.strip(",;")) for word in value.split()[:20])
    return next((doi for doi in found if doi), None)


def _tags(values: dict[str, str]) -> tuple[str, ...]:
    tags = values["categories"].replace(",", " ").split() if "categories" in values else []
    if "subjects" in values:
        tags += [fold(name) for name in values["subjects"].split(";")]
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def _links(abstract: str | None, comment: str | None, footer: str) -> tuple[Link, ...]:
    found: list[Link] = []
    for part in (abstract, comment):
        if part and _may_hold_links(part):
            found.extend(find_links(part))
    if footer and (m := _URL.search(footer)):
        found.append(Link("paper", m[0]))
    return tuple({link.url: link for link in found}.values()) if len(found) > 1 else tuple(found)


def _may_hold_links(part: str) -> bool:
    """Whether `part` is worth a closer look: most abstracts hold no address."""
    # One character is found far faster than several: most texts need no more.
    return (
        ("/" in part and "://" in part)
        or ("@" in part and "git@" in part)
        or ("\\" in part and ("\\url" in part or "\\href" in part))
        or _IN_HOST.search(part) is not None
    )
