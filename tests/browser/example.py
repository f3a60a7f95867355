"""The digest that the browser visits: the example content, and papers that are hard to set."""

from __future__ import annotations

import shutil
from pathlib import Path

from digest.build import build
from digest.config import Config

ROOT = Path(__file__).parents[2]

LONG_FORMULA = (
    r"\sum_{k=0}^{n} \binom{n}{k} \left(\frac{\alpha_k + \beta_k}{\gamma_k}\right)^{2}"
    r" = \int_0^\infty e^{-x} x^{n-1} \cos(\omega x + \varphi)\, dx"
    r" + \prod_{j=1}^{m} \left(1 - \frac{1}{p_j^s}\right)^{-1}"
    r" + \sqrt{a^2 + b^2 + c^2 + d^2 + e^2 + f^2 + g^2}"
)
LONG_TITLE = (
    r"On sums $\sum_{k} a_k x^k$ whose terms are so long that no telephone shows them on one line,"
    rf" with ${LONG_FORMULA}$ in the title"
)
PAPERS = {
    "schrodinger-1.md": """---
title: Quantisierung als Eigenwertproblem
authors: [Erwin Schrödinger]
date: 1926-01-27
doi: 10.1002/andp.19263840404
keywords: [wave mechanics]
---

The usual rule of quantisation is replaced by another demand, in which no word of whole numbers
occurs: they follow as naturally as the number of nodes of a vibrating string.
""",
    "schrodinger-2.md": """---
title: Der stetige Übergang von der Mikro- zur Makromechanik
authors: [Erwin Schrödinger, Born-Oppenheimer Example]
date: 1926
keywords: [wave mechanics]
---

A group of proper vibrations of high order stands for a mass point that moves by the laws of the
old mechanics.
""",
    "formulas.md": rf"""---
title: {LONG_TITLE}
authors: [{", ".join(f"Author{n} Family{n}" for n in range(1, 41))}]
date: 2020-02-29
arxiv: 2002.29999
doi: 10.5555/formulas.2020
keywords: [long formulas, a-keyword-without-any-blank-that-is-much-longer-than-a-telephone-is-wide]
---

A formula within a sentence, ${LONG_FORMULA}$, and one that stands alone:

$$ {LONG_FORMULA} = {LONG_FORMULA} $$

Then <script>alert(1)</script> as text, an address
https://example.org/{"very-long-path/" * 12} and
$\begin{{pmatrix}} 1 & 2 & 3 & 4 \\ 5 & 6 & 7 & 8 \end{{pmatrix}}$.
""",
    "no-date.md": """---
title: A paper whose source gives no date
authors: [Nobody Known]
keywords: [wave mechanics]
---

Nothing here says when it was published, so that it stands among the undated papers.
""",
}
PAGE = """# A page with wide things

| first | second | third | fourth | fifth | sixth |
|---|---|---|---|---|---|
| unbreakable_identifier_one | unbreakable_identifier_two | 3 | 4 | 5 | another_long_identifier |

```
a line of code that is longer than any telephone is wide, and which must scroll within its own box
```
"""
NOTE = """A note with a [link](https://example.org/), `code`, and $e = mc^2$.

> A quotation.
"""


def build_example(root: Path, language: str = "en") -> Path:
    """The site's folder, below `root`, whose name needs care in addresses."""
    content = root / "content"
    shutil.copytree(ROOT / "content", content)
    for name, text in PAPERS.items():
        (content / name).write_text(text, "utf-8")
    (content / "pages" / "wide.md").write_text(PAGE, "utf-8")
    (content / "notes" / "arxiv-2002.29999.md").write_text(NOTE, "utf-8")
    build(
        root,
        Config(
            title="Example digest",
            output="some/path of the host",
            papers_per_page=5,
            language=language,
        ),
        jobs=1,
    )
    return root / "some" / "path of the host"


def page_types(site: Path) -> dict[str, str]:
    """One path for each kind of page, by name."""

    def first(pattern: str, but: str = "index.html") -> str:
        return min(p.relative_to(site).as_posix() for p in site.glob(pattern) if p.name != but)

    tag = (
        max(
            (p for p in site.glob("tags/*.html") if p.name != "index.html"),
            key=lambda p: (p.stat().st_size, p.name),
        )
        .relative_to(site)
        .as_posix()
    )
    return {
        "home": "index.html",
        "tag index": "tags/index.html",
        "tag": tag,
        "tag, later page": first("tags/*/*.html"),
        "dates": "dates/index.html",
        "year": "dates/2020.html",
        "month": "dates/2020-02.html",
        "day": "dates/2020-02-29.html",
        "undated": "dates/undated.html",
        "authors": "authors/index.html",
        "author": "authors/erwin-schrodinger.html",
        "venues": "venues/index.html",
        "venue": first("venues/*.html"),
        "paper": "papers/arxiv-1706.03762.html",
        "paper of formulas": "papers/arxiv-2002.29999.html",
        "free page": "pages/wide.html",
        "trends": "trends.html",
        "map": "map.html",
        "search": "search.html",
        "not found": "404.html",
    }
