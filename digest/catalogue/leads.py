"""The lead of a paper: the sentence of its abstract that says what is new, fit to stand alone."""

from __future__ import annotations

import re
from functools import lru_cache

from digest.catalogue.sentences import listed, plain, sentences

_LONGEST = 280
"""Characters; a longer sentence is cut, between clauses where it can be."""
_SHORTEST = 110
"""Characters that a cut between clauses must leave."""
_LOOKED_AT = 12
_PAPER = r"(?:paper|work|article|study|letter|note|thesis|report|survey|review|manuscript)"
_SPEAKER = re.compile(
    # What it can begin with first: most places are refused by that alone.
    rf"(?=[wWITtOo])(?<!that )(?<!which )(?<!where )(?<! as )(?<! if )"
    rf"\b(?:we|(?-i:I)|the authors?|(?:this|the present|our) {_PAPER})\s+"
    r"(?P<verbs>(?:[\w-]+,?\s+){0,3}?)(?:"
    r"(?P<makes>propos|introduc|present|develop|describ|design|formulat|devis|"
    r"construct|build|built|creat|prepar|collect)"
    r"|(?P<finds>deriv|prov(?:e|ed|es|ing)\b|show|demonstrat|establish|find|found|identif|obtain|"
    r"discover|observ|determin|solv|releas|report|give|generali[sz]|contribut|extend)"
    r"|(?P<looks>stud|investigat|analy[sz]|examin|explor|address|discuss|review|survey|consider|"
    r"measur|comput|offer|provid|focus|aim|compar|revisit|us(?:e|ed)\b|present))",
    re.IGNORECASE,
)
_SPEAKERS = listed("we We I author authors this This our Our present")
_BEING = listed("is are was were")
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were) (?:then |also |here )?(?:proposed|introduced|presented|"
    r"developed|described|studied|investigated|derived|proved|shown|discussed|reported|examined|"
    r"given|observed|measured|calculated|computed|considered|analy[sz]ed|explored)\b"
    r"(?! by (?-i:[A-Z]))(?! as\b)"
)
_HERE = re.compile(
    rf"\b(?:in (?:this|the present) {_PAPER}|to this end|here),? we\b", re.IGNORECASE
)
_WORTH = {"makes": 4.0, "finds": 3.0, "looks": 2.4}
_AGAIN = re.compile(
    r"(?:finally|moreover|furthermore|additionally|in addition|also|besides|lastly|second(?:ly)?|"
    r"third(?:ly)?|further|next|in particular|specifically|along the way|then|similarly|as an?\b|"
    r"since\b|because\b|\(?[2-9ivx]{1,3}\)|details\b)",
    re.IGNORECASE,
)
"""How a sentence begins that adds to what was said."""
_NOT_NEW = re.compile(r"\b(?:have|has|had|will|can|could|would|cannot|also|then|further)\b")
_POINTS_BACK = re.compile(r"\b(?:such|these|those|this|it|its|they|their|them)\b", re.IGNORECASE)
_OWN = re.compile(rf"\b(?:this|our) {_PAPER}", re.IGNORECASE)
_ASIDE = re.compile(r"(?:since|because|although|while|when)\b", re.IGNORECASE)
_BEFORE = re.compile(r"(?:recently|previously|earlier|in (?:our |a )?previous)\b", re.IGNORECASE)
_OFFERS = re.compile(r"https?:|\bcodes?\b|\breproducib|\bavailable\b|\bexperiments? on\b")
_OFFERED = ("http", "code", "reproducib", "available", "experiment")
"""One of which is in all that `_OFFERS` finds."""

_OPENER = re.compile(
    rf"""(?:
      (?:in|with|through|throughout)\ (?:this|the\ present|our|the\ current|the\ following)
        \ (?:[\w-]+\ )?{_PAPER}
    | \(?[0-9ivx]{{1,3}}\)
    | to\ (?:this|that|these)\ (?:end|aim|purpose|ends)
    | (?:to|in\ order\ to|for|in|on|by|with|as|from|under|against|due\ to|because\ of|motivated\ by|
        inspired\ by|based\ on|building\ on|given|despite|following|driven\ by|using|towards?|
        considering|in\ (?:the\ )?(?:light|view|response|face|spite)\ (?:of|to))
      \ (?:[\w'’-]+\ ){{0,9}}?(?:this|these|that|those|such|above|aforementioned|above-mentioned|it|
        them|its|their)(?:\ [\w'’/()-]+){{0,9}}
    | (?:more\ )?(?:specifically|precisely|concretely|generally|importantly|notably|interestingly)
    | therefore|thus|hence|consequently|accordingly|moreover|furthermore|additionally|finally|lastly
    | however|instead|meanwhile|besides|also|then|next|here|further|first(?:ly)?|second(?:ly)?
    | third(?:ly)?|indeed|nevertheless|nonetheless|conversely|similarly|likewise|alternatively
    | as\ a\ (?:result|consequence|first\ step)|in\ (?:addition|particular|contrast|response|turn)
    | on\ the\ other\ hand|with\ this\ in\ mind|for\ this\ (?:purpose|reason)|along\ the\ way
    | in\ (?:this|the)\ (?:context|regard|respect|spirit)|motivated\ by\ this|at\ the\ same\ time
    ),?\s+(?=\S)""",
    re.IGNORECASE | re.VERBOSE,
)
_SUBJECT = re.compile(rf"(?:we|i|this {_PAPER}|the authors?|in this {_PAPER})\b", re.IGNORECASE)
_ADVERB = re.compile(
    r"(?P<we>(?:We|I) )(?:(?:then|also|further|furthermore|finally|additionally|therefore|thus|"
    r"hence|consequently|first|next|subsequently|moreover|here|accordingly|instead|now|in this "
    r"(?:paper|work|article|note)),? )+"
)
_SMALL = listed("and or but of the a an to in on for with by that which as from at is are its our")
_SEAM = re.compile(r"(?P<strong>[;:](?= )| —(?= ))|,(?= )")


@lru_cache(20_000)
def lead(abstract: str) -> str:
    """The sentence that best announces something, else the first sentence, else "".

    It is shorn of what points back (`To this end,`), and at most 280 characters long; formulas and
    LaTeX are kept whole.
    """
    found = sentences(plain(abstract))[:_LOOKED_AT]
    if not found:
        return ""
    best, chosen = 0.0, " ".join(found[0])
    for at, words in enumerate(found):
        early = 0.03 * at
        if best >= _WORTH["makes"] - early:
            break  # nothing further can be better
        worth = _worth(words) - early
        if worth > best:
            best, chosen = worth, " ".join(words)
    return _cut(_alone(chosen))


def _worth(words: list[str]) -> float:
    """How surely a sentence says what its paper brings; 0 if it does not."""
    speaks, acts = not _SPEAKERS.isdisjoint(words), not _BEING.isdisjoint(words)
    if not (speaks or acts):
        return 0.0
    sentence = " ".join(words)
    spoken = _SPEAKER.search(sentence) if speaks else None
    worth = _WORTH[spoken.lastgroup or ""] if spoken else 0.0
    if (
        acts
        and worth < _WORTH["finds"]
        and not _ASIDE.match(sentence)
        and _PASSIVE.search(sentence)
    ):
        worth = 2.7
    if speaks and worth < _WORTH["looks"] and _HERE.search(sentence):
        worth = 2.0
    if not worth:
        return 0.0
    if _AGAIN.match(sentence):
        worth -= 0.9
    if spoken and _NOT_NEW.search(spoken["verbs"]):
        worth -= 0.8
    if _offers(sentence) or _BEFORE.match(sentence) or "following" in sentence[-60:]:
        worth -= 0.9
    kept = _alone(sentence)
    if _POINTS_BACK.search(_OWN.sub("", kept[:90])):
        worth -= 0.6
    if len(kept) < 45:
        worth -= 0.7
    return max(worth, 0.1)


def _offers(sentence: str) -> bool:
    # A search that begins anywhere is slow, and few sentences have any of its words.
    return any(sign in sentence for sign in _OFFERED) and bool(_OFFERS.search(sentence))


def _alone(sentence: str) -> str:
    """`sentence` without openers that point back to what is not shown."""
    text = sentence
    for _ in range(3):
        opener = _OPENER.match(text)
        if opener is None or not (
            opener[0].rstrip()[-1] in ",)" or _SUBJECT.match(text, opener.end())
        ):
            break
        text = text[opener.end() :]
    if text != sentence:
        text = text[:1].upper() + text[1:]
    if "We " in text or "I " in text:
        text = _ADVERB.sub(lambda m: m["we"], text)
    return text or sentence


def _cut(sentence: str) -> str:
    if len(sentence) <= _LONGEST:
        return sentence
    text = sentence[: _LONGEST - 2]
    spoken = _SPEAKER.search(text)
    least = max(_SHORTEST, spoken.end() + 20 if spoken else 0)
    ends = [m for m in _SEAM.finditer(text) if m.start() >= least and _whole(text[: m.start()])]
    strong = [m for m in ends if m["strong"] and 2 * m.start() >= _LONGEST]
    chosen = strong or ends
    if chosen:
        return text[: chosen[-1].start()].rstrip(" ,;:—-(") + " …"
    text = text[: text.rfind(" ")] if " " in text else text
    # What the cut opened would never close: leave it out whole.
    if text.count("$") % 2:
        text = text[: text.rfind("$")]
    if text.count("(") > text.count(")") and text.rfind("(") > _SHORTEST:
        text = text[: text.rfind("(")]
    while (parts := text.rpartition(" "))[2] in _SMALL and parts[0]:
        text = parts[0]
    return text.rstrip(" ,;:—-(") + " …"


def _whole(text: str) -> bool:
    return (
        text.count("$") % 2 == 0
        and text.count("(") == text.count(")")
        and text.count("{") == text.count("}")
    )
