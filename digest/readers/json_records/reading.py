"""One pass over a JSON text: its papers as records, and an account of everything else."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from typing import Any

import msgspec
from msgspec import structs

from digest.paper import Record
from digest.readers.base import Chrome, Passage, Remark, Unread
from digest.readers.json_records.checks import count_names, find_repeated, is_sure, names_paper
from digest.readers.json_records.damage import mend
from digest.readers.json_records.found import Broken, Element, Slip, attempt
from digest.readers.json_records.lanes import Lanes
from digest.readers.json_records.papers import Complaint, read_record
from digest.readers.json_records.plans import Plan, Planner
from digest.readers.json_records.shapes import JsonObject
from digest.readers.json_records.spans import Walk

_BLANK = re.compile(r"[\s\ufeff\x1e]*")
_REPEATABLE = ('"title"', '"abstract"', '"authors"', '"doi"')
_HALF = re.compile(
    r"\\u[dD][89abAB][\da-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F]"
)
_DEEPEST = 8
_MOST_LOOKED_AT = 2_000
_HINT_JSON = "mend this entry, or remove it"
_HINT_SLIP = "it was read all the same; mend it, or export the file again"
_HINT_EMPTY = "give it a title, an abstract or an identifier; or remove it"
_KINDS = {dict: "an object", list: "a list", str: "a text", bool: "a truth value", int: "a number",
          float: "a number", type(None): "nothing"}  # fmt: skip


class Reading:
    """One pass over one text."""

    def __init__(self, text: str, planner: Planner) -> None:
        self.text = text
        self.walk = Walk(text, self.is_paper, self.wraps, self._names_paper)
        self.cut_papers = 0
        """Broken objects that have the names of a paper's fields."""
        self._planner = planner
        self._reached = 0
        self._lines_read = 0
        self._seen: tuple[Any, Record | None, list[Complaint]] = (None, None, [])

    # --------------------------------------------------------------------------- what is what

    def _record(self, found: dict[str, Any]) -> Record | None:
        """The record of `found`, its span yet to be set; the last one is kept."""
        if self._seen[0] is not found:
            viewed = self._planner.view(found)
            complaints: list[Complaint] = []
            record = read_record(*viewed, (0, 0), complaints) if viewed else None
            self._seen = (found, record, complaints)
        return self._seen[1]

    def is_paper(self, found: dict[str, Any], in_list: bool) -> bool:
        """Whether `found` is meant as a paper; outside a list more is asked of it."""
        record = self._record(found)
        return record is not None and (in_list or is_sure(record))

    def wraps(self, found: dict[str, Any]) -> bool:
        """Whether `found` holds papers rather than being one."""
        plan = self._planner.plan(found)
        if plan.shape is not None and plan.shape.name != "csl":
            return False
        named = [_first_object(found[key]) for key in plan.wrappers]
        for first in named:
            record = self._record(first) if first else None
            if record is not None and record.title and is_sure(record):
                return True
        return not self.is_paper(found, False) and self._holds(found)

    def _holds(self, found: Any) -> bool:
        """Whether there is a paper anywhere in `found`, not looking at very many places."""
        todo: list[tuple[Any, int]] = [(found, 0)]
        looked_at = 0
        while todo and looked_at < _MOST_LOOKED_AT:
            value, depth = todo.pop()
            is_list = isinstance(value, list)
            for item in list(value if is_list else value.values())[:_MOST_LOOKED_AT]:
                looked_at += 1
                if not item or not isinstance(item, (dict, list)):
                    continue
                if isinstance(item, dict) and self.is_paper(item, is_list):
                    return True
                if depth < _DEEPEST:
                    todo.append((item, depth + 1))
        return False

    def _names_paper(self, names: list[str]) -> bool:
        found = names_paper(names)
        self.cut_papers += found
        return found

    # ------------------------------------------------------------------------------- passages

    def passages(self) -> Iterator[Passage]:
        """All passages, in order; once."""
        try:
            yield from self._passages()
        finally:
            # The walk and this one know each other: the text is not to wait for the collector.
            self.text = ""
            self.walk.forget()

    def _passages(self) -> Iterator[Passage]:
        """A line that is one object takes the shortest way."""
        text, find, decode = self.text, self.text.find, msgspec.json.Decoder().decode
        plan_of, prepare = self._planner.plan, self._planner.prepare
        lanes, lane = Lanes(), None
        width = pos = 0
        length = len(self.text)
        while True:
            if text[pos : pos + 2] != "\n{":
                m = _BLANK.match(text, pos)
                pos = m.end() if m else pos
            else:
                pos += 1
            if pos >= length:
                break
            end = find("\n", pos)
            end = length if end < 0 else end
            if text[pos] == "{" and end - pos > 2:
                line = text[pos:end]
                span = (pos, end if line[-1] == "}" else self._line_end(pos, end))
                record: Record | None = None
                value: Any = None
                complaints: list[Complaint] = []
                # As many names as fields: none stands twice.
                if lane is not None and line.count('":') == width:
                    try:
                        record = lane(line, span)
                    except (ValueError, RecursionError):
                        record = None
                if record is None:
                    value = attempt(decode, line)
                if isinstance(value, dict) and not (
                    (plan := plan_of(value)).wrappers and self.wraps(value)
                ):
                    viewed: tuple[JsonObject, Plan] | None = (value, plan)
                    if plan.prepared:
                        viewed = prepare(value, plan)
                    record = read_record(*viewed, span, complaints) if viewed else None
                if record is not None:
                    if text[self._reached : pos].strip():
                        yield from self._gap(pos)
                    self._reached = span[1]
                    self._lines_read += 1
                    yield record
                    if isinstance(value, dict):
                        lane, width = lanes.after(value, plan, self._lines_read), len(value)
                        if complaints or line.count('":') not in (width, count_names(value)):
                            yield from self._remarks(span, complaints)
                    pos = end
                    continue
            broken = self._find_broken_line(pos, end)
            if broken is not None:
                yield from self._broken_line(broken)
                pos = end
            else:
                pos = yield from self._value(pos, end)
        yield from self._gap(length)

    def _line_end(self, pos: int, end: int) -> int:
        while end > pos + 1 and self.text[end - 1] in " \t\r":
            end -= 1
        return end

    def _find_broken_line(self, pos: int, end: int) -> Broken | None:
        """The line at `pos` where the file has an object a line, and this one is broken."""
        got = self.walk.decode(pos) if self.text[pos] == "{" else None
        if not isinstance(got, Broken):
            return None
        if not self._lines_read:
            m = _BLANK.match(self.text, end)
            start = m.end() if m else end
            following = self.walk.decode(start) if self.text[start : start + 1] == "{" else None
            if not isinstance(following, tuple) or "\n" in self.text[start : following[1]]:
                return None
        stop = self._line_end(pos, end)
        return Broken(pos, stop, max(pos, min(got.at, stop - 1)), got.why)

    def _broken_line(self, broken: Broken) -> Iterator[Passage]:
        pos, end = broken.start, broken.end
        mended = mend(self.text[pos:end])
        if mended and isinstance(mended.value, dict) and self.is_paper(mended.value, True):
            yield self._slip(Slip(broken.at, ", ".join(mended.faults)))
            yield from self._element(Element(pos, end, mended.value))
        else:
            yield from self._broken(broken)

    def _value(self, pos: int, line_end: int) -> Generator[Passage, None, int]:
        """Reads the value at `pos`; returns where it ends."""
        text, mark = self.text, self.text[pos]
        if mark in ",]}":
            yield from self._gap(pos)
            self._reached = pos + 1
            if mark == ",":
                yield Chrome((pos, pos + 1))
                yield self._slip(Slip(pos, "a comma between entries"))
            else:
                yield from self._unread(pos, pos + 1, f"`{mark}` without its opening bracket", pos)
            return pos + 1
        if mark not in "{[":
            single = text.find("\r", pos, line_end)  # what ended lines once
            end = self._line_end(pos, line_end if single < 0 else single)
            got = self.walk.decode(pos)
            kind = "no JSON" if isinstance(got, Broken) else f"no paper but {_kind(got[0])}"
            yield from self._gap(pos)
            yield from self._unread(pos, end, f"this line is {kind}", pos)
            return end
        found = 0
        walk = self.walk.value(pos)
        while True:
            try:
                item = next(walk)
            except StopIteration as stop:
                end = max(int(stop.value), pos + 1)
                break
            if isinstance(item, Slip):
                yield self._slip(item)
                continue
            found += 1
            yield from self._element(item) if isinstance(item, Element) else self._broken(item)
        if not found:
            yield from self._gap(pos)
            end = min(end, len(text))
            what = "an object" if mark == "{" else "a list"
            yield from self._unread(pos, end, f"{what} without papers", pos)
        yield from self._gap(end)
        return end

    def _gap(self, start: int) -> Iterator[Passage]:
        """What lies between the last entry and `start`: brackets, commas, fields of wrappers."""
        if start > self._reached:
            gap = self.text[self._reached : start]
            inner = gap.strip()
            if inner:
                first = self._reached + gap.index(inner[0])
                yield Chrome((first, first + len(inner)))
            self._reached = start

    def _element(self, element: Element) -> Iterator[Passage]:
        start, end, value = element
        if start < self._reached:
            return  # kept back until its list had papers, and accounted for since
        yield from self._gap(start)
        if not isinstance(value, dict):
            yield from self._unread(start, end, f"no paper but {_kind(value)}", start)
            return
        record = self._record(value)
        if record is not None:
            self._reached = end
            yield structs.replace(record, span=(start, end))
            yield from self._remarks((start, end), self._seen[2])
        elif self._planner.view(value) is None:
            self._reached = end
            yield Chrome((start, end))  # a review or a comment
        else:
            why = "no title, abstract or identifier in this object"
            yield from self._unread(start, end, why, start, _HINT_EMPTY)

    def _broken(self, broken: Broken) -> Iterator[Passage]:
        yield from self._gap(broken.start)
        yield from self._unread(
            broken.start, broken.end, f"not valid JSON: {broken.why}", broken.at
        )

    def _unread(
        self, start: int, end: int, why: str, at: int, hint: str = _HINT_JSON
    ) -> Iterator[Passage]:
        self._reached = end
        yield Unread((start, end), why)
        at = min(max(at, start), end - 1)
        yield Remark(at, "warning" if hint is _HINT_EMPTY else "error", why, hint)

    def _slip(self, slip: Slip) -> Remark:
        return Remark(slip.at, "warning", f"not valid JSON: {slip.why}", _HINT_SLIP)

    def _remarks(self, span: tuple[int, int], complaints: list[Complaint]) -> Iterator[Remark]:
        text, (start, end) = self.text, span
        for field, message, hint in complaints:
            at = text.find(f'"{field}"', start, end)
            yield Remark(max(at, start), "warning", f"{message} (`{field}`)", hint)
        if "\\ud" in text[start:end].lower() and (m := _HALF.search(text, start, end)):
            yield Remark(
                m.start(), "warning", "half a surrogate pair is no character; shown as U+FFFD",
                "export the file again as UTF-8",
            )  # fmt: skip
        for name in _REPEATABLE:
            if text.count(name, start, end) > 1:
                yield from find_repeated(text, start, end)
                break


def _first_object(value: Any) -> dict[str, Any] | None:
    if isinstance(value, list):
        value = next((item for item in value[:50] if isinstance(item, dict)), None)
    return value if isinstance(value, dict) else None


def _kind(value: Any) -> str:
    return _KINDS.get(type(value), "a value")
