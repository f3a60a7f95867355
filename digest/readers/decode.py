"""Bytes into text: which encoding a file has, and what of it could not be decoded."""

from __future__ import annotations

import codecs
import re

from msgspec import Struct

from digest.problems import Problem

_SAMPLE = 65_536
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
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
_HINT_UTF8 = "save the file as UTF-8"


class Decoded(Struct, frozen=True):
    """The text of a file. Line ends are as in the file; a byte order mark is not part of it."""

    text: str | None
    """None where the file holds no text."""
    encoding: str | None
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, name: str) -> Decoded:
    """`data`, the bytes of the file called `name`, as text. Never raises."""
    encoding = next((found for bom, found in _BOMS if data.startswith(bom)), None)
    if encoding is None and data[:4] in (b"<\0?\0", b"<\0!\0", b"<\0h\0"):
        encoding = "utf-16-le"
    elif encoding is None and data[:4] in (b"\0<\0?", b"\0<\0!", b"\0<\0h"):
        encoding = "utf-16-be"
    if encoding is not None:
        return _decode_marked(data, name, encoding)
    if _is_binary(data):
        problem = Problem(
            name,
            None,
            "error",
            "this is a binary file, not text",
            "remove it, or save its text as UTF-8",
        )
        return Decoded(None, None, (problem,))
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        declared = _declared(data)
        if declared is not None:
            return declared
        return _decode_faulty(data, name, error)


def _declared(data: bytes) -> Decoded | None:
    found = _DECLARED.search(data, 0, 4096)
    if found is None:
        return None
    label = next(filter(None, found.groups())).decode("ascii").lower().replace("_", "-")
    # As browsers read these labels: https://encoding.spec.whatwg.org/#names-and-labels
    encoding = _LABELS.get(label, label)
    if not _TEXT_CODECS.fullmatch(encoding):
        return None
    try:
        return Decoded(data.decode(encoding), encoding)
    except (LookupError, UnicodeDecodeError):
        return None


def _decode_marked(data: bytes, name: str, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        problem = Problem(
            name,
            _line(data, error.start) if encoding == "utf-8-sig" else None,
            "warning",
            f"byte {error.start} is not valid {encoding}; shown as U+FFFD",
            _HINT_UTF8,
        )
        return Decoded(data.decode(encoding, "replace"), encoding, (problem,))


def _decode_faulty(data: bytes, name: str, error: UnicodeDecodeError) -> Decoded:
    """Text with bytes that are no UTF-8: damaged UTF-8 where there is any, else windows-1252."""
    line = _line(data, error.start)
    byte = f"byte 0x{data[error.start]:02x} at offset {error.start}"
    text = data.decode("utf-8", "replace")
    faults = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    if len(_MULTIBYTE.findall(data)) >= max(1, faults // 2):
        more = f" and {faults - 1} more" if faults > 1 else ""
        problem = Problem(
            name,
            line,
            "warning",
            f"{byte}{more} cannot be decoded as UTF-8; shown as U+FFFD",
            "put the right character there, or " + _HINT_UTF8,
        )
        return Decoded(text, "utf-8", (problem,))
    problem = Problem(
        name,
        line,
        "warning",
        f"{byte} is not UTF-8; the file was read as windows-1252",
        _HINT_UTF8 + " if accents look wrong",
    )
    # Five bytes mean nothing in windows-1252; latin-1 would make them controls.
    return Decoded(data.decode("windows-1252", "replace"), "windows-1252", (problem,))


def _is_binary(data: bytes) -> bool:
    if b"\x00" in data:
        return True
    sample = data[:_SAMPLE]
    return len(_CONTROLS.findall(sample)) * 50 > len(sample)


def _line(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1
