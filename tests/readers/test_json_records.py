"""JSON in every shape that papers come in: fields, places, damage, and real files."""

from __future__ import annotations

import json
import lzma
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.paper import Link, Record
from digest.readers.base import Reader
from digest.readers.decode import decode
from digest.readers.fields import read_paragraphs
from digest.readers.json_records import READER, make_reader
from digest.readers.reading import FileReading
from digest.readers.reading import account as account_for
from digest.text import fold
from tests.readers.account import lost_in_text
from tests.readers.passages import account as checked
from tests.watchdog import ends

SHARED = Path(__file__).parents[2] / "../shared"
MOTHS = {"title": "A Clock of Moths", "abstract": "We count moths.", "authors": ["Ada Owl"]}
GULLS = {"title": "Gulls and Tides", "abstract": "We hear gulls.", "authors": ["Bob Finch"]}
WRENS = {"title": "Wrens", "abstract": "We watch wrens.", "authors": ["Cy Wren"]}


def account(text: str, reader: Reader = READER) -> FileReading:
    passages = [(passage, reader.name) for passage in checked(reader, text)]
    reading = account_for(text, "x.json", reader.name, passages, [])
    assert not lost_in_text(text, reading)
    return reading


def records(value: Any, reader: Reader = READER) -> list[Record]:
    text = value if isinstance(value, str) else json.dumps(value)
    return [sighting.record for sighting in account(text, reader).sightings]


def one(value: Any) -> Record:
    assert READER.recognise(value if isinstance(value, str) else json.dumps(value)) > 0.5
    found = records(value)
    assert len(found) == 1
    return found[0]


def titles(text: str) -> list[str | None]:
    return [record.title for record in records(text)]


# --------------------------------------------------------------------------------------- shapes


def test_flat_form() -> None:
    """Every field of the flat form arrives where it belongs."""
    record = one(
        MOTHS | {
            "id": "arXiv:2401.10200", "slug": "x", "date": "2024-01-18", "updated": "",
            "venue": "Moths 2024", "doi": "https://doi.org/10.1000/AB.c",
            "url": "https://arxiv.org/abs/2401.10200", "code": "https://github.com/a/b",
            "tags": ["clocks", "moths"], "comment": "3 pages,\n  2 figures",
        }
    )  # fmt: skip
    assert (record.title, record.abstract, record.authors) == (
        MOTHS["title"],
        MOTHS["abstract"],
        ("Ada Owl",),
    )
    assert (record.eprint, record.eprint_version, record.doi) == (
        "2401.10200",
        None,
        "10.1000/AB.c",
    )
    assert (record.published, record.published_as, record.updated) == ("2024-01-18", "json", None)
    assert (record.venue, record.comment) == ("Moths 2024", "3 pages, 2 figures")
    assert record.tags == ("clocks", "moths")
    assert set(record.links) == {
        Link("paper", "https://arxiv.org/abs/2401.10200"), Link("code", "https://github.com/a/b"),
    }  # fmt: skip


def test_arxiv_snapshot() -> None:
    """Kaggle's form: the first version's date, the identifier, categories, names as printed."""
    record = one(
        {
            "id": "0704.0001", "submitter": "Ada Owl", "authors": "A. Owl, B. F\\'inch and C. Wren",
            "title": "Moths in\n  $x<y$", "comments": "9 pages", "journal-ref": "J. Moths 1:2",
            "doi": "10.1000/a 10.1000/b", "report-no": None, "categories": "hep-ph math.CO",
            "license": None, "abstract": "  We count\nmoths.\n",
            "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}],
            "update_date": "2008-11-26",
            "authors_parsed": [["Owl", "A.", ""], ["Finch", "B.", ""], ["Wren", "C.", ""]],
        }
    )  # fmt: skip
    assert (record.eprint, record.doi) == ("0704.0001", "10.1000/a")
    assert (record.title, record.abstract) == ("Moths in $x<y$", "We count moths.")
    assert record.authors == ("A. Owl", "B. F\\'inch", "C. Wren")
    assert (record.published, record.updated) == ("2007-04-02", "2008-11-26")
    assert (record.comment, record.journal_ref) == ("9 pages", "J. Moths 1:2")
    assert record.tags == ("hep-ph", "math.CO")


@pytest.mark.parametrize("wrapped", [True, False])
def test_openreview(*, wrapped: bool) -> None:
    """Both versions of notes; reviews are left out as what they are."""
    fields = MOTHS | {"keywords": ["moths"], "venue": "ICLM 2024", "pdf": "/pdf/abc.pdf"}
    content: dict[str, Any] = {k: {"value": v} for k, v in fields.items()} if wrapped else fields
    note = {"id": "Ab", "forum": "Ab", "cdate": 1695513600000, "content": content, "signatures": []}
    review = {
        "id": "R", "forum": "Ab", "replyto": "Ab", "signatures": [],
        "content": {"title": "Review", "review": "Good moths."},
    }  # fmt: skip
    text = json.dumps({"notes": [note, review], "count": 2})
    reading = account(text)
    assert not reading.unread
    (record,) = (s.record for s in reading.sightings)
    assert (record.title, record.venue, record.published) == (
        "A Clock of Moths", "ICLM 2024", "2023-09-24",
    )  # fmt: skip
    assert Link("pdf", "https://openreview.net/pdf/abc.pdf") in record.links
    assert Link("paper", "https://openreview.net/forum?id=Ab") in record.links


def test_semantic_scholar_and_daily_papers() -> None:
    """Two services that nest what matters."""
    record = one(
        {"total": 1, "offset": 0, "data": [{
            "paperId": "c0ffee", "externalIds": {"ArXiv": "2401.10200", "DOI": "10.1000/a"},
            "title": "A Clock of Moths", "abstract": None, "venue": "", "year": 2024,
            "publicationVenue": {"name": "Moths"}, "publicationDate": "2024-01-18",
            "journal": {"name": "J. Moths", "volume": "1"},
            "authors": [{"authorId": "1", "name": "Ada Owl"}],
            "openAccessPdf": {"url": "https://moths.org/a.pdf", "status": "GREEN"},
            "fieldsOfStudy": ["Biology"], "s2FieldsOfStudy": [{"category": "Clocks"}],
        }]}
    )  # fmt: skip
    assert (record.eprint, record.doi, record.published) == (
        "2401.10200",
        "10.1000/a",
        "2024-01-18",
    )
    assert (record.venue, record.authors) == ("Moths", ("Ada Owl",))
    assert Link("pdf", "https://moths.org/a.pdf") in record.links
    record = one(
        [{
            "paper": {
                "id": "2401.10200", "title": "A Clock of Moths", "summary": "We\ncount.",
                "authors": [{"_id": "1", "name": "Ada Owl", "hidden": False}],
                "publishedAt": "2024-01-18T10:00:00.000Z", "githubRepo": "https://github.com/a/b",
            },
            "publishedAt": "2024-01-19T00:00:00.000Z", "title": "A Clock of Moths",
            "submittedBy": {"fullname": "Someone", "name": "x"},
        }]
    )  # fmt: skip
    assert (record.eprint, record.abstract, record.authors) == (
        "2401.10200", "We count.", ("Ada Owl",),
    )  # fmt: skip
    assert record.published == "2024-01-18"
    assert Link("code", "https://github.com/a/b") in record.links


def test_csl_and_crossref() -> None:
    """Names in parts, dates in parts, titles in lists, markup in abstracts."""
    record = one(
        [{
            "type": "article-journal", "id": "x", "title": "Moths &amp; H<sub>2</sub>O",
            "author": [{"family": "Dohl", "given": "Ada", "non-dropping-particle": "van der"},
                       {"literal": "The Moth Society"}],
            "issued": {"date-parts": [["2024", "1"]]}, "container-title": "J. Moths",
            "DOI": "10.1000/a",
        }]
    )  # fmt: skip
    assert record.title == "Moths & H2O"
    assert record.authors == ("Ada van der Dohl", "The Moth Society")
    assert (record.published, record.published_as, record.venue) == ("2024-01", "csl", "J. Moths")
    work = {
        "DOI": "10.1000/a", "URL": "https://doi.org/10.1000/a", "member": "1", "prefix": "10.1000",
        "title": ["A Clock of\n   Moths"], "container-title": ["J. Moths"],
        "author": [{"given": "Ada", "family": "Owl", "sequence": "first"}],
        "issued": {"date-parts": [[2024, 1, 18]]}, "created": {"date-parts": [[2023, 1, 1]]},
        "abstract": "<jats:title>Abstract</jats:title><jats:p>We count.</jats:p>"
        "<jats:p>They <jats:italic>fly</jats:italic>.</jats:p>",
        "reference": [{"key": "1", "article-title": "Other", "author": "B"}],
    }  # fmt: skip
    for wrapped in (
        {"status": "ok", "message-type": "work", "message": work},
        {"status": "ok", "message": {"total-results": 1, "facets": {}, "items": [work]}},
    ):
        record = one(wrapped)
        assert (record.title, record.abstract) == ("A Clock of Moths", "We count.\n\nThey fly.")
        assert (record.published, record.doi) == ("2024-01-18", "10.1000/a")
        assert record.published_as == "crossref"


def test_openalex_and_the_own_export() -> None:
    """An inverted index is turned round; what was inferred does not come back as given."""
    record = one(
        {"meta": {"count": 1}, "results": [{
            "id": "https://openalex.org/W1", "doi": "https://doi.org/10.1000/a",
            "title": "Moths", "display_name": "Moths", "publication_date": "2024-01-18",
            "authorships": [{"author": {"display_name": "Ada Owl"}, "institutions": []}],
            "abstract_inverted_index": {"moths.": [2], "We": [0], "count": [1]},
            "primary_location": {"source": {"display_name": "J. Moths"}},
            "concepts": [{"display_name": "Everything"}], "related_works": ["W2"],
        }]}
    )  # fmt: skip
    assert (record.abstract, record.authors, record.venue) == (
        "We count moths.", ("Ada Owl",), "J. Moths",
    )  # fmt: skip
    record = one(
        {
            "key": "arxiv:2401.10200", "path": "papers/x.html", "title": "Guessed",
            "title_source": "derived", "abstract": "We count.", "authors": ["Ada Owl"],
            "published": "2024-01", "published_source": "arxiv-id", "eprint": "2401.10200",
            "eprint_version": 2, "doi": None, "venue": "Moths 2024", "comment": None,
            "links": [{"kind": "code", "url": "https://github.com/a/b"}],
            "tags": [{"slug": "m", "name": "Moths", "source": "given", "evidence": []},
                     {"slug": "c", "name": "Clocks", "source": "taxonomy", "evidence": []}],
            "related": [], "sources": [], "aliases": [],
        }
    )  # fmt: skip
    assert (record.title, record.eprint, record.eprint_version) == (None, "2401.10200", 2)
    assert (record.published, record.published_as) == ("2024-01", "arxiv-id")
    assert (record.tags, record.links) == (("Moths",), (Link("code", "https://github.com/a/b"),))


def test_unknown_names_and_a_mapping() -> None:
    """Synonyms are understood; a mapping says what they cannot, and its slips are refused."""
    strange = {"Paper_Title": "Moths", "Author-Names": "Ada Owl; Bob Finch", "pubDate": "May 2024"}
    record = one([strange, strange | {"Paper_Title": "Gulls"}][:1])
    assert (record.title, record.authors, record.published) == (
        "Moths", ("Ada Owl", "Bob Finch"), "2024-05",
    )  # fmt: skip
    mapped = make_reader({"title": "what.name", "authors": "people.who"})
    (record,) = records(
        [{"what": {"name": "Moths"}, "people": [{"who": "A"}, {"who": "B"}]}], mapped
    )
    assert (record.title, record.authors) == ("Moths", ("A", "B"))
    with pytest.raises(ValueError, match="did you mean `title`"):
        make_reader({"titel": "x"})


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Ada Owl and Bob Finch", ("Ada Owl", "Bob Finch")),
        ("Ada Owl|Bob Finch", ("Ada Owl", "Bob Finch")),
        ("Owl A.B., Finch C.", ("Owl A.B.", "Finch C.")),
        ("['Owl, Ada', \"O'Hara, B.\"]", ("Owl, Ada", "O'Hara, B.")),
        ([{"first": "Ada", "last": "Owl"}], ("Ada Owl",)),
        ([["Owl", "Ada", "Jr"]], ("Ada Owl Jr",)),
        ([{"author": {"name": "Ada Owl"}}, None, 7], ("Ada Owl",)),
    ],
)
def test_names(value: Any, names: tuple[str, ...]) -> None:
    """The ways to write who wrote it."""
    assert one(MOTHS | {"authors": value}).authors == names


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-01-18T12:00:00Z", "2024-01-18"), ("2024/1/5", "2024-01-05"), ("2014//", "2014"),
        (2024, "2024"), (1705536000000, "2024-01-18"), ({"year": 2024, "month": 1}, "2024-01"),
        ({"date-parts": [[None]]}, None), ("2024-00-00", "2024"), ("99999-01-01", None),
        ("2024-02-30", None), ("-0001-01-01", None), ("1e9", None), (True, None),
    ],
)  # fmt: skip
def test_dates(value: Any, day: str | None) -> None:
    """A date is read or said to be none; never guessed."""
    reading = account(json.dumps(MOTHS | {"date": value}))
    assert reading.sightings[0].record.published == day
    if isinstance(value, str) and day is None:
        assert "is no date" in reading.problems[0].message


# --------------------------------------------------------------------------------------- damage


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "broken",
    ['{"title": "Broken", "abs', '{"title": "Broken" "abstract": "x"}', "{title}", "[1, 2]", "7",
     '"x"', "null", '{"title": ["Broken", }', "garbage", '{"a": 1}'],
)  # fmt: skip
def test_a_broken_line_costs_itself(broken: str, end: str) -> None:
    """The lines around it are read, and the problem names its line."""
    if end == "\r" and broken[:1] in "{[":
        pytest.skip("without line feeds a broken object has no line of its own")
    text = end.join([json.dumps(MOTHS), broken, json.dumps(GULLS), ""])
    assert READER.recognise(text) > 0.5
    reading = account(text)
    assert [s.record.title for s in reading.sightings] == [MOTHS["title"], GULLS["title"]]
    assert [text[a:b] for a, b, _ in reading.unread] == [broken]
    assert all(p.hint for p in reading.problems)
    if end != "\r":
        assert {p.line for p in reading.problems} == {2}


@pytest.mark.parametrize("indent", [None, 0, 2, 4])
@pytest.mark.parametrize("wrap", ["list", "data", "message.items"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"We hear gulls."', "We hear gulls"), ('"abstract": "We hear', '"abstract" "We hear'),
        ('"Gulls and Tides"', '"Gulls and Tides'), ('"Bob Finch"', '"Bob Finch'),
        ('"We hear gulls.",', '"We hear gulls."'),
        ('"We hear gulls."', ""),
    ],
)  # fmt: skip
def test_a_broken_element_costs_itself(old: str, new: str, wrap: str, indent: int | None) -> None:
    """In lists and wrappers, on one line or many."""
    value: Any = [MOTHS, GULLS, WRENS]
    for name in reversed(wrap.split(".") if wrap != "list" else []):
        value = {"total": 3, name: value}
    text = json.dumps(value, indent=indent).replace(old, new, 1)
    assert READER.recognise(text) > 0.5
    reading = account(text)
    assert [s.record.title for s in reading.sightings] == [MOTHS["title"], WRENS["title"]]
    assert any("not valid JSON" in problem.message for problem in reading.problems)
    assert len(reading.unread) == 1
    start, stop, _ = reading.unread[0]
    assert "Wrens" not in text[start:stop]
    assert "Clock" not in text[start:stop]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{"title": "Moths", "abstract": "We.", }', "a trailing comma"),
        ('{"title": "Moths", "abstract": "We.", "n": NaN}', "NaN"),
        ("{'title': 'Moths', 'abstract': 'We \"x\".', 'n': None}", "single quotes"),
        ('{title: "Moths", abstract: "We."}', "a name without quotes"),
        ('{"title": "Moths", /* so */ "abstract": "We."}', "a comment"),
        ('{"title": "Moths", "abstract": "$\\alpha$"}', "an unknown escape"),
        ('{"title": "Moths", "abstract": "We\tcount."}', "a control character"),
        ('{"title": "Old", "title": "Moths", "abstract": "We."}', "stands twice"),
        ('{"title": "Moths", "abstract": "\\ud800 We."}', "surrogate"),
        ('{"title": "Moths", "abstract": "We."},', "a comma between entries"),
    ],
)
@pytest.mark.parametrize("in_list", [True, False])
def test_slips_are_mended_and_reported(text: str, fault: str, *, in_list: bool) -> None:
    """JSON5, Python and copied lines: read, with a warning on the line."""
    if in_list and "between" in fault:
        pytest.skip("between elements a comma is right")
    whole = f"[{json.dumps(GULLS)},\n{text}\n]" if in_list else f"{json.dumps(GULLS)}\n{text}\n"
    reading = account(whole)
    assert [s.record.title for s in reading.sightings] == ["Gulls and Tides", "Moths"]
    assert any(fault in p.message and p.line == 2 for p in reading.problems), reading.problems


def test_values_end_to_end_without_line_ends_and_pretty_printed() -> None:
    """Concatenated objects are read; so are pretty-printed ones, a broken one between them."""
    dumps = [json.dumps(value, indent=2) for value in (MOTHS, GULLS, WRENS)]
    assert titles("".join(dumps)) == [MOTHS["title"], GULLS["title"], WRENS["title"]]
    dumps[1] = dumps[1].replace(":", "", 1)
    assert titles("\n".join(dumps)) == [MOTHS["title"], WRENS["title"]]


def test_spans_are_the_entries() -> None:
    """A record's place is its own object; in an object of objects its name belongs to it."""
    text = json.dumps({"a": MOTHS, "b": GULLS}, indent=1)
    reading = account(text)
    first = reading.sightings[0].source
    assert text[first.start : first.end].startswith('"a": {')
    assert (first.first_line, text[first.end - 1]) == (2, "}")


def test_strange_values_are_no_accident() -> None:
    """Huge numbers, deep nesting and wrong types stop nothing."""
    odd = MOTHS | {"n": 10**4000, "tags": {"a": 1}, "date": False, "doi": ["x"], "url": [[[]]]}
    assert one(odd).title == "A Clock of Moths"
    text = (
        json.dumps(MOTHS) + "\n" + '{"title":' * 5000 + "1" + "}" * 5000 + "\n" + json.dumps(GULLS)
    )
    assert titles(text) == ["A Clock of Moths", "Gulls and Tides"]


# ---------------------------------------------------------------------------------- recognition


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "moths", "version": "1.0", "author": "Ada", "keywords": ["a"], "main": "x.js"}',
        '[{"id": 1, "name": "Ada"}, {"id": 2, "name": "Bob"}]',
        '{"title": "A film", "year": 1999, "genre": "moths"}',
        '{"cells": [{"cell_type": "code", "source": ["import os"]}], "nbformat": 4}',
        '{"type": "FeatureCollection", "features": [{"type": "Feature"}]}',
        "[section]\nkey = value\n", "{% block x %}\n{% endblock %}\n", "{}", "[]", "[[1, 2], [3]]",
        "We show that moths can count.\n", "@article{a, title={Moths}}\n",
        "[![badge](x)](y)\n# a\n",
    ],
)  # fmt: skip
def test_other_json_is_not_recognised(text: str) -> None:
    """Better nothing than films and packages."""
    assert READER.recognise(text) < 0.5


def test_recognises_only_its_own() -> None:
    """No file of another format, and every one of its own, is claimed."""
    root = SHARED / "formats"
    if not root.exists():
        pytest.skip("no shared files")
    for path in sorted(root.rglob("*")):
        if not path.is_file() or path.name == "MANIFEST.json":
            continue
        text = decode(path.read_bytes()[:200_000], path.name).text
        if text is not None and path.suffix not in (".json", ".jsonl"):
            assert READER.recognise(text[:65_536]) < 0.5, path
    for path in sorted((SHARED / "dumps").glob("*.txt")):
        assert READER.recognise(path.read_text("utf-8", "replace")[:65_536]) < 0.5, path


# --------------------------------------------------------------------------------------- real files


def _is_item(value: Any) -> bool:
    return isinstance(value, dict) and bool(
        value.get("title") or value.get("DOI") or (value.get("author") and value.get("issued"))
    )


def _papers_in(value: Any) -> int:
    """Objects in lists that name a paper: an independent count."""
    if isinstance(value, list):
        return sum(1 if _is_item(inner) else _papers_in(inner) for inner in value)
    return sum(map(_papers_in, value.values())) if isinstance(value, dict) else 0


@pytest.mark.parametrize(
    "name",
    [
        "openreview/Chillee+OpenReviewExplorer/data/iclr2017.json",
        "openreview/Chillee+OpenReviewExplorer/data/iclr2018.json",
        "csl-json/citation-js+citation-js/packages/core/test/data.json",
        "csl-json/citation-js+citation-js/packages/plugin-bibtex/test/mapping/biblatex-csl.json",
        "csl-json/citation-js+citation-js/packages/plugin-bibtex/test/mapping/bibtex-csl.json",
    ],
)
def test_real_files(name: str) -> None:
    """As many records as the file holds papers, with the titles that it holds."""
    path = SHARED / "formats" / name
    if not path.exists():
        pytest.skip("no shared files")
    text = path.read_text("utf-8")
    assert READER.recognise(text[:65_536]) > 0.5
    assert len(records(text)) == _papers_in(json.loads(text))


@pytest.mark.parametrize(
    "name", ["hardcases.jsonl", "arxiv-math-5k.jsonl.xz", "keywords-dev.jsonl.xz"]
)
def test_corpora_round_trip(name: str) -> None:
    """Title, abstract, authors, identifiers, dates and keywords of every record are exact."""
    path = SHARED / "corpora" / name
    if not path.exists():
        pytest.skip("no shared files")
    data = path.read_bytes()
    text = (lzma.decompress(data) if name.endswith(".xz") else data).decode()
    found = [p for p in READER.read(text) if isinstance(p, Record)]
    truth = [json.loads(line) for line in text.split("\n") if line.strip()]
    assert len(found) == len(truth)
    for record, true in zip(found, truth, strict=True):
        assert record.title == (fold(true["title"]) or None)
        assert record.abstract == read_paragraphs(true["abstract"])
        assert record.authors == tuple(filter(None, map(fold, true["authors"])))
        assert record.tags == tuple(dict.fromkeys(map(fold, true["tags"])))
        assert record.published == (true.get("date") or str(true.get("year") or "") or None)
        eprint, version = record.eprint or "", record.eprint_version
        assert true.get("arxiv", eprint) in (eprint, f"{eprint}v{version}")
        doi = true.get("doi") or ""
        if doi.startswith(("10.", "https://")) and " " not in doi:  # others are no DOIs: a remark
            assert (record.doi or "") == doi.rstrip(".") or doi.endswith(f"/{record.doi}")


def test_hostile_files() -> None:
    """No file of the hostile collections raises, hangs or loses a character."""
    paths = [
        path for folder in ("json", "own/json") for path in (SHARED / "hostile" / folder).rglob("*")
        if path.is_file()
    ]  # fmt: skip
    if not paths:
        pytest.skip("no shared files")
    for path in paths:
        text = decode(path.read_bytes(), path.name).text
        if text is not None:
            READER.recognise(text)
            account(text)


@pytest.mark.parametrize(
    "unit",
    ["{", "[", '{"', '"', "{\n", '{"a":[0,', '[{"title":"x","abstract":"y",', "\\", "/*", ",",
     "[[1],",
     '{"title":"x","abstract":tru}\n', '{"title":"x","abstract":"y"'],
)  # fmt: skip
def test_hostile_text_takes_linear_time(unit: str) -> None:
    """50 KB of the worst pass within two seconds of work."""
    for lead in ("", "[", '{"title":"'):
        text = lead + unit * (50_000 // len(unit)) + "x"
        with ends():
            READER.recognise(text[:65_536])
            list(READER.read(text))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(["title", "authors", "data", "id", "abstract", "content", "date", "doi",
                         "links", "paper", "versions", "tags", "issued"]),
        inner, max_size=5,
    ),
    max_leaves=25,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(value=JSON, cut=st.integers(0, 400), indent=st.sampled_from([None, 1]))
def test_any_json_whole_or_cut_is_accounted_for(value: Any, cut: int, indent: int | None) -> None:
    """Whatever the types and wherever it breaks off: no exception, no character lost."""
    text = json.dumps(value, indent=indent)
    account(text)
    account(text[:cut] + text[cut + 1 :])
    account(text[:cut])
