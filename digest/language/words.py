"""Texts, dates and numbers in one language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date as Date  # noqa: N812 - fields are named date
from functools import lru_cache
from gettext import GNUTranslations
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from digest.language.catalogue import compiled, read_catalogue

if TYPE_CHECKING:
    from babel import Locale

_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_COUNTS = (*range(201), 1_000_000)
"""Among these is a number for each form of the plural in any language."""


def noted(text: str) -> str:
    """`text`, which is said elsewhere: so it stands in the catalogues."""
    return text


class Words:
    """What the interface says in the language `language`, a BCP 47 tag."""

    def __init__(self, language: str, catalogue: GNUTranslations | None, own: str = "") -> None:
        """`catalogue`: None where all is said in English as it stands. `own`: what it holds of the
        digest's own texts, as `words_of` takes it."""
        self.language = language
        self.own = own
        self._catalogue = catalogue
        self._locale = _locale(language)
        # One day's name stands on many pages, and so do small numbers: Babel takes 70 us for one.
        self.date: Callable[[str | None], str] = lru_cache(100_000)(self._date)
        self.number: Callable[[float], str] = lru_cache(100_000)(self._number)
        self._months: Callable[[str], tuple[str, ...]] = lru_cache(2)(self._month_names)

    @property
    def is_plain(self) -> bool:
        """All is said in English as it stands."""
        return self._catalogue is None

    def say(self, text: str, /, **values: object) -> str:
        """`text` in this language, with `{name}` replaced by `values`: numbers as the language
        writes them. Where a value is markup, so is the answer, and all else in it is escaped."""
        said = self._catalogue.gettext(text) if self._catalogue else text
        return self._fill(said, values) if values else said

    def many(self, one: str, other: str, n: int, /, **values: object) -> str:
        """`one` where `n` is one, else `other`, or what this language says of `n` things. `{n}`
        stands for the number, which `values` may give dressed in markup."""
        if self._catalogue is None:
            said = one if n == 1 else other
        else:
            said = self._catalogue.ngettext(one, other, n)
        return self._fill(said, {"n": n, **values})

    def forms(self, one: str, other: str) -> dict[str, str]:
        """What `many` fills in, for each form of the plural as Unicode names it: `one`, `few` …"""
        if self._locale is None or self._catalogue is None:
            return {"one": one, "other": other}
        names = ((self._locale.plural_form(n), n) for n in reversed(_COUNTS))
        return {name: self._catalogue.ngettext(one, other, n) for name, n in dict(names).items()}

    def _number(self, n: float) -> str:
        """`12,345`"""
        if self._locale is None:
            return f"{n:,}"
        from babel.numbers import format_decimal  # noqa: PLC0415 - English needs none of Babel

        return format_decimal(n, locale=self._locale)

    def month(self, number: int) -> str:
        """The name of a month, from 1, that stands alone."""
        return self._months("wide")[number - 1]

    def short_month(self, number: int) -> str:
        """The short name of a month, from 1, that stands alone."""
        return self._months("abbreviated")[number - 1]

    def list(self, names: Sequence[str]) -> str:
        """`A, B and C`"""
        if len(names) < 2:
            return "".join(names)
        if self._locale is None:
            return f"{', '.join(names[:-1])} and {names[-1]}"
        # As Unicode makes lists (https://www.unicode.org/reports/tr35/tr35-general.html#ListPatterns)
        pattern = self._locale.list_patterns["standard"]
        if len(names) == 2:
            return str(pattern["2"]).format(*names)
        made = names[0]
        for name in names[1:-1]:
            made = str(pattern["start" if made is names[0] else "middle"]).format(made, name)
        return str(pattern["end"]).format(made, names[-1])

    def _month_names(self, width: str) -> tuple[str, ...]:
        if self._locale is None:
            cut = None if width == "wide" else 3
            return tuple(name[:cut] for name in _ENGLISH_MONTHS)
        from babel.localedata import load  # noqa: PLC0415 - as above

        # Not by `Locale.months`, which gives one language what another found there before it.
        known = load(str(self._locale))
        names = _resolved(known["months"]["stand-alone"][width], known)
        return tuple(str(names[number]) for number in range(1, 13))

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

    def _fill(self, said: str, values: dict[str, Any]) -> str:
        # Called some thirty times a page: `values` is nobody else's, and is changed in place.
        markup = False
        for name, value in values.items():
            kind = type(value)
            if kind is int or kind is float:
                values[name] = self.number(value)
            elif kind is Markup:
                markup = True
        return (escape(said) if markup else said).format(**values)


def _resolved(value: Any, known: Mapping[str, Any]) -> Any:
    """What a value of Babel's data stands for: itself, another place, or one with changes."""
    if isinstance(value, tuple):
        alias, changes = value
        return {**_resolved(alias, known), **changes}
    if hasattr(value, "keys") and not isinstance(value, Mapping):
        place: Any = known
        for key in value.keys:
            place = place[key]
        return _resolved(place, known)
    return value


def _is_english(language: str) -> bool:
    return language.lower().partition("-")[0] == "en"


def _locale(language: str) -> Locale | None:
    """None for English, which is written here without Babel."""
    if _is_english(language):
        return None
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - English needs none of Babel

    for tag in _wider(language):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None


def _wider(language: str) -> Iterator[str]:
    """`zh-Hant-TW`, `zh-Hant`, `zh`"""
    while language:
        yield language
        language = language.rpartition("-")[0]


@lru_cache(16)
def words_of(language: str, own: str = "") -> Words:
    """The words of a BCP 47 tag such as `de` or `pt-BR`: of the language alone where its region
    has none, and English ones where it has none either.

    `own` is a catalogue of the digest's own, the text of a `.po` file, which comes first.
    """
    found = next(filter(None, map(read_catalogue, _wider(language))), None)
    if own:
        mine = compiled(own, language)
        if found is not None:
            mine.add_fallback(found)
        found = mine
    if found is None and not _is_english(language):
        return Words("en", None)
    return Words(language, found, own)
