"""`digest enrich` from files to files: what it writes, what a build makes of it, what it leaves."""

from __future__ import annotations

import gzip
import json
import lzma
from pathlib import Path
from typing import Any

import pytest

from digest.build import build
from digest.catalogue.gains import Gain, read_gains
from digest.cli import main
from digest.config import Config
from digest.enrich.command import Report, enrich
from digest.enrich.entries import to_files, to_yaml
from digest.paper import Record
from digest.problems import DigestError
from digest.text import fold

SUBJECTS = "rivers lakes glaciers dunes deltas fjords geysers caves reefs moors".split()
LETTERS = (
    "We follow {0} over forty years, and find that {0} tell how a valley changes where {1} end."
)


def paper(number: int) -> dict[str, Any]:
    """A record as arXiv's collection has it, in our words."""
    one, other = SUBJECTS[number % 10], SUBJECTS[(number // 10 + number + 1) % 10]
    return {
        "id": f"1905.{number + 1:05d}",
        "title": f"What {one} tell of {other} in valley number {number}",
        "authors": "Ann Brook and Bo Hill",
        "authors_parsed": [["Brook", "Ann", ""], ["Hill", "Bo", ""]],
        "abstract": f"  {LETTERS.format(one, other)} This is\ntold of valley {number * 7919}.\n",
        "categories": "physics.geo-ph",
        "doi": f"10.5555/valley.{number}",
        "versions": [{"version": "v1", "created": "Thu, 2 May 2019 09:00:00 GMT"}],
        "update_date": "2019-06-01",
    }


PAPERS = [paper(n) for n in range(40)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A digest that knows some papers by abstract, one by identifier, one by title, and one that
    nobody else knows."""
    content = tmp_path / "content"
    content.mkdir()
    said = [f"Abstract: {' '.join(PAPERS[n]['abstract'].split())}" for n in (3, 4, 5)]
    said.append("Abstract: Nobody has ever heard of this paper, which is about clouds at night.")
    (content / "list.txt").write_text("\n\n".join(said) + "\n", "utf-8")
    (content / "a.bib").write_text(
        "@misc{a, title = {Stones}, eprint = {1905.00010}, archivePrefix = {arXiv}}\n"
        f"@misc{{b, title = {{{PAPERS[20]['title']}}}, author = {{Brook, Ann}}}}\n",
        "utf-8",
    )
    (tmp_path / "all.jsonl").write_text("".join(json.dumps(p) + "\n" for p in PAPERS), "utf-8")
    return tmp_path


def run(root: Path, *names: str) -> Report:
    paths = [root / name for name in names]
    return enrich(root, Config(), paths, lambda _stage, _done, _total: None, None)


def written(root: Path) -> dict[str, str]:
    return {p.name: p.read_text("utf-8") for p in (root / "content/enriched").glob("*")}


def test_gaps_are_filled(root: Path) -> None:
    """Papers known by abstract or title gain what the collection says of them, and a build shows it
    under their new addresses, the old ones redirecting."""
    report = run(root, "all.jsonl")
    assert (report.papers, report.matched, report.enriched) == (6, 4, 4)
    assert report.gained == {
        "title": 3, "published": 4, "eprint": 4, "doi": 4, "abstract": 1, "authors": 3,
    }  # fmt: skip
    assert report.by == {"abstract": 3, "title": 1}
    # An identifier under which the collection has another title is refused, and that is said.
    assert [seen for seen, _ in report.refused] == ["Stones"]
    build(root, Config(), jobs=1)
    lines = (root / "site/data").glob("papers-*.jsonl")
    shown = [json.loads(line) for file in lines for line in file.read_text("utf-8").splitlines()]
    enriched = {p["eprint"]: p for p in shown if p["title_source"] == "enriched"}
    assert set(enriched) == {PAPERS[n]["id"] for n in (3, 4, 5)}
    for n in (3, 4, 5):
        found = enriched[PAPERS[n]["id"]]
        assert found["title"] == PAPERS[n]["title"]
        assert found["authors"] == ["Ann Brook", "Bo Hill"]
        assert (found["published"], found["doi"]) == ("2019-05-02", PAPERS[n]["doi"])
        assert all((root / "site" / alias).is_file() for alias in found["aliases"])
        assert found["aliases"]


def tree(root: Path) -> dict[str, bytes]:
    site = root / "site"
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def test_a_build_after_it_equals_a_clean_one(root: Path) -> None:
    """What was found, and what was then refused, is in the next build as if it were the first."""
    build(root, Config(), jobs=1)
    bare = tree(root)
    run(root, "all.jsonl")
    build(root, Config(), jobs=1)
    after = tree(root)
    build(root, Config(), jobs=1, clean=True)
    assert tree(root) == after != bare
    for file in (root / "content/enriched").glob("*"):
        text = file.read_text("utf-8")
        file.write_text(text.replace("  found:", "  accepted: no\n  found:"), "utf-8")
    build(root, Config(), jobs=1)
    refused = tree(root)
    assert {name for name in refused if name.startswith("papers/")} >= {
        name for name in bare if name.startswith("papers/")
    }
    build(root, Config(), jobs=1, clean=True)
    assert tree(root) == refused


@pytest.mark.parametrize("kind", ["gz", "xz", "bib"])
def test_any_file_that_is_read_is_a_collection(root: Path, kind: str) -> None:
    """A compressed collection, or one in another format, finds the same papers."""
    data = (root / "all.jsonl").read_bytes()
    name = f"other.{kind}" if kind == "bib" else f"all.jsonl.{kind}"
    if kind == "bib":
        entries = (
            f"@misc{{k{n}, title = {{{p['title']}}}, author = {{Brook, Ann and Hill, Bo}},\n"
            f" eprint = {{{p['id']}}}, archivePrefix = {{arXiv}}, year = 2019,\n"
            f" abstract = {{{' '.join(p['abstract'].split())}}}}}\n"
            for n, p in enumerate(PAPERS)
        )
        data = "".join(entries).encode()
    packed = gzip.compress(data) if kind == "gz" else lzma.compress(data) if kind == "xz" else data
    (root / name).write_bytes(packed)
    assert run(root, name).by == {"abstract": 3, "title": 1}


def test_another_run_changes_nothing(root: Path) -> None:
    """The same question has the same answer, and its files are not touched."""
    run(root, "all.jsonl")
    before = written(root)
    report = run(root, "all.jsonl")
    assert (report.enriched, report.files, report.matched) == (0, (), 4)
    assert written(root) == before


def test_what_the_user_wrote_stays(root: Path) -> None:
    """A refused entry is not proposed again, an accepted one not added to, and a changed value is
    not changed back."""
    run(root, "all.jsonl")
    (file,) = (root / "content/enriched").glob("text.yaml")
    text = file.read_text("utf-8")
    proposed = [gain for gain in read_gains(text, "text.yaml")[0] if gain.found.title]
    first, second, third = proposed
    text = text.replace(f'"{first.paper}"', f'"{first.paper}"\n  accepted: no')
    text = text.replace(f'title: "{second.found.title}"', 'title: "My own words"')
    text = text.replace(f'"{third.paper}"', f'"{third.paper}"\n  accepted: yes')
    text = text.replace(f'    doi: "{third.found.doi}"\n', "")
    file.write_text(text, "utf-8")
    (root / "more.jsonl").write_text(
        "".join(json.dumps(p | {"journal-ref": "Valleys 3 (2020) 1"}) + "\n" for p in PAPERS)
    )
    run(root, "more.jsonl")
    now = {gain.paper: gain for gain in read_gains(file.read_text("utf-8"), "text.yaml")[0]}
    assert now[first.paper].accepted is False
    assert now[first.paper].found.title == first.found.title
    assert now[first.paper].found.journal_ref is None
    assert now[second.paper].found.title == "My own words"
    assert now[second.paper].found.journal_ref == "Valleys 3 (2020) 1"
    assert now[third.paper].found.doi is None


def test_a_changed_collection_is_indexed_anew(root: Path) -> None:
    """An index answers for the collection that it was built of, and for no other."""
    (root / "few.jsonl").write_text(json.dumps(PAPERS[30]) + "\n" + json.dumps(PAPERS[31]) + "\n")
    assert run(root, "few.jsonl").matched == 0
    (root / "few.jsonl").write_text(json.dumps(PAPERS[3]) + "\n" + json.dumps(PAPERS[31]) + "\n")
    assert run(root, "few.jsonl").matched == 1


def test_a_lost_or_broken_index_is_built_again(root: Path) -> None:
    """What lies in .digest may be deleted or cut at any moment."""
    assert run(root, "all.jsonl").matched == 4
    (index,) = (root / ".digest").glob("snapshot-*")
    for name in ("about.json", "blocks.bin", "store.bin", "keys.bin"):
        (index / name).write_bytes((index / name).read_bytes()[:3])
        assert run(root, "all.jsonl").matched == 4


def test_what_was_found_by_one_collection_is_completed_by_another(root: Path) -> None:
    """Several collections are asked together; of what they say differently nothing is taken."""
    bare = [{k: v for k, v in p.items() if k != "doi"} for p in PAPERS]
    wrong = [p | {"title": "Another title for the paper", "journal-ref": "V 1"} for p in bare]
    (root / "wrong.jsonl").write_text("".join(json.dumps(p) + "\n" for p in wrong))
    report = run(root, "all.jsonl", "wrong.jsonl")
    assert "title" not in report.gained
    assert report.gained["doi"] == report.gained["eprint"]
    assert report.gained["journal_ref"] == 3


def test_entries_survive_their_own_form() -> None:
    """Whatever characters a field holds, it is read as it was written."""
    nasty = "A “title” \\ with: # all - 'kinds' of \u2028 marks \U000e0001 & “\"” é 𝕏 {x} [y]"
    found = Record(span=(0, 0), title=nasty, authors=("- a: b", "no", "'"))
    gain = Gain(paper="doi:10.5555/1", seen=nasty, found=found, evidence=(("from", nasty),))
    (again,), problems = read_gains("# head\n" + to_yaml(gain), "f.yaml")
    assert not problems
    assert (again.seen, again.evidence) == (gain.seen, gain.evidence)
    assert (again.found.title, again.found.authors) == (fold(nasty), found.authors)


def test_files_are_sorted_and_parted() -> None:
    """Entries stand by year of arXiv, DOI or neither, in the order of their keys."""
    text = "".join(
        f'- paper: "{key}"\n  found:\n    title: "A"\n'
        for key in ("text:b", "arxiv:2001.00002", "doi:10.5555/1", "arxiv:hep-th/9901001", "text:a")
    )
    gains = read_gains(text, "f")[0]
    files = to_files({gain.paper: gain for gain in gains})
    assert [*files] == ["arxiv-1999.yaml", "arxiv-2020.yaml", "doi.yaml", "text.yaml"]
    assert files["text.yaml"].index("text:a") < files["text.yaml"].index("text:b")


def test_a_broken_file_of_findings_stops_the_run(root: Path) -> None:
    """What cannot be read is not written over."""
    run(root, "all.jsonl")
    file = root / "content/enriched/text.yaml"
    file.write_text(file.read_text("utf-8") + "- [\n", "utf-8")
    before = written(root)
    with pytest.raises(DigestError, match="not valid YAML"):
        run(root, "all.jsonl")
    assert written(root) == before


def test_files_of_the_user_are_left_alone(root: Path) -> None:
    """Another file in the folder is neither changed nor deleted, and a paper that it speaks of is
    not spoken of twice."""
    run(root, "all.jsonl")
    mine = root / "content/enriched/mine.yaml"
    ours = root / "content/enriched/text.yaml"
    text = ours.read_text("utf-8")
    (gain, *_) = read_gains(text, "text.yaml")[0]
    mine.write_text(f'# mine\n- paper: "{gain.paper}"\n  found: {{title: Mine}}\n- 3\n', "utf-8")
    ours.unlink()
    run(root, "all.jsonl")
    assert mine.read_text("utf-8").startswith("# mine")
    assert gain.paper not in ours.read_text("utf-8")
    assert len(read_gains(ours.read_text("utf-8"), "text.yaml")[0]) == 3


def test_the_command_tells_what_it_did(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--json` prints one object; without anywhere to look, or with a file that is missing or holds
    no paper, the command cannot run."""
    monkeypatch.chdir(root)
    (root / "empty.txt").write_text("")
    for arguments, status in (
        (["--snapshot", "all.jsonl", "--json"], 0),
        (["--snapshot", "all.jsonl"], 0),
        ([], 2),
        (["--snapshot", "missing.jsonl"], 2),
        (["--snapshot", "empty.txt"], 2),
    ):
        with pytest.raises(SystemExit) as done:
            main(["enrich", *arguments])
        assert done.value.code == status
        said = capsys.readouterr()
        if "--json" in arguments:
            assert json.loads(said.out)["enriched"] == 4
        else:
            assert said.err and not said.out
