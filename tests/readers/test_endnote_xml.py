"""EndNote's XML: styled values, dates in words, groups of addresses."""

from __future__ import annotations

from digest.readers import read_text
from digest.readers.base import Unread
from digest.readers.xml.endnote import READER
from tests.readers.passages import account, line_of, records, remarks


def styled(name: str, value: str) -> str:
    """An element as EndNote writes it."""
    return f'<{name}><style face="normal" font="default" size="100%">{value}</style></{name}>'


def reference(title: str, more: str = "", kind: str = "Journal Article") -> str:
    return (
        '<record><database name="Moths.enl">Moths.enl</database><source-app name="EndNote"/>'
        f'<rec-number>7</rec-number><ref-type name="{kind}">17</ref-type>'
        f"<titles>{styled('title', title)}{styled('secondary-title', 'J. Moths')}</titles>"
        f"{more}</record>\n"
    )


def dated(year: str, date: str) -> str:
    return f"<dates>{styled('year', year)}<pub-dates>{styled('date', date)}</pub-dates></dates>"


def library(*references: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<xml><records>\n'
        + "".join(references)
        + ("</records></xml>\n")
    )


AUTHORS = (
    f"<contributors><authors>{styled('author', 'Owl, Ada')}{styled('author', 'Moth Group,')}"
    f"</authors><secondary-authors>{styled('author', 'Bat, Bo')}</secondary-authors></contributors>"
)


def test_a_reference() -> None:
    """Every field, through the styles that say how its words look."""
    text = library(
        reference(
            'On <style face="italic" font="default" size="100%">Noctua</style> &amp; light',
            AUTHORS
            + styled("pages", "3-9") + styled("volume", "12") + styled("number", "4")
            + dated("2015", "Mar 3")
            + "<keywords>" + styled("keyword", "Light") + styled("keyword", "Moths; *Owls")
            + "</keywords>"
            + styled("abstract", "We count.&#xD;&#xD;Twice, see https://github.com/owl/moths.")
            + styled("notes", "read it")
            + "<urls><related-urls>"
            + f"<url>{styled('x', 'https://moths.example/1')[3:-4]}</url></related-urls>"
            + "<pdf-urls><url>internal-pdf://owl.pdf</url></pdf-urls></urls>"
            + styled("electronic-resource-num", "https://doi.org/10.1000/m.1"),
        )
    )  # fmt: skip
    reading = read_text(text, "m.xml")
    assert reading.format == "endnote-xml"
    assert not reading.problems
    (record,) = records(account(READER, text))
    assert text[slice(*record.span)].startswith("<record>")
    assert record.title == "On Noctua & light"
    assert record.authors == ("Owl, Ada", "Moth Group")
    assert record.abstract == "We count.\n\nTwice, see https://github.com/owl/moths."
    assert record.doi == "10.1000/m.1"
    assert record.published == "2015-03-03"
    assert record.venue == "J. Moths"
    assert record.journal_ref == "J. Moths 12 (4), 3-9 (2015)"
    assert record.tags == ("Light", "Moths", "Owls")
    assert record.comment == "read it"
    assert [(link.kind, link.url) for link in record.links] == [
        ("other", "https://moths.example/1"),
        ("code", "https://github.com/owl/moths"),
    ]


def test_dates_and_editors() -> None:
    """A month alone, a date of another year, a date with its own year; editors of a book."""
    dates = [("1937", "Jan"), ("2001", "5 May 1999"), ("", "2004-11-02"), ("2010", "Spring"),
             ("2011", "2011/07")]  # fmt: skip
    text = library(
        *(
            reference(
                f"Moths {n}",
                dated(year, date),
            )
            for n, (year, date) in enumerate(dates)
        ),
        reference("Book", AUTHORS, "Edited Book"),
        reference("Own", AUTHORS[: AUTHORS.index("<authors>")] + AUTHORS[AUTHORS.index("<sec") :],
                  "Edited Book"),
    )  # fmt: skip
    found = records(account(READER, text))
    assert [r.published for r in found[:5]] == ["1937-01", "2001", "2004-11-02", "2010", "2011-07"]
    assert found[5].authors == ("Owl, Ada", "Moth Group")
    assert found[6].authors == ("Bat, Bo",)


def test_a_broken_reference_costs_itself() -> None:
    """The others are read, and the problem names its line, once."""
    text = library(
        reference("One"), reference("Two</title><title"), "<record>\n", reference("Four")
    )
    passages = account(READER, text)
    assert [r.title for r in records(passages)] == ["One", "Four"]
    assert sum(isinstance(p, Unread) for p in passages) == 2
    lines = [line for line, severity, _ in remarks(text, passages) if severity == "error"]
    assert lines == [line_of(text, "Two"), line_of(text, "<record>\n")]
    reading = read_text(text, "m.xml")
    assert [p.line for p in reading.problems] == lines


def test_other_records_are_left_alone() -> None:
    """Elements called `record` are many things."""
    for text in (
        "<records><record><title>A film</title></record></records>",
        "<record><header><identifier>oai:x</identifier></header></record>",
    ):
        assert READER.recognise(text) == 0.0
