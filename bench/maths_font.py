"""The mathematics font of the default theme: subsets of STIX Two Math, made again.

    python bench/maths_font.py [FONT.ttf]

Without a font given, the one in the wheel `ziamath` is taken from PyPI. Writes three files into
templates/assets/fonts/ and prints the @font-face rules for style.css, so that a browser fetches
only what a page's formulas need: most need the first file alone.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from common import ROOT, WORK

FONTS = ROOT / "templates" / "assets" / "fonts"
FAMILY = "Digest Math"
RARE = "Digest Math More"
"""Lists do without: many formulas together would fetch it for a single sign."""
LICENCE = "OFL.txt"

_CORE = """20-7E A0 AC B1 B7 D7 F7 131 237 302-305 307 308 20D7 332 2C6 2C7 2D8-2DC AF A8 B4 391-3A9
3B1-3C9 3D1 3D5 3D6 3F0 3F1 3F5 2010-2016 2018-201D 2020-2022 2026 2032-2034 2057 203E 2044
2061-2064 210E 210F 2113 2190-2199 21A6 21D0-21D5 2200 2202-220B 220F-2213 2215-221E 2223 2225
2227-222E 223C 2243 2245 2248 2260 2261 2264 2265 226A 226B 2272 2273 227A 227B 2282-2288 2295 2297
22A2-22A5 22C5 22C6 22EE-22F1 2308-230B 23B4 23B5 23DE 23DF 27E8 27E9 27F6 2A7D 2A7E 1D434-1D467
1D6FC-1D71B 2102 210B 2110 2112 2115 2119 211A 211B 211D 2124 212C 2130 2131 2133 1D49C-1D4B5
1D53C 1D53D 1D54A 1D7CE-1D7D7"""
_LETTERS = "2100-214F 1D400-1D7FF"
_SIGNS = """100-24F 2A8-2FF 370-3FF 1E00-1EFF 2000-209F 20A0-20BF 20D0-20FF 2150-23FF 2460-26FF
27C0-27FF 2900-2BFF"""
"""Code points. The first file holds what nine of ten formulas are made of, with the sizes of
brackets, roots and big operators; the second alphabets; the third all other signs."""
_PRIMES = {0x2032: "minute.ssty", 0x2033: "second.ssty", 0x2034: "uni2034.ssty"}
"""In formulas primes are scripts, for which the font has other glyphs, larger and lower; browsers
do not choose them by themselves. Of letters the usual ones will do."""
_SELECTORS = {0xFE00, 0xFE01}
"""They choose between forms of script letters; alone they are no reason to look further."""
_OPTIONS = (
    "--flavor=woff2",
    "--layout-features=",
    "--drop-tables+=GPOS,GDEF,DSIG",
    "--no-hinting",
    "--glyph-names",
)


def main() -> None:
    """Make the files, and print the rules."""
    tools = _tools()
    font = Path(sys.argv[1]) if len(sys.argv) > 1 else _font(tools)
    FONTS.mkdir(parents=True, exist_ok=True)
    # Of rules that hold a sign browsers take the last: the ranges of the first two may be wide.
    for name, codes, less in (
        ("signs", _SIGNS, f"{_LETTERS} {_CORE}"),
        ("letters", _LETTERS, _CORE),
        ("core", _CORE, ""),
    ):
        out = FONTS / f"math-{name}.woff2"
        held = _subset(tools, font, _points(codes) - _points(less), out)
        ranges = _ranges(_points(codes) if less else held | _SELECTORS)
        print(
            f'@font-face {{ font-family: "{RARE if less else FAMILY}"; font-display: optional; '
            f'src: url("fonts/{out.name}") format("woff2"); unicode-range: {ranges}; }}'
        )
        print(f"/* {out.stat().st_size:,} bytes */", file=sys.stderr)


def _points(codes: str) -> set[int]:
    found: set[int] = set()
    for code in codes.split():
        first, _, last = code.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def _ranges(points: Iterable[int]) -> str:
    ordered = sorted(points)
    cuts = [0, *(at for at, (a, b) in enumerate(pairwise(ordered), 1) if b != a + 1), len(ordered)]
    runs = [(ordered[a], ordered[b - 1]) for a, b in pairwise(cuts)]
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in runs)


_SUBSET = """
import sys
from fontTools.subset import main
from fontTools.ttLib import TTFont
source, out, family, primes, *options = sys.argv[1:]
main([source, f"--output-file={out}", *options])
font = TTFont(out)
for prime in primes.split():
    point, glyph = prime.split("=")
    for table in font["cmap"].tables:
        if int(point) in table.cmap:
            table.cmap[int(point)] = glyph
for record in font["name"].names:
    if record.nameID in (1, 3, 4, 6):
        record.string = family.replace(" ", "") if record.nameID == 6 else family
font.save(out)
print(" ".join(map(str, font.getBestCmap())))
"""


def _subset(tools: Path, font: Path, wanted: set[int], out: Path) -> set[int]:
    """Write the part of `font` with the code points `wanted`; those that it has."""
    held = {point: glyph for point, glyph in _PRIMES.items() if point in wanted}
    primes = " ".join(f"{point}={glyph}" for point, glyph in held.items())
    glyphs = f"--glyphs={','.join(held.values())}"
    unicodes = f"--unicodes={','.join(f'{point:X}' for point in sorted(wanted))}"
    options = (unicodes, glyphs, *_OPTIONS)
    command = [tools / "bin" / "python", "-c", _SUBSET, font, out, FAMILY, primes, *options]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return set(map(int, done.stdout.split()))


def _tools() -> Path:
    place = WORK / "fonts"
    if not (place / "bin").exists():
        subprocess.run([sys.executable, "-m", "venv", place], check=True)
        wanted = ("fonttools>=4.50", "brotli", "ziamath")
        subprocess.run([place / "bin" / "pip", "install", "--quiet", *wanted], check=True)
    return place


def _font(tools: Path) -> Path:
    return next(tools.glob("lib/python*/site-packages/ziamath/fonts/STIXTwoMath-Regular.ttf"))


if __name__ == "__main__":
    main()
