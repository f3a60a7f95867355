"""Which of its sources each field of a paper comes from, and what they say differently."""

from __future__ import annotations

from collections.abc import Iterator

from digest.language import Words, noted
from digest.paper import Paper
from digest.website.labels import DATE_EVIDENCE, VENUE_EVIDENCE, evidence
from digest.website.paper_views import Dispute, Origin

FIELDS = {
    "title": noted("Title"),
    "abstract": noted("Abstract"),
    "authors": noted("Authors"),
    "author": noted("First author"),
    "eprint": noted("arXiv"),
    "doi": noted("DOI"),
    "published": noted("Published"),
    "year": noted("Year"),
    "updated": noted("Revised"),
    "comment": noted("Comment"),
    "journal_ref": noted("Journal reference"),
    "venue": noted("Venue"),
}
RULES = {
    "only": noted("the only source that has it"),
    "most": noted("as most sources have it"),
    "longest": noted("the longest"),
    "most names": noted("the most names"),
    "first": noted("the first that is given"),
    "latest": noted("the latest"),
    "derived": noted("derived from the abstract"),
    "enriched": noted("found by “digest enrich”"),
    "note": noted("the reading group's note"),
    "inferred": noted("inferred"),
}
_EVIDENCE = {"published": DATE_EVIDENCE, "venue": VENUE_EVIDENCE}


def origins(paper: Paper, words: Words) -> Iterator[Origin]:
    """Of each field that not all sources agree upon, where it is from; none where one source is
    all."""
    for choice in paper.provenance:
        if choice.rule == "agreed":
            continue
        said = RULES | _EVIDENCE.get(choice.field, {})
        why = evidence(choice.rule, said, words)
        number = 0 if choice.source is None else choice.source + 1
        yield Origin(words.say(FIELDS.get(choice.field, choice.field)), number, why)


def came(paper: Paper, words: Words) -> Iterator[str]:
    """When a paper came again, and as what; nothing where the date of its revision says it all."""
    if len(paper.came) < 2:
        return
    for one in paper.came:
        date = words.date(one.date)
        if one.version is not None:
            # As a text: a version is no number that a language divides into thousands.
            yield words.say("{date}, version {version}", date=date, version=str(one.version))
        elif one.kind == "revised":
            yield words.say("{date}, revised", date=date)
        else:
            yield words.say("{date}, as it was", date=date)


def disputes(paper: Paper, words: Words) -> Iterator[Dispute]:
    """What the sources say differently: each value with the number of the source that says it."""
    for one in paper.disagreements:
        values = tuple((value, at + 1) for value, at in one.values)
        yield Dispute(words.say(FIELDS.get(one.field, one.field)), values)
