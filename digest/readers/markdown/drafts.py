"""An entry while it is gathered from cells, labels and links, and the record that it becomes."""

from __future__ import annotations

import re

from digest.identifiers import parse_doi
from digest.paper import Link, LinkKind, Record
from digest.readers.markdown.addresses import Target, find_doi, find_eprint, is_empty, target_of
from digest.readers.markdown.inline import Piece, parse, plain, prose
from digest.readers.markdown.labels import Role, match_label
from digest.readers.markdown.values import find_when, is_preprint, read_names, read_venue

_ARXIV_SAID = re.compile(r"\barxiv\s{0,3}[:：]?\s{0,3}(?=\d{4}\.\d|[a-z-]+/\d)", re.I)
_DOI_SAID = re.compile(r"\bdoi\s{0,3}[:：]\s{0,3}(10\.\S+)", re.I)
_NULL = re.compile(r"(?:null|none|n/?a|nan|tbd|todo|[-–—/\\x×✗❌]{0,4}|no code|无|暂无)", re.I)
_LESS = re.compile(r"\s*(?:△ Less|▽ More|\(Read more\)|Read more)\s*$")
_LABELLED: dict[Role, LinkKind] = {
    "code": "code", "project": "project", "data": "data", "video": "video", "demo": "demo",
}  # fmt: skip
_NEXT_LABEL = re.compile(r"\s\|\s|\s(?=\*\*[^*\n]{1,32}\*\*\s?[:：]?)|<br\s?/?>|[；;]\s")
_MAX_LINKS = 100
_TAG_EDGES = "# []`*_."


class Draft:
    """The fields of one entry; what is said first stays."""

    def __init__(self) -> None:
        self.title: str | None = None
        self.abstract: list[str] = []
        self.authors: tuple[str, ...] = ()
        self.eprint: str | None = None
        self.version: int | None = None
        self.doi: str | None = None
        self.published: str | None = None
        self.updated: str | None = None
        self.comment: str | None = None
        self.journal_ref: str | None = None
        self.venue: str | None = None
        self.links: dict[str, LinkKind] = {}
        self.tags: tuple[str, ...] = ()
        self.papers = 0
        """Links to the paper itself."""
        self.named = False
        """Whether a label said which words are the title."""
        self.confidence = 1.0

    @property
    def identified(self) -> bool:
        """Whether an identifier or a link says that this is a paper."""
        return bool(self.eprint or self.doi or self.papers)

    def take_link(self, label: str, url: str, role: Role | None = None) -> Target | None:
        """Adds the link; None where it leads nowhere."""
        if is_empty(url) or len(url) > 2000:
            return None
        target = target_of(label, url)
        if role in _LABELLED and target.kind in ("other", "paper", "project", "code"):
            target = target._replace(kind=_LABELLED[role])
        elif role in ("link", "title") and target.kind == "other":
            target = target._replace(kind="paper", paper=role == "link" or target.paper)
        if role is None or role not in _LABELLED:
            self._identify(url, label, target)
        self.papers += target.paper
        if len(self.links) < _MAX_LINKS:
            self.links.setdefault(url, target.kind)
        return target

    def _identify(self, url: str, label: str, target: Target) -> None:
        if self.eprint is None:
            found = find_eprint(url)
            if found is None and target.paper and label:
                found = find_eprint(label, bare=True)
            if found:
                self.eprint, self.version = found
        if self.doi is None:
            doi = find_doi(url)
            if doi and not doi.lower().startswith("10.48550/arxiv"):
                self.doi = doi
            elif doi and self.eprint is None:
                found = find_eprint(doi.lower().removeprefix("10.48550/arxiv."), bare=True)
                if found:
                    self.eprint, self.version = found

    def take_badge(self, piece: Piece) -> None:
        """An image without a link may still show the identifier."""
        if self.eprint is None and "img.shields.io" in piece.url and "rxiv" in piece.url.lower():
            found = find_eprint(piece.url)
            if found:
                self.eprint, self.version = found

    def take_said(self, text: str) -> None:
        """Identifiers that the words themselves name: `arXiv:2309.04669`, `doi: 10.1000/x`."""
        if self.eprint is None and (m := _ARXIV_SAID.search(text)):
            found = find_eprint("arxiv:" + text[m.end() : m.end() + 40])
            if found:
                self.eprint, self.version = found
        if self.doi is None and (m := _DOI_SAID.search(text)):
            self.doi = parse_doi(m[1].rstrip(".,;)]"))

    def take_field(self, role: Role, raw: str, name: str = "") -> None:
        """The value `raw`, still Markdown, of the field that a label or a column names."""
        for each_role, each_name, value in _split_labels(role, name, raw.strip()):
            if value and not _NULL.fullmatch(value.strip(" |")):
                self._take_one(each_role, each_name, value)

    def _take_one(self, role: Role, name: str, raw: str) -> None:
        if role == "abstract":
            said = _LESS.sub("", prose(raw))
            if said:
                self.abstract.append(said)
            return
        pieces = parse(raw)
        words = plain(raw) if role != "ignored" else ""
        for piece in pieces:
            if piece.kind == "link" and role != "ignored":
                self.take_link(piece.text, piece.url, role)
            elif piece.kind == "image":
                self.take_badge(piece)
        if role == "title":
            # A label names the title beyond doubt; above it stood a number or a translation.
            said = words.strip('"“” ')
            if said and not self.named:
                self.title, self.named = said, True
        elif role == "authors":
            shown = ["" if p.kind == "image" else p.text if p.text else " " for p in pieces]
            self.authors = self.authors or read_names(" ".join("".join(shown).split()))
        elif role == "date":
            when = find_when(words)
            self.published = self.published or when
            if when is None or (name in ("year", "年份") and self.venue is None):
                self.venue = self.venue or read_venue(words)
        elif role == "updated":
            self.updated = self.updated or find_when(words)
        elif role == "venue":
            if not is_preprint(words):
                self.venue = self.venue or words or None
        elif role in ("comment", "journal_ref"):
            if getattr(self, role) is None:
                setattr(self, role, words or None)
        elif role == "tags":
            parts = re.split(r"[;,，、；]|\s\|\s", words)
            self.tags = self.tags or tuple(
                dict.fromkeys(
                    p.strip(_TAG_EDGES) for p in parts if 0 < len(p.strip(_TAG_EDGES)) <= 60
                )
            )
        elif role == "doi":
            self.doi = self.doi or parse_doi(words.split()[0])
        elif role in ("eprint", "link", "links") and self.eprint is None:
            found = find_eprint(words.split(" ")[0], bare=True)
            if found:
                self.eprint, self.version = found
        self.take_said(words)

    def record(self, start: int, end: int, topic: str | None, venue: str | None) -> Record:
        """The record of the entry that stands at [start, end), below headings that say more."""
        tags = dict.fromkeys(self.tags)
        if topic:
            tags[topic] = None
        return Record(
            span=(start, end),
            title=self.title,
            abstract="\n\n".join(self.abstract) or None,
            authors=self.authors,
            eprint=self.eprint,
            eprint_version=self.version,
            doi=self.doi,
            published=self.published,
            published_as="markdown" if self.published else None,
            updated=self.updated,
            comment=self.comment,
            journal_ref=self.journal_ref,
            venue=self.venue or venue,
            links=tuple(Link(kind, url) for url, kind in self.links.items()),
            tags=tuple(tags),
            confidence=self.confidence,
        )


def _split_labels(role: Role, name: str, raw: str) -> list[tuple[Role, str, str]]:
    """`raw`, the value of a field, parted where the labels of further fields stand in its line."""
    found: list[tuple[Role, str, str]] = []
    start = 0
    if role != "abstract":
        for m in _NEXT_LABEL.finditer(raw):
            label = match_label(raw, m.end(), len(raw))
            if label is None or m.start() < start:
                continue
            found.append((role, name, raw[start : m.start()].strip()))
            role, name, start = label
            if role == "abstract":
                break
    found.append((role, name, raw[start:].strip()))
    return found
