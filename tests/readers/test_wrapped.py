"""Answers of services that a program saved: escaped, folded or packed in JSON and YAML."""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from functools import partial
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digest.paper import Record
from digest.readers import read_text
from digest.readers.base import Unread
from digest.readers.wrapped import READER
from digest.readers.wrapped.json_strings import find_strings
from digest.readers.wrapped.packed import unpack
from digest.readers.wrapped.places import Inner, Piece, Pieces
from digest.readers.wrapped.yaml_scalars import find_scalars
from digest.yaml_text import YamlRefused, scalars
from tests.readers.passages import account, line_of, records, remarks

ENTRY = (
    '<entry>\n  <id>http://arxiv.org/abs/2001.0000{n}v1</id>\n  <title>Moths "of" Nø {n}</title>\n'
    "  <summary>We count {n} moths \\alpha\n  and their λ.</summary>\n"
    "  <author><name>Ada Owl</name></author>\n</entry>"
)
FEED = (
    '<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
    + "\n".join(ENTRY.replace("{n}", str(n)) for n in (1, 2, 3))
    + "\n</feed>\n"
)
PAPERS = [
    {"paperId": f"{n:040x}", "title": f"Moth {n}: it's \"new\"", "abstract": "Ünder light.\n" * 3,
     "authors": [{"name": "Ada Owl"}], "year": 2020, "externalIds": {"DOI": f"10.1000/m{n}"}}
    for n in range(4)
]  # fmt: skip
ANSWER = json.dumps({"total": 4, "data": PAPERS})


def titles(text: str) -> list[str | None]:
    return [record.title for record in records(account(READER, text))]


def test_json_that_wraps_a_feed() -> None:
    """Each record stands where its escaped entry does; the wrapping is chrome; only the reader of
    the answer's own format decides what is in it."""
    text = json.dumps({"url": "https://x.example", "status": 200, "body": FEED}, indent=2)
    reading = read_text(text, "a.json")
    assert reading.format == "wrapped"
    assert not reading.problems
    assert not reading.unread
    found = [s.record for s in reading.sightings]
    assert [r.title for r in found] == [f'Moths "of" Nø {n}' for n in (1, 2, 3)]
    assert found[1].abstract == "We count 2 moths \\alpha and their λ."
    for record, n in zip(found, (1, 2, 3), strict=True):
        source = json.loads(f'"{text[slice(*record.span)]}"')
        assert source == ENTRY.replace("{n}", str(n))


@pytest.mark.parametrize("style", ["'", '"', "|", ">"])
@pytest.mark.parametrize("body", [ANSWER, FEED], ids=["json", "xml"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_yaml_that_wraps_an_answer(style: str, body: str, ends: str) -> None:
    """In quotes folded over lines and in blocks: as many records as the answer itself has, each
    within its own passage of the file."""
    response = {"body": {"string": body}, "code": 200}
    cassette = {"interactions": [{"request": {"uri": "https://x.example"}, "response": response}]}
    text = yaml.dump(cassette, default_style=style, width=72, allow_unicode=True)
    text = text.replace("\n", ends)
    assert READER.recognise(text) >= 0.5
    bare = read_text(body, "a")
    found = records(account(READER, text))
    assert [r.title for r in found] == [s.record.title for s in bare.sightings]
    assert [r.abstract for r in found] == [s.record.abstract for s in bare.sightings]
    for record in found:
        assert record.title is not None
        assert record.title.split()[0] in text[slice(*record.span)]
        assert text[slice(*record.span)].lstrip("\\")[:1] in "{<"


@pytest.mark.parametrize("pack", [partial(gzip.compress, mtime=0), zlib.compress, bytes])
def test_packed_answers(pack: object) -> None:
    """Bytes in base64, packed or not: the records share out the letters in their order."""
    assert callable(pack)
    data = base64.encodebytes(pack(ANSWER.encode())).decode()
    lines = "".join(f"        {line}\n" for line in data.splitlines())
    text = (
        f"interactions:\n- response:\n    body:\n      string: !!binary |\n{lines}    code: 200\n"
    )
    assert READER.recognise(text) == 0.9
    assert titles(text) == [p["title"] for p in PAPERS]
    mail = json.dumps({"payload": {"data": base64.urlsafe_b64encode(pack(FEED.encode())).decode()}})
    assert len(titles(mail)) == 3


def test_an_answer_cut_short() -> None:
    """What a cut file still holds of its answer is read, packed or not."""
    many = [{"title": f"Moth {n * n * 7919}", "doi": f"10.1000/{n**5}"} for n in range(200)]
    packed = base64.b64encode(gzip.compress(json.dumps(many).encode(), mtime=0)).decode()
    text = json.dumps({"b": packed})
    assert len(titles(text)) == 200
    torn = text[: len(text) // 2] + '"}'
    assert 50 < len(titles(torn)) < 150
    assert (1, "error", "its packed bytes end too early") in remarks(torn, account(READER, torn))
    cut = json.dumps({"body": FEED})[:-60]
    assert len(titles(cut)) == 2


def test_one_broken_entry_costs_itself() -> None:
    """And the problem names its line in the file, not in the answer."""
    bad = FEED.replace('<title>Moths "of" Nø 2</title>', "<title>Moths <b>of</title>")
    block = "".join(f"      {line}\n" for line in bad.splitlines())
    text = f"interactions:\n- response:\n    body: |\n{block}"
    passages = account(READER, text)
    assert len(records(passages)) == 2
    ((line, severity, message),) = remarks(text, passages)
    assert line == line_of(text, "<title>Moths <b>")
    assert severity == "error"
    assert "not valid XML" in message
    assert sum(isinstance(p, Unread) for p in passages) == 1


@pytest.mark.parametrize(
    "row",
    [
        "|**2024-01-0{n}**|**Moth maps of {n} rooms**|Ada Owl et.al.|"
        "[2401.0000{n}](http://arxiv.org/abs/2401.0000{n})|null|\n",
        "- 2024-01-0{n}, **Moth maps of {n} rooms**, Ada Owl et.al., Paper: "
        "[http://arxiv.org/abs/2401.0000{n}](http://arxiv.org/abs/2401.0000{n})",
    ],
    ids=["table", "list"],
)
def test_rows_of_markdown(row: str) -> None:
    """Rows of a table or items of a list, one a string, are one list with the objects' names for
    headings; each record stands in its own string."""
    rows = {f"2401.0000{n}": row.replace("{n}", str(n)) for n in range(1, 6)}
    text = json.dumps(
        {"Lamps \u00fc": rows, "Dusk": {k: rows[k] for k in list(rows)[:2]}}, indent=1
    )
    reading = read_text(text, "a.json")
    assert reading.format == "wrapped"
    found = records(account(READER, text))
    assert [r.title for r in found] == [f"Moth maps of {n} rooms" for n in (1, 2, 3, 4, 5, 1, 2)]
    assert [r.tags for r in found] == [("Lamps \u00fc",)] * 5 + [("Dusk",)] * 2
    assert [r.eprint for r in found] == [f"2401.0000{n}" for n in (1, 2, 3, 4, 5, 1, 2)]
    assert all(text[slice(*r.span)] == row.replace("{n}", r.eprint[-1]).strip()
               for r in found if r.eprint)  # fmt: skip


def test_messages_and_traffic() -> None:
    """A mail service's message in base64url, and a browser's record of an answer (HAR)."""
    alert = "".join(
        f'<h3><a class="gse_alrt_title" href="https://moths.example/{n}">Moth maps {n}</a></h3>'
        f"<div>A Owl - arXiv preprint, 2024</div><div>We count more than {n * n}.</div>"
        for n in range(1, 4)
    )
    data = base64.urlsafe_b64encode(f"<html><body>{alert}</body></html>".encode()).decode()
    found = titles(json.dumps([{"id": "1", "payload": {"body": {"data": data}}}], indent=2))
    assert found == ["Moth maps 1", "Moth maps 2", "Moth maps 3"]
    answer = {"status": 200, "content": {"mimeType": "application/json", "text": ANSWER}}
    traffic = {"log": {"entries": [{"request": {"url": "https://x.example"}, "response": answer}]}}
    assert titles(json.dumps(traffic)) == [p["title"] for p in PAPERS]


def test_what_is_not_known_is_said() -> None:
    """An answer without a known format beside one with it is unread, not chrome."""
    other = json.dumps({"results": [{"film": "Moths", "length": 90}] * 20})
    passages = account(READER, json.dumps({"a": other, "b": FEED}))
    assert len(records(passages)) == 3
    assert [p.why for p in passages if isinstance(p, Unread)] == [
        "a text within this one, of no known format"
    ]


def test_services_answer_with_little() -> None:
    """Titles alone are papers where the address says who answered."""
    body = json.dumps({"data": [{"paperId": "a" * 40, "title": f"Moth {n}"} for n in range(9)]})
    text = f"- uri: https://%s/graph/v1/paper/search?fields=title\n  body: '{body}'\n"
    assert len(titles(text % "api.semanticscholar.org")) == 9
    assert READER.recognise(text % "films.example") == 0.0


def test_other_texts_are_left_alone() -> None:
    """Values of fields, however long, are no texts of their own; nor is a text its own wrapping."""
    for text in (
        json.dumps([{"title": "A", "abstract": "We count moths. " * 40}] * 3),
        json.dumps({"data": "QUJD" * 100}),
        "title: Moths\nabstract: 'We count moths.\n\n  " + "And more. " * 40 + "'\n",
        FEED,
        ANSWER,
        "",
    ):
        assert READER.recognise(text) == 0.0
    deep = FEED
    for _ in range(2):
        deep = json.dumps({"body": deep})
    assert READER.recognise(deep) == 0.0


def test_no_yaml() -> None:
    """What stands before the fault is read; the rest is unread, with its line."""
    block = "".join(f"    {line}\n" for line in FEED.splitlines())
    text = f"a:\n  body: |\n{block}b: [1, 2\nc: }} x\n"
    passages = account(READER, text)
    assert len(records(passages)) == 3
    assert any(isinstance(p, Unread) and "no YAML" in p.why for p in passages)


@pytest.mark.parametrize(
    "text",
    [
        '{"' + '\\"' * 50_000,
        '{"a": "' + "\\ud83d" * 20_000,
        "a: '" + "''" * 50_000,
        'a: "' + "\\\n" * 40_000,
        'a: "' + "  \n" * 30_000 + "x",
        "a: >\n" + " x\n\n" * 30_000,
        "a: " + "[" * 50_000,
        "- a: |\n" * 20_000,
        "a: &b [x]\nc: " + "[*b, " * 20 + "x" + "]" * 20,
        "a: !!binary |\n  " + "H4sI" + "A" * 100_000,
        json.dumps({"b": base64.b64encode(gzip.compress(b"[" * 10**7, mtime=0)).decode()}),
    ],
    ids=range(11),
)
def test_hostile(text: str) -> None:
    """Texts made to hang or to unpack without end: an account, and no exception."""
    READER.recognise(text[:65_536])
    account(READER, text)


def test_a_bomb_is_not_unpacked() -> None:
    """What unpacks to more than the limit is left unread, and says so."""
    bomb = base64.b64encode(gzip.compress(bytes(70 * 2**20), 9, mtime=0)).decode()
    (unread,) = [p for p in account(READER, json.dumps({"b": bomb})) if isinstance(p, Unread)]
    assert "unpacks to more than 64 MB" in unread.why


_WORDS = st.text(
    st.one_of(
        st.sampled_from("ab \n\t'\"\\:#|>-é😀\x85\u2028\xa0"),
        st.characters(exclude_categories=["Cs", "Cc"]),
    ),
    min_size=1,
    max_size=60,
)


def monotone(found: Pieces, outer: str) -> None:
    """Every character has a place, in order, none of them shared by two."""
    reached = 0
    for at in range(len(found.text)):
        start, end = found.start(at), found.end(at + 1)
        assert reached <= start < end <= len(outer)
        reached = end


@settings(max_examples=300, deadline=None)
@given(_WORDS, st.booleans())
def test_every_json_string_has_its_places(words: str, ascii_only: bool) -> None:
    """Decoded as `json` does, with places in order; a character that needs no escape stands at
    its own."""
    text = json.dumps({"a": words}, ensure_ascii=ascii_only)
    *_, inner = find_strings(text, 0)
    assert inner.text == words
    assert isinstance(inner.places, Pieces)
    monotone(inner.places, text)
    for at, c in enumerate(words):
        if c.isalnum() and c.isascii():
            assert text[inner.places.start(at)] == c


@settings(max_examples=400, deadline=None)
@given(_WORDS, st.sampled_from(["'", '"', "|", ">", None]), st.integers(20, 80))
def test_every_yaml_scalar_has_its_places(words: str, style: str | None, width: int) -> None:
    """As the parser decodes it; a letter stands at its own place."""
    text = yaml.dump({"a": {"b": words}}, default_style=style, width=width, allow_unicode=True)
    try:
        values = [scalar.value for scalar in scalars(text)][1:]
    except YamlRefused:
        return
    found = [inner for inner, _ in find_scalars(text, 0)]
    assert [inner.text for inner in found] == values
    words, places = found[-1].text, found[-1].places
    assert isinstance(places, Pieces)
    monotone(places, text)
    for at, c in enumerate(words):
        if c.isalnum() and c.isascii():
            assert text[places.start(at)] in (c, "\\")


@example("x^2 moths", False)
@given(_WORDS, st.booleans())
def test_every_packed_character_has_its_place(words: str, is_url: bool) -> None:
    """Base64 of UTF-8: a character begins in the letters that hold its first byte."""
    encode = base64.urlsafe_b64encode if is_url else base64.b64encode
    text = encode(words.encode()).decode()
    outer = Pieces([Piece(text, 0, len(text))])
    inner = unpack(Inner(text, (0, len(text)), outer, False))
    assert isinstance(inner, Inner)
    assert inner.text == words
    reached = 0
    for at in range(len(words)):
        start, end = inner.places.start(at), inner.places.end(at + 1)
        first = len(words[:at].encode())
        assert reached <= start < end <= len(text.rstrip("=")) + 1
        assert start in (first * 4 // 3, first * 4 // 3 + 1)
        reached = end


def test_real_answers(shared: Path) -> None:
    """Every real cassette and wrapper is accounted for, and its records stand apart."""
    for folder in ("arxiv-atom", "crossref", "semantic-scholar"):
        for path in sorted((shared / "formats" / folder).rglob("*")):
            if path.suffix in (".json", ".yaml") and path.stat().st_size < 100_000:
                text = path.read_text("utf-8")
                if READER.recognise(text[:65_536]) >= 0.5:
                    passages = account(READER, text)
                    assert all((p.title or p.doi or p.eprint) for p in passages
                               if isinstance(p, Record)), path  # fmt: skip
