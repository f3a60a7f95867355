"""Running text, half LaTeX and half not, reads as its authors meant it."""

from __future__ import annotations

import pytest

from digest.latex import looks_like_tex, to_html, to_html_paragraphs, to_plain

PLAIN = [
    # accents and letters
    (
        r"G\"odel, Erd\H{o}s, \v{S}imon, Fran\c{c}ois, {\'E}cole",
        "Gödel, Erdős, Šimon, François, École",
    ),
    (
        r"\aa ngstr\"om, \O{}rsted, na\"{\i}ve, M\'{\i}a, \L ukasz",
        "ångström, Ørsted, naïve, Mía, Łukasz",
    ),
    (r"Stra{\ss}e, \'{Alvarez}, \c c, \~n, \=a, \.z", "Straße, Álvarez, ç, ñ, ā, ż"),
    (r"the word \"open\" is quoted", 'the word "open" is quoted'),
    (r"Krasnosel'ski\u\i{} and Garc\'\i a", "Krasnosel'skiĭ and García"),
    # what is no LaTeX
    ("50% of users, 30\\% of queries", "50% of users, 30% of queries"),
    ("from $5 million to $10 or $2.50", "from $5 million to $10 or $2.50"),
    ("prices of $5-$10 and $300", "prices of $5-$10 and $300"),
    ("it costs $5 per user for $n$ users", "it costs $5 per user for n users"),
    ("a $5 $x$ is $10 $ nodes", "a $5 x is 10 nodes"),
    ("only one $ here", "only one $ here"),
    (
        "sigma_{1:T}^2, O(min{log n, k}), R/R* and *x*",
        "sigma_{1:T}^2, O(min{log n, k}), R/R* and *x*",
    ),
    ("<k> and <b>x</b> & y", "<k> and <b>x</b> & y"),
    ("a set {a, b} and a } stray { brace", "a set {a, b} and a } stray { brace"),
    (r"in C:\new\path and \modelname", r"in C:\new\path and modelname"),
    ("about ~5 and /~user", "about ~5 and /~user"),
    ("a --> b, -----> c, use --fast", "a --> b, -----> c, use --fast"),
    # marks
    ("``quoted'' and `single', it's", "“quoted” and ‘single’, it's"),
    ("Fig.~3 --- pages 1--2", "Fig. 3 — pages 1–2"),
    (r"A\,B \& C\_D \#1 \$5 \{x\}", "A B & C_D #1 $5 {x}"),
    ("{BERT}: {D}eep {N}etworks{}", "BERT: Deep Networks"),
    # commands
    (r"\textbf{a \emph{b}} {\it c {\bf d}} \texttt{e_f}", "a b c d e_f"),
    (r"see \cite[p.~3]{x}, \ref{y}\footnote{a note}", "see […], […] (a note)"),
    (r"\foo{kept} \textcolor{red}{kept} \vspace{2em}\label{l}end", "kept kept end"),
    (r"\texorpdfstring{$\alpha$}{alpha} decay", "alpha decay"),
    (r"H\textsubscript{2}O, 10\textsuperscript{-3}", "H₂O, 10⁻³"),
    (r"\alpha-helix of \mathbb{R}^d", "α-helix of ℝ^d"),
    (
        r"\url{https://a.org/b_c%20d} \href{https://a.org}{our page}",
        "https://a.org/b_c%20d our page",
    ),
    # mathematics
    ("$M^{3}$-20M", "M³-20M"),
    (r"$\mathcal{O}(n^3)$ and $\mathbf{D}$", "O(n³) and D"),
    (r"$x^n$, $x^{n+1}$, $H_2O$, $10^{-3}$, $a_{i,j}$", "x^n, x^(n+1), H₂O, 10⁻³, a_(i,j)"),
    (r"$\alpha\beta\in\mathbb{R}$", "αβ ∈ ℝ"),
    (r"$\sqrt{n\log n}$, $\frac{1}{2}$, $\frac{a+b}{c}$", "√(n log n), 1/2, (a+b)/c"),
    (r"$224\times224$, $0.1 \pm 0.2$, $\geq 3$, $k = 3$", "224×224, 0.1 ± 0.2, ≥3, k = 3"),
    (r"10$^{th}$, 30$^\circ$C, $x'$, $\hat{x}$", "10th, 30°C, x′, x̂"),
    (r"$\text{if $x$ is}$, $\mathrm{SO}(3)$, $L_{\mathrm{max}}$", "if x is, SO(3), L_max"),
    (r"$\Gamma\backslash G$, $\sqrt{SA}$, $\sqrt2$, p \not\equiv 1", "Γ∖G, √(SA), √2, p ≢ 1"),
    (r"\(x^2\) and \[y\] and $$z$$", "x² and y and z"),
    (r"\begin{equation}\label{e} E=mc^2 \end{equation}", "E=mc²"),
    (r"$\Hom(A)$, $\RR$, $\tup{H}$, $A \not\in B$", "Hom(A), ℝ, H, A ∉ B"),
    (r"\lambda_{1}, \frac{a}{b}^2, \bar", "λ₁, a/b²,"),
    (r"$a^{13}$ $50\%$ $\{x\}$ $|x|$ $a < b$", "a¹³ 50% {x} |x| a < b"),
    # macros of the text itself
    (r"\newcommand{\R}[1]{\mathbb{R}^{#1}}$x\in\R{3}$", "x ∈ ℝ³"),
    (r"\def\name{Foo}\name is \DeclareMathOperator{\Tr}{Tr}$\Tr A$", "Foo is Tr A"),
    (r"$\newcommand{\EC}{\mathsf{EC}} \def\x{y}$For $\EC$, \x", "For EC, y"),
    # what never ends
    (r"{\it open", "open"),
    ("\\", "\\"),
    ("", ""),
]


@pytest.mark.parametrize(("tex", "plain"), PLAIN)
def test_plain(tex: str, plain: str) -> None:
    assert to_plain(tex) == plain


A = '<a href="{0}" rel="nofollow noopener">{1}</a>'
HTML = [
    (r"\textbf{a \emph{b}} {\it c}", "<strong>a <em>b</em></strong> <em>c</em>"),
    (r"\texttt{a<b} H\textsubscript{2}O", "<code>a&lt;b</code> H<sub>2</sub>O"),
    ("<script>alert(1)</script> & co", "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co"),
    ("see https://a.org/x.", "see " + A.format("https://a.org/x", "https://a.org/x") + "."),
    ("(https://a.org/x_(y))", "(" + A.format("https://a.org/x_(y)", "https://a.org/x_(y)") + ")"),
    (r"\href{https://a.org/?b&c}{d}", A.format("https://a.org/?b&amp;c", "d")),
    (r"\href{javascript:alert(1)}{d}", "d"),
    (r"\url{data:text/html,x}", "data:text/html,x"),
    (r"\url{a.org/b}", A.format("https://a.org/b", "a.org/b")),
    ("https://user@a.org/", "https://user@a.org/"),
    (r"\textbf{a \textbf{b}", "<strong>a b</strong>"),
    ("$x^2$", "<math><msup><mi>x</mi><mn>2</mn></msup></math>"),
    ("$$x$$", '<math display="block"><mi>x</mi></math>'),
    (r"$50%$", "<math><mn>50</mn><mi>%</mi></math>"),
    (r"$x\text{a_b}$", "<math><mi>x</mi><mtext>a_b</mtext></math>"),
    (r"$\textbf{Our Method}$", "<strong>Our Method</strong>"),
    (r"$Fine-grained Reward Model$ is", "<em>Fine-grained Reward Model</em> is"),
    (r"$\sqrt{$", "<math><msqrt><mrow></mrow></msqrt></math>"),
    (r"$\frac$", '<code class="tex">\\frac</code>'),
    (r"$\frac<$", '<code class="tex">\\frac&lt;</code>'),
]


@pytest.mark.parametrize(("tex", "html"), HTML)
def test_html(tex: str, html: str) -> None:
    assert to_html(tex) == html


def test_paragraphs_stay_apart() -> None:
    """Blank lines part paragraphs, in HTML and in plain text."""
    text = "One \\emph{a}.\n \n\nTwo\nlines $x$."
    assert to_html_paragraphs(text) == ("One <em>a</em>.", "Two\nlines <math><mi>x</mi></math>.")
    assert to_plain(text) == "One a.\n\nTwo lines x."
    assert to_html_paragraphs(" \n\n ") == ()


def test_plain_text_is_told_apart() -> None:
    """Ordinary prose takes the short way."""
    assert not looks_like_tex("Nothing here (well-known, 50%, a_b, x^2) <b>.")
    assert all(map(looks_like_tex, ("a $x$", "a -- b", "\\'e", "{a}", "`b'")))


def test_overrides_and_controls_go() -> None:
    """No control character or bidirectional override survives, written or spelt by number."""
    for tex in ("a\u202eb\x00c", "$a\u202eb$", r"$\unicode{x202e}ab$", "\\emph{\ud800x}"):
        for text in (to_html(tex), to_plain(tex)):
            assert not set(text) & set("\u202e\x00\ud800")


def test_a_mark_never_joins_a_tag() -> None:
    """A combining character behind a tag leaves its `>` alone (`>` and U+0338 compose to `≯`)."""
    assert to_html("\\emph{\u0338x}").startswith("<em>")
