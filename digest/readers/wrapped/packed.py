"""Texts that stand in another one as base64, packed or not, with the place of every character.

Form: RFC 4648 (base64 and base64url), RFC 1950 to 1952 (zlib and gzip).
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from array import array
from bisect import bisect_left

from digest.readers.wrapped.places import Inner, Piece, Pieces, Places, Steps, Within

LARGEST = 64 * 2**20
"""Bytes that one string may unpack to."""
_RUN = re.compile(r"[^\s=]+")
_BASE64 = re.compile(r"[A-Za-z0-9+/_=\s-]*")
_WIDE = re.compile(r"[^\x00-\x7f]")
_HEAD = 400
_FINE = 2**18
_URL = str.maketrans("-_", "+/")
_GZIP = b"\x1f\x8b"
_ZLIB = (b"\x78\x01", b"\x78\x9c", b"\x78\xda")
"""The fourth mark there is, `x^`, may begin a text."""


def looks_packed(text: str) -> bool:
    """Whether `text` may be base64: no blank within its first line, letters of both cases."""
    head = text[:_HEAD].strip()
    first = head.partition("\n")[0]
    return (
        len(first) >= 40
        and " " not in first.strip()
        and _BASE64.fullmatch(head) is not None
        and any(c.islower() for c in head)
        and any(c.isupper() for c in head)
        and _BASE64.fullmatch(text) is not None
    )


def unpack(inner: Inner) -> Inner | str | None:
    """The text in the base64 of `inner`; why it cannot be had; or None where it is no text."""
    runs = Pieces(Piece(m[0], m.start(), m.end()) for m in _RUN.finditer(inner.text))
    letters = runs.text.translate(_URL)
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    try:
        data = base64.b64decode(letters + "=" * (-len(letters) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
    fault = None
    places: Places = Within(_Letters(), Within(runs, inner.places))
    if data[:2] == _GZIP or data[:2] in _ZLIB:
        unpacked = _inflated(data)
        if isinstance(unpacked, str):
            return unpacked
        data, steps, fault = unpacked
        places = Within(steps, places)
    elif b"\0" in data[:_HEAD]:
        return None
    text, sizes = _decoded(data, is_cut=inner.is_cut)
    if sizes is not None:
        places = Within(sizes, places)
    return Inner(text, inner.span, places, inner.is_cut, fault)


class _Letters:
    """Places of bytes in the letters of base64: three bytes are four letters, each owned once."""

    def start(self, at: int) -> int:
        """See Places."""
        return (at * 4 + 2) // 3

    def end(self, at: int) -> int:
        """See Places."""
        return (at * 4 + 2) // 3


def _inflated(data: bytes) -> tuple[bytes, Steps, str | None] | str:
    """`data` unpacked as far as it is whole, what came out after which of its bytes, and what is
    wrong with the rest; or why there is nothing."""
    fault = None
    engine = zlib.decompressobj(47)  # zlib or gzip, as its head says
    # Byte by byte, so that neighbours can be told apart; of long data a few bytes at a time.
    step = 1 + len(data) // _FINE
    parts: list[bytes] = []
    came, places = [0], [0]
    length = 0
    try:
        for at in range(0, len(data), step):
            part = engine.decompress(data[at : at + step], LARGEST + 1 - length)
            if part:
                parts.append(part)
                length += len(part)
                came.append(length)
                places.append(min(at + step, len(data)))
            if length > LARGEST:
                return f"it unpacks to more than {LARGEST >> 20} MB"
            if engine.eof:
                break
    except zlib.error as error:
        fault = f"its packed bytes are damaged: {error}"
        if not parts:
            return fault
    if fault is None and not engine.eof:
        fault = "its packed bytes end too early"
    places[-1] = len(data)
    return b"".join(parts), Steps(came, places), fault


def _decoded(data: bytes, *, is_cut: bool) -> tuple[str, Places | None]:
    """The text of `data`, and the places of its characters where they are not one byte each."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if not (is_cut and error.start >= len(data) - 4):
            return data.decode("latin-1"), None
        text = data[: error.start].decode("utf-8")
    return text, None if text.isascii() else _Utf8(text)


class _Utf8:
    """Places of characters in the bytes of UTF-8."""

    def __init__(self, text: str) -> None:
        self._wide, self._more = array("q"), array("q", [0])
        for m in _WIDE.finditer(text):
            self._wide.append(m.start())
            self._more.append(self._more[-1] + len(m[0].encode()) - 1)

    def start(self, at: int) -> int:
        """See Places."""
        return at + self._more[bisect_left(self._wide, at)]

    def end(self, at: int) -> int:
        """See Places."""
        return self.start(at)
