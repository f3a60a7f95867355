"""BibTeX: what entries say, what broken ones cost, and that no character is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.paper import Link
from digest.readers import bibtex
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

READER = bibtex.READER

WHOLE = """\
% Encoding: UTF-8
@Article{lamp99,
  author   = {Lamp, Ida and {Harbour Office and Sons} and Jos{\\'e} Ortega and others},
  title    = {{On {LED} Lamps of \\emph{small} Harbours}},
  journal  = {Journal of Quays},
  volume   = {12}, number = 3, pages = {4--9},
  year     = 1999, month = mar # "~7",
  doi      = {https://doi.org/10.5555/QUAY\\_99.12},
  url      = {https://github.com/quays/lamps},
  keywords = {lamps, harbours},
  note     = {With a map},
  abstract = {Lamps shine.

      They  shine
      at night.},
}
"""


def test_a_whole_entry_gives_every_field():
    record = only(READER, WHOLE)
    assert WHOLE[slice(*record.span)].startswith("@Article{") and record.span[1] == len(WHOLE) - 1
    assert record.title == "On {LED} Lamps of \\emph{small} Harbours"
    assert record.authors == ("Lamp, Ida", "Harbour Office and Sons", "Jos{\\'e} Ortega")
    assert (record.published, record.published_as) == ("1999-03-07", "bibtex")
    assert record.venue == "Journal of Quays"
    assert record.journal_ref == "Journal of Quays 12(3), 4-9 (1999)"
    assert record.doi == "10.5555/QUAY_99.12"
    assert record.links == (Link("code", "https://github.com/quays/lamps"),)
    assert record.tags == ("lamps", "harbours")
    assert record.comment == "With a map"
    assert record.abstract == "Lamps shine.\n\nThey shine at night."


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_of_any_kind_give_the_same(ends):
    text = WHOLE.replace("\n", ends)
    assert only(READER, text).abstract == "Lamps shine.\n\nThey shine at night."


@pytest.mark.parametrize(
    ("fields", "eprint"),
    [
        ("eprint={2309.04669v2}, archivePrefix={arXiv}", "2309.04669"),
        ("eprint={9901001}, archivePrefix={arXiv}, primaryClass={hep-th}", "hep-th/9901001"),
        ("eprint={arXiv:1208.0264}, eprinttype={arxiv}", "1208.0264"),
        ("eprint={2309.04669}", "2309.04669"),
        ("eprint={12345678}, eprinttype={pubmed}", None),
        ("journal={arXiv preprint arXiv:1208.0264}", "1208.0264"),
        ("journal={CoRR}, volume={abs/1208.0264}", "1208.0264"),
        ("number={arXiv:2301.00001 [cs]}, publisher={arXiv}", "2301.00001"),
        ("url={http://arxiv.org/pdf/1208.0264v1}", "1208.0264"),
        ("doi={10.48550/arXiv.2301.00001}", "2301.00001"),
        ("arxivId={1208.0264}", "1208.0264"),
        ("note={Accepted at QUAY. arXiv:1208.0264}", "1208.0264"),
        ("note={arXiv preprint 1208.0264}", None),
        ("note={Comment on arXiv:1208.0264}", None),
        ("note={see also arXiv:1208.0264}", None),
    ],
)
def test_arxiv_identifiers_are_found_wherever_people_put_them(fields, eprint):
    assert only(READER, "@misc{k, title={T}, " + fields + "}").eprint == eprint


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year=2020, month=feb", "2020-02"),
        ("year={2020}, month={February}", "2020-02"),
        ("year={2020}, month={2}", "2020-02"),
        ('year="2020", month="30~" # feb', "2020-02"),
        ('year="2020", month=feb # "~29"', "2020-02-29"),
        ("year={2020}, month={14}", "2020"),
        ("year={{2020}}, month={May--June}", "2020-05"),
        ("year={2020--2021}", "2020"),
        ("year={1985a}", "1985"),
        ("year={in press}", None),
        ("date={2020-02-03/2020-02-05}", "2020-02-03"),
        ("date={2020-21}", "2020"),
        ("date={2001-01-03T15:00:00}", "2001-01-03"),
        ("date={1996-13-03}", "1996"),
        ("date={-0379-02}", None),
    ],
)
def test_dates(fields, date):
    assert only(READER, "@misc{k, title={T}, " + fields + "}").published == date


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("A B and C D", ("A B", "C D")),
        ("A B AND C D\n and\tE F", ("A B", "C D", "E F")),
        ("{A and B} and C", ("A and B", "C")),
        ("Bandl, A. and and and others", ("Bandl, A.",)),
        ("given=Hans, family=Harm, prefix=von and Ann Lee", ("von Harm, Hans", "Ann Lee")),
        ("Ann Lee; Bo Chen", ("Ann Lee", "Bo Chen")),
        ("Ann Lee, Bo Chen, Cy Day", ("Ann Lee", "Bo Chen", "Cy Day")),
        ("Lee, Jr., Ann", ("Lee, Jr., Ann",)),
        ("Ann Lee and et al.", ("Ann Lee",)),
    ],
)
def test_names(value, names):
    assert only(READER, "@misc{k, title={T}, author={" + value + "}}").authors == names


def test_markup_of_web_pages_becomes_text_and_mathematics_stays():
    text = r"@misc{k, title={A &amp; B \&amp; <i>C</i> at $a<b$ &#8211; D}, note={$a<b>c$}}"
    record = only(READER, text)
    assert record.title == r"A & B \& C at $a<b$ – D"
    assert record.comment == "$a<b>c$"


def test_strings_are_joined_and_may_be_defined_later():
    text = """@string{ quay = "Quay" } @String(conf = "The " # quay # " Conference")
@inproceedings{a, title = LATE # { of Lamps}, booktitle = conf # " 7", year = 2001}
@string{late = {Story}}"""
    record = only(READER, text)
    assert (record.title, record.venue) == ("Story of Lamps", "The Quay Conference 7")


def test_an_undefined_string_is_named_once():
    passages = read_all(READER, "@misc{a, title=nobody}\n@misc{b, title=nobody}")
    assert [r.message for r in remarks(passages)] == ["`nobody` is not defined"]


def test_parents_lend_what_a_child_lacks():
    text = """@inproceedings{a, title={Lamp}, crossref={Procs}}
@inbook{c, title={Chapter}, xdata={common, gone}}
@proceedings{procs, title={Proceedings of Quays}, year=2003, month=may, editor={E. D.}}
@xdata{common, year={1990}, journaltitle={J}}"""
    child, chapter, parent = records(READER, text)
    assert (child.venue, child.published, child.authors) == ("Proceedings of Quays", "2003-05", ())
    assert (chapter.published, chapter.venue) == ("1990", "J")
    assert parent.title == "Proceedings of Quays"
    assert parent.authors == ("E. D.",)


def test_an_alias_leads_to_the_parent():
    text = "@book{b, ids={other}, title={Book}, year=1950}\n@inbook{a, title={A}, crossref={other}}"
    assert records(READER, text)[1].published == "1950"


GOOD = "@article{good1, title={First}, year=2001}\n"
AFTER = "\n@article{good2, title={Second}, year=2002}\n"
BROKEN = {
    "unclosed brace": "@article{bad,\n  title = {Bad {one},\n  year = 2000\n}\n",
    "unclosed value": "@article{bad,\n  title = {Bad one,\n  year = {2000}\n}\n",
    "unclosed quote": '@article{bad,\n  title = "Bad one,\n  year = {2000}\n}\n',
    "cut off": "@article{bad,\n  title = {Bad",
    "no fields": "@article{bad,\n}\n",
    "head only": "@article{",
    "noise": "@article{bad, " + "x " * 50 + "}",
}
MENDED = {
    "no closing brace": ("@article{k,\n  title = {T},\n  year = 2000\n", "warning"),
    "no comma": ("@article{k,\n  title = {T}\n  year = 2000}", "warning"),
    "no comma after key": ("@article{k\n  title = {T},\n  year = 2000}", "warning"),
    "no key": ("@article{title = {T}, year = 2000}", "note"),
    "empty key": ("@article{, title = {T}, year = 2000}", "note"),
    "wrong closer": ("@article(k, title = {T}, year = 2000}", "warning"),
    "no braces": ("@article{k, title = T, year = 2000}", "warning"),
    "second title": ("@article{k, title = {T}, title = {U}, year = 2000}", "warning"),
    "junk": ("@article{k, ???, title = {T}, year = 2000}", "warning"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_entry_costs_itself_alone(fault):
    text = GOOD + BROKEN[fault] + AFTER
    passages = read_all(READER, text)
    assert [r.title for r in records(READER, text)] == ["First", "Second"]
    (lost,) = unread(passages)
    assert text[slice(*lost.span)] == BROKEN[fault].rstrip()
    (remark,) = remarks(passages)
    assert remark.severity in ("error", "warning")
    assert lost.span[0] <= remark.at < lost.span[1]
    assert remark.hint


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", " "])
@pytest.mark.parametrize("first", BROKEN)
@pytest.mark.parametrize("second", BROKEN)
def test_two_broken_entries_in_a_row_cost_themselves_alone(first, second, ends):
    text = (GOOD + BROKEN[first] + "\n" + BROKEN[second] + AFTER).replace("\n", ends)
    assert [r.title for r in records(READER, text)] == ["First", "Second"]


@pytest.mark.parametrize("fault", MENDED)
def test_small_faults_cost_nothing_and_are_named(fault):
    entry, severity = MENDED[fault]
    text = GOOD + entry + AFTER
    assert [r.title for r in records(READER, text)] == ["First", "T", "Second"]
    assert records(READER, text)[1].published == "2000"
    (remark,) = remarks(read_all(READER, text))
    assert remark.severity == severity
    assert len(GOOD) <= remark.at < len(GOOD) + len(entry)


def test_quotes_inside_quotes_and_braces_of_any_depth():
    text = '@misc{k, title = "The "best" lamp", note = {a {b {c {d {e {f}}}}}}, year = 2000}'
    record = only(READER, text)
    assert record.title == 'The "best" lamp'
    assert record.comment == "a {b {c {d {e {f}}}}}"
    assert record.published == "2000"


def test_a_line_in_a_value_may_look_like_an_entry():
    text = "@misc{k, title={T}, abstract={We write\n@article{x, title={y}}\nhere.}}\n" + GOOD
    assert [r.title for r in records(READER, text)] == ["T", "First"]


def test_comments_preambles_and_text_between_are_chrome():
    text = (
        'A list of ours, mail to a@b.org.\n@preamble{"\\newcommand{\\x}{y}" # "z"}\n' + GOOD +
        "@comment{@article{no, title={No}}}\n% @article{no, title={No}}\n@Comment jabref: x;\n"
        '@IEEEtranBSTCTL{ctl, CTLuse_article_number = "yes"}\n' + AFTER
    )  # fmt: skip
    passages = read_all(READER, text)
    assert [r.title for r in records(READER, text)] == ["First", "Second"]
    assert not unread(passages)
    assert len(chrome(passages)) > 3


def test_an_entry_behind_a_percent_sign_is_left_out_and_named():
    passages = read_all(READER, GOOD + "%@article{off,\n%  title={Off}\n%}\n" + AFTER)
    assert [r.severity for r in remarks(passages)] == ["note"]
    assert not unread(passages)


def test_pieces_of_entries_between_entries_are_unread():
    passages = read_all(READER, GOOD + "  year = {1999},\n}\n" + AFTER)
    assert len(unread(passages)) == 1


def test_two_entries_of_one_key_are_both_read():
    passages = read_all(READER, GOOD + GOOD)
    assert len(records(READER, GOOD + GOOD)) == 2
    assert [r.severity for r in remarks(passages)] == ["note"]


@pytest.mark.parametrize(
    "text",
    [
        "We thank everybody who came, write to quay@example.org.",
        "@lru_cache(maxsize=None)\ndef f(x): return {x, 1}",
        '@Column(name = "a", length = 3)\nclass A { int x = 1; }',
        "@media screen { a { color: red } }\n@font-face { font-family: x; src: y }",
        "TY  - JOUR\nTI  - x\nER  - \n",
        "@code{x} and @ref{Top, , , y}",
        '{"a": "@article{k, title={T}}"}' + ' "b": 1' * 40,
    ],
)
def test_other_texts_are_not_claimed(text):
    assert READER.recognise(text) < 0.5


def test_programs_that_hold_entries_are_not_claimed():
    assert READER.recognise(Path(__file__).read_text("utf-8")) < 0.5


def test_bibtex_is_recognised():
    assert READER.recognise(WHOLE) > 0.9
    assert READER.recognise("Our papers\n\n" + WHOLE) > 0.7
    assert READER.recognise("@string{a = {b}}\n" * 9) > 0.5


_PIECES = st.sampled_from(
    ["@article{", "@misc(", "@string{", "@comment{", "@x{", "k,", "title", " = ", "{", "}", '"',
     "#", ",", "\n", "\r", "%", " ", "\\", "a", "2001", "and", ")", "crossref={k}", "@", "é",
     "\ufeff"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=60).map("".join))
def test_nothing_is_lost_of_any_text(text):
    read_all(READER, text)
    assert 0 <= READER.recognise(text) <= 1


@pytest.mark.parametrize(
    "text",
    [
        "@article{k,title={" + "{" * 100_000,
        "@article{k,a={\n" * 8_000,
        "@article{k,a={ " * 8_000,
        '@article{k,a="x" y ' * 6_000,
        "@article{k," + 'a="x" y ' * 12_000,
        "@comment{{\n" * 10_000,
        "%@article{\n" * 9_000,
        "@article{k," + "{}" * 50_000,
        "@misc{k,title={" + "{" * 20_000 + "}" * 20_000 + "}}",
        '@string{a0="x"}' + "".join(f"@string{{a{i}={'#'.join([f'a{i - 1}'] * 10)}}}\n"
                                     for i in range(1, 500)) + "@misc{k,title=a499}",
        "".join(f"@misc{{k{i},title={{t}},crossref={{k{i + 1}}}}}\n" for i in range(3_000)),
        "@misc{k,author={" + "{} and " * 15_000 + "}}",
    ],
)  # fmt: skip
def test_hostile_texts_take_no_time(text):
    with ends():
        assert sum(1 for _ in READER.read(text)) < 100_000


_ENTRY = re.compile(r"^[ \t]*@\s*([^\s{}(),@]+)\s*[{(]", re.M)
_NO_PAPER = {"string", "preamble", "comment", "xdata", "set", "control", "ieeetranbstctl"}
_FEWER = {
    "entry.bib": (4, 3),  # an entry without fields
    "test__better-bibtex__import__Better_BibTeX.009.bib": (3, 2),  # the same
    "unbalanced-open.bib": (2, 1),  # one brace too few: that entry is unread
    "unterminated-quote.bib": (2, 1),  # one quote too few: the same
}
"""File, entries found, records: where they differ, and why."""


def test_real_files_give_as_many_records_as_they_have_entries():
    """Against a count of lines that open an entry, over all files of ../shared."""
    differ = {}
    total = 0
    for path, text in real_texts("formats/bibtex", "hostile/bibtex", "hostile/own/bibtex"):
        if path.suffix != ".bib":
            continue
        expected = sum(m[1].lower() not in _NO_PAPER for m in _ENTRY.finditer(text))
        found = sum(1 for p in READER.read(text) if type(p).__name__ == "Record")
        total += found
        if expected != found:
            differ[path.name] = (expected, found)
    assert differ == _FEWER
    assert total > 2_500


def test_real_files_are_recognised_and_nothing_is_lost():
    for path, text in real_texts("formats/bibtex", "hostile/own/bibtex"):
        if len(text) < 200_000:
            read_all(READER, text)
        if _ENTRY.search(text):
            assert READER.recognise(text[:65_536]) >= 0.5, path.name


_LINE = re.compile(
    r"^[ \t]*(title|doi|year|author)\s*=\s*\{([^{}\\\r\n]+)\},?[ \t\r]*$", re.M | re.I
)
_INVOLVED = re.compile(r"subtitle|date|crossref|xdata", re.I)


def test_plain_fields_of_real_files_are_read_exactly():
    """What stands on one line, without braces or TeX inside, is what the record says."""
    compared = 0
    for path, text in real_texts("formats/bibtex"):
        for record in records(READER, text) if len(text) < 200_000 else ():
            entry = text[slice(*record.span)]
            said: dict[str, str] = {}
            for name, value in _LINE.findall(entry):
                said.setdefault(name.lower(), " ".join(value.split()))
            if _INVOLVED.search(entry):
                continue
            if "title" in said:
                assert record.title == said["title"], path
                compared += 1
            if re.fullmatch(r"10\.\d{4,}/\S+", said.get("doi", "")):
                assert record.doi == said["doi"], path
            if re.fullmatch(r"[12]\d{3}", said.get("year", "")):
                assert record.published is not None
                assert record.published[:4] == said["year"], path
            names = re.split(r" and ", said.get("author", ""))
            if all(re.fullmatch(r"[A-Z][a-z]+, [A-Z][a-z]+", name) for name in names):
                assert record.authors == tuple(names), path
    assert compared > 200


def test_the_reader_leaves_all_other_real_files_alone():
    own = SHARED / "formats/bibtex"
    for path, text in real_texts("formats", "dumps", "seeds"):
        if own not in path.parents:
            assert READER.recognise(text[:65_536]) < 0.5, path
