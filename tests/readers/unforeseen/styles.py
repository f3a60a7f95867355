"""How pages write names, dates and lines, and the register of layouts."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable
from typing import NamedTuple

from tests.readers.unforeseen.papers import Paper

Entry = Callable[[Paper, int, random.Random], str]
Style = Callable[[tuple[str, str]], str]


class Layout(NamedTuple):
    """A page: how an entry looks, what stands around entries, and what of a paper it shows."""

    name: str
    entry: Entry
    shows: frozenset[str]
    style: Style
    most: int
    """Names that the page prints, 0 for all of them."""
    head: str
    every: int
    """Entries under one heading, 0 without headings."""
    heading: str
    foot: str
    dress: Callable[[str], str]
    """What was done to the whole text: quoted, indented."""
    held_out: bool
    """Whether it was laid out after the readers were written."""


LAYOUTS: list[Layout] = []


def _initials(given: str, mark: str, between: str) -> str:
    return between.join(
        "-".join(part[0] + mark for part in word.rstrip(".").split("-") if part)
        for word in given.split()
    )


def full(name: tuple[str, str]) -> str:
    """Ann M. Abel."""
    return f"{name[0]} {name[1]}".strip()


def shortened(name: tuple[str, str]) -> str:
    """A. M. Abel."""
    return f"{_initials(name[0], '.', ' ')} {name[1]}".strip()


def compact(name: tuple[str, str]) -> str:
    """AM Abel."""
    return f"{_initials(name[0], '', '').replace('-', '')} {name[1]}".strip()


def inverted(name: tuple[str, str]) -> str:
    """Abel, Ann M."""
    return f"{name[1]}, {name[0]}".strip(", ")


def apa(name: tuple[str, str]) -> str:
    """Abel, A. M."""
    return f"{name[1]}, {_initials(name[0], '.', ' ')}".strip(", ")


def vancouver(name: tuple[str, str]) -> str:
    """Abel AM."""
    return f"{name[1]} {_initials(name[0], '', '').replace('-', '')}".strip()


def bare(text: str) -> str:
    """As it is."""
    return text


def quoted(text: str) -> str:
    """As mail programs quote."""
    return "".join(f"> {line}".rstrip() + "\n" for line in text.split("\n"))


def shifted(text: str) -> str:
    """Four blanks before each line."""
    return textwrap.indent(text, "    ")


def crlf(text: str) -> str:
    """The line ends of Windows."""
    return text.replace("\n", "\r\n")


def layout(
    shows: str,
    style: Style = full,
    most: int = 0,
    head: str = "",
    every: int = 0,
    heading: str = "",
    foot: str = "",
    dress: Callable[[str], str] = bare,
    held_out: bool = False,
) -> Callable[[Entry], Entry]:
    """Registers an entry as a layout; see `Layout`."""

    def register(entry: Entry) -> Entry:
        LAYOUTS.append(
            Layout(
                entry.__name__, entry, frozenset(shows.split()), style, most, head, every, heading,
                foot, dress, held_out,
            )
        )  # fmt: skip
        return entry

    return register


def lay_out(page: Layout, papers: list[Paper], rng: random.Random) -> str:
    """The text of `page` with `papers`."""
    parts = [page.head]
    for number, paper in enumerate(papers):
        if page.every and number % page.every == 0:
            parts.append(
                page.heading.format(n=number // page.every + 1, h=9 + number // page.every)
            )
        parts.append(page.entry(paper, number, rng))
    return page.dress("".join([*parts, page.foot]))


def names(paper: Paper, style: Style = full, mark: str = ", ", last: str | None = None) -> str:
    """The byline; `last` stands before the last name."""
    shown = [style(name) for name in paper.people]
    if last is None or len(shown) < 2:
        return mark.join(shown)
    return mark.join(shown[:-1]) + last + shown[-1]


def first(paper: Paper, most: int, style: Style = full, more: str = ", et al.") -> str:
    """The byline, cut after `most` names."""
    shown = [style(name) for name in paper.people]
    return ", ".join(shown[:most]) + (more if len(shown) > most else "")


MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
LONG_MONTHS = (
    "January February March April May June July August September October November December".split()
)


def wrap(text: str, width: int = 72, indent: str = "", hang: str | None = None) -> str:
    """`text` broken to `width`."""
    return textwrap.fill(
        text, width, initial_indent=indent, subsequent_indent=indent if hang is None else hang,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
