"""Pages become bytes. A template that fails costs a problem, not the page: the default theme's
template of that name steps in."""

from __future__ import annotations

import contextlib
import functools
import re
from collections.abc import Callable
from functools import partial
from hashlib import blake2b
from typing import Any
from urllib.parse import quote

import msgspec
from jinja2 import TemplateError, TemplateSyntaxError, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from digest.language import Words
from digest.latex import to_html, to_html_paragraphs, to_plain
from digest.problems import Problem
from digest.text import content_hash
from digest.version import version_mark
from digest.website.compiled import Compiled, compiled
from digest.website.engine import Engine
from digest.website.feeds import make_atom, make_json_feed
from digest.website.figures import columns, heat, largest, share
from digest.website.markdown import to_safe_html
from digest.website.metadata import excerpt
from digest.website.pages import Page
from digest.website.plots import percent, plot, steps
from digest.website.theme import Theme
from digest.website.views import Card, Here, Site
from digest.website.wording import words_for

MAKERS: dict[str, Callable[[Any, Site], str]] = {
    "atom": make_atom,
    "json-feed": make_json_feed,
    "text": lambda view, _site: view.text,
}
"""What is not a template: the function that turns a view into text."""

_MOST_CARDS = 100_000
"""Cards that are kept: some 130 MB."""
_ADDRESS = re.compile("[A-Za-z0-9/.-]*")
"""Paths that need no quoting: nearly all."""
_NEAR = 10_000
"""Cards that are kept ready for one depth of folder."""
_TITLE = 150
"""Characters of which most titles have fewer."""
_UNFIT_FOR_SCRIPTS = "<>&"
_ROOT = "\0"
"""What stands for the way to the site's root in a card that is kept; no text holds it."""


class Rendered(msgspec.Struct, frozen=True):
    """The bytes of a page; None where even the default template failed."""

    body: bytes | None
    problem: Problem | None = None


class Renderer:
    """Renders the pages of one site; each process has its own."""

    def __init__(self, site: Site, theme: Theme) -> None:
        self._site = site
        self._theme = theme
        self._engines: dict[tuple[str, bool], Engine] = {}
        self._cards: dict[bool, _Cards] = {}
        self._files = {template.file for _, template in (*theme.own, *theme.default)}
        about = content_hash(msgspec.json.encode(site).decode() + version_mark().hex(), 16)
        self._marks = {True: about + theme.fingerprint, False: about}

    def fingerprint(self, page: Page) -> bytes:
        """Hash of everything that the bytes of `page` depend on, known before it is rendered."""
        about = self._marks[page.template.endswith(".html")] + page.template + "\0" + page.path
        mark = blake2b(about.encode(), digest_size=16)
        mark.update(page.mark)
        return mark.digest()

    def compile(self) -> None:
        """Compile every template now, for processes that are forked from this one."""
        engine = self._engine("", own=True)
        for name in engine.list_templates():
            with contextlib.suppress(TemplateError):
                engine.get_template(name)
        self.keep()

    def keep(self) -> None:
        """Spare later processes the compiling of what was compiled in this one."""
        _compiled(self._theme, self._site.language).keep()

    def render(self, page: Page) -> Rendered:
        """`page` as bytes."""
        if page.template == "asset":
            return Rendered(page.view.content)
        maker = MAKERS.get(page.template)
        if maker is not None:
            return Rendered(maker(page.view, self._site).encode())
        try:
            return Rendered(self._fill(page, own=True))
        except Exception as error:
            problem = self._problem(page, error)
        if not self._theme.own:
            return Rendered(None, problem)
        try:
            return Rendered(self._fill(page, own=False), problem)
        except Exception as error:
            return Rendered(None, self._problem(page, error))

    def _fill(self, page: Page, *, own: bool) -> bytes:
        here = _here(page)
        engine = self._engine(here.root, own=own)
        return engine.fill(page.template, view=page.view, page=here).encode()

    def _engine(self, root: str, *, own: bool) -> Engine:
        # One a depth of folder, on which all links depend: macros then need no context, and what
        # repeats on many pages is rendered once.
        engine = self._engines.get((root, own))
        if engine is None:
            theme, site = self._theme, self._site
            cards = self._cards.get(own)
            if cards is None:
                cards = _Cards(_make_engine(theme, site, _ROOT, None, own=own))
                self._cards[own] = cards
            engine = self._engines[root, own] = _make_engine(theme, site, root, cards, own=own)
        return engine

    def _problem(self, page: Page, error: Exception) -> Problem:
        name, line = page.template, None
        if isinstance(error, TemplateSyntaxError):
            name, line = error.filename or error.name or name, error.lineno
        else:
            trace = error.__traceback__
            while trace is not None:
                file = trace.tb_frame.f_code.co_filename
                if file in self._files:
                    name, line = file, trace.tb_lineno
                trace = trace.tb_next
        what = error.message if isinstance(error, TemplateError) else error
        return Problem(
            str(name),
            line,
            "error",
            f"template failed on {page.path}: {type(error).__name__}: {what}",
            "Mend the template; until then the default theme's own stands in."
            if self._theme.own
            else "This is a fault of the default theme: please report it.",
        )


def _here(page: Page) -> Here:
    folder, slash, name = page.path.partition("/")
    section = folder if slash else ""
    named = section in ("", "pages") or name == "index.html"
    root = "../" * page.path.count("/")
    path = page.path
    address = path if _ADDRESS.fullmatch(path) else quote(path)
    return Here(path, address, page.template, root, section, path if named else section)


@functools.lru_cache(8)
def _compiled(theme: Theme, language: str) -> Compiled:
    # Shared by all builds of a process with this theme and language.
    return compiled(theme, words_for(theme, language))


_kept_tex = functools.lru_cache(100_000)(to_html)


def _tex(text: str) -> Markup:
    # Titles stand on many pages; longer texts are sentences of abstracts, of which cards are kept.
    return _kept_tex(text) if len(text) <= _TITLE else to_html(text)


def _json(value: object) -> Markup:
    """`value` as JSON for a `<script>` of data: nothing in it can end the element."""
    said = msgspec.json.encode(value).decode()
    for sign in _UNFIT_FOR_SCRIPTS:
        if sign in said:
            said = said.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(said)  # noqa: S704 - without `<`, and of a type that is not run


_plain = functools.lru_cache(2_000)(to_plain)


def _around(words: Words, number: int) -> tuple[str, str]:
    # What is said before and after a number of papers, where only the number is seen.
    before, number_, after = words.many("{n} paper", "{n} papers", number, n="\0").partition("\0")
    return before, after if number_ else ""


class _Cards:
    """Cards as text. A card stands in many lists, in folders of any depth: it is made once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._made: dict[str, tuple[Card, str]] = {}

    def render(self, root: str, card: Card) -> Markup:
        """`card` on a page from which `root` leads to the site's."""
        found = self._made.get(card.path)
        if found is None or (found[0] is not card and found[0] != card):
            if len(self._made) >= _MOST_CARDS:
                del self._made[next(iter(self._made))]
            found = self._made[card.path] = card, self._engine.fill("card.html", card=card)
        return Markup(found[1].replace(_ROOT, root))  # noqa: S704 - autoescaped; a path of ours

    def renderer(self, root: str) -> Callable[[Card], Markup]:
        """The filter `render_card` of the pages from which `root` leads to the site's."""
        near: dict[str, tuple[Card, Markup]] = {}

        def render_card(card: Card) -> Markup:
            found = near.get(card.path)
            if found is None or (found[0] is not card and found[0] != card):
                if len(near) >= _NEAR:
                    near.clear()
                found = near[card.path] = card, self.render(root, card)
            return found[1]

        return render_card


def _make_engine(theme: Theme, site: Site, root: str, cards: _Cards | None, *, own: bool) -> Engine:
    """The engine for pages from which `root` leads to the site's; without `cards`, for cards."""
    words = words_for(theme, site.language)
    engine = Engine(theme, words, _compiled(theme, site.language), own=own)
    papers = functools.lru_cache(10_000)(partial(words.many, "{n} paper", "{n} papers"))

    @pass_context
    def href(_context: Context, path: str) -> str:
        # With a context, or a constant path would be made relative when the template is compiled.
        return root + path

    engine.filters.update(
        href=href,
        tex=_tex,
        tex_paragraphs=to_html_paragraphs,
        plain=_plain,
        excerpt=excerpt,
        markdown=to_safe_html,
        json=_json,
        iso=lambda date: date,
        number=words.number,
        short_month=words.short_month,
        papers=papers,
        around=functools.lru_cache(10_000)(partial(_around, words)),
        columns=columns,
        plot=lambda chart: plot(chart, words),
        steps=steps,
        percent=lambda share: percent(share, words),
        largest=largest,
        most_of_all=lambda rows: max(map(largest, rows), default=1),
        share=share,
        heat=heat,
    )
    engine.globals.update(site=site, root=escape(root))
    if cards is not None:
        engine.filters["render_card"] = engine.globals["render_card"] = cards.renderer(root)
    return engine
