"""Templates say the same as with Jinja2 itself, whatever of the language they use."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, StrictUndefined, TemplateError
from markupsafe import Markup, escape

from digest.language import words_of
from digest.website.compiled import Compiled
from digest.website.engine import Engine, show
from digest.website.theme import Template, Theme

BASE = (
    "<title>{% block title %}{{ x }}{% endblock %}</title>"
    "{% block outer %}[{% block inner %}in {{ x }}{% endblock %}]{% endblock %}"
    "{{ self.title() }}{% block last %}{% endblock %}"
)
MACROS = (
    "{% macro hold(a, b='B') %}<i>{{ a }}{{ b }}</i>{% endmacro %}"
    "{% macro twice() %}{{ caller() }}{{ caller() }}{% endmacro %}"
    "{% macro seen() %}{{ x }}{% endmacro %}"
)
PLAIN = {
    "values": "{{ x }}|{{ n }}|{{ half }}|{{ none }}|{{ ready }}|{{ word }}|{{ n == 3 }}",
    "attributes": "{{ thing.name }}{{ thing.inner.name }}{{ thing.name.upper() }}",
    "calls": "{{ word.replace('a', x) }}{{ word.split('a', maxsplit=1)|join(x) }}",
    "conditions": "{% if n > 2 %}{{ x }}{% elif none %}b{% else %}c{% endif %}{{ x if none }}",
    "loop": "{% for i in rows %}{{ loop.index }}{{ i }}{{ ', ' if not loop.last }}{% endfor %}",
    "filtered loop": "{% for i in rows if i > 1 %}{{ i }}{% else %}none{% endfor %}",
    "recursive loop": "{% for i in tree recursive %}<{{ i.n }}{{ loop(i.kids) }}>{% endfor %}",
    "set": "{% set y = x ~ '<' %}{{ y }}{% set z %}<b>{{ x }}</b>{% endset %}{{ z }}{{ z|length }}",
    "namespace": "{% set ns = namespace(n=0) %}{% for i in rows %}{% set ns.n = ns.n + i %}"
    "{% endfor %}{{ ns.n }}",
    "filters": "{{ rows|map('string')|join(x) }}{% filter upper %}a{{ x|upper }}{% endfilter %}",
    "escaping off": "{% autoescape false %}{{ x }}{% endautoescape %}{{ x }}",
    "import": "{% import 'macros' as m with context %}{{ m.hold(x) }}{{ m.hold(x, b=n) }}"
    "{{ m.seen() }}",
    "call": "{% import 'macros' as m %}{% call m.twice() %}{{ x }}{% endcall %}",
    "include": "{% include 'values' %}{% include 'nothing' ignore missing %}",
    "child": "{% extends 'base' %}{% block title %}{{ x }}!{% endblock %}lost",
    "super": "{% extends 'base' %}{% block outer %}({{ super() }}){% endblock %}"
    "{% block inner %}{{ super()|upper }}{% endblock %}",
    "grandchild": "{% extends 'super' %}{% block inner %}{{ super() }}-{% endblock %}",
    "set before": "{% extends 'base' %}{% set y = x %}{% block last %}{{ y }}{% endblock %}",
    "extends perhaps": "{% if n > 2 %}{% extends 'base' %}{% endif %}"
    "{% block title %}{{ x }}{% endblock %}",
    "extends not": "{% if none %}{% extends 'base' %}{% endif %}"
    "{% block title %}{{ x }}{% endblock %}",
    "scoped": "{% for i in rows %}{% block b scoped %}{{ i }}{% endblock %}{% endfor %}",
    "required": "{% extends 'asks' %}{% block b %}{{ x }}{% endblock %}",
    "unpacked": "{{ dict(**{'a': x})['a'] }}{{ '{}'.format(*rows) }}",
}
"""Templates by name; every one uses another part of the language."""
HARDER = {
    "mapping": "{{ map.key }}{{ map['key'] }}{{ thing['name'] }}",
    "defined": "{{ 'no' if thing.nothing is not defined }}{{ thing.nothing|default(x) }}",
}
"""What only a user's templates may do."""
WRONG = {
    "unknown": "{{ nothing }}",
    "unknown attribute": "{{ thing.nothing }}",
    "unknown inside": "{{ thing.nothing.more }}",
    "required missing": "{% extends 'asks' %}",
    "no template": "{% include 'nothing' %}",
    "no filter": "{% if n %}{{ x|nothing }}{% endif %}",
}
PARTS = {
    "base": BASE,
    "macros": MACROS,
    "asks": "{% block b required %}{% endblock %}",
    **PLAIN,
}
VALUES = {
    "x": "<&'\">",
    "n": 3,
    "half": 0.5,
    "none": None,
    "word": "banana",
    "ready": Markup("<br>"),
    "rows": [1, 2, 3],
    "map": {"key": "<k>"},
    "thing": SimpleNamespace(name="<n>", inner=SimpleNamespace(name="&")),
    "tree": [SimpleNamespace(n=1, kids=[SimpleNamespace(n=2, kids=[])])],
}


def theme(own: dict[str, str], default: dict[str, str]) -> Theme:
    def templates(kind: str, sources: dict[str, str]) -> tuple[tuple[str, Template], ...]:
        return tuple((name, Template(f"{kind}/{name}", text)) for name, text in sources.items())

    return Theme(templates("own", own), templates("default", default), (), "", "")


def engine(default: dict[str, str], own: dict[str, str] | None = None) -> Engine:
    return Engine(theme(own or {}, default), words_of("en"), Compiled(), own=True)


def by_jinja(sources: dict[str, str], name: str, values: dict[str, Any]) -> str:
    environment = Environment(
        loader=DictLoader(sources), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    return environment.get_template(name).render(values)


@pytest.mark.parametrize("name", PLAIN)
def test_the_default_theme_says_what_jinja_says(name: str) -> None:
    """Direct attributes and calls, gathered blocks and cheap escaping change no byte."""
    assert engine(PARTS).fill(name, **VALUES) == by_jinja(PARTS, name, VALUES)


@pytest.mark.parametrize("name", [*PLAIN, *HARDER])
def test_a_users_templates_say_what_jinja_says(name: str) -> None:
    """They may also ask whether something is defined, and look into mappings by attribute."""
    sources = PARTS | HARDER
    assert engine({}, sources).fill(name, **VALUES) == by_jinja(sources, name, VALUES)


@pytest.mark.parametrize("name", WRONG)
def test_what_jinja_refuses_is_refused(name: str) -> None:
    """Nothing is shown in silence for a name, block, filter or template that is not there."""
    sources = PARTS | WRONG
    with pytest.raises(TemplateError):
        by_jinja(sources, name, VALUES)
    with pytest.raises(TemplateError):
        engine({}, sources).fill(name, **VALUES)
    with pytest.raises((TemplateError, AttributeError)):
        engine(sources).fill(name, **VALUES)


@given(st.one_of(st.text(), st.integers(), st.floats(), st.none(), st.booleans(),
                 st.text().map(Markup), st.lists(st.text())))  # fmt: skip
def test_what_is_shown_is_escaped(value: object) -> None:
    """Text, numbers and anything else, as markupsafe does it; markup stays."""
    assert show(value) == escape(value)
    assert str(show(value)) == str(escape(value))


def test_once_is_made_once_for_each_key() -> None:
    """The text is made for the first page; where a key is given, for the first page with it."""
    made: list[str] = []
    text = (
        "{% once %}{{ note('a') }}<{% endonce %}{% once %}{{ note('b') }}{% endonce %}"
        "{% once key %}{{ note(key) }}{% endonce %}"
    )
    for kind in (engine({"t": text}), engine({}, {"t": text})):
        made.clear()
        kind.globals["note"] = lambda name: made.append(name) or f"{name}&"
        shown = [kind.fill("t", key=key) for key in ("k", "l", "k")]
        assert shown == ["a&amp;<b&amp;k&amp;", "a&amp;<b&amp;l&amp;", "a&amp;<b&amp;k&amp;"]
        assert made == ["a", "b", "k", "l"]


def test_once_holds_no_block() -> None:
    """A block may be another one on the next page."""
    block = "{% block b %}{% endblock %}"
    for body in (block, f"{{% if 1 %}}{block}{{% endif %}}"):
        with pytest.raises(TemplateError, match="block"):
            engine({"t": f"{{% once %}}{body}{{% endonce %}}"}).fill("t")


def test_code_is_shared_and_globals_are_not() -> None:
    """Engines of one theme share what was compiled, but no constant of another one's."""
    compiled = Compiled()
    source = theme({}, {"t": "{% once %}{{ root }}{% endonce %}x"})
    shown = []
    for root in ("", "../", "../../"):
        one = Engine(source, words_of("en"), compiled, own=True)
        one.globals["root"] = root
        shown.append(one.fill("t"))
    assert shown == ["x", "../x", "../../x"]
