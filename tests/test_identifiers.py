"""Identifiers are found at their exact ends, whatever is glued to them."""

from __future__ import annotations

import json
import lzma
import random

import pytest

from digest.identifiers import (
    Eprint,
    arxiv_url,
    canonical_doi,
    doi_url,
    eprint_month,
    match_arxiv,
    match_doi,
    parse_arxiv,
    parse_doi,
)
from tests.readers.layouts import CORPUS


@pytest.mark.parametrize(
    ("text", "eprint", "rest"),
    [
        ("2309.04669", ("2309.04669", None), ""),
        ("2309.04669v3 and", ("2309.04669", 3), " and"),
        ("1909.007083+1 split", ("1909.00708", None), "3+1 split"),
        ("0704.00015G masts", ("0704.0001", None), "5G masts"),
        ("1412.0779mim-width", ("1412.0779", None), "mim-width"),
        ("hep-th/9901001Branes", ("hep-th/9901001", None), "Branes"),
        ("astro-ph/9405006interpretation", ("astro-ph/9405006", None), "interpretation"),
        ("math.GT/0309136", ("math/0309136", None), ""),
        ("cond-mat/0702076v2We", ("cond-mat/0702076", 2), "We"),
        ("2203.12596v23D scenes", ("2203.12596", 2), "3D scenes"),
        ("2203.12596v12We", ("2203.12596", 12), "We"),
        ("q-bio/0510054", ("q-bio/0510054", None), ""),
    ],
)
def test_arxiv_ends_where_its_form_ends(
    text: str, eprint: tuple[str, int | None], rest: str
) -> None:
    """Digits are counted, so neighbouring text is left alone."""
    found = match_arxiv(text)
    assert found is not None
    assert found[0] == Eprint(*eprint)
    assert text[found[1] :] == rest


@pytest.mark.parametrize(
    "text", ["2313.00001", "0703.1234", "1501.1234", "foo/9901001", "hep-th/9913001", "3.1415", ""]
)
def test_numbers_are_not_identifiers(text: str) -> None:
    """Months, first years and archives are checked."""
    assert match_arxiv(text) is None


def test_parse_arxiv_reads_every_spelling() -> None:
    """Addresses, labels and categories around an identifier are no part of it."""
    for text in (
        "2309.04669", "arXiv:2309.04669", "https://arxiv.org/abs/2309.04669",
        "http://www.arxiv.org/pdf/2309.04669.pdf", " arxiv: 2309.04669 [cs.CV]",
    ):  # fmt: skip
        assert parse_arxiv(text) == Eprint("2309.04669", None)
    assert parse_arxiv("see 2309.04669") is None


def test_month_of_identifier() -> None:
    """Two digits of a year reach from 1991 to 2090."""
    assert eprint_month("2309.04669") == "2023-09"
    assert eprint_month("hep-th/9901001") == "1999-01"
    assert eprint_month("math/0006064") == "2000-06"
    assert arxiv_url("hep-th/9901001") == "https://arxiv.org/abs/hep-th/9901001"


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1103/PhysRevB.68.085314In this paper we", "10.1103/PhysRevB.68.085314"),
        ("10.1017/S1743921315010455We seek a way to", "10.1017/S1743921315010455"),
        ("10.23638/LMCS-15(1:10)2019", "10.23638/LMCS-15(1:10)2019"),
        ("10.1002/(SICI)1521-3978(199901)47:1/3<5::AID-X>3.0.CO;2-XWe show that it",
         "10.1002/(SICI)1521-3978(199901)47:1/3<5::AID-X>3.0.CO;2-X"),
        ("10.1016/S0375-9601(00)00518-1 Phys. Lett. A 1", "10.1016/S0375-9601(00)00518-1"),
        ("10.1088/1367-2630/ab60f4We study it in", "10.1088/1367-2630/ab60f4"),
        ("10.1063/1.49350643D printing of parts is", "10.1063/1.4935064"),
        ("10.1039/C8SM00549DA gel is made of", "10.1039/C8SM00549D"),
        ("10.1093/biomet/ass084A DNA strand is read by", "10.1093/biomet/ass084"),
        ("10.1145/3485447.3512100).", "10.1145/3485447.3512100"),
        ("10.1000/abc-(x).", "10.1000/abc-(x)"),
        ("10.1111/2041-210X.12253E-learning with moths is", "10.1111/2041-210X.12253"),
        ("10.1214/11-STS352DBinary choices of gulls are", "10.1214/11-STS352D"),
        ("10.1214/11-STS352GPTs are models and GPTs are", "10.1214/11-STS352"),
        ("10.1103/PhysRevB.86.0354352011 marked the year of", "10.1103/PhysRevB.86.035435"),
        ("10.1002/prop.2190440304Verhulst curves are those", "10.1002/prop.2190440304"),
        ("10.9999/moth/BlaschkeAqueous solutions of salt are", "10.9999/moth/Blaschke"),
        ("10.1214/09-STS277REJ\nCreated: 2010-10-05", "10.1214/09-STS277REJ"),
    ],
)  # fmt: skip
def test_doi_ends_before_the_next_sentence(text: str, doi: str) -> None:
    """Glued sentences and closing punctuation are cut off, brackets of the DOI are kept."""
    found = match_doi(text)
    assert found is not None
    assert found[0] == doi


def test_doi_forms() -> None:
    """A DOI is found in an address, compared in lower case and escaped in links."""
    assert parse_doi("https://doi.org/10.1000/ABC") == "10.1000/ABC"
    assert parse_doi("doi: 10.1000/abc") == "10.1000/abc"
    assert parse_doi("10.1000/abc and more") is None
    assert canonical_doi("10.1103/PhysRevLett.1.İ") == "10.1103/physrevlett.1.İ"
    assert doi_url("10.1000/a<b>#c") == "https://doi.org/10.1000/a%3Cb%3E%23c"


@pytest.mark.skipif(not CORPUS.is_file(), reason="the shared corpus is not beside the project")
def test_real_dois_glued_to_real_abstracts() -> None:
    """Of real DOIs with a real abstract glued on, at least 99.5 in 100 end where they end."""
    dois, abstracts = [], []
    with lzma.open(CORPUS, "rt", encoding="utf-8") as lines:
        for line, _ in zip(lines, range(6000), strict=False):
            paper = json.loads(line)
            if paper["doi"] and " " not in paper["doi"] and paper["doi"][-1].isalnum():
                dois.append(paper["doi"])
            abstracts.append(paper["abstract"])
    rng = random.Random(1)
    right = sum(
        (found := match_doi(doi + rng.choice(abstracts))) is not None and found[0] == doi
        for doi in dois
    )
    assert right >= 0.995 * len(dois)
