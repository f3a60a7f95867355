"""Whether two sites show the same papers in the same HTML: digest's and Hugo's, page by page.

    python bench/same_pages.py SITE_OF_HUGO SITE_OF_DIGEST

Both are made of the same records, Hugo's by ../shared/peers, digest's with bench/themes/peers.
Addresses are turned into one scheme and character references into characters; then pages of
papers, years and the home page must be equal as text, and lists as sequences or, where the two
order one day's papers differently, as sets of items. What differs is counted by its reason.
"""

from __future__ import annotations

import html
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

_ADDRESS = re.compile(r'(href=")(?:https://example\.org)?/?([^"]*)"')
_KNOWN = {
    "digest takes arXiv for no venue": re.compile(r"(?<=</time> )arXiv(?=</p>)"),
    "DOIs in lower case, brackets as they are": re.compile(
        r'(href="https?://(?:dx\.)?doi\.org/[^"]*")'
    ),
    "tags under the taxonomy's names": re.compile(r'<p class="tags">.*?</p>'),
}
"""Why pages differ although they show the same: what to leave out, or to lower, for each."""
_ITEM = re.compile(r"<li>.*?</li>", re.S)
_FIXED = {
    "": "home",
    "index.html": "home",
    "style.css": "style",
    "assets/style.css": "style",
    "atom.xml": "feed",
    "feed.xml": "feed",
    "tags": "tags index",
    "years": "years index",
    "dates": "years index",
    "months": "months index",
}
SHOWN = 3
"""Examples of each difference that are printed."""
MOST = 30
"""Differences that are printed."""


class Site(NamedTuple):
    """The pages of a site by kind and name, each as comparable text; lists by name of the list."""

    papers: dict[str, str]
    tags: dict[str, list[str]]
    months: dict[str, list[str]]
    years: dict[str, str]
    home: list[str]
    other: list[str]
    """Paths of all other files."""
    files: int


def address(found: str) -> str:
    """One name for what the two call `papers/arxiv-1912-07316/` and `papers/arxiv-1912.07316.html`.

    Further pages of a tag, whose numbers differ, all have the tag's name.
    """
    path = found.strip("/").removesuffix("/index.html")
    if path in _FIXED:
        return _FIXED[path]
    if "://" in found:
        return found
    kind, _, name = path.removesuffix(".html").partition("/")
    if kind == "papers":
        name = name.replace(".", "-")
    if kind == "tags":
        name = name.split("/")[0]
    return f"{'dates' if kind in ('months', 'years') else kind}/{name}"


def load(folder: Path) -> Site:
    """Read a site of either kind."""
    site = Site({}, defaultdict(list), defaultdict(list), {}, [], [], 0)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in files:
        name = path.relative_to(folder).as_posix()
        text = _ADDRESS.sub(
            lambda m: f'{m[1]}{address(html.unescape(m[2]))}"', path.read_text("utf-8")
        )
        text = html.unescape(text)
        kind, _, own = address(name).partition("/")
        if not name.endswith(".html"):
            site.other.append(name)
        elif kind == "home":
            site.home.extend(_ITEM.findall(text))
        elif kind == "papers":
            site.papers[own] = text
        elif kind == "tags" and own:
            site.tags[own].extend(_ITEM.findall(text))
        elif kind == "dates" and len(own) == 4:
            site.years[own] = text
        elif kind == "dates" and own:
            site.months[own].extend(_ITEM.findall(text))
        else:
            site.other.append(name)
    return site._replace(files=len(files))


def compare_papers(hugo: Site, ours: Site) -> Iterator[tuple[str, str]]:
    """What differs on the page of each paper: the reason and its name."""
    for name in sorted(hugo.papers.keys() | ours.papers.keys()):
        theirs, own = hugo.papers.get(name), ours.papers.get(name)
        if theirs is None or own is None:
            yield f"a page of {'digest' if theirs is None else 'Hugo'} alone", name
            continue
        reasons = []
        for reason, pattern in _KNOWN.items():
            if theirs == own:
                break
            plain = pattern.sub(_lowered, theirs), pattern.sub(_lowered, own)
            if plain[0] != theirs or plain[1] != own:
                if pattern.findall(theirs) != pattern.findall(own):
                    reasons.append(reason)
                theirs, own = plain
        if theirs != own:
            reasons = [f"text, such as {_first_difference(theirs, own)}"]
        yield "; ".join(reasons) or "equal", name


def _lowered(match: re.Match[str]) -> str:
    # What a pattern takes as its group may differ in case and in what is percent-encoded alone.
    return unquote(match[1]).lower() if match.re.groups else ""


def _first_difference(one: str, other: str) -> str:
    for left, right in zip(one.split("\n"), other.split("\n"), strict=False):
        if left != right:
            pairs = enumerate(zip(left, right, strict=False))
            at = next((i for i, (a, b) in pairs if a != b), min(len(left), len(right)))
            return " | ".join(text[max(0, at - 30) : at + 30] for text in (left, right))
    return "their length"


def compare_lists(one: dict[str, list[str]], other: dict[str, list[str]]) -> Counter[str]:
    """How many lists hold the same items, and in the same order."""
    counts: Counter[str] = Counter()
    for name in one.keys() | other.keys():
        left, right = one.get(name), other.get(name)
        if left is None or right is None:
            counts["of digest alone" if left is None else "of Hugo alone"] += 1
        elif left == right:
            counts["equal"] += 1
        elif sorted(left) == sorted(right):
            counts["equal but for the order within a day"] += 1
        else:
            counts["different"] += 1
    return counts


def main(arguments: Iterable[str]) -> int:
    """Print what differs; 1 where a paper's text does."""
    hugo, ours = (load(Path(argument)) for argument in arguments)
    print(f"files: Hugo {hugo.files:,}, digest {ours.files:,}")
    reasons: dict[str, list[str]] = defaultdict(list)
    for reason, name in compare_papers(hugo, ours):
        reasons[reason].append(name)
    for reason, names in sorted(reasons.items(), key=lambda item: -len(item[1]))[:MOST]:
        print(f"papers, {reason}: {len(names):,}  {', '.join(names[:SHOWN])}")
    for kind, one, other in (
        ("tags", hugo.tags, ours.tags),
        ("months", hugo.months, ours.months),
    ):
        print(f"lists of {kind}: {dict(compare_lists(one, other))}")
    equal = sum(hugo.years.get(year) == text for year, text in ours.years.items())
    print(f"years: {equal} of {len(hugo.years)} equal")
    print(f"home: {len(set(hugo.home) & set(ours.home))} of {len(hugo.home)} items shared")
    print(f"other files, Hugo: {hugo.other}\nother files, digest: {ours.other}")
    return int(any(reason.startswith(("text,", "a page")) for reason in reasons))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:3]))
