"""What was found, as files for review: `content/enriched/*.yaml`.

Entries stand by the key of their paper, one file a year of arXiv, one for papers with a DOI and one
for those with neither (or sixteen, by the first digit of a hash, above some thousands), so that two
people's runs seldom meet in one line. What stands in an entry is never changed: a run adds fields
that it lacks, unless the user has accepted or refused it.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import structs

from digest.catalogue.gains import FIELDS, Gain
from digest.enrich.gaps import Gap
from digest.enrich.judge import Verdict
from digest.identifiers import eprint_month
from digest.paper import Record
from digest.text import content_hash

_MOST = 5_000
"""Entries of a file; above, it is divided."""
_NAME = re.compile(r"(?:arxiv-[0-9]{4}|doi|text)(?:-[0-9a-f])?\.yaml")
_HEAD = (
    "# Found by “digest enrich”: what no source of these papers says. Check it; write\n"
    "# “accepted: no” into an entry to refuse it for good, “accepted: yes” to keep it as it is.\n"
)
_SAID = {"arxiv": "arXiv identifier", "doi": "DOI", "abstract": "abstract", "title": "title"}


def new_gain(gap: Gap, verdict: Verdict) -> Gain | None:
    """The entry of what a verdict found; None where that is nothing."""
    if not verdict.found or verdict.match is None:
        return None
    match, candidate = verdict.match, verdict.match.candidate
    evidence = [("matched", "beginning of the abstract" if match.part else _SAID[match.by])]
    if match.similarity is not None:
        # Rounded down: 1 is said of equal texts alone.
        evidence.append(("similarity", f"{int(match.similarity * 100) / 100:.2f}"))
    record = candidate.record
    name = f"arxiv:{record.eprint}" if record.eprint else f"doi:{record.doi}" if record.doi else ""
    if name:
        evidence.append(("record", name.lower()))
    evidence.append(("from", candidate.origin))
    if candidate.mark:
        evidence.append(("content", candidate.mark))
    found = Record(span=(0, 0), **verdict.found)
    return Gain(paper=gap.paper, seen=gap.seen, found=found, evidence=tuple(evidence))


def add(known: Mapping[str, Gain], new: Iterable[Gain]) -> tuple[dict[str, Gain], list[Gain]]:
    """All entries by paper, once `new` ones are taken in, and those of the new that said anything,
    each with what it added alone."""
    entries, added = dict(known), []
    for gain in new:
        old = entries.get(gain.paper)
        if old is None:
            entries[gain.paper] = gain
            added.append(gain)
        elif old.accepted is None:
            fields = {
                name: value
                for name in FIELDS
                if (value := getattr(gain.found, name)) and not getattr(old.found, name)
            }
            if fields:
                entries[gain.paper] = structs.replace(
                    old, found=structs.replace(old.found, **fields)
                )
                added.append(structs.replace(gain, found=Record(span=(0, 0), **fields)))
    return entries, added


def to_files(entries: Mapping[str, Gain]) -> dict[str, str]:
    """Names of files and their texts."""
    kinds: dict[str, list[Gain]] = defaultdict(list)
    for key in sorted(entries):
        kinds[_kind(key)].append(entries[key])
    found: dict[str, list[Gain]] = defaultdict(list)
    for kind, gains in kinds.items():
        for gain in gains:
            part = f"-{content_hash(gain.paper, 1)}" if len(gains) > _MOST else ""
            found[f"{kind}{part}.yaml"].append(gain)
    return {name: _HEAD + "".join(map(to_yaml, gains)) for name, gains in sorted(found.items())}


def is_ours(name: str) -> bool:
    """Whether `to_files` gives this name; another file is the user's own."""
    return _NAME.fullmatch(name) is not None


def _kind(key: str) -> str:
    kind, _, name = key.partition(":")
    if kind == "arxiv":
        return f"arxiv-{eprint_month(name)[:4]}"
    return "doi" if kind == "doi" else "text"


def to_yaml(gain: Gain) -> str:
    """An entry as it is written."""
    return "\n".join(_lines(gain)) + "\n"


def _lines(gain: Gain) -> Iterator[str]:
    yield ""
    yield f"- paper: {_quoted(gain.paper)}"
    if gain.seen:
        yield f"  seen: {_quoted(gain.seen)}"
    if gain.accepted is not None:
        yield f"  accepted: {'yes' if gain.accepted else 'no'}"
    yield "  found:"
    for name in FIELDS:
        value: Any = getattr(gain.found, name)
        if isinstance(value, tuple) and value:
            yield f"    {name}: [{', '.join(map(_quoted, value))}]"
        elif value:
            yield f"    {name}: {_quoted(value)}"
    if gain.evidence:
        yield "  evidence:"
        for name, said in gain.evidence:
            yield f"    {name}: {_quoted(said)}"


def _quoted(text: str) -> str:
    """`text` in double quotes, as JSON and YAML both read it."""
    said = json.dumps(text, ensure_ascii=False)
    if said.isprintable():
        return said
    return "".join(c if c.isprintable() else _escaped(c) for c in said)


def _escaped(char: str) -> str:
    code = ord(char)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
