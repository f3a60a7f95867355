"""What `digest enrich` found about papers, as it stands in `content/enriched/*.yaml`.

A file is a list of entries. Each names a paper by its key, what was found (fields that no source of
the paper gives) and by which evidence:

    - paper: "text:0123456789abcdef"
      seen: "Words by which a reader knows the paper"
      accepted: no                  # written by the user; “no” takes the entry out for good
      found:
        title: "…"
        authors: ["…", "…"]
      evidence:
        matched: "abstract"

An entry becomes a further sighting of its paper, which speaks where all others are silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import yaml
from msgspec import Struct, json, structs

from digest.catalogue.cleaning import cleaned
from digest.catalogue.gain_lines import read_lines
from digest.catalogue.keys import Keyed
from digest.catalogue.slugs import record_key
from digest.identifiers import canonical_doi, parse_arxiv
from digest.paper import Record, Sighting, Source
from digest.problems import Problem
from digest.text import clean, content_hash, fold
from digest.yaml_text import YamlRefused, compose, line_of, value_of

ENRICHED = "enriched"
"""The format of such a sighting's source."""
LINES = ("title", "published", "eprint", "doi", "venue", "journal_ref", "comment")
FIELDS = (*LINES, "abstract", "authors")
"""What an entry may have found."""
_ENTRY = re.compile(r"^- ", re.MULTILINE)
_PIECE = 100_000
"""Characters of a file that are parsed at a time, where entries begin often enough."""
_NO = frozenset({"no", "false", "n", "0", "off"})
_YES = frozenset({"yes", "true", "y", "1", "on"})


class Gain(Struct, frozen=True, kw_only=True):
    """An entry."""

    paper: str
    """Key of the paper, or of one of its records, before anything was found."""
    found: Record
    evidence: tuple[tuple[str, str], ...] = ()
    seen: str = ""
    accepted: bool | None = None
    """What the user says; None where nothing."""
    source: Source | None = None


def read_gains(text: str, path: str) -> tuple[tuple[Gain, ...], tuple[Problem, ...]]:
    """The entries of a file called `path` in messages, in their order, and what is wrong in it."""
    gains: list[Gain] = []
    problems: list[Problem] = []
    line = 0
    for start, piece in _pieces(text):
        for value, source in _entries(piece, start, line, path, problems):
            gain = _gain(value, source)
            if gain is None:
                said = "is no entry of “digest enrich”: it names no paper"
                hint = "Write “- paper: …” and “found:”."
                problems.append(Problem(path, source.first_line, "warning", said, hint))
            else:
                gains.append(gain)
        line += piece.count("\n")
    return tuple(gains), tuple(problems)


def _entries(
    piece: str, start: int, line: int, path: str, problems: list[Problem]
) -> Iterator[tuple[Any, Source]]:
    """The entries of `piece`, before which stand `start` characters and `line` lines."""
    plain = read_lines(piece)
    if plain is not None:
        offsets = [start]
        for row in piece.split("\n"):
            offsets.append(offsets[-1] + len(row) + 1)
        for first, last, value in plain:
            span = offsets[first], offsets[last + 1] - 1
            yield value, Source(path, ENRICHED, *span, line + first + 1, line + last + 1)
        return
    try:
        root = compose(piece)
    except YamlRefused as refused:
        hint = "Mend the line, or delete the file and run “digest enrich” again."
        problems.append(
            Problem(path, (refused.line or 1) + line, "error", f"not valid YAML: {refused}", hint)
        )
        return
    for node in root.value if isinstance(root, yaml.SequenceNode) else [root] if root else ():
        first, last = line_of(node) + line, int(node.end_mark.line) + line
        span = start + node.start_mark.index, start + node.end_mark.index
        yield value_of(node), Source(path, ENRICHED, *span, first, max(first, last))


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """`text` cut before entries, each piece with its offset."""
    start = 0
    for entry in _ENTRY.finditer(text):
        if entry.start() - start > _PIECE:
            yield start, text[start : entry.start()]
            start = entry.start()
    yield start, text[start:]


def _gain(value: Any, source: Source) -> Gain | None:
    if not isinstance(value, dict) or not isinstance(value.get("paper"), str):
        return None
    found, evidence = value.get("found"), value.get("evidence")
    accepted = str(value.get("accepted", "")).strip().lower()
    seen = value.get("seen")
    return Gain(
        paper=value["paper"].strip(),
        found=_record(found if isinstance(found, dict) else {}, (source.start, source.end)),
        evidence=tuple((str(k), str(v)) for k, v in evidence.items())
        if isinstance(evidence, dict)
        else (),
        seen=seen if isinstance(seen, str) else "",
        accepted=True if accepted in _YES else False if accepted in _NO else None,
        source=source,
    )


def _record(found: dict[str, Any], span: tuple[int, int]) -> Record:
    said: dict[str, Any] = {
        name: text
        for name in LINES
        if isinstance(found.get(name), str) and (text := fold(clean(found[name])))
    }
    if isinstance(found.get("abstract"), str) and (text := clean(found["abstract"]).strip()):
        said["abstract"] = text
    authors = found.get("authors")
    names = [authors] if isinstance(authors, str) else authors if isinstance(authors, list) else []
    if kept := tuple(fold(clean(n)) for n in names if isinstance(n, str) and n.strip()):
        said["authors"] = kept
    eprint = parse_arxiv(said.pop("eprint", ""))
    doi = canonical_doi(said.pop("doi", ""))
    return Record(
        span=span,
        eprint=eprint.id if eprint else None,
        doi=doi if doi.startswith("10.") else None,
        published_as=ENRICHED if "published" in said else None,
        **said,
    )


def tie(sightings: Iterable[Keyed], gains: Iterable[Gain]) -> list[Keyed]:
    """The `gains` of papers that `sightings` are of, keyed so that merging brings them together.

    Of several gains of one paper the first counts; what the user refused, and what belongs to no
    paper (any more), is left out.
    """
    first: dict[str, Gain] = {}
    for gain in gains:
        first.setdefault(gain.paper, gain)
    wanted = {key: gain for key, gain in first.items() if gain.accepted is not False}
    if not wanted:
        return []
    tied: dict[str, Keyed] = {}
    for member in sightings:
        key = _key(member)
        if key in wanted and key not in tied and (one := _tied(key, wanted[key], member)):
            tied[key] = one
    return [tied[key] for key in sorted(tied)]


def _key(member: Keyed) -> str:
    """The `record_key` of a sighting, whose hash is known where its abstract decides."""
    record = member.sighting.record
    if member.abstract is not None and not record.eprint and not record.doi:
        return f"text:{member.abstract[:16]}"
    return record_key(record)


def _tied(key: str, gain: Gain, member: Keyed) -> Keyed | None:
    kind, _, name = key.partition(":")
    known = member.sighting.record
    changes: dict[str, Any] = {}
    if kind == "arxiv":
        changes["eprint"] = name
    elif kind == "doi":
        changes["doi"] = name
    elif member.abstract is None and member.title is None:
        return None
    elif known.authors:
        # Of several papers of one title it is that of these authors.
        changes["authors"] = known.authors
    record = structs.replace(gain.found, **changes)
    fit = cleaned(Sighting(record, gain.source or Source("", ENRICHED, 0, 0, 1, 1)))
    of_text = kind == "text"
    return Keyed(
        fit,
        content_hash(key.encode() + json.encode(structs.replace(fit.record, span=(0, 0))), 32),
        member.abstract if of_text else None,
        member.title if of_text and member.abstract is None else None,
    )


def rooted(groups: Iterable[tuple[Keyed, ...]]) -> list[tuple[Keyed, ...]]:
    """Those of `groups` that a source speaks of: nothing becomes a paper by gains alone."""
    return [
        group
        for group in groups
        if any(member.sighting.source.format != ENRICHED for member in group)
    ]


def complete(group: Iterable[Sighting]) -> tuple[list[Record], Record | None]:
    """What the sources of a paper say, and what was gained where all of them say nothing."""
    members = tuple(group)
    given = [s.record for s in members if s.source.format != ENRICHED]
    gained = [s.record for s in members if s.source.format == ENRICHED]
    if not gained:
        return given, None
    fields = {
        name: value
        for name in FIELDS
        if not any(getattr(record, name) for record in given)
        and (value := next(filter(None, (getattr(record, name) for record in gained)), None))
    }
    if "published" in fields:
        fields["published_as"] = ENRICHED
    return given, Record(span=(0, 0), **fields)
