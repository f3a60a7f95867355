"""What the server puts into a page on its way to a browser; the file stays as it is."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from pathlib import Path

OWN = "_preview"
"""First segment of the preview's own addresses: no page of a site begins so."""
_ASSETS = Path(__file__).parent / "assets"
_HEAD = re.compile(rb"<head(?:\s[^<>]{0,500})?>", re.IGNORECASE)


_PARTS = {"client.js": ("twin.js", "client.js")}


@lru_cache
def read_asset(name: str) -> bytes:
    """A file of the preview itself; one that has parts is these, one after the other."""
    return b"".join((_ASSETS / part).read_bytes() for part in _PARTS.get(name, (name,)))


def with_client(page: bytes, token: str, build: int, *, missing: bool = False) -> bytes:
    """`page` with the script that listens; `missing` for the page shown in place of another.

    The script is a file, since our pages allow no other, and the first of those that wait for the
    page to be there: it sees the page as its source has it. The page for what is not found stands
    at any depth, so its links are made to begin at the top.
    """
    script = (
        f'<script src="/{OWN}/client.js?{escape(token)}" data-build="{build}"'
        f"{' data-missing' if missing else ''} defer></script>\n"
    ).encode()
    head = _HEAD.search(page)
    at = head.end() if head else len(page)
    base = b'<base href="/">\n' if missing and head else b""
    return page[:at] + b"\n" + base + script + page[at:].removeprefix(b"\n")
