"""A paper's venue is read from its evidence, and nothing is claimed that the evidence denies."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.catalogue.venues import claims
from digest.catalogue.venues.claims import find_marks
from digest.catalogue.venues.infer import infer_venue
from digest.catalogue.venues.registry import find_names, load_venues, nearest_acronym
from tests.watchdog import ends

if TYPE_CHECKING:
    from collections.abc import Iterator

REGISTRY = load_venues()
SHARED = Path(__file__).parents[2] / "../shared"


def read(
    comment: str | None = None, ref: str | None = None, venue: str | None = None
) -> str | None:
    found = infer_venue(REGISTRY, venue, ref, comment)
    return None if found is None else found[0].label


@pytest.mark.parametrize(
    ("comment", "label"),
    [
        ("To appear in CVPR 2021; appendix will follow", "CVPR 2021"),
        ("accepted by wsdm 2020", "WSDM 2020"),
        ("ACM MM 2022", "ACM MM 2022"),
        ("EMNLP 2019, 11 pages", "EMNLP 2019"),
        ("Accepted by WWW 2021 demo track", "WWW 2021"),
        ("NeurIPS'19", "NeurIPS 2019"),
        ("ECCV ’18 oral", "ECCV 2018"),
        ("NIPS 2014", "NeurIPS 2014"),
        ("(KR2023)", "KR 2023"),
        ("Accepted for publication at Interspeech 2020", "INTERSPEECH 2020"),
        ("Camera-ready for Siggraph Asia 2017", "SIGGRAPH Asia 2017"),
        ("Published as a conference paper at ICLR 2018", "ICLR 2018"),
        (
            "In Proceedings of the 12th ACM Conference on Recommender Systems (RecSys '18)",
            "RecSys 2018",
        ),
        ("2015 IEEE International Conference on Robotics and Automation (ICRA)", "ICRA 2015"),
        ("Accepted at the AAAI-20 main track", "AAAI 2020"),
        ("accepted at KDD", "KDD"),
        ("full version of a paper at CRYPTO 2016", "CRYPTO 2016"),
        (
            "Accepted at the 39th International Conference on Software Engineering (ICSE'17)",
            "ICSE 2017",
        ),
        ("International Symposium on Soft Gadgets (ISSG 2016)", "ISSG 2016"),
        ("3rd Nordic Seminar on Ropes, Oslo (1998)", "Nordic Seminar on Ropes 1998"),
        ("Accepted to QUUX 2018", "QUUX 2018"),
        ("In Proceedings ZORG 2013, arXiv:1301.00001", "ZORG 2013"),
        ("Accepted at a workshop of ICML 2020", "ICML Workshops 2020"),
        ("NeurIPS 2018 Workshop on Small Things", "NeurIPS Workshops 2018"),
        (
            "12th International Workshop on Computer Algebra in Scientific Computing, 2010",
            "CASC 2010",
        ),
        (
            "To appear in Ruritanian Actuarial Journal. Keywords: rope",
            "Ruritanian Actuarial Journal",
        ),
        ("Accepted to CVPRW 2019", "CVPR Workshops 2019"),
        ("Accepted to Findings of EMNLP 2021", "Findings of EMNLP 2021"),
        ("to appear in Physica D", "Physica D"),
        ("9 pages, accepted in J. Pure Appl. Algebra", "Journal of Pure and Applied Algebra"),
        ("accepted to MNRAS, 5 tables", "MNRAS"),
        ("version to appear in CMP (macros included)", "Communications in Mathematical Physics"),
        ("J. Phys. G, accepted", "Journal of Physics G"),
        ("Phys.Rev.Lett. (in press)", "Physical Review Letters"),
        ("To appear in Nature", "Nature"),
        ("accepted by IEEE Transactions on Gadgetry", "IEEE Transactions on Gadgetry"),
        (
            "To appear in Ruritanian Journal of Mathematics. 12 pages",
            "Ruritanian Journal of Mathematics",
        ),
        ("revised and extended version accepted for publication in PRB", "Physical Review B"),
        ("Submitted to JHEP; accepted by PRD", "Physical Review D"),
        ("Accepted to TPAMI. Extended version of our ICCV 2017 paper", "TPAMI"),
        (
            "Published at http://dx.doi.org/10.1/x in the Annals of Statistics",
            "Annals of Statistics",
        ),
    ],
)
def test_a_comment_names_the_venue(comment: str, label: str) -> None:
    assert read(comment) == label


@pytest.mark.parametrize(
    "comment",
    [
        "Submitted to NeurIPS 2024",
        "Resubmitted to Physical Review Letters",
        "submitted for publication in ApJ",
        "Submitted to the proceedings of ICRA 2019",
        "Under review at TMLR",
        "ICLR 2023, under review",
        "ISRR 2017 submission",
        "Rejected from ICML 2022",
        "Accepted at KDD 2018 but later withdrawn",
        "Extended version of our CVPR 2020 paper",
        "Preliminary version accepted to AAAI 2020",
        "A preliminary version of this paper appeared in SODA 2011",
        "J. Odd Physics, 2005, submitted [to be published by Allerton Press, Inc.]",
        "Code for the ICML 2020 paper",
        "A short version is to be published in the proceedings of WINE 2012",
        "This paper has been withdrawn because a later one was accepted by PRL",
        "uses the AAAI 2018 style",
        "2nd place in the CVPR 2020 driving challenge",
        "Comment on a result published in Phys. Rev. Lett.",
        "14 pages, 7 figures, 2 tables",
        "pages 1999-2010, LaTeX, 12 MM wide figures",
        "to appear in Science with Small Dishes: an outlook",
        "The nature of science in a cell; 10 pages",
        "Repair of the ACL after injury",
        "version accepted for publication",
        "It is accepted that the WWW has changed science",
        "Report FOO-TH 94, revised 2003",
        "",
        "\\'",
    ],
)
def test_a_comment_that_claims_nothing(comment: str) -> None:
    assert read(comment) is None


@pytest.mark.parametrize(
    ("ref", "label"),
    [
        (
            "Proceedings of the ACM Web Conference 2023 (WWW '23), May 1--5, 2023, Austin, USA",
            "WWW 2023",
        ),
        ("Phys.Rev.Lett.71:1987-1990,1993", "Physical Review Letters 1993"),
        ("JHEP0611:013,2006", "JHEP 2006"),
        ("Nucl. Phys. B 701 (2004), no. 2, 134--150", "Nuclear Physics B 2004"),
        ("Physica A, V. 300, Issues 1-2 (2001), Pages 17-30", "Physica A 2001"),
        ("AIP Conf.Proc.801:12-19,2005", "AIP Conference Proceedings 2005"),
        ("Gen.Rel.Grav.35:2011-2020,2003", "General Relativity and Gravitation 2003"),
        ("Eur.Phys.J.C40:1-9,2005", "European Physical Journal C 2005"),
        ("2011, ApJ, 730, L5", "Astrophysical Journal 2011"),
        ("A&A 520, A33 (2010)", "Astronomy & Astrophysics 2010"),
        ("Proc. Natl. Acad. Sci. USA 101 (2004) 1-5", "PNAS 2004"),
        ("Nature 430, 10 (2004)", "Nature 2004"),
        ("J Low Temp Phys 200, 1-9 (2020)", "Journal of Low Temperature Physics 2020"),
        (
            "In Proc. of the 30th International Conference on Machine Learning, PMLR 28:1-9, 2013",
            "ICML 2013",
        ),
        ("Ruritanian J. Math. 12 (1999), 3-9", "Ruritanian J. Math. 1999"),
    ],
)
def test_a_journal_reference_names_the_venue(ref: str, label: str) -> None:
    found = infer_venue(REGISTRY, None, ref, None)
    assert found is not None
    assert (found[0].label, found[1]) == (label, "journal-ref")


def test_a_journal_of_another_land_is_another_journal() -> None:
    assert read(ref="Ruritanian Astronomical Journal, 2013, 20, 26") == (
        "Ruritanian Astronomical Journal 2013"
    )


@pytest.mark.parametrize("ref", ["10.1016/j.x.2014.12.012", "1234", "in preparation", "arXiv"])
def test_a_reference_that_names_none(ref: str) -> None:
    assert read(ref=ref) is None


@pytest.mark.parametrize(
    ("venue", "label"),
    [
        ("CVPR 2022", "CVPR 2022"),
        ("Advances in Neural Information Processing Systems 30", "NeurIPS"),
        ("Journal of Fluid Mechanics", "Journal of Fluid Mechanics"),
        ("Quarterly of Odd Gadgets", "Quarterly of Odd Gadgets"),
        ("arXiv", None),
        ("CoRR", None),
        ("bioRxiv", None),
        ("Submitted to ICLR 2022", None),
        ("https://example.org/x", None),
    ],
)
def test_a_venue_field(venue: str, label: str | None) -> None:
    assert read(venue=venue) == label


def test_the_venue_field_comes_first_and_a_preprint_server_never() -> None:
    assert read("accepted at KDD 2019", "Nature 430, 10 (2004)", "ICDM 2018") == "ICDM 2018"
    assert read("accepted at KDD 2019", "Nature 430, 10 (2004)", "arXiv") == "Nature 2004"


def test_a_misspelling_is_read_and_told() -> None:
    found = infer_venue(REGISTRY, None, None, "Accepted to NeruIPS 2020")
    assert found is not None
    assert found[0].label == "NeurIPS 2020"
    assert found[1] == "comment (NeruIPS read as NeurIPS)"
    assert read("Accepted to CVRP2021") == "CVPR 2021"
    # Among short names one letter makes another conference.
    assert [nearest_acronym(REGISTRY, w) for w in ("ICXR", "ICCM", "CVPR")] == [None, None, None]


@pytest.mark.parametrize(
    "comment",
    [
        "accepted in IEEE International Conference on Machine Learning and Gadgets (ICMLG) 2015",
        "Appeared at the Ruritanian Conference on Computer Vision 2015",
        "To appear in Discrete Mathematics, Gadgets and Ropes",
        "Published in Journal of Algebra and Gadgetry",
    ],
)
def test_a_longer_name_is_not_taken_for_the_known_one_in_it(comment: str) -> None:
    assert (read(comment) or "").removesuffix(" 2015") not in {
        "ICML",
        "ICCV",
        "Discrete Mathematics",
        "Journal of Algebra",
    }


def test_the_registry_is_large() -> None:
    """Conferences and journals of computing and the sciences."""
    names = {n.name for group in REGISTRY.by_initials.values() for n in group}
    assert len(names) >= 900


def test_every_known_name_is_found_as_itself() -> None:
    for group in REGISTRY.by_initials.values():
        for name in group:
            found = find_names(REGISTRY, name.written)
            assert [m.end - m.start for m in found[:1]], name.written


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=300))
def test_any_text_is_survived(venue: str, ref: str, comment: str) -> None:
    found = infer_venue(REGISTRY, venue, ref, comment)
    if found is not None:
        assert re.fullmatch(r"[a-z0-9-]+", found[0].slug)


PIECES = [
    "accepted",
    "to appear in",
    "submitted to",
    "(",
    ")",
    "CVPR",
    "'21",
    "2020",
    "Phys. ",
    "Rev. ",
    "J. ",
    "Journal",
    "of",
    "Conference",
    ",",
    ";",
    ". ",
    "workshop",
    "12",
    "{\\'e}",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_mixture_of_telling_words_is_survived(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for found in (infer_venue(REGISTRY, text, None, None), infer_venue(REGISTRY, None, text, text)):
        assert found is None or re.fullmatch(r"[a-z0-9-]+", found[0].slug)


@pytest.mark.parametrize(
    "piece",
    [
        "accepted ",
        "Journal of ",
        "A",
        "A.",
        "((",
        "to appear in J. ",
        "submitted ",
        ", A and ",
        "CVPR 2020 ",
        "Conference ",
        "Conference on A, B and ",
        "\\'e",
        "2020",
        "extended ",
        "a ",
    ],
)
def test_long_texts_take_no_long_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    with ends():
        found = [infer_venue(REGISTRY, text, None, None), infer_venue(REGISTRY, None, text, text)]
    assert all(venue.slug and len(venue.name) <= len(text) for venue, _ in filter(None, found))


def test_real_comments_that_only_submit_claim_nothing() -> None:
    """Comments of real listings that open with "submitted to" and say no more have no venue."""
    folder = SHARED / "dumps"
    if not folder.is_dir():
        pytest.skip("no shared listings beside the repository")
    seen = 0
    for path in sorted(folder.glob("*.truth.json")):
        for text in _comments(json.loads(path.read_text("utf-8"))):
            if re.match(r"submitted to\b[^.;]*$", text, re.I):
                seen += 1
                assert read(text) is None, text
    assert seen


def _comments(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("comment"), str):
            yield value["comment"]
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _comments(part)


SIGNS = st.lists(
    st.sampled_from(
        re.split(
            r"\||\n *",
            """9 pages|accepted|to appear in|extended|long and|version|of|part|this|paper
        submitted to|under|double blind|review|not|yet|published|elsewhere|in|press
        talk|given at|CVPR 2020|Nature|based|on|the|Proc.|of a|see|also|code|for
        technical|report|J. Phys. A|, 12 (2003)|CVPRW|Phys. Rev.|presented|was
        withdrawn|1st|place|dataset|follow-up|extends|camera-ready|(poster)""",
        )
    ),
    max_size=14,
).map(lambda pieces: " ".join(piece.strip() for piece in pieces))


@given(SIGNS)
def test_marks_stand_around_signs(text: str) -> None:
    """Looking around sign words alone finds every mark that reading it all does."""
    found = [(mark.start, mark.end) for mark in find_marks(text)]
    assert found == [m.span() for m in claims._MARK.finditer(text)]


@given(SIGNS)
def test_names_begin_with_words_that_open_names(text: str) -> None:
    """Looking only where a word may open a name finds every name that looking everywhere does."""
    everywhere = REGISTRY._replace(openers=defaultdict(lambda: True))
    assert find_names(REGISTRY, text) == find_names(everywhere, text)
