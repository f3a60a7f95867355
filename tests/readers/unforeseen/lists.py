"""Formatted reference lists, tables, programmes and course pages."""

# ruff: noqa: E501 - an entry is told best as the page prints it
from __future__ import annotations

import random

from tests.readers.unforeseen.papers import Paper
from tests.readers.unforeseen.styles import (
    MONTHS,
    apa,
    crlf,
    full,
    inverted,
    layout,
    names,
    shifted,
    shortened,
    vancouver,
    wrap,
)

R = random.Random


def _apa(p: Paper) -> str:
    return (
        f"{names(p, apa, last=', & ')} ({p.year}). {p.title}. {p.venue}, {p.volume}(2), "
        f"{p.page}–{p.page + 9}. https://doi.org/{p.doi}"
    )


@layout("title authors doi year", apa, 0, "References\n")
def list_apa(p: Paper, i: int, r: R) -> str:
    return _apa(p) + "\n"


@layout("title authors doi year", apa, 0, "References\n\n")
def list_apa_wrapped(p: Paper, i: int, r: R) -> str:
    return wrap(_apa(p), 72, "", "    ") + "\n"


@layout("title authors doi year", vancouver, 0, "References\n")
def list_vancouver(p: Paper, i: int, r: R) -> str:
    return (
        f"{i + 1}. {names(p, vancouver)}. {p.title}. {p.venue}. {p.year};{p.volume}(3):"
        f"{p.page}-{p.page + 7}. doi:{p.doi}\n"
    )


@layout("title authors year", shortened, 0, "REFERENCES\n")
def list_ieee(p: Paper, i: int, r: R) -> str:
    return (
        f"[{i + 1}] {names(p, shortened, last=', and ' if len(p.people) > 2 else ' and ')}, "
        f"“{p.title},” {p.venue}, vol. {p.volume}, no. 2, pp. {p.page}–{p.page + 9}, "
        f"{MONTHS[p.month - 1]}. {p.year}.\n"
    )


@layout("title authors year eprint", shortened, 0, "")
def list_ieee_wrapped(p: Paper, i: int, r: R) -> str:
    words = (
        f"[{i + 1}] {names(p, shortened, last=', and ' if len(p.people) > 2 else ' and ')}, "
        f'"{p.title}," arXiv preprint arXiv:{p.arxiv}, {p.year}.'
    )
    return wrap(words, 72, "", "     ") + "\n\n"


@layout("title authors year", full, 0, "Works Cited\n\n")
def list_mla(p: Paper, i: int, r: R) -> str:
    lead = inverted(p.people[0])
    others = [full(n) for n in p.people[1:]]
    byline = (
        lead + "".join(f", {o}" for o in others[:-1]) + (f", and {others[-1]}" if others else "")
    )
    byline = byline if byline.endswith(".") else byline + "."
    return f"{byline} “{p.title}.” {p.venue}, vol. {p.volume}, no. 2, {p.year}, pp. {p.page}-{p.page + 8}.\n\n"


@layout("title authors year doi", full, 0, "Bibliography\n\n")
def list_chicago(p: Paper, i: int, r: R) -> str:
    lead = inverted(p.people[0])
    others = [full(n) for n in p.people[1:]]
    byline = (
        lead + "".join(f", {o}" for o in others[:-1]) + (f", and {others[-1]}" if others else "")
    )
    byline = byline if byline.endswith(".") else byline + "."
    return (
        f"{byline} {p.year}. “{p.title}.” {p.venue} {p.volume} (2): {p.page}–{p.page + 8}. "
        f"https://doi.org/{p.doi}.\n\n"
    )


@layout("title authors year", apa, 0, "Reference list\n")
def list_harvard(p: Paper, i: int, r: R) -> str:
    return (
        f"{names(p, apa, last=' and ')} ({p.year}) ‘{p.title}’, {p.venue}, {p.volume}(2), "
        f"pp. {p.page}–{p.page + 8}.\n"
    )


@layout("title authors year doi", full, 0, "REFERENCES\n")
def list_acm(p: Paper, i: int, r: R) -> str:
    last = ", and " if len(p.people) > 2 else " and "
    return (
        f"[{i + 1}] {names(p, full, last=last)}. {p.year}. {p.title}. {p.venue} {p.volume}, 2 "
        f"({MONTHS[p.month - 1]}. {p.year}), {p.page}–{p.page + 9}. https://doi.org/{p.doi}\n"
    )


@layout("title authors eprint", full, 0, "Title\tAuthors\tYear\tLink\n")
def sheet(p: Paper, i: int, r: R) -> str:
    return f"{p.title}\t{names(p)}\t{p.year}\thttps://arxiv.org/abs/{p.arxiv}\n"


@layout("title authors", full, 0, "")
def sheet_without_head(p: Paper, i: int, r: R) -> str:
    return f"{i + 1}\t{p.title}\t{names(p, mark='; ')}\t{p.venue}\t{p.year}\n"


@layout(
    "title authors",
    full,
    0,
    "Programme\n\n",
    4,
    "Session {n}: Kites and Strings\nChair: Jo Sample\n\n",
)
def programme(p: Paper, i: int, r: R) -> str:
    hour, minute = 9 + i // 3, 20 * (i % 3)
    return f"{hour}:{minute:02} - {hour}:{minute + 20:02}\n{p.title}\n{names(p)}\n\n"


@layout("title authors", full, 0, "Conference schedule\n", 4, "Tuesday, {n} May\nRoom {n}\n")
def programme_on_one_line(p: Paper, i: int, r: R) -> str:
    return f"{9 + i // 3:02}:{20 * (i % 3):02}  {p.title}\n       {names(p)}\n"


@layout("title authors eprint", full, 0, "CS 999: Reading list\n\n", 3, "Week {n}: Foundations\n\n")
def course(p: Paper, i: int, r: R) -> str:
    return f"- {p.title}. {names(p)}. {p.year}. https://arxiv.org/abs/{p.arxiv}\n"


@layout("title authors", full, 0, "Syllabus\n\n", 3, "Week {n} - Foundations\n")
def course_quoted(p: Paper, i: int, r: R) -> str:
    return f'  * "{p.title}" by {names(p, last=" and ")} ({p.venue} {p.year})\n'


@layout("title authors year", full, 0, "My papers\n\n")
def numbered_one_line(p: Paper, i: int, r: R) -> str:
    return f"{i + 1}. {names(p)}. {p.title}. {p.venue}, {p.year}.\n"


@layout("title authors year", full, 0, "Selected publications\n\n")
def bulleted_title_first(p: Paper, i: int, r: R) -> str:
    return f"• {p.title}. {names(p, last=' and ')}. In {p.venue}, {p.year}. [PDF] [Code]\n"


@layout("title authors abstract", full, 0, "")
def in_capitals(p: Paper, i: int, r: R) -> str:
    return f"{p.title.upper()}\n{names(p)}\n\n{p.abstract}\n\n"


@layout("title authors abstract", full, 0, "")
def quoted_title(p: Paper, i: int, r: R) -> str:
    return f"“{p.title}”\n\nby {names(p, last=' and ')}\n\nAbstract\n\n{p.abstract}\n\n"


@layout("title authors abstract eprint", full, 0, "")
def quoted_title_wrapped(p: Paper, i: int, r: R) -> str:
    quoted = f'"{p.title}"'
    return f"{wrap(quoted)}\n{wrap(names(p))}\nAbstract: {wrap(p.abstract)}\narXiv:{p.arxiv}\n\n"


@layout("title authors abstract eprint", full, 0, "")
def wrapped_with_names(p: Paper, i: int, r: R) -> str:
    return f"{wrap(p.title)}\n{wrap(names(p))}\n\n{wrap(p.abstract)}\n\narXiv:{p.arxiv}\n\n\n"


@layout("title authors abstract", full, 0, "Tagungsband\n\n")
def german(p: Paper, i: int, r: R) -> str:
    return f"{p.title}\nvon {names(p, last=' und ')}\n\nZusammenfassung\n{p.abstract}\n\n"


@layout("title authors abstract", full, 0, "")
def french(p: Paper, i: int, r: R) -> str:
    return f"{p.title}\n{names(p, last=' et ')}\n\nRésumé. {p.abstract}\n\n"


@layout("title authors abstract", full, 0, "")
def spanish(p: Paper, i: int, r: R) -> str:
    return f"{p.title}\n{names(p, last=' y ')}\nResumen: {p.abstract}\n\n"


@layout("title authors abstract", full, 0, "")
def chinese(p: Paper, i: int, r: R) -> str:
    return f"{i + 1}、{p.title}\n作者：{names(p, mark='，')}\n摘要：{p.abstract}\n\n"


@layout("title authors abstract", full, 0, "Abstracts\n\n", dress=crlf)
def windows(p: Paper, i: int, r: R) -> str:
    return f"{p.title}\n{names(p)}\n{p.abstract}\n\n"


@layout("title authors abstract eprint", full, 0, "", dress=shifted)
def indented(p: Paper, i: int, r: R) -> str:
    return f"{p.title}\n{names(p)}\n{wrap(p.abstract)}\narXiv:{p.arxiv}\n\n"
