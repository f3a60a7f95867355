"""Every kind of bytes becomes text, or a problem that says where and what to do."""

from __future__ import annotations

import pytest

from digest.readers.decode import decode


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ("naïve\r\n".encode(), "naïve\r\n", "utf-8"),
        (b"\xef\xbb\xbfabc", "abc", "utf-8-sig"),
        ("wörd".encode("utf-16"), "wörd", "utf-16"),
        (b"", "", "utf-8"),
    ],
)
def test_clean_files(data: bytes, text: str, encoding: str) -> None:
    """Text as it stands, without its byte order mark, line ends untouched."""
    decoded = decode(data, "x.txt")
    assert (decoded.text, decoded.encoding, decoded.problems) == (text, encoding, ())


def test_damaged_utf8_stays_utf8() -> None:
    """One bad byte among good accents is a warning with its line."""
    decoded = decode("é\né ".encode() + b"\xff" + " é".encode(), "x.txt")
    assert decoded.encoding == "utf-8"
    assert decoded.text == "é\né \ufffd é"
    assert decoded.problems[0].line == 2
    assert "0xff" in decoded.problems[0].message


def test_latin_bytes_are_windows_1252() -> None:
    """Without any valid multi-byte character it is an old encoding."""
    decoded = decode(b"Schr\xf6dinger\n", "x.txt")
    assert (decoded.text, decoded.encoding) == ("Schrödinger\n", "windows-1252")
    assert decoded.problems[0].severity == "warning"


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\x00\x00", b"abc\x00def", bytes(range(1, 9)) * 20]
)
def test_binary_files_hold_no_text(data: bytes) -> None:
    """A picture is named as such, not shown as mojibake."""
    decoded = decode(data, "x.bin")
    assert decoded.text is None
    assert decoded.problems[0].severity == "error"
    assert decoded.problems[0].hint


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<?xml version="1.0" encoding="KOI8-R"?>', "koi8-r"),
        ('<html><head><meta charset="euc-kr">', "euc-kr"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">', "shift_jis"),
        ("% Encoding: ISO8859_7", None),
        ('<?xml version="1.0" encoding="utf-7"?>', None),
    ],
)
def test_a_declared_encoding_is_believed_where_utf8_fails(head: str, encoding: str | None) -> None:
    """By an allow-list of text encodings; a declaration that is wrong changes nothing."""
    word = {"koi8-r": "Бумага", "euc-kr": "논문", "shift_jis": "論文"}.get(encoding or "", "é")
    data = head.encode() + word.encode(encoding or "latin-1")
    decoded = decode(data, "a.xml")
    assert decoded.text == head + word
    assert decoded.encoding == (encoding or "windows-1252")
    assert decode((head + word).encode(), "a.xml").encoding == "utf-8"
