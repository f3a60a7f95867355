"""What a tag names: a subject, a task, a method, a data set or a system, told by its last word."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from digest.catalogue.topics.stems import stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.paper import TagKind


def _stems(words: str) -> frozenset[str]:
    return frozenset(map(stem, words.split()))


_TASKS = _stems(
    """alignment allocation annotation answering assessment assimilation attribution captioning
    categorization classification clustering completion compression control coding decoding
    decomposition deblurring denoising deraining detection diagnosis discovery disambiguation
    editing enhancement estimation evaluation extraction forecasting generation grasping grounding
    identification imputation inpainting inference inspection interpolation labeling linking
    localization management manipulation mapping matching mining modeling monitoring navigation
    parsing placement planning prediction prevention prognosis ranking re-identification reading
    recognition recommendation reconstruction recovery registration rendering repair restoration
    resolution retrieval routing scheduling search segmentation selection sensing separation
    simplification spotting steganography summarization supervision surveillance synthesis tagging
    teleoperation tracking translation transcription transfer understanding verification
    visualization"""
)
_METHODS = _stems(
    """accelerator adaptation adversary aggregation algorithm analysis approximation architecture
    attention augmentation autoencoder averaging bagging bandit boosting calibration camera
    classifier collocation computing convolution cryptography decoder descent detector
    differentiation diffusion discretization distillation element embedding encoder encryption
    ensemble estimator factorization field filter filtering flow forest framework gradient hashing
    heuristic imaging induction integration interferometry kernel learning lidar loss machine
    matching mechanism memory metric method model network neuron normalization optimization
    optimizer parametrization pooling pretraining process programming projection prompting
    protocol pruning quadrature quantization regression regularization relaxation replay
    sampler sampling scaling scheme sequencing simulation solver spectroscopy splatting statistic
    technique telescope test training transform transformer tree tuning unlearning volume"""
)


def kind_of(words: Sequence[str]) -> TagKind:
    """The kind of what a phrase names, by its last word, lower case."""
    return _kind(words[-1]) if words else "topic"


@lru_cache(20_000)
def _kind(word: str) -> TagKind:
    last = stem(word)
    return "task" if last in _TASKS else "method" if last in _METHODS else "topic"
