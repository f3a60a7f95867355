"""Compressed files are unpacked within limits, and damage is said."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
from collections.abc import Callable

import pytest

from digest.readers import containers
from digest.readers.containers import ContainerError, is_container, unpack

TEXT = b"Abstract:We count moths.\n" * 50


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    return {c.name: b"".join(c.blocks()) for c in unpack(io.BytesIO(data))}


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, bz2.compress])
def test_one_content(pack: Callable[[bytes], bytes]) -> None:
    """gzip, xz and bzip2."""
    packed = pack(TEXT)
    assert is_container(packed[:6])
    assert unpacked(packed) == {"": TEXT}


def test_zstandard() -> None:
    """With the extra."""
    zstandard = pytest.importorskip("zstandard", reason="litdigest[zstd] is not installed")
    assert unpacked(zstandard.ZstdCompressor().compress(TEXT)) == {"": TEXT}


def test_an_archive_gives_its_files_in_order() -> None:
    """Without folders, hidden files and what macOS adds."""
    data = zipped({"b/two.txt": b"2", "a.txt": b"1", "b/": b"", "b/.x": b"", "__MACOSX/a": b""})
    assert list(unpacked(data).items()) == [("a.txt", b"1"), ("b/two.txt", b"2")]


def test_plain_text_is_no_container() -> None:
    """Nor is an empty file."""
    assert not is_container(b"Abstra")
    assert not is_container(b"")


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, bz2.compress,
                                  lambda data: zipped({"a": data})])  # fmt: skip
def test_bombs_and_damage_are_refused(
    pack: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the header claims; cut at any place or with flipped bytes."""
    packed = pack(TEXT)
    hints = []
    for cut in range(7, len(packed) - 1, 5):
        try:
            unpacked(packed[:cut])
        except ContainerError as error:
            hints.append(error.hint)
    assert hints
    assert all(hints)
    monkeypatch.setattr(containers, "MAX_BYTES", 100)
    monkeypatch.setattr(containers, "MAX_RATIO", 1)
    with pytest.raises(ContainerError, match="unpacks to more"):
        unpacked(packed)


@pytest.mark.parametrize(
    ("files", "said", "advice"),
    [
        ({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}, "Word", "plain text"),
        ({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}, "Excel", "CSV"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text"}, "OpenDocument", "plain text"),
        ({"mimetype": b"application/epub+zip"}, "e-book", "plain text"),
    ],
)
def test_documents_are_named(files: dict[str, bytes], said: str, advice: str) -> None:
    """An office's document is an archive of XML that nobody wants read: it is said what it is."""
    with pytest.raises(ContainerError, match=said) as caught:
        unpacked(zipped(files))
    assert advice in caught.value.hint
