"""JSON and JSON Lines: one paper a line, a list of papers, or an object that wraps such a list.

Known shapes are in `shapes`; any other is told by the names of its fields, or by a mapping.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from digest.paper import Record
from digest.readers.base import Passage, Reader, Unread
from digest.readers.json_records.checks import is_sure
from digest.readers.json_records.plans import Planner
from digest.readers.json_records.reading import Reading
from digest.readers.roles import check_mapping

NAME = "json"
_SAMPLES = (16_384, 65_536)
"""Lengths of what is shown of a longer text: its last line may be cut."""
_ENOUGH = 20


def make_reader(mapping: Mapping[str, str]) -> Reader:
    """A reader of JSON in which `mapping` says where a paper's fields are.

    `mapping` is role to field, such as `{"title": "name", "authors": "people.full_name"}`: a dot
    leads into an object, or into every element of a list. Roles that it does not name are told by
    the names of fields. Raises ValueError for an unknown role.
    """
    check_mapping(mapping)

    def recognise(text: str) -> float:
        return _recognise(text, Planner(mapping))

    def read(text: str) -> Iterator[Passage]:
        return Reading(text, Planner(mapping)).passages()

    return Reader(NAME, recognise, read)


def _recognise(text: str, planner: Planner) -> float:
    if text.lstrip("\ufeff\x1e \t\r\n")[:1] not in ("{", "["):
        return 0.0
    is_cut = len(text) in _SAMPLES or len(text) > _SAMPLES[-1]
    sure = unsure = unread = 0
    reading = Reading(text, planner)
    for passage in reading.passages():
        if isinstance(passage, Record):
            good = is_sure(passage)
            sure, unsure = sure + good, unsure + (not good)
        elif isinstance(passage, Unread) and not (is_cut and passage.span[1] >= len(text) - 1):
            unread += 1
        if sure + unsure + unread >= _ENOUGH:
            break
    if sure:
        return 0.95 * sure / (sure + 0.5 * unsure + 0.5 * unread)
    # One long entry may reach beyond the sample; its fields' names tell what it is.
    if reading.cut_papers and is_cut:
        return 0.7
    return 0.4 if unsure > unread else 0.2


def recognise(text: str) -> float:
    """How sure it is that `text` is JSON that holds papers."""
    return _recognise(text, Planner())


def read(text: str) -> Iterator[Passage]:
    """The papers of `text`."""
    return Reading(text, Planner()).passages()


READER = Reader(NAME, recognise, read)
