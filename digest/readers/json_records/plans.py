"""Which field of an object holds what: found once for all objects with the same fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from digest.paper import LinkKind
from digest.readers.json_records.shapes import JsonObject, Shape, find_shape
from digest.readers.roles import LINK_ROLES, find_roles

Path = tuple[str, ...]
Place = tuple[str, Path | None]
"""A field, and the whole path where that leads further."""

_KEPT_PLANS = 500
_MOST_FIELDS = 2_000
_EMPTY: tuple[Any, ...] = (None, "", [], {})
_WRAPPERS = frozenset(
    """data items papers results notes message records entries works articles publications hits docs
        documents recommendedPapers response file files value values list rows feed proceedings
        conference search-results""".split()
)
"""Names under which objects hold lists of papers."""


class Texts(NamedTuple):
    """The one field of each role that is a text; None for a role that no field has."""

    title: str | None
    abstract: str | None
    authors: str | None
    venue: str | None
    comment: str | None
    journal_ref: str | None


class Plan(NamedTuple):
    """Where the objects with one set of fields keep what."""

    shape: Shape | None
    evidence: str
    markup: bool
    paths: Mapping[str, tuple[Place, ...]]
    links: tuple[tuple[LinkKind, Place], ...]
    prepared: bool
    texts: Texts | None
    """None where a text may stand in several places, or inside another value."""
    eprints: tuple[Place, ...]
    """Where an arXiv identifier may stand."""
    pages: tuple[Place, ...]
    """Addresses that may hold one."""
    wrappers: tuple[str, ...]
    """Fields by whose name the object may hold papers rather than be one."""


class Planner:
    """Makes plans, and keeps them: most objects of a file have the same fields."""

    def __init__(self, mapping: Mapping[str, str] | None = None, *, is_table: bool = False) -> None:
        self._mapping = {role: _path(path) for role, path in (mapping or {}).items()}
        self._is_table = is_table
        self._evidence = "table" if is_table else "json"
        self._plans: dict[Path, Plan] = {}

    def plan(self, found: JsonObject) -> Plan:
        """The plan for objects with the fields of `found`."""
        names = tuple(found)
        plan = self._plans.get(names)
        if plan is None:
            plan = self._make(found)
            if len(self._plans) < _KEPT_PLANS:
                self._plans[names] = plan
        return plan

    def _make(self, found: JsonObject) -> Plan:
        shape = None if self._mapping or self._is_table else find_shape(found)
        evidence = shape.name if shape and shape.name in ("csl", "crossref") else self._evidence
        prepared = shape is not None and shape.prepare is not None
        return self._lay_out(shape, evidence, found, prepared=prepared)

    def _lay_out(
        self, shape: Shape | None, evidence: str, found: JsonObject, *, prepared: bool
    ) -> Plan:
        ignored = shape.ignored if shape else frozenset()
        names = [n for n in list(found)[:_MOST_FIELDS] if n not in ignored]
        roles = find_roles(names)
        paths: dict[str, tuple[Path, ...]] = {r: tuple((n,) for n in ns) for r, ns in roles.items()}
        for role, dotted in (shape.fields if shape else {}).items():
            first = tuple(map(_path, dotted))
            paths[role] = first + tuple(p for p in paths.get(role, ()) if p not in first)
        for role, path in self._mapping.items():
            paths[role] = (path,)
        places = {role: tuple(map(_place, found)) for role, found in paths.items()}
        links: list[tuple[LinkKind, Place]] = [
            (role, place) for role in LINK_ROLES for place in places.pop(role, ())
        ]
        return Plan(
            shape,
            evidence,
            bool(shape and shape.markup),
            places,
            tuple(links),
            prepared,
            texts=_texts(places),
            eprints=(*places.get("eprint", ()), *places.get("id", ())),
            pages=tuple(place for kind, place in links if kind in ("paper", "pdf")),
            wrappers=tuple(sorted(_WRAPPERS.intersection(found))),
        )

    def view(self, found: JsonObject) -> tuple[JsonObject, Plan] | None:
        """`found` in plain form with its plan, or None where it is not meant as a paper."""
        return self.prepare(found, self.plan(found))

    def prepare(self, found: JsonObject, plan: Plan) -> tuple[JsonObject, Plan] | None:
        """As `view`, of an object whose `plan` is known."""
        if not plan.prepared or plan.shape is None or plan.shape.prepare is None:
            return found, plan
        prepared = plan.shape.prepare(found)
        if prepared is None:
            return None
        if prepared.keys() == found.keys():
            return prepared, plan
        names = (plan.shape.name, *prepared)
        inner = self._plans.get(names)
        if inner is None:
            inner = self._lay_out(plan.shape, plan.evidence, prepared, prepared=True)
            if len(self._plans) < _KEPT_PLANS:
                self._plans[names] = inner
        return prepared, inner


def _path(dotted: str) -> Path:
    return tuple(dotted.split("."))


def _place(path: Path) -> Place:
    return path[0], path if len(path) > 1 else None


def _texts(places: Mapping[str, tuple[Place, ...]]) -> Texts | None:
    of_role = [places.get(role, ()) for role in Texts._fields]
    if any(len(found) > 1 or (found and found[0][1] is not None) for found in of_role):
        return None
    return Texts(*(found[0][0] if found else None for found in of_role))


def reach(found: Any, path: Path) -> Any:
    """What stands at `path`; a step into a list goes into each of its elements."""
    for depth, step in enumerate(path):
        if isinstance(found, dict):
            found = found.get(step)
        elif isinstance(found, list):
            if not step.isdigit():
                rest = path[depth:]
                inner = [reach(item, rest) for item in found[:20_000] if isinstance(item, dict)]
                return [value for value in inner if value not in _EMPTY]
            found = found[int(step)] if int(step) < len(found) else None
        else:
            return None
    return found
