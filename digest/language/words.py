"""Texts, dates and numbers in one language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date as Date  # noqa: N812 - fields are named date
from functools import lru_cache
from gettext import GNUTranslations
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from digest.language.catalogue import read_catalogue

if TYPE_CHECKING:
    from babel import Locale

_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


class Words:
    """What the interface says in the language `language`, a BCP 47 tag."""

    def __init__(self, language: str, catalogue: GNUTranslations | None) -> None:
        """`catalogue`: None for English, in which all texts are written."""
        self.language = language
        self._catalogue = catalogue
        self._locale = _locale(language) if catalogue else None
        # One day's name stands on many pages.
        self.date: Callable[[str | None], str] = lru_cache(100_000)(self._date)

    def say(self, text: str, **values: object) -> str:
        """`text` in this language, with `{name}` replaced by `values`: numbers as the language
        writes them. Where a value is markup, so is the answer, and all else in it is escaped."""
        said = self._catalogue.gettext(text) if self._catalogue else text
        return self._fill(said, values) if values else said

    def many(self, one: str, other: str, n: int, **values: object) -> str:
        """`one` where `n` is one, else `other`, or what this language says of `n` things."""
        if self._catalogue is None:
            said = one if n == 1 else other
        else:
            said = self._catalogue.ngettext(one, other, n)
        return self._fill(said, {"n": n, **values})

    def number(self, n: float) -> str:
        """`12,345`"""
        if self._locale is None:
            return f"{n:,}"
        from babel.numbers import format_decimal  # noqa: PLC0415 - English needs none of Babel

        return format_decimal(n, locale=self._locale)

    def month(self, number: int) -> str:
        """The name of a month, from 1, that stands alone."""
        if self._locale is None:
            return _ENGLISH_MONTHS[number - 1]
        name: str = self._locale.months["stand-alone"]["wide"][number]
        return name

    def short_month(self, number: int) -> str:
        """The short name of a month, from 1, that stands alone."""
        if self._locale is None:
            return _ENGLISH_MONTHS[number - 1][:3]
        name: str = self._locale.months["stand-alone"]["abbreviated"][number]
        return name

    def list(self, names: Sequence[str]) -> str:
        """`A, B and C`"""
        if len(names) < 2:
            return "".join(names)
        if self._locale is None:
            return f"{', '.join(names[:-1])} and {names[-1]}"
        from babel.lists import format_list  # noqa: PLC0415 - English needs none of Babel

        return format_list(names, locale=self._locale)

    def _date(self, date: str | None) -> str:
        """`8 September 2023`, `September 2023`, `2023`, or "" for an EDTF date."""
        if not date:
            return ""
        year, *rest = map(int, date.split("-"))
        if self._locale is None:
            return " ".join([*map(str, rest[1:]), *(_ENGLISH_MONTHS[m - 1] for m in rest[:1]),
                             date[:4]])  # fmt: skip
        from babel.dates import format_date, format_skeleton  # noqa: PLC0415 - as above

        day = Date(year, *rest, *(1,) * (2 - len(rest)))
        if len(rest) == 2:
            return format_date(day, "long", locale=self._locale)
        return format_skeleton("yMMMM" if rest else "y", day, locale=self._locale)

    def _fill(self, said: str, values: Mapping[str, Any]) -> str:
        shown = {
            name: self.number(value) if isinstance(value, int | float) else value
            for name, value in values.items()
        }
        if any(isinstance(value, Markup) for value in shown.values()):
            return escape(said).format(**shown)
        return said.format(**shown)


def _locale(language: str) -> Locale:
    from babel import Locale  # noqa: PLC0415 - English needs none of Babel

    return Locale.parse(language, sep="-")


@lru_cache(16)
def words_of(language: str) -> Words:
    """The words of a BCP 47 tag such as `de` or `pt-BR`: of the language alone where its region
    has none, and English ones where it has none either."""
    found = read_catalogue(language)
    if found is None:
        return Words("en", None)
    return Words(language, found)
