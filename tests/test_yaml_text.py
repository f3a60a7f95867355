"""YAML is text, and what is dangerous is refused before it is built."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.yaml_text import YamlRefused, load


def test_scalars_stay_what_is_written() -> None:
    """No number, date or yes/no is read into them."""
    assert load("a: 2401.10200\nb: no\nc: [010, 12:30:45, 2024-13-45]\nd: null") == {
        "a": "2401.10200",
        "b": "no",
        "c": ["010", "12:30:45", "2024-13-45"],
        "d": "null",
    }
    assert load("") is load("# nothing") is None


@pytest.mark.parametrize(
    "text",
    [
        "a: [1",
        "a: b: c",
        "\t- x",
        "&a [*a, *a]" * 9,
        "".join(
            f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9) if n else '1'}]\n" for n in range(30)
        ),
        "[" * 5000,
        "{a: " * 2000,
        "- " * 5000,
        "a: " + "x" * 300_000,
        "!!python/object/apply:os.getcwd []x",
    ],
)
def test_what_cannot_be_read_is_refused(text: str) -> None:
    """Broken, nested or multiplying YAML: a reason, never a hang or a crash."""
    with pytest.raises(YamlRefused):
        load(text)


def test_hostile_files_are_read_or_refused(shared: Path) -> None:
    """Bombs and real test suites: a value or a refusal."""
    files = [p for p in (shared / "hostile/own/yaml").rglob("*") if p.is_file()]
    assert files
    for path in files:
        reasons = []
        try:
            load(path.read_text("utf-8", "replace"))
        except YamlRefused as refused:
            reasons.append(str(refused))
        assert all(reasons), path
