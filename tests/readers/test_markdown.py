"""Papers in Markdown: every shape in which people list them, and nothing that lists none."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.paper import Link, Record
from digest.readers import FileReading
from digest.readers.base import Chrome, Unread
from digest.readers.markdown.document import READER
from digest.readers.reading import account as make_account
from tests.readers.account import lost_in_text

FIXTURES = Path(__file__).parent / "fixtures" / "markdown"


def account(text: str) -> FileReading:
    """What the reader makes of `text`; every character has one owner, and none was passed over."""
    passages = list(READER.read(text))
    spans = [p.span for p in passages if isinstance(p, Record | Chrome | Unread)]
    assert all(a[1] <= b[0] for a, b in pairwise(spans)), "spans overlap"
    reading = make_account(text, "x.md", READER.name, [(p, READER.name) for p in passages], [])
    assert not lost_in_text(text, reading)
    assert not [why for _, _, why in reading.unread if "passed over" in why]
    return reading


def records(text: str) -> list[Record]:
    return [sighting.record for sighting in account(text).sightings]


def one(line: str) -> Record:
    """The paper of a list that has this item between two others."""
    first = "- [The first of all papers](https://arxiv.org/abs/2301.10001)\n"
    last = "- [The last of all papers](https://arxiv.org/abs/2301.10002)\n"
    found = records(f"# Papers\n\n{first}{line}\n{last}")
    assert len(found) == 3, [r.title for r in found]
    assert found[2].title == "The last of all papers"
    return found[1]


ID = "https://arxiv.org/abs/2305.00003"


@pytest.mark.parametrize(
    ("line", "title", "authors", "venue", "published"),
    [
        (f"- [Moths at Night]({ID}) - Ada Owl, Bob Finch, *CVPR 2023*. "
         f"[[code]](https://github.com/a/b)",
         "Moths at Night", ("Ada Owl", "Bob Finch"), "CVPR 2023", None),
        (f"- **Counting Moths.** *Ada Owl, Bob Finch, et al.* NeurIPS 2022. [[paper]({ID})]",
         "Counting Moths", ("Ada Owl", "Bob Finch"), "NeurIPS 2022", None),
        (f"- [2023/05] **Moths and the Moon** "
         f"[[Paper]({ID})]", "Moths and the Moon", (), None, "2023-05"),
        (f"- `ICLR 2024` Large Moth Models "
         f"[[Paper]]({ID})", "Large Moth Models", (), "ICLR 2024", None),
        (f"- (*ICML 2021*) Owls, Moths and Learning [[pdf]({ID})]",
         "Owls, Moths and Learning", (), "ICML 2021", None),
        (f'- Ada Owl, Bob Finch, ["Night Vision for Moths"]({ID}), *Journal of Moths*, 2020',
         "Night Vision for Moths", ("Ada Owl", "Bob Finch"), None, "2020"),
        (f'- "Moth Wings Are All You Need", CVPR 2022 [[paper]({ID})]',
         "Moth Wings Are All You Need", (), "CVPR 2022", None),
        (f"- **MothNet**: A Network for Moths. Ada Owl, Bob Finch. ECCV 2020. [[Paper]({ID})]",
         "MothNet: A Network for Moths", ("Ada Owl", "Bob Finch"), "ECCV 2020", None),
        (f"- [**MothGPT: Talking to Moths.**]({ID}), arXiv 2023",
         "MothGPT: Talking to Moths", (), None, None),
        (f"- **[CVPR 2024]** Moths in Space [[paper]({ID})][[code](https://github.com/q/r)]",
         "Moths in Space", (), "CVPR 2024", None),
        (f"- Moths in Time, Ada Owl, Bob Finch, AAAI 2021. [[pdf]({ID})]",
         "Moths in Time", ("Ada Owl", "Bob Finch"), "AAAI 2021", None),
        (f"- [[ECCV2020]({ID})] Pillars of Moths for Driving [[Project](https://a.github.io)]",
         "Pillars of Moths for Driving", (), "ECCV2020", None),
        (f"- [[QXZ]({ID})] Pillars of Moths for Driving",
         "Pillars of Moths for Driving", (), None, None),
        (f"* [AIRL] <[Moths by Inverse Learning]({ID})>, by Ada B. Owl and Bob Finch, ICLR 2018.",
         "Moths by Inverse Learning", ("Ada B. Owl", "Bob Finch"), "ICLR 2018", None),
        (f"- **Do Moths See? A Study of Lamps.** "
         f"*Ada Owl (Moth University) et al. EMNLP.*[[paper]({ID})]",
         "Do Moths See? A Study of Lamps", ("Ada Owl",), "EMNLP", None),
        (f"* [Moth Transformers]({ID})<br>:star:[code](https://github.com/a/b)",
         "Moth Transformers", (), None, None),
        (f"3. [![arXiv](https://img.shields.io/badge/arXiv-2305.00003-b31b1b.svg)]({ID}) "
         f"**Moth Badges** Ada Owl",
         "Moth Badges", ("Ada Owl",), None, None),
        (f"- Owl, A., & Finch, B. (2019). Moth detection in the wild. [link]({ID})",
         "Moth detection in the wild", None, None, "2019"),
        (f"- <b>Moths in Tags</b> <i>Ada Owl, Bob Finch</i> <a href='{ID}'>paper</a>",
         "Moths in Tags", ("Ada Owl", "Bob Finch"), None, None),
        (f"- Moths &amp; Owls of $a_1*b_2$ [paper]({ID})",
         "Moths & Owls of $a_1*b_2$", (), None, None),
        (f"- [Moths Torn Apart]({ID}", "Moths Torn Apart", (), None, None),
    ],
)  # fmt: skip
def test_items(
    line: str, title: str, authors: tuple[str, ...] | None, venue: str | None, published: str | None
) -> None:
    """The ways to write a paper on one line."""
    record = one(line)
    assert record.title == title
    assert record.eprint == "2305.00003"
    assert authors is None or record.authors == authors
    assert (record.venue, record.published) == (venue, published)
    assert record.published_as == ("markdown" if published else None)


def test_links_have_kinds() -> None:
    """Labels in two languages, badges and hosts tell what a link leads to."""
    record = one(
        f"- **Moths** of the World [[论文]({ID})] [代码](https://git.example.org/x) "
        "[Project Page](https://moth.example.org/) [[Video]](https://youtu.be/abc) [top](#top)"
    )
    assert record.links == (
        Link("paper", ID),
        Link("code", "https://git.example.org/x"),
        Link("project", "https://moth.example.org/"),
        Link("video", "https://youtu.be/abc"),
    )


def test_items_below_items() -> None:
    """Nested items are fields of the paper above, papers of their own below a topic, or prose."""
    found = records(
        "# Papers\n\n## 2024\n- **Moths Fly at Night**\n  - Authors: Ada Owl, Bob Finch\n"
        "  - 📑 Venue: CVPR 2024\n  - 💻 Env: [Lamp]\n  - 🔑 Key: [lamps], [night flight]\n"
        "  - [Paper](https://arxiv.org/abs/2401.00001), [Code](https://github.com/a/b)\n"
        "  - TL;DR: moths are counted by lamps.\n"
        "- **Owls Hunt at Dawn**\n  *Bob Finch, Ada Owl*\n  ICLR 2024 "
        "[[paper](https://arxiv.org/abs/2401.00002)]\n"
        "- Transformers\n  - [Wings for Transformers](https://arxiv.org/abs/2401.00003)\n"
    )
    assert [r.title for r in found] == [
        "Moths Fly at Night", "Owls Hunt at Dawn", "Wings for Transformers",
    ]  # fmt: skip
    first, second, third = found
    assert first.authors == ("Ada Owl", "Bob Finch")
    assert (first.venue, first.eprint) == ("CVPR 2024", "2401.00001")
    assert first.tags == ("lamps", "night flight")
    assert first.abstract == "moths are counted by lamps."
    assert (second.authors, second.venue) == (("Bob Finch", "Ada Owl"), "ICLR 2024")
    assert third.tags == ("Transformers",)


TABLE = (FIXTURES / "table.md").read_text("utf-8")


def test_table_with_broken_rows() -> None:
    """Escaped and bare pipes, missing cells, torn lines; the row without a title is told of."""
    for text in (TABLE, TABLE.replace("\n", "\r\n"), TABLE.replace("\n", "\r")):
        reading = account(text)
        found = [s.record for s in reading.sightings]
        assert [r.title for r in found] == [
            "Moths | and Owls", "Moths of $|x|$ norm", "Missing cells here", "A Title Torn in Two",
        ]  # fmt: skip
        assert [r.eprint for r in found] == [f"2401.0000{n}" for n in (1, 2, 3, 5)]
        assert [r.published for r in found] == [f"2024-01-0{n}" for n in (2, 3, 4, 6)]
        assert (found[0].authors, found[0].eprint_version) == (("Ada Owl",), 2)
        assert Link("code", "https://github.com/a/b") in found[1].links
        assert {r.tags for r in found} == {("SLAM",)}
        assert len(reading.unread) == 1
    reading = account(TABLE)
    assert {p.line for p in reading.problems} == {6, 8}
    assert any("no title" in p.message for p in reading.problems)


def test_table_with_folded_abstracts() -> None:
    """`<details>` in cells: what folds a text away is no part of it, and LaTeX stays."""
    (record,) = records(
        "| **Title** | **Date** | **Abstract** | **Comment** |\n| --- | --- | --- | --- |\n"
        "| "
        "**[Moth Time](https://arxiv.org/abs/2608.19171v1)** | 2026-08-19 | <details><summary>Show"
        "</summary><p>We see $\\mathrm{tr}\\,X$ &amp; count.</p></details> | "
        "<details><summary>3 pa..."
        "</summary><p>3 pages</p></details> |\n"
    )
    assert record.abstract == "We see $\\mathrm{tr}\\,X$ & count."
    assert (record.comment, record.published) == ("3 pages", "2026-08-19")


def test_table_with_title_and_authors_in_a_cell() -> None:
    """A badge, the title as a link and the names below it share the cell."""
    (record,) = records(
        "| Title & Authors | Introduction | Links |\n|:--|:----:|:---:|\n"
        "|[![Star](https://img.shields.io/github/stars/a/b.svg)](https://github.com/a/b)<br>"
        "[**Moth Prune: On Pruning**](https://arxiv.org/abs/2301.00774) <br> Ada Owl, Bob Finch "
        '|<img width="522" src="x.png"> |[Github](https://github.com/a/b)|\n'
    )
    assert record.title == "Moth Prune: On Pruning"
    assert record.authors == ("Ada Owl", "Bob Finch")
    assert Link("code", "https://github.com/a/b") in record.links


@pytest.mark.parametrize(
    "cell",
    [
        "1) **Moth Reader** - a model that reads moths and says what they are worth to an owl.",
        "1) Moth Reader  Introduces a model that reads moths and says what they are to an owl.",
        "1) Moth Reader - introduces a model that reads moths and says what they are to an owl.",
    ],
)
def test_newsletter_rows(cell: str) -> None:
    """A title and a sentence share a cell, with little between them."""
    (record,) = records(
        "## Top Papers of the Week (June 2 - June 8)\n| **Paper** | **Links** |\n| --- | --- |\n"
        f"| {cell}  <br>● It reads (<IS>). | [Paper]({ID}), [Tweet](https://x.com/a/1) |\n"
    )
    assert record.title == "Moth Reader"
    assert record.abstract is not None
    assert "reads moths" in record.abstract
    assert "(<IS>)" in record.abstract
    assert (record.eprint, record.tags) == ("2305.00003", ())


def test_newsletter_items() -> None:
    """Numbered items with a sentence and links."""
    found = records(
        "## Top Papers of the Week\n1. **Moth LLM** - a model that listens to moths and answers "
        "them at night. [paper](https://arxiv.org/abs/2401.00001) | [tweet](https://x.com/a/1)\n"
        "2. **Owl Agents** - a study of agents that hunt at night when no moth is there. "
        "([paper](https://arxiv.org/abs/2401.00002) | [tweet](https://x.com/a/2))\n"
    )
    assert [r.title for r in found] == ["Moth LLM", "Owl Agents"]
    assert found[0].abstract == "a model that listens to moths and answers them at night."
    assert found[1].abstract == ("a study of agents that hunt at night when no moth is there.")


def test_headings_with_fields() -> None:
    """A heading is the title, and labels below it name the fields; the abstract has paragraphs."""
    found = records(
        "# arXiv 2024-01-05\n## 1. Moth Clocks and Their Keepers\n**Authors:** Ada Owl, Bob Finch\n"
        "**Abstract:** We count moths\nby night.\n\nThey fly.\n\n- Published: 2024-01-05\n"
        "- **DOI**: 10.1000/moth.1\n**Link:** https://arxiv.org/abs/2401.00001\n\n---\n\n"
        "## 2. Owls at the Window\n**Authors**: Cy Wren | **Date**: 2024-01-04 | **Categories**: "
        "cs.CV, cs.LG\n[PDF](https://arxiv.org/pdf/2401.00002v1)\n\n"
        "<details><summary>Abstract</summary>\nOwls are seen.\n</details>\n"
    )
    assert [r.title for r in found] == ["Moth Clocks and Their Keepers", "Owls at the Window"]
    first, second = found
    assert first.abstract == "We count moths by night.\n\nThey fly."
    assert (first.published, first.eprint, first.doi) == (
        "2024-01-05",
        "2401.00001",
        "10.1000/moth.1",
    )
    assert (second.authors, second.published) == (("Cy Wren",), "2024-01-04")
    assert second.tags == ("cs.CV", "cs.LG")
    assert (second.eprint, second.eprint_version) == ("2401.00002", 1)
    assert second.abstract == "Owls are seen."


def test_chinese_labels() -> None:
    """Labels in Chinese; a search dump with the identifier in the heading."""
    found = records(
        "### arXiv:2512.00001 Moths? At Night\n\nhttps://arxiv.org/abs/2512.00001\n\n"
        "题摘原始内容：\n\nWe count moths. △ Less\n\n日期/说明：Submitted 15 December, "
        "2025; originally announced December 2025. | Comments: 17 pages\n\n"
    )
    assert found[0].title == "Moths? At Night"
    assert found[0].eprint == "2512.00001"
    separate = records(
        "# 论文\n\n**【2】飞蛾检测的新方法**\n**标题**：Moth Detection\n"
        "**作者**：Ada Owl，Bob Finch\n"
        "**链接**：https://arxiv.org/abs/2401.00001\n**摘要**：We detect moths.\n"
    )
    assert separate[0].title == "Moth Detection"
    assert separate[0].authors == ("Ada Owl", "Bob Finch")
    assert separate[0].abstract == "We detect moths."


def test_paragraphs_with_bold_titles() -> None:
    """Entries without bullets, their lines ended by a backslash."""
    found = records(
        "## 3D Vision\n\n**Moth Fields** \\\n*Ada H. Owl, Bob Finch* \\\narXiv 2023. "
        "[[Paper](https://arxiv.org/abs/2305.15586)] \\\n24 May 2023\n\n"
        "**Owls in Fields** \\\n*Cy Wren* \\\nICML 2022. "
        "[[Paper](https://arxiv.org/abs/2206.08265)] \\\n16 Jun 2022\n"
    )
    assert [r.title for r in found] == ["Moth Fields", "Owls in Fields"]
    assert found[0].authors == ("Ada H. Owl", "Bob Finch")
    assert [r.published for r in found] == ["2023-05-24", "2022-06-16"]
    assert [r.venue for r in found] == [None, "ICML 2022"]
    assert found[0].tags == ("3D Vision",)


def test_summaries_as_titles() -> None:
    """`<details>` blocks, one a paper."""
    found = records(
        "<details><summary>Moths on the Wall (2401.00009)</summary>\n\n**Authors:** Ada Owl\n"
        "**PDF:** [link](https://arxiv.org/pdf/2401.00009)\n\n> We look at moths on walls, and "
        "count them by the light of a lamp.\n\n</details>\n\n<details>\n"
        "<summary>Owls on the Roof</summary>\n\n**Authors:** Bob Finch\n**PDF:** [link](https://arxiv.org/pdf/2401.00010)\n\n</details>\n"
    )
    assert [r.title for r in found] == ["Moths on the Wall", "Owls on the Roof"]
    assert [r.authors for r in found] == [("Ada Owl",), ("Bob Finch",)]


def test_a_broken_item_costs_itself() -> None:
    """The item that cannot be understood is unread, with its line, and those around it are read."""
    text = (
        "# Moths\n- [The First Moth](https://arxiv.org/abs/2401.00001)\n"
        "- [](https://arxiv.org/abs/2401.00002)\n- [The Third Moth](https://arxiv.org/abs/2401.00003)\n"
    )
    for each in (text, text.replace("\n", "\r\n")):
        reading = account(each)
        assert [s.record.title for s in reading.sightings] == ["The First Moth", "The Third Moth"]
        assert any(p.line == 3 and p.severity == "warning" for p in reading.problems)


def test_span_is_the_entry() -> None:
    """A record owns its own characters, from the bullet to its last word."""
    text = "# A\n\n- [The First Moth](https://arxiv.org/abs/2401.00001) x\n\nFin.\n"
    (sighting,) = account(text).sightings
    start, end = sighting.record.span
    assert text[start:end] == "- [The First Moth](https://arxiv.org/abs/2401.00001) x"


@pytest.mark.parametrize(
    "heading",
    [
        "## Contents",
        "## 2024",
        "## Papers",
        "## Papers for 2025-01-08",
        "## Top of the Week",
        "## CVPR 2024",
    ],
)
def test_headings_that_are_no_topics(heading: str) -> None:
    """Furniture, dates and venues are no tags."""
    found = records(f"{heading}\n- [The First Moth](https://arxiv.org/abs/2401.00001)\n")
    assert found[0].tags == ()
    assert found[0].venue == ("CVPR 2024" if "CVPR" in heading else None)


@pytest.mark.parametrize(
    "text",
    [
        "# Tool\n\nA tool for moths.\n\n## Install\n\n- run `make`\n- read [the docs](docs/a.md)\n",
        "# Tool\n\nSee [our paper](https://arxiv.org/abs/2401.00001) on it, and more prose about "
        "the tool that goes on for a while.\n\n## Usage\n\n```\ntool --moth\n```\n\n"
        "It does this and that, and then some more of it, as any tool would do at night.\n",
        "| Option | Meaning |\n|---|---|\n| a | b |\n", "Plain words.\n", "", "- a\n- b\n",
        '{"title": "[x](https://arxiv.org/abs/2401.00001)"}',
        "@article{a,\n title={x},\n url={https://arxiv.org/abs/2401.00001}}\n",
        "---\ntitle: x\n---\n- [a b c](https://arxiv.org/abs/2401.00001)\n",
    ],
)  # fmt: skip
def test_what_lists_no_papers_is_left_alone(text: str) -> None:
    """A README, prose and other formats score below one half."""
    assert READER.recognise(text) < 0.5


@given(st.text(alphabet="[]()!*_`|-#<>:/.\\\n\r aA1$&{}~=\"'", max_size=300))
def test_any_marks_are_accounted_for(text: str) -> None:
    """Whatever the marks are, every character has its owner and nothing is raised."""
    account(text)
    account("- [The First Moth](https://arxiv.org/abs/2401.00001)\n" + text)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 60_000, "- " + "[a](" * 15_000, "*a" * 30_000, "<a " * 20_000, "|a" * 30_000,
        "<!--\n" * 15_000, "```\n~~~\n" * 8_000, "- " + "Ada Owl, " * 7_000,
        "**Authors:** a | " * 4_000,
        "- [x y z](https://arxiv.org/abs/2401.00001)" + " " * 60_000, "- " + "[a] " * 15_000,
        "|a|b|c|\n|-|-|-|\n|a\n" + "\nb|c" * 12_000, "> " * 30_000, "<summary>\n" * 6_000,
    ],
)  # fmt: skip
def test_hostile_repetition_ends_soon(text: str) -> None:
    """What repeats without end is read in linear time: seconds would be a defect."""
    READER.recognise(text[:65_536])
    for _ in READER.read("# P\n" + text):
        pass
