"""Who may ask the preview server, and for what: decided from the head of a request alone.

Any page that a browser has open can send requests to this machine, and any name can be made to
point to it (DNS rebinding). So a request must name this server as its host, and must not come from
a page of another site. Whatever its path says, no file outside the site is ever meant.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

LONGEST_TARGET = 4_096
"""Characters of a path with its query."""
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_HOST = re.compile(r"(\[[0-9a-fA-F:.]{2,45}\]|[A-Za-z0-9_.-]{1,253})(?::([0-9]{1,5}))?")
_BROKEN_ESCAPE = re.compile(r"%(?![0-9a-fA-F]{2})")
_HIDDEN_SLASH = re.compile(r"%(?:2f|5c)", re.IGNORECASE)


class Refusal(NamedTuple):
    """An answer in place of the page."""

    status: int
    why: str


class Hosts(NamedTuple):
    """Names by which this server may be called."""

    names: frozenset[str]
    """Lower case; addresses of IPv6 in brackets."""
    port: int | None
    """None where any will do: a port may be forwarded to ours."""

    def has(self, host: str) -> bool:
        """Whether `host`, a name with perhaps a port, is one of them."""
        m = _HOST.fullmatch(host)
        if m is None or m[1].lower() not in self.names:
            return False
        return self.port is None or int(m[2] or 80) == self.port


class Target(NamedTuple):
    """The path of a request."""

    parts: tuple[str, ...]
    """Decoded segments without the empty one at the end."""
    folder: bool
    """Whether it ends with a slash."""
    query: str
    """As sent."""


def check_host(values: Sequence[str], hosts: Hosts) -> Refusal | None:
    """`values` are all that the request gives for `Host`: exactly one, and one of ours."""
    if len(values) != 1:
        return Refusal(400, "There must be one Host header.")
    host = values[0].strip(" \t")
    m = _HOST.fullmatch(host)
    if m is None or int(m[2] or 0) > 65_535:
        return Refusal(400, "The Host header is not valid.")
    if not hosts.has(host):
        return Refusal(403, "This server does not answer to that name: see “digest serve --host”.")
    return None


def check_source(
    origins: Sequence[str], sites: Sequence[str], modes: Sequence[str], dests: Sequence[str],
    hosts: Hosts,
) -> Refusal | None:  # fmt: skip
    """All values of `Origin`, `Sec-Fetch-Site`, `-Mode` and `-Dest`.

    Only our own pages may ask, and whoever follows a link or types the address. A page of another
    port of this machine is another's too. https://www.w3.org/TR/fetch-metadata/
    """
    if max(map(len, (origins, sites, modes, dests))) > 1:
        return Refusal(400, "A header that says who asks stands twice.")
    if origins:
        scheme, _, host = origins[0].strip(" \t").partition("://")
        if scheme.lower() != "http" or not hosts.has(host):
            return Refusal(403, "Pages of other sites may not ask this server.")
    if not sites or sites[0].strip(" \t").lower() in ("same-origin", "none"):
        return None
    mode, dest = (values[0].strip(" \t").lower() if values else "" for values in (modes, dests))
    if mode == "navigate" and dest == "document" and not origins:
        return None
    return Refusal(403, "Pages of other sites may not ask this server.")


def read_target(target: str) -> Target | Refusal:
    """The path that a request line names, decoded once.

    `..`, backslashes, colons, control characters, hidden slashes and what is not UTF-8 are refused
    rather than mended: none of our pages is called so.
    """
    if len(target) > LONGEST_TARGET:
        return Refusal(414, "The address is too long.")
    path, _, query = target.partition("?")
    if not path.startswith("/") or "#" in target or not target.isascii():
        return Refusal(400, "The address is not valid.")
    if _BROKEN_ESCAPE.search(path) or _HIDDEN_SLASH.search(path):
        return Refusal(400, "The address is not valid.")
    try:
        decoded = unquote_to_bytes(path).decode("utf-8")
    except UnicodeDecodeError:
        return Refusal(400, "The address is not UTF-8.")
    if any(ord(c) < 32 or 127 <= ord(c) < 160 or c in "\\:" for c in decoded):
        return Refusal(400, "The address has characters that no page has.")
    parts = decoded[1:].split("/")
    if any(part in (".", "..") for part in parts):
        return Refusal(400, "The address leads out of the site.")
    folder = parts[-1] == ""
    return Target(tuple(parts[:-1] if folder else parts), folder, query)


def is_servable(parts: Collection[str]) -> bool:
    """Whether a file so called can be one of the site's.

    Hidden files are not, nor names that some file systems read as another (`a.html.`, `CON`).
    """
    return all(
        part
        and not part.startswith(".")
        and part[-1] not in ". "
        and part.partition(".")[0].rstrip(" ").lower() not in _DEVICES
        for part in parts
    )


_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{name}{digit}" for name in ("com", "lpt") for digit in "0123456789¹²³"]
)
"""Names that Windows keeps for devices.
https://learn.microsoft.com/windows/win32/fileio/naming-a-file"""


def read_host(values: Sequence[str]) -> str | None:
    """The name in `Host`, without the port; None where there is not exactly one."""
    m = _HOST.fullmatch(values[0].strip(" \t")) if len(values) == 1 else None
    return m[1].lower() if m else None
