"""What lists of accepted papers print beside their papers: sessions, buttons, institutions."""

from __future__ import annotations

import re

_KIND = (
    r"(?:oral|poster|paper|technical|research|industry|demo|spotlight|main|short|long|full|invited"
    r"|plenary|parallel|special|best|workshop|findings|regular|student|late|virtual|doctoral|applied"
    r"|datasets?)"
)
_GROUP = (
    r"(?:papers?|sessions?|tracks?|posters?|presentations?|orals?|talks?|contributions?|awards?"
    r"|conference|program(?:me)?)"
)
_ACCEPTED = r"(?:accepted|awarded) (?:papers?|posters?|contributions?|submissions?|abstracts?)"
HEADING = re.compile(
    rf"(?:{_KIND}\b.{{0,60}}\b{_GROUP}\b.{{0,60}}|.{{0,80}}\b{_ACCEPTED}\b.{{0,60}}"
    r"|(?:session|track|room|chair|day|keynote|location|topic|area|category)\b\s?[\w:#-].{0,100}"
    r"|(?:list of )?(?:accepted|papers|posters|orals|spotlights|proceedings)|schedule|programme"
    r"|.{0,30}\d{1,2}[:.]\d\d\s?(?:[ap]m)?\s?[-–—].{0,40}"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b.{0,60}|(?:session )?chairs?:.{0,120})",
    re.I,
)
"""A line that parts the papers: a session, a day, a room."""
ANNOUNCED = re.compile(_ACCEPTED, re.I)
"""What says that a page lists what was accepted."""
VENUE = re.compile(
    rf"(?:(?:list of )?{_ACCEPTED}(?: (?:at|of|for|to|in))?(?: the)?[\s:|–—-]{{1,5}})?"
    r"([A-Z][\w&'’ -]{1,60}?\s?(?:(?:19|20)\d\d|['’]\d\d))\b"
    r"(?:[\s:|–—-]{1,5}(?:list of )?(?:accepted|awarded).{0,40})?$",
    re.I,
)
"""The name of a conference and its year, as the heading of a page; group 1."""
_BUTTON = (
    r"(?:pdf|abs|html|supp(?:lementary|lemental)?|material|bibtex|bib|code|arxiv|video|posters?|slides|project"
    r"|page|abstract|paper|openreview|data(?:set)?|link|website|oral|spotlight|highlight|award|doi"
    r"|hide|show|add|to|calendar|candidate)"
)
BUTTONS = re.compile(
    rf"[\W_]{{0,4}}(?:{_BUTTON}[\W_]{{1,5}}){{0,11}}{_BUTTON}[\W_]{{0,4}}"
    r"|(?:paper id|poster|id|#)\s?:?\s?#?\d{1,6}",
    re.I,
)
"""A line of buttons, or the number of a paper."""
INSTITUTION = re.compile(
    r"(?<![A-Za-z])(?:Universit|Institut|Colleg|School|Laborator|Labs?\b|Academy|Inc\b|Ltd|GmbH|Corporation|Google|Microsoft"
    r"|Research\b|Meta\b|Department|Dept|CNRS|INRIA|Inria|ETH\b|EPFL|MIT\b|CMU\b|NVIDIA|Amazon|Tsinghua|Centre|Center\b"
    r"|Hochschule|École|Ecole|Politecnico)"
)
"""A word that a line of institutions has and names have not."""
