"""What a stage made, kept from build to build by what it was made of.

Values are decoded when they are first asked for. A shelf lives as long as its process and is filled
from the ledger once; what came to harm there is missing, and so is made anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

import msgspec

from digest.ledger import Ledger

T = TypeVar("T")


class Shelf(Generic[T]):
    """The values of one kind. A mark is a hash of all that its value rests on."""

    def __init__(self, ledger: Ledger, kind: str, of: type[T]) -> None:
        self._ledger, self._kind = ledger, kind
        self._decode = msgspec.msgpack.Decoder(of).decode
        self._stored: dict[bytes, bytes] = ledger.recall(kind)
        """What the ledger holds and nobody asked for yet."""
        self._values: dict[bytes, T] = {}
        self._kept: set[bytes] = set(self._stored)
        """Marks that the ledger holds."""
        self._new: dict[bytes, bytes] = {}

    def __contains__(self, mark: bytes) -> bool:
        return mark in self._values or mark in self._stored

    def get(self, mark: bytes) -> T | None:
        """The value of `mark`, or None where it must be made."""
        value = self._values.get(mark)
        if value is None and (stored := self._stored.pop(mark, None)) is not None:
            try:
                value = self._values[mark] = self._decode(stored)
            except msgspec.MsgspecError:
                self._kept.discard(mark)
        return value

    def put(self, mark: bytes, encoded: bytes) -> T:
        """Remember a value, which is returned as `get` will give it."""
        value = self._values[mark] = self._decode(encoded)
        self._new[mark] = encoded
        return value

    def settle(self, used: Iterable[bytes]) -> None:
        """At the end of a build: keep in the ledger what is new, and nothing but `used`."""
        wanted = set(used)
        self._ledger.keep(self._kind, self._new, self._kept - wanted)
        self._kept = (self._kept & wanted) | self._new.keys()
        self._new = {}
        for unused in self._values.keys() - wanted:
            del self._values[unused]
        for unused in self._stored.keys() - wanted:
            del self._stored[unused]


def encode(value: object) -> bytes:
    """A value as a shelf keeps it."""
    return msgspec.msgpack.encode(value)
