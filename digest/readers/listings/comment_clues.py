"""What speaks for and against a passage being a comment: clues, words, and their weights.

The weights are log-odds, rounded; they were fitted to real comments and to real last sentences and
last paragraphs of abstracts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from operator import itemgetter


def _finder(pattern: str) -> Callable[[str], object]:
    """Tells whether a passage holds `pattern`; one that is bound to the start needs no search."""
    bound = pattern.startswith(("^", "(?i)^"))
    return re.compile(pattern).match if bound else re.compile(pattern).search


_IN_GROUPS = tuple(
    (_finder(pattern), weight, re.compile(sign) if sign else None)
    # The third is what a word holds (in lower case, ASCII letters alone) without which the clue
    # cannot be found: few clues are looked for in a passage.
    for pattern, weight, sign in (
        # What is counted: pages, figures, tables, words.
        (
            (
                r"(?i)\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|no|few|several)\W{0,3}"
                r"(?:[\w.-]+ ){0,3}(?:pages?|pp?\b\.?|figs?\b|figures?|tables?|pgs?\b|sheets?"
                r"|slides?|references|refs\b|appendi)"
            ),
            5.0,
            r"page|pp|fig|table|pg|sheet|slide|reference|refs|appendi|p$",
        ),
        (
            r"(?i)\b(?:pages?|figures?|figs?\.?|tables?|pp?\.?)\s?[:=]?\s?\d+",
            2.5,
            r"page|fig|table|^pp?$",
        ),
        (r"(?i)\b\d+(?:\+\d+)*\s?(?:pages?|pp)\b", 2.0, r"page|pp"),
        # Where it stands with a publisher.
        (
            (
                r"(?i)\b(?:accepted|appeared|submitted|published|presented|to be published"
                r"|publication)\s+(?:\w+\s+){0,3}?(?:in|to|by|at|for|as|on|with)\b"
            ),
            3.5,
            r"accepted|appeared|submitted|published|presented|publication",
        ),
        (
            r"(?i)\bto (?:be )?appear\b|\b(?:will|paper) appears?\b|\bin press\b|\bforthcoming\b",
            4.5,
            r"appear|press|forthcoming",
        ),
        (
            r"(?i)^\W{0,3}(?:accepted|appeared|submitted|published|presented|invited|in:? )",
            3.0,
            r"",
        ),
        (
            r"(?i)\b(?:camera.ready|pre-?print|postprint|peer.review|under review|withdrawn)\b",
            2.5,
            r"camera|print|peer|under|withdrawn",
        ),
        (
            r"(?i)\b(?:proc(?:eedings|\.)|workshop|conference|symposium|journal|talk|lectures?)\b",
            2.0,
            r"proc|workshop|conference|symposium|journal|talk|lecture",
        ),
        (
            r"(?i)\b(?:ph\.?\s?d\.?|doctoral|master'?s?|diploma|bachelor)\W{1,3}(?:thesis|diss)",
            3.5,
            r"thesis|diss",
        ),
        (
            r"(?i)\b(?:thesis|dissertation|habilitation|technical report|white ?paper|chapter)\b",
            1.5,
            r"thesis|dissertation|habilitation|report|paper|chapter",
        ),
        (
            (
                r"\b(?:CVPR|ICCV|ECCV|NeurIPS|NIPS|ICML|ICLR|AAAI|IJCAI|ACL|EMNLP|NAACL|COLING|SIGIR"
                r"|WWW|KDD|CIKM|ICASSP|INTERSPEECH|Interspeech|MICCAI|ICRA|IROS|WACV|BMVC|UAI|AISTATS"
                r"|WSDM|RecSys|ISMIR|STOC|FOCS|SODA|ICSE|IEEE|ACM|EPTCS|LNCS|ApJ|MNRAS|A&A|JHEP|PRL"
                r"|PRD|PRB|PRA|PRE|PRC|Phys\.|Lett\.|Rev\.|Math\.|J\.|Astron\.)"
            ),
            2.0,
            r"^(?:cvpr|iccv|eccv|neurips|nips|icml|iclr|aaai|ijcai|acl|emnlp|naacl|coling|sigir|www|kdd|cikm|icassp|interspeech|miccai|icra|iros|wacv|bmvc|uai|aistats|wsdm|recsys|ismir|stoc|focs|soda|icse|ieee|acm|eptcs|lncs|apj|mnras|jhep|pr[ldbaec]|(?:phys|lett|rev|math|j|astron)$)",
        ),
        (r"1(?<!\w1)9\d\d\b|2(?<!\w2)0\d\d\b|'\d\d\b", 1.0, r""),
        # What it is written in, and what comes with it.
        (
            r"(?i)\b(?:la|ams|ams-la|plain |plain)?tex\b|\blatex|\brevtex|\bharvmac|\bphyzzx",
            4.5,
            r"tex|harvmac|phyzzx",
        ),
        (
            r"(?i)\b(?:e?ps(?:fig|f)?|postscript|gzip|uuencoded|tar|pdf|\.sty|\.cls|style) ?file",
            3.0,
            r"file",
        ),
        (
            r"(?i)\b(?:supplement\w*|ancillary|appendi\w+|supporting information|source files?)\b",
            1.5,
            r"supplement|ancillary|appendi|supporting|source",
        ),
        # What changed since the version before.
        (r"(?i)\bv(?:er(?:sion|\.)?)?\s?\d\b\W?", 3.0, r"^(?:v|ver|version)$"),
        (
            (
                r"(?i)\b(?:typos?|revised|corrected|corrections?|rewritten|updated?|replaced|expanded"
                r"|shortened|misprints?|erratum|errors? (?:fixed|corrected))\b"
            ),
            2.0,
            r"typo|revised|correct|rewritten|update|replaced|expanded|shortened|misprint|erratum|error",
        ),
        (
            r"(?i)\b(?:added|version|changes?|title changed|references? added|refs? added|minor)\b",
            1.5,
            r"added|version|change|minor",
        ),
        (
            r"(?i)\barxiv admin\b|\btext overlap\b|\bsuperse|\bthis (?:version|is (?:a|the))\b",
            3.0,
            r"admin|overlap|superse|^this$",
        ),
        (
            (
                r"(?i)^(?:this (?:paper|article|work) (?:is|has been|will|was|appear)"
                r"|an? (?:extended|short|preliminary|previous|conference) version"
                r"|comments? (?:are )?welcome)"
            ),
            3.0,
            r"",
        ),
        (
            (
                r"(?i)\b(?:contribution (?:to|for|at)|edited by|special issue|festschrift|invited"
                r"|volume)\b"
            ),
            1.5,
            r"contribution|edited|issue|festschrift|invited|volume",
        ),
        (r"(?i)\bcomments? (?:are |is )?(?:very )?(?:welcome|appreciated)\b", 4.0, r"comment"),
        (
            (
                r"(?i)^\W{0,2}(?:project (?:web)?(?:page|site)|code|github|demo|web ?(?:page|site)"
                r"|dataset|homepage|video)s?\s*(?:at|is|are|available)?\s*:?\s*(?:at\s)?(?:https?:|www\.|\\url)"
            ),
            3.0,
            r"",
        ),
        (
            r"(?i)^\W{0,2}(?:project (?:web)?(?:page|site)|code|github|web ?(?:page|site))s?:",
            1.5,
            r"",
        ),
        (
            r"(?i)\b(?:equal(?:ly)? contribut|corresponding author|first (?:two )?authors?)",
            3.5,
            r"contribut|author",
        ),
        # What only an abstract does.
        (
            r"\b[Ww]e\b(?! (?:have |)(?:add|correct|chang|thank|updat|revis|fix|will))",
            -3.5,
            r"^we$",
        ),
        (r"\b(?:[Oo]ur|us)\b", -2.0, r"^(?:our|us)$"),
        (
            r"(?i)\b(?:in this (?:paper|work|article|study|letter)|is shown|are shown)\b",
            -3.5,
            r"paper|work|article|study|letter|shown",
        ),
        (r"(?i)\bour (?:code|source|implementation|project|dataset|models?)\b", -1.5, r"^our$"),
        (
            r"(?i)\b(?:results?|method|approach|model|algorithm|experiments?|performance)\b",
            -1.0,
            r"^(?:results?|method|approach|models?|algorithm|experiments?|performance)$",
        ),
        (
            (
                r"(?i)\b(?:show(?:s|n|ed)?|propose[sd]?|demonstrat\w+|prove[sd]?|investigat\w+"
                r"|outperform\w*|obtain\w*|suggest\w*|reveal\w*|furthermore|moreover|finally|however"
                r"|therefore|thus|which|these|that)\b"
            ),
            -1.5,
            r"show|propose|demonstrat|prove|investigat|outperform|obtain|suggest|reveal|furthermore|moreover|finally|however|therefore|thus|which|these|that",
        ),
        (r"(?i)\b(?:is|are|has|have|can)\b", -0.5, r"^(?:is|are|has|have|can)$"),
        (r"^(?:[a-z$\\]|and\b)", -1.0, r""),
    )
)
# What speaks against a comment comes first: it may settle the matter.
CLUES = sorted(_IN_GROUPS, key=itemgetter(1))
# What single words say beyond the clues, each counted once.
WORD_WEIGHTS: dict[str, float] = {
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
FIRST_WORD_WEIGHTS = {
    "in": -2.5, "this": -1.0, "our": -0.5, "the": -0.5, "these": -0.5, "added": 0.5, "pages": 0.5,
}  # fmt: skip
