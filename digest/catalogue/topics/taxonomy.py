"""The taxonomy: topics with their synonyms and parents, from the package and from the user."""

from __future__ import annotations

from importlib.resources import files

from msgspec import Struct
from msgspec.structs import replace

from digest.catalogue.topics.files import Entry, TopicFile, nearest, read_topics
from digest.catalogue.topics.shipped import read_shipped
from digest.problems import Problem
from digest.text import content_hash, slugify, unaccented


class Topic(Struct, frozen=True):
    """A subject worth a page of its own."""

    slug: str
    name: str
    about: str = ""
    parents: tuple[str, ...] = ()
    """Slugs of broader topics."""
    words: tuple[str, ...] = ()
    """Phrases that name the topic in any text; its own name is among them."""
    short: tuple[str, ...] = ()
    """Abbreviations, matched in their own case."""
    weak: tuple[str, ...] = ()
    """Words that name the topic only beside one of `cues`."""
    cues: tuple[str, ...] = ()
    arxiv: tuple[str, ...] = ()
    """arXiv categories that are this topic."""


class Taxonomy(Struct, frozen=True):
    """All topics: a forest in which a topic may have several parents, never a cycle."""

    topics: dict[str, Topic]
    roots: tuple[str, ...]
    """Slugs of the fields, by name."""
    by_category: dict[str, str]
    """arXiv category to slug."""
    fingerprint: str
    """Differs whenever anything of the taxonomy does."""
    below: dict[str, tuple[str, ...]]
    """Slug to the slugs of its children, by name."""

    def children(self, slug: str) -> tuple[str, ...]:
        """Slugs of the topics directly below `slug`, by name; none for an unknown slug."""
        return self.below.get(slug, ())

    def ancestors(self, slug: str) -> tuple[str, ...]:
        """Slugs of all topics above `slug`, nearest first; none for an unknown slug."""
        found: dict[str, None] = {}
        level = self.topics[slug].parents if slug in self.topics else ()
        while level:
            found.update(dict.fromkeys(level))
            level = tuple(up for s in level for up in self.topics[s].parents if up not in found)
        return tuple(found)


def load_taxonomy(
    extra: str | None = None, extra_path: str = "taxonomy.yaml"
) -> tuple[Taxonomy, tuple[Problem, ...]]:
    """The packaged fields, changed by `extra`, the text of the user's taxonomy file.

    A mistake in `extra` is a problem with its line; everything else in it still counts.
    """
    shipped = packaged_fields()
    draft = _Draft()
    for file in shipped:
        draft.add(file)
    draft.settle()
    problems: tuple[Problem, ...] = ()
    if extra is not None:
        file, problems = read_topics(extra, extra_path)
        draft.add(file, own=True)
        draft.settle(extra_path)
        problems += tuple(draft.problems)
    return draft.finish(), tuple(sorted(problems, key=lambda p: (p.line or 0, p)))


def packaged_fields() -> tuple[TopicFile, ...]:
    """The fields that ship with the package, by file name."""
    folder = files("digest.catalogue.topics").joinpath("fields")
    found = sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
    return tuple(_packaged(f.read_text("utf-8"), f.name) for f in found)


def _packaged(text: str, name: str) -> TopicFile:
    return read_shipped(text, name) or read_topics(text, name, trusted=True)[0]


def _key(name: str) -> str:
    return " ".join(unaccented(name).replace("-", " ").split())


class _Draft:
    """Topics while they are being put together."""

    def __init__(self) -> None:
        self.topics: dict[str, Topic] = {}
        self.slugs: dict[str, str] = {}
        """Slug of each name and slug, folded."""
        self.wanted: list[tuple[str, tuple[str, ...], int | None]] = []
        """Parents still to be found: slug, names as written, line."""
        self.problems: list[Problem] = []

    def add(self, file: TopicFile, *, own: bool = False) -> None:
        """Take in a file. `own`: it is the user's, so its mistakes are told."""
        field = None
        if file.field:
            head = next((e for e in file.entries if _key(e.name) == _key(file.field or "")), None)
            field = self.put(head or Entry(line=1, name=file.field, about=file.about), (), None)
            if file.about and not self.topics[field].about:
                self.topics[field] = replace(self.topics[field], about=file.about)
        for entry in file.entries:
            if field and self.slugs.get(_key(entry.name)) == field and not own:
                continue
            if entry.hide:
                self.hide(entry, file.path)
            else:
                default = (field,) if field else ()
                self.put(entry, default, file.path if own else None)

    def put(self, entry: Entry, default: tuple[str, ...], path: str | None) -> str:
        """Add a topic, or add to one that is known by this name or slug. Its slug."""
        slug = self.slugs.get(_key(entry.slug or "")) or self.slugs.get(_key(entry.name))
        known = self.topics.get(slug) if slug else None
        if known is None and entry.rename and path is not None:
            self.miss(path, entry, "rename")
            return slugify(entry.name)
        name = entry.rename or (known.name if known else entry.name)
        if known is None:
            slug = slugify(entry.slug or entry.name)
            known = self.topics.get(slug) or Topic(slug=slug, name=name)
        words = (name.lower(),) if entry.name_matches else ()
        self.topics[known.slug] = replace(
            known,
            name=name,
            about=entry.about or known.about,
            words=_joined(known.words, words, entry.words),
            short=_joined(known.short, entry.short),
            weak=_joined(known.weak, entry.weak),
            cues=_joined(known.cues, entry.cues),
            arxiv=_joined(known.arxiv, entry.arxiv),
        )
        for alias in (entry.name, name, known.slug):
            self.slugs.setdefault(_key(alias), known.slug)
        if entry.parents or not known.parents:
            self.wanted.append((known.slug, entry.parents or default, entry.line))
        return known.slug

    def hide(self, entry: Entry, path: str) -> None:
        """Take a topic away; what stood below it moves up to its parents."""
        slug = self.slugs.get(_key(entry.slug or "")) or self.slugs.get(_key(entry.name))
        gone = self.topics.pop(slug, None) if slug else None
        if gone is None:
            self.miss(path, entry, "hide")
            return
        self.slugs = {key: s for key, s in self.slugs.items() if s != gone.slug}
        for topic in list(self.topics.values()):
            if gone.slug in topic.parents:
                up = _joined(tuple(p for p in topic.parents if p != gone.slug), gone.parents)
                self.topics[topic.slug] = replace(topic, parents=up)

    def miss(self, path: str, entry: Entry, what: str) -> None:
        near = nearest(entry.name, [t.name for t in self.topics.values()])
        hint = f"Did you mean `{near}`?" if near else "The tag index lists every topic's name."
        self.problems.append(
            Problem(path, entry.line, "warning", f"no topic `{entry.name}` to {what}", hint)
        )

    def settle(self, path: str | None = None) -> None:
        """Turn names of parents into slugs; refuse unknown ones and those that make a cycle."""
        for slug, names, line in self.wanted:
            if slug not in self.topics:
                continue
            found: list[str] = []
            for name in names:
                parent = self.slugs.get(_key(name))
                why = "is not a known topic"
                if parent is not None and (parent == slug or slug in self.above(parent)):
                    parent, why = None, "lies below it: topics would go round in a circle"
                if parent is not None:
                    found.append(parent)
                elif path is not None:
                    near = nearest(name, [t.name for t in self.topics.values()])
                    hint = f"Did you mean `{near}`?" if near else "Name a topic of any field."
                    message = f"parent `{name}` of `{self.topics[slug].name}` {why}"
                    self.problems.append(Problem(path, line, "warning", message, hint))
            if found or not self.topics[slug].parents:
                self.topics[slug] = replace(self.topics[slug], parents=_joined(tuple(found)))
        self.wanted.clear()

    def above(self, slug: str) -> set[str]:
        found: set[str] = set()
        todo = [slug]
        while todo:
            up = [p for p in self.topics[todo.pop()].parents if p not in found]
            found.update(up)
            todo += up
        return found

    def finish(self) -> Taxonomy:
        below: dict[str, list[Topic]] = {}
        for topic in self.topics.values():
            for parent in topic.parents:
                below.setdefault(parent, []).append(topic)
        roots = sorted((t for t in self.topics.values() if not t.parents), key=_by_name)
        return Taxonomy(
            topics=self.topics,
            roots=tuple(t.slug for t in roots),
            by_category={c: t.slug for t in reversed(self.topics.values()) for c in t.arxiv},
            fingerprint=content_hash(repr(list(self.topics.values())), 16),
            below={s: tuple(t.slug for t in sorted(ts, key=_by_name)) for s, ts in below.items()},
        )


def _by_name(topic: Topic) -> tuple[str, str]:
    return unaccented(topic.name), topic.slug


def _joined(*parts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for part in parts for value in part))
