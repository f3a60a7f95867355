"""What the pages of arxiv.org show around their papers."""

from __future__ import annotations

import re

from digest.readers.listings.dates import DATED, YEARLESS
from digest.readers.listings.furniture import is_furniture
from digest.readers.listings.labels import CATEGORIES

_COUNTED = (
    r"(?:\(?(?:showing|displaying)?\s?(?:first |last )?[\d,]+(?: of [\d,]+)?"
    r" (?:entries|results?)\s?\)?)"
)
_DATE = rf"(?:{re.sub(r'[?]P<[a-z0-9]+>', '?:', DATED.pattern)}|{YEARLESS.pattern})"
_HEADING = re.compile(
    # A day, as the heading of what was announced on it.
    rf"(?:showing (?:new )?(?:listings|papers) (?:for|from) )?{_DATE}"
    rf"\s*(?:{_COUNTED}|\((?:continued, )?.{{0,60}}\))?"
    # A section and its size.
    r"|(?:new submissions|cross[ -]?(?:submissions|lists)|replacement submissions|replacements)"
    rf"(?: for .{{0,40}})?\s*{_COUNTED}?"
    r"|(?:authors and titles for|new submissions for|submissions received|recent submissions)\b"
    r".{0,120}"
    # Which part of a longer list is shown.
    r"|\[?\s?total of [\d,]+ (?:entries|results).{0,200}"
    r"|showing [\d,]+\s?[-–]\s?[\d,]+ of [\d,]+ results.{0,80}"
    r"|\[\s?(?:showing|more|fewer|all|previous|next|\d).{0,80}\]"
    r"|(?:(?:\d[\d-]*|\.\.\.|…)\s){2,40}[\d-]*"
    # What can be done on the page.
    r"|(?:showing up to|see today's|search v|sort results by|results per page|go$).{0,120}"
    r"|(?:links to|disable mathjax|what is mathjax|skip to main content|quick links)\b.{0,200}"
    r"|(?:previous|next)(?: page| \d[\d ]{0,40})?|refine query|new search|simple search"
    r"|(?:auto recent|about arxiv|help \| advanced search|advanced search)\b.{0,40}",
    re.I,
)
_BELOW = (
    "full-?text links;access paper;view a pdf of the paper;current browse context"
    ";change to browse by;< ?prev;next ?>;new \\| recent;references ?& ?citations;nasa ads"
    ";google scholar;semantic scholar;dblp;bookmark;export bibtex;loading\\.\\.\\.;bibtex formatted"
    ";bibliographic;connected papers;litmaps;scite;alphaxiv;catalyzex;dagshub;gotit;hugging ?face"
    ";papers with code;sciencecast;replicate;txyz;influence flower;core recommender;iarxiv"
    ";about arxivlabs;arxivlabs;both individuals;have an idea;which authors of this paper"
    ";endorsers;disable mathjax;about$;help$;contact;subscribe;copyright;privacy"
    ";web accessibility;arxiv operational;get status;view pdf;view license;license icon"
    ";html \\(exp;tex source;other formats;inspire;blog link;code, data;demos;related papers"
    ";recommenders;data provided;listing;what (?:is|are);spaces;view email;cornell"
    ";we gratefully;donate;search;all fields;help pages;login;open navigation;quick links"
    ";\\(?what is this;focus to learn;(?:author|venue|institution|topic|title)$"
).split(";")
"""How the lines begin that stand below the paper of an abstract page."""
_TAIL = re.compile(rf"(?:{'|'.join(_BELOW)}).{{0,160}}", re.I)
_PAGE_END = re.compile(
    r"(?:full-?text links:?|access paper:?|view a pdf of the paper.{0,100}|current browse context:?"
    r"|change to browse by:?|< ?prev.{0,40}|references ?& ?citations|export bibtex.{0,20}|bookmark"
    r"|bibliographic (?:and citation )?tools.{0,20}|bibliographic explorer.{0,60}"
    r"|code, data,? (?:and|&) media.{0,60}|about arxivlabs)",
    re.I,
)
_BUTTONS = re.compile(
    r"(?:view pdf|pdf|html(?: \(experimental\))?|tex source|other formats|download(?: pdf)?:?"
    r"|view email|focus to learn more|arxiv-issued doi via (?:datacite|crossref).{0,40}"
    r"|[△▽] (?:more|less)|submission history|from: .{1,80}|\(or arxiv:.{1,60} for this version\)"
    r"|https?://doi\.org/10\.48550/\S+|\[v\d+\] .{10,80}|\[pdf[^\]]{0,60}\]|\[\d{1,6}\]|doi"
    r"|bibtex.{0,20}|[|·•\s]+|view pdf html.{0,40}|\|? ?.{0,30} license)",
    re.I,
)


def is_heading(line: str) -> bool:
    """Whether `line` parts the papers of a list: a date, a section, a count, page numbers."""
    return len(line) < 200 and _HEADING.fullmatch(line) is not None


def is_button(line: str) -> bool:
    """Whether `line` stands inside an entry and says nothing of the paper."""
    return len(line) < 120 and _BUTTONS.fullmatch(line) is not None


def is_page_end(line: str) -> bool:
    """Whether `line` begins what stands below the paper of an abstract page."""
    return len(line) < 120 and _PAGE_END.fullmatch(line) is not None


def is_tail(line: str) -> bool:
    """Whether `line` is any furniture of such a page."""
    return len(line) < 240 and (
        _TAIL.match(line) is not None
        or CATEGORIES.fullmatch(line) is not None
        or is_furniture(line)
    )
