"""`digest export`: the papers of a digest, or some of them, on standard output."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from digest.build import Workshop
from digest.catalogue.catalogue import Catalogue
from digest.config import load_config
from digest.export.formats import FORMATS, Exported
from digest.paper import Paper
from digest.problems import DigestError, Problem
from digest.text import unaccented
from digest.website.bibtex import citation_keys

_DATE = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")
_LAST = "9999-99-99"


def run(
    config_path: Path,
    settings: dict[str, str | None],
    form: str,
    tag: str | None,
    since: str | None,
    jobs: int,
    today: str,
    advance: Callable[[str, int, int], None],
) -> tuple[Iterator[str], tuple[Problem, ...]]:
    """The text of the papers in the form of that name, in pieces, and what is wrong with the
    sources.

    `tag`: its name or slug; papers on what lies below it count. `since`: EDTF; papers of which no
    more than a month or year is known count where they may be as new. Raises DigestError where
    there is no such tag or date.
    """
    earliest = _date(since) if since else ""
    found = Workshop(config_path.parent, load_config(config_path, settings), lasting=False)
    understood = found.understand(jobs=jobs, progress=advance, today=today)
    catalogue = understood.catalogue
    papers = catalogue.tags[_slug(catalogue, tag)].papers if tag else catalogue.papers
    kept = [paper for paper in papers if _latest(paper) >= earliest]
    keys = citation_keys(catalogue.papers)
    exported = (
        Exported(paper, keys[paper.key], catalogue.related.get(paper.key, ())) for paper in kept
    )
    problems = (*understood.problems, *(p for file in understood.files for p in file.problems))
    return FORMATS[form](exported), tuple(sorted(problems))


def _latest(paper: Paper) -> str:
    """The last day on which a paper may have been published; "" where nothing is known of it."""
    return paper.published + _LAST[len(paper.published) :] if paper.published else ""


def _date(since: str) -> str:
    if _DATE.fullmatch(since):
        return since
    hint = "Write --since 2023, --since 2023-09 or --since 2023-09-08."
    raise DigestError(Problem("", None, "error", f"“{since}” is no date", hint))


def _slug(catalogue: Catalogue, wanted: str) -> str:
    if wanted in catalogue.tags:
        return wanted
    names = {unaccented(entry.name): slug for slug, entry in catalogue.tags.items()}
    folded = unaccented(wanted)
    if folded in names:
        return names[folded]
    near = difflib.get_close_matches(folded, names, n=1, cutoff=0.6)
    hint = (
        f"Did you mean “{catalogue.tags[names[near[0]]].name}”?"
        if near
        else "The site's tags/index.html lists them all."
    )
    raise DigestError(Problem("", None, "error", f"no paper has the tag “{wanted}”", hint))
