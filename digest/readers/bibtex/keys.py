"""The keys of entries that were read: as many as a file has entries, so kept small."""

from __future__ import annotations

from array import array
from hashlib import blake2b

_FIRST_SIZE = 1024


class Keys:
    """A set of keys that keeps eight bytes of each, whatever its length.

    Two keys that are taken for one, at odds of one in 10⁶ where a file has ten million entries,
    would cost a needless note and no more.
    """

    def __init__(self) -> None:
        self._slots = _empty(_FIRST_SIZE)
        self._held = 0

    def add(self, key: str) -> bool:
        """Adds `key`; whether it was there already."""
        digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        mark = int.from_bytes(digest, "little") or 1
        slots = self._slots
        at = _slot(slots, mark)
        if slots[at]:
            return True
        slots[at] = mark
        self._held += 1
        if 2 * self._held > len(slots):
            self._slots = _empty(2 * len(slots))
            for held in filter(None, slots):
                self._slots[_slot(self._slots, held)] = held
        return False


def _empty(size: int) -> array[int]:
    return array("Q", bytes(8 * size))


def _slot(slots: array[int], mark: int) -> int:
    """Where `mark` stands in `slots`, or the free place for it. Their number is a power of two, and
    at least half of them are free."""
    last = len(slots) - 1
    at = mark & last
    while slots[at] and slots[at] != mark:
        at = (at + 1) & last
    return at
