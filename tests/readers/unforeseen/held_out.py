"""Layouts laid out after the readers were written; they count apart from the others."""

# ruff: noqa: E501 - an entry is told best as the page prints it
from __future__ import annotations

import random

from tests.readers.unforeseen.papers import Paper
from tests.readers.unforeseen.styles import (
    LONG_MONTHS,
    MONTHS,
    apa,
    first,
    full,
    inverted,
    layout,
    names,
    quoted,
    shortened,
    wrap,
)

R = random.Random


@layout("title authors abstract eprint", full, 0, "Inbox\n", held_out=True)
def group_mail(p: Paper, i: int, r: R) -> str:
    return (
        f"{i + 1}) {p.title}\n   Authors: {names(p)}\n   https://arxiv.org/abs/{p.arxiv}\n\n"
        f"{wrap(p.abstract, 68, '   ')}\n\n"
    )


@layout("title authors", shortened, 0, "Publikationen\n\n", held_out=True)
def german_list(p: Paper, i: int, r: R) -> str:
    return f"{names(p, shortened)}: {p.title}. In: {p.venue}, Bd. {p.volume} ({p.year}), S. {p.page}-{p.page + 8}.\n\n"


@layout("title authors doi", apa, 0, "Literature\n\n", held_out=True)
def nature_style(p: Paper, i: int, r: R) -> str:
    return f"{i + 1}. {names(p, apa, last=' & ')} {p.title}. {p.venue} {p.volume}, {p.page}–{p.page + 5} ({p.year}). https://doi.org/{p.doi}\n"


@layout("title authors abstract", full, 0, "Poster session\n\n", held_out=True)
def poster_hall(p: Paper, i: int, r: R) -> str:
    return f"Poster #{i + 101}\n{p.title}\n{names(p, mark=' ⋅ ')}\n\n{p.abstract}\n\nHall B {10 + i}\n\n"


@layout("title authors abstract doi", full, 0, "Search alert: kites\n", held_out=True)
def publisher_alert(p: Paper, i: int, r: R) -> str:
    return (
        f"{p.title}\n{names(p, last=' and ')}\nFirst published: {p.day:02} {LONG_MONTHS[p.month - 1]} {p.year}\n"
        f"https://doi.org/{p.doi}\nAbstract\n{p.abstract}\nRead article\n\n"
    )


@layout("title authors year", full, 0, "", held_out=True)
def cv_entry(p: Paper, i: int, r: R) -> str:
    return f"{p.year}  {p.title}, with {names(p)}, {p.venue}, {p.volume}, {p.page}–{p.page + 9}.\n"


@layout("title authors eprint", full, 1, "Top papers\n", held_out=True)
def social_post(p: Paper, i: int, r: R) -> str:
    return f"{i + 1}. {p.title}\n👤 {first(p, 1, more=' et al.')}\n🔗 https://arxiv.org/abs/{p.arxiv}\n\n"


@layout("title authors abstract", full, 0, "Abstract book\n", 3, "Session {n}\n\n", held_out=True)
def abstract_book(p: Paper, i: int, r: R) -> str:
    return f"O-{i + 1:02}\n{p.title.upper()}\n{names(p)}\n{wrap(p.abstract)}\n\n"


@layout("title authors abstract", full, 0, "", held_out=True)
def italian(p: Paper, i: int, r: R) -> str:
    return f"Titolo: {p.title}\nAutori: {names(p)}\nAnno: {p.year}\nRiassunto: {p.abstract}\n\n"


@layout("title authors", inverted, 0, "Libreria\n", held_out=True)
def library_catalogue(p: Paper, i: int, r: R) -> str:
    return (
        f"{i + 1}.\nArticle\n{p.title}\n{names(p, inverted, ' ; ')}\n{p.venue}, {p.year}, Vol.{p.volume} (2), p.{p.page}-{p.page + 8}\n"
        "PEER REVIEWED\nAvailable Online\n\n"
    )


@layout("title authors abstract eprint", full, 0, "Hi all,\n\n", dress=quoted, held_out=True)
def quoted_labels(p: Paper, i: int, r: R) -> str:
    return f"Title: {p.title}\nAuthors: {names(p)}\nLink: https://arxiv.org/abs/{p.arxiv}\nAbstract: {p.abstract}\n\n"


@layout("title authors abstract", full, 0, "Reading notes\n\n", held_out=True)
def outline(p: Paper, i: int, r: R) -> str:
    return (
        f"* {p.title}\n    - Authors: {names(p)}\n    - Venue: {p.venue} {p.year}\n"
        f"    - Abstract: {p.abstract}\n"
    )


@layout("title authors year", full, 0, "| Paper | Authors | Year |\n|---|---|---|\n", held_out=True)
def pipe_table(p: Paper, i: int, r: R) -> str:
    return f"| {p.title} | {names(p)} | {p.year} |\n"


@layout("title authors abstract", full, 1, "Seminar\n\n", held_out=True)
def seminar(p: Paper, i: int, r: R) -> str:
    return (
        f"{MONTHS[p.month - 1]} {p.day}, {p.year}\nSpeaker: {full(p.people[0])}\nTitle: {p.title}\n"
        f"Abstract: {p.abstract}\n\n"
    )
