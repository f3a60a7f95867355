"""Unicode, white space, lines and slugs: the one door through which text enters the site."""

from __future__ import annotations

import bisect
import re
import unicodedata
from hashlib import blake2b

# C0 and C1 controls except tab, line feed and carriage return; surrogates; non-characters; and the
# explicit bidirectional overrides, which can make a text read as something that it does not say.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\u202a-\u202e\u2066-\u2069\ufeff]"
)
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))]
)


def fold(text: str) -> str:
    """`text` with every run of white space as one blank, and none at the ends."""
    return " ".join(text.split())


def clean(text: str) -> str:
    """`text` fit for a page: NFC, without controls, surrogates, overrides or non-characters."""
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", _UNFIT.sub("", text))


def unaccented(text: str) -> str:
    """`text` in lower case without accents: the form in which words are compared."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def content_hash(text: str, digits: int = 8) -> str:
    """`digits` hexadecimal digits that are the same for the same `text`, always and everywhere."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()[:digits]


def slugify(text: str, limit: int = 80) -> str:
    """One path segment made of [a-z0-9-], at most `limit` characters, cut between words.

    Never empty, never a name that Windows reserves. Two texts may share a slug; whoever needs
    unique slugs adds `content_hash`.
    """
    slug = _NOT_SLUG.sub("-", unaccented(text)).strip("-")
    if len(slug) > limit:
        cut = slug[: limit + 1].rfind("-")
        slug = slug[: cut if cut > limit // 2 else limit].strip("-")
    if not slug:
        return "x" + content_hash(text)
    return f"{slug}-" + content_hash(text, 4) if slug in _RESERVED else slug


class Lines:
    """Turns offsets of a text into 1-based line numbers."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(m.end() for m in re.finditer("\n", text))]

    def at(self, offset: int) -> int:
        """The line on which the character at `offset` stands."""
        return bisect.bisect_right(self._starts, offset)
