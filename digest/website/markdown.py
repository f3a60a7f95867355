"""Markdown of notes and free pages as HTML that cannot harm: an allow-list is applied last, to what
the browser would see."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from markupsafe import Markup

from digest.latex import to_html

if TYPE_CHECKING:
    from collections.abc import Callable

_TAGS = """a abbr b blockquote br cite code dd del dl dt em h2 h3 h4 h5 h6 hr i img kbd li ol p pre
    q s small strong sub sup table tbody td th thead tr u ul"""
_LONGEST = 200_000
"""Characters beyond which a text is shown as it stands: the library's time grows with the square.
"""
_DEEPEST = 200
"""Brackets or quote marks in a row, likewise."""
_CODE_OR_MATH = re.compile(
    r"(```.*?```|`[^`\n]*`)|(?<![\\$\w])\$(?![\s$])([^$\n]{1,400}?)(?<![\s\\])\$(?![\d$])",
    re.DOTALL,
)
_PLACE = re.compile("\ue000(\\d+)\ue001")


def to_safe_html(source: str) -> Markup:
    """`source` as HTML; as preformatted text where it would take too long."""
    if len(source) > _LONGEST or any(c * _DEEPEST in source for c in "[](){}<>*_`!&"):
        return Markup("<pre>{}</pre>").format(source)
    formulas: list[Markup] = []

    def set_aside(found: re.Match[str]) -> str:
        if found[1]:
            return found[0]
        formulas.append(to_html(found[0]))
        return f"\ue000{len(formulas) - 1}\ue001"

    marked = _CODE_OR_MATH.sub(set_aside, source.replace("\ue000", "").replace("\ue001", ""))
    try:
        cleaned = _cleaner()(_converter()(marked))
    except RecursionError:
        return Markup("<pre>{}</pre>").format(source)
    # Formulas are put back last: the allow-list knows no MathML, and theirs is our own.
    return Markup(_PLACE.sub(lambda m: formulas[int(m[1])], cleaned))  # noqa: S704 - cleaned above


@functools.cache
def _converter() -> Callable[[str], str]:
    from markdown import Markdown  # noqa: PLC0415 - only sites with notes or pages need it

    markdown = Markdown(extensions=["extra", "sane_lists", "smarty"], output_format="html")

    def convert(source: str) -> str:
        markdown.reset()
        # A page has one first-level heading, its title: the author's own begin one below.
        html = markdown.convert(source)
        return html.replace("<h1>", "<h2>").replace("</h1>", "</h2>")

    return convert


@functools.cache
def _cleaner() -> Callable[[str], str]:
    import nh3  # noqa: PLC0415

    cleaner = nh3.Cleaner(
        tags=set(_TAGS.split()),
        attributes={
            "a": {"href", "title"},
            "img": {"src", "alt", "title"},
            "abbr": {"title"},
            "th": {"scope"},
            "ol": {"start"},
        },
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow",
    )
    return cleaner.clean
