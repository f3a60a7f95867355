"""The table of formats: a new one is a module and a row here.

A reader's module is imported only when a text may be of its format, so that a digest of one kind
does not pay for all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import import_module
from typing import Literal, NamedTuple

from digest.readers.base import Reader

_ROW_OF_NAMES = (
    r"\A[\s\ufeff]*(?:sep=.\s*)?(?:[^\n,;\t|]{0,120}[,;\t|]){1,300}[^\n,;\t|]{0,120}(?:\n|\Z)"
)
_TAGS = r"</|/>|<[a-zA-Z]"
_ANGLES = ("<", "/>")
_STRING_OF_LINES = (
    r"(?m)\A[\s\ufeff]*[\[{]"
    r"|^[ \t-]*[\w\"'!][\w\"' -]{0,60}:[ \t]+(?:![^\s]{1,40}[ \t]+)?[|>\"'<]"
)


Needs = Literal["nothing", "head", "named", "all"]
"""What an entry needs of its file to be understood, besides its own text: nothing, what stands
before the first entry (a row of names, a root element), what other entries define (the module's
`context` gathers that, and its `cut` tells where an entry begins), or all of it."""


class Format(NamedTuple):
    """A row: where a reader stands, and what every text of its format holds."""

    name: str
    module: str
    sign: str | None = None
    """Pattern without which a text cannot be of this format; None where there is no such thing.
    It only spares work: the reader's own `recognise` decides."""
    reader_name: str = "READER"
    last_resort: bool = False
    """Asked only where no other reader knows the text."""
    contested: bool = False
    """Whether its reader knows a text by few signs, and may claim one that others explain better:
    its reading is looked at for faults before it is taken."""
    contests: bool = False
    """Whether its reader is asked about such a text: it looks for structure of any kind."""
    maps_fields: bool = False
    """Whether its module can `make_reader(mapping)` for fields of unusual names."""
    needs: Needs = "nothing"
    """Decides how a text is read that is too large to hold."""
    marks: tuple[str, ...] = ()
    """Texts of which every match of the sign has one; they are found far faster than the sign."""
    apart: str = ""
    """What stands between two entries and belongs to neither."""

    @property
    def reader(self) -> Reader:
        """The reader itself."""
        found: Reader = getattr(import_module(f"digest.readers.{self.module}"), self.reader_name)
        return found

    def reader_with(self, fields: Mapping[str, str]) -> Reader:
        """The reader that looks for a paper's fields where `fields` (role to field) says."""
        if not fields or not self.maps_fields:
            return self.reader
        made: Reader = import_module(f"digest.readers.{self.module}").make_reader(fields)
        return made

    def may_be(self, text: str) -> bool:
        """Whether it is worth asking the reader."""
        if self.marks and not any(mark in text for mark in self.marks):
            return False
        return self.sign is None or re.search(self.sign, text) is not None


FORMATS: tuple[Format, ...] = (
    Format("front-matter", "front_matter", r"\A\ufeff?---", needs="all"),
    Format("atom", "xml.atom", _TAGS, needs="head", marks=_ANGLES),
    Format("oai", "xml.oai", _TAGS, needs="head", marks=_ANGLES),
    Format("pubmed", "xml.pubmed", _TAGS, needs="head", marks=_ANGLES),
    Format("crossref-xml", "xml.crossref", _TAGS, needs="all", marks=_ANGLES),
    Format("endnote-xml", "xml.endnote", _TAGS, needs="head", marks=_ANGLES),
    Format("html", "html.pages", _TAGS, needs="all", marks=_ANGLES),
    Format("bibtex", "bibtex", r"@\s{0,40}\w+\s{0,40}[{(]", needs="named"),
    Format("ris", "tagged.ris", r"(?:TY|ER)[ \t]{0,4}-", marks=("TY", "ER")),
    Format("medline", "tagged.medline", r"(?:PM(?:ID|CR?)|OWN|STAT|DCOM|FAU|JID|PHST|EDAT) {0,2}-"),
    Format("isi", "tagged.isi", r"(?m)^\ufeff?(?:FN|PT)\b", marks=("FN", "PT")),
    Format("endnote", "tagged.endnote", r"%[A-Z0-9]"),
    Format("ovid", "tagged.ovid", r"<\d{1,7}>"),
    Format("copac", "tagged.copac", r"TI(?:-| ~)"),
    Format(
        "json", "json_records", r"\A[\s\ufeff\x1e]*[\[{]", maps_fields=True, needs="head", apart=","
    ),
    Format("wrapped", "wrapped", _STRING_OF_LINES, needs="all"),
    Format("quoted", "quoted", r"(?m)^[ \t]{0,4}>", needs="all", marks=(">",)),
    Format("arxiv-mail", "arxiv_mail", r"(?i)arxiv|paper\s{0,4}:"),
    Format("arxiv-page", "listings.arxiv_pages", r"(?i)arxiv", "ARXIV_PAGE"),
    Format("arxiv-list", "listings.arxiv_pages", r"(?i)arxiv", "ARXIV_LIST"),
    Format("labelled", "listings.arxiv_pages", None, "LABELLED", contested=True),
    Format("papers-cool", "listings.paper_pages", r"#\d", "PAPERS_COOL"),
    Format("paper-page", "listings.paper_pages", r"(?i)abstract", "PAPER_PAGE", contested=True),
    Format("digest-page", "listings.digest_pages", contested=True),
    Format("repository-search", "listings.repository_search", r"Comment:", contested=True),
    Format("abstracts", "listings.abstracts", r"(?i)abstract", contested=True),
    Format("blocks", "listings.blocks", contested=True),
    Format("glued", "listings.glued", contested=True),
    Format("reference-list", "listings.reference_lists", r"\d{4}", needs="all", contests=True),
    Format(
        "markdown",
        "markdown.document",
        r"(?m)^[ \t]*[-*+•#|\d]|<summary|\|",
        needs="all",
        contested=True,
    ),
    Format("table", "tables", _ROW_OF_NAMES, maps_fields=True, needs="head"),
    Format("accepted-papers", "listings.accepted", needs="all", contested=True),
    Format("titles", "listings.titles", contested=True),
    Format("general", "listings.general", last_resort=True, needs="all", contests=True),
)
"""Every format, the unmistakable ones first: the first that is certain is taken."""
