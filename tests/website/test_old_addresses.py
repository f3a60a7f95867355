"""Addresses of tags go on answering when the group makes one tag part of another."""

from __future__ import annotations

import json
from pathlib import Path

from digest.build import build
from digest.config import Config

ABSTRACT = (
    "We study graph neural networks on road maps. A graph neural network passes messages along "
    "streets, and ours learns how long a walk takes from forty thousand strolls with a dog."
)


def made(root: Path, taxonomy: str) -> Path:
    """The site of one paper on graph neural networks."""
    content = root / "content"
    content.mkdir(exist_ok=True)
    paper = {"title": "Walking with graphs", "abstract": ABSTRACT, "published": "2023-05-01"}
    (content / "papers.jsonl").write_text(json.dumps(paper) + "\n")
    (content / "taxonomy.yaml").write_text(taxonomy)
    assert not build(root, Config(base_url="https://example.org/d/"), jobs=1).problems
    return root / "site"


def test_a_tag_that_became_part_of_another_leads_there(tmp_path: Path) -> None:
    """Its page does, and hosts are told of its feed as well; chains lead to their end."""
    site = made(tmp_path, "topics: []\n")
    assert (site / "tags/graph-neural-networks.html").exists()
    site = made(
        tmp_path,
        "topics:\n"
        "  - {name: Dog walks, about: Walks with dogs., parents: [], words: [strolls]}\n"
        "  - {name: Strolling, about: Slow walks., parents: [], words: []}\n"
        "  - {name: Graph neural networks, same_as: Strolling}\n"
        "  - {name: Strolling, same_as: Dog walks}\n",
    )
    old = (site / "tags/graph-neural-networks.html").read_text()
    assert 'content="0; url=../tags/dog-walks.html"' in old
    lines = (site / "_redirects").read_text().splitlines()
    for kind in ("html", "xml"):
        assert f"/d/tags/graph-neural-networks.{kind} /d/tags/dog-walks.{kind} 301" in lines
    assert "graph-neural-networks" not in (site / "sitemap.xml").read_text()


def test_a_tag_without_papers_is_led_to_by_nothing(tmp_path: Path) -> None:
    """A redirect to a page that is not there would be worse than none."""
    site = made(
        tmp_path,
        "topics:\n"
        "  - {name: Bakery, about: Bread., parents: [], words: [sourdough]}\n"
        "  - {name: Cake shops, same_as: Bakery}\n",
    )
    assert not (site / "tags/cake-shops.html").exists()
    assert not (site / "_redirects").exists()
