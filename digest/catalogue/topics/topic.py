"""A topic, and the shipped topics made ready for use."""

from __future__ import annotations

import zlib
from functools import cache
from hashlib import blake2b
from importlib.resources import files

import msgspec
from msgspec import Struct

from digest.paper import TagKind


class Topic(Struct, frozen=True):
    """A subject worth a page of its own."""

    slug: str
    name: str
    about: str = ""
    parents: tuple[str, ...] = ()
    """Slugs of broader topics."""
    words: tuple[str, ...] = ()
    """Phrases that name the topic in any text; its own name is among them."""
    short: tuple[str, ...] = ()
    """Abbreviations, matched in their own case."""
    weak: tuple[str, ...] = ()
    """Words that name the topic only beside one of `cues`."""
    cues: tuple[str, ...] = ()
    arxiv: tuple[str, ...] = ()
    """arXiv categories that are this topic."""
    kind: TagKind | None = None
    """None where its name tells."""
    pinned: bool = False
    """Shown wherever a text names it outright, before all that is found otherwise."""


class Compiled(Struct, frozen=True):
    """What parsing the shipped fields and spelling out their words results in."""

    source: str
    """Fingerprint of the files that it was made from."""
    fingerprint: str
    """That of the taxonomy."""
    topics: dict[str, Topic]
    slugs: dict[str, str]
    """Names as they are looked up, to slugs."""
    singles: dict[str, str]
    """Phrases of one stem to what they mean, as `senses` writes it."""
    longer: dict[str, str]
    """First stems of longer phrases to lines: the other stems, a tab, what the phrase means."""


def field_texts() -> dict[str, str]:
    """The files of the shipped fields, by name."""
    folder = files("digest.catalogue.topics").joinpath("fields")
    found = sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
    return {f.name: f.read_text("utf-8") for f in found}


def source_of(texts: dict[str, str]) -> str:
    """Fingerprint of `texts`."""
    return blake2b("\0".join(f"{n}\0{t}" for n, t in texts.items()).encode()).hexdigest()[:32]


@cache
def read_compiled() -> Compiled | None:
    """The shipped topics made ready; None where that is older than the fields.

    `bench/background.py taxonomy` makes it anew.
    """
    file = files("digest.catalogue.topics").joinpath("compiled.z")
    try:
        found = msgspec.msgpack.decode(zlib.decompress(file.read_bytes()), type=Compiled)
    except (OSError, zlib.error, msgspec.MsgspecError):
        return None
    return found if found.source == source_of(field_texts()) else None
