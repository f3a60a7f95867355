"""How much a passage reads like the author's comment on a paper, not like its abstract.

A listing prints the comment as one more paragraph, without a label: `12 pages, 3 figures, to
appear in ...`. Where an abstract may have several paragraphs, only the form of the last one tells
the two apart. The weights are log-odds, rounded; they were fitted to real comments and to real
last sentences and last paragraphs of abstracts.
"""

from __future__ import annotations

import re

_CLUES: tuple[tuple[re.Pattern[str], float], ...] = tuple(
    (re.compile(pattern), weight)
    for pattern, weight in (
        # What is counted: pages, figures, tables, words.
        (
            (
                r"(?i)\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|no|few|several)\W{0,3}"
                r"(?:[\w.-]+ ){0,3}(?:pages?|pp?\b\.?|figs?\b|figures?|tables?|pgs?\b|sheets?"
                r"|slides?|references|refs\b|appendi)"
            ),
            5.0,
        ),
        (r"(?i)\b(?:pages?|figures?|figs?\.?|tables?|pp?\.?)\s?[:=]?\s?\d+", 2.5),
        (r"(?i)\b\d+(?:\+\d+)*\s?(?:pages?|pp)\b", 2.0),
        # Where it stands with a publisher.
        (
            (
                r"(?i)\b(?:accepted|appeared|submitted|published|presented|to be published"
                r"|publication)\s+(?:\w+\s+){0,3}?(?:in|to|by|at|for|as|on|with)\b"
            ),
            3.5,
        ),
        (
            r"(?i)\bto (?:be )?appear\b|\b(?:will|paper) appears?\b|\bin press\b|\bforthcoming\b",
            4.5,
        ),
        (r"(?i)^\W{0,3}(?:accepted|appeared|submitted|published|presented|invited|in:? )", 3.0),
        (r"(?i)\b(?:camera.ready|pre-?print|postprint|peer.review|under review|withdrawn)\b", 2.5),
        (
            r"(?i)\b(?:proc(?:eedings|\.)|workshop|conference|symposium|journal|talk|lectures?)\b",
            2.0,
        ),
        (r"(?i)\b(?:ph\.?\s?d\.?|doctoral|master'?s?|diploma|bachelor)\W{1,3}(?:thesis|diss)", 3.5),
        (
            r"(?i)\b(?:thesis|dissertation|habilitation|technical report|white ?paper|chapter)\b",
            1.5,
        ),
        (
            (
                r"\b(?:CVPR|ICCV|ECCV|NeurIPS|NIPS|ICML|ICLR|AAAI|IJCAI|ACL|EMNLP|NAACL|COLING|SIGIR"
                r"|WWW|KDD|CIKM|ICASSP|INTERSPEECH|Interspeech|MICCAI|ICRA|IROS|WACV|BMVC|UAI|AISTATS"
                r"|WSDM|RecSys|ISMIR|STOC|FOCS|SODA|ICSE|IEEE|ACM|EPTCS|LNCS|ApJ|MNRAS|A&A|JHEP|PRL"
                r"|PRD|PRB|PRA|PRE|PRC|Phys\.|Lett\.|Rev\.|Math\.|J\.|Astron\.)"
            ),
            2.0,
        ),
        (r"\b(?:19|20)\d\d\b|'\d\d\b", 1.0),
        # What it is written in, and what comes with it.
        (r"(?i)\b(?:la|ams|ams-la|plain |plain)?tex\b|\blatex|\brevtex|\bharvmac|\bphyzzx", 4.5),
        (
            r"(?i)\b(?:e?ps(?:fig|f)?|postscript|gzip|uuencoded|tar|pdf|\.sty|\.cls|style) ?file",
            3.0,
        ),
        (
            r"(?i)\b(?:supplement\w*|ancillary|appendi\w+|supporting information|source files?)\b",
            1.5,
        ),
        # What changed since the version before.
        (r"(?i)\bv(?:er(?:sion|\.)?)?\s?\d\b\W?", 3.0),
        (
            (
                r"(?i)\b(?:typos?|revised|corrected|corrections?|rewritten|updated?|replaced|expanded"
                r"|shortened|misprints?|erratum|errors? (?:fixed|corrected))\b"
            ),
            2.0,
        ),
        (
            r"(?i)\b(?:added|version|changes?|title changed|references? added|refs? added|minor)\b",
            1.5,
        ),
        (r"(?i)\barxiv admin\b|\btext overlap\b|\bsuperse|\bthis (?:version|is (?:a|the))\b", 3.0),
        (
            (
                r"(?i)^(?:this (?:paper|article|work) (?:is|has been|will|was|appear)"
                r"|an? (?:extended|short|preliminary|previous|conference) version"
                r"|comments? (?:are )?welcome)"
            ),
            3.0,
        ),
        (
            (
                r"(?i)\b(?:contribution (?:to|for|at)|edited by|special issue|festschrift|invited"
                r"|volume)\b"
            ),
            1.5,
        ),
        (r"(?i)\bcomments? (?:are |is )?(?:very )?(?:welcome|appreciated)\b", 4.0),
        (
            (
                r"(?i)^\W{0,2}(?:project (?:web)?(?:page|site)|code|github|demo|web ?(?:page|site)"
                r"|dataset|homepage|video)s?\s*(?:at|is|are|available)?\s*:?\s*(?:at\s)?(?:https?:|www\.|\\url)"
            ),
            3.0,
        ),
        (r"(?i)^\W{0,2}(?:project (?:web)?(?:page|site)|code|github|web ?(?:page|site))s?:", 1.5),
        (r"(?i)\b(?:equal(?:ly)? contribut|corresponding author|first (?:two )?authors?)", 3.5),
        # What only an abstract does.
        (r"\b[Ww]e\b(?! (?:have |)(?:add|correct|chang|thank|updat|revis|fix|will))", -3.5),
        (r"\b(?:[Oo]ur|us)\b", -2.0),
        (r"(?i)\b(?:in this (?:paper|work|article|study|letter)|is shown|are shown)\b", -3.5),
        (r"(?i)\bour (?:code|source|implementation|project|dataset|models?)\b", -1.5),
        (r"(?i)\b(?:results?|method|approach|model|algorithm|experiments?|performance)\b", -1.0),
        (
            (
                r"(?i)\b(?:show(?:s|n|ed)?|propose[sd]?|demonstrat\w+|prove[sd]?|investigat\w+"
                r"|outperform\w*|obtain\w*|suggest\w*|reveal\w*|furthermore|moreover|finally|however"
                r"|therefore|thus|which|these|that)\b"
            ),
            -1.5,
        ),
        (r"(?i)\b(?:is|are|has|have|can)\b", -0.5),
        (r"^(?:[a-z$\\]|and\b)", -1.0),
    )
)
# What single words say beyond the clues, each counted once.
_WORD_WEIGHTS: dict[str, float] = {
    word: weight
    for weight, words in (
        (2.0, "added version"),
        (1.5, "arxiv paper"),
        (
            1.0,
            """authors com comments corrected http https improved international note proceedings
            result section submission suggestions theorem title was we work www""",
        ),
        (
            0.5,
            """additional after algorithm all another any article assumptions because been changed
            changes condition conference contribution deep error errors fixed found github has have
            ieee included including made main manuscript minor model more new org presentation
            previous proof re referee references removed results revision same science so society
            technical text th typos updated us welcome which withdrawn would""",
        ),
        (
            -0.5,
            """algebra algebras an and applications based between can cases code complete
            corrections discrete discussed does each end field finite for framework function give
            given gives
            groups high human illustrate implemented include interaction introduced is known limit
            linear logic method models numerical of order over parameter particular pp present
            processes properties question random series shows simulation standard support system
            technique techniques than then theory this those time well were""",
        ),
        (-1.0, "are both case examples generalized it number space such the these will"),
        (-1.5, "also presented"),
    )
    for word in words.split()
}
_FIRST_WORD_WEIGHTS = {
    "in": -2.5, "this": -1.0, "our": -0.5, "the": -0.5, "these": -0.5, "added": 0.5, "pages": 0.5,
}  # fmt: skip
_LETTERS = re.compile(r"[a-z]+")
_WORDS = re.compile(r"[A-Za-z]{2,}")
_HEAD = 1200


def comment_score(passage: str, *, ends: bool = True) -> float:
    """Log-odds that `passage` is a comment: above 0 it is one, if nothing is known of its place.

    Where it `ends` is known to be in mid-comment, its end and its length say nothing.
    """
    head = passage[:_HEAD]
    score = -0.5
    for clue, weight in _CLUES:
        if clue.search(head):
            score += weight
    known = _LETTERS.findall(head.lower())
    score += sum(_WORD_WEIGHTS.get(word, 0.0) for word in set(known))
    score += _FIRST_WORD_WEIGHTS.get(known[0], 0.0) if known else 0.0
    if not ends:
        return score
    words = len(_WORDS.findall(head))
    # Comments are short: half have fewer than 8 words, one in a hundred more than 60.
    score += (
        2.0 if words <= 4 else 1.0 if words <= 10 else 0.0 if words <= 25 else -(words - 25) / 25
    )
    # arXiv takes the full stop off a comment's end; abstracts keep theirs.
    if passage.endswith((".", "!", "?")):
        return score - 2.0
    return score + (1.0 if passage.endswith(("$", "”", '"')) else 3.0)
