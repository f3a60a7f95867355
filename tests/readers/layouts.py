"""Lays real records out as the pages do that users copy from, with the variations seen there."""

from __future__ import annotations

import functools
import json
import lzma
import random
import re
import textwrap
from pathlib import Path
from typing import Any, NamedTuple

SHARED = Path(__file__).parents[2] / "../shared"
CORPUS = SHARED / "corpora/papers-100k.jsonl.xz"

_BUTTONS = (
    "new",
    "Get trending papers in your email inbox!",
    "Subscribe",
    "Sign in",
    "Daily Papers",
)
_JOURNALS = (
    "Phys. Rev. Lett.", "Phys.Rev.", "J.Math.Phys.", "Nucl. Phys. B", "JHEP", "Astrophys.J.",
    "MNRAS",
    "Physica A", "J. Phys. A: Math. Gen.", "Comm. Math. Phys.", "A&A", "Class. Quantum Grav.",
    "IEEE Transactions on Information Theory", "Adv. Math.", "Pattern Recognition Letters",
)  # fmt: skip
_PLACES = ("Lyon, France", "Boston, MA, USA", "Kyoto, Japan", "Melbourne, Australia")


class Wanted(NamedTuple):
    """What a careful reader finds in one entry; None where the page does not show it."""

    title: str | None = None
    abstract: str | None = None
    comment: str | None = None
    eprint: str | None = None
    version: int | None = None
    doi: str | None = None
    journal_ref: str | None = None
    published: str | None = None
    updated: str | None = None
    authors: tuple[str, ...] = ()


class Page(NamedTuple):
    """A text as a user would paste it, and what it holds."""

    text: str
    wanted: list[Wanted]


def fold(text: str) -> str:
    return " ".join(text.split())


@functools.cache
def load_papers(first: int = 0, count: int = 3000) -> list[dict[str, Any]]:
    """`count` records of the shared corpus, white space folded, from the one numbered `first`."""
    papers = []
    with lzma.open(CORPUS, "rt", encoding="utf-8") as lines:
        for index, line in enumerate(lines):
            if index >= first + count:
                break
            if index < first:
                continue
            paper = json.loads(line)
            for field in ("abstract", "comment", "title"):
                paper[field] = fold(paper[field])
            # Two DOIs in one field, or a sentence: no page prints those as one.
            paper["doi"] = paper["doi"] if re.fullmatch(r"10\.\S*[^\s.,;:]", paper["doi"]) else ""
            papers.append(paper)
    return papers


def _wrap(text: str, width: int) -> str:
    return textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False)


def _paragraphs(text: str, rng: random.Random) -> list[str]:
    """`text` as one to three paragraphs, broken between sentences."""
    sentences = re.split(r"(?<=[a-z]{2}\.) (?=[A-Z][a-z]+ [a-z])", text)
    if len(sentences) < 4 or rng.random() < 0.8:
        return [text]
    cuts = sorted(rng.sample(range(1, len(sentences)), rng.choice((1, 2))))
    return [
        " ".join(sentences[a:b]) for a, b in zip([0, *cuts], [*cuts, len(sentences)], strict=True)
    ]


def journal_ref(rng: random.Random, year: int) -> str:
    """A reference in one of the styles that publishers use."""
    name = rng.choice(_JOURNALS)
    volume, page = rng.randint(1, 700), rng.randint(1, 9000)
    return rng.choice(
        (
            f"{name} {volume}, {page} ({year})",
            f"{name}{volume}:{page}-{page + 9},{year}",
            f"{name} {volume} ({year}) {page}--{page + 12}",
            f"{name}, Vol. {volume}, No. {volume % 12 + 1}, pp. {page}-{page + 5}, {year}",
            f"{name} {volume} ({year}), no. {volume % 6 + 1}, {page}-{page + 20}",
            f"{name} {volume}:{page},{year}",
            f"{year}, {name}, {volume}, {page}",
            f"Proceedings of Workshop {volume % 40} on {name} ({year}), {rng.choice(_PLACES)}",
            f"{name} {volume}, {page}(R) ({year})",
            f"{name} {volume} ({year}) {page}",
        )
    )


def _lines(text: str, rng: random.Random) -> str:
    return text.replace("\n", "\r\n") if rng.random() < 0.3 else text


def lay_abstracts(papers: list[dict[str, Any]], rng: random.Random) -> Page:
    """`Abstract:` after `Abstract:`."""
    label = rng.choice(("Abstract:", "Abstract: ", "ABSTRACT:", "Abstract\n"))
    gap = rng.choice(("\n", "\n\n"))
    width = rng.choice((0, 0, 80))
    entries, wanted = [], []
    for paper in papers:
        parts = _paragraphs(paper["abstract"], rng)
        shown = [_wrap(part, width) if width else part for part in parts]
        entries.append(label + "\n\n".join(shown))
        wanted.append(Wanted(abstract="\n\n".join(parts)))
    return Page(_lines(gap.join(entries), rng), wanted)


def _closing(paper: dict[str, Any], rng: random.Random, refs: bool) -> tuple[str, Wanted]:
    wanted = Wanted(eprint=paper["arxiv"])
    text = "arXiv:" + paper["arxiv"]
    if rng.random() < 0.3:
        version = rng.choice((1, 2, 2, 3, 4, 11))
        text += f"v{version}"
        wanted = wanted._replace(version=version)
    if paper["doi"]:
        text += " - doi: " + paper["doi"]
        wanted = wanted._replace(doi=paper["doi"])
    if refs and rng.random() < (0.6 if paper["doi"] else 0.2):
        reference = journal_ref(rng, int(paper["date"][:4]) + 1)
        text += (" " if paper["doi"] or rng.random() < 0.5 else " - ") + reference
        wanted = wanted._replace(journal_ref=reference)
    return text, wanted


def lay_blocks(papers: list[dict[str, Any]], rng: random.Random) -> Page:
    """Abstract, perhaps comment, identifier and dates, apart by blank lines."""
    width = rng.choice((0, 0, 0, 78))
    entries, wanted = [], []
    for paper in papers:
        parts = _paragraphs(paper["abstract"], rng)
        closing, want = _closing(paper, rng, refs=True)
        # Whether a lone paragraph before the identifier is comment or abstract, nothing can tell.
        comment = paper["comment"] if paper["abstract"] else ""
        closing += f"\nCreated: {paper['date']}"
        if paper["updated"] and rng.random() < 0.7:
            closing += f" Updated: {paper['updated']}"
            want = want._replace(updated=paper["updated"])
        shown = [*parts, comment] if comment else parts
        entries.append("\n\n".join([*(_wrap(p, width) if width else p for p in shown), closing]))
        wanted.append(
            want._replace(
                abstract="\n\n".join(parts), comment=comment or None, published=paper["date"]
            )
        )
    return Page(_lines("\n\n".join(entries), rng), wanted)


def lay_glued(papers: list[dict[str, Any]], rng: random.Random) -> Page:
    """No separator: each abstract is glued to the identifier that closes the entry before."""
    text, wanted = "", []
    for paper in papers:
        closing, want = _closing(paper, rng, refs=True)
        text += paper["abstract"] + "\n"
        if paper["comment"]:
            text += paper["comment"] + "\n"
        text += closing
        wanted.append(want._replace(abstract=paper["abstract"], comment=paper["comment"] or None))
    return Page(_lines(text, rng), wanted)


def lay_titles(papers: list[dict[str, Any]], rng: random.Random) -> Page:
    """Page furniture, then title and abstract in turn."""
    blank = rng.random() < 0.7
    # Without blank lines a line that happens to be full could end a title as well as go on.
    width = rng.choice((0, 0, 90)) if blank else 0
    trailers = rng.random() < 0.3
    gap = "\n\n" if blank else "\n"
    head = list(_BUTTONS[: rng.randint(0, len(_BUTTONS))])
    if rng.random() < 0.5:
        head += ["byAK and the research community", rng.choice(("May 22", "Apr 3"))]
    parts, wanted = head, []
    for paper in papers:
        body = _paragraphs(paper["abstract"], rng) if blank else [paper["abstract"]]
        parts += [_wrap(paper["title"], width) if width else paper["title"]]
        parts += [_wrap(p, width) if width else p for p in body]
        want = Wanted(title=paper["title"], abstract="\n\n".join(body))
        if trailers:
            year, month, day = paper["date"].split("-")
            name = [
                "Jan",
                "Feb",
                "Mar",
                "Apr",
                "May",
                "Jun",
                "Jul",
                "Aug",
                "Sep",
                "Oct",
                "Nov",
                "Dec",
            ][int(month) - 1]
            count = len(paper["authors"])
            parts.append(f"  • {count} author{'s' * (count != 1)}\n·\n{name} {int(day)}, {year}")
            want = want._replace(published=paper["date"])
        wanted.append(want)
    text = gap.join(parts)
    if not blank and head and rng.random() < 0.5 and head[-1] == "Subscribe":
        text = text.replace("Subscribe\n", "Subscribe", 1)
    return Page(_lines(text, rng), wanted)


LAYOUTS = {
    "abstracts": lay_abstracts,
    "blocks": lay_blocks,
    "glued": lay_glued,
    "titles": lay_titles,
}
