"""Other people's parsers, to measure ours beside.

    pip install orjson "bibtexparser>=2" pybtex rispy nbib feedparser pandas polars

Each gives all that it finds in a file, as the library returns it: no record of ours, no place of
what was found, no account of what was not, and mostly an exception at the first broken entry.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NamedTuple
from xml.etree.ElementTree import iterparse

import msgspec

Parse = Callable[[bytes], object]


class Parser(NamedTuple):
    """A library that reads a format."""

    name: str
    package: str
    """On the Python Package Index; empty for the standard library."""
    make: Callable[[], Parse]
    """Raises ImportError where the package is not there."""
    does: str = ""
    """Where that is less than a parser of papers does."""

    @property
    def shown(self) -> str:
        """Its name and, where it has one, its version."""
        try:
            name = f"{self.name} {version(self.package)}" if self.package else self.name
        except PackageNotFoundError:
            name = self.name
        return f"{name}, {self.does}" if self.does else name


def _orjson() -> Parse:
    loads = import_module("orjson").loads
    return lambda data: [loads(line) for line in data.splitlines()]


def _json() -> Parse:
    return lambda data: [json.loads(line) for line in data.splitlines()]


def _msgspec() -> Parse:
    return msgspec.json.Decoder().decode_lines


def _bibtexparser() -> Parse:
    parse = import_module("bibtexparser").parse_string
    return lambda data: parse(data.decode())


def _pybtex() -> Parse:
    import_module("pybtex.errors").set_strict_mode(False)
    parse = import_module("pybtex.database").parse_string
    return lambda data: parse(data.decode(), "bibtex")


def _rispy() -> Parse:
    loads = import_module("rispy").loads
    return lambda data: loads(data.decode())


def _nbib() -> Parse:
    read = import_module("nbib").read
    return lambda data: read(data.decode())


def _feedparser() -> Parse:
    parse = import_module("feedparser").parse
    return lambda data: parse(io.BytesIO(data))


def _iterparse() -> Parse:
    entry = "{http://www.w3.org/2005/Atom}entry"

    def parse(data: bytes) -> int:
        found = 0
        for _, element in iterparse(io.BytesIO(data)):
            if element.tag == entry:
                found += 1
                element.clear()
        return found

    return parse


def _csv() -> Parse:
    return lambda data: [*csv.DictReader(io.StringIO(data.decode(), newline=""))]


def _pandas() -> Parse:
    read: Any = import_module("pandas").read_csv
    return lambda data: read(io.BytesIO(data))


def _polars() -> Parse:
    read: Any = import_module("polars").read_csv
    return lambda data: read(io.BytesIO(data))


PARSERS: dict[str, tuple[Parser, ...]] = {
    "json": (
        Parser("orjson", "orjson", _orjson, "decoding alone"),
        Parser("msgspec", "msgspec", _msgspec, "decoding alone"),
        Parser("json", "", _json, "decoding alone"),
    ),
    "bibtex": (
        Parser("bibtexparser", "bibtexparser", _bibtexparser),
        Parser("pybtex", "pybtex", _pybtex),
    ),
    "ris": (Parser("rispy", "rispy", _rispy),),
    "medline": (Parser("nbib", "nbib", _nbib),),
    "atom": (
        Parser("feedparser", "feedparser", _feedparser),
        Parser("ElementTree.iterparse", "", _iterparse, "elements alone"),
    ),
    "table": (
        Parser("csv.DictReader", "", _csv),
        Parser("pandas", "pandas", _pandas),
        Parser("polars", "polars", _polars),
    ),
}
"""By the name of the format."""
