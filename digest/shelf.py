"""What a stage made, kept from build to build by what it was made of.

A shelf is filled from the ledger once, and values are decoded when they are asked for; what came to
harm is missing, and so is made anew. Where builds follow one another in a process, a shelf that is
`lasting` keeps its values at hand; otherwise it is empty after a build, and memory stays small.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

import msgspec

from digest.ledger import Ledger

T = TypeVar("T")
_HELD = 16_000_000
"""Bytes of new values that wait for the ledger, at most."""


class Shelf(Generic[T]):
    """The values of one kind. A mark is a hash of all that its value rests on."""

    def __init__(self, ledger: Ledger, kind: str, of: type[T], *, lasting: bool) -> None:
        self._ledger, self._kind, self._lasting = ledger, kind, lasting
        self._decode = msgspec.msgpack.Decoder(of).decode
        self._stored: dict[bytes, bytes] = ledger.recall(kind)
        """What the ledger holds and nobody asked for yet."""
        self._values: dict[bytes, T] = {}
        self._kept: set[bytes] = set(self._stored)
        """Marks that the ledger holds."""
        self._new: dict[bytes, bytes] = {}
        self._size = 0

    def get(self, mark: bytes) -> T | None:
        """The value of `mark`, or None where it must be made."""
        value = self._values.get(mark)
        if value is None and (stored := self._stored.get(mark)) is not None:
            try:
                value = self._decode(stored)
            except msgspec.MsgspecError:
                del self._stored[mark]
                self._kept.discard(mark)
                return None
            if self._lasting:
                self._values[mark] = value
                del self._stored[mark]
        return value

    def put(self, mark: bytes, encoded: bytes) -> T:
        """Remember a value, which is returned as `get` will give it."""
        value = self._decode(encoded)
        if self._lasting:
            self._values[mark] = value
        self._new[mark] = encoded
        self._size += len(encoded)
        if self._size > _HELD:
            self._flush()
        return value

    def _flush(self) -> None:
        self._ledger.keep(self._kind, self._new, ())
        self._kept.update(self._new)
        self._new, self._size = {}, 0

    def settle(self, used: Iterable[bytes]) -> None:
        """At the end of a build: keep in the ledger what is new, and nothing but `used`."""
        wanted = set(used)
        new = {mark: value for mark, value in self._new.items() if mark in wanted}
        self._ledger.keep(self._kind, new, self._kept - wanted)
        self._kept = (self._kept & wanted) | new.keys()
        self._new, self._size = {}, 0
        for unused in self._values.keys() - wanted:
            del self._values[unused]
        for unused in self._stored.keys() - wanted if self._lasting else [*self._stored]:
            del self._stored[unused]


def encode(value: object) -> bytes:
    """A value as a shelf keeps it."""
    return msgspec.msgpack.encode(value)
