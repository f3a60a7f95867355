"""The texts of an entry's fields: abbreviations written out, markup of web pages gone."""

from __future__ import annotations

from digest.readers.bibtex.entries import Block
from digest.readers.bibtex.fields import USED, is_address_field
from digest.readers.bibtex.strings import Strings
from digest.readers.bibtex.values import Fault
from digest.readers.citations import without_markup

_MERGED = frozenset({"keywords", "keyword", "author_keywords", "mendeley-tags", "tags"})


def read_texts(
    block: Block, strings: Strings, faults: list[Fault]
) -> tuple[dict[str, str], list[str]]:
    """The texts of the fields that we use: the first of each, as BibTeX takes it, keywords of
    all; and every address."""
    fields: dict[str, str] = {}
    urls: list[str] = []
    for name, value, at in block.fields:
        if name not in USED and name[:9] != "bdsk-url-":
            continue
        text = value if isinstance(value, str) else strings.resolve(value, faults)
        if "&" in text or "</" in text:
            text = without_markup(text)
        if is_address_field(name):
            urls.append(text)
        if name not in fields:
            fields[name] = text
        elif name in _MERGED:
            fields[name] += f"; {text}" if ";" in fields[name] else f", {text}"
        elif text != fields[name] and not is_address_field(name):
            faults.append(
                Fault(at, "warning", f"a second field `{name}` in the entry `{block.key[:60]}`",
                      "the first was taken; remove one")
            )  # fmt: skip
    return fields, urls
