"""The step of a build that makes the search index, as a process of its own.

    python bench/search_index.py prepare FOLDER   # once: FOLDER/papers.msgpack, as builds have them
    python bench/search_index.py index FOLDER     # index, and write FOLDER/index/
    python bench/search_index.py change FOLDER    # the same after an edit of one paper

The last two say how many seconds the step took, without reading the papers, which a build has.
"""

from __future__ import annotations

import random
import shutil
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from common import ROOT

sys.path.insert(0, str(ROOT))
from digest import understanding
from digest.build import Workshop
from digest.config import load_config
from digest.executors import in_batches
from digest.ledger import Keepsake
from digest.paper import Paper
from digest.search.concordance import Concordance
from digest.search.files import Labels, Settings, lay_out
from digest.text import mark_of
from digest.website.hosts import limits_of, search_files

JOBS = 2
_BATCH = 20
_WORD = "zanzibar"


class _KnownError(Exception):
    """The papers are known: the rest of the build is of no interest."""


def prepare(folder: Path) -> None:
    """Understand the content of `folder` and keep its papers."""
    papers: list[Paper] = []

    def catalogue(found: list[Paper], *_: Any) -> None:
        papers.extend(found)
        raise _KnownError

    understanding.make_catalogue = catalogue  # type: ignore[assignment]
    config = load_config(folder / "digest.yaml", {"content": str((folder / "content").resolve())})
    aside = folder / "step"
    aside.mkdir(exist_ok=True)
    try:
        Workshop(aside, config, lasting=False).build(jobs=JOBS)
    except _KnownError:
        (folder / "papers.msgpack").write_bytes(msgspec.msgpack.encode(papers))


def index(folder: Path, *, change: bool) -> None:
    """Make the index of the papers kept in `folder`."""
    data = (folder / "papers.msgpack").read_bytes()
    papers = msgspec.msgpack.decode(data, type=list[Paper])
    if change:
        place = random.randrange(len(papers))
        abstract = f"{papers[place].abstract} {_WORD}{place}"
        papers[place] = msgspec.structs.replace(papers[place], abstract=abstract)
    marks = [mark_of(msgspec.msgpack.encode(paper)) for paper in papers]
    started = time.perf_counter()
    concordance = Concordance(Keepsake(folder / "search.bin"), lasting=False)
    spread = partial(understanding.spread, JOBS)
    made = concordance.renew(papers, marks, None, bytes(16), spread)
    settings = Settings(search_files(limits_of("none"), len(papers)))
    labels = Labels(
        {tag.slug: tag.name for paper in papers for tag in paper.tags if tag.page},
        {paper.venue.slug: paper.venue.name for paper in papers if paper.venue},
    )
    own = dict(zip((paper.key for paper in papers), marks, strict=True))
    laid = lay_out(
        made,
        papers,
        settings,
        labels,
        lambda pack, members: mark_of(
            msgspec.msgpack.encode(pack), *(own[paper.key] for paper in members)
        ),
    )
    out = folder / "index"
    out.mkdir(exist_ok=True)
    noted = folder / "index.json"
    known = msgspec.json.decode(noted.read_bytes()) if noted.exists() else {}
    new = {part.name: part.digest.hex() for part in (*laid.lines, *laid.packs, *laid.texts)}
    scripts = laid.scripts()
    stale = ["index", *(name for name, mark in new.items() if known.get(name) != mark)]
    # As the pages of a build are: in batches, by as many processes.
    for _ in in_batches(_write, stale, JOBS, scripts, out, batch=_BATCH):
        pass
    noted.write_bytes(msgspec.json.encode(new))
    print(f"seconds {time.perf_counter() - started:.3f}, {len(stale)} files written")


def _write(names: list[str], scripts: dict[str, Any], out: Path) -> list[int]:
    return [(out / f"{name}.js").write_text(scripts[f"{name}.js"](), "utf-8") for name in names]


if __name__ == "__main__":
    what, place = sys.argv[1], Path(sys.argv[2])
    if what == "prepare":
        prepare(place)
    else:
        if what == "index":
            shutil.rmtree(place / "index", ignore_errors=True)
            for kept in ("search.bin", "index.json"):
                (place / kept).unlink(missing_ok=True)
        index(place, change=what == "change")
