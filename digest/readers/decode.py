"""Bytes into text: which encoding a file has, and what of it could not be decoded."""

from __future__ import annotations

import codecs
import contextlib
import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from msgspec import Struct

from digest.problems import Problem

_SAMPLE = 65_536
_CONTROLS = bytes({*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)})
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<\?xml[^>]{1,100}?encoding=["']([A-Za-z0-9._-]{2,40})|<meta[^>]{1,200}?charset=["']?"""
    rb"""([A-Za-z0-9._-]{2,40})|^% ?Encoding: ?([A-Za-z0-9._-]{2,40})""",
    re.IGNORECASE | re.MULTILINE,
)
"""What XML, HTML and BibTeX files say of themselves. Asked only where UTF-8 fails: files are
converted more often than their declarations."""
_LABELS = {
    "iso-8859-1": "windows-1252",
    "latin1": "windows-1252",
    "us-ascii": "windows-1252",
    "ascii": "windows-1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-sjis": "shift_jis",
    "shift-jis": "shift_jis",
    "ks-c-5601-1987": "euc-kr",
    "x-mac-cyrillic": "mac-cyrillic",
    "macintosh": "mac-roman",
}
_TEXT_CODECS = re.compile(
    r"iso-8859-\d{1,2}|windows-\d{3,4}|cp\d{3,4}|koi8-[rut]|gb18030|big5(?:-hkscs)?|euc-(?:jp|kr)"
    r"|shift_jis|iso-2022-jp|mac-(?:roman|cyrillic|greek|turkish|latin2)|tis-620"
)
Blocks = Callable[[], Iterable[bytes]]
_HINT_UTF8 = "save the file as UTF-8"


class Encoding(Struct, frozen=True):
    """How the bytes of a file become its text."""

    name: str | None
    """None where the file holds no text."""
    problems: tuple[Problem, ...] = ()


class Decoded(Struct, frozen=True):
    """The text of a file. Line ends are as in the file; a byte order mark is not part of it."""

    text: str | None
    """None where the file holds no text."""
    encoding: str | None
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, name: str) -> Decoded:
    """`data`, the bytes of the file called `name`, as text. Never raises."""
    if not data.startswith(tuple(bom for bom, _ in _BOMS)) and not _is_binary(data):
        # Nearly every file: spared a second pass.
        with contextlib.suppress(UnicodeDecodeError):
            return Decoded(data.decode("utf-8"), "utf-8")
    encoding = find_encoding(lambda: (data,), name)
    text = None if encoding.name is None else "".join(decode_blocks((data,), encoding.name))
    return Decoded(text, encoding.name, encoding.problems)


def decode_blocks(blocks: Iterable[bytes], encoding: str) -> Iterator[str]:
    """The text of a file's consecutive `blocks`. What cannot be decoded becomes U+FFFD."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for block in blocks:
        yield decoder.decode(block)
    yield decoder.decode(b"", final=True)


def find_encoding(blocks: Blocks, name: str) -> Encoding:
    """The encoding of the file called `name`, whose bytes `blocks()` gives, anew at every call.

    Never raises, but for what `blocks` raises.
    """
    first = next(iter(blocks()), b"")
    marked = next((found for bom, found in _BOMS if first.startswith(bom)), None)
    if marked is None and first[:4] in (b"<\0?\0", b"<\0!\0", b"<\0h\0"):
        marked = "utf-16-le"
    elif marked is None and first[:4] in (b"\0<\0?", b"\0<\0!", b"\0<\0h"):
        marked = "utf-16-be"
    if marked is not None:
        return _of_marked(_first_fault(blocks(), marked), name, marked)
    try:
        fault = _first_fault(_of_text(blocks()), "utf-8")
    except _BinaryError:
        said, hint = next((known[1:] for known in _BINARIES if first.startswith(known[0])), _BINARY)
        problem = Problem(name, None, "error", f"this is {said}, not text", hint)
        return Encoding(None, (problem,))
    if fault is None:
        return Encoding("utf-8")
    declared = _declared(first)
    if declared is not None and _first_fault(blocks(), declared) is None:
        return Encoding(declared)
    return _of_faulty(blocks(), name, fault)


_BINARY = ("a binary file", "remove it, or save its text as UTF-8")
_BINARIES = (
    (b"%PDF-", "a PDF", "copy the list of papers out of it, or export it as BibTeX or RIS"),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "save it as plain text or CSV (UTF-8)"),
    (b"SQLite format 3\0", "a database", "export its papers as BibTeX, RIS or CSV"),
    (b"\x89PNG", "a picture", "put it into templates/assets, or remove it"),
    (b"\xff\xd8\xff", "a picture", "put it into templates/assets, or remove it"),
)


class _BinaryError(Exception):
    pass


def _of_text(blocks: Iterable[bytes]) -> Iterator[bytes]:
    for block in blocks:
        if _is_binary(block):
            raise _BinaryError
        yield block


class _Fault(NamedTuple):
    """The first byte that cannot be decoded."""

    offset: int
    line: int
    byte: int


def _first_fault(blocks: Iterable[bytes], encoding: str) -> _Fault | None:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    keeps_ascii = encoding == "utf-8"
    read, line = 0, 1
    whole = True
    """Whether no character is open at the end of what was read."""
    for block in itertools.chain(blocks, (b"",)):
        if keeps_ascii and whole and block and block.isascii():
            read, line = read + len(block), line + block.count(b"\n")
            continue
        held = len(decoder.getstate()[0]) if read else 0
        try:
            decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            line += error.object.count(b"\n", 0, error.start)
            return _Fault(read - held + error.start, line, error.object[error.start])
        whole = not decoder.getstate()[0]
        read, line = read + len(block), line + block.count(b"\n")
    return None


def _declared(start: bytes) -> str | None:
    found = _DECLARED.search(start, 0, 4096)
    if found is None:
        return None
    label = next(filter(None, found.groups())).decode("ascii").lower().replace("_", "-")
    # As browsers read these labels: https://encoding.spec.whatwg.org/#names-and-labels
    encoding: str = _LABELS.get(label, label)
    if not _TEXT_CODECS.fullmatch(encoding):
        return None
    try:
        codecs.getincrementaldecoder(encoding)
    except LookupError:
        return None
    return encoding


def _of_marked(fault: _Fault | None, name: str, encoding: str) -> Encoding:
    if fault is None:
        return Encoding(encoding)
    line = fault.line if encoding == "utf-8-sig" else None
    said = f"byte {fault.offset} is not valid {encoding}; shown as U+FFFD"
    return Encoding(encoding, (Problem(name, line, "warning", said, _HINT_UTF8),))


def _of_faulty(blocks: Iterable[bytes], name: str, fault: _Fault) -> Encoding:
    """Damaged UTF-8 where there is any UTF-8, else windows-1252."""
    byte = f"byte 0x{fault.byte:02x} at offset {fault.offset}"
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    good = faults = 0
    for block in itertools.chain(blocks, (b"",)):
        text = decoder.decode(block, final=not block)
        marks = text.count("\ufffd")
        good += len(text) - len(text.encode("ascii", "ignore")) - marks
        faults += marks - block.count(b"\xef\xbf\xbd")
    if good >= max(1, faults // 2):
        more = f" and {faults - 1} more" if faults > 1 else ""
        said = f"{byte}{more} cannot be decoded as UTF-8; shown as U+FFFD"
        hint = "put the right character there, or " + _HINT_UTF8
        return Encoding("utf-8", (Problem(name, fault.line, "warning", said, hint),))
    said = f"{byte} is not UTF-8; the file was read as windows-1252"
    hint = _HINT_UTF8 + " if accents look wrong"
    # Five bytes mean nothing in windows-1252; latin-1 would make them controls.
    return Encoding("windows-1252", (Problem(name, fault.line, "warning", said, hint),))


def _is_binary(data: bytes) -> bool:
    if b"\x00" in data:
        return True
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls * 50 > len(sample)
