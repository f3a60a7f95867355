"""Every address that a paper ever had goes on answering, whatever becomes of the sources."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from digest import content
from digest.build import build
from digest.config import Config
from digest.website.output import files_below

HREF = re.compile(r'<a [^>]*?href="([^"#?]*)')
REFRESH = re.compile(r'http-equiv="refresh" content="0; url=([^"]+)"')
TEXTS = {
    "tides": "Who lives by the sea reads its level from the doors of old houses. We dated forty of "
    "these doors and found a rise that no gauge of the harbour has ever shown to anybody.",
    "moons": "Small companions of distant worlds betray themselves by a dip in light "
    "before the large one. A network of seven mirrors watched for "
    "such dips, and saw three of them in one year.",
    "salt": "Bread without it goes stale in two days. Bakers of four valleys let us weigh what "
    "they added, and their recipes turned out to follow the old border between the two dukedoms.",
    "rivers": "After heavy rain the sand moves in waves as long as a barge. Sounding from a bridge "
    "each hour gave us their speed, which depends on the slope far more than on the discharge.",
    "glaciers": "Ice sings when it breaks, in tones too low for our ears. Four buried microphones "
    "told where the next crevasse would open, on average nine days before anyone could see it.",
}
SUBJECTS = tuple(TEXTS)


def paper(subject: str, **more: str) -> dict[str, str]:
    return {"title": f"A long look at {subject} from ashore", "abstract": TEXTS[subject]} | more


def registry_of(content: Path) -> str:
    """Its text; "" where there was nothing to note yet."""
    path = content / "addresses.yaml"
    return path.read_text("utf-8") if path.exists() else ""


class House:
    """A digest whose sources change, and what was ever seen of it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.content = root / "content"
        (self.content / "notes").mkdir(parents=True)
        self.seen: set[str] = set()

    def write(self, name: str, *rows: dict[str, Any]) -> None:
        path = self.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))

    def note(self, slug: str, head: str) -> None:
        (self.content / "notes" / f"{slug}.md").write_text(f"---\n{head}\n---\nRead.\n")

    def round(self, *, cache: bool = True) -> dict[str, str]:
        """Build; check all addresses; what each answers with: `page`, `gone` or where it leads."""
        if not cache:
            # As on a machine that has nothing but what is under version control.
            shutil.rmtree(self.root / ".digest", ignore_errors=True)
            shutil.rmtree(self.root / "site", ignore_errors=True)
        build(self.root, Config(), jobs=1)
        before = self.tree()
        assert build(self.root, Config(), jobs=1).written == 0
        again = self.root.with_name(self.root.name + "-again")
        shutil.rmtree(again, ignore_errors=True)
        shutil.copytree(self.content, again / "content")
        build(again, Config(), jobs=1)
        assert {n: (again / "site" / n).read_bytes() for n in files_below(again / "site")} == before
        assert registry_of(again / "content") == self.registry()
        answers = self.answers()
        missing = self.seen - answers.keys()
        assert not missing
        self.seen |= answers.keys()
        self.check_links()
        return answers

    def tree(self) -> dict[str, bytes]:
        site = self.root / "site"
        return {name: (site / name).read_bytes() for name in files_below(site)}

    def registry(self) -> str:
        return registry_of(self.content)

    def answers(self) -> dict[str, str]:
        found: dict[str, str] = {}
        folder = self.root / "site/papers"
        for path in sorted(folder.glob("*.html")):
            text = path.read_text("utf-8")
            if led := REFRESH.search(text):
                target = (path.parent / led[1]).resolve()
                assert target.is_file()
                # One step, and it ends at a page.
                assert "http-equiv" not in target.read_text("utf-8").split("</head>")[0].replace(
                    'http-equiv="Content-Security-Policy"', ""
                )
                found[path.stem] = target.stem
            else:
                found[path.stem] = "gone" if "was removed from the digest" in text else "page"
        return found

    def check_links(self) -> None:
        site = self.root / "site"
        for path in site.rglob("*.html"):
            for href in HREF.findall(path.read_text("utf-8")):
                if href and ":" not in href:
                    assert (path.parent / href).resolve().is_file(), (path, href)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr(content, "_SETTLED", -1)
    return House(tmp_path / "digest")


def only(answers: dict[str, str], what: str) -> str:
    (one,) = [address for address, said in answers.items() if said == what]
    return one


def test_five_rounds(house: House) -> None:
    """Identifiers appear, files are renamed, papers merge and split by override, leave and return,
    the cache is lost: every address that any round had answers."""
    house.write("a.jsonl", paper("tides"), paper("moons", arxiv_id="2309.00001"))
    house.write("b.jsonl", paper("salt", doi="10.1145/12.34"))
    first = house.round()
    text = next(address for address in first if "tides" in address)
    assert set(first.values()) == {"page"}

    house.write(
        "a.jsonl", paper("tides", doi="10.1145/56.78"), paper("moons", arxiv_id="2309.00001")
    )
    (house.content / "b.jsonl").rename(house.content / "c.jsonl")
    second = house.round(cache=False)
    assert second[text] == "doi-10.1145-56.78"
    assert second["doi-10.1145-12.34"] == "page"

    house.write(
        "a.jsonl",
        paper("tides", doi="10.1145/56.78", arxiv_id="2309.00002"),
        paper("moons", arxiv_id="2309.00001"),
    )
    house.note(text, "hide: false\ncomment: By an old name.")
    third = house.round()
    assert third[text] == third["doi-10.1145-56.78"] == "arxiv-2309.00002"
    assert "By an old name." in (house.root / "site/papers/arxiv-2309.00002.html").read_text()

    house.write("a.jsonl", paper("tides", doi="10.1145/56.78", arxiv_id="2309.00002"))
    house.note("doi-10.1145-12.34", "hide: true")
    fourth = house.round(cache=False)
    assert fourth["arxiv-2309.00001"] == fourth["doi-10.1145-12.34"] == "gone"
    listed = (house.root / "site/sitemap.xml").read_text()
    assert "2309.00001" not in listed
    assert "2309.00001" not in (house.root / "site/index.html").read_text()

    (house.content / "notes/doi-10.1145-12.34.md").unlink()
    house.write("z/back.jsonl", paper("moons", arxiv_id="2309.00001", doi="10.1145/90.12"))
    fifth = house.round(cache=False)
    assert fifth["arxiv-2309.00001"] == fifth["doi-10.1145-12.34"] == "page"
    assert fifth[text] == "arxiv-2309.00002"
    redirects = (house.root / "site/_redirects").read_text().splitlines()
    assert f"/papers/{text}.html /papers/arxiv-2309.00002.html 301" in redirects


def test_what_was_one_by_override_and_is_two_again(house: House) -> None:
    """Merged by a note, the other's address leads to the whole; split, it is a page again. Where
    the whole loses the source of its own address, that leads to what is left."""
    one, two = "arxiv-2309.00001", "arxiv-2309.00002"
    house.write("a.jsonl", paper("tides", arxiv_id="2309.00001"))
    house.write("b.jsonl", paper("tides"))
    first = house.round()
    text = next(address for address in first if address != one)
    assert first == {one: "page", text: one}
    (house.content / "a.jsonl").unlink()
    assert house.round(cache=False) == {one: text, text: "page"}
    house.write("a.jsonl", paper("tides", arxiv_id="2309.00002"))
    assert house.round(cache=False) == {one: two, text: two, two: "page"}
    (house.content / "b.jsonl").unlink()
    house.write("a.jsonl", paper("moons", arxiv_id="2309.00003"))
    assert house.round() == {one: "gone", text: "gone", two: "gone", "arxiv-2309.00003": "page"}


def test_a_note_joins_and_parts(house: House) -> None:
    """What a note makes one has one page, and both addresses again when the note is gone."""
    one, two = "arxiv-2309.00001", "doi-10.1145-1.1"
    house.write("a.jsonl", paper("tides", arxiv_id="2309.00001"), paper("salt", doi="10.1145/1.1"))
    apart = {one: "page", two: "page"}
    assert house.round() == apart
    house.note(one, f"same_as: {two}")
    assert house.round(cache=False) == {one: "page", two: one}
    (house.content / f"notes/{one}.md").unlink()
    assert house.round(cache=False) == apart


def test_an_edited_text_is_the_same_paper(house: House) -> None:
    """The address of a paper without identifier hangs on its words: those of another wording, or
    with another title, lead on. A paper that is gone for good does not."""
    house.write("a.jsonl", paper("tides"), paper("moons"))
    tides, moons = sorted(house.round(), key=lambda address: "moons" in address)
    more = TEXTS["salt"] + " " + TEXTS["tides"]
    house.write("a.jsonl", paper("tides", abstract=more), paper("moons", title="Companions"))
    second = house.round(cache=False)
    assert "moons" not in second[moons]
    assert second[moons].startswith("companions-")
    assert second[tides].startswith("a-long-look-at-tides-")
    house.write("a.jsonl", paper("rivers"))
    assert set(house.round().values()) == {"page", "gone"}


def test_who_came_first_keeps_the_address(house: House) -> None:
    """Of two papers that nothing but a link tells apart each keeps its address, whoever else comes
    or goes."""
    rows = [
        f"@misc{{p{n}, title={{Preface}}, author={{Ada Byron}}, year={{2020}}, url={{{url}}}}}\n"
        for n, url in enumerate(f"https://example.org/{n}" for n in range(3))
    ]
    source = house.content / "a.bib"
    source.write_text(rows[0])
    base = only(house.round(), "page")
    source.write_text("".join(rows[::-1]))
    assert [*house.round().values()] == ["page"] * 3
    page = (house.root / f"site/papers/{base}.html").read_text("utf-8")
    assert "https://example.org/0" in page
    source.write_text("".join(rows[1:]))
    last = house.round(cache=False)
    assert last.pop(base) == "gone"
    assert [*last.values()] == ["page"] * 2


def test_one_abstract_under_two_titles(house: House) -> None:
    """Papers that only their titles tell apart have a key each, and are related to each other."""
    house.write("a.jsonl", paper("tides"), paper("tides", title="Preface"))
    house.write("b.jsonl", paper("tides", title="On what the sea left", arxiv_id="2309.00001"))
    house.round()
    found = [*map(json.loads, (house.root / "site/data/papers-1.jsonl").read_text().splitlines())]
    keys = {row["key"] for row in found}
    assert len(keys) == len(found) > 1
    for row in found:
        assert {other["key"] for other in row["related"]} <= keys - {row["key"]}


def test_addresses_that_could_not_be_noted_are_noted_by_the_next_build(house: House) -> None:
    """Though nothing else has changed since."""
    house.write("a.jsonl", paper("tides", doi="10.1145/12.34"))
    blocked = house.content / ".addresses.yaml.new"
    blocked.mkdir()
    told = build(house.root, Config(), jobs=1).problems
    assert [(problem.path, problem.severity) for problem in told] == [("addresses.yaml", "note")]
    assert build(house.root, Config(), jobs=1).problems == told
    blocked.rmdir()
    assert not build(house.root, Config(), jobs=1).problems
    assert "doi-10.1145-12.34:" in house.registry().splitlines()


STEP = st.one_of(
    st.tuples(
        st.just("put"),
        st.sampled_from(SUBJECTS),
        st.sampled_from(["a.jsonl", "b.jsonl", "c/d.jsonl"]),
        st.fixed_dictionaries(
            {},
            optional={
                "arxiv_id": st.sampled_from(["2309.00001", "2309.00002"]),
                "doi": st.sampled_from(["10.1145/1.1", "10.1145/2.2"]),
                "title": st.sampled_from(["Preface", "On what the sea has left behind"]),
            },
        ),
    ),
    st.tuples(st.just("drop"), st.sampled_from(["a.jsonl", "b.jsonl", "c/d.jsonl"])),
    st.tuples(
        st.just("note"),
        st.integers(0, 9),
        st.integers(0, 9),
        st.sampled_from(["hide: true", "same_as: {}", "not_same_as: {}", "comment: x"]),
    ),
    st.tuples(st.just("unnote")),
)


@given(st.lists(st.lists(STEP, min_size=1, max_size=4), min_size=5, max_size=5), st.data())
# A failure is told as it was found: to look for a smaller one takes minutes.
@settings(max_examples=3, deadline=None, phases=(Phase.explicit, Phase.generate))
def test_any_five_rounds(
    tmp_path_factory: pytest.TempPathFactory, rounds: list[list[Any]], data: st.DataObject
) -> None:
    """Whatever is put, taken, renamed, hidden, joined and parted, with the cache or without."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(content, "_SETTLED", -1)
        house = House(tmp_path_factory.mktemp("any") / "digest")
        rows: dict[str, list[dict[str, str]]] = {"a.jsonl": [paper("tides")]}
        for steps in rounds:
            for kind, *what in steps:
                addresses = sorted(house.seen) or ["arxiv-2309.00001"]
                if kind == "put":
                    rows.setdefault(what[1], []).append(paper(what[0], **what[2]))
                elif kind == "drop":
                    rows.pop(what[0], None)
                    (house.content / what[0]).unlink(missing_ok=True)
                elif kind == "note":
                    one, other = (addresses[n % len(addresses)] for n in what[:2])
                    house.note(one, what[2].format(other))
                else:
                    for path in (house.content / "notes").iterdir():
                        path.unlink()
            for name, found in rows.items():
                house.write(name, *found)
            house.round(cache=data.draw(st.booleans()))
