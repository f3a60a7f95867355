"""Where an abstract says what its paper does: `we propose …`, `this paper studies …`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.catalogue.sentences import listed
from digest.catalogue.titles.constructions import VAIN, christened, definition, passive
from digest.catalogue.titles.statements import Kind, Statement
from digest.catalogue.titles.verbs import (
    ANNOUNCING,
    CLAIMING,
    PARTICIPLES_OF_VERBS,
    PARTICLES,
    SHARING,
    VERBS,
    WITH_PARTICLE,
)
from digest.catalogue.titles.word_classes import AUXILIARIES, DETERMINERS, PREPOSITIONS, REFERENCES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


_PAPERS = listed(
    """paper work article study thesis letter note survey report manuscript research tutorial
    chapter dissertation essay review contribution talk lecture lectures notes project demo
    communication preprint proceedings approach"""
)
_POINTERS = listed("this the present our current following in")
_SKIPPED = listed(
    """first then also further therefore thus here hence next now have has will shall can do
    instead aims aim seek seeks to attempt attempts try tries wish want are is be thereby
    firstly and the together just briefly one goal is that both would like devoted dedicated
    intend start by may could need must were was able"""
)
_LATER = listed(
    """specifically furthermore moreover additionally finally besides second secondly third thirdly
    also then further concretely particularly afterwards lastly experimentally empirically
    addition first firstly particular example meanwhile extensive next experimental numerical
    experiments simulations subsequently"""
)
_PURPOSES = listed("aim goal purpose objective focus aims objectives intention target")
_MARKED = frozenset(["issue", "issues", "end", "problem", "problems", "gap", "challenge"])

_TRIGGERS = (
    _PAPERS
    | _PURPOSES
    | ANNOUNCING
    | frozenset(PARTICIPLES_OF_VERBS)
    | {"we", "i", "author", "authors"}
)


def statements(text: Sequence[Sequence[str]], lows: Sequence[Sequence[str]]) -> Iterator[Statement]:
    """Every phrase of the sentences of `text` that may say what the paper contributes.

    `lows` are the same sentences in `bare` words.
    """
    contributed = False
    for number, (words, low) in enumerate(zip(text, lows, strict=True)):
        score = -0.03 * number
        if low[0] in _LATER or (low[0] == "in" and len(low) > 1 and low[1] in _LATER):
            score -= 0.8 if low[0] not in ("first", "firstly") else 0.5
        if contributed:
            score -= 0.5
        if low[0] in ("to", "in") and not _MARKED.isdisjoint(low[:6]):
            score += 0.4
        for statement in of_sentence(number, words, low, score):
            contributed = contributed or statement.kind != "definition"
            yield statement


def of_sentence(
    number: int, words: Sequence[str], low: Sequence[str], score: float
) -> Iterator[Statement]:
    """The statements of one sentence; `score` is what a statement of it is worth beforehand."""
    size = len(words)
    taken = -1
    ours = not _PAPERS.isdisjoint(low[1:12]) and any(
        low[i] in _PAPERS and low[i - 1] in _POINTERS for i in range(1, min(size, 12))
    )
    if ours:
        score += 0.5
    speaking = False
    for i in [i for i, word in enumerate(low) if word in _TRIGGERS or not i]:
        if i <= taken:
            continue
        word = low[i]
        if word in ("we", "i", "authors", "author") or (
            word in _PAPERS and i and low[i - 1] in ("this", "the", "present", "our")
        ):
            if (word in _PAPERS and words[i][-1] in ",;") or (i > 1 and low[i - 2] == "where"):
                continue
            verb = _verb_after(words, low, i + 1)
        elif word in _PURPOSES and i < 6 and ours:
            verb = next(
                (
                    j + 1
                    for j in range(i, min(size - 1, i + 14))
                    if low[j] == "to" and (low[j + 1] in VERBS or low[j + 1].endswith("ly"))
                ),
                0,
            )
            if verb and low[verb] not in VERBS and verb + 1 < size:
                verb += 1
        elif i == 0 and word in VERBS and low[0] == VERBS[word][1] and size > 4:
            verb = 0 if word in ("model", "study", "report", "use", "design") else i or -1
        elif (
            word in PARTICIPLES_OF_VERBS
            and i > 1
            and (found := passive(number, words, low, i, score))
        ):
            yield found
            continue
        elif (
            speaking
            and word in ANNOUNCING
            and (
                low[i - 1] in ("and", "by", "instead", "then", "further", "thus", "therefore")
                or words[i - 1][-1] == ","
            )
        ):
            yield from _objects(number, words, low, i, score - 0.3)
            continue
        else:
            continue
        speaking = True
        if verb and verb != -1 and low[verb] in VERBS:
            taken = verb
            yield from _objects(number, words, low, verb, score)
        elif verb == -1 and number == 0:
            yield from _objects(number, words, low, 0, score - 0.5)
    yield from definition(number, words, low, score)
    yield from christened(number, words, low, score)


def _verb_after(words: Sequence[str], low: Sequence[str], i: int) -> int:
    """Place of the verb of contribution within reach of a subject that ends before `i`, or 0."""
    size = len(low)
    if (i < size and words[i - 1][-1] == ",") or (i < size and words[i][0] == "("):
        closing = next((k for k in range(i, min(size, i + 14)) if words[k][-1] in ",)"), size)
        i = closing + 1
    for _ in range(6):
        if i >= size:
            return 0
        if low[i] in VERBS:
            return i
        if not (low[i] in _SKIPPED or low[i].endswith("ly")):
            return 0
        i += 1
    return 0


def _objects(
    number: int, words: Sequence[str], low: Sequence[str], verb: int, score: float
) -> Iterator[Statement]:
    size = len(words)
    weight, base = VERBS[low[verb]]
    score += weight
    i = verb + 1
    # `introduce and study`, `design, implement and test`
    while i + 1 < size:
        j = i + (low[i] in ("and", "or", "then", "&"))
        while j + 1 < size and low[j].endswith("ly") and low[j] not in ("only", "early", "family"):
            j += 1
        listing = low[i] in VERBS and words[i - 1][-1] == "," and j == i
        if (j == i or low[j] not in VERBS) and not listing:
            break
        if low[j] in ("model", "models", "study", "measure", "use", "test", "report") and (
            low[i] not in ("and", "or")
        ):
            break
        if VERBS[low[j]][0] > weight:
            score += VERBS[low[j]][0] - weight
            weight, base = VERBS[low[j]]
        i = j + 1
    while i + 1 < size and low[i].endswith("ly") and low[i] in ("here", "briefly", "explicitly"):
        i += 1
    if words[i - 1][-1] == "," and low[i - 1] in VERBS:
        # `we propose, for the first time, …`
        closing = next((k for k in range(i, min(size, i + 16)) if words[k][-1] == ","), None)
        if closing is not None and low[i] not in DETERMINERS:
            i = closing + 1
    if i + 1 < size and low[i] == "here":
        i += 1
    if i + 2 < size and low[i] == "in" and low[i + 1] in ("this", "detail", "particular"):
        i += 3 if low[i + 1] == "this" else 2
    if i + 3 < size and low[i : i + 4] == ["for", "the", "first", "time"]:
        i += 4
    if (
        i + 2 < size
        and low[i] in ("and", "or")
        and (low[i + 1] in VERBS or low[i + 2] in DETERMINERS)
    ):
        i += 2  # `we find or represent |the constant`
    if i < size and base in WITH_PARTICLE and low[i] in PARTICLES:
        i += 1
    if i >= size or words[verb][-1] in ".;:":
        return
    if low[i] in REFERENCES and low[i] not in ("our", "this", "these", "such", "its", "their"):
        return
    kind: Kind = "object"
    if base in CLAIMING and low[i] == "that":
        kind = "clause"
        i += 1
        score = score - min(weight, 3.0) + 1.25
    elif low[i] in ("how", "whether", "why", "what", "when", "which"):
        kind = "how"
        score -= 0.2
    elif low[i] == "to":
        kind = "infinitive"
        i += 1
        score -= 0.7
    elif low[i] in PREPOSITIONS and low[i] not in ("on", "about", "over"):
        return
    elif low[i] in REFERENCES and base in ("use", "apply", "evaluate", "test"):
        score -= 1
    elif low[i] in PREPOSITIONS and i + 1 < size:
        i += 1
    if i >= size or low[i] in AUXILIARIES:
        return
    if kind == "clause" and low[i] in REFERENCES:
        return
    end = _object_end(words, low, i)
    if end - i < 1:
        return
    vain = sum(w in VAIN for w in low[i : min(end, i + 4)])
    if vain and kind == "object":
        score -= 0.9 * min(vain, 2)
    if low[i] in ("this", "these", "our", "its", "such"):
        score -= 0.6
    if kind == "object" and base in CLAIMING and low[i] not in DETERMINERS and weight < 1.5:
        score -= 0.2
    yield Statement(score, number, i, end, kind, weight >= 2.4 or base in SHARING)


def _object_end(words: Sequence[str], low: Sequence[str], i: int) -> int:
    for k in range(i, len(words)):
        if low[k] == "we" and k > i + 3:
            j = k
            while j > i and low[j - 1] in ("and", "then", "", "which", "that"):
                j -= 1
            if words[j - 1][-1] in ",;" or low[k - 1] == "and":
                return j
    return len(words)
