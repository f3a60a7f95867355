"""The default theme keeps its promises by construction: nothing unescaped, nothing inline that
the Content-Security-Policy would refuse, nothing from elsewhere, and small files."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from digest.website.engine import Once
from digest.website.theme import load_theme, plan_assets

THEME = Path(__file__).parents[2] / "templates"
ASSETS = THEME / "assets"
TEMPLATES = sorted(THEME.glob("*.html"))
EXPECTED = {
    "base.html", "macros.html", "card.html", "home.html", "tag_index.html", "tag.html",
    "date_index.html", "date.html", "name_index.html", "name.html", "paper.html", "free_page.html",
    "redirect.html", "gone.html",
    "report.html", "search.html", "not_found.html", "trends.html", "map.html", "charts.html",
    "saved.html",
}  # fmt: skip
FRAGMENTS = {"base.html", "macros.html", "card.html", "charts.html"}
DATA_TYPES = {"application/json", "application/ld+json"}
FETCHING = {"src", "srcset", "poster", "data", "background", "manifest"}
VALUE = "\ue000"
"""Stands for whatever a template prints."""
LIMIT = 12_000
"""Bytes of all styles, and of a page's scripts, as the site has them, after compression."""
SEARCH = ("words", "index", "engine", "cards", "aside", "page")
SEARCH_LIMIT = 21_000
"""Of what the search page loads once somebody asks; others load 160 kB."""

each_template = pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)


def environment() -> Environment:
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, extensions=[Once])


def markup_of(path: Path) -> str:
    """A template with its statements taken out and a stand-in for every value."""
    text = re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL)
    text = re.sub(r"\{\{.*?\}\}", VALUE, text, flags=re.DOTALL)
    return re.sub(r"\{%.*?%\}", "", text, flags=re.DOTALL)


class Tags(HTMLParser):
    """Collects start tags: name, attributes, and the text as written."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, list[tuple[str, str | None]], str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs, self.get_starttag_text() or ""))


def test_every_template_is_there() -> None:
    """Each kind of view has its template."""
    assert {path.name for path in TEMPLATES} == EXPECTED


@each_template
def test_compiles_and_never_leaves_escaping(path: Path) -> None:
    """No `safe`, no autoescape block: what a template prints is escaped."""
    tree = environment().parse(path.read_text("utf-8"))
    used = {node.name for node in tree.find_all(nodes.Filter)}
    assert not used & {"safe", "forceescape", "striptags", "xmlattr"}
    assert not list(tree.find_all(nodes.ScopedEvalContextModifier))


@each_template
def test_pages_extend_the_base(path: Path) -> None:
    """All pages share one frame, so that a block of it can be overridden for all."""
    tree = environment().parse(path.read_text("utf-8"))
    parents = [node.template.value for node in tree.find_all(nodes.Extends)]  # type: ignore[attr-defined]
    assert parents == ([] if path.name in FRAGMENTS else ["base.html"])


@each_template
def test_attributes_are_quoted_and_nothing_is_inline(path: Path) -> None:
    """No inline style, script or handler; all attributes quoted; data names no tag or attribute."""
    for tag, attributes, written in Tags(markup_of(path)).found:
        assert VALUE not in tag
        assert tag not in {"style", "iframe", "object", "embed"}
        unquoted = re.sub(r"\"[^\"]*\"", '""', written)
        assert "'" not in unquoted, written
        assert not re.search(r"=(?!\"\")", unquoted), written
        assert VALUE not in unquoted, written
        names = {name for name, _ in attributes}
        assert "style" not in names, written
        assert not [name for name in names if name.startswith("on")], written
        if tag == "script":
            values = dict(attributes)
            assert values.get("src") or values.get("type") in DATA_TYPES, written


@each_template
def test_nothing_comes_from_elsewhere(path: Path) -> None:
    """A page loads only files of its own site: the theme names no other host."""
    markup = markup_of(path)
    assert "javascript:" not in markup.lower()
    for tag, attributes, written in Tags(markup).found:
        for name, value in attributes:
            assert not re.match(r"(?:[a-z][a-z0-9+.-]*:)?//", value or "", re.IGNORECASE), written
            if name in FETCHING or (tag, name) == ("link", "href"):
                assert (value or "").startswith(VALUE), written


def test_assets_name_no_other_host() -> None:
    """Styles, scripts and icons load nothing from elsewhere."""
    for path in ASSETS.rglob("*"):
        if path.is_file() and path.suffix in {".css", ".js", ".svg"}:
            text = path.read_text("utf-8")
            for name_of_a_language in ("2000/svg", "1998/Math/MathML"):
                text = text.replace(f'"http://www.w3.org/{name_of_a_language}"', "")
            # A DOI is written as an address; nothing is loaded from there.
            text = text.replace('"https://doi.org/"', "")
            # Fonts of the theme's own.
            text = re.sub(r"url\(\"?fonts/[\w.-]+\"?\)", "", text)
            assert not re.search(r"https?://|@import|url\(", text), path.name


def test_scripts_put_no_html_on_the_page() -> None:
    """What scripts show is text."""
    for path in filter(Path.is_file, ASSETS.rglob("*.js")):
        text = path.read_text("utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text
        ), path.name


def small_assets(own: Path) -> dict[str, bytes]:
    """Files of the site below `assets/`, with a theme in the folder `own`."""
    return {page.path: page.view.content for page in plan_assets(load_theme(own), "")}


def test_parts_are_one_file(tmp_path: Path) -> None:
    """What stands in a folder called like a sheet or a script is joined; own parts replace the
    theme's or are added, and an own file replaces all of them."""
    usual = small_assets(tmp_path)
    assert not any(path.count(".css/") or path.count(".js/") for path in usual)
    sheet = tmp_path / "assets" / "style.css"
    sheet.mkdir(parents=True)
    (sheet / "12-prose.css").write_text("i { color: red }")
    (sheet / "99-ours.css").write_text("b { color: red }")
    mixed = small_assets(tmp_path)["assets/style.css"]
    assert mixed.endswith(b"b{color:red}") and b"i{color:red}" in mixed
    assert b".prose blockquote" in usual["assets/style.css"] and b".prose blockquote" not in mixed
    for part in sheet.iterdir():
        part.unlink()
    sheet.rmdir()
    sheet.write_text("p { color: red }")
    assert small_assets(tmp_path)["assets/style.css"] == b"p{color:red}"


def compressed(*files: bytes) -> int:
    """Bytes that go over the wire, file by file."""
    return sum(len(gzip.compress(file, 9)) for file in files)


@each_template
def test_scripts_of_a_page_are_small(path: Path, tmp_path: Path) -> None:
    """Those of the frame and its own together; the search page's are those before a query."""
    text = (THEME / "base.html").read_text("utf-8") + path.read_text("utf-8")
    names = set(re.findall(r"<script src=\"\{\{ root \}\}(assets/[^\"{]+)", text))
    assets = small_assets(tmp_path)
    assert compressed(*(assets[name] for name in names)) <= LIMIT


def test_styles_and_the_search_are_small(tmp_path: Path) -> None:
    """All styles together; and all that a first query loads of scripts."""
    assets = small_assets(tmp_path)
    styles = [content for name, content in assets.items() if name.endswith(".css")]
    assert 0 < compressed(*styles) <= LIMIT
    assert compressed(*(assets[f"assets/search-{name}.js"] for name in SEARCH)) <= SEARCH_LIMIT
    assert set(SEARCH) == {
        name.removeprefix("assets/search-").removesuffix(".js")
        for name in assets
        if name.startswith("assets/search-")
    }


OWN = {
    "own.js": "// A word\nvar a = 1; /*! Licence */\n",
    "nested.js": "const a = `x ${ b ? `  y` : 1 }`; // stays\n",
    "known.min.js": "var  a;\n",
    "own.css": "/* A word */\na > b { color: red; margin: calc(1px + 2px) }\n",
    "KNOWN.MIN.CSS": "a  { }\n",
    "data.json": "{ }\n",
}
SMALL = {
    "own.js": "var a=1;/*! Licence */",
    "own.css": "a>b{color:red;margin:calc(1px + 2px)}",
}


def test_scripts_and_styles_are_made_small(tmp_path: Path) -> None:
    """Also the user's; but what is small already, what cannot be told apart by rjsmin, and all
    other files are copied byte for byte. Licences stay."""
    (tmp_path / "assets").mkdir()
    for name, text in OWN.items():
        (tmp_path / "assets" / name).write_text(text, "utf-8")
    (tmp_path / "assets/bytes.css").write_bytes(b"a{content:'\xff  \xfe'}  ")
    found = small_assets(tmp_path)
    for name, text in OWN.items():
        assert found[f"assets/{name}"].decode().rstrip() == SMALL.get(name, text.rstrip()), name
    assert found["assets/bytes.css"] == b"a{content:'\xff  \xfe'}"


def test_what_is_small_is_kept_until_it_changes(tmp_path: Path) -> None:
    """A page's mark is known without making it small, and changes with the file alone."""

    def marks() -> dict[str, bytes]:
        return {page.path: page.mark for page in plan_assets(load_theme(tmp_path), "")}

    before = marks()
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/search.js").write_text("1", "utf-8")
    after = marks()
    assert {name for name in before if before[name] != after[name]} == {"assets/search.js"}
    check = (
        "import sys; from pathlib import Path; from digest.website import theme; "
        "[page.mark for page in theme.plan_assets(theme.load_theme(Path('none')), '')]; "
        "sys.exit('rjsmin' in sys.modules or 'rcssmin' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


def test_policy_is_strict() -> None:
    """The Content-Security-Policy allows this site's own files and no inline code."""
    policy = next(
        dict(attributes)["content"] or ""
        for tag, attributes, _ in Tags(markup_of(THEME / "base.html")).found
        if tag == "meta" and dict(attributes).get("http-equiv") == "Content-Security-Policy"
    )
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split(";")}
    assert rules["default-src"] == ["'none'"]
    for name in ("script-src", "style-src", "connect-src", "font-src", "form-action", "base-uri"):
        assert rules[name] == ["'self'"]
    assert "unsafe" not in policy


@each_template
def test_assets_that_are_named_exist(path: Path) -> None:
    """Every asset that a template names is in the theme."""
    for name in re.findall(r"\{\{ root \}\}(assets/[^\"{]+)", path.read_text("utf-8")):
        assert name in dict(load_theme(THEME).assets), name


def test_classes_of_templates_have_a_style() -> None:
    """The templates' classes and the style sheet know each other: no name is mistyped."""
    style = dict(load_theme(THEME).assets)["assets/style.css"].decode()
    for path in TEMPLATES:
        for _, attributes, _ in Tags(markup_of(path)).found:
            for name in (dict(attributes).get("class") or "").split():
                assert VALUE in name or f".{name}" in style, f"{path.name}: {name}"


def test_main_landmarks_and_language() -> None:
    """The frame has a language, a way past the header, and one landmark of each kind."""
    found = Tags(markup_of(THEME / "base.html")).found
    tags = [tag for tag, _, _ in found]
    assert [tags.count(tag) for tag in ("header", "main", "footer")] == [1, 1, 1]
    assert ("lang", VALUE) in found[tags.index("html")][1]
    assert any(dict(attributes).get("href") == "#main" for _, attributes, _ in found)
