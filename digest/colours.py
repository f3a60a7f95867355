"""Colours as numbers: how well one is read upon another.

Contrast: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
Oklch: https://www.w3.org/TR/css-color-4/#color-conversion-code
"""

from __future__ import annotations

import math

READABLE = 4.5
"""The least contrast of text, by WCAG 2.2 AA."""


def contrast(one: str, other: str) -> float:
    """From 1 to 21, of two colours written `#rgb` or `#rrggbb`."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable_link(accent: str, *, dark: bool) -> str:
    """The colour that style.css makes of an accent for links: dark enough to be read on a light
    paper, and light enough to be read on a dark one."""
    lightness, chroma, hue = _oklch(accent)
    if dark:
        return _of_oklch(max(lightness, 0.8), min(chroma * 1.2, 0.12), hue)
    return _of_oklch(min(lightness, 0.46), chroma, hue)


def luminance(colour: str) -> float:
    """From 0, black, to 1, white."""
    r, g, b = _linear(colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _linear(colour: str) -> tuple[float, float, float]:
    """Red, green and blue, 0 to 1, in proportion to light."""
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(c * 2 for c in digits)
    r, g, b = (int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4))
    return _lit(r), _lit(g), _lit(b)


def _lit(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _unlit(value: float) -> float:
    value = min(max(value, 0.0), 1.0)
    return value * 12.92 if value <= 0.0031308 else float(1.055 * value ** (1 / 2.4) - 0.055)


def _oklch(colour: str) -> tuple[float, float, float]:
    r, g, b = _linear(colour)
    l = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)  # noqa: E741
    m = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    s = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    lightness = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s
    a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s
    b = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _of_oklch(lightness: float, chroma: float, hue: float) -> str:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3  # noqa: E741
    m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    shares = (
        4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
        -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
        -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
    )
    return "#" + "".join(f"{round(_unlit(share) * 255):02x}" for share in shares)
