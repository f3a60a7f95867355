"""The commands of running text, by what becomes of them."""

from __future__ import annotations

from digest.latex.symbols import MATH_ACCENTS, words

ELEMENTS = {
    "textbf": "strong", "textit": "em", "emph": "em", "textsl": "em", "texttt": "code",
    "underline": "u", "textsuperscript": "sup", "textsubscript": "sub", "uline": "u",
    "mathbf": "strong", "code": "code", "ul": "u",
}  # fmt: skip
"""Commands whose argument becomes an element."""

DECLARATIONS = {
    "it": "em", "em": "em", "sl": "em", "itshape": "em", "slshape": "em", "bf": "strong",
    "bfseries": "strong", "tt": "code", "ttfamily": "code", "rm": "", "sf": "", "sc": "",
    "scshape": "", "normalfont": "", "tiny": "", "scriptsize": "", "footnotesize": "", "small": "",
    "normalsize": "", "large": "", "Large": "", "LARGE": "", "huge": "", "Huge": "", "rmfamily": "",
    "sffamily": "", "upshape": "", "mdseries": "", "selectfont": "", "boldmath": "", "cal": "",
}  # fmt: skip
"""Commands that hold to the end of their group, and the element that they begin, if any."""

SILENT = words(
    """noindent xspace centering maketitle protect ignorespaces smallskip indent left right big
    Big bigl bigr Bigl Bigr displaystyle textstyle limits nolimits newpage clearpage allowbreak
    nobreak nobreakdash sloppy unboldmath leavevmode relax appendix vfill nonumber notag bgroup
    egroup null strut footnotemark ensuremath mbox hbox text textrm textsf textsc textup textmd
    textnormal mathrm"""
)
"""Commands that print nothing; an argument in braces is printed."""

ARGUMENTS_DROPPED = {
    "label": 1, "vspace": 1, "hspace": 1, "color": 1, "thanks": 1, "pagestyle": 1, "index": 1,
    "thispagestyle": 1, "bibliography": 1, "bibliographystyle": 1, "setcounter": 2, "input": 1,
    "include": 1, "includegraphics": 1, "usepackage": 1, "documentclass": 1, "fontsize": 2,
    "phantom": 1, "hphantom": 1, "vphantom": 1, "setlength": 2, "addtocounter": 2, "hypersetup": 1,
    "textcolor": 1, "colorbox": 1, "fcolorbox": 2, "parbox": 1, "makebox": 0, "raisebox": 1,
    "scalebox": 1, "foreignlanguage": 1, "orcidlink": 1, "nocite": 1, "pageref": 1,
}  # fmt: skip
"""Commands that print nothing, and how many of their arguments go with them."""

REFERENCES = words(
    """cite citep citet citealp citealt citeauthor citeyear citeyearpar autocite parencite textcite
    footcite onlinecite citen citenum ref eqref autoref cref Cref"""
)
"""Commands that point to what is not there: shown as `[…]`."""

FORMULAE = words(
    """frac dfrac tfrac sqrt binom mathbb mathcal mathfrak mathscr mathsf mathit mathtt mathbbm
    boldsymbol bm operatorname stackrel overset underset Bbb pmod not"""
) | frozenset(MATH_ACCENTS) - {"underline"}
"""Commands of mathematics with arguments, which stand outside dollars as well."""

DISPLAYED = words(
    """equation align eqnarray gather multline displaymath math flalign alignat split array
    aligned cases matrix pmatrix bmatrix"""
)
"""Environments of mathematics."""

MATH_SILENT = words(
    """left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm middle limits
    nolimits displaystyle textstyle scriptstyle rm bf it sf tt cal em sl sc mit small tiny large
    boldmath xspace nonumber notag footnotesize scriptsize normalsize protect hfill allowbreak
    break nobreak strut relax null ensuremath smash rlap llap mathstrut"""
)
"""Commands in formulae that change only how the rest looks."""

MATH_TRANSPARENT = words(
    """text textrm textit textbf texttt textsf textsc textup textnormal textsl mbox hbox fbox emph
    mathrm mathbf mathit mathsf mathtt mathcal mathscr mathfrak mathnormal boldsymbol bm bold
    mathbold operatorname mathop mathbin mathrel mathord mathopen mathclose mathpunct frak goth Cal
    scr underbrace overbrace boxed cancel pmb hat widehat substack textnormal"""
)
"""Commands in formulae of which the argument is what counts."""

MATH_DROPPED = words("label tag color hspace vspace phantom hphantom vphantom href")
"""Commands in formulae that print nothing, nor does their argument."""
