"""docs/theming.md tells a template's author of everything there is: nothing is missing or gone."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Any

import pytest
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.filters import FILTERS
from msgspec import Struct

from digest.config import Config
from digest.look import COLOURS, FONTS
from digest.website.render import Renderer
from digest.website.theme import default_folder, load_theme
from digest.website.views import Site

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/theming.md").read_text("utf-8")
MODULES = sorted(
    path.stem
    for path in (ROOT / "digest/website").glob("*.py")
    if path.stem.endswith("views") or path.stem in ("report", "saved")
)
VIEWS = {
    name: kind
    for module in MODULES
    for name, kind in vars(importlib.import_module(f"digest.website.{module}")).items()
    if isinstance(kind, type) and issubclass(kind, Struct)
    and kind.__module__.endswith(f".{module}") and not name.startswith("_")
}  # fmt: skip


def rows(section: str) -> set[str]:
    """Names in the first column of the tables of a section of the manual."""
    return {
        name
        for line in section.splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`([\w-]+)`", line.split(" | ")[0])
    }


@pytest.mark.parametrize("name", VIEWS)
def test_every_field_of_every_view_is_told(name: str) -> None:
    """Each view has a table with all its fields and properties, and no other."""
    kind = VIEWS[name]
    found = re.search(rf"^#### `{name}`.*?(?=^#|\Z)", TEXT, re.M | re.S)
    assert found is not None
    properties = {key for key, value in vars(kind).items() if isinstance(value, property)}
    assert rows(found[0]) == {*kind.__struct_fields__, *properties}


def test_every_block_is_told() -> None:
    """Those of the frame and of a paper's page, by name; `{% block x %}` alone makes one."""
    for name in ("base.html", "paper.html"):
        source = (default_folder() / name).read_text("utf-8")
        for block in re.findall(r"{%-? block (\w+)", source):
            assert f"`{block}`" in TEXT, block


def test_every_filter_and_global_is_told(tmp_path: Path) -> None:
    """What templates can call besides Jinja's own."""
    nothing: dict[str, Any] = dict.fromkeys(Site.__struct_fields__, "")
    site = Site(**nothing | {"language": "en"})
    engine = Renderer(site, load_theme(tmp_path))._engine("", own=True)
    told = rows(TEXT) | set(re.findall(r"`(\w+)\(", TEXT))
    assert {*engine.filters} - {*FILTERS} <= told
    assert {*engine.globals} - {*DEFAULT_NAMESPACE} <= told


def test_every_custom_property_is_told() -> None:
    """Those at the top of style.css, and no other."""
    style = dict(load_theme(default_folder()).assets)["assets/style.css"].decode()
    block = re.search(r":root \{(.*?)\n\}", style, re.S)
    assert block is not None
    defined = set(re.findall(r"(--[a-z-]+):", block[1]))
    told = {
        name
        for line in TEXT.splitlines()
        if line.startswith("| `--")
        for name in re.findall(r"--[a-z-]+", line.split(" | ")[0])
    }
    assert told == defined


def test_every_setting_is_told() -> None:
    """Colours and fonts of `theme:`."""
    assert {*COLOURS, *FONTS} <= rows(TEXT)
    assert "theme" in Config.__struct_fields__
