"""The registry of addresses, `addresses.yaml`: every address that a paper of the digest ever had.

One address a line, sorted; what a line says is one of three things:

    arxiv-2309.04669:                    a paper has, or had, its page here
    of-tides-and-moons-1a2b3c4d: arxiv-2309.04669     led to that address when it was last of use
    notes-5e6f7a8b: ~90ab12cd            a page, held by the paper with this mark

What the content tells counts for more than the file; the file tells what the content no longer
does. That a paper is gone is not written down: its address is known, and nothing has it. So lines
come and are rarely changed, never removed, and both sides of a merge can be kept. Marks stand where
an address does not tell papers apart by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import yaml
from msgspec import Struct

from digest.problems import Problem
from digest.yaml_text import YamlRefused, compose

ADDRESSES = "addresses.yaml"
_LONGEST = 160
_SLUG = r"[a-z0-9][a-z0-9.-]{0,159}"
_LINE = re.compile(rf"^({_SLUG}):(?: (~?{_SLUG}))?$", re.MULTILINE)
_HEAD = (
    "# Every address that a paper of this digest ever had: “digest build” keeps this list, so\n"
    "# that links to the site go on working. Keep the file under version control, and both sides\n"
    "# where two versions are merged. See “Addresses that last” in the manual.\n"
)
_OURS = frozenset(_HEAD.splitlines())
_MARKERS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
"""What a merge leaves behind where it found no end."""
_LOST = "# not understood: "
_MOST_ODD = 1_000
"""Lines in another spelling that are looked at: each costs what a whole text does."""


class Registry(Struct, frozen=True):
    """What `addresses.yaml` says."""

    leads: Mapping[str, str] = {}
    """By address (a slug): "" for a page of its own, else the address to which it led."""
    marks: Mapping[str, str] = {}
    """Of who holds an address, where that had to be told."""
    remarks: tuple[str, ...] = ()
    """Lines of somebody else's, which are kept."""


def read_registry(text: str | None, path: str = ADDRESSES) -> tuple[Registry, tuple[Problem, ...]]:
    """The registry that `text` is, and what is wrong with it. A line that says nothing does not
    touch the others; of an address that stands twice the line that leads on counts, then the one
    that is first in the alphabet. Takes time in proportion to `text`."""
    if not text:
        return Registry(), ()
    rows: list[tuple[str, str]] = _LINE.findall(text)
    remarks: tuple[str, ...] = ()
    problems: list[Problem] = []
    lines = text.splitlines()
    head = next((place for place, line in enumerate(lines) if line[:1] not in "#"), len(lines))
    if len(rows) != len(lines) - head or not _OURS.issuperset(lines[:head]):
        rows, remarks, problems = _by_line(lines, path)
    leads = {address: "" if said[:1] == "~" else said for address, said in rows}
    if len(leads) < len(rows):
        rows = _once(rows, path, problems)
        leads = {address: "" if said[:1] == "~" else said for address, said in rows}
    marks = {address: said[1:] for address, said in rows if said[:1] == "~"}
    leads = {address: to if to != address else "" for address, to in leads.items()}
    for to in [to for to in leads.values() if to and to not in leads]:
        leads[to] = ""
    return Registry(leads, marks, remarks), tuple(problems)


def registry_text(registry: Registry) -> str:
    """`registry` as it stands in the file: the same registry, the same text."""
    marks = registry.marks
    lines = [
        f"{address}: {to}"
        if to
        else f"{address}: ~{marks[address]}"
        if address in marks
        else f"{address}:"
        for address, to in sorted(registry.leads.items())
    ]
    return _HEAD + "".join(f"{line}\n" for line in (*registry.remarks, *lines))


def is_address(slug: str) -> bool:
    """Whether `slug` can stand in the registry."""
    return re.fullmatch(_SLUG, slug) is not None


def _by_line(
    lines: list[str], path: str
) -> tuple[list[tuple[str, str]], tuple[str, ...], list[Problem]]:
    rows: list[tuple[str, str]] = []
    remarks: dict[str, None] = {}
    problems: list[Problem] = []
    merging = 0
    odd = 0
    for number, line in enumerate(lines, 1):
        if found := _LINE.fullmatch(line):
            rows.append((found[1], found[2] or ""))
        elif line.startswith(_MARKERS):
            merging = merging or number
        elif line in _OURS or not line.strip() or line.strip() in ("---", "...", "{}"):
            continue
        elif line.startswith("#") and not line.startswith(_LOST):
            remarks[line] = None
        else:
            odd += 1
            pairs = list(_composed(line)) if odd <= _MOST_ODD else []
            rows.extend(pairs)
            if not pairs:
                remarks[_LOST + line.removeprefix(_LOST).strip()] = None
                problems.append(_unread(path, number))
    if merging:
        said = "two versions were merged and not everything was settled; both were read"
        hint = "Nothing is lost: “digest build” writes the file anew. Then commit it."
        problems.append(Problem(path, merging, "warning", said, hint))
    return rows, tuple(remarks), problems[:20]


def _unread(path: str, line: int) -> Problem:
    hint = "Write `address:` or `address: the-address-it-leads-to`, or delete the line."
    return Problem(path, line, "warning", "this line names no address", hint)


def _composed(line: str) -> Iterator[tuple[str, str]]:
    """What a line in another spelling of YAML says."""
    try:
        root = compose(line)
    except YamlRefused:
        return
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if not (isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode)):
            continue
        address = key.value.strip().lower()
        said = value.value.strip().lower().replace("null", "")
        if is_address(address) and (said in ("", "~") or is_address(said.removeprefix("~"))):
            yield address, "" if said == "~" else said


def _once(
    rows: Iterable[tuple[str, str]], path: str, problems: list[Problem]
) -> list[tuple[str, str]]:
    said: dict[str, set[str]] = {}
    for address, what in rows:
        said.setdefault(address, set()).add(what)
    kept = []
    for address, found in said.items():
        best = min(found, key=lambda what: (not what, what[:1] == "~", what))
        # Where another led is an address all the same.
        kept.append((address, best))
        kept.extend((what, "") for what in found if is_address(what) and what not in said)
        if len(found) > 1:
            to = f"leads to “{best}”" if is_address(best) else "is a page of its own"
            hint = "Keep one of its lines; what the content tells of a paper counts for more."
            problems.append(Problem(path, None, "note", f"“{address}” stands twice; it {to}", hint))
    return kept
