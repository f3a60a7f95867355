"""How telling a phrase is: figures of 100,000 papers of all fields, made by bench/background.py."""

from __future__ import annotations

import zlib
from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct


class Background(Struct, frozen=True):
    """What is known of phrases before any paper is read. Words are stems."""

    worths: dict[str, str]
    """First stem of phrases to lines: a second stem; four times the worth of both, a whole number,
    or nothing where they only begin longer phrases; each third stem and four times the worth of the
    three. Blanks stand between."""
    common: frozenset[str]
    """Stems that say little wherever they stand."""
    proper: frozenset[str]
    """Stems of words with a capital, as `Kalman`."""


@cache
def load_phrases() -> Background:
    """The shipped figures; read when first asked for."""
    packed = files("digest.catalogue.background").joinpath("phrases.z").read_bytes()
    return msgspec.msgpack.decode(zlib.decompress(packed), type=Background)
