"""`digest enrich`: find the gaps, ask, and write down what was found."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from digest import __version__
from digest.catalogue.gains import FIELDS, Gain, read_gains
from digest.config import Config, load_config
from digest.content import ENRICHED, Content, find_content
from digest.enrich import files
from digest.enrich.entries import add, is_ours, new_gain, to_files
from digest.enrich.gaps import find_gaps
from digest.enrich.judge import NOTHING
from digest.enrich.online import Online
from digest.enrich.snapshots import Advance, fill, open_snapshot
from digest.problems import DigestError, Problem

MEMORY = ".digest"
"""Folder of the indexes, beside digest.yaml. May be deleted at any moment."""
_SHOWN = 20
"""Refusals that are told one by one."""


class Report(Struct, frozen=True, kw_only=True):
    """What a run found."""

    papers: int
    gaps: int
    """Papers of which something is missing."""
    matched: int
    """Papers of which a record was met, whether or not it said anything new."""
    enriched: int
    """Papers that gained something in this run."""
    gained: dict[str, int]
    """How many papers gained each field in this run."""
    by: dict[str, int]
    """How many papers were matched by each kind of evidence."""
    refused: tuple[tuple[str, str], ...]
    """Papers of which something was met and nothing taken, and why."""
    files: tuple[str, ...]
    """Files of the content folder that were written or removed."""
    problems: tuple[Problem, ...]


class _Known(NamedTuple):
    """What stands in `content/enriched`."""

    entries: dict[str, Gain]
    """Those of files that runs write."""
    texts: dict[str, str]
    """Of these files, by name."""
    elsewhere: frozenset[str]
    """Papers that the user has written files about."""


def run(
    config_path: Path,
    *,
    snapshots: Sequence[Path],
    more: Sequence[Path],
    online: bool,
    content: str | None,
    advance: Advance,
) -> Report:
    """What the command does. Raises DigestError where it can do nothing."""
    files_named = [*snapshots, *more]
    if not (files_named or online):
        hint = "Name a collection with “--snapshot FILE”, or ask services with “--online”."
        raise DigestError(Problem("", None, "error", "there is nowhere to look", hint))
    config = load_config(config_path, {"content": content})
    root = config_path.parent
    services = None
    if online:
        services = Online(config.contact, root / MEMORY / "replies", advance)
    return enrich(root, config, files_named, advance, services)


def enrich(
    root: Path, config: Config, snapshots: Sequence[Path], advance: Advance, online: Online | None
) -> Report:
    """Fill the gaps of the digest in the folder `root` from the collections `snapshots`, and, of
    papers that these do not tell of, by asking `online`.

    Raises DigestError where nothing can be done at all.
    """
    content_folder = root / config.content
    content = find_content(content_folder)
    known = _known(content)
    fields, version = config.fields or {}, __version__.encode()
    papers, gaps = find_gaps(content.papers, fields)
    # What the user has judged is not asked for again.
    asked = [
        gap
        for gap in gaps
        if gap.paper not in known.elsewhere
        and ((entry := known.entries.get(gap.paper)) is None or entry.accepted is None)
    ]
    verdicts = [NOTHING] * len(asked)
    with contextlib.ExitStack() as open_files:
        opened = [
            open_files.enter_context(
                contextlib.closing(open_snapshot(path, root / MEMORY, fields, version, advance))
            )
            for path in dict.fromkeys(snapshots)
        ]
        if opened:
            verdicts = fill(asked, opened, advance)
    if online is not None:
        open_questions = [n for n, v in enumerate(verdicts) if v.match is None]
        answers = online.ask([asked[n] for n in open_questions])
        for number, answer in zip(open_questions, answers, strict=True):
            verdicts[number] = answer
    found = [gain for gap, v in zip(asked, verdicts, strict=True) if (gain := new_gain(gap, v))]
    entries, added = add(known.entries, found)
    written = _write(content_folder, known, entries) if added else ()
    return Report(
        papers=papers,
        gaps=len(gaps),
        matched=sum(v.match is not None for v in verdicts),
        enriched=len(added),
        gained={
            name: total
            for name in FIELDS
            if (total := sum(bool(getattr(gain.found, name)) for gain in added))
        },
        by=dict(sorted(Counter(v.match.by for v in verdicts if v.match).items())),
        refused=tuple(
            (gap.seen, v.refused) for gap, v in zip(asked, verdicts, strict=True) if v.refused
        ),
        files=written,
        problems=tuple(sorted((*content.problems, *(online.problems if online else ())))),
    )


def _known(content: Content) -> _Known:
    """Raises DigestError where a file that would be written anew cannot be read as a whole."""
    entries: dict[str, Gain] = {}
    texts: dict[str, str] = {}
    elsewhere: set[str] = set()
    broken = [p for p in content.problems if p.path.startswith(f"{ENRICHED}/")]
    for name, text in content.enriched:
        gains, wrong = read_gains(text, name)
        if is_ours(name.partition("/")[2]):
            texts[name] = text
            broken.extend(wrong)
            for gain in gains:
                entries.setdefault(gain.paper, gain)
        else:
            elsewhere.update(gain.paper for gain in gains)
    if broken:
        raise DigestError(*broken)
    return _Known(entries, texts, frozenset(elsewhere))


def _write(content: Path, known: _Known, entries: dict[str, Gain]) -> tuple[str, ...]:
    """Write what changed; names relative to the content folder."""
    texts = {f"{ENRICHED}/{name}": text for name, text in to_files(entries).items()}
    changed = [name for name, text in texts.items() if known.texts.get(name) != text]
    gone = [name for name in known.texts if name not in texts]
    for name in changed:
        files.replace(content / name, texts[name].encode())
    files.remove(content / name for name in gone)
    return tuple(sorted((*changed, *gone)))


def summary(report: Report) -> list[str]:
    """What a run did, in a few lines."""
    found = f"{report.matched:,} were found, {report.enriched:,} gained something new."
    lines = [f"{report.papers:,} papers, {report.gaps:,} with gaps: {found}"]
    names = {"eprint": "arXiv identifier", "doi": "DOI", "journal_ref": "journal reference"}
    if report.gained:
        said = (f"{names.get(name, name)} {total:,}" for name, total in report.gained.items())
        lines.append(f"Gained: {', '.join(said)}.")
    for seen, why in report.refused[:_SHOWN]:
        lines.append(f"Left alone: “{seen}”: {why}.")
    if len(report.refused) > _SHOWN:
        lines.append(f"… and {len(report.refused) - _SHOWN:,} more.")
    if report.files:
        lines.append("Check what was found, then build: " + ", ".join(report.files[:_SHOWN]))
    return lines
