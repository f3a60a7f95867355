"""Messages, notes and mails in which papers are passed on."""

# ruff: noqa: E501 - an entry is told best as the page prints it
from __future__ import annotations

import random

from tests.readers.unforeseen.papers import Paper
from tests.readers.unforeseen.styles import (
    LONG_MONTHS,
    MONTHS,
    compact,
    full,
    inverted,
    layout,
    names,
    quoted,
    wrap,
)

R = random.Random


@layout("title eprint", full, 0, "")
def slack(p: Paper, i: int, r: R) -> str:
    return f"Jo Sample\n  {9 + i % 3}:{r.randint(10, 59)} AM\n{p.title}\nhttps://arxiv.org/abs/{p.arxiv}\n:eyes: {i + 1}\n\n"


@layout("title eprint", full, 0, "")
def whatsapp(p: Paper, i: int, r: R) -> str:
    return f"[{p.day:02}/{p.month:02}/2024, 09:{i + 10}:05] Jo Sample: {p.title} https://arxiv.org/abs/{p.arxiv}\n"


@layout("title authors eprint", full, 0, "#papers\n")
def discord(p: Paper, i: int, r: R) -> str:
    return (
        f"josample — {p.month:02}/{p.day:02}/2024 9:{i + 10} AM\nhttps://arxiv.org/abs/{p.arxiv}\narXiv.org\n"
        f"{p.title}\n{names(p)}\n"
    )


@layout("title authors abstract eprint", full, 0, "Papers to read\n\n")
def notion(p: Paper, i: int, r: R) -> str:
    return (
        f"{p.title}\n\nAuthors: {names(p)}\nStatus: To read\nYear: {p.year}\n"
        f"URL: https://arxiv.org/abs/{p.arxiv}\nAbstract: {p.abstract}\n\n"
    )


@layout("title authors abstract", full, 0, "# Reading\n\n")
def obsidian(p: Paper, i: int, r: R) -> str:
    return (
        f"## {p.title}\n**Authors**:: {names(p)}\n**Year**:: {p.year}\n**Tags**:: #kites #toread\n\n"
        f"> {p.abstract}\n\n"
    )


@layout("title authors eprint", full, 0, "A thread of papers that I liked this year\n\n")
def thread(p: Paper, i: int, r: R) -> str:
    return f"{i + 1}/ {p.title}\nby {names(p, last=' and ')}\n\nhttps://arxiv.org/abs/{p.arxiv}\n\n"


@layout(
    "title authors abstract",
    full,
    0,
    "The Kite Letter #12\nHappy Friday! Here is what we read.\n\n",
)
def newsletter(p: Paper, i: int, r: R) -> str:
    return f"{i + 1}. {p.title}\n{names(p)} | {p.venue} | {p.year}\n\n{p.abstract}\n\nRead the paper →\n\n"


def _alert(p: Paper, i: int, r: R) -> str:
    return (
        f"[PDF] {p.title}\n{names(p, compact)} - {p.venue}, {p.year}\n"
        f"{wrap(p.abstract[:180].rsplit(' ', 1)[0] + ' …')}\n\n"
    )


@layout(
    "title authors",
    compact,
    0,
    "Kites: new results\n\n",
    foot="This message was sent by Scholar.\n",
)
def alert(p: Paper, i: int, r: R) -> str:
    return _alert(p, i, r)


@layout("title authors", compact, 0, "Kites: new results\n\n", dress=quoted)
def alert_quoted(p: Paper, i: int, r: R) -> str:
    return _alert(p, i, r)


@layout(
    "title authors abstract eprint", full, 0, "Dear all, have a look at these.\n\n", dress=quoted
)
def mail_quoted(p: Paper, i: int, r: R) -> str:
    return f"{wrap(p.title)}\n{wrap(names(p))}\n\n{wrap(p.abstract)}\n\nhttps://arxiv.org/abs/{p.arxiv}\n\n"


@layout("title authors abstract", full, 0, "New preprints of this week\n\n")
def digest_mail(p: Paper, i: int, r: R) -> str:
    return (
        f"* {p.title}\n  {names(p)}\n  {p.day} {LONG_MONTHS[p.month - 1]} {p.year}\n\n"
        f"{wrap(p.abstract, 70, '  ')}\n\n"
    )


@layout("title authors abstract doi", inverted, 0, "")
def zotero_report(p: Paper, i: int, r: R) -> str:
    people = "".join(f"Author\t{full(n)}\n" for n in p.people)
    return (
        f"{p.title}\nItem Type\tJournal Article\n{people}Abstract\t{p.abstract}\nDate\t{p.year}\n"
        f"Publication\t{p.venue}\nVolume\t{p.volume}\nDOI\t{p.doi}\nDate Added\t3/4/2024, 10:12:{i + 10} AM\n\n"
    )


@layout("title authors", inverted, 0, "All Documents\n")
def mendeley(p: Paper, i: int, r: R) -> str:
    return f"{p.title}\n{names(p, inverted, '; ')}\n({p.year}) {p.venue}, {p.volume}, {p.page}\nAdded {p.day} {MONTHS[p.month - 1]}\n\n"


@layout("title eprint", full, 0, "Links\n\n")
def titles_and_addresses(p: Paper, i: int, r: R) -> str:
    return f"{p.title} - https://arxiv.org/abs/{p.arxiv}\n"
