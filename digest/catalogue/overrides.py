"""What the user says of a paper, in the front matter of its note, wins over every source."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from digest.paper import Record

_FIELDS = (
    "title",
    "authors",
    "eprint",
    "eprint_version",
    "doi",
    "published",
    "updated",
    "comment",
    "journal_ref",
    "venue",
    "links",
    "tags",
)


class Override(Struct, frozen=True):
    """The front matter of a note."""

    record: Record
    """Fields that are set replace the paper's; an abstract is never taken from here."""
    hide: bool = False


def apply(override: Override, record: Record) -> Record:
    """`record` as the user wants it read."""
    said = {name: value for name in _FIELDS if (value := getattr(override.record, name))}
    if "published" in said:
        said["published_as"] = "note"
    return msgspec.structs.replace(record, **said)
