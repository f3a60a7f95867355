"""Results and lists of sites, copied as text."""

# ruff: noqa: E501 - an entry is told best as the page prints it
from __future__ import annotations

import random

from tests.readers.unforeseen.papers import Paper
from tests.readers.unforeseen.styles import (
    LONG_MONTHS,
    MONTHS,
    compact,
    first,
    full,
    inverted,
    layout,
    names,
    shortened,
    vancouver,
)

R = random.Random


def _snippet(p: Paper) -> str:
    return p.abstract[:150].rsplit(" ", 1)[0] + " …"


@layout(
    "title authors", compact, 3, "Articles\nAbout 12,300 results (0.06 sec)\nAny time\nSince 2025\n"
)
def google_scholar(p: Paper, i: int, r: R) -> str:
    byline = first(p, 3, compact, "…")
    return (
        f"{p.title}\n{byline} - {p.venue}, {p.year} - example.org\n{_snippet(p)}\n"
        f"Save Cite Cited by {r.randint(1, 900)} Related articles All {r.randint(2, 20)} versions\n\n"
    )


@layout("title authors abstract", full, 0, "Search results\nFields of Study\nDate Range\nHas PDF\n")
def semantic_scholar(p: Paper, i: int, r: R) -> str:
    return (
        f"{p.title}\n{names(p)} Computer Science {p.venue} {p.day} {LONG_MONTHS[p.month - 1]} {p.year}\n"
        f"TLDR\n{p.abstract}\n{r.randint(1, 90)} PDF\nSave\nAlert\n"
    )


@layout("title authors doi", vancouver, 0, "1,204 results\nResults by year\n")
def pubmed_results(p: Paper, i: int, r: R) -> str:
    return (
        f"{i + 1}\nCite\nShare\n{p.title}.\n{names(p, vancouver)}.\n"
        f"J Imag Res. {p.year} {MONTHS[p.month - 1]} {p.day};{p.volume}(3):{p.page}-{p.page + 9}. "
        f"doi: {p.doi}.\nPMID: {30000000 + i * 7}\nFree article.\nAbstract\n\n"
    )


@layout(
    "title authors doi", full, 0, "Showing 1 - 20 of 340 Results\nSelect All\nExport Citations\n"
)
def acm_dl(p: Paper, i: int, r: R) -> str:
    people = "".join(f"{full(n)}\n" for n in p.people)
    return (
        f"research-article\n{LONG_MONTHS[p.month - 1]} {p.year}\n{p.title}\n{people}"
        f"{p.venue}, Volume {p.volume}, Issue 2\tArticle No.: {r.randint(1, 99)}, Pages 1–{r.randint(9, 40)}\t"
        f"https://doi.org/{p.doi}\n{_snippet(p)}\n{r.randint(0, 9)}citation\n{r.randint(10, 900)}Downloads\n\n"
    )


@layout("title authors", full, 0, "Showing 1-25 of 1,345 results\nSelect All on Page\nSort By\n")
def ieee_xplore(p: Paper, i: int, r: R) -> str:
    return (
        f"{p.title}\n{names(p, mark='; ')}\n{p.venue}\nYear: {p.year} | Volume: {p.volume}, Issue: 3 | "
        f"Journal Article | Publisher: IEEE\nCited by: Papers ({r.randint(1, 90)})\n\n"
    )


@layout("title authors", full, 3, "12,001 result(s) for 'kites'\nSort by:\n")
def springer(p: Paper, i: int, r: R) -> str:
    return (
        f"Article\n{p.title}\n{_snippet(p)}\n{first(p, 3, more='...')} in {p.venue}\n"
        f"Article {p.day} {LONG_MONTHS[p.month - 1]} {p.year}\n\n"
    )


@layout("title authors", full, 0, "1,022 results\nsorted by relevance\n")
def sciencedirect(p: Paper, i: int, r: R) -> str:
    return (
        f"Research article\nOpen access\n{p.title}\n{p.venue}, {LONG_MONTHS[p.month - 1]} {p.year}\n"
        f"{names(p)}\nView PDF\nAbstractExtractsFiguresExport\n"
    )


@layout("title authors doi abstract", full, 0, "")
def sciencedirect_page(p: Paper, i: int, r: R) -> str:
    marks = "abcd"
    people = ", ".join(f"{full(n)} {marks[k % 3]}" for k, n in enumerate(p.people))
    return (
        f"{p.venue}\nVolume {p.volume}, {LONG_MONTHS[p.month - 1]} {p.year}, {100000 + i}\n{p.title}\n"
        f"Author links open overlay panel{people}\nShow more\nAdd to Mendeley\nShare\nCite\n"
        f"https://doi.org/{p.doi}\nGet rights and content\nAbstract\n{p.abstract}\n\n"
    )


@layout("title authors", full, 0, "Accepted Papers\nShowing 25 of 2,260\n")
def openreview_group(p: Paper, i: int, r: R) -> str:
    return (
        f"{p.title}\n{names(p)}\nPublished: {p.day:02} {MONTHS[p.month - 1]} {p.year}, Last Modified: "
        f"{p.day:02} {MONTHS[p.month - 1]} {p.year}\nICLR {p.year} Poster\nReaders: Everyone\nShow details\n\n"
    )


@layout(
    "title authors",
    full,
    0,
    "Advances in Neural Information Processing Systems 36 (NeurIPS 2023)\n",
)
def neurips_list(p: Paper, i: int, r: R) -> str:
    return f"{p.title} {names(p)}\n"


@layout("title authors", full, 0, "CVPR 2023 open access\nThese are the CVPR 2023 papers\nBack\n")
def cvf_list(p: Paper, i: int, r: R) -> str:
    return f"{p.title}\n{names(p)}\n[pdf] [supp] [arXiv] [bibtex]\n"


@layout("title authors", full, 0, "Proceedings of the 61st Annual Meeting\nAnthology ID:\n")
def acl_anthology(p: Paper, i: int, r: R) -> str:
    return f"pdf bib abs\n{p.title}\n{names(p, mark=' | ')}\n"


@layout("title authors", full, 0, "Volume 202: International Conference on Machine Learning\n")
def pmlr(p: Paper, i: int, r: R) -> str:
    return (
        f"{p.title}\n{names(p)}; Proceedings of the 40th International Conference on Machine Learning, "
        f"PMLR 202:{p.page}-{p.page + 12}\n[abs][Download PDF][OpenReview]\n"
    )


@layout("title authors", full, 0, "Ann Abel\nPerson information\n", 4, "2020 – today\n")
def dblp(p: Paper, i: int, r: R) -> str:
    return f"[c{90 - i}]\n{names(p)}:\n{p.title}. Conf {p.year}: {p.page}-{p.page + 9}\n"


@layout("title authors", full, 0, "SSRN eLibrary Search Results\nViewing: 1 - 50 of 900 papers\n")
def ssrn(p: Paper, i: int, r: R) -> str:
    return (
        f"{i + 1}.\n{p.title}\n{p.venue}\nNumber of pages: {r.randint(10, 80)} "
        f"Posted: {p.day:02} {MONTHS[p.month - 1]} {p.year}\n{names(p, last=' and ')}\n"
        f"University of Nowhere and Institute of Nothing\nDownloads {r.randint(3, 900)}\n\n"
    )


@layout("title authors doi", full, 0, "bioRxiv posts many COVID19-related papers.\n234 Results\n")
def biorxiv(p: Paper, i: int, r: R) -> str:
    return (
        f"{p.title}\n{names(p)}\nbioRxiv {p.year}.{p.month:02}.{p.day:02}.{400000 + i}; "
        f"doi: https://doi.org/{p.doi}\nAdd to Selected Citations\n\n"
    )


@layout("title authors abstract", full, 0, "Filtrer vos résultats\n1 203 résultats\n")
def hal(p: Paper, i: int, r: R) -> str:
    return (
        f"{p.title}\n{names(p)}\n{p.venue}, {p.year}, {p.volume}, pp.{p.page}-{p.page + 8}\n"
        f"Résumé : {p.abstract}\nhal-0{4000000 + i}v1\n\n"
    )


@layout("title authors abstract", inverted, 0, "305 results found\nSort by\nBest match\n")
def zenodo(p: Paper, i: int, r: R) -> str:
    return (
        f"{LONG_MONTHS[p.month - 1]} {p.day}, {p.year} (v1) Preprint Open\n{p.title}\n"
        f"{names(p, inverted, '; ')}\n{p.abstract}\nUploaded on {LONG_MONTHS[p.month - 1]} {p.day}, "
        f"{p.year}\n{r.randint(1, 90)} views {r.randint(1, 90)} downloads\n\n"
    )


@layout("title authors abstract", full, 0, "Publications (83)\n")
def researchgate(p: Paper, i: int, r: R) -> str:
    people = "".join(f"{full(n)}\n" for n in p.people)
    return f"{p.title}\nPreprint\nFull-text available\n{MONTHS[p.month - 1]} {p.year}\n{people}{p.abstract}\nView\n\n"


@layout("title authors abstract", full, 0, "Prior works\nDerivative works\nList view\n")
def connected_papers(p: Paper, i: int, r: R) -> str:
    return (
        f"{p.title}\n{names(p)}\n{p.year}, {p.venue}\nSave\n{r.randint(1, 900)} Citations\nOpen in:\n"
        f"{p.abstract}\n\n"
    )


@layout("title abstract", full, 0, "Daily Papers\nby AK and the research community\nSep 12\n")
def daily_papers(p: Paper, i: int, r: R) -> str:
    return f"{p.title}\n\n{p.abstract}\n\n{r.randint(2, 12)} authors\n\n·\n\nPublished on {MONTHS[p.month - 1]} {p.day}, {p.year}\n\nUpvote\n\n{r.randint(2, 90)}\n\n"


@layout("title abstract", full, 0, "Trending Research\nSubscribe\n")
def trending_code(p: Paper, i: int, r: R) -> str:
    return (
        f"{p.title}\n\nexample/{p.title.split()[0].lower()} • • {p.day} {MONTHS[p.month - 1]} {p.year}\n\n"
        f"{p.abstract}\n\n{r.randint(10, 900)}\n0.{r.randint(1, 9)}{r.randint(1, 9)} stars / hour\n\nPaper\nCode\n\n"
    )


@layout("title authors abstract eprint", full, 0, "arxiv-sanity\nmost recent   random   tags\n")
def arxiv_sanity(p: Paper, i: int, r: R) -> str:
    return (
        f"{p.title}\n{names(p)}\n{p.month}/{p.day}/{p.year}\ncs.LG | cs.CV\n{p.arxiv}v1 pdf\n"
        f"show similar | discuss\n{p.abstract}\n\n"
    )


@layout("title authors abstract", full, 0, "alphaXiv\nExplore\nHot\nCategories\n")
def alphaxiv(p: Paper, i: int, r: R) -> str:
    return (
        f"{p.day:02} {MONTHS[p.month - 1]} {p.year}\ncomputer-science\nmachine-learning\n{p.title}\n"
        f"{names(p)}\n{p.abstract}\nView blog\nResources\n{r.randint(100, 900)}\n\n"
    )


@layout("title authors abstract", shortened, 0, "Abstracts of the meeting\n\n")
def under_the_names(p: Paper, i: int, r: R) -> str:
    return f"{p.title}\n\n{names(p, shortened)}\n\nAbstract: {p.abstract}\n\n"
