"""The week as a language has it: which day is its first, and what its days are called."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

_ENGLISH_DAYS = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip


class Week(Struct, frozen=True):
    """The seven days in the order in which calendars show them."""

    first: int
    """Of the days of a week that begins with Monday, which is 0."""
    names: tuple[str, ...]
    short: tuple[str, ...]


@lru_cache(16)
def week_of(language: str) -> Week:
    """The week of a `Words.language`; English begins with Monday, as ISO 8601 has it,
    and stands for what nobody knows."""
    english = Week(0, _ENGLISH_DAYS, tuple(name[:2] for name in _ENGLISH_DAYS))
    if language == "en":
        return english
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - English needs none of Babel
    from babel.core import get_global  # noqa: PLC0415 - as above

    locale = None
    for tag in (language, language.partition("-")[0]):
        try:
            locale = Locale.parse(tag, sep="-")
            break
        except (UnknownLocaleError, ValueError):
            continue
    if locale is None:
        return english
    # The first day is a custom of countries: a language alone stands for where most speak it.
    likely = get_global("likely_subtags").get(str(locale))
    here = locale if locale.territory or not likely else Locale.parse(likely)
    first = int(here.first_week_day)
    days = locale.days["stand-alone"]
    order = [(first + place) % 7 for place in range(7)]
    return Week(
        first,
        tuple(str(days["wide"][day]) for day in order),
        tuple(str(days["short"][day]) for day in order),
    )
