"""The reader of last resort: layouts that no other reader knows, prose that is none, and loss."""

from __future__ import annotations

import json
import lzma
import textwrap
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from digest.paper import Record
from digest.readers.base import Chrome, Passage, Remark, Unread
from digest.readers.listings.general import READER
from digest.text import fold

SHARED = Path(__file__).parents[2] / "../shared"
CORPUS = SHARED / "corpora" / "papers-100k.jsonl.xz"
MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
}
VENUES = (
    "Proceedings of the 12th Workshop on Made-up Systems, 2021",
    "Journal of Imagined Results 14 (2019), 233-251",
    "NeurIPS 2022",
    "International Conference on Nothing in Particular 2020",
    "ICML 2023",
)
HEAD = "Reading list of the Thursday group\nEvery week\n\nSearch\n\n"
Paper = dict[str, Any]
Layout = Callable[[Paper, int], str]


def papers(skip: int, count: int) -> list[Paper]:
    """Papers of the shared corpus that have all that the layouts print."""
    if not CORPUS.exists():
        pytest.skip("the shared corpus is not beside this repository")
    found: list[Paper] = []
    with lzma.open(CORPUS, "rt", encoding="utf-8") as file:
        for line in islice(file, skip, None):
            paper = json.loads(line)
            if paper["authors"] and len(paper["abstract"]) > 250 and paper["arxiv"]:
                paper["title"] = fold(paper["title"])
                paper["abstract"] = fold(paper["abstract"])
                paper["venue"] = VENUES[len(found) % len(VENUES)]
                found.append(paper)
            if len(found) == count:
                break
    return found


def people(paper: Paper) -> tuple[str, ...]:
    return tuple(fold(name) for name in paper["authors"][:8])


def names(paper: Paper, mark: str = ", ") -> str:
    return mark.join(people(paper))


def day(paper: Paper, language: str) -> str:
    year, month, number = paper["date"].split("-")
    if language == "zh":
        return f"{year}年{int(month)}月{int(number)}日"
    word = MONTHS[language].split()[int(month) - 1]
    if language == "en":
        return f"{word} {int(number)}, {year}"
    return f"{int(number)}{'.' if language == 'de' else ''} {word} {year}"


def wrapped(words: str, indent: str = "", width: int = 78) -> str:
    return textwrap.fill(
        words, width, initial_indent=indent, subsequent_indent=indent,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def between_rules(p: Paper, i: int) -> str:
    return f"{p['title']}\n{names(p)}\n{p['venue']}\n\n{p['abstract']}\n\n---\n\n"


def between_stars(p: Paper, i: int) -> str:
    return f"{day(p, 'en')}\n{p['title']}\n\n{p['abstract']}\n\narXiv:{p['arxiv']}\n\n* * *\n\n"


def numbered(p: Paper, i: int) -> str:
    return f"{i + 1}. {p['title']}\n   {names(p)}\n   {p['venue']}\n   {p['abstract']}\n\n"


def number_alone(p: Paper, i: int) -> str:
    return f"[{i + 1}]\n{names(p)}\n{p['title']}\n{p['abstract']}\nhttps://arxiv.org/abs/{p['arxiv']}\n"


def authors_first(p: Paper, i: int) -> str:
    return f"{names(p)}\n\n{p['title']}\n\n{p['abstract']}\n\n[PDF] [Code]\n\n"


def german(p: Paper, i: int) -> str:
    return (
        f"Titel: {p['title']}\nAutoren: {names(p)}\nErschienen: {day(p, 'de')}\n"
        f"Zusammenfassung: {p['abstract']}\nKennung: arXiv:{p['arxiv']}\n\n"
    )


def french(p: Paper, i: int) -> str:
    return (
        f"{p['title']}\npar {names(p)}\nPublié le : {day(p, 'fr')}\nRésumé : {p['abstract']}\n"
        "Lire la suite\n\n"
    )


def chinese(p: Paper, i: int) -> str:
    return (
        f"标题：{p['title']}\n作者：{names(p)}\n日期：{day(p, 'zh')}\n摘要：{p['abstract']}\n"
        f"链接：https://arxiv.org/abs/{p['arxiv']}\n\n"
    )


def tabs(p: Paper, i: int) -> str:
    return f"{p['arxiv']}\t{p['title']}\t{names(p, '; ')}\t{p['date']}\t{p['venue']}\n"


def indented(p: Paper, i: int) -> str:
    return f"{p['title']}\n    {names(p)}\n    {p['venue']}\n{wrapped(p['abstract'], ' ' * 8)}\n"


def bulleted(p: Paper, i: int) -> str:
    return f"• {p['title']} \n  {p['venue']} | {p['date']}\n  {p['abstract']}\n  {names(p)}\n"


def blank_lines_alone(p: Paper, i: int) -> str:
    return "\n\n".join([p["venue"], p["title"], names(p), p["abstract"], "Read more", "", ""])


def hard_wrapped(p: Paper, i: int) -> str:
    return (
        f"{wrapped(p['title'])}\n{wrapped(names(p))}\n\n{wrapped(p['abstract'])}\n\n"
        f"arXiv:{p['arxiv']}   {p['date']}\n\n\n"
    )


def quoted(p: Paper, i: int) -> str:
    return f"“{p['title']}”\n{names(p, ' and ')}\n\nAbstract\n{p['abstract']}\n\n{p['venue']}\n\n"


def headed(p: Paper, i: int) -> str:
    return f"### {p['title']}\n{names(p)} · {p['date']} · arXiv:{p['arxiv']}\n> {p['abstract']}\n\n"


def date_and_address_first(p: Paper, i: int) -> str:
    return f"{p['date']}\nhttps://arxiv.org/abs/{p['arxiv']}\n{p['title']}\n{names(p)}\n{p['abstract']}\n"


KNOWN = (
    between_rules, between_stars, numbered, number_alone, authors_first, german, french, chinese,
    tabs, indented, bulleted, blank_lines_alone, hard_wrapped, quoted, headed,
    date_and_address_first,
)  # fmt: skip


# Laid out after the reader was written, and never looked at while it was changed.


def unseen_equals(p: Paper, i: int) -> str:
    return (
        f"{p['venue']}\n{p['title']}\n\n{p['abstract']}\n\n{names(p)}\n"
        f"https://example.org/papers/{i}\n=========\n"
    )


def unseen_spanish(p: Paper, i: int) -> str:
    return (
        f"#{i + 1}\nTítulo: {p['title']}\nResumen: {p['abstract']}\nAutores: {names(p, '; ')}\n"
        f"Puntuación: {i % 10}/10\nFecha: {p['date']}\n\n"
    )


def unseen_wrapped(p: Paper, i: int) -> str:
    return (
        f"({i + 1}) {names(p)}\n\n{wrapped(p['title'], '    ', 72)}\n\n"
        f"{wrapped(p['abstract'], '  ', 72)}\n\n  doi:10.9999/made.up.{i}\n\n"
    )


def unseen_piped(p: Paper, i: int) -> str:
    return f"► {p['title']}\n{names(p)} | {p['venue']} | PDF | BibTeX\n\nTL;DR: {p['abstract']}\n\n"


def unseen_identifier(p: Paper, i: int) -> str:
    return (
        f"arXiv:{p['arxiv']}v1 ({day(p, 'en')})\n\n{names(p, '; ')}\n\n{p['title']}\n\n"
        f"{p['abstract']}\n\nSave  Cite  Share\n\n"
    )


UNSEEN = (unseen_equals, unseen_spanish, unseen_wrapped, unseen_piped, unseen_identifier)


def lay_out(layout: Layout, held: list[Paper], head: str = "") -> str:
    return head + "".join(layout(paper, i) for i, paper in enumerate(held))


def read(text: str) -> list[Passage]:
    """What the reader yields; asserts that every character is accounted for once."""
    passages = list(READER.read(text))
    seen = bytearray(len(text))
    for passage in passages:
        if not isinstance(passage, Remark):
            for at in range(*passage.span):
                seen[at] += 1
    lost = [at for at, c in enumerate(text) if not c.isspace() and seen[at] != 1]
    assert not lost, (lost[:3], text[lost[0] - 40 : lost[0] + 40])
    return passages


def exact(layout: Layout, held: list[Paper], text: str) -> dict[str, float]:
    records = [p for p in read(text) if isinstance(p, Record)]
    titles = {record.title: record for record in records}
    pairs = [(p, titles[p["title"]]) for p in held if p["title"] in titles]
    printed = layout(held[0], 0)
    has_abstract = held[0]["abstract"][:30] in printed
    has_id = held[0]["arxiv"] in printed
    return {
        "titles": len(pairs) / len(held),
        "records": len(records) / len(held),
        "authors": sum(r.authors == people(p) for p, r in pairs) / len(held),
        "abstracts": sum(r.abstract == p["abstract"] for p, r in pairs) / len(held)
        if has_abstract else 1.0,
        "eprints": sum(r.eprint == p["arxiv"] for p, r in pairs) / len(held) if has_id else 1.0,
    }  # fmt: skip


@pytest.mark.parametrize("layout", [*KNOWN, *UNSEEN], ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("head", ["", HEAD])
def test_titles_of_a_layout_that_no_reader_knows(layout: Layout, head: str) -> None:
    """Nine of ten titles are exact, and what else is printed is nearly as good."""
    held = papers(300, 30)
    text = lay_out(layout, held, head)
    assert 0.5 <= READER.recognise(text) <= 0.6
    found = exact(layout, held, text)
    assert found["titles"] >= 0.9
    assert 0.95 <= found["records"] <= 1.05
    assert found["abstracts"] >= 0.85
    assert found["eprints"] >= 0.9
    if names(held[0])[:20] in text:
        assert found["authors"] >= 0.85


def test_few_entries_suffice() -> None:
    """Two entries repeat a pattern; one does not."""
    held = papers(700, 2)
    assert exact(german, held, lay_out(german, held))["titles"] == 1.0
    assert READER.recognise(lay_out(german, held[:1])) == 0.0


INVENTED = (
    "Die lange Nacht der Motten\nvon Ada Beispiel\n12. Mai 2021\nZusammenfassung: Wir zeigen, dass"
    " Motten um {n} Lampen kreisen. Die Ergebnisse sind neu.\n\n"
)


def test_it_says_what_it_did() -> None:
    """A note at the first entry, dates and names in another language, confidence below 0.8."""
    text = "".join(INVENTED.replace("Nacht", f"Nacht {n}").format(n=n) for n in "abcd")
    passages = read(text)
    notes = [p for p in passages if isinstance(p, Remark) and p.severity == "note"]
    assert len(notes) == 1 and notes[0].at == 0
    assert "4 entries were found by their repeated structure" in notes[0].message
    records = [p for p in passages if isinstance(p, Record)]
    assert [r.title for r in records] == [f"Die lange Nacht {n} der Motten" for n in "abcd"]
    assert records[0].authors == ("Ada Beispiel",)
    assert records[0].published == "2021-05-12"
    assert all(0.3 <= r.confidence <= 0.8 for r in records)


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_line_endings(ending: str) -> None:
    """The same entries whatever ends the lines."""
    text = "".join(INVENTED.replace("Nacht", f"Nacht {n}").format(n=n) for n in "abcd")
    records = [p for p in read(text.replace("\n", ending)) if isinstance(p, Record)]
    assert [r.title for r in records] == [f"Die lange Nacht {n} der Motten" for n in "abcd"]


def test_a_broken_entry_costs_itself_alone() -> None:
    """What stands in the place of an entry and is none stays unread; the others are read."""
    held = papers(900, 9)
    broken = "???\n\n---\n\n"
    parts = [between_rules(paper, i) for i, paper in enumerate(held)]
    text = "".join([*parts[:4], broken, *parts[4:]])
    passages = read(text)
    assert [p.title for p in passages if isinstance(p, Record)] == [p["title"] for p in held]
    assert any(isinstance(p, Chrome | Unread) for p in passages)


NO_LISTINGS = {
    "letter": "Dear Ms Example,\n\nthank you for your letter of 3 May 2021. I read it with pleasure"
    " and shall answer it at length.\n\nPlease find enclosed what you asked for. It is not much,"
    " but my colleagues and I hope that you will like it.\n\nYours,\nJo Sample\n",
    "recipes": "".join(
        f"{name}\n\nServes four, 40 minutes\n\nPeel the {name.lower()}, boil them until soft"
        " and mash them with butter. Add salt, pepper and what herbs you have at hand. Serve hot;"
        " it can be kept for three days in a cold place, and it is even better when warmed.\n\n"
        for name in ("Potatoes with Butter", "Carrots of the House", "Grandmother's Turnips")
    ),
    "log": "".join(
        f"2024-05-0{i} 12:00:0{i} INFO worker-{i} started job {i}{i}\n" for i in range(9)
    ),
    "code": "".join(
        f"def read_{name}(text):\n    \"\"\"Reads it.\"\"\"\n    return text.split('{name}')\n\n"
        for name in ("comma", "colon", "blank", "stop")
    ),
    "history": "".join(
        f"commit {i}a8d7c6b5a4f3e2d1\nAuthor: Ann <ann@example.org>\nDate: Mon May {i} 2020\n\n"
        f"    Make the thing number {i} better\n\n    It was slow and is now fast, as our"
        " results show for the new algorithm.\n\n"
        for i in range(1, 9)
    ),
    "minutes": "Minutes of the garden club\n\nPresent: Ann, Bob, Cleo\nDate: 4 May 2021\n\n"
    "1. Apples\nBob says that the apples are late.\n\n2. Pears\nAnn says the pears are early.\n",
}  # fmt: skip


@pytest.mark.parametrize("name", NO_LISTINGS)
def test_what_is_no_listing(name: str) -> None:
    """Letters, recipes, logs, code, histories and minutes are left alone, and none is lost."""
    assert READER.recognise(NO_LISTINGS[name]) < 0.5
    read(NO_LISTINGS[name])


def test_documents_of_the_shared_folder() -> None:
    """Hostile strings, notes and manuals are no listings."""
    if not SHARED.exists():
        pytest.skip("the shared folder is not beside this repository")
    texts = [*SHARED.glob("*.md"), *sorted((SHARED / "hostile").rglob("*"))[:150]]
    for path in texts:
        if path.is_file():
            text = path.read_bytes()[:20_000].decode("utf-8", "replace")
            assert READER.recognise(text) < 0.5, path


@pytest.mark.parametrize(
    "piece",
    ["a", " \n", "- \n", "1. ", "a: ", "A b\t", "(", "[【", "的", "pdf__", "A B\nC D\n\n", "10.1/"],
)
def test_hostile_repetition_is_quick(piece: str) -> None:
    """A hundred thousand characters of anything take a moment."""
    text = piece * (100_000 // len(piece))
    started = time.perf_counter()
    READER.recognise(text[:65_536])
    read(text)
    assert time.perf_counter() - started < 8
