"""What a walk through a JSON text meets: elements, broken ones, and slips that cost nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")


class Element(NamedTuple):
    """One value that may be a paper."""

    start: int
    end: int
    value: Any


class Broken(NamedTuple):
    """One element that is no JSON; `at` is where that shows."""

    start: int
    end: int
    at: int
    why: str


class Slip(NamedTuple):
    """Something wrong that cost nothing."""

    at: int
    why: str


Found = Element | Broken | Slip


def reason(message: str) -> str:
    """The decoder's message in our words, without the places that it ends in."""
    message = message.removesuffix(" starting at").removesuffix(" at")
    known = {
        "Expecting property name enclosed in double quotes": "a name in double quotes is expected",
        "Expecting ',' delimiter": "`,` or a closing bracket is expected",
        "Expecting ':' delimiter": "`:` is expected",
        "Expecting value": "a value is expected",
        "Unterminated string": "a text without its closing quote",
        "Extra data": "more after the end",
    }
    return known.get(message, message)


def attempt(read: Callable[..., T], *line: Any) -> T | None:
    """What `read` makes of a line; None where that is no JSON."""
    try:
        return read(*line)
    except (ValueError, RecursionError):  # msgspec's errors are ValueErrors
        return None
