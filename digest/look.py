"""`theme:` in digest.yaml: the colours and fonts of a digest, and the style sheet made of them.

Every mistake is told with its line; so is a colour that cannot be read upon another.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from digest.colours import READABLE, contrast, luminance, readable_link
from digest.problems import Problem

if TYPE_CHECKING:
    import yaml

DEFAULTS: Mapping[str, Mapping[str, str]] = {
    "light": {
        "accent": "#1d5a4b", "paper": "#f6f4ed", "sheet": "#fdfcf8", "ink": "#26241f",
        "soft": "#5f5b51", "rule": "#d8d3c5", "tint": "#ebe8dd", "mark": "#f3e3a6",
        "on-link": "#fdfcf8",
    },
    "dark": {
        "accent": "#1d5a4b", "paper": "#14171b", "sheet": "#1a1e23", "ink": "#e6e2d8",
        "soft": "#a6a296", "rule": "#343a41", "tint": "#22272d", "mark": "#4d4013",
        "on-link": "#14171b",
    },
}  # fmt: skip
"""The colours of the default theme, as at the top of its style.css."""
COLOURS = (*DEFAULTS["light"], "link")
"""Names of colours; each is the custom property of that name."""
FONTS: Mapping[str, tuple[str, str]] = {
    "text": ("--serif", "serif"),
    "headings": ("--heads", "serif"),
    "interface": ("--sans", "sans-serif"),
    "code": ("--mono", "monospace"),
}
"""What has a font: its custom property, and the generic family that its list ends with."""

_UPON = (
    ("ink", "paper"), ("ink", "sheet"), ("ink", "tint"), ("ink", "mark"), ("soft", "paper"),
    ("link", "paper"), ("on-link", "link"),
)  # fmt: skip
"""Text, and the ground that it stands on."""
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_GENERIC = frozenset(
    """serif sans-serif monospace cursive fantasy system-ui ui-serif ui-sans-serif ui-monospace
    ui-rounded math""".split()
)
_FAMILY = re.compile(r"[^\W\d_][\w .+&-]{0,60}")
_MOST_FAMILIES = 20


class Look(Struct, frozen=True):
    """What `theme:` says; by names sorted, so that their order in the file means nothing."""

    light: tuple[tuple[str, str], ...] = ()
    dark: tuple[tuple[str, str], ...] = ()
    fonts: tuple[tuple[str, str], ...] = ()
    """CSS lists of families by `FONTS`."""
    warnings: tuple[Problem, ...] = ()
    """What can be done, but will be hard to read."""

    def colour(self, name: str, *, dark: bool = False) -> str:
        """The colour of that name, the default theme's where none is set."""
        own = dict(self.dark if dark else self.light)
        return own.get(name) or DEFAULTS["dark" if dark else "light"][name]


def style_sheet(look: Look, accent: str | None) -> str:
    """The custom properties that `look` and `accent` set, as CSS; "" where they set none."""
    fonts = [f"{FONTS[name][0]}:{families}" for name, families in look.fonts]
    both = [f"--accent:{accent}"] if accent else []
    light = ";".join([*both, *(f"--{name}:{value}" for name, value in look.light), *fonts])
    dark = ";".join(f"--{name}:{value}" for name, value in look.dark)
    # The default theme's own selectors: the colours of night yield to nothing weaker.
    sheet = f":root{{{light}}}\n" if light else ""
    if dark:
        sheet += (
            f'@media (prefers-color-scheme:dark){{:root:not([data-theme="light"]){{{dark}}}}}\n'
            f':root[data-theme="dark"]{{{dark}}}\n'
        )
    return sheet


def read_look(path: Path, node: yaml.Node) -> tuple[Look, list[Problem]]:
    """What `theme:` says, and what is wrong with it."""
    reading = _Reading(path)
    colours: dict[str, dict[str, str]] = {"light": {}, "dark": {}}
    fonts: dict[str, str] = {}
    for name, _, value in reading.entries(node, "theme", ("colours", "fonts")):
        if name == "fonts":
            for kind, line, listed in reading.entries(value, name, tuple(FONTS)):
                families = reading.families(kind, line, listed)
                if families:
                    fonts[kind] = families
            continue
        for group, line, below in reading.entries(value, name, ("accent", "light", "dark")):
            if group == "accent":
                found = reading.colour(group, line, below)
                for colours_of in colours.values():
                    if found:
                        colours_of.setdefault(group, found)
                continue
            for one, at, colour in reading.entries(below, group, COLOURS):
                found = reading.colour(one, at, colour)
                if found:
                    colours[group][one] = found
                    reading.lines[group, one] = at
    light, dark, own_fonts = (tuple(sorted(m.items())) for m in (*colours.values(), fonts))
    warnings = tuple(reading.unreadable(colours, _line(node)))
    return Look(light, dark, own_fonts, warnings), reading.problems


def _line(node: yaml.Node) -> int:
    # Not by `yaml_text`, which loads YAML: `config` does so only where there is a file.
    return int(node.start_mark.line) + 1


class _Reading:
    """One reading of the setting: what went wrong so far."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.problems: list[Problem] = []
        self.lines: dict[tuple[str, str], int] = {}
        """Where each colour stands."""

    def entries(
        self, node: yaml.Node, name: str, known: tuple[str, ...]
    ) -> Iterator[tuple[str, int, yaml.Node]]:
        """The known names below `name`, each with its line and value."""
        import yaml  # noqa: PLC0415 - there already, where there is something to read

        if not isinstance(node, yaml.MappingNode):
            hint = f"Write below it, indented, one or more of: {', '.join(known)}."
            self._note(_line(node), f"“{name}” must hold names and values", hint)
            return
        for key, value in node.value:
            said = str(key.value)
            if said in known:
                yield said, _line(key), value
                continue
            near = difflib.get_close_matches(said.lower(), known, n=1, cutoff=0.5)
            hint = f"Did you mean “{near[0]}”?" if near else f"Known are: {', '.join(known)}."
            if said in COLOURS:
                hint = f"Write “{said}” below “light:”, below “dark:”, or below both."
            self._note(_line(key), f"“{said}” is nothing that “{name}” can hold", hint)

    def colour(self, name: str, line: int, node: yaml.Node) -> str | None:
        """A colour in small letters."""
        value = node.value if isinstance(node.value, str) else ""
        if _COLOUR.fullmatch(value):
            return value.lower()
        hint = f'Write “{name}: "#7a1f2b"”, in quotes, for “#” begins a comment.'
        self._note(line, f"“{name}” is “{value}”, but must be a colour such as #7a1f2b", hint)
        return None

    def families(self, kind: str, line: int, node: yaml.Node) -> str | None:
        """A CSS list of font families, quoted where need be, with a generic one at its end."""
        listed = (
            [str(item.value) for item in node.value]
            if isinstance(node.value, list)
            else str(node.value).split(",")
        )
        names = [name.strip().strip("\"'").strip() for name in listed]
        bad = next((name for name in names if not _FAMILY.fullmatch(name)), None)
        if bad is not None or not 0 < len(names) <= _MOST_FAMILIES:
            message = f"“{kind}” names “{bad or ''}”, which is no name of a font"
            hint = f"Write for example “{kind}: Charter, Georgia, serif”."
            self._note(line, message, hint)
            return None
        if names[-1] not in _GENERIC:
            names.append(FONTS[kind][1])
        return ",".join(name if name in _GENERIC else f'"{name}"' for name in names)

    def unreadable(self, colours: Mapping[str, Mapping[str, str]], line: int) -> Iterator[Problem]:
        """Warnings of text that its ground swallows, where one of the two was set."""
        for group, own in colours.items():
            shown = {**DEFAULTS[group], **own}
            shown.setdefault("link", readable_link(shown["accent"], dark=group == "dark"))
            for text, ground in _UPON:
                found = contrast(shown[text], shown[ground])
                set_here = [name for name in (text, ground) if name in own]
                if found < READABLE and set_here:
                    at = self.lines.get((group, set_here[0]), line)
                    above = luminance(shown[text]) > luminance(shown[ground])
                    ways = ("lighter", "darker") if above else ("darker", "lighter")
                    yield Problem(
                        self._path.as_posix(),
                        at,
                        "warning",
                        f"“{text}” upon “{ground}” ({group}) has a contrast of {found:.1f} : 1",
                        f"Text is easily read from {READABLE} : 1 on: make “{text}” {ways[0]}, or "
                        f"“{ground}” {ways[1]}.",
                    )

    def _note(self, line: int, message: str, hint: str) -> None:
        self.problems.append(Problem(self._path.as_posix(), line, "error", message, hint))
