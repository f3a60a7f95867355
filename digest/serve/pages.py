"""What the server puts into a page on its way to a browser; the file stays as it is."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from pathlib import Path

OWN = "_preview"
"""First segment of the preview's own addresses: no page of a site begins so."""
_ASSETS = Path(__file__).parent / "assets"
_HEAD = re.compile(rb"<head[^<>]{0,500}>", re.IGNORECASE)
_HEAD_END = re.compile(rb"</head\s{0,20}>", re.IGNORECASE)


@lru_cache
def read_asset(name: str) -> bytes:
    """A file of the preview itself."""
    return (_ASSETS / name).read_bytes()


def with_client(page: bytes, token: str, build: int, *, missing: bool = False) -> bytes:
    """`page` with the script that listens; `missing` for the page shown in place of another.

    The script is a file, since our pages allow no other. The page for what is not found stands at
    any depth, so its links are made to begin at the top.
    """
    script = (
        f'<script src="/{OWN}/client.js?{escape(token)}" data-build="{build}"'
        f"{' data-missing' if missing else ''} defer></script>\n"
    ).encode()
    if missing and (head := _HEAD.search(page)):
        page = page[: head.end()] + b'\n<base href="/">' + page[head.end() :]
    end = _HEAD_END.search(page)
    at = end.start() if end else len(page)
    return page[:at] + script + page[at:]
