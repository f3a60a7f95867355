"""The taxonomy: topics with their synonyms and parents, from the package and from the user."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from digest.catalogue.topics.files import Entry, TopicFile, nearest, read_topics
from digest.catalogue.topics.shipped import read_shipped
from digest.catalogue.topics.topic import Compiled, Topic, field_texts, read_compiled
from digest.problems import Problem
from digest.text import content_hash, slugify, unaccented

_MISSPELT = 0.85
"""Names as near as this are probably meant to be the same."""


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
    hidden: frozenset[str] = frozenset()
    """Slugs that the user does not want: hidden topics, and phrases that are no topics."""
    own: frozenset[str] = frozenset()
    """Slugs of the topics that the user's file speaks of."""
    moved: dict[str, str] = {}
    """Slugs of topics and phrases that the user made part of others, and the others' slugs."""

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
    """The shipped fields, changed by `extra`, the text of the user's taxonomy file.

    A mistake in `extra` is a problem with its line; everything else in it still counts.
    """
    compiled = read_compiled()
    draft = _Draft.of(compiled) if compiled else _assembled(packaged_fields())
    problems: tuple[Problem, ...] = ()
    if extra is not None:
        file, problems = read_topics(extra, extra_path)
        draft.add(file, own=True)
        draft.settle(extra_path)
        problems += tuple(draft.problems)
        compiled = None if file.entries else compiled
    return draft.finish(compiled.fingerprint if compiled else None), tuple(
        sorted(problems, key=lambda p: (p.line or 0, p))
    )


def packaged_fields() -> tuple[TopicFile, ...]:
    """The fields that ship with the package, by file name."""
    return tuple(_packaged(text, name) for name, text in field_texts().items())


def assemble(fields: tuple[TopicFile, ...]) -> Taxonomy:
    """The taxonomy of `fields` alone; several may speak of one field."""
    return _assembled(fields).finish()


def _assembled(fields: tuple[TopicFile, ...]) -> _Draft:
    draft = _Draft()
    draft.heads = {_key(f.field): h for f in reversed(fields) if f.field and (h := _head(f))}
    for file in fields:
        draft.add(file)
    draft.settle()
    return draft


def parsed_topics() -> tuple[Taxonomy, dict[str, str]]:
    """The shipped taxonomy out of its files, and the slugs of names: what `Compiled` keeps."""
    draft = _assembled(packaged_fields())
    return draft.finish(), draft.slugs


def _packaged(text: str, name: str) -> TopicFile:
    return read_shipped(text, name) or read_topics(text, name, trusted=True)[0]


def _head(file: TopicFile) -> Entry | None:
    """What the file says of its field itself."""
    return next((e for e in file.entries if _key(e.name) == _key(file.field or "")), None)


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
        self.heads: dict[str, Entry] = {}
        """What any of several files says of a field, by the field's folded name."""
        self.problems: list[Problem] = []
        self.hidden: set[str] = set()
        self.own: set[str] = set()
        self.moved: dict[str, str] = {}

    @classmethod
    def of(cls, compiled: Compiled) -> _Draft:
        """All shipped fields, settled."""
        draft = cls()
        draft.topics = dict(compiled.topics)
        draft.slugs = dict(compiled.slugs)
        return draft

    def add(self, file: TopicFile, *, own: bool = False) -> None:
        """Take in a file. `own`: it is the user's, so its mistakes are told."""
        field = None
        if file.field:
            key = _key(file.field)
            # Several files may share a field, and any one of them describe it.
            head = _head(file) or self.heads.get(key)
            field = self.slugs.get(key)
            if head is not None or field not in self.topics:
                head = head or Entry(line=1, name=file.field, about=file.about)
                field = self.put(head, (), None)
            if file.about and not self.topics[field].about:
                self.topics[field] = replace(self.topics[field], about=file.about)
        for entry in file.entries:
            if field and self.slugs.get(_key(entry.name)) == field and not own:
                continue
            if entry.hide:
                self.hide(entry, file.path)
            elif entry.same_as:
                self.join(entry, file.path)
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
            kind=entry.kind or known.kind,
            pinned=entry.pin or known.pinned,
        )
        for alias in (entry.name, name, known.slug):
            self.slugs.setdefault(_key(alias), known.slug)
        if entry.parents or not known.parents:
            self.wanted.append((known.slug, entry.parents or default, entry.line))
        if path is not None:
            self.own.add(known.slug)
        return known.slug

    def hide(self, entry: Entry, path: str) -> None:
        """Take a topic away, or a phrase that is none."""
        slug = self.slugs.get(_key(entry.slug or "")) or self.slugs.get(_key(entry.name))
        gone = self.topics.pop(slug, None) if slug else None
        self.hidden.add(gone.slug if gone else slugify(entry.slug or entry.name))
        if gone is None:
            # It may be a phrase of the texts, unless it looks like a topic misspelt.
            if nearest(entry.name, [t.name for t in self.topics.values()], _MISSPELT):
                self.miss(path, entry, "hide")
            return
        self.remove(gone)

    def join(self, entry: Entry, path: str) -> None:
        """Make a topic, or a phrase that is none, part of another topic."""
        wanted = entry.same_as or ""
        slug = self.slugs.get(_key(wanted))
        known = self.topics.get(self.slugs.get(_key(entry.slug or entry.name), ""))
        target = self.topics.get(slug) if slug else None
        if target is None or (known is not None and known.slug == target.slug):
            near = nearest(wanted, [t.name for t in self.topics.values()])
            hint = f"Did you mean `{near}`?" if near else "Name a topic of any field."
            message = f"`{entry.name}` cannot be the same as `{wanted}`: that is no other topic"
            self.problems.append(Problem(path, entry.line, "warning", message, hint))
            return
        source = known or Topic(slug="", name=entry.name, words=(entry.name.lower(),))
        self.own.add(target.slug)
        self.topics[target.slug] = replace(
            target,
            words=_joined(target.words, source.words, entry.words),
            short=_joined(target.short, source.short, entry.short),
            weak=_joined(target.weak, source.weak, entry.weak),
            cues=_joined(target.cues, source.cues, entry.cues),
            arxiv=_joined(target.arxiv, source.arxiv, entry.arxiv),
        )
        if known is not None:
            del self.topics[known.slug]
            self.remove(known)
            self.slugs[_key(known.slug)] = target.slug
        self.slugs[_key(entry.name)] = target.slug
        old = known.slug if known else slugify(entry.slug or entry.name)
        self.moved = {was: target.slug if now == old else now for was, now in self.moved.items()}
        self.moved[old] = target.slug

    def remove(self, gone: Topic) -> None:
        """Forget a topic; what stood below it moves up to its parents."""
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

    def finish(self, fingerprint: str | None = None) -> Taxonomy:
        below: dict[str, list[Topic]] = {}
        for topic in self.topics.values():
            for parent in topic.parents:
                below.setdefault(parent, []).append(topic)
        roots = sorted((t for t in self.topics.values() if not t.parents), key=_by_name)
        return Taxonomy(
            topics=self.topics,
            roots=tuple(t.slug for t in roots),
            by_category={c: t.slug for t in reversed(self.topics.values()) for c in t.arxiv},
            fingerprint=fingerprint
            or content_hash(repr((*self.topics.values(), sorted(self.hidden))), 16),
            below={s: tuple(t.slug for t in sorted(ts, key=_by_name)) for s, ts in below.items()},
            hidden=frozenset(self.hidden),
            own=frozenset(self.own),
            moved={old: new for old, new in self.moved.items() if old not in self.topics},
        )


def _by_name(topic: Topic) -> tuple[str, str]:
    return unaccented(topic.name), topic.slug


def _joined(*parts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for part in parts for value in part))
