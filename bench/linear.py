"""Does time grow with the input? Hostile repetitions, each at one size and at twice that.

    python bench/linear.py [--kilobytes 200]

Prints, for every reader and every step that sees untrusted text, the worst ratio of CPU time
between twice the text and the text (2 is linear), and the slowest input.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

from digest.catalogue.leads import lead
from digest.catalogue.titles.derive import derive_title
from digest.catalogue.topics.infer import infer_tags
from digest.catalogue.topics.taxonomy import load_taxonomy
from digest.catalogue.topics.vocabulary import Matcher
from digest.latex import to_html, to_plain
from digest.links import find_links
from digest.readers import read_text
from digest.readers.formats import FORMATS
from digest.website.markdown import to_safe_html

UNITS = (
    "a", "(", "[", "{", "<", "$", "\\", "*", "_", "`", "|", "- ", "\n", " ", "A. ", "a,", "://",
    "arXiv:", "arXiv:2203.12596", "10.1/", "Abstract:\n", "\\sqrt{", "$x", "<p>", "&lt;", "@a{b,",
    "TY  - JOUR\n", "%A x\n", "PMID- 1\n", '{"a":', "![a](", "# a\n", "we propose ", "We show. ",
)  # fmt: skip
_NOTHING = 0.01
"""Seconds below which a ratio says nothing."""


def steps() -> dict[str, Callable[[str], object]]:
    """Everything that sees text as it was found."""
    taxonomy, _ = load_taxonomy()
    matcher = Matcher(taxonomy)
    found: dict[str, Callable[[str], object]] = {
        "latex to HTML": to_html, "latex to text": to_plain, "links": find_links,
        "markdown": to_safe_html, "title": derive_title, "lead": lead,
        "tags": lambda text: infer_tags(matcher, "", text, ()),
        "recognition": lambda text: read_text(text, "x"),
    }  # fmt: skip
    for row in FORMATS:
        found[row.name] = lambda text, name=row.name: read_text(text, "x", name)  # type: ignore[misc]  # default binds the name
    return found


def seconds(step: Callable[[str], object], text: str) -> float:
    """CPU time of one call."""
    start = time.process_time()
    step(text)
    return time.process_time() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kilobytes", type=int, default=100)
    size = parser.parse_args().kilobytes * 1000
    print(f"{'step':<20}{'worst ratio':>12}  on{'':<18}{'slowest s':>10}  on")
    for name, step in steps().items():
        worst, worst_unit, slowest, slowest_unit = 0.0, "", 0.0, ""
        for unit in UNITS:
            small = unit * (size // len(unit))
            once, twice = seconds(step, small), seconds(step, small * 2)
            if twice > slowest:
                slowest, slowest_unit = twice, unit
            if once > _NOTHING and twice / once > worst:
                worst, worst_unit = twice / once, unit
        print(f"{name:<20}{worst:>12.1f}  {worst_unit!r:<20}{slowest:>10.2f}  {slowest_unit!r}")


if __name__ == "__main__":
    main()
