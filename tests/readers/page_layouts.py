"""Lays real records out as arXiv's mails and pages, plain labels and lists of accepted papers."""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Callable
from datetime import date
from typing import Any

from digest.text import fold
from tests.readers.interchange import ends, wanted_of
from tests.readers.layouts import Page, journal_ref

Paper = dict[str, Any]
_SUBJECTS = {"cs": "Computer Science", "math": "Mathematics", "hep-th": "High Energy Physics"}
_RULER = "-" * 78
_SUFFIX = re.compile(r"[JS]r\.?|I{2,3}|IV")
_REST = (
    ("Report-no", "X-12/3"),
    ("MSC-class", "14A10"),
    ("License", "http://creativecommons.org/licenses/by/4.0/"),
)
_HEADS = (
    "Oral Session {n}: Foundations",
    "Poster Session {n}",
    "Session {n}: Applications",
    "Track {n}",
)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _wrapped(text: str, width: int, first: str = "", rest: str = "") -> str:
    return textwrap.fill(
        text, width, initial_indent=first, subsequent_indent=rest,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _subjects(paper: Paper) -> str:
    return "; ".join(f"{_SUBJECTS.get(t.split('.')[0], 'Physics')} ({t})" for t in paper["tags"])


def lay_mail(papers: list[Paper], rng: random.Random) -> Page:
    """What arXiv sends each night: new papers, cross-lists with them, wrapped lines."""
    entries, wanted = [], []
    indent = rng.choice(("  ", "  ", " "))
    for paper in papers:
        want = wanted_of(paper, updated=None)
        day = _day(paper["date"])
        head = [f"arXiv:{paper['arxiv']}{rng.choice(('', '', ' (*cross-listing*)'))}"]
        head.append(f"Date: {day:%a}, {day.day} {day:%b} {day.year} 10:13:39 GMT   (194kb,D)")
        if paper["updated"] and rng.random() < 0.4:
            new = _day(paper["updated"])
            head.append(
                f"Date (revised v2): {new:%a}, {new.day} {new:%b} {new.year} 08:00:00 GMT   (2kb)"
            )
            want = want._replace(version=2, updated=paper["updated"])
        fields = [("Title", paper["title"]), ("Authors", ", ".join(paper["authors"]))]
        fields += [("Categories", " ".join(paper["tags"]))]
        more = [("Comments", paper["comment"]), ("DOI", paper["doi"])]
        if rng.random() < 0.2:
            reference = journal_ref(rng, day.year + 1)
            more.append(("Journal-ref", reference))
            want = want._replace(journal_ref=reference)
        more += [pair for pair in _REST if rng.random() < 0.1]
        rng.shuffle(more)
        shown = [_wrapped(f"{n}: {v}", 79, "", indent) for n, v in fields + more if v]
        body = _wrapped(paper["abstract"], 79, "  ")
        entries.append(
            "\\\\\n" + "\n".join(head) + "\n\n" + "\n".join(shown) + f"\n\\\\\n{body}\n"
            f"\\\\ ( https://arxiv.org/abs/{paper['arxiv']} ,  194kb)\n"
        )
        wanted.append(want)
    lead = "Subject: cs daily Subj-class mailing 1 2\n\n" + _RULER + "\n" + _RULER + "\n"
    lead += "Send any comments regarding submissions directly to submitter.\n" + _RULER + "\n"
    between = rng.choice((_RULER + "\n", "%-" * 9 + "\n" if rng.random() < 0.1 else _RULER + "\n"))
    return Page(ends(lead + between.join(entries) + between, rng), wanted)


def lay_arxiv_list(papers: list[Paper], rng: random.Random) -> Page:
    """arXiv's list of new papers, with abstracts or without, of the old pages or the new."""
    whole, labels = rng.random() < 0.5, rng.random() < 0.7
    own_line, apart = rng.random() < 0.3, rng.choice(("", "\n"))
    entries, wanted = [], []
    for number, paper in enumerate(papers, 1):
        buttons = rng.choice(("[pdf, other]", "[pdf, html, other]", "[pdf, ps, other]"))
        lines = [f"[{number}] arXiv:{paper['arxiv']} {buttons}"]
        gap = "\n          " if own_line else " "
        lines.append(f"Title:{gap}{paper['title']}")
        names = ", ".join(paper["authors"])
        lines.append(f"Authors: {names}" if labels else names)
        if paper["comment"]:
            lines.append(f"Comments: {paper['comment']}")
        want = wanted_of(paper, updated=None, published=None, doi=None)
        if rng.random() < 0.2:
            reference = journal_ref(rng, int(paper["date"][:4]) + 1)
            lines.append(f"Journal-ref: {reference}")
            want = want._replace(journal_ref=reference)
        lines.append(f"Subjects: {_subjects(paper)}")
        if whole:
            lines.append(apart + paper["abstract"])
        else:
            want = want._replace(abstract=None)
        entries.append("\n".join(lines) + "\n" + apart)
        wanted.append(want)
    lead = "arXiv.org > cs > cs.XX\nAuthors and titles for recent submissions\n\n"
    lead = rng.choice((lead, f"Total of {len(papers)} entries\n", ""))
    tail = rng.choice(
        (
            "",
            f"Total of {len(papers)} entries\n",
            f"[ total of {len(papers)} entries: 1-{len(papers)} ]\n",
            "About\nHelp\nContact\nSubscribe\n",
        )
    )
    return Page(ends(lead + "".join(entries) + tail, rng), wanted)


def lay_search(papers: list[Paper], rng: random.Random) -> Page:
    """arXiv's results of a search."""
    entries, wanted = [], []
    for paper in papers:
        first = f"arXiv:{paper['arxiv']} [pdf, other] " + " ".join(paper["tags"])
        want = wanted_of(paper, updated=None)
        if paper["doi"]:
            first += f" doi {paper['doi']}"
        lines = [first, paper["title"], "Authors: " + ", ".join(paper["authors"])]
        lines.append(f"Abstract: {paper['abstract']}{rng.choice((' △ Less', ''))}")
        said = _said(paper["date"])
        if paper["updated"] and rng.random() < 0.6:
            said = f"{_said(paper['updated'])}; v1 submitted {said}"
            want = want._replace(updated=paper["updated"])
        lines.append(f"Submitted {said}; originally announced {_day(paper['date']):%B %Y}.")
        if paper["comment"]:
            lines.append(f"Comments: {paper['comment']}")
        if rng.random() < 0.2:
            reference = journal_ref(rng, int(paper["date"][:4]) + 1)
            lines.append(f"Journal ref: {reference}")
            want = want._replace(journal_ref=reference)
        entries.append("\n".join(lines) + "\n")
        wanted.append(want)
    lead = rng.choice(("", f"Showing 1–{len(papers)} of 1,234 results for all: x\n"))
    lead += rng.choice(("", "Sort results by: Announcement date (newest first)\n"))
    return Page(ends(lead + rng.choice(("", "\n")).join(entries), rng), wanted)


def _said(text: str) -> str:
    day = _day(text)
    return f"{day.day} {day:%B}, {day.year}"


def lay_labelled(papers: list[Paper], rng: random.Random) -> Page:
    """`Title:`, `Authors:`, `Abstract:` and more, the same order in all entries."""
    eprint = rng.choice(("arXiv", "ArXiv ID", "ArXiv"))
    order = ["Authors", "Abstract", "Comments", eprint, "DOI", "Date"]
    if rng.random() < 0.5:
        rng.shuffle(order)
    kept = ["Title", *(n for n in order if n in ("Authors", "Abstract") or rng.random() < 0.6)]
    width = rng.choice((0, 0, 90))
    entries, wanted = [], []
    for paper in papers:
        values = {
            eprint: paper["arxiv"],
            "Title": paper["title"], "Authors": ", ".join(paper["authors"]),
            "Abstract": paper["abstract"], "Comments": paper["comment"],
            "DOI": paper["doi"], "Date": paper["date"],
        }  # fmt: skip
        lines = [
            _wrapped(f"{n}: {values[n]}", width) if width and n == "Abstract"
            else f"{n}: {values[n]}"
            for n in kept if values[n]
        ]  # fmt: skip
        entries.append("\n".join(lines) + "\n")
        shown = {
            "Comments": "comment", eprint: "eprint", "DOI": "doi", "Date": "published",
        }  # fmt: skip
        absent = {field: None for name, field in shown.items() if name not in kept}
        wanted.append(wanted_of(paper, updated=None, **absent))
    return Page(ends("\n".join(entries), rng), wanted)


def lay_accepted(papers: list[Paper], rng: random.Random) -> Page:
    """Titles and lines of authors in turn, sessions and buttons between."""
    bullet = rng.choice(("", "", "• ", "- "))
    mark = rng.choice((", ", "; ", " · "))
    gap = rng.choice(("\n", "\n", ""))
    button = rng.choice(("", "", "[PDF] [Supp]\n", "Paper Code\n"))
    wanted = []
    lines = ["CONF 2024 Accepted Papers\n\n"]
    for number, paper in enumerate(papers):
        if rng.random() < 0.1:
            lines.append(f"{rng.choice(_HEADS).format(n=number + 1)}\n\n")
        lines.append(f"{bullet}{paper['title']}\n{mark.join(paper['authors'])}\n{button}{gap}")
        full = wanted_of(paper)
        wanted.append(type(full)(title=full.title, authors=full.authors))
    return Page(ends("".join(lines), rng), wanted)


def divides_names(paper: Paper) -> str | None:
    """Why a line of names cannot carry those of `paper`; None where it can."""
    if not paper["authors"]:
        return "there are no names"
    for name in paper["authors"]:
        if _SUFFIX.fullmatch(name.strip()):
            return "the suffix of a name stands as a name"
        if re.search(r"[,;:·()\[\]{}\\&*/]|\band\b|\d|\bet\.? al\b", fold(name), re.I):
            return "a name holds a mark that divides names"
    return None


PAGES: dict[str, Callable[[list[Paper], random.Random], Page]] = {
    "arxiv-mail": lay_mail,
    "arxiv-list": lay_arxiv_list,
    "arxiv-list, search": lay_search,
    "labelled": lay_labelled,
    "accepted-papers": lay_accepted,
}
"""By the name that `digest read` gives the format, up to a comma."""
