"""What LaTeX's commands stand for: tables, each of pairs of a command's name and a character."""

from __future__ import annotations


def _pairs(table: str) -> dict[str, str]:
    cells = table.split()
    return dict(zip(cells[::2], cells[1::2], strict=True))


def words(table: str) -> frozenset[str]:
    """The words of a table."""
    return frozenset(table.split())


LETTERS = _pairs(
    """
    alpha α  beta β  gamma γ  delta δ  epsilon ϵ  varepsilon ε  zeta ζ  eta η  theta θ
    vartheta ϑ  iota ι  kappa κ  varkappa ϰ  lambda λ  mu μ  nu ν  xi ξ  omicron ο  pi π
    varpi ϖ  rho ρ  varrho ϱ  sigma σ  varsigma ς  tau τ  upsilon υ  phi ϕ  varphi φ  chi χ
    psi ψ  omega ω  digamma ϝ  Alpha Α  Beta Β  Gamma Γ  Delta Δ  Epsilon Ε  Zeta Ζ  Eta Η
    Theta Θ  Iota Ι  Kappa Κ  Lambda Λ  Mu Μ  Nu Ν  Xi Ξ  Omicron Ο  Pi Π  Rho Ρ  Sigma Σ
    Tau Τ  Upsilon Υ  Phi Φ  Chi Χ  Psi Ψ  Omega Ω  varGamma Γ  varDelta Δ  varTheta Θ
    varLambda Λ  varXi Ξ  varPi Π  varSigma Σ  varPhi Φ  varPsi Ψ  varOmega Ω  infty ∞
    partial ∂  nabla ∇  hbar ℏ  hslash ℏ  ell ℓ  wp ℘  Re ℜ  Im ℑ  aleph ℵ  beth ℶ  gimel ℷ
    daleth ℸ  imath ı  jmath ȷ  emptyset ∅  varnothing ∅  forall ∀  exists ∃  nexists ∄  neg
    ¬  lnot ¬  top ⊤  bot ⊥  angle ∠  measuredangle ∡  triangle △  square □  Box ◻  Diamond
    ◊  lozenge ◊  bigstar ★  blacksquare ■  prime ′  backprime ‵  flat ♭  natural ♮  sharp ♯
    clubsuit ♣  diamondsuit ♢  heartsuit ♡  spadesuit ♠  complement ∁  eth ð  mho ℧  Bbbk 𝕜
    Finv Ⅎ  Game ⅁  surd √  checkmark ✓  maltese ✠  circledR Ⓡ  circledS Ⓢ  yen ¥  degree °
    cdots ⋯  vdots ⋮  ddots ⋱  langle ⟨  rangle ⟩  lfloor ⌊  rfloor ⌋  lceil ⌈  rceil ⌉
    lbrace {  rbrace }  lbrack [  rbrack ]  vert |  Vert ‖  lvert |  rvert |  lVert ‖  rVert
    ‖  ulcorner ⌜  urcorner ⌝  llcorner ⌞  lrcorner ⌟  lgroup ⟮  rgroup ⟯
    blacktriangle ▴  bigcirc ◯  sum ∑  prod ∏  coprod ∐  int ∫  iint ∬  iiint ∭  oint ∮
    bigcup ⋃  bigcap ⋂  bigsqcup ⨆  bigvee ⋁  bigwedge ⋀  bigoplus ⨁  bigotimes ⨂  bigodot ⨀
    biguplus ⨄  R ℝ  N ℕ  Z ℤ  dag †  ddag ‡  pounds £  copyright ©  ldots …  dots …  dotsc
    …  dotsb ⋯  dotsm ⋯  dotsi ⋯  C ℂ  Q ℚ  H ℍ  textdegree °  AA Å  aa å  o ø  O Ø  l ł  L
    Ł  ss ß  ae æ  AE Æ  oe œ  OE Œ  i ı  j ȷ  lt <  gt >  colon :
    """
)
BINARY = _pairs(
    """
    pm ±  mp ∓  times ×  div ÷  cdot ·  ast ∗  star ⋆  circ ∘  bullet •  cap ∩  cup ∪  uplus
    ⊎  sqcap ⊓  sqcup ⊔  vee ∨  wedge ∧  lor ∨  land ∧  setminus ∖  wr ≀  diamond ⋄  oplus ⊕
    ominus ⊖  otimes ⊗  oslash ⊘  odot ⊙  dagger †  ddagger ‡  amalg ⨿  bigtriangleup △
    bigtriangledown ▽  triangleleft ◁  triangleright ▷  boxplus ⊞  boxminus ⊟  boxtimes ⊠
    boxdot ⊡  ltimes ⋉  rtimes ⋊  leftthreetimes ⋋  rightthreetimes ⋌  circledast ⊛
    circledcirc ⊚  circleddash ⊝  barwedge ⊼  veebar ⊻  doublebarwedge ⩞  curlyvee ⋎
    curlywedge ⋏  Cap ⋒  Cup ⋓  dotplus ∔  divideontimes ⋇  intercal ⊺  lhd ⊲  rhd ⊳  unlhd
    ⊴  unrhd ⊵  smallsetminus ∖  backslash ∖  centerdot ⋅
    """
)
RELATIONS = _pairs(
    """
    leq ≤  le ≤  geq ≥  ge ≥  neq ≠  ne ≠  ll ≪  gg ≫  lll ⋘  ggg ⋙  leqslant ⩽  geqslant ⩾
    leqq ≦  geqq ≧  lesssim ≲  gtrsim ≳  lessapprox ⪅  gtrapprox ⪆  lessgtr ≶  gtrless ≷
    prec ≺  succ ≻  preceq ⪯  succeq ⪰  preccurlyeq ≼  succcurlyeq ≽  precsim ≾  succsim ≿
    sim ∼  simeq ≃  approx ≈  approxeq ≊  cong ≅  equiv ≡  propto ∝  asymp ≍  doteq ≐
    subset ⊂  supset ⊃  subseteq ⊆  supseteq ⊇  subsetneq ⊊  supsetneq ⊋  subseteqq ⫅
    nsubseteq ⊈  nsupseteq ⊉  sqsubset ⊏  sqsupset ⊐  sqsubseteq ⊑  sqsupseteq ⊒  in ∈  ni ∋
    notin ∉  owns ∋  mid ∣  nmid ∤  parallel ∥  nparallel ∦  perp ⟂  models ⊨  vdash ⊢
    dashv ⊣  vDash ⊨  Vdash ⊩  Vvdash ⊪  nvdash ⊬  nvDash ⊭  bowtie ⋈  Join ⨝  smile ⌣
    frown ⌢  nless ≮  ngtr ≯  nleq ≰  ngeq ≱  nsim ≁  ncong ≇  to →  rightarrow →  leftarrow
    ←  gets ←  leftrightarrow ↔  Rightarrow ⇒  Leftarrow ⇐  Leftrightarrow ⇔  longrightarrow
    ⟶  longleftarrow ⟵  longleftrightarrow ⟷  Longrightarrow ⟹  Longleftarrow ⟸
    Longleftrightarrow ⟺  implies ⟹  impliedby ⟸  iff ⟺  mapsto ↦  longmapsto ⟼
    hookrightarrow ↪  hookleftarrow ↩  twoheadrightarrow ↠  rightarrowtail ↣
    rightsquigarrow ⇝  leadsto ⇝  uparrow ↑  downarrow ↓  updownarrow ↕  Uparrow ⇑
    Downarrow ⇓  nearrow ↗  searrow ↘  swarrow ↙  nwarrow ↖  rightharpoonup ⇀
    rightharpoondown ⇁  leftharpoonup ↼  rightleftharpoons ⇌  leftrightharpoons ⇋
    rightleftarrows ⇄  rightrightarrows ⇉  curvearrowright ↷  curvearrowleft ↶
    circlearrowright ↻  circlearrowleft ↺  upharpoonright ↾  restriction ↾  multimap ⊸
    dashrightarrow ⇢  nrightarrow ↛  nRightarrow ⇏  nleftarrow ↚  therefore ∴  because ∵
    coloneqq ≔  eqqcolon ≕  triangleq ≜  circeq ≗  between ≬  pitchfork ⋔  trianglelefteq ⊴
    trianglerighteq ⊵  vartriangleleft ⊲  vartriangleright ⊳  ntriangleleft ⋪  eqsim ≂
    backsim ∽  risingdotseq ≓  fallingdotseq ≒  varpropto ∝  thicksim ∼  thickapprox ≈  lsim
    ≲  gsim ≳  simlt ≲  simgt ≳  ra →
    """
)

SYMBOLS = LETTERS | BINARY | RELATIONS

FUNCTIONS = words(
    """arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf
    limsup ln log max min mod Pr sec sin sinh sup tan tanh argmin argmax"""
)
"""Commands that print their own name, upright, as a word."""

TEXT = LETTERS | _pairs(
    """
    aa å  AA Å  o ø  O Ø  l ł  L Ł  ss ß  SS ẞ  ae æ  AE Æ  oe œ  OE Œ  i ı  j ȷ  dh ð  DH Ð  th þ
    TH Þ  dj đ  DJ Đ  ng ŋ  NG Ŋ  S §  P ¶  copyright ©  textcopyright ©  pounds £  textsterling £
    euro €  texteuro €  textyen ¥  textendash –  textemdash —  ldots …  dots …  textellipsis …
    textbackslash \\  textasciitilde ~  textasciicircum ^  textunderscore _  textbar |  textless <
    textgreater >  textquoteleft ‘  textquoteright ’  textquotedblleft “  textquotedblright ”
    textquotesingle '  textdegree °  degree °  textcelsius ℃  textregistered ®  texttrademark ™
    textmu µ  textmicro µ  LaTeX LaTeX  TeX TeX  BibTeX BibTeX  lq ‘  rq ’  dag †  ddag ‡
    textdagger †  textbullet •  textperiodcentered ·  textpm ±  texttimes ×  textonehalf ½
    textbraceleft {  textbraceright }  textdollar $  textsection §  textexclamdown ¡
    textquestiondown ¿  guillemotleft «  guillemotright »  ie i.e.  eg e.g.  etc etc.
    checkmark ✓  cmark ✓  xmark ✗  textrightarrow →  textleftarrow ←  item •  lbrace {  rbrace }
    """
)
"""Commands in running text, and what they print."""

SPACES = words("quad qquad newline linebreak par item hfill hskip medskip bigskip")
"""Commands that leave a blank."""

GLUED = words("aa AA o O l L ss ae AE oe OE i j dh DH th TH dj DJ ng NG")
r"""Letters: the blank behind them only ends the command (`\aa ngstrom`). Behind the other symbols
authors mean the blank that they type, although TeX drops it."""

ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304",
    ".": "\u0307", "c": "\u0327", "v": "\u030c", "H": "\u030b", "u": "\u0306", "k": "\u0328",
    "r": "\u030a", "d": "\u0323", "b": "\u0331",
}  # fmt: skip
"""Accent command to the combining character that follows its letter."""

MATH_ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "overline": "\u0305",
    "tilde": "\u0303", "widetilde": "\u0303", "vec": "\u20d7", "dot": "\u0307",
    "ddot": "\u0308", "acute": "\u0301", "grave": "\u0300", "check": "\u030c",
    "widecheck": "\u030c", "breve": "\u0306", "mathring": "\u030a", "underline": "\u0332",
    "overrightarrow": "\u20d7",
}  # fmt: skip

SUPERSCRIPTS = dict(zip("0123456789+-=()−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾⁻", strict=True))
SUBSCRIPTS = dict(zip("0123456789+-=()−", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎₋", strict=True))
r"""Digits and signs only: the raised and lowered letters of Unicode are few, and few fonts have
them."""

DOUBLE_STRUCK = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ1k",
        "𝔸𝔹ℂ𝔻𝔼𝔽𝔾ℍ𝕀𝕁𝕂𝕃𝕄ℕ𝕆ℙℚℝ𝕊𝕋𝕌𝕍𝕎𝕏𝕐ℤ𝟙𝕜",
        strict=True,
    )
)
