"""Whole numbers as printable characters: docs/search-format.md, "Numbers"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

DIGITS = "".join(chr(code) for code in range(35, 127) if code != 92)
_BASE = len(DIGITS)
_TWO = 60
_THREE = _TWO + 29 * _BASE
_FOUR = _THREE + _BASE**3
NUMBER_STEPS = _TWO, _THREE, _FOUR
"""The least numbers of two, four and five characters."""
LARGEST = _FOUR + _BASE**4 - 1
_VALUE = {digit: value for value, digit in enumerate(DIGITS)}


def _spelt(number: int) -> str:
    if number < _TWO:
        return DIGITS[number]
    if number < _THREE:
        lead, rest = divmod(number - _TWO, _BASE)
        return DIGITS[_TWO + lead] + DIGITS[rest]
    if number < _FOUR:
        return DIGITS[89] + _fixed(number - _THREE, 3)
    if number > LARGEST:
        raise ValueError(f"{number} is too large to be written")
    return DIGITS[90] + _fixed(number - _FOUR, 4)


def _fixed(number: int, digits: int) -> str:
    written = ""
    for _ in range(digits):
        number, rest = divmod(number, _BASE)
        written = DIGITS[rest] + written
    return written


_SPELT = [_spelt(number) for number in range(_THREE)]


def encode(numbers: Iterable[int]) -> str:
    """`numbers`, each 0 to `LARGEST`, one after the other. Raises ValueError for a larger one."""
    short = _SPELT
    return "".join([short[n] if n < _THREE else _spelt(n) for n in numbers])


def decode(text: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """The numbers that `encode` wrote. Raises KeyError or IndexError for what it did not write."""
    at, stop, value = start, len(text) if end is None else end, _VALUE
    while at < stop:
        digit = value[text[at]]
        at += 1
        if digit >= _TWO:
            extra = 1 if digit < 89 else digit - 86
            number = digit - _TWO if digit < 89 else 0
            for _ in range(extra):
                number = number * _BASE + value[text[at]]
                at += 1
            digit = number + (_TWO if extra == 1 else _THREE if extra == 3 else _FOUR)
        yield digit


def gaps(slots: Iterable[int]) -> Iterator[int]:
    """`slots`, rising, as the first and the distance of each from the one before, less one."""
    before = -1
    for slot in slots:
        yield slot - before - 1
        before = slot
