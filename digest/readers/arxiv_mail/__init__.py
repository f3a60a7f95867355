"""The mails in which arXiv announces papers, its monthly lists, and its `.abs` files.

An entry stands between lines that hold two backslashes; the form is described at
https://info.arxiv.org/help/prep.html and https://info.arxiv.org/help/subscribe.html:

    \\
    arXiv:2306.04713 (*cross-listing*)
    Date: Wed, 7 Jun 2023 18:23:40 GMT   (14kb)

    Title: ...
    Authors: ...
    Categories: math.GR math.DS
    \\
      The abstract. A line indented further than the rest may begin a paragraph.
    \\ ( https://arxiv.org/abs/2306.04713 ,  14kb)

A replaced paper has no abstract; lists of the years before 2007 say `Paper:` for `arXiv:`.
"""

from __future__ import annotations

from collections.abc import Iterator

from digest.paper import Record
from digest.readers.arxiv_mail.entries import find_openings, read_entry
from digest.readers.arxiv_mail.margins import read_margin
from digest.readers.base import Passage, Reader, Unread

_ENOUGH = 4
"""Entries that are looked at to know a mail."""
_LATE = 0.7


def recognise(text: str) -> float:
    """How sure it is that `text` has this form."""
    openings = [start for start, _ in find_openings(_plain(text))]
    if not openings:
        return 0.0
    if len(openings) > _ENOUGH and openings[-1] > _LATE * len(text):
        # Entries all through: the first of them tell as much as all.
        text = text[: openings[_ENOUGH]]
    entries = unread = 0
    for passage in read(text):
        if isinstance(passage, Record):
            entries += 1
        elif isinstance(passage, Unread):
            unread += passage.span[1] - passage.span[0]
    return 0.97 * (1 - unread / len(text)) if entries else 0.0


def read(text: str) -> Iterator[Passage]:
    """Every paper of `text`; headers, rulers and footers of the mail are chrome."""
    plain = _plain(text)
    reached = 0
    held: tuple[int, int] | None = None
    for opening in find_openings(plain):
        if held is None:
            yield from read_margin(plain, 0, opening[0])
        else:
            reached = yield from read_entry(plain, *held, opening[0])
            yield from read_margin(plain, reached, opening[0])
        held = opening
    if held is not None:
        reached = yield from read_entry(plain, *held, len(plain))
    yield from read_margin(plain, reached, len(plain))


def _plain(text: str) -> str:
    """`text` with `\\n` for every line end, each character where it was."""
    return text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text


READER = Reader("arxiv-mail", recognise, read)
