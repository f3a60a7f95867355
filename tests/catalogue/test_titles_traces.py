"""Abstracts without the trace of a name are told at a glance, and no name is lost by it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.catalogue.sentences import words_of
from digest.catalogue.titles import derive
from digest.catalogue.titles.traces import find_traces

PIECES = st.sampled_from(
    re.split(
        r"\||\n *",
        """We propose|introduce|present|a novel|an|the|our|method|model|framework|called
        named|XNet|XNet,|(XN)|(XNet)|Blink|Blink,|node2vec,|deep|bread|aging|network
        Bread Aging Network (BAN)|, a|—|is a|to bake|for bread|that bakes
        bread. XNet outperforms|bread. It is shown that|is proposed.|uses
        In this paper, we|this model|the model,|such models|both|by baking|namely|i.e.,
        $x$|LLM-based|shortened as|, which|. The|. Here we|Gray bread (GB),|and|can
        has been proposed|data.""",
    )
)
ABSTRACTS = st.lists(PIECES, min_size=1, max_size=30).map(
    lambda pieces: " ".join(piece.strip() for piece in pieces)
)


@given(abstract=ABSTRACTS)
def test_the_glance_loses_no_name(abstract: str) -> None:
    """The name is the same as where every sentence is read to its end."""
    found = derive.system_name(None, abstract)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(derive, "find_traces", lambda _words: [0])
        patch.setattr(derive, "binds", lambda *_: True)
        assert found == derive.system_name(None, abstract)


def test_plain_prose_leaves_no_trace() -> None:
    """Capitals at the beginning of sentences are no trace; a name is one."""
    prose = "We study old bread. The crust is hard, and this model explains it. It was baked twice."
    assert find_traces(prose.split()) == []
    assert find_traces("We propose CrumbNet for bread.".split()) == [2]
    assert find_traces("We study a method called Blink .".split()) == [4]


@given(
    st.lists(
        st.sampled_from(["$", "$$", "a", "b ", "\n", " ", "\\(", "\\)", "(", ")", "x+y", ". "]),
        max_size=16,
    ).map("".join)
)
def test_words_end_at_blanks_outside_of_formulas(text: str) -> None:
    """Words are the runs of formulas and of what is no blank."""
    runs = re.compile(r"(?:\$\$?[^$]{1,300}\$\$?|\\\([^()]{1,200}\\\)|\S)+")
    assert words_of(text) == runs.findall(text)
