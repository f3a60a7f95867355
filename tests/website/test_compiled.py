"""Code of templates that is kept: taken where it is of the same, and never needed."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.language import words_of
from digest.ledger import Keepsake
from digest.website.compiled import Compiled
from digest.website.engine import Engine
from digest.website.theme import Template, Theme

_OURS = frozenset({"ours.html"})
_SOURCE = "<p>{{ word }}</p>"


def _theme(file: str = "ours.html") -> Theme:
    return Theme((), (("a.html", Template(file, _SOURCE)),), (), "", "")


def _made(kept: Compiled, file: str = "ours.html") -> str:
    return Engine(_theme(file), words_of("en"), kept, own=True).fill("a.html", word="<tea>")


def _refuse(*_: object, **__: object) -> None:
    raise AssertionError("was compiled again")


def test_what_is_kept_is_not_compiled_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process with the same mark takes the code, and makes the same of it."""
    place = Keepsake(tmp_path / "codes.bin")
    first = Compiled(place, b"m" * 16, _OURS)
    made = _made(first)
    first.keep()
    monkeypatch.setattr(Engine, "compile", _refuse)
    assert _made(Compiled(place, b"m" * 16, _OURS)) == made == "<p>&lt;tea&gt;</p>"


@pytest.mark.parametrize("harm", ["mark", "cut", "changed", "empty"])
def test_what_came_to_harm_is_made_anew(tmp_path: Path, harm: str) -> None:
    """Code of another version, or that is not as it was left, is not looked at."""
    path = tmp_path / "codes.bin"
    first = Compiled(Keepsake(path), b"m" * 16, _OURS)
    made = _made(first)
    first.keep()
    whole = path.read_bytes()
    assert len(whole) > 100
    path.write_bytes(
        {"mark": whole, "cut": whole[:-9], "changed": whole[:-9] + b"x" * 9, "empty": b""}[harm]
    )
    mark = (b"n" if harm == "mark" else b"m") * 16
    assert _made(Compiled(Keepsake(path), mark, _OURS)) == made


def test_only_our_own_templates_are_kept(tmp_path: Path) -> None:
    """A user's templates are compiled by each process: nothing of them is left in the package."""
    path = tmp_path / "codes.bin"
    first = Compiled(Keepsake(path), b"m" * 16, _OURS)
    _made(first, "theirs.html")
    first.keep()
    assert not path.exists()
