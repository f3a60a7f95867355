"""Where the elements of a JSON text stand: a walk that keeps places and survives damage.

A broken element costs itself alone: the walk goes on at the next one, told by the indentation of
its siblings, by balanced brackets, or by the name of its first field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator
from json import JSONDecodeError, JSONDecoder
from typing import Any

from digest.readers.json_records.damage import mend
from digest.readers.json_records.found import Broken, Element, Found, Slip, reason

_DEEPEST = 8
"""Levels of lists and wrappers around an element; what lies deeper is passed over."""
_DEEPEST_INDENT = 400
_DIGITS = 400
_WINDOW = 16_384
_SPACE = re.compile(r"[\s\ufeff]*")
_BRACKET = re.compile(r'"(?:[^"\\\n]|\\.)*"?|[{}\[\]]')
_NAME = re.compile(r'"(?:[^"\\\n]|\\.){0,2000}"\s*:')
_FIRST_FIELD = re.compile(r'\{\s*("(?:[^"\\\n]|\\.){0,100}")\s*:')
_FIELD = re.compile(r'"((?:[^"\\\n]|\\.){1,60})"\s*:|"(?:[^"\\\n]|\\.)*"?|[{}\[\]]')


class _Frame:
    """A list or an object that is open."""

    __slots__ = ("commas", "has_papers", "is_list", "others")

    def __init__(self, *, is_list: bool) -> None:
        self.is_list = is_list
        self.has_papers = False
        self.commas = 1
        self.others: list[Element] = []
        """Elements that are no papers: told only once the list is known to hold papers."""


class Walk:
    """Decodes values of one text in place.

    `is_paper(value, in_list)` says of an object whether it is a paper, `wraps(value)` whether it
    holds papers, `names_paper(names)` whether the names of a broken one are those of a paper.
    """

    def __init__(
        self,
        text: str,
        is_paper: Callable[[dict[str, Any], bool], bool],
        wraps: Callable[[Any], bool],
        names_paper: Callable[[list[str]], bool],
    ) -> None:
        self.text = text
        self.is_paper = is_paper
        self.wraps = wraps
        self.names_paper = names_paper
        self._constants: list[str] = []
        decoder = JSONDecoder(parse_int=_integer, parse_constant=self._constants.append)
        self._scan = decoder.raw_decode
        self._base, self._window = 0, text[:_WINDOW]
        # What failed attempts may cost in all, in characters: keeps hostile text linear.
        self._budget = 20 * len(text) + 1_000_000

    def forget(self) -> None:
        """Lets go of the text."""
        self.text = self._window = ""

    def decode(self, at: int) -> tuple[Any, int] | Broken:
        """The value at `at` and where it ends, or what is wrong with it (its end not yet known).

        Works on a window of the text: an error of the decoder counts the lines before it.
        """
        size = _WINDOW
        if not self._base <= at < self._base + len(self._window):
            self._base, self._window = at, self.text[at : at + size]
        while True:
            base, window = self._base, self._window
            is_cut = base + len(window) < len(self.text)
            try:
                value, end = self._scan(window, at - base)
            except JSONDecodeError as error:
                self._budget -= error.pos - (at - base) + 50
                near = error.pos >= len(window) - 16 or error.msg.startswith("Unterminated")
                if not (is_cut and near):
                    return Broken(at, at, base + min(error.pos, len(window)), reason(error.msg))
            except RecursionError:
                self._budget -= 50_000
                return Broken(at, at, at, "nested too deep")
            else:
                if end < len(window) or not is_cut:
                    return value, base + end
            size = size if base != at else 4 * len(window)
            self._base, self._window = at, self.text[at : at + size]

    def constants(self, at: int) -> Slip | None:
        """What of the values just decoded JSON does not know, such as NaN."""
        if not self._constants:
            return None
        names = ", ".join(dict.fromkeys(self._constants))
        self._constants.clear()
        return Slip(at, f"{names} is not JSON")

    def value(self, at: int) -> Generator[Found, None, int]:
        """The papers in the one value at `at`, and where it ends."""
        frames: list[_Frame] = []
        pos = yield from self._value(at, at, frames)
        while frames:
            pos = self._skip(pos)
            if pos >= len(self.text):
                yield Slip(len(self.text.rstrip()) - 1, "the text ends before its last bracket")
                return pos
            frame, mark = frames[-1], self.text[pos]
            if mark in "]}":
                if (mark == "]") == frame.is_list:
                    if frame.commas == 1 and frame.has_papers:
                        yield Slip(pos, "a comma before the closing bracket")
                    frames.pop()
                    if frames:
                        frames[-1].commas = 0
                else:
                    yield Broken(pos, pos + 1, pos, f"`{mark}` without its opening bracket")
                pos += 1
            elif mark == ",":
                if frame.commas:
                    yield Slip(pos, "a comma too many")
                frame.commas += 1
                pos += 1
            else:
                if not frame.commas:
                    yield Slip(pos, "a comma is missing before this")
                frame.commas = 0
                pos = yield from self._member(pos, frame, frames)
        return pos

    def _skip(self, pos: int) -> int:
        m = _SPACE.match(self.text, pos)
        return m.end() if m else pos

    def _member(self, pos: int, frame: _Frame, frames: list[_Frame]) -> Generator[Found, None, int]:
        if frame.is_list:
            return (yield from self._value(pos, pos, frames))
        m = _NAME.match(self.text, pos)
        if m is None:
            end = self._line_end(pos)
            yield Broken(pos, end, pos, "a name in double quotes and `:` are expected")
            return end
        return (yield from self._value(pos, self._skip(m.end()), frames))

    def _value(self, start: int, at: int, frames: list[_Frame]) -> Generator[Found, None, int]:
        """Deals with the value at `at`; `start` is where its name stands, if it has one."""
        frame = frames[-1] if frames else None
        mark = self.text[at : at + 1]
        if mark == "[" and len(frames) < _DEEPEST:
            inner = self._skip(at + 1)
            if self.text[inner : inner + 1] in ("{", "[") or frame is None:
                frames.append(_Frame(is_list=True))
                return at + 1
        got = self.decode(at)
        if isinstance(got, Broken):
            return (yield from self._broken(start, got, frames))
        value, end = got
        is_nested = mark == "[" and any(isinstance(inner, (dict, list)) for inner in value)
        if is_nested and len(frames) < _DEEPEST:
            frames.append(_Frame(is_list=True))
            self._constants.clear()
            return at + 1
        in_list = frame is None or frame.is_list
        if isinstance(value, dict) and len(frames) < _DEEPEST and self.wraps(value):
            frames.append(_Frame(is_list=False))
            self._constants.clear()
            return at + 1
        if isinstance(value, dict) and self.is_paper(value, in_list):
            if frame:
                frame.has_papers = True
                yield from frame.others
                frame.others.clear()
            yield Element(start, end, value)
        elif frame is None or frame.has_papers:
            if in_list or isinstance(value, dict):
                yield Element(start, end, value)
        elif frame.is_list:
            frame.others.append(Element(start, end, None))
        if slip := self.constants(start):
            yield slip
        return end

    def _broken(
        self, start: int, broken: Broken, frames: list[_Frame]
    ) -> Generator[Found, None, int]:
        at, text = broken.start, self.text
        frame = frames[-1] if frames else None
        if text[at : at + 1] in ("{", "[") and len(frames) < _DEEPEST and self._budget > 0:
            sibling = frame is not None and frame.has_papers
            if not sibling and not self.names_paper(self._names(at, max(broken.at, at + 4096))):
                frames.append(_Frame(is_list=text[at] == "["))
                return at + 1
        end = self.find_end(start, at, whole=frame is None)
        mended = mend(text[at:end])
        if mended and isinstance(mended.value, dict) and self.is_paper(mended.value, True):
            if frame:
                frame.has_papers = True
            yield Slip(broken.at, ", ".join(mended.faults))
            yield Element(start, end, mended.value)
        else:
            if frame:
                frame.has_papers = True
            yield broken._replace(start=start, end=end, at=min(max(broken.at, start), end - 1))
        return end

    def _names(self, at: int, end: int) -> list[str]:
        """The names of the object at `at`, as far as `end`; not those of objects inside it."""
        self._budget -= min(end - at, 200_000)
        names, depth = [], 0
        for m in _FIELD.finditer(self.text, at, min(end, at + 200_000)):
            if m[1] and depth == 1:
                names.append(m[1])
            elif m[0] in ("{", "["):
                depth += 1
            elif m[0] in ("}", "]"):
                depth -= 1
                if depth <= 0:
                    break
        return names

    def find_end(self, start: int, at: int, *, whole: bool = False) -> int:
        """Where the broken element ends that begins at `start`, its value at `at`.

        `whole` says that it stands in no list, so that nothing but the end of the text may follow.
        """
        text = self.text
        if self._budget < 0:
            return len(text.rstrip())
        following = self._sibling(start, at)
        limit = len(text) if following is None else following
        self._budget -= (limit - at) // 8
        depth = 0
        for m in _BRACKET.finditer(text, at, limit):
            mark = m[0]
            if mark in ("{", "["):
                depth += 1
            elif mark in ("}", "]"):
                depth -= 1
            if depth <= 0 and mark in ("{", "}", "[", "]"):
                end = m.end() if depth == 0 else m.start()
                self._budget -= end - at
                after = (
                    text[self._skip(end) :][:1]
                    if end == len(text)
                    else text[self._skip(end) : self._skip(end) + 1]
                )
                if end > start and (after in ("", ",", "]", "}") or whole):
                    return end
                break
        self._budget -= limit - at
        if depth == 0 and text[at : at + 1] not in ("{", "["):
            return min(self._line_end(start), limit)
        end = start + len(text[start:limit].rstrip())
        return (
            end - 1 if following is not None and text[end - 1] == "," and end - 1 > start else end
        )

    def _sibling(self, start: int, at: int) -> int | None:
        """Where the element after the one at `start` begins, or None where there is no more."""
        text = self.text
        line = text.rfind("\n", max(0, start - _DEEPEST_INDENT), start) + 1
        lead = text[line:start]
        mark = text[at : at + 1]
        if line and not lead.strip() and mark:
            found = text.find(f"\n{lead}{text[start]}", start + 1)
            if found >= 0:
                return found + 1 + len(lead)
        elif mark == "{" and (m := _FIRST_FIELD.match(text, at)):
            sign = re.compile(r"[}\"\d\]]\s*,\s*(?=\{\s*" + re.escape(m[1]) + r"\s*:)")
            if following := sign.search(text, m.end()):
                return following.end()
        return None

    def _line_end(self, pos: int) -> int:
        end = self.text.find("\n", pos)
        end = len(self.text) if end < 0 else end
        return max(pos + len(self.text[pos:end].rstrip().rstrip(",")), pos + 1)


def _integer(digits: str) -> int | str:
    # Python refuses to convert very many digits, and nothing here needs them.
    return int(digits) if len(digits) < _DIGITS else digits
