"""An index as files: docs/search-format.md."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from msgspec import Struct, msgpack
from numpy.typing import NDArray

from digest.paper import Paper
from digest.search import columns, parts, vocabulary
from digest.search.cards import Pack, as_json, pack_value, script, text_of
from digest.search.documents import Broader
from digest.search.index import Index, Spread, empty, here, renew
from digest.search.inverted import Lines
from digest.search.levels import NEAR, PERSON, WEIGHTS
from digest.search.postings import bounds
from digest.text import mark_of

FORMAT = 1
_MARK = 6
"""Hexadecimal digits of the mark of a part."""
_SHARES = {"words": 0.45, "positions": 0.06, "cards": 0.49}
"""Of the files: a query loads some ten packs of cards, two parts of words, and seldom positions."""
_LONG_NUMBER = 5
"""Characters of a term that begins with a digit, as `2309.04669` does."""
_SELDOM = 4
_LEAST_PACK = 16
"""Slots."""


class Settings(Struct, frozen=True):
    """What an index is like, besides its papers."""

    files: int
    """Parts of words, positions and cards together, at most."""
    recency: float = 0.0
    """How much newer papers are preferred."""
    language: str = "en"


class Labels(NamedTuple):
    """Names by slug of the tags and venues by which results are divided."""

    tags: Mapping[str, str]
    venues: Mapping[str, str]
    above: Callable[[str], Iterable[str]] | None = None
    """The slugs of the topics above a tag."""


class LinesFile(NamedTuple):
    """A file of lines."""

    name: str
    """Without `.js`."""
    digest: bytes
    """Changes with what is in it."""
    first: str
    text: bytes
    """Its lines."""


class PackFile(NamedTuple):
    """A file of cards."""

    name: str
    digest: bytes
    pack: Pack
    papers: list[Paper]


class TextFile(NamedTuple):
    """A file of one text: a column, or a list of words."""

    name: str
    digest: bytes
    text: str


class Files(NamedTuple):
    """All files of an index."""

    meta: dict[str, Any]
    lines: list[LinesFile]
    packs: list[PackFile]
    texts: list[TextFile]
    """Columns, and words by their length."""

    def scripts(self) -> dict[str, Callable[[], str]]:
        """What makes the text of each file, by its name."""
        return {
            "index.js": partial(meta_script, self.meta),
            **{f"{part.name}.js": partial(lines_script, part) for part in self.lines},
            **{
                f"{part.name}.js": partial(
                    pack_script, part.name, mark(part.digest), part.pack, part.papers
                )
                for part in self.packs
            },
            **{f"{part.name}.js": partial(text_script, part) for part in self.texts},
        }


MarkPack = Callable[[Pack, Sequence[Paper]], bytes]
"""What changes with the papers of a pack."""


def lay_out(
    index: Index, papers: Sequence[Paper], settings: Settings, labels: Labels, mark_pack: MarkPack
) -> Files:
    """The files of `index`, which is that of `papers` in the same order."""
    share = {kind: max(1, int(settings.files * part)) for kind, part in _SHARES.items()}
    limit, words = _lines("w", index, index.inverted.words, share["words"])
    _, positions = _lines("p", index, index.inverted.positions, share["positions"])
    size = _LEAST_PACK
    while index.total > share["cards"] * size:
        size = parts.stepped(size)
    text = text_of(len(papers))
    packs = [*_packs(index, papers, size, text, mark_pack)]
    marks = [""] * -(-index.total // size)
    for pack in packs:
        marks[int(pack.name[2:])] = mark(pack.digest)
    tags = columns.choose(index.inverted, "tag", labels.tags, columns.MOST_TAGS)
    venues = columns.choose(index.inverted, "venue", labels.venues, columns.MOST_VENUES)
    broader = columns.implied(tags, {slug: (labels.above or _none)(slug) for slug in tags.slugs})
    epoch, years = _years(index.rows.months)
    code = columns.having(index.inverted, "has:code")
    bare = columns.barest(tags, broader, index.total)
    texts = _columns(index, epoch, bare, venues, code)
    spelling = [
        TextFile(f"s-{letters}", mark_of(own.encode()), own)
        for letters, own in vocabulary.by_length(index.inverted, len(papers)).items()
    ]
    meta = {
        "format": FORMAT,
        "papers": len(papers),
        "slots": index.total,
        "pack": size,
        "limit": limit,
        "text": text,
        "epoch": epoch,
        "weights": list(WEIGHTS),
        "person": PERSON,
        "near": NEAR,
        "recency": settings.recency,
        "language": settings.language,
        "words": [[part.first, part.name, mark(part.digest)] for part in words],
        "positions": [[part.first, part.name, mark(part.digest)] for part in positions],
        "cards": marks,
        "columns": {part.name.partition("-")[2]: mark(part.digest) for part in texts},
        "facets": {
            "tags": [
                [*row, above]
                for row, above in zip(_choices(tags, labels.tags), broader, strict=True)
            ],
            "venues": _choices(venues, labels.venues),
            "years": years,
            "code": len(code),
        },
        "spelling": {part.name.partition("-")[2]: mark(part.digest) for part in spelling},
    }
    return Files(meta, [*words, *positions], packs, [*texts, *spelling])


def mark(digest: bytes) -> str:
    """What a part bears, and META says that it bears."""
    return digest.hex()[:_MARK]


def meta_script(meta: Mapping[str, Any]) -> str:
    """`index.js`"""
    return f"digestSearch.index({as_json(meta)});\n"


def lines_script(part: LinesFile) -> str:
    """The file of a part of lines."""
    return script(part.name, mark(part.digest), part.text.decode())


def pack_script(name: str, mark: str, pack: Pack, papers: Sequence[Paper]) -> str:
    """The file of a pack of `papers`."""
    return script(name, mark, pack_value(pack, papers))


def text_script(part: TextFile) -> str:
    """The file of a column or a list of words."""
    return script(part.name, mark(part.digest), part.text)


def make_files(
    papers: Sequence[Paper],
    settings: Settings | None = None,
    labels: Labels | None = None,
    broader: Broader | None = None,
    spread: Spread = here,
) -> dict[str, str]:
    """The text of every file of the index of `papers`, by its name in `data/search/`."""
    marks = [mark_of(msgpack.encode(paper)) for paper in papers]
    index = renew(empty(), papers, marks, broader, spread).now
    settings = settings or Settings(len(papers) // 45 + 30)
    labels = labels or Labels(
        {tag.slug: tag.name for paper in papers for tag in paper.tags if tag.page},
        {paper.venue.slug: paper.venue.name for paper in papers if paper.venue},
        broader,
    )
    laid = lay_out(index, papers, settings, labels, mark_content)
    return {name: make() for name, make in laid.scripts().items()}


def mark_content(pack: Pack, papers: Sequence[Paper]) -> bytes:
    """The mark of a pack by all that its papers say."""
    return mark_of(msgpack.encode(pack), *map(msgpack.encode, papers))


def _lines(prefix: str, index: Index, lines: Lines, most: int) -> tuple[int, list[LinesFile]]:
    terms = index.inverted.terms
    sizes = np.diff(lines.ends)
    # Numbers, most of all those of papers, are seldom asked for: their files may be larger.
    first, end = bisect_left(terms, "0"), bisect_left(terms, ":")
    long = [at for at in range(first, end) if len(terms[at]) >= _LONG_NUMBER]
    sizes[long] = -(-sizes[long] // _SELDOM)
    limit, divided = parts.division(terms, bounds(sizes).tolist(), most)
    found: list[LinesFile] = []
    afters = [*(part.first for part in divided[1:]), ""]
    for part, after in zip(divided, afters, strict=False):
        text = lines.between(part.start, part.end)
        name = parts.name(prefix, part.first)
        known = index.digests.get((name, part.first))
        if known is None or known[0] != after:
            known = after, mark_of(text)
            index.digests[name, part.first] = known
        found.append(LinesFile(name, known[1], part.first, text))
    return limit, found


def _packs(
    index: Index, papers: Sequence[Paper], size: int, text: str, mark_pack: MarkPack
) -> Iterator[PackFile]:
    order = np.argsort(index.rows.slots)
    slots = index.rows.slots[order]
    cuts = np.searchsorted(slots, np.arange(0, index.total + size, size)).tolist()
    places, inner = order.tolist(), (slots % size).tolist()
    for number, (start, end) in enumerate(pairwise(cuts)):
        if start < end:
            pack = Pack(tuple(inner[start:end]), text)
            members = [papers[at] for at in places[start:end]]
            yield PackFile(f"c-{number}", mark_pack(pack, members), pack, members)


def _years(months: NDArray[np.int64]) -> tuple[int, list[list[int]]]:
    """The first year of all, and how many papers each has."""
    years, counts = np.unique(months[months >= 0] // 12, return_counts=True)
    rows = [[int(year), int(count)] for year, count in zip(years, counts, strict=True)]
    return rows[0][0] if rows else 0, rows


def _columns(
    index: Index, epoch: int, tags: columns.Choice, venues: columns.Choice, code: Any
) -> list[TextFile]:
    rows, total = index.rows, index.total
    made = {
        "months": columns.months(rows.months, rows.slots, total, epoch),
        "years": columns.years(rows.months, rows.slots, total, epoch),
        "days": columns.values(rows.days, rows.slots, total),
        "titles": columns.values(rows.ranks, rows.slots, total),
        "tags": columns.several(tags, total),
        "venues": columns.single(venues, total),
        "code": columns.flags(code, total),
    }
    return [TextFile(f"column-{name}", mark_of(text.encode()), text) for name, text in made.items()]


def _none(_slug: str) -> tuple[str, ...]:
    return ()


def _choices(choice: columns.Choice, names: Mapping[str, str]) -> list[list[Any]]:
    return [
        [slug, names[slug], count] for slug, count in zip(choice.slugs, choice.counts, strict=True)
    ]
