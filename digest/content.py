"""What stands in the content folder: papers to read, free pages, notes and the user's taxonomy."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Collection, Iterator
from pathlib import Path

from msgspec import Struct, msgpack, structs

from digest.problems import DigestError, Problem
from digest.text import clean, slugify

PAGES = "pages"
NOTES = "notes"
ENRICHED = "enriched"
TAXONOMY = "taxonomy.yaml"
PEOPLE = "people.yaml"
ADDRESSES = "addresses.yaml"
_LARGEST_TEXT = 1_000_000
"""Bytes of a page or note; more is no text of a person."""
_LARGEST_ADDRESSES = 200_000_000
"""Bytes of the list that builds keep: some ten million addresses."""
_LARGEST_ENRICHED = 200_000_000
"""Bytes of a file of findings, which a program writes."""
_SETTLED = 50_000_000
"""Nanoseconds after which a file that was written cannot be written again within one tick of the
file system's clock."""
_HEADING = re.compile(r"\s*#[^\S\n]+([^\n]+)\n?")
_FRONT_MATTER = re.compile(r"---[^\S\n]*\n(.*?\n)---[^\S\n]*(?:\n|$)", re.DOTALL)
_DRAFT = re.compile(r"^draft[^\S\n]*:[^\S\n]*[\"']?(?:true|yes)\b", re.MULTILINE | re.IGNORECASE)
_DATE = re.compile(
    r"^(?:date|published)[^\S\n]*:[^\S\n]*[\"']?([0-9]{4}(?:-[0-9]{2}){0,2})\b", re.MULTILINE
)
_TITLE = re.compile(r"^title[^\S\n]*:[^\S\n]*(.+)$", re.MULTILINE)


class FreeText(Struct, frozen=True):
    """A page or note written by the user."""

    path: str
    """Relative to the content folder."""
    slug: str
    title: str
    body: str
    """Markdown, without front matter."""
    head: str
    """Its front matter with the lines around, or ""."""
    draft: bool = False
    date: str | None = None
    """As the front matter has it: `2023`, `2023-09` or `2023-09-08`."""


class Content(Struct, frozen=True):
    """The content folder, sorted by path so that the file system's order plays no part."""

    papers: tuple[tuple[Path, str], ...]
    """Files to read and their names relative to the folder."""
    pages: tuple[FreeText, ...]
    notes: dict[str, FreeText]
    """By slug of the paper."""
    taxonomy: str | None
    problems: tuple[Problem, ...]
    enriched: tuple[tuple[str, str], ...] = ()
    """What “digest enrich” found: names and texts of its files."""
    addresses: str | None = None
    """What builds keep of every address that a paper ever had."""
    people: str | None = None
    """What the group says of which papers and names are whose."""

    def held(self, today: str) -> tuple[str, ...]:
        """Names of the pages and notes that builds of the day `today` do without."""
        pages = (page.path for page in self.pages if is_held(page.draft, page.date, today))
        # A note's date is that of its paper.
        notes = (note.path for note in self.notes.values() if note.draft)
        return (*pages, *notes)

    def without(self, names: Collection[str]) -> Content:
        """The same but for the pages and notes that are called so."""
        return structs.replace(
            self,
            pages=tuple(page for page in self.pages if page.path not in names),
            notes={slug: note for slug, note in self.notes.items() if note.path not in names},
        )


def is_held(draft: bool, date: str | None, today: str) -> bool:
    """Whether builds do without something: a draft, or what is of a day after `today`.

    Dates are `2023`, `2023-09` or `2023-09-08`; of a month or year, the one of today is no future.
    """
    return draft or (date is not None and date > today[: len(date)])


def find_content(root: Path) -> Content:
    """List `root`. Raises DigestError where it is no readable folder."""
    if not root.is_dir():
        raise DigestError(
            Problem(
                root.as_posix(),
                None,
                "error",
                "there is no such folder",
                "Create it and drop your files into it, name another with "
                "--content, or run “digest init” for a start.",
            )
        )
    problems: list[Problem] = []
    papers: list[tuple[Path, str]] = []
    pages: list[FreeText] = []
    notes: dict[str, FreeText] = {}
    taxonomy = addresses = people = None
    enriched: list[tuple[str, str]] = []
    for path, name in _files(root, problems):
        folder, _, rest = name.partition("/")
        if name == TAXONOMY:
            taxonomy = _text(path, name, problems)
        elif name == PEOPLE:
            people = _text(path, name, problems)
        elif name == ADDRESSES:
            addresses = _text(path, name, problems, _LARGEST_ADDRESSES)
        elif folder == ENRICHED and name.endswith(".yaml"):
            found = _text(path, name, problems, _LARGEST_ENRICHED)
            if found is not None:
                enriched.append((name, found))
        elif folder in (PAGES, NOTES) and rest and "/" not in rest and name.endswith(".md"):
            text = _text(path, name, problems)
            if text is None:
                continue
            if folder == PAGES:
                pages.append(_free_text(name, text))
            else:
                notes[Path(rest).stem] = _free_text(name, text)
        else:
            papers.append((path, name))
    return Content(
        tuple(papers),
        tuple(pages),
        notes,
        taxonomy,
        tuple(problems),
        tuple(enriched),
        addresses,
        people,
    )


def read_addresses(root: Path) -> str | None:
    """The registry of addresses as `find_content` reads it, for what a build wrote since."""
    path = root / ADDRESSES
    return _text(path, ADDRESSES, [], _LARGEST_ADDRESSES) if path.is_file() else None


def _files(root: Path, problems: list[Problem]) -> Iterator[tuple[Path, str]]:
    inside = root.resolve()

    def unreadable(error: OSError) -> None:
        problems.append(
            Problem(
                Path(error.filename).relative_to(root).as_posix(),
                None,
                "error",
                f"the folder cannot be read: {error.strerror}",
                "Get the right to read it, or move it out of the content folder.",
            )
        )

    found = []
    for folder, folders, names in os.walk(root, onerror=unreadable):
        folders[:] = sorted(f for f in folders if not is_hidden(f))
        for file in names:
            path = Path(folder) / file
            if is_hidden(file) or not (path.is_file() or path.is_symlink()):
                continue
            name = clean(path.relative_to(root).as_posix())
            if path.is_symlink() and not path.resolve().is_relative_to(inside):
                problems.append(
                    Problem(
                        name,
                        None,
                        "warning",
                        "is a link that leads out of the content folder, and was left out",
                        "Put the file itself into the content folder.",
                    )
                )
                continue
            found.append((name, path))
    for name, path in sorted(found):
        yield path, name


def is_hidden(name: str) -> bool:
    """Whether a file or folder so called is no content: hidden, half downloaded, or what an editor
    leaves beside the file that it saves."""
    return name.startswith((".", "#", "~")) or name.endswith(_LEFT_BEHIND)


_LEFT_BEHIND = (
    *("~", ".swp", ".swo", ".swx", ".tmp", ".bak", ".part", ".crdownload"),
    *("___jb_tmp___", "___jb_old___"),
)
"""Ends of names: vi, Emacs and most others; browsers; editors of JetBrains."""


def _text(
    path: Path, name: str, problems: list[Problem], largest: int = _LARGEST_TEXT
) -> str | None:
    try:
        data = path.read_bytes()
        if len(data) > largest:
            raise ValueError(f"it has {len(data):,} bytes")
        return clean(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except (OSError, ValueError) as error:
        problems.append(
            Problem(
                name,
                None,
                "error",
                f"cannot be read as text: {error}",
                f"Save it as UTF-8, with at most {largest:,} bytes.",
            )
        )
        return None


def _free_text(name: str, text: str) -> FreeText:
    stem, head, title = Path(name).stem, "", None
    draft, date = False, None
    if front := _FRONT_MATTER.match(text):
        head, text = front[0], text[front.end() :]
        named, dated = _TITLE.search(front[1]), _DATE.search(front[1])
        draft, date = _DRAFT.search(front[1]) is not None, dated[1] if dated else None
        title = named[1].strip().strip("\"'") if named else None
    heading = _HEADING.match(text)
    if heading:
        text = text[heading.end() :]
        title = title or heading[1].strip()
    title = title or stem.replace("-", " ").capitalize()
    return FreeText(name, slugify(stem), title, text.strip(), head, draft, date)


def state_of(path: Path) -> bytes:
    """What the system tells of a file: changed with every change; empty where it proves nothing,
    for the file was written just now."""
    try:
        s = path.stat()
    except OSError:
        return b""
    if time.time_ns() - max(s.st_ctime_ns, s.st_mtime_ns) < _SETTLED:
        return b""
    return msgpack.encode((s.st_size, s.st_mtime_ns, s.st_ctime_ns, s.st_ino))
