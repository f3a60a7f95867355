"""English plurals -> singular: small, safe rules, the same in the page's script.

A rule is safe where a wrong answer is wrong for the plural and for the singular alike, so that one
still finds the other; what would part a word from its own singular is listed.
"""

from __future__ import annotations

from functools import lru_cache

SHORTEST = 4
"""Shorter words stay as they are: `gas`, `bus`, `css`."""

_PAIRS = """
matrices matrix vertices vertex indices index vortices vortex appendices appendix helices helix
simplices simplex cortices cortex codices codex axes axis crises crisis oases oasis emphases
emphasis diagnoses diagnosis prognoses prognosis metastases metastasis children child men man
women woman mice mouse feet foot teeth tooth geese goose criteria criterion phenomena phenomenon
automata automaton corpora corpus genera genus spectra spectrum quanta quantum maxima maximum
minima minimum optima optimum extrema extremum momenta momentum strata stratum bacteria bacterium
lemmata lemma schemata schema stigmata stigma formulae formula nebulae nebula supernovae supernova
novae nova larvae larva antennae antenna vertebrae vertebra nuclei nucleus radii radius foci focus
loci locus stimuli stimulus fungi fungus moduli modulus tori torus annuli annulus calculi calculus
halves half lives life knives knife wives wife wolves wolf shelves shelf selves self loaves loaf
thieves thief calves calf leaves leaf gases gas biases bias lenses lens aliases alias atlases
atlas canvases canvas buses bus campuses campus statuses status focuses focus bonuses bonus
apparatuses apparatus censuses census consensuses consensus quizzes quiz caches cache niches niche
aches ache headaches headache avalanches avalanche movies movie cookies cookie calories calorie
zombies zombie selfies selfie canoes canoe shoes shoe gpus gpu cpus cpu tpus tpu npus npu imus imu
relus relu grus gru menus menu apis api rois roi pois poi kpis kpi skis ski
"""
_IRREGULAR = dict(zip(_PAIRS.split()[::2], _PAIRS.split()[1::2], strict=True))
_UNCHANGED = frozenset(
    """
series species news lens bias alias atlas canvas chaos cosmos pathos ethos whereas always perhaps
besides sometimes bayes james charles thomas lucas nicolas jonas andreas elias mars wales texas
kansas physics mathematics economics ethics politics neurips diabetes herpes rabies measles
pancreas
""".split()
)


@lru_cache(maxsize=1 << 16)
def singular(word: str) -> str:
    """The singular of `word`, which is in lower case; a word that is none stays as it is."""
    if len(word) < SHORTEST or not (word.isascii() and word.isalpha()):
        return word
    known = _IRREGULAR.get(word)
    if known:
        return known
    if word[-1] != "s" or word[-2] in "sui" or word in _UNCHANGED:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("lyses", "heses")):
        return word[:-2] + "is"
    if word.endswith(("sses", "shes", "ches", "xes", "viruses")):
        return word[:-2]
    if word.endswith("oes") and len(word) > 5:
        return word[:-2]
    return word[:-1]
