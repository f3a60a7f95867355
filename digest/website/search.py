"""The search page and the scripts that hold what it searches.

A script is `digestSearch.add([[path, title, lead, byline, date, tags, text], …])`: loaded by
`<script>`, it works from `file://` where `fetch` does not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from digest.latex import to_plain
from digest.paper import Paper
from digest.website.cards import Names, card
from digest.website.exports import Text, share_out
from digest.website.pages import Page, Ways
from digest.website.views import SearchPage

_PART_PAPERS = 500
_WITH_TEXT = 5_000
"""Papers up to which whole abstracts are searched: about 6 MB before compression."""


def plan_search(names: Names) -> Iterator[Page]:
    """`search.html` and `data/search-<part>.js`."""
    papers = names.catalogue.papers
    parts = 1
    while parts * _PART_PAPERS < len(papers):
        parts *= 2
    whole = len(papers) <= _WITH_TEXT
    paths = []
    for number, members in enumerate(share_out(papers, parts), 1):
        path = f"data/search-{number}.js"
        paths.append(path)
        yield Page(path, "text", names.recipe(_part, whole, members))
    yield Page("search.html", "search.html", SearchPage(len(papers), tuple(paths)))


def _part(whole: bool, papers: Sequence[Paper], ways: Ways) -> Text:
    rows = [_row(paper, ways, whole=whole) for paper in papers]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    # U+2028 and U+2029 end a line in older JavaScript; `</` could end a script element.
    text = text.replace("\u2028", " ").replace("\u2029", " ").replace("</", "<\\/")
    return Text(f"digestSearch.add({text});\n")


def _row(paper: Paper, ways: Ways, *, whole: bool) -> list[str]:
    own = card(paper, ways)
    return [
        paper.path,
        to_plain(own.title),
        to_plain(own.lead),
        own.byline,
        own.date_label,
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
