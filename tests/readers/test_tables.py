"""Tables of papers: columns told by name, rows kept apart, spreadsheets' habits undone."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.paper import Link, Record
from digest.readers.decode import decode
from digest.readers.reading import FileReading
from digest.readers.reading import account as account_for
from digest.readers.tables import READER
from tests.readers.account import lost_in_text
from tests.readers.passages import account as checked
from tests.watchdog import ends

SHARED = Path(__file__).parents[2] / "../shared"
HEAD = "Title,Authors,Abstract,Year"
MOTHS = '"A Clock, of Moths","Owl, Ada; Finch, Bob","We count\nmoths.\n\nThey fly.",2024'
GULLS = "Gulls,Bob Finch,We hear gulls.,2023"


def account(text: str) -> FileReading:
    passages = [(passage, READER.name) for passage in checked(READER, text)]
    reading = account_for(text, "x.csv", READER.name, passages, [])
    assert not lost_in_text(text, reading)
    return reading


def records(text: str) -> list[Record]:
    return [sighting.record for sighting in account(text).sightings]


def test_fields_and_places() -> None:
    """Quoted commas and line ends belong to their cell; a record's place is its row."""
    text = f"{HEAD}\n{MOTHS}\n{GULLS}\n"
    assert READER.recognise(text) > 0.5
    reading = account(text)
    first, second = reading.sightings
    assert first.record.title == "A Clock, of Moths"
    assert first.record.authors == ("Owl, Ada", "Finch, Bob")
    assert first.record.abstract == "We count moths.\n\nThey fly."
    assert (first.record.published, first.record.published_as) == ("2024", "table")
    assert text[first.source.start : first.source.end] == MOTHS
    assert (second.source.first_line, second.record.title) == (6, "Gulls")
    assert [text[a:b] for a, b in reading.chrome] == [HEAD]
    assert not reading.problems


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("lead", ["", "sep=", "\ufeff"])
def test_dialects(mark: str, end: str, lead: str) -> None:
    """Commas, semicolons, tabs, bars; three line ends; a line `sep=`; a byte order mark."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark, lineterminator=end)
    writer.writerow(["Title", "Author Names", "Abstract Note", "DOI", "Url"])
    writer.writerow(["A; B, C", "Ada Owl", "We; they, all", "10.1000/a", "https://moths.org/1"])
    writer.writerow(["D", "Bob", 'So "quoted"', "", ""])
    text = (lead + mark + end if lead == "sep=" else lead) + out.getvalue()
    assert READER.recognise(text) > 0.5
    first, second = records(text)
    assert (first.title, first.abstract, first.doi) == ("A; B, C", "We; they, all", "10.1000/a")
    assert first.links == (Link("paper", "https://moths.org/1"),)
    assert second.abstract == 'So "quoted"'


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("Wrens, large,Cy Wren,We watch.,2022", "5 cells"),
        ("lost", "1 cells"),
        ('"Wrens,Cy Wren,We watch.,2022', "quote"),
        (",,,2022", "no title"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_broken_row_costs_itself(row: str, what: str, end: str) -> None:
    """The rows around it are read, and the problem names its line."""
    text = end.join([HEAD, GULLS, row, GULLS.replace("Gulls", "Terns"), ""])
    assert READER.recognise(text) > 0.5
    reading = account(text)
    assert [s.record.title for s in reading.sightings] == ["Gulls", "Terns"]
    assert [text[a:b] for a, b, _ in reading.unread] == [row]
    assert {p.line for p in reading.problems} == {3}
    assert any(what in p.message for p in reading.problems)


def test_small_slips() -> None:
    """Missing last cells warn; empty rows and repeated names of columns are chrome."""
    reading = account(f"{HEAD}\nWrens,Cy,We watch.\n,,,\n{HEAD}\nGulls,Bob,We hear.,soon,,\n")
    assert [s.record.title for s in reading.sightings] == ["Wrens", "Gulls"]
    assert [(p.line, p.severity) for p in reading.problems] == [(2, "warning"), (5, "warning")]
    assert "`soon` is no date" in reading.problems[1].message
    reading = account("title,title,abstract\na,b,We count.\n")
    assert reading.sightings[0].record.title == "a"
    assert "stands twice" in reading.problems[0].message


def test_cells_that_look_like_formulas() -> None:
    """The apostrophe that protects a cell is no part of it; a formula is text and stays text."""
    text = "title,abstract\n'=1+1 moths,'-x\n=HYPERLINK(1),'tis so\n"
    assert [(r.title, r.abstract) for r in records(text)] == [
        ("=1+1 moths", "-x"), ("=HYPERLINK(1)", "'tis so"),
    ]  # fmt: skip


def test_web_of_science() -> None:
    """Its columns are two letters."""
    text = (
        "PT\tAU\tTI\tSO\tPY\tDI\tAB\nJ\tOwl, A; Finch, B\tMoths\tJ. Moths\t2024\t10.1000/a\tWe.\n"
    )
    assert READER.recognise(text) > 0.5
    (record,) = records(text)
    assert (record.title, record.venue, record.doi) == ("Moths", "J. Moths", "10.1000/a")
    assert record.authors == ("Owl, A", "Finch, B")


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n", "name,age\nAda,3\nBob,4\n", "title,url\na,b\n", "id,price,date\n1,2,2024\n",
        "We count, and they fly.\nMoths, gulls, and wrens do so too.\n",
        ",,\na,b,c\n", "title\nx\n",
        "| Title | Authors | Year |\n|---|---|---|\n| a | b | c |\n", "",
        "import csv, title, abstract\n\nx = 1\n", "TY  - JOUR\nTI  - Moths\nER  - \n",
        "Title: Moths\nAuthors: Ada Owl, Bob Finch\nAbstract: We count.\n",
    ],
)  # fmt: skip
def test_other_tables_are_not_recognised(text: str) -> None:
    """A table without names of columns, or not about papers, is left alone."""
    assert READER.recognise(text) < 0.5


def test_recognises_only_its_own() -> None:
    """No file of another format is claimed."""
    if not (SHARED / "formats").exists():
        pytest.skip("no shared files")
    for path in [*(SHARED / "formats").rglob("*"), *(SHARED / "dumps").glob("*.txt")]:
        if path.is_file() and path.suffix not in (".csv", ".tsv", ".tab"):
            text = decode(path.read_bytes()[:200_000], path.name).text
            assert text is None or READER.recognise(text[:65_536]) < 0.5, path


def test_real_files() -> None:
    """As many records as there are rows with a title or an abstract, all of them exact."""
    root = SHARED / "formats"
    paths = [*(root / "csv").rglob("*.*"), *(root / "miniconf").rglob("*.csv")]
    paths = [path for path in paths if path.suffix in (".csv", ".tsv", ".tab")]
    if not paths:
        pytest.skip("no shared files")
    for path in paths:
        text = path.read_text("utf-8-sig")
        assert READER.recognise(text[:65_536]) > 0.5, path
        head = text.split("\n", 1)[0]
        mark = max(",;\t", key=head.count)
        rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=mark)
        expected = []
        for row in rows:
            cells = {(k or "").strip().lower(): (v or "") for k, v in row.items() if k}
            title, abstract = cells.get("title", "").split(), cells.get("abstract", "").split()
            if title or abstract:
                expected.append((" ".join(title) or None, " ".join(abstract) or None))
        found = [(r.title, " ".join((r.abstract or "").split()) or None) for r in records(text)]
        assert found == expected, path


def test_hostile_files() -> None:
    """No file of the hostile collection raises, hangs or loses a character."""
    paths = list((SHARED / "hostile/own/csv").glob("*"))
    if not paths:
        pytest.skip("no shared files")
    for path in paths:
        text = decode(path.read_bytes(), path.name).text
        if text is not None:
            READER.recognise(text[:65_536])
            account(text)


@pytest.mark.parametrize("unit", ['"', '"""x\n', '""x\n', 'x,"a\n', ",", "a,b\n", "\n", "'=", "|"])
def test_hostile_text_takes_linear_time(unit: str) -> None:
    """50 KB of the worst pass within two seconds of work."""
    for lead in ("", f"{HEAD}\n", f'{HEAD}\n"'):
        text = lead + unit * (50_000 // len(unit)) + "x"
        with ends():
            READER.recognise(text[:65_536])
            list(READER.read(text))


CELL = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('",;\n'), max_size=12
)


@settings(max_examples=100, deadline=None)
@given(rows=st.lists(st.tuples(CELL, CELL), max_size=6), cut=st.integers(0, 200))
def test_any_table_whole_or_cut_is_accounted_for(rows: list[tuple[str, str]], cut: int) -> None:
    """What a writer of CSV wrote is read back; wherever it is damaged, no character is lost."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["title", "abstract"])
    writer.writerows([(f"T{a}", f"A{b}") for a, b in rows])
    text = out.getvalue()
    assert [r.title for r in records(text)] == [" ".join(f"T{a}".split()) for a, _ in rows]
    account(text[:cut] + text[cut + 1 :])
    account(text[:cut])


@pytest.mark.parametrize(
    ("names", "row"),
    [
        ("Titel;Autoren;Jahr;Zusammenfassung", "Ein Netz;Eva Maier;2021;Wir bauen ein Netz."),
        ("Titre;Auteurs;Année;Résumé", "Ein Netz;Eva Maier;2021;Wir bauen ein Netz."),
        ("标题;作者;年份;摘要", "Ein Netz;Eva Maier;2021;Wir bauen ein Netz."),
        ("العنوان;المؤلفون;السنة;الملخص", "Ein Netz;Eva Maier;2021;Wir bauen ein Netz."),
    ],
)
def test_columns_are_known_by_their_names_in_other_languages(names: str, row: str) -> None:
    """German, French, Chinese, Arabic: columns mean what their names say."""
    (record,) = records(f"{names}\n{row}\n")
    assert (record.title, record.authors, record.published, record.abstract) == (
        "Ein Netz",
        ("Eva Maier",),
        "2021",
        "Wir bauen ein Netz.",
    )
