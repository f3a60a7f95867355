"""The files of `digest enrich` as it writes them, read line by line.

YAML proper takes twenty times as long, and a large digest has a hundred thousand entries. Whatever
is not exactly of the form written (after a user's edit, say) is left to YAML.
"""

from __future__ import annotations

from typing import Any

import msgspec

_decode = msgspec.json.Decoder().decode
_PARTS = {"  found:": "found", "  evidence:": "evidence"}


def read_lines(piece: str) -> list[tuple[int, int, dict[str, Any]]] | None:
    """The entries of `piece`, each with its first and last line, counted from 0; None where YAML
    must read it."""
    found: list[tuple[int, int, dict[str, Any]]] = []
    entry: dict[str, Any] | None = None
    part: dict[str, Any] | None = None
    first = last = 0
    # Line feeds alone: what else parts lines does not stand unescaped where this is the writer.
    for number, line in enumerate(piece.split("\n")):
        if not line or line.startswith("#"):
            continue
        if line.startswith("- "):
            if entry is not None:
                found.append((first, last, entry))
            entry, part, first = {}, None, number
            fields, text = entry, line[2:]
        elif entry is None:
            return None
        elif name := _PARTS.get(line):
            if name in entry:
                return None
            entry[name] = part = {}
            last = number
            continue
        elif line.startswith("    ") and part is not None and line[4] != " ":
            fields, text = part, line[4:]
        elif line.startswith("  ") and line[2:3] not in (" ", "") and not part:
            part, fields, text = None, entry, line[2:]
        else:
            return None
        name, colon, value = text.partition(": ")
        if not colon or not name.isidentifier() or name in fields:
            return None
        last = number
        if value in ("yes", "no"):
            fields[name] = value
            continue
        if not value.isprintable() or value[:1] not in ('"', "["):
            return None
        try:
            fields[name] = _decode(value)
        except msgspec.DecodeError:
            return None
    if entry is not None:
        found.append((first, last, entry))
    return found
