"""RIS, ISI, EndNote and MEDLINE: fields, the variants of their exporters, faults, no loss."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.paper import Link
from digest.readers.tagged import copac, endnote, isi, medline, ovid, ris
from tests.readers.references import (
    SHARED,
    chrome,
    only,
    read_all,
    real_texts,
    records,
    remarks,
    unread,
)
from tests.watchdog import ends

READERS = {m.READER.name: m.READER for m in (ris, isi, endnote, medline, copac, ovid)}

RIS = """\
TY  - JOUR
TI  - On lamps
  of small harbours
AU  - Lamp, Ida
AU  - Quay, Otto
AB  - Lamps shine &amp; <i>glow</i>.

At night they shine more.
JO  - Journal of Quays
VL  - 12
IS  - 3
SP  - 4
EP  - 9
PY  - 1999/03/07/spring
DO  - https://doi.org/10.5555/QUAY.99
UR  - https://github.com/quays/lamps
KW  - lamps
harbours
KW  - night; day
N1  - Comment: 9 pages
ER  -
"""
ISI = """\
FN Quay Index
VR 1.0
PT J
AU Lamp, I
   Quay, O
AF Lamp, Ida
   Quay, Otto
TI On lamps of
   small harbours
SO JOURNAL OF QUAYS
DE lamps; small
   harbours
AB Lamps shine.
PD MAR 7
PY 1999
VL 12
BP 4
EP 9
DI 10.5555/QUAY.99
ER

EF
"""
ENDNOTE = """\
%0 Journal Article
%A Lamp, Ida
%A Quay, Otto
%T On lamps of small harbours
%J Journal of Quays
%V 12
%N 3
%P 4-9
%D 1999
%8 March 7
%X Lamps shine.
%K lamps
harbours
%R 10.5555/QUAY.99
%U https://github.com/quays/lamps
"""
MEDLINE = """\
PMID- 12345678
OWN - NLM
DP  - 1999 Mar 7
TI  - On lamps of small
      harbours.
AB  - Lamps
      shine.
FAU - Lamp, Ida
AU  - Lamp I
FAU - Quay, Otto
AU  - Quay O
CN  - Harbour Group
JT  - Journal of quays
OT  - lamps
MH  - *Harbours/history
MH  - Humans
AID - S0001 [pii]
AID - 10.5555/QUAY.99 [doi]
PMC - PMC123
SO  - J Quays. 1999 Mar 7;12(3):4-9.
"""
COPAC = """\
TI- On lamps of
    small harbours
AU- Lamp, Ida
AU- Quay, Otto
PU- Port : Quay Press
PY- 1999
KW- lamps
DO- 10.5555/QUAY.99

TI- Second
AU- Lee, Ann
PY- 2001
"""
OVID = """\
<1>
Accession Number
  0001-2.
Author
  Lamp, Ida 1;  Quay, Otto *
Title
  On lamps of small harbours.[Article]
Source
  Journal of Quays.   12(3):1484-1490, March 1999.
Abstract
  Lamps shine.
Author Keywords
  lamps;  harbours.
DOI Number
  10.5555/QUAY.99
<2>
Author
  Lee, Ann
Title
  Second
"""


def test_a_library_catalogue_is_read():
    first, second = records(copac.READER, COPAC)
    assert first.title == "On lamps of small harbours"
    assert (first.authors, first.published) == (("Lamp, Ida", "Quay, Otto"), "1999")
    assert (first.doi, first.tags) == ("10.5555/QUAY.99", ("lamps",))
    assert (second.title, second.published) == ("Second", "2001")
    tilde = COPAC.replace("- ", " ~ ")
    assert [r.title for r in records(copac.READER, tilde)] == [first.title, "Second"]
    assert min(copac.READER.recognise(COPAC), copac.READER.recognise(tilde)) >= 0.9
    for heading in ("Record 1 of 2 - INSPEC 2003", "Record: INSPEC", "Record 12 of 40"):
        passages = read_all(copac.READER, f"{heading}\n\n{tilde}")
        assert [p.span for p in chrome(passages)][:1] == [(0, len(heading))]
    assert unread(read_all(copac.READER, f"Records of the harbour\n\n{tilde}"))


def test_an_export_of_ovid_is_read():
    first, second = records(ovid.READER, OVID)
    assert first.title == "On lamps of small harbours"
    assert (first.authors, first.published) == (("Lamp, Ida", "Quay, Otto"), "1999-03")
    assert (first.doi, first.tags) == ("10.5555/QUAY.99", ("lamps", "harbours"))
    assert (first.venue, first.abstract) == ("Journal of Quays", "Lamps shine.")
    assert second.title == "Second"
    assert ovid.READER.recognise(OVID) >= 0.9


SAMPLES = {"ris": RIS, "isi": ISI, "endnote": ENDNOTE, "medline": MEDLINE}


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_whole_entry_gives_its_fields(name, ends):
    record = only(READERS[name], SAMPLES[name].replace("\n", ends))
    assert record.title.rstrip(".") == "On lamps of small harbours"
    assert record.authors[:2] == ("Lamp, Ida", "Quay, Otto")
    assert (record.published, record.published_as) == ("1999-03-07", name)
    assert record.doi == "10.5555/QUAY.99"
    assert record.venue.lower() == "journal of quays"
    assert record.abstract.startswith("Lamps shine")
    assert record.tags[0] == "lamps"
    assert "12" in record.journal_ref


def test_ris_fields_of_its_own():
    record = only(ris.READER, RIS)
    assert record.abstract == "Lamps shine & glow.\n\nAt night they shine more."
    assert record.tags == ("lamps", "harbours", "night", "day")
    assert record.journal_ref == "Journal of Quays 12(3), 4-9 (1999)"
    assert record.comment == "Comment: 9 pages"
    assert record.links == (Link("code", "https://github.com/quays/lamps"),)
    assert RIS[slice(*record.span)] == RIS.rstrip()


def test_medline_fields_of_its_own():
    record = only(medline.READER, MEDLINE)
    assert record.authors == ("Lamp, Ida", "Quay, Otto", "Harbour Group")
    assert record.tags == ("lamps", "Harbours")
    assert record.journal_ref == "J Quays. 1999 Mar 7;12(3):4-9."


def test_isi_keeps_the_frame_of_the_file_as_chrome():
    passages = read_all(isi.READER, ISI)
    assert len(chrome(passages)) == 3
    assert not unread(passages)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("other", [*SAMPLES, "copac", "ovid"])
def test_each_format_is_recognised_by_its_own_reader_alone(name, other):
    score = READERS[name].recognise({**SAMPLES, "copac": COPAC, "ovid": OVID}[other])
    assert score >= 0.9 if name == other else score < 0.5


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(
    "text",
    [
        "We met a virologist. ER-positive cells were found.\nPT was not.\n",
        "import re\n\n%A = 3\nTI = 4\nER = 5\nclass PT: pass\n",
        "# Title\n\n- AU  - one\n- two\n",
        "@article{k, title={T}}",
        "",
    ],
)
def test_other_texts_are_not_claimed(name, text):
    assert READERS[name].recognise(text) < 0.5


@pytest.mark.parametrize("name", READERS)
def test_programs_that_hold_entries_are_not_claimed(name):
    assert READERS[name].recognise(Path(__file__).read_text("utf-8")) < 0.5


def _entry(tag_lines: str, title: str) -> str:
    return tag_lines.replace("TITLE", title)


SHORT = {
    "ris": "TY  - JOUR\nTI  - TITLE\nPY  - 2001\nER  - \n\n",
    "isi": "PT J\nTI TITLE\nPY 2001\nER\n\n",
    "endnote": "%0 Book\n%T TITLE\n%D 2001\n\n",
    "medline": "PMID- 1\nTI  - TITLE\nDP  - 2001\n\n",
}


@pytest.mark.parametrize("name", SHORT)
def test_text_between_entries_is_unread_and_costs_nothing(name):
    noise = "This is no field of anything.\n\n"
    text = "".join((_entry(SHORT[name], "One"), noise, _entry(SHORT[name], "Two")))
    passages = read_all(READERS[name], text)
    assert [r.title for r in records(READERS[name], text)] == ["One", "Two"]
    (lost,) = unread(passages)
    assert text[slice(*lost.span)] == noise.strip()


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("TY  - JOUR\nTI  - a\nTY  - JOUR\nTI  - b\nER  - \n", ["a", "b"]),
        ("TY  - JOUR\nTI  - a\n\nTY  - JOUR\nDO  - 10.5555/1\nER  - \n", ["a", None]),
        ("TI  - a\nER  - \nTY  - JOUR\nTI  - b\nER  - \n", ["a", "b"]),
        ("TY  - JOUR\nTI  - a\n", ["a"]),
    ],
)
def test_ris_without_its_first_or_last_line(text, titles):
    assert [r.title for r in records(ris.READER, text)] == titles
    assert [r.severity for r in remarks(read_all(ris.READER, text))] == ["warning"]


@pytest.mark.parametrize(
    "text",
    [
        "TY - JOUR\nTI - a\nPY - 2001\nER -\n",
        "TY  -JOUR\nTI  -a\nPY  -2001\nER  -\n",
        "1.\nTY  - JOUR\nT1  - a\nY1  - 2001///\nER  - text\n",
        "\ufeffTY  - JOUR\r\nTI  - a\r\nDA  - 2001\r\nER  - \r\n",
        "TY  - JOUR\nTY  - BOOK\nTI  - a\nPY  - 2001\nTY  - OTHER\nKW  - x\nER  - \n",
        "TY  - JOUR\nTI  - a\nPY  - 2001\nER  - \nNL  - z\n\n"
        "Link to the Ovid Full Text or citation: x",
    ],
)
def test_ris_of_many_exporters(text):
    passages = read_all(ris.READER, text)
    record = only(ris.READER, text)
    assert (record.title, record.published) == ("a", "2001")
    assert not unread(passages)
    assert ris.READER.recognise(text) >= 0.5


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        ("PY  - 2001/00/00/", "2001"),
        ("PY  - 2001/13/01/", "2001"),
        ("PY  - ///", None),
        ("Y1  - 2015/october", "2015-10"),
        ("PY  - 2016\nDA  - 2016-10-19", "2016-10-19"),
        ("PY  - 2016\nDA  - 2017/01/02", "2016"),
        ("PY  - 2013/02/15/received\nPY  - 2013/04/18", "2013-04-18"),
        ("PY  - 99", None),
    ],
)
def test_ris_dates(lines, date):
    assert only(ris.READER, f"TY  - JOUR\nTI  - a\n{lines}\nER  - ").published == date


def test_an_arxiv_paper_in_ris():
    text = (
        "TY  - JOUR\nTI  - a\nJO  - arXiv preprint arXiv:1208.0264v2\n"
        "DO  - 10.48550/arXiv.1208.0264\nN1  - doi: 10.48550/arXiv.1208.0264\nER  - "
    )
    record = only(ris.READER, text)
    assert (record.eprint, record.doi) == ("1208.0264", "10.48550/arXiv.1208.0264")
    assert record.comment is None


def test_entries_without_a_title_are_named():
    for name, text in (
        ("ris", "TY  - JOUR\nAU  - A\nER  - \n"),
        ("isi", "PT J\nAU A\nER\n"),
        ("endnote", "%0 Book\n%A A\n"),
        ("medline", "PMID- 1\nFAU - A\n"),
    ):
        (remark,) = remarks(read_all(READERS[name], text))
        assert remark.message == "an entry without a title"


_PIECES = st.sampled_from(
    ["TY  - J", "ER  - ", "TI  - x", "AB  - y", "PT J", "ER", "TI x", "EF", "FN a", "%0 B", "%T t",
     "%A n", "PMID- 1", "TI  - z", "PMC - 2", "      on", "words", "\n", "\n", "\r\n", "\r", " ",
     "\ufeff", "KW  - a;b", "TI- c", "AU ~ d", "<1>", "Title", "PY 2001", "DP  - 2001", "3."]
)  # fmt: skip


@pytest.mark.parametrize("name", READERS)
@given(text=st.lists(_PIECES, max_size=40).map("".join))
def test_nothing_is_lost_of_any_text(name, text):
    read_all(READERS[name], text)
    assert 0 <= READERS[name].recognise(text) <= 1


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR\n" * 20_000,
        "ER  - \n" * 20_000,
        "TY  - J\nAB  - " + "\r\n \r\n" * 40_000 + "x",
        "TY  - J\nAB  - " + "<p " * 60_000,
        "TY  - J\nPY  - " + "/" * 200_000,
        "PMID- 1\n" * 20_000,
        "PT J\n" * 30_000,
        "%0 a\n" * 20_000,
        "\n\n%A a\n%T b\n" * 10_000,
        "1" * 200_000,
    ],
)
def test_hostile_texts_take_no_time(name, text):
    with ends():
        for _ in READERS[name].read(text):
            pass
        READERS[name].recognise(text[:65_536])


_IMPORTER = "JabRef+jabref/jablib/src/test/resources/org/jabref/logic/importer/fileformat"


def test_real_ris_files_give_as_many_records_as_lines_that_end_one():
    differ = {}
    total = 0
    for path, text in real_texts("formats/ris"):
        expected = len(re.findall(r"^ER *-", text, re.M))
        passages = read_all(ris.READER, text)
        found = len(records(ris.READER, text))
        total += found
        if found != expected:
            differ[path.name] = (expected, found, len(unread(passages)))
        assert ris.READER.recognise(text[:65_536]) >= 0.5, path.name
    # Two of its 61 entries hold nothing between TY and ER.
    assert differ == {"baseline_reference_types.ris": (61, 59, 2)}
    assert total > 240


@pytest.mark.parametrize(
    ("name", "folder", "pattern", "count"),
    [
        ("isi", "formats/isi-endnote", "*.isi", r"^ER$"),
        ("endnote", "formats/isi-endnote", "*example.enw", r"^%0 "),
        ("copac", "formats/isi-endnote", "Copac*", r"^TI-"),
        ("copac", "formats/isi-endnote", "Inspec*", r"^TI ~"),
        ("ovid", "formats/isi-endnote", "Ovid*", r"^ *<\d+> *$"),
        ("medline", "formats/nbib", "*", r"^PMID-"),
        ("medline", "formats/medline", "*.txt", r"^(?:PMID-|PMC -\d|PMCR-)"),
    ],
)
def test_real_files_of_the_others_give_as_many_records_as_entries(name, folder, pattern, count):
    for path, text in real_texts(folder):
        if not path.match(pattern):
            continue
        expected = len(re.findall(count, text.replace("\r\n", "\n"), re.M))
        assert len(records(READERS[name], text)) == expected, path.name
        assert not expected or READERS[name].recognise(text[:65_536]) >= 0.5, path.name


def test_readers_leave_all_other_real_files_alone():
    own = {"ris": {"ris"}, "isi": {"isi-endnote"}, "endnote": {"isi-endnote"},
           "copac": {"isi-endnote"}, "ovid": {"isi-endnote"},
           "medline": {"medline", "nbib"}}  # fmt: skip
    folder = SHARED / "formats"
    for path, text in real_texts("formats", "dumps", "seeds"):
        kind = path.relative_to(folder).parts[0] if folder in path.parents else ""
        for name, reader in READERS.items():
            if kind not in own[name]:
                assert reader.recognise(text[:65_536]) < 0.5, (name, path)
