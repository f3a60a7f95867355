"""A text that is read in windows gives what it gives when it is held as a whole."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from digest.problems import DigestError
from digest.readers import (
    FORMATS,
    FileReading,
    opening,
    parts,
    read_files,
    read_parts,
    read_text,
    windows,
)

NOUNS = "moth lake tide fern kiln harp loom mast reed wick".split()
VERBS = "counts maps weighs sorts times".split()
COUNT = 160


def paper(number: int) -> dict[str, str]:
    """An invented paper; no two are alike."""
    first, second = NOUNS[number % 10], NOUNS[number // 10 % 10]
    title = f"How a {first} {VERBS[number % 5]} every {second} of valley {number}"
    abstract = (
        f"We study {first}s beside {second}s in valley {number}. Our method {VERBS[number % 5]} "
        f"them by night. In {number + 20} trials it was right more often than three older ones."
    )
    return {
        "title": title,
        "abstract": abstract,
        "authors": f"Ada {first.capitalize()}; Bo {second.capitalize()}",
        "doi": f"10.5555/valley.{number}",
        "arxiv": f"2101.{number + 10_000}",
        "year": str(1990 + number % 30),
    }


PAPERS = [paper(number) for number in range(COUNT)]


def table() -> str:
    """Cells with commas, quotes and line ends."""
    out = io.StringIO()
    rows = csv.DictWriter(out, list(PAPERS[0]))
    rows.writeheader()
    rows.writerows({**p, "abstract": p["abstract"].replace(". ", '.\n"Yes", ')} for p in PAPERS)
    return out.getvalue()


def bibtex() -> str:
    """With a macro that is defined first and a volume that stands last."""
    entries = (
        f"@inproceedings{{k{n},\n title = {{{p['title']}}},\n author = {{Moth, Ada}},\n"
        f" crossref = {{volume}},\n publisher = press # {{, Leeds}},\n doi = {{{p['doi']}}},\n}}\n"
        for n, p in enumerate(PAPERS)
    )
    volume = "@proceedings{volume, booktitle = {Days of Valleys}, title = {Days}, year = 2004}\n"
    return '@string{press = "Reed Press"}\n' + "\n".join(entries) + volume


def atom() -> str:
    """Names with a prefix that the root element declares."""
    entries = (
        f"<a:entry><a:id>http://arxiv.org/abs/{p['arxiv']}v1</a:id><a:title>{p['title']}</a:title>"
        f"<a:summary>{p['abstract']}</a:summary></a:entry>\n"
        for p in PAPERS
    )
    return f'<a:feed xmlns:a="http://www.w3.org/2005/Atom">\n{"".join(entries)}</a:feed>\n'


def ris() -> str:
    return "".join(
        f"TY  - JOUR\r\nTI  - {p['title']}\r\nAB  - {p['abstract']}\r\nDO  - {p['doi']}\r\n"
        f"PY  - {p['year']}\r\nER  - \r\n\r\n"
        for p in PAPERS
    )


def mail() -> str:
    entries = (
        f"\\\\\narXiv:{p['arxiv']}\nDate: Mon, 4 Jan 2021 10:00:00 GMT   (9kb)\n\n"
        f"Title: {p['title']}\nAuthors: Ada Moth, Bo Lake\nCategories: cs.DL\n\\\\\n"
        f"  {p['abstract']}\n\\\\ ( https://arxiv.org/abs/{p['arxiv']} ,  9kb)\n{'-' * 78}\n"
        for p in PAPERS
    )
    return "".join(entries)


LAYOUTS: dict[str, Callable[[], str]] = {
    "lines": lambda: "".join(json.dumps(p) + "\n" for p in PAPERS),
    "array": lambda: json.dumps(PAPERS),
    "wrapped": lambda: json.dumps({"total": COUNT, "data": PAPERS}, indent=1),
    "table": table,
    "bibtex": bibtex,
    "atom": atom,
    "ris": ris,
    "mail": mail,
    "abstracts": lambda: "\n".join(f"Abstract:{p['abstract']}" for p in PAPERS),
    "glued": lambda: "".join(f"{p['abstract']}\narXiv:{p['arxiv']}" for p in PAPERS),
    "blocks": lambda: "\n\n".join(f"{p['abstract']}\n\narXiv:{p['arxiv']}" for p in PAPERS),
    "titles": lambda: "\n\n".join(f"{p['title']}\n\n{p['abstract']}" for p in PAPERS),
}


@pytest.fixture
def in_windows(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[[str, int], FileReading]:
    """Reads a text through a file, in windows of about so many characters."""

    def read(text: str, size: int) -> FileReading:
        monkeypatch.setattr(opening, "_BLOCK", size // 3)
        monkeypatch.setattr(parts, "WINDOW", size)
        path = tmp_path / "large"
        path.write_bytes(text.encode())
        assert len([*read_parts(path, "large")]) > 2
        (reading,) = read_files(path, "large")
        return reading

    return read


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("size", [5_000, 9_001])
def test_windows_give_what_the_whole_gives(
    layout: str, size: int, in_windows: Callable[[str, int], FileReading]
) -> None:
    """Records, their places and lines, furniture, what is unread, and problems."""
    text = LAYOUTS[layout]()
    whole = read_text(text, "large")
    found = in_windows(text, size)
    assert len(whole.sightings) >= COUNT
    assert found.sightings == whole.sightings
    assert words(text, found.chrome) == words(text, whole.chrome)
    assert words(text, found.unread) == words(text, whole.unread)
    assert set(found.problems) == set(whole.problems)
    assert found.characters == len(text)


def words(text: str, spans: tuple[tuple[int, ...], ...] | tuple[tuple[int, int, str], ...]) -> str:
    return "".join("".join(text[span[0] : span[1]].split()) for span in spans)


@pytest.mark.parametrize("layout", ["lines", "array", "ris", "mail", "bibtex", "atom"])
def test_a_broken_entry_in_a_window_costs_itself(
    layout: str, in_windows: Callable[[str, int], FileReading]
) -> None:
    """The entries around it are as in the whole text, and its line is named."""
    text = LAYOUTS[layout]()
    at = text.index("valley 80")
    broken = text[:at] + "\ufffd }}}]]" + text[at + 9 :]
    whole = read_text(broken, "large")
    found = in_windows(broken, 6_000)
    assert found.sightings == whole.sightings
    assert set(found.problems) == set(whole.problems)
    assert len(found.sightings) >= COUNT - 1


def test_a_change_moves_only_the_cuts_near_it() -> None:
    """So that what is known of the other windows still holds."""

    def cut(text: str) -> set[str]:
        def read(part: str) -> Iterator[windows.Passage]:
            return LISTING.reader.read(part)

        pieces = (text[at : at + 500] for at in range(0, len(text), 500))
        return {w.text for w in windows.read_in_windows(pieces, read, size=4_000)}

    text = "".join(LAYOUTS["ris"]().replace("valley ", f"valley {n}") for n in range(5))
    changed = text.replace("valley 340", "the fortieth valley")
    before, after = cut(text), cut(changed)
    assert len(before) > 50
    assert len(before - after) <= 3


LISTING = next(row for row in FORMATS if row.name == "ris")


def test_a_text_without_entries_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is cut anywhere, and all of it is there."""
    monkeypatch.setattr(windows, "_MOST", 10_000)
    text = "nothing but noise\n" * 3_000
    found = [*windows.read_in_windows(iter((text,)), lambda _: iter(()), size=4_000)]
    assert "".join(w.text for w in found) == text
    assert max(len(w.text) for w in found) <= len(text)
    assert [w.before.characters for w in found][1:] == list(accumulated(found))[:-1]


def accumulated(found: list[windows.Window]) -> Iterator[int]:
    reached = 0
    for window in found:
        reached += len(window.text)
        yield reached


def test_a_large_file_that_is_unknown_is_said_once(tmp_path: Path) -> None:
    """Not once a window."""
    path = tmp_path / "noise"
    path.write_text("0123456789 " * 200_000)
    (reading,) = read_files(path, "noise")
    assert [p.severity for p in reading.problems] == ["error"]
    with pytest.raises(DigestError):
        next(read_files(path, "noise", "no-such-format"))
