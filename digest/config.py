"""digest.yaml -> a frozen Config. All mistakes are reported at once, each with its line."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

import msgspec
from msgspec import Meta, Struct

from digest.look import Look, read_look
from digest.problems import DigestError, Problem
from digest.text import slugify

if TYPE_CHECKING:
    import yaml

CONFIG_FILE = "digest.yaml"

Count = Annotated[int, Meta(ge=1, le=10_000)]
Colour = Annotated[str, Meta(pattern=r"^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$")]
Address = Annotated[str, Meta(pattern=r"^(?:https?://[^\s\"'<>\\]+)?$")]
Contact = Annotated[str, Meta(pattern=r"^(?:[^\s@<>()\"',;]+@[^\s@<>()\"',;]+)?$")]
Language = Annotated[str, Meta(pattern=r"^[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*$")]
Part = Literal[
    "authors",
    "days",
    "exports",
    "inferred-tags",
    "json-feeds",
    "phrases",
    "redirects",
    "related",
    "search",
    "tag-feeds",
    "trends",
    "venues",
    "year-papers",
]
"""What a site can do without."""
Host = Literal["none", "github-pages", "gitlab-pages", "cloudflare-pages", "netlify", "vercel"]
Recency = Literal["none", "some", "strong"]
PARTS: tuple[str, ...] = get_args(Part)

_SAID = {
    "base_url": "an address such as https://example.org/digest/",
    "contact": "a mail address such as group@example.org",
    "accent": "a colour such as #7a1f2b",
    "language": "a language tag such as en or pt-BR",
    "host": f"one of {', '.join(get_args(Host))}",
    "search_recency": f"one of {', '.join(get_args(Recency))}",
}


class SavedSearch(Struct, frozen=True):
    """A search that has a feed of its own."""

    name: str
    query: str


class Config(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the user sets. Every field has a default, so that a digest needs no file at all."""

    title: str = "Literature digest"
    description: str = "Papers worth reading, grouped by topic and date."
    publisher: str = ""
    """Who publishes the digest: named in feeds and the footer."""
    contact: Contact = ""
    """A mail address that services which “digest enrich --online” asks may write to."""
    base_url: Address = ""
    """Where the site will stand. Feeds and the sitemap need it; pages do not."""
    language: Language = "en"
    accent: Colour | None = None
    content: str = "content"
    output: str = "site"
    templates: str = "templates"
    papers_per_page: Count = 50
    """Length of a page of a tag's, date's or venue's list."""
    papers_per_date_page: Count | None = None
    """Length of a page of a year's, month's or day's list; `papers_per_page` unless set."""
    papers_at_home: Count = 30
    feed_entries: Count = 50
    fields: dict[str, str] | None = None
    """Where JSON and tables of one's own keep a paper's fields: `title: headline`."""
    author_page_from: Count | None = None
    """An author gets a page from this many papers on; other names lead to a search. Unless set,
    every author of a small digest has one, and in a large one who has two papers."""
    without: tuple[Part, ...] = ()
    """What the site does without: sorted, each once."""
    host: Host = "none"
    """Who will serve the site: a build tells where it is larger than that host allows."""
    theme: Look = Look()
    """Colours and fonts."""
    search_recency: Recency = "none"
    """How much newer papers are preferred in a search."""
    searches: tuple[SavedSearch, ...] = ()
    """Searches that have feeds; no two have the same address."""

    @property
    def root_url(self) -> str:
        """`base_url` with one slash at the end, or ""."""
        return self.base_url.rstrip("/") + "/" if self.base_url else ""


def load_config(path: Path, overrides: dict[str, Any] | None = None) -> Config:
    """Read `path` if it is there; `overrides` (from the command line) win.

    Raises DigestError with every mistake found.
    """
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    if path.exists():
        try:
            source = path.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise DigestError(
                _problem(
                    path,
                    None,
                    f"cannot be read: {error}",
                    "Save it as UTF-8 and make sure that you may read it.",
                )
            ) from error
        values, problems = _parse(path, source)
    for name, value in (overrides or {}).items():
        if value is None:
            continue
        try:
            values[name] = _convert(name, value)
        except msgspec.ValidationError:
            problems.append(
                _mistake(
                    path=Path("--" + name.replace("_", "-")), line=None, name=name, value=value
                )
            )
    if problems:
        raise DigestError(*problems)
    return Config(**values)


def _parse(path: Path, source: str) -> tuple[dict[str, Any], list[Problem]]:
    import yaml  # noqa: PLC0415 - only when there is a file: a third of the start-up time

    from digest.yaml_text import YamlRefused, compose, line_of, value_of  # noqa: PLC0415 - likewise

    try:
        node = compose(source)
    except YamlRefused as refused:
        return {}, [
            _problem(
                path,
                refused.line,
                f"not valid YAML: {refused}",
                "Check the indentation, and put text that holds “: ” or “#” in quotes.",
            )
        ]
    if node is None:
        return {}, []
    if not isinstance(node, yaml.MappingNode):
        return {}, [
            _problem(
                path,
                1,
                "must be a list of settings, one “name: value” a line",
                "Write for example “title: Our reading group”.",
            )
        ]
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    lines: dict[str, int] = {}
    for key, value in node.value:
        line = line_of(key)
        name = str(key.value)
        if name in lines:
            problems.append(
                _problem(
                    path,
                    line,
                    f"“{name}” is set twice (first on line {lines[name]})",
                    "Remove one of the two.",
                )
            )
            continue
        lines[name] = line
        if name not in Config.__struct_fields__:
            hint = _nearest(name.replace("-", "_"), Config.__struct_fields__)
            problems.append(_problem(path, line, f"“{name}” is no setting", hint))
            continue
        if name == "without":
            values[name], mistakes = _read_without(path, value)
            problems += mistakes
            continue
        if name == "theme":
            values[name], mistakes = read_look(path, value)
            problems += mistakes
            continue
        if name == "searches":
            values[name], mistakes = _read_searches(path, value)
            problems += mistakes
            continue
        if name == "fields" and isinstance(value, yaml.MappingNode):
            values[name] = value_of(value)
            try:
                msgspec.convert(values[name], _TYPES[name])
            except msgspec.ValidationError:
                hint = "Write each as “title: headline” or “authors: people.full_name”."
                problems.append(_problem(path, line, "“fields” must name one field a line", hint))
            continue
        if not isinstance(value, yaml.ScalarNode):
            problems.append(
                _problem(
                    path,
                    line,
                    f"“{name}” must be a single value",
                    "Write it on one line, after the colon.",
                )
            )
            continue
        try:
            values[name] = _convert(name, value.value)
        except msgspec.ValidationError:
            problems.append(_mistake(path, line, name, value.value))
    return values, problems


def _read_without(path: Path, value: yaml.Node) -> tuple[tuple[str, ...], list[Problem]]:
    """The parts that are named, sorted, and what is wrong: a list, or names after the colon."""
    import yaml  # noqa: PLC0415 - as in `_parse`

    from digest.yaml_text import line_of  # noqa: PLC0415 - as in `_parse`

    nodes = value.value if isinstance(value, yaml.SequenceNode) else [value]
    named: set[str] = set()
    problems: list[Problem] = []
    for node in nodes:
        if not isinstance(node, yaml.ScalarNode):
            hint = "Write “without: [search, trends]”."
            problems.append(
                _problem(path, line_of(node), "“without” must be a list of names", hint)
            )
            continue
        for name in node.value.replace(",", " ").split():
            if name in PARTS:
                named.add(name)
                continue
            hint = _nearest(name.replace("_", "-"), PARTS)
            message = f"“{name}” is nothing that a site can do without"
            problems.append(_problem(path, line_of(node), message, hint))
    return tuple(sorted(named)), problems


def _read_searches(path: Path, value: yaml.Node) -> tuple[tuple[SavedSearch, ...], list[Problem]]:
    """The searches that are named, and what is wrong: each needs a name of its own and a query."""
    import yaml  # noqa: PLC0415 - as in `_parse`

    from digest.yaml_text import line_of, value_of  # noqa: PLC0415 - as in `_parse`

    hint = "Write each as “- {name: Diffusion models, query: diffusion year:2023..}”."
    if not isinstance(value, yaml.SequenceNode):
        message = "“searches” must be a list of names and queries"
        return (), [_problem(path, line_of(value), message, hint)]
    found: dict[str, SavedSearch] = {}
    problems: list[Problem] = []
    for node in value.value:
        said = value_of(node)
        try:
            search = msgspec.convert(said, SavedSearch)
        except msgspec.ValidationError:
            search = SavedSearch("", "")
        unknown = isinstance(said, dict) and said.keys() - {"name", "query"}
        if unknown or not search.name.strip() or not search.query.strip():
            message = "a search must have a “name” and a “query”, and nothing else"
            problems.append(_problem(path, line_of(node), message, hint))
            continue
        slug = slugify(search.name)
        if slug in found:
            message = f"“{search.name}” names two searches"
            problems.append(_problem(path, line_of(node), message, "Give one another name."))
            continue
        found[slug] = search
    return tuple(found.values()), problems


def _nearest(name: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.5)
    return f"Did you mean “{near[0]}”?" if near else f"Known are: {', '.join(known)}."


_TYPES = {field.name: field.type for field in msgspec.structs.fields(Config)}


def _convert(name: str, value: object) -> Any:
    return msgspec.convert(value, _TYPES[name], strict=False)


def _mistake(path: Path, line: int | None, name: str, value: object) -> Problem:
    number = _TYPES[name] in (Count, Count | None)
    wanted = _SAID.get(name, "a whole number from 1 to 10,000" if number else "text")
    return _problem(
        path,
        line,
        f"“{name}” is “{value}”, but must be {wanted}",
        f"Write “{name}: …” with {wanted}.",
    )


def _problem(path: Path, line: int | None, message: str, hint: str) -> Problem:
    return Problem(path.as_posix(), line, "error", message, hint)
