"""The page of builds: why, what, how long, and what is wrong, by file."""

from __future__ import annotations

from digest.problems import Problem
from digest.serve.builder import Built
from digest.serve.preview import Round
from digest.serve.status import make_status

PROBLEMS = (
    Problem("b.md", 2, "warning", "not as meant", "see <b>"),
    Problem("a.md", 7, "error", "<script>alert(1)</script>", "mend it"),
    Problem("a.md", 9, "note", "good to know", ""),
)


def page(*rounds: Round) -> str:
    return make_status(rounds, listening=2, has_events=True).decode()


def test_builds_stand_newest_first_with_their_causes_and_stages() -> None:
    """Long lists are cut, and what is left out is counted."""
    first = Round(1, 0.0, (), Built(done=True, problems=(), changed=("index.html",)))
    causes = tuple((f"content/{n}.md", "changed") for n in range(20))
    stages = (("read", 0.25), ("render", 1.5))
    second = Round(2, 60.0, causes, Built(done=True, problems=(), stages=stages, seconds=1.75))
    text = page(first, second)
    assert text.index('row">2<') < text.index('row">1<')
    assert "content/0.md (changed)" in text and "and 8 more" in text
    assert "250 ms" in text and "1.5 s" in text
    assert 'href="/index.html"' in text


def test_problems_stand_by_file_the_worst_first() -> None:
    """As text, whatever they say."""
    text = page(Round(1, 0.0, (), Built(done=False, problems=PROBLEMS)))
    assert text.index("a.md") < text.index("b.md")
    assert "1 error, 1 warning, 1 note." in text
    assert "<script>alert" not in text and "&lt;script&gt;alert(1)" in text
    assert "see &lt;b&gt;" in text


def test_a_lone_surrogate_does_not_break_the_page() -> None:
    """File names may hold any bytes."""
    problem = Problem("a\udcff.md", None, "error", "x", "")
    assert "a?.md" in page(Round(1, 0.0, (), Built(done=True, problems=(problem,))))
