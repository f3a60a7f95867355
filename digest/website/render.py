"""Pages become bytes. A template that fails costs a problem, not the page: the default theme's
template of that name steps in."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable
from hashlib import blake2b
from typing import Any

import msgspec
from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    pass_context,
)
from jinja2.runtime import Context
from markupsafe import Markup

from digest.latex import to_html, to_html_paragraphs, to_plain
from digest.problems import Problem
from digest.text import content_hash
from digest.version import version_mark
from digest.website.feeds import make_atom, make_json_feed
from digest.website.markdown import to_safe_html
from digest.website.pages import Page
from digest.website.theme import Theme
from digest.website.views import Card, Site

MAKERS: dict[str, Callable[[Any, Site], str]] = {
    "atom": make_atom,
    "json-feed": make_json_feed,
    "text": lambda view, _site: view.text,
}
"""What is not a template: the function that turns a view into text."""


class Rendered(msgspec.Struct, frozen=True):
    """The bytes of a page; None where even the default template failed."""

    body: bytes | None
    problem: Problem | None = None


class Renderer:
    """Renders the pages of one site; each process has its own."""

    def __init__(self, site: Site, theme: Theme) -> None:
        self._site = site
        self._environment = _environment(theme, own=True)
        self._default = _environment(theme, own=False) if theme.own else self._environment
        self._cards: dict[bool, dict[tuple[str, Card], Markup]] = {True: {}, False: {}}
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
        for name in self._environment.list_templates():
            with contextlib.suppress(TemplateError):
                self._environment.get_template(name)

    def render(self, page: Page) -> Rendered:
        """`page` as bytes."""
        if page.template == "asset":
            return Rendered(page.view.content)
        maker = MAKERS.get(page.template)
        if maker is not None:
            return Rendered(maker(page.view, self._site).encode())
        try:
            return Rendered(self._fill(self._environment, page))
        except Exception as error:
            problem = self._problem(page, error)
        if self._environment is self._default:
            return Rendered(None, problem)
        try:
            return Rendered(self._fill(self._default, page), problem)
        except Exception as error:
            return Rendered(None, self._problem(page, error))

    def _fill(self, environment: Environment, page: Page) -> bytes:
        root = "../" * page.path.count("/")
        template = environment.get_template(page.template)
        return template.render(
            site=self._site,
            view=page.view,
            page={"path": page.path, "template": page.template, "root": root},
            made_cards=self._cards[environment is self._default],
        ).encode()

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
            if self._environment is not self._default
            else "This is a fault of the default theme: please report it.",
        )


class _Sources(BaseLoader):
    """Templates that came with the theme; `default/x.html` is always the default theme's."""

    def __init__(self, theme: Theme, *, own: bool) -> None:
        default = dict(theme.default)
        self._templates = {f"default/{name}": template for name, template in default.items()}
        self._templates |= default | (dict(theme.own) if own else {})

    def get_source(
        self,
        environment: Environment,  # noqa: ARG002 - Jinja's signature
        template: str,
    ) -> tuple[str, str, Callable[[], bool]]:
        """The source, its file and that it never changes; TemplateNotFound."""
        found = self._templates.get(template)
        if found is None:
            raise TemplateNotFound(template)
        return found.source, found.file, lambda: True

    def list_templates(self) -> list[str]:
        """Every name, those of the default theme by both of theirs."""
        return sorted(self._templates)


@functools.lru_cache(8)
def _environment(theme: Theme, *, own: bool) -> Environment:
    # Shared by all builds of a process with this theme: compiling templates takes the longest.
    environment = Environment(
        loader=_Sources(theme, own=own),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        href=_href,
        tex=functools.lru_cache(50_000)(to_html),
        tex_paragraphs=to_html_paragraphs,
        plain=to_plain,
        markdown=to_safe_html,
        iso=lambda date: date,
        number=lambda n: f"{n:,}",
        render_card=pass_context(_render_card),
    )
    environment.globals["render_card"] = environment.filters["render_card"]
    return environment


@pass_context
def _href(context: Context, path: str) -> str:
    return f"{context['page']['root']}{path}"


def _render_card(context: Context, card: Card) -> Markup:
    # Cards repeat on many pages: each is rendered once a depth of folder.
    made: dict[tuple[str, Card], Markup] = context["made_cards"]
    page = context["page"]
    key = page["root"], card
    if key not in made:
        template = context.environment.get_template("card.html")
        text = template.render(card=card, site=context["site"], page=page)
        made[key] = Markup(text)  # noqa: S704 - the output of an autoescaping template
    return made[key]
