"""The verbs with which papers say what they do."""

from __future__ import annotations

from digest.catalogue.sentences import listed

_IRREGULAR = {
    "give": ("gives", "gave", "given"),
    "build": ("builds", "built"),
    "find": ("finds", "found"),
    "show": ("shows", "showed", "shown"),
    "undertake": ("undertakes", "undertook", "undertaken"),
    "focus": ("focuses", "focused", "focussed"),
    "put": ("puts",),
    "take": ("takes", "took", "taken"),
    "tell": ("tells", "told"),
    "set": ("sets",),
    "see": ("sees", "saw", "seen"),
    "get": ("gets", "got"),
    "make": ("makes", "made"),
}
_VERBS = {
    3.0: "propose present introduce develop design devise describe unveil craft",
    2.4: "build construct create formulate establish define report give"
    " invent implement suggest advocate pioneer outline",
    2.0: "release launch publish contribute offer provide discover reveal uncover study"
    " investigate explore examine consider address revisit survey review tackle analyze"
    " analyse characterize characterise classify compute derive determine discuss solve explain"
    " formalize formalise generalize generalise extend improve initiate quantify model measure"
    " estimate optimize optimise calculate focus deal concern devote inquire concentrate treat"
    " understand identify predict detect",
    1.5: "obtain observe detail search apply compare evaluate test demonstrate use employ adopt"
    " leverage exploit simulate adapt perform conduct undertake look"
    " consist assess answer approach collect construct perform combine integrate utilize",
    1.3: "prove show find argue conjecture verify confirm illustrate establish claim conclude",
}
CLAIMING = listed(
    """prove show find argue demonstrate observe conjecture verify confirm establish reveal claim
    discover report propose suggest conclude note illustrate identify see"""
)
PARTICLES = listed("on with to at upon into about for")
WITH_PARTICLE = listed(
    """focus deal concern devote look concentrate inquire report search consist apply"""
)


SHARING = listed("contribute offer provide release launch publish")


def _forms(verb: str) -> tuple[str, ...]:
    if verb in _IRREGULAR:
        return (verb, *_IRREGULAR[verb])
    if verb.endswith("y") and verb[-2] not in "aeou":
        return verb, verb[:-1] + "ies", verb[:-1] + "ied"
    if verb.endswith(("ss", "ch", "sh", "x")):
        return verb, verb + "es", verb + "ed"
    if verb.endswith("e"):
        return verb, verb + "s", verb + "d"
    return verb, verb + "s", verb + "ed"


VERBS: dict[str, tuple[float, str]] = {
    form: (weight, verb)
    for weight, verbs in _VERBS.items()
    for verb in verbs.split()
    for form in _forms(verb)
}
"""Weight and base form of every form of a verb of contribution."""
PARTICIPLES_OF_VERBS = {
    form: VERBS[form] for form in VERBS if form[-2:] in ("ed", "en", "wn", "nd", "lt")
}

ANNOUNCING = listed(
    """propose proposes proposed introduce introduces introduced present presents presented develop
    develops developed design designs designed devise devises proposing introducing developing
    presenting designing devising"""
)
VERBS.update((gerund, (2.4, gerund)) for gerund in ANNOUNCING if gerund.endswith("ing"))
