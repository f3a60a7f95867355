"""The theme: templates and assets, the user's own before the default ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from msgspec import Struct

from digest.content import is_hidden
from digest.paper import Paper
from digest.problems import DigestError, Problem
from digest.text import content_hash, mark_of
from digest.website.pages import Page, Recipe, Ways

_ASSETS = "assets"
_PART = re.compile(r"(.+?\.(?:js|css))/")
_PACKED = Path(__file__).parent.parent / "templates"
_CHECKOUT = Path(__file__).parent.parent.parent / "templates"


class Template(Struct, frozen=True):
    """The source of a template, and the file that messages name."""

    file: str
    source: str


class Asset(Struct, frozen=True):
    """The view of a file that is copied as it is."""

    content: bytes


class Theme(Struct, frozen=True):
    """Everything that pages are rendered with, so that a theme can travel to another machine."""

    own: tuple[tuple[str, Template], ...]
    """Templates of the user, by name."""
    default: tuple[tuple[str, Template], ...]
    assets: tuple[tuple[str, bytes], ...]
    """Files by their path in the site."""
    fingerprint: str
    """Of all templates."""
    assets_mark: str
    """Changes when an asset does."""
    languages: tuple[tuple[str, Template], ...] = ()
    """Catalogues of the user's own texts (`language/<tag>.po`), by BCP 47 tag."""


def default_folder() -> Path:
    """The default theme: inside the installed package, or at the top of a checkout."""
    return _PACKED if _PACKED.is_dir() else _CHECKOUT


def load_theme(own: Path) -> Theme:
    """The theme made of the default one and the folder `own`, if that exists.

    Raises DigestError where a file of `own` cannot be read.
    """
    default = default_folder()
    parts = _assets(default)
    templates = _templates(default)
    own_templates: dict[str, Template] = {}
    catalogues: dict[str, Template] = {}
    if own.is_dir() and own.resolve() != default.resolve():
        try:
            parts |= _assets(own)
            own_templates = _templates(own)
            catalogues = _catalogues(own)
        except (OSError, UnicodeDecodeError) as error:
            raise DigestError(
                Problem(
                    own.as_posix(),
                    None,
                    "error",
                    f"the theme cannot be read: {error}",
                    "Save templates as UTF-8, and make sure that you may read them.",
                )
            ) from error
    assets = _joined(parts)
    sources = [f"{name}\0{t.source}" for group in (templates, own_templates, catalogues)
               for name, t in group.items()]  # fmt: skip
    return Theme(
        own=tuple(own_templates.items()),
        default=tuple(templates.items()),
        assets=assets,
        fingerprint=content_hash("\0".join(sources), 16),
        assets_mark=content_hash("\0".join(f"{n}\0{b.hex()}" for n, b in assets)),
        languages=tuple(sorted(catalogues.items())),
    )


def _templates(folder: Path) -> dict[str, Template]:
    # What an editor leaves behind is no template, nor an asset; nor does the preview watch it.
    return {
        path.relative_to(folder).as_posix(): Template(path.as_posix(), path.read_text("utf-8"))
        for path in sorted(folder.rglob("*.html"))
        if not any(map(is_hidden, path.relative_to(folder).parts))
    }


def _catalogues(folder: Path) -> dict[str, Template]:
    return {
        path.stem.replace("_", "-"): Template(path.as_posix(), path.read_text("utf-8-sig"))
        for path in sorted((folder / "language").glob("*.po"))
        if not is_hidden(path.name)
    }


def _assets(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted((folder / _ASSETS).rglob("*"))
        if path.is_file() and not any(map(is_hidden, path.relative_to(folder).parts))
    }


def _joined(parts: dict[str, bytes]) -> tuple[tuple[str, bytes], ...]:
    """The site's files by path. What stands in a folder called like a script or a style sheet
    (`style.css/05-entries.css`) are its parts, one file in the order of their names: readers fetch
    one file, and who changes the theme changes one part. A whole file of that name wins."""
    files: dict[str, bytes] = {}
    for name in sorted(parts):
        whole = _PART.match(name)
        if whole is None:
            files[name] = parts[name]
        elif whole[1] not in parts:
            files[whole[1]] = files.get(whole[1], b"") + parts[name].rstrip() + b"\n"
    return tuple(sorted(files.items()))


OWN_STYLES = "assets/settings.css"
"""What digest.yaml sets of colours and fonts."""


def plan_assets(theme: Theme, styles: str) -> Iterator[Page]:
    """The theme's files below `assets/`, scripts and styles made small, and the digest's own
    `styles`, where it has any."""
    for name, content in theme.assets:
        if _is_made_small(name, content):
            recipe = Recipe(_small, (name, content), (), Ways(), mark_of(b"small", content))
            yield Page(name, "asset", recipe)
        else:
            yield Page(name, "asset", Asset(content))
    if styles:
        yield Page(OWN_STYLES, "asset", Asset(styles.encode()))


def _is_made_small(name: str, content: bytes) -> bool:
    """Whether `content` is a script or a style sheet that nobody has made small before.

    A text within a text (`` `${`…`}` ``) is beyond rjsmin, which knows no nesting: scripts with
    such places are copied as they are.
    """
    suffixes = PurePosixPath(name.lower()).suffixes
    if ".min" in suffixes:
        return False
    return suffixes[-1:] == [".css"] or (suffixes[-1:] == [".js"] and b"${" not in content)


def _small(shown: tuple[str, bytes], _papers: Sequence[Paper], _: Ways) -> Asset:
    """The same without comments and blanks; comments that begin with `!` stay, as licences do."""
    name, content = shown
    # Only a build that has something to write pays for the import.
    if name.lower().endswith(".css"):
        from rcssmin import cssmin  # noqa: PLC0415

        return Asset(cssmin(content, keep_bang_comments=True))
    from rjsmin import jsmin  # noqa: PLC0415

    return Asset(jsmin(content, keep_bang_comments=True))
