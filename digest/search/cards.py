"""What a result shows, in packs of neighbours: docs/search-format.md, "Cards"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct

from digest.catalogue.leads import lead
from digest.latex import to_html, to_plain
from digest.paper import Author, Paper
from digest.search.numbers import encode, gaps
from digest.search.words import slugged

WHOLE, LEAD = 2_000, 5_000
"""Papers up to which a result shows its whole abstract, and its leading sentence."""
_MOST_TEXT = 3_000
"""Characters of an abstract that are shown."""
_TAGS = {"whole": 4, "lead": 3, "none": 2}
_NAMED = {"whole": 4, "lead": 3, "none": 2}
"""Tags and people that are named, by how much is shown of a paper."""


class Pack(Struct, frozen=True):
    """What is shown of papers besides themselves."""

    slots: tuple[int, ...]
    """Within the pack."""
    text: str
    """`whole`, `lead` or `none`."""


def text_of(papers: int) -> str:
    """How much of each of so many papers a result shows."""
    return "whole" if papers <= WHOLE else "lead" if papers <= LEAD else "none"


def pack_value(pack: Pack, papers: Sequence[Paper]) -> dict[str, Any]:
    """The columns of a pack of `papers`, which stand in the order of their slots."""
    names: dict[tuple[str, str], int] = {}
    tags = [
        [
            names.setdefault((tag.slug, tag.name), len(names))
            for tag in _shown_tags(paper)[: _TAGS[pack.text]]
        ]
        for paper in papers
    ]
    texts = [_text(paper, pack.text) for paper in papers]
    html = {}
    for place, (paper, text) in enumerate(zip(papers, texts, strict=True)):
        title, body = str(to_html(paper.title)), str(to_html(text))
        if "<math" in title or "<math" in body:
            html[str(place)] = [title, body]
    return {
        "slots": encode(gaps(pack.slots)),
        "paths": [paper.slug for paper in papers],
        "titles": [to_plain(paper.title) for paper in papers],
        "people": [people(paper.authors, _NAMED[pack.text]) for paper in papers],
        "dates": [paper.published or "" for paper in papers],
        "tags": tags,
        # The page makes slugs itself where that needs no knowledge.
        "names": [name if slugged(name) == slug else [slug, name] for slug, name in names],
        "venues": [paper.venue.label if paper.venue else "" for paper in papers],
        "code": [
            next((link.url for link in paper.links if link.kind == "code"), "") for paper in papers
        ],
        "texts": [" ".join(to_plain(text).split()) for text in texts],
        "html": html,
    }


def people(authors: Sequence[Author], most: int) -> str:
    """`A. Byron, L. Wei et al.`: at most `most` names, unless one more is all that there is."""
    shown = [_short(author) for author in authors[:most]]
    return ", ".join(shown) + (" et al." if len(authors) > most else "")


def _short(author: Author) -> str:
    if not author.family:
        return author.name
    initials = "".join(f"{part[0]}. " for part in author.given.split() if part[0].isalpha())
    return initials + author.family


def _shown_tags(paper: Paper) -> list[Any]:
    return [tag for tag in paper.tags if tag.page and tag.source != "implied"]


def _text(paper: Paper, kind: str) -> str:
    """LaTeX of what is shown of the abstract."""
    abstract = paper.abstract or ""
    return {"whole": _cut(abstract), "lead": lead(abstract), "none": ""}[kind]


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_TEXT else text[:_MOST_TEXT].rpartition(" ")[0] + " …"


def script(name: str, mark: str, value: Any) -> str:
    """The file of a part, which hands `value` over to the page."""
    return f'digestSearch.load("{name}","{mark}",{as_json(value)});\n'


def as_json(value: Any) -> str:
    """`value` as it may stand in a script: U+2028 and U+2029 end a line in older JavaScript, and
    `</` could end a script element."""
    text = msgspec.json.encode(value).decode()
    if not text.isascii():
        text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return text.replace("</", "<\\/")
