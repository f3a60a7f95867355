"""Formulas as MathML: how many, how soundly, and how fast, beside latex2mathml.

    python bench/maths.py [--rounds 5]

Reads the titles and abstracts of ../shared/corpora/arxiv-math-5k.jsonl.xz as a build does, and
takes the formulas that it finds there. A formula counts as converted where the outcome is MathML
without error elements and without commands of TeX left in its text. The same formulas go to
latex2mathml (PyPI, installed into .bench), by turns; it knows nothing of dollars, so finding
formulas is in nobody's time.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from common import ROOT, SHARED, WORK, say_machine

sys.path.insert(0, str(ROOT))
from digest.latex import mathml, to_html_paragraphs, writers

CORPUS = SHARED / "corpora/arxiv-math-5k.jsonl.xz"
_COMMAND = re.compile(r"\\[A-Za-z]+")
_ELEMENT = re.compile(r"<[^>]*>")
Formula = tuple[str, bool]
"""Source, and whether it stands on a line of its own."""


def formulas() -> list[Formula]:
    """Every occurrence in the corpus, in order."""
    found: list[Formula] = []
    convert = writers.to_mathml

    def noting(source: str, display: bool) -> str:
        found.append((source, display))
        return convert(source, display)

    writers.to_mathml = noting  # type: ignore[attr-defined] - while texts are read
    try:
        with lzma.open(CORPUS, "rt", encoding="utf-8") as lines:
            for line in lines:
                paper = json.loads(line)
                for text in (paper.get("title") or "", paper.get("abstract") or ""):
                    to_html_paragraphs(text)
    finally:
        writers.to_mathml = convert  # type: ignore[attr-defined]
    return found


def is_sound(markup: str) -> bool:
    """Whether it is MathML that shows no source."""
    shown = _ELEMENT.sub("", markup)
    return markup.startswith("<math") and "merror" not in markup and not _COMMAND.search(shown)


def guessed(source: str) -> bool:
    """Whether a command in it is nobody's, and set by what its name suggests."""
    try:
        markup = mathml._CONVERTER.convert_with_local_state(
            mathml._prepare(source), displaystyle=False
        )
    except Exception:
        return False
    return bool(mathml._UNKNOWN.search(markup))


def rival() -> Callable[[str, bool], str]:
    """latex2mathml's conversion."""
    place = WORK / "latex2mathml"
    if not place.exists():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", place, "latex2mathml"]
        subprocess.run(pip, check=True)
    sys.path.append(str(place))
    from latex2mathml.converter import convert  # noqa: PLC0415 - installed just now

    def converted(source: str, display: bool) -> str:
        try:
            return str(convert(source, display="block" if display else "inline"))
        except Exception:
            return ""

    return converted


def microseconds(convert: Callable[[str, bool], str], asked: list[Formula]) -> float:
    """Processor time for each of `asked`."""
    started = time.process_time()
    for source, display in asked:
        convert(source, display)
    return (time.process_time() - started) / len(asked) * 1e6


def main() -> None:
    """Convert, count, and time by turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    if not Path(CORPUS).exists():
        sys.exit(f"{CORPUS} is not there")
    say_machine()
    asked = formulas()
    distinct = list(dict.fromkeys(asked))
    contestants = {"digest": mathml.to_mathml.__wrapped__, "latex2mathml": rival()}
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, convert in contestants.items():
            times[name].append(microseconds(convert, distinct))
    print(f"\n{len(asked):,} formulas, {len(distinct):,} of them different\n")
    print("| | sound MathML | of different ones | µs a formula | ratio |\n|---|--:|--:|--:|--:|")
    ours = statistics.median(times["digest"])
    for name, convert in contestants.items():
        sound = {formula: is_sound(convert(*formula)) for formula in distinct}
        share = 100 * sum(sound[formula] for formula in asked) / len(asked)
        kinds = 100 * sum(sound.values()) / len(sound)
        took = statistics.median(times[name])
        print(f"| {name} | {share:.2f} % | {kinds:.2f} % | {took:.0f} | {took / ours:.1f} |")
    guesses = sum(guessed(source) for source, _ in asked)
    print(
        f"\nGoal: 99.5 %. {100 * guesses / len(asked):.2f} % hold a command that nobody "
        "defined: it is set as its name suggests."
    )


if __name__ == "__main__":
    main()
