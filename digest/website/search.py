"""The search page and the scripts that hold what it searches.

A script is `digestSearch.add([[path, title, lead, byline, date, tags, text], …])`: loaded by
`<script>`, it works from `file://` where `fetch` does not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from zlib import crc32

from digest.catalogue.catalogue import Catalogue
from digest.latex import to_plain
from digest.paper import Paper
from digest.website.cards import Names
from digest.website.exports import Text
from digest.website.pages import Page
from digest.website.views import SearchPage

_PART_PAPERS = 500
_WITH_TEXT = 5_000
"""Papers up to which whole abstracts are searched: about 6 MB before compression."""


def plan_search(catalogue: Catalogue, names: Names) -> Iterator[Page]:
    """`search.html` and `data/search-<part>.js`."""
    parts = 1
    while parts * _PART_PAPERS < len(catalogue.papers):
        parts *= 2
    members: list[list[Paper]] = [[] for _ in range(parts)]
    for paper in catalogue.papers:
        members[crc32(paper.key.encode()) % parts].append(paper)
    whole = len(catalogue.papers) <= _WITH_TEXT
    paths = []
    for number, papers in enumerate(members, 1):
        path = f"data/search-{number}.js"
        paths.append(path)
        rows = [_row(names, paper, whole) for paper in papers]
        text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        # U+2028 and U+2029 end a line in older JavaScript; `</` could end a script element.
        text = text.replace("\u2028", " ").replace("\u2029", " ").replace("</", "<\\/")
        yield Page(path, "text", Text(f"digestSearch.add({text});\n"))
    yield Page("search.html", "search.html", SearchPage(len(catalogue.papers), tuple(paths)))


def _row(names: Names, paper: Paper, whole: bool) -> list[str]:
    card = names.card(paper)
    return [
        paper.path,
        to_plain(card.title),
        to_plain(card.lead),
        card.byline,
        card.date_label,
        " · ".join(tag.name for tag in paper.tags),
        " ".join(
            filter(
                None,
                (
                    to_plain(paper.abstract or "") if whole else "",
                    *(author.name for author in paper.authors),
                    paper.venue.label if paper.venue else "",
                    paper.eprint,
                    paper.doi,
                ),
            )
        ),
    ]
