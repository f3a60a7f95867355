"""What parsers of pasted listings get wrong, one small page each."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.paper import Record
from digest.problems import DigestError
from digest.readers import read_file, read_text
from digest.readers.formats import FORMATS
from digest.readers.listings.comments import comment_score
from tests.readers.account import lost_in_text
from tests.watchdog import ends

ONE = (
    "We present a lantern clock that keeps time by counting moths. It is shown that a swarm of "
    "forty moths suffices, and that the results hold for butterflies. Experiments in three gardens "
    "show an error below a minute a day."
)
TWO = (
    "Tide tables are usually computed in advance. In this paper we learn them from the cries of "
    "gulls, which are recorded on a pier. Our method needs no almanac, and its predictions are as "
    "good as those of harbour masters."
)


def records(text: str, form: str | None = None) -> list[Record]:
    reading = read_text(text, "page.txt", form)
    assert not lost_in_text(text, reading)
    return [sighting.record for sighting in reading.sightings]


@pytest.mark.parametrize(
    ("closing", "doi", "reference"),
    [
        ("arXiv:2203.10280", None, None),
        ("arXiv:2203.10280 - doi: 10.1103/PhysRevB.68.085314", "10.1103/PhysRevB.68.085314", None),
        ("arXiv:2203.10280 - doi: 10.1000/x.12 Rev. Moths 72:1584-1587,1994", "10.1000/x.12",
         "Rev. Moths 72:1584-1587,1994"),
        ("arXiv:2203.10280 - doi: 10.1000/x.12 Rev. Moths B 76, 161308(R) (2007)", "10.1000/x.12",
         "Rev. Moths B 76, 161308(R) (2007)"),
        ("arXiv:2203.10280 - doi: 10.1000/x.12 Moth Lett. 786 (2007), no. 3, 267--296",
         "10.1000/x.12",
         "Moth Lett. 786 (2007), no. 3, 267--296"),
        ("arXiv:2203.10280 Proceedings of the Moth Conference 2022 (MC '22), Lyon, France", None,
         "Proceedings of the Moth Conference 2022 (MC '22), Lyon, France"),
        ("arXiv:2203.10280 - J. Moths 12, 3 (1999)", None, "J. Moths 12, 3 (1999)"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("glued", [True, False])
def test_identifier_closes_the_entry_before_it(
    closing: str, doi: str | None, reference: str | None, *, glued: bool
) -> None:
    """With and without a line end after it, identifier, DOI and reference end where they end."""
    text = f"{ONE}\n12 pages\n{closing}{'' if glued else chr(10)}{TWO}\narXiv:2203.00002"
    first, second = records(text)
    assert (first.abstract, first.comment, first.eprint) == (ONE, "12 pages", "2203.10280")
    assert (first.doi, first.journal_ref) == (doi, reference)
    assert (second.abstract, second.comment, second.eprint) == (TWO, None, "2203.00002")


@pytest.mark.parametrize(
    "start",
    [
        "3D moths are flown.",
        "$x$ moths fly.",
        '"Moth" is a word.',
        "moths do fly.",
        "(Short) We fly.",
    ],
)
def test_abstracts_may_start_with_anything(start: str) -> None:
    """After a glued identifier there may be digits, mathematics, quotes and lower case."""
    text = f"{ONE}\narXiv:1909.00708{start} {TWO}\narXiv:2203.00002"
    first, second = records(text)
    assert first.eprint == "1909.00708"
    assert second.abstract == f"{start} {TWO}"


def test_identifiers_of_other_papers_do_not_close() -> None:
    """A mention in mid-sentence, or in a comment, is text."""
    text = (
        f"{ONE} This extends\narXiv:1909.00708, and arXiv:1909.00709 as well.\n"
        "arXiv admin note: text overlap with arXiv:2002.09102\narXiv:2203.00002"
        f"{TWO}\narXiv:2203.00003"
    )
    first, second = records(text)
    assert first.abstract == f"{ONE} This extends arXiv:1909.00708, and arXiv:1909.00709 as well."
    assert first.comment == "arXiv admin note: text overlap with arXiv:2002.09102"
    assert second.eprint == "2203.00003"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_blocks_with_and_without_blank_lines_in_one_file(end: str) -> None:
    """Each entry is read by its own closing, so a file may mix them."""
    text = end.join(
        [
            ONE, "", TWO, "", "To appear in Moths 2023", "",
            "arXiv:hep-th/9901001v2 - doi: 10.1000/Abc.1",
            "Created: 1999-01-02 Updated: 1999-03-04", "", TWO, "3 pages", "arXiv:2203.00002",
            "Created: 2022-03-01",
        ]
    )  # fmt: skip
    first, second = records(text)
    assert first.abstract == f"{ONE}\n\n{TWO}"
    assert first.comment == "To appear in Moths 2023"
    assert (first.eprint, first.eprint_version, first.doi) == ("hep-th/9901001", 2, "10.1000/Abc.1")
    assert (first.published, first.updated, first.published_as) == (
        "1999-01-02", "1999-03-04", "created",
    )  # fmt: skip
    assert (second.abstract, second.comment, second.published) == (TWO, "3 pages", "2022-03-01")


def test_cut_entry_is_kept_with_a_warning() -> None:
    """A listing that was cut loses its last identifier, not its last abstract."""
    reading = read_text(f"{ONE}\n\narXiv:2203.00002\nCreated: 2022-03-01\n\n{TWO}", "x.txt")
    assert reading.sightings[1].record.abstract == TWO
    assert reading.problems[0].severity == "warning"


@pytest.mark.parametrize(
    "label", ["Abstract:", "Abstract: ", "ABSTRACT:", "Abstract\n", "Abstract :\n"]
)
def test_abstract_labels(label: str) -> None:
    """The label's spellings; the word inside a text is text."""
    inner = f"Abstract State Machines are fine. {ONE} Abstract: this goes on."
    text = f"{label}{inner}\n\n{label}{ONE}\nAnd on.\n\n{TWO}"
    first, second = records(text)
    assert first.abstract == inner
    assert second.abstract == f"{ONE} And on.\n\n{TWO}"


def test_one_entry_is_enough() -> None:
    """A page with a single abstract, or a single title, is read too."""
    assert records(f"Abstract: {ONE}")[0].abstract == ONE
    assert records(f"A Clock of Moths\n\n{ONE}")[0].title == "A Clock of Moths"


def test_page_furniture_and_trailers() -> None:
    """Furniture is chrome, a trailer's date is the paper's, the page's own date is not."""
    text = (
        "Sign in\nMay 22\n\nMOTHS\n\n"
        f"{ONE}\n\n  • 2 authors\n·\nJul 22, 2024\n\nDo Gulls Know the Tide?\n\n{TWO}\n\n"
        "2 days ago\n\n"
        "Load more\n"
    )
    reading = read_text(text, "x.txt")
    assert not lost_in_text(text, reading)
    assert reading.format == "titles"
    first, second = (sighting.record for sighting in reading.sightings)
    assert (first.title, first.published, first.published_as) == ("MOTHS", "2024-07-22", "page")
    assert (second.title, second.published) == ("Do Gulls Know the Tide?", None)
    assert [text[a:b] for a, b in reading.chrome] == ["Sign in", "May 22", "Load more"]
    assert not reading.unread


def test_titles_without_blank_lines_and_a_glued_button() -> None:
    """`SubscribeA Clock...` is a button and a title."""
    first, second = records(f"SubscribeA Clock of Moths: Keeping Time\n{ONE}\nGulls.\n{TWO}\n")
    assert first.title == "A Clock of Moths: Keeping Time"
    assert (second.title, second.abstract) == ("Gulls.", TWO)


@pytest.mark.parametrize(
    "text",
    [
        "Dear Ada,\n\nthank you for your letter. I hope that you are well, and that your moths "
        "are too.\n\n"
        "Yours,\nBob\n",
        "# moths\n\nA library.\n\n## Install\n\n    pip install moths\n\n- fast\n- small\n",
        "import os\n\n\ndef main():\n    print('This is shown, and we are done')\n\n\nmain()\n",
        "just a line",
    ],
)
def test_what_is_no_listing_stays_unread(text: str) -> None:
    """Better nothing than wild records; and the problem says what to do."""
    reading = read_text(text, "x.txt")
    assert reading.format is None
    assert not reading.sightings
    assert not lost_in_text(text, reading)
    assert reading.problems[0].hint


@pytest.mark.parametrize(
    ("passage", "is_comment"),
    [
        ("10 pages", True),
        ("accepted by cikm 2023", True),
        ("v2: typos corrected, references added", True),
        ("LaTeX, 28 pages; including three .eps-figures", True),
        ("PhD thesis, University of Moths", True),
        ("These results are extended to higher dimensions in the last part.", False),
        ("Our code is available at https://github.com/a/moths.", False),
        ("We further show that the method outperforms 12 baselines on three datasets.", False),
    ],
)
def test_comment_is_told_by_its_form(passage: str, *, is_comment: bool) -> None:
    """The last paragraph before an identifier is one or the other."""
    assert (comment_score(passage) > 0) == is_comment


def test_problems_of_files(tmp_path: Path) -> None:
    """A missing, empty, binary or strange file is a problem with a hint, never an exception."""
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\x00\x01")
    for name in ("missing.txt", "empty.txt", "picture.txt", "."):
        reading = read_file(tmp_path / name, name)
        assert not reading.sightings
        assert reading.problems[0].hint


def test_unknown_format_names_the_nearest() -> None:
    """A slip of the pen in `--as` is answered with the right word."""
    with pytest.raises(DigestError, match="unknown format `abstract`"):
        read_text(ONE, "x.txt", "abstract")


@pytest.mark.parametrize(
    "unit",
    ["a", "(", "$", "arXiv:", "arXiv:2203.12596", "A.B. ", "\n", "Abstract:\n", "· ", "A b\n"],
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    """20 KB of the worst pass every reader within seconds."""
    text = unit * (20_000 // len(unit)) + "x"
    for row in FORMATS:
        reader = row.reader
        with ends(10):
            read_text(text, "x.txt", reader.name)
