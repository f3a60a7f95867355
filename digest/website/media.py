"""What a web server says of a file: its media type, and how long a copy of it is good."""

from __future__ import annotations

_TYPES = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "mjs": "text/javascript",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "xml": "application/xml",
    "txt": "text/plain",
    "md": "text/markdown",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "ics": "text/calendar",
    "webmanifest": "application/manifest+json",
    "svg": "image/svg+xml",
}
"""Text, all in UTF-8. Our own table rather than the system's, which differ."""
_OTHERS = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "ico": "image/x-icon",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "pdf": "application/pdf",
    "wasm": "application/wasm",
    "gz": "application/gzip",
    "zip": "application/zip",
    "mp4": "video/mp4",
    "webm": "video/webm",
}
_DAY = 86_400


def media_type(path: str) -> str:
    """The media type of a file of the site, with its charset."""
    end = path.rpartition(".")[2].lower()
    if end == "xml" and (path == "feed.xml" or path.startswith("tags/")):
        return "application/atom+xml; charset=utf-8"
    if end in _TYPES:
        return f"{_TYPES[end]}; charset=utf-8"
    return _OTHERS.get(end, "application/octet-stream")


def cache_control(path: str) -> str:
    """How long a copy may be shown without asking: a new page must not come with an old list."""
    if path.startswith("assets/"):
        # Pages ask for these with the mark of their contents in the address.
        return f"public, max-age={_DAY}"
    return "public, max-age=0, must-revalidate"
