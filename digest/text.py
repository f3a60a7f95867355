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
_LONG = 100
"""Characters above which it is cheaper to ask whether a text is folded than to fold it."""
_BLANKS = "\n\t\r\x0b\x0c\x1c\x1d\x1e\x1f"
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))]
)


def fold(text: str) -> str:
    """`text` with every run of white space as one blank, and none at the ends."""
    if len(text) > _LONG and _is_folded(text):
        return text.strip()
    return " ".join(text.split())


def _is_folded(text: str) -> bool:
    """Whether `text`, in ASCII, holds no white space but single blanks.

    To ask is several times cheaper than to part a text into words and to join them again.
    """
    if not text.isascii() or "  " in text:
        return False
    for blank in _BLANKS:  # noqa: SIM110 - any() would cost more than all these searches
        if blank in text:
            return False
    return True


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
    accents = [c for c in {*decomposed} if c > "\x7f" and unicodedata.combining(c)]
    for accent in accents:
        decomposed = decomposed.replace(accent, "")
    return decomposed


def content_hash(text: str | bytes, digits: int = 8) -> str:
    """`digits` hexadecimal digits that are the same for the same `text`, always and everywhere.

    Bytes are text in UTF-8.
    """
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return blake2b(data, digest_size=16).hexdigest()[:digits]


def mark_of(*parts: bytes) -> bytes:
    """16 bytes that are the same for the same `parts`; each is of fixed length or tells its own."""
    return blake2b(b"".join(parts), digest_size=16).digest()


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
        self._breaks = [m.start() for m in re.finditer("\n", text)]

    def at(self, offset: int) -> int:
        """The line on which the character at `offset` stands."""
        return bisect.bisect_left(self._breaks, offset) + 1
