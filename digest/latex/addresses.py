"""Addresses in running text: where they end, and which may become links."""

from __future__ import annotations

import re

# Only absolute http and https addresses with a host, without user names (which can make one host
# look like another), white space, quotes, brackets or controls.
_SAFE = re.compile(r"https?://[^\W_][\w.-]*+(?::\d{1,5})?(?:[/?#][^\s\"'<>\\^`{|}\x00-\x1f]*+)?")
_BARE_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]*+\.)++[A-Za-z]{2,}(?:/[^\s]*+)?")
_NOT_ENCODED = re.compile(r"%(?![0-9A-Fa-f]{2})|[\[\]]")
_WRITTEN = re.compile(r"https?://(?:[^\s<>\"{}|\\^`$]|\\[_%&#~-])*+")
_ESCAPED = re.compile(r"\\([_%&#~$-])")
_SENTENCE = ".,;:!?'\"*"
_LONGEST = 2000


def check_address(address: str) -> str | None:
    """`address` as it may stand in `href`, or None where it is not an http or https address."""
    if len(address) > _LONGEST:
        return None
    address = address.strip()
    if _BARE_HOST.fullmatch(address):
        address = "https://" + address
    if not _SAFE.fullmatch(address):
        return None
    return _NOT_ENCODED.sub(lambda m: f"%{ord(m[0]):02X}", address)


def unescape_address(written: str) -> str:
    """An address without the backslashes that LaTeX needs before some of its characters."""
    return _ESCAPED.sub(r"\1", written).strip()


def read_address(text: str, at: int) -> tuple[str, int]:
    """The address that begins at `at` with its scheme, and the offset behind it.

    Marks of the sentence, and brackets that close what was opened before, are no part of it.
    """
    found = _WRITTEN.match(text, at)
    written = (found[0] if found else "").rstrip(_SENTENCE)
    for _ in range(3):
        surplus = written.count(")") - written.count("(")
        closing = len(written) - len(written.rstrip(")"))
        if surplus <= 0 or not closing:
            break
        written = written[: len(written) - min(surplus, closing)].rstrip(_SENTENCE)
    return unescape_address(written), at + len(written)
