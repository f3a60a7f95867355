"""Whatever the text: no error, only our own elements, safe addresses, work in proportion."""

from __future__ import annotations

import json
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from digest.latex import macros, to_html, to_plain
from tests.watchdog import ends

SHARED = Path(__file__).parents[2] / "../shared"


def _words(table: str) -> list[str]:
    return table.split()


ELEMENTS = {
    *_words("a b code em i span strong sub sup u"),
    *_words("math merror mfrac mi mn mo mover mpadded mphantom mroot mrow mspace msqrt msub"),
    *_words("msubsup msup mtable mtd mtext mtr munder munderover mmultiscripts mprescripts"),
}
ATTRIBUTES = set(
    _words(
        """accent accentunder class depth display displaystyle form height href largeop
    linethickness lspace mathvariant maxsize minsize movablelimits rel rspace scriptlevel
    stretchy symmetric voffset width"""
    )
)


class _Inspector(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ELEMENTS
        for name, value in attrs:
            assert name in ATTRIBUTES
            if name == "href":
                assert tag == "a"
                assert value.startswith(("http://", "https://"))
        assert tag != "a" or "a" not in self.open
        self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        pytest.fail("comment")

    handle_decl = handle_pi = unknown_decl = handle_comment


def inspect(tex: str) -> None:
    html = to_html(tex)
    inspector = _Inspector()
    inspector.feed(html)
    inspector.close()
    assert not inspector.open
    # Well formed as XML too, so that feeds may carry it.
    ET.fromstring(f"<p>{html}</p>".replace("\x85", " "))
    assert "\n" not in to_plain(tex.replace("\n", " "))


PIECES = st.sampled_from(
    _words(
        r"""$ $$ \( \) \[ \] { } {} \ \\ ^ _ & % # ~ ` `` ' '' " < > <b> </math> --> -- \frac \sqrt
    \left \right \begin{align} \end{align} \begin{pmatrix} \end{pmatrix} \text{ \mbox{ \textbf{
    {\it \emph{ \href{ \url{ \href{javascript:x}{ https://a.b/c http:// \newcommand{\a}{ \def\a{
    \a #1 \'{ \"o \c{ \hat \mathbb \mathcal{ \alpha \cite{ \verb| \color{red} \class{x} \label{
    \textsuperscript{ \footnote{ x 1 word \unicode{x3c} \operatorname{ \over \limits \foo \' \RR
    onload="x" &lt; \textcolor{"><script>}"""
    )
) | st.sampled_from([" ", "\n", "\u0338", "\u202e", "\ud800", "é"])


@settings(deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_tex(tex: str) -> None:
    """Fragments of LaTeX and HTML in any order."""
    inspect(tex)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text(tex: str) -> None:
    """Any characters at all, bare and as a formula."""
    inspect(tex)
    inspect(f"${tex}$")


def _strings() -> list[str]:
    found: list[str] = []
    for path in sorted(SHARED.glob("hostile/xss/*.json")) + sorted(
        SHARED.glob("hostile/strings/*.json")
    ):
        waiting = [json.loads(path.read_text("utf-8"))]
        while waiting:
            value = waiting.pop()
            if isinstance(value, str):
                found.append(value)
            elif isinstance(value, list | dict):
                waiting += value.values() if isinstance(value, dict) else value
    for path in [*SHARED.glob("hostile/xss/*.txt"), *SHARED.glob("hostile/strings/*.txt")]:
        found += path.read_text("utf-8", "replace").splitlines()
    return found


@pytest.mark.skipif(not SHARED.exists(), reason="the shared folder is not beside the repository")
def test_known_attacks() -> None:
    """Collected cross-site scripting and other nasty strings, bare and inside LaTeX."""
    strings = _strings()
    assert strings
    for text in strings:
        for tex in (text, rf"\textbf{{{text}}} \href{{{text}}}{{x}}", rf"$\text{{{text}}}$"):
            inspect(tex)


UNITS = _words(r"""
$ { } \ \sqrt ^{ \sqrt{ $\sqrt $a$ $$ \( \[ \begin{equation} `` ` ' `a' '' -- ~
\newcommand \newcommand{\a} \newcommand{\a}{ \def\a{\a\a}\a \textbf{ {\it \' \'{ \"
https:// \url{ \href{ http://a) http://) http://a( http://)!
\href{http://a.b}{ \footnote{ \cite[ \cite{ \verb| \texorpdfstring{ \frac{ \alpha_ \left( $5 {B}
$\text{ $\hat \foo[ \unicode{x \begin{pmatrix} {\bf\hat{ < \bar\bar $x_{""")


@pytest.mark.parametrize("unit", UNITS)
def test_work_grows_with_length(unit: str) -> None:
    """A hundred thousand characters of one mark: no overflow, and an end."""
    tex = unit * (100_000 // len(unit))
    with ends():
        html, plain = to_html(tex), to_plain(tex)
    assert isinstance(html, Markup)
    assert isinstance(plain, str)


@pytest.mark.parametrize(
    "formula",
    [
        "{" * 700 + "}" * 700,
        r"\sqrt" * 280,
        r"\sqrt[" * 200,
        r"\left(" * 240,
        "x^{" * 400,
        r"\bar \hat" * 150,
        r"\begin{array}{c}" * 90,
        r"\frac{" * 200,
        r"\newcommand{\a}{\sqrt\sqrt\sqrt\sqrt}\newcommand{\b}{\a\a\a\a\a}" + r"\b" * 300,
        r"\text{" * 200,
        r"\mathbf " * 180,
        r"{\bf " * 250,
        "(" * 300,
        "(" * 25,
        "f(x)(" * 100,
        r"\langle a" * 100,
        "{[}" * 100,
        "(a & " * 100,
        "⌊x" * 100,
    ],
)
def test_deep_formulae_are_source(formula: str) -> None:
    """Nesting that would overflow the converter's stack never reaches it."""
    inspect(f"${formula}$")
    inspect(formula)


MARKS = _words(r"""
\frac \sqrt \sqrt[ \left( \right) \left. \right. \begin{matrix} \end{matrix} \begin{cases}
\end{cases} \text{ \mathbf \mathbb{ \hat \overline{ \underbrace \stackrel \binom \sum \limits
^ _ ^{ _{ { } ( ) [ ] & \\ x 1 + = | \{ \} \langle \rangle \lfloor ⌈ \bigl( \Biggl[ \middle|
\operatorname{ \not \xrightarrow[ \mathop{ \mathrel \phantom \boxed \pmod \tag{ \bf \over
\choose \genfrac \sideset \cfrac \mathchoice \prime ' \RR \foo{ \mbox{ \substack{
""")

SMALL_STACK = """
import random, sys, threading
from digest.latex.mathml import to_mathml

def work():
    chance = random.Random(7)
    marks = sys.stdin.read().split("\\n")
    for _ in range(4000):
        pool = chance.choices(marks, k=chance.choice([1, 1, 2, 3, 5, 80]))
        formula = "".join(chance.choice(pool) + " " * chance.randrange(2) for _ in range(400))
        to_mathml(formula[: chance.choice([100, 800, 1500])], False)
    print("done")

threading.stack_size(512 * 1024)
thread = threading.Thread(target=work)
thread.start()
thread.join()
"""


def test_random_formulae_end() -> None:
    """Four thousand heaps of marks neither overflow the smallest stack of a thread nor keep the
    converter busy; in a process of its own, for a native loop heeds no signal."""
    ran = subprocess.run(
        [sys.executable, "-c", SMALL_STACK],
        input="\n".join(MARKS), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (ran.stdout, ran.returncode) == ("done\n", 0), ran.stderr


def test_macros_do_not_explode() -> None:
    """Ten macros, each ten times the one before, stay within a bound."""
    names = "abcdefghij"
    tex = r"\def\a{lol}" + "".join(
        rf"\def\{name}{{{before * 10}}}"
        for before, name in zip((f"\\{n}" for n in names), names[1:], strict=False)
    )
    assert len(macros.expand_macros(tex + r"\j\j\j")) <= 2 * len(tex) + 4006
    inspect(tex + r"\j $\j$")


def test_braces_are_matched_in_pairs() -> None:
    """Escaped and stray braces match nothing."""
    assert macros.match_braces(r"{a{b}\}}}{") == {0: 7, 2: 4}
