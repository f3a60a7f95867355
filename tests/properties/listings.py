"""Real records laid out at random in every layout: how many come back exact in every field?

    python -m tests.properties.listings --examples 2000 [--failures 3] [LAYOUT...]

An example is a page of two to ten papers of the shared corpus. Left out are the papers of which a
layout does not show enough to tell their parts, as `knowable` says. Nothing in a reader may be
tuned to what is drawn here.
"""

from __future__ import annotations

import argparse
import difflib
import functools
import random
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from digest.paper import Record
from digest.readers import read_text
from digest.readers.listings.comments import comment_score
from digest.readers.listings.furniture import is_furniture
from tests.readers.account import lost_in_text
from tests.readers.interchange import CANNOT, INTERCHANGE
from tests.readers.layouts import LAYOUTS, Page, Wanted, load_papers
from tests.readers.page_layouts import PAGES, divides_names

_MOST = 3000
_SHOWN = 200
_GLUE = re.compile(r"[A-Z][a-z]+ [a-z]|(?:We|In|A|The|This) ")
_REFERENCE = re.compile(r"<[a-zA-Z/]|&#?\w{1,30};")
_NAMES_OTHERS = re.compile(r"doi|10\.\d{4}|arxiv", re.I)
EVERY = {**LAYOUTS, **PAGES, **INTERCHANGE}
"""By the format's name, up to a comma."""


def knowable(paper: dict[str, Any], layout: str) -> bool:
    """Whether the layout shows enough of `paper` to tell its parts."""
    if layout in LAYOUTS:
        return _knowable_listing(paper, layout)
    if _NAMES_OTHERS.search(paper["comment"]) or paper["comment"].startswith("http"):
        return False  # whose identifier it is that a comment names, no field says
    if layout in INTERCHANGE:
        texts = f"{paper['title']} {paper['abstract']} {paper['comment']}"
        return CANNOT[layout](paper) is None and not _REFERENCE.search(texts)
    if divides_names(paper) or not all(" " in name for name in paper["authors"]):
        return False
    if layout == "accepted-papers":
        return 12 < len(paper["title"]) < 200 and not is_furniture(paper["title"])
    return len(paper["abstract"]) > 150 and paper["abstract"][0].isupper()


def _knowable_listing(paper: dict[str, Any], layout: str) -> bool:
    abstract, comment, title = paper["abstract"], paper["comment"], paper["title"]
    if len(abstract) < 150 or not abstract[0].isupper() or not abstract.endswith("."):
        return False
    if re.search(r"abstract|arxiv|created", abstract, re.I):
        return False
    if layout == "titles":
        return 12 < len(title) < min(200, len(abstract)) and not is_furniture(title)
    if comment and comment_score(comment) < 2:
        return False
    sentences = re.split(r"(?<=\.) ", abstract)
    if layout in ("blocks", "glued") and any(comment_score(s) > -1.5 for s in sentences):
        return False
    # What is glued to an identifier has to read like the start of a sentence.
    return layout != "glued" or (
        _GLUE.match(abstract) is not None and not re.search(r"[A-Za-z]$", paper["doi"])
    )


@functools.cache
def knowable_papers(layout: str) -> list[dict[str, Any]]:
    """The papers that may be drawn."""
    return [paper for paper in load_papers(0, _MOST) if knowable(paper, layout)]


def pages(layout: str) -> st.SearchStrategy[Page]:
    """Pages of the layout, each from a few papers."""

    def lay(seed: int) -> Page:
        rng = random.Random(seed)
        papers = rng.sample(knowable_papers(layout), rng.randint(2, 10))
        return EVERY[layout](papers[:1] if layout == "front-matter" else papers, rng)

    return st.integers(0, 2**32).map(lay)


def as_wanted(record: Record) -> Wanted:
    """What of `record` is compared."""
    return Wanted(
        record.title, record.abstract, record.comment, record.eprint, record.eprint_version,
        record.doi, record.journal_ref, record.published, record.updated,
        tuple(name.rstrip(",") for name in record.authors),
    )  # fmt: skip


class Tally:
    """What was found, and what was not."""

    def __init__(self) -> None:
        self.papers = self.exact = self.lost = self.extra = self.unaccounted = 0
        self.unrecognised = 0
        """Pages that are read rightly only where their format is named."""
        self.fields: Counter[str] = Counter()
        self.failures: list[Failure] = []

    def add(self, page: Page, layout: str) -> None:
        """Reads `page` and compares."""
        form = layout.partition(",")[0]
        reading = read_text(page.text, "page.txt")
        if reading.format != form:
            self.unrecognised += 1
            reading = read_text(page.text, "page.txt", form)
        found = [as_wanted(sighting.record) for sighting in reading.sightings]
        self.papers += len(page.wanted)
        self.unaccounted += len(lost_in_text(page.text, reading))
        for want, got in pairs(page.wanted, found):
            if want == got:
                self.exact += 1
                continue
            self.lost += got is None
            self.extra += want is None
            differ = [
                name for name in Wanted._fields if want and got
                and getattr(want, name) != getattr(got, name)
            ]  # fmt: skip
            self.fields.update(differ)
            self.failures.append(Failure(page.text, want, got, differ))

    @property
    def share(self) -> float:
        """Of the papers, those exact in every field, in percent."""
        return 100 * self.exact / max(1, self.papers)


class Failure(NamedTuple):
    """A paper that came back otherwise."""

    text: str
    want: Wanted | None
    got: Wanted | None
    differ: list[str]


def pairs(
    wanted: list[Wanted], found: list[Wanted]
) -> Iterator[tuple[Wanted | None, Wanted | None]]:
    """Who belongs to whom; None where nobody does."""
    if len(wanted) == len(found):
        yield from zip(wanted, found, strict=True)
        return
    matcher = difflib.SequenceMatcher(None, [*map(_key, wanted)], [*map(_key, found)], False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind in ("equal", "replace"):
            both = min(b - a, d - c)
            yield from zip(wanted[a : a + both], found[c : c + both], strict=True)
            yield from ((want, None) for want in wanted[a + both : b])
            yield from ((None, got) for got in found[c + both : d])
        else:
            yield from ((want, None) for want in wanted[a:b])
            yield from ((None, got) for got in found[c:d])


def _key(paper: Wanted) -> str:
    return str(paper.eprint or paper.title or (paper.abstract or "")[:60])


def measure(layout: str, examples: int) -> Tally:
    """The tally of so many pages, the same ones each time."""
    tally = Tally()

    @settings(
        max_examples=examples, deadline=None, derandomize=True, database=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(pages(layout))
    def draw(page: Page) -> None:
        tally.add(page, layout)

    draw()
    return tally


def _short(value: object) -> str:
    """Both ends of `value`, where most that went wrong shows."""
    shown = repr(value)
    return shown if len(shown) <= 2 * _SHOWN else f"{shown[:_SHOWN]} […] {shown[-_SHOWN:]}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("layouts", nargs="*", help=f"of {', '.join(EVERY)}; all if none")
    parser.add_argument("--examples", type=int, default=2000)
    parser.add_argument("--failures", type=int, default=0, help="so many of each layout are shown")
    chosen = parser.parse_args()
    heads = "unrecognised papers exact,% lost extra unaccounted".split()
    print(f"| layout | pages | {' | '.join(heads)} | differ |\n|---{'|--:' * 7}|---|", flush=True)
    shown = []
    for layout in chosen.layouts or EVERY:
        tally = measure(layout, chosen.examples)
        fields = ", ".join(f"{name} {number}" for name, number in tally.fields.most_common())
        print(
            f"| {layout} | {chosen.examples:,} | {tally.unrecognised} "
            f"| {tally.papers:,} | {tally.share:.2f} "
            f"| {tally.lost} | {tally.extra} | {tally.unaccounted} | {fields} |",
            flush=True,
        )
        shown += [(layout, failure) for failure in tally.failures[: chosen.failures]]
    for layout, failure in shown:
        print(f"\n{layout}: {', '.join(failure.differ) or 'lost or extra'}")
        for name in failure.differ or ("title", "abstract"):
            print(f"  wanted {name}: {_short(getattr(failure.want, name, None))}")
            print(f"  found  {name}: {_short(getattr(failure.got, name, None))}")


if __name__ == "__main__":
    main()
