"""ORCIDs are read where sources give them, checked, and change nothing of records without."""

from __future__ import annotations

import json

import msgspec
import pytest
from msgspec import UNSET

from digest.catalogue.keys import fingerprint
from digest.catalogue.understand import understand
from digest.paper import Record
from digest.readers import read_text
from digest.readers.orcids import orcids_of, parse_orcid
from tests.catalogue.test_days import KNOWN

CARBERRY = "0000-0002-1825-0097"
TEAPOT = "0000-0001-5109-3700"


@pytest.mark.parametrize(
    ("text", "orcid"),
    [
        (CARBERRY, CARBERRY),
        (f"https://orcid.org/{CARBERRY}", CARBERRY),
        (f" http://orcid.org/{CARBERRY}/ ", CARBERRY),
        ("0000000218250097", CARBERRY),
        ("0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("0000-0002-1825-0098", ""),
        ("https://example.org/0000-0002-1825-0097", ""),
        ("", ""),
        ("0" * 100_000, ""),
    ],
)
def test_an_orcid_is_known_by_its_last_digit(text: str, orcid: str) -> None:
    """In any spelling; one with a slip is none."""
    assert parse_orcid(text) == orcid


def test_a_name_with_two_orcids_has_none() -> None:
    """Two people of one name on a paper cannot be told by it."""
    people = [("Wei Wang", CARBERRY), ("Wei Wang", TEAPOT), ("Bo Li", TEAPOT)]
    assert orcids_of(people) == (("Bo Li", TEAPOT),)
    assert orcids_of([("Bo Li", "")]) is UNSET


CROSSREF = {
    "DOI": "10.1000/ice.1",
    "title": ["On the melting of ice"],
    "author": [
        {"given": "Ada", "family": "Noe", "ORCID": f"http://orcid.org/{CARBERRY}"},
        {"given": "Bo", "family": "Li"},
    ],
    "issued": {"date-parts": [[2023, 9, 8]]},
}
OPENALEX = {
    "title": "On the melting of ice",
    "doi": "https://doi.org/10.1000/ice.1",
    "authorships": [
        {"author": {"display_name": "Ada Noe", "orcid": f"https://orcid.org/{CARBERRY}"}},
        {"author": {"display_name": "Bo Li", "orcid": None}},
    ],
    "publication_date": "2023-09-08",
}
JATS = f"""<article><front><article-meta>
<article-id pub-id-type="doi">10.1000/ice.1</article-id>
<title-group><article-title>On the melting of ice</article-title></title-group>
<contrib-group>
<contrib contrib-type="author"><contrib-id contrib-id-type="orcid">https://orcid.org/{CARBERRY}
</contrib-id><name><surname>Noe</surname><given-names>Ada</given-names></name></contrib>
<contrib contrib-type="author"><name><surname>Li</surname><given-names>Bo</given-names></name>
</contrib></contrib-group></article-meta></front></article>"""
PUBMED = f"""<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article>
<Journal><Title>Ice</Title></Journal><ArticleTitle>On the melting of ice</ArticleTitle>
<AuthorList><Author><LastName>Noe</LastName><ForeName>Ada</ForeName>
<Identifier Source="ORCID">{CARBERRY}</Identifier></Author>
<Author><LastName>Li</LastName><ForeName>Bo</ForeName></Author></AuthorList></Article>
</MedlineCitation></PubmedArticle></PubmedArticleSet>"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("crossref.json", json.dumps(CROSSREF)),
        ("lines.jsonl", json.dumps(CROSSREF) + "\n" + json.dumps({**CROSSREF, "DOI": "10.1/2"})),
        ("openalex.json", json.dumps(OPENALEX)),
        ("works.jsonl", json.dumps(OPENALEX) + "\n" + json.dumps({**OPENALEX, "doi": "10.1/2"})),
        ("jats.xml", JATS),
        ("pubmed.xml", PUBMED),
    ],
)
def test_a_source_s_orcid_comes_to_the_author(name: str, text: str) -> None:
    """From the source to the Paper, for the author who has one and nobody else."""
    first = read_text(text, name).sightings[0]
    paper = understand((first,), KNOWN)
    assert [(a.name, a.orcid) for a in paper.authors] == [("Ada Noe", CARBERRY), ("Bo Li", "")]


def test_a_record_without_orcids_is_written_as_before() -> None:
    """The field leaves no trace, so that fingerprints, and addresses made of them, stay."""
    bare = Record(span=(0, 9), title="On ice", authors=("Ada Noe",))
    assert b"orcid" not in msgspec.json.encode(bare)
    assert fingerprint(bare) != fingerprint(
        msgspec.structs.replace(bare, orcids=(("Ada Noe", CARBERRY),))
    )
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(bare), type=Record) == bare
