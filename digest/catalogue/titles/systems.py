"""The name of the system that a paper contributes: `SHARK`, `LaVIT`, `DIN`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from digest.catalogue.sentences import MOST_KEPT, bare, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ABBREVIATION = re.compile(r"\(([A-Za-z][\w&/+$^{}.\\*-]{1,19})[,;]?\)?[.,;:]{0,2}$")
_EDGES = ".,;:!?()[]\"'`“”‘’"
_COMMON = listed(
    """ai ml nlp cv cnn cnns dnn dnns rnn rnns gnn gnns gcn gcns gan gans llm llms mllm mllms vlm
    vlms lvlm lvlms plm plms lstm gru mlp mlps vae vaes svm knn pca em mcmc gpu gpus cpu cpus
    tpu fpga rl drl marl mdp mdps pomdp nas ctr cvr qa vqa nli nlu nlg ner mt nmt asr tts ocr
    slam iot api apis sql 2d 3d 4d rgb rgb-d rgbd hdr hr lr sr psnr ssim fid bleu rouge map ndcg
    auc roc f1 iou miou accuracy a/b sota imagenet cifar cifar-10 cifar-100 mnist coco ms-coco
    kitti nuscenes glue superglue squad bert gpt gpt-2 gpt-3 gpt-4 chatgpt clip resnet vit
    transformer transformers cot icl sft rlhf dpo ppo sgd adam nerf nerfs 3dgs rag kg kgs snn
    snns ood fl dl uav uavs ct mri eeg ecg pde pdes ode odes sde sdes i.i.d iid mimo ofdm csi
    wsn p2p cp qcd qed susy lhc cmb agn grb grbs sne lte dft tv usa uk eu us covid-19 sars-cov-2
    dna rna ide http url github arxiv wikipedia twitter google facebook alibaba taobao kuaishou
    cvpr iccv neurips icml iclr acl emnlp kdd aaai sigir www np i ii iii iv v vi nlo nnlo qft
    cft ads ads/cft vllm vllms str lidar bev gps imu pytorch tensorflow python java matlab tof
    hpc dsl ehr ehrs mpc qp lp ilp mip sat smt csp asp ltl owl rdf xml html json pdf ip tcp udp
    mac lan wlan wifi 5g 6g kl elbo mle map mse rmse mae"""
)
"""Technology, data sets and measures that are named in abstracts but are not their subject."""


@lru_cache(maxsize=MOST_KEPT)
def named(word: str) -> bool:
    """Whether `word` is spelt as only a name is: with inner or several capitals."""
    word = word.strip(_EDGES)
    if not 2 <= len(word) <= 24 or not word[0].isalnum() or word[-1] in "-/=":
        return False
    capitals = sum(map(str.isupper, word))
    if capitals < 2 and not (capitals == 1 and (not word[0].isupper() or _digit(word))):
        return False
    if word.count("(") != word.count(")") or any(word.count(c) != 0 for c in "[]:@"):
        return False
    if word.count("$") % 2 or "\\" in word.split("$", 1)[0] or "=" in word or "_" in word:
        return False
    if "-" in word and word.rsplit("-", 1)[1].islower() and len(word.rsplit("-", 1)[1]) > 3:
        return False  # GNN-based, LLM-powered
    if "-" in word and all(p.isalpha() and p.istitle() and len(p) > 3 for p in word.split("-")):
        return False  # Navier-Stokes
    low = word.lower()
    return low not in _COMMON and not (low.endswith("s") and low[:-1] in _COMMON)


def _digit(word: str) -> bool:
    return any(map(str.isdigit, word))


def capitalised(word: str) -> bool:
    """Whether `word` could be a name where the sentence expects one: `called Blink`."""
    word = word.strip(_EDGES)
    return (
        word[:1].isupper()
        and len(word) > 1
        and word.replace("-", "").isalnum()
        and (word.lower() not in _COMMON)
    )


def abbreviation(word: str) -> str | None:
    """`DIN` of `(DIN)` or `(DIN),`; None for anything else."""
    if word[0] != "(":
        return None
    match = _ABBREVIATION.match(word)
    if not match:
        return None
    short = match[1].rstrip(".,;")
    return short if sum(map(str.isupper, short)) >= 2 else None


def long_form(words: Sequence[str], end: int, short: str) -> int | None:
    """Where the long form of `short` begins in `words[:end]`; None if no fit.

    Letters are matched from the right, the first at the beginning of a word: A. Schwartz and
    M. Hearst, A simple algorithm for identifying abbreviation definitions, PSB 2003.
    """
    letters = [c for c in short.lower() if c.isalnum()]
    if len(letters) > 2 and letters[-1] == "s" and short[-1] == "s":
        letters.pop()
    first = max(0, end - min(len(letters) + 5, 2 * len(letters)))
    at = len(letters) - 1
    for i in range(end - 1, first - 1, -1):
        word = words[i].lower()
        if i < end - 1 and word[-1] in ".;:)":
            return None
        k = len(word) - 1
        while k >= 0 and at >= 0:
            if word[k] == letters[at] and (at > 0 or k == 0 or not word[k - 1].isalnum()):
                at -= 1
            k -= 1
        if at < 0:
            return i
    return None


def definitions(sentence: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Every `long form (SHORT)`: begin of the long form, place of `(SHORT)`, SHORT."""
    for i in [i for i, word in enumerate(sentence) if word[0] == "("]:
        short = abbreviation(sentence[i]) if i else None
        if short:
            start = long_form(sentence, i, short)
            if start is not None:
                yield start, i, short


CALLS = listed("called named termed dubbed coined nicknamed entitled titled")
CALLS_AS = listed("shortened abbreviated denoted referred known")


def called(words: Sequence[str]) -> tuple[int, int] | None:
    """Where the phrase before `called` ends, and where the name after it begins."""
    for i in range(len(words) - 1):
        low = bare(words[i])
        if low in CALLS:
            start, name = i, i + 1
        elif low in CALLS_AS and bare(words[i + 1]) in ("as", "to", "by"):
            start, name = i, i + 2
            if name < len(words) and bare(words[name]) == "as":
                name += 1
        elif low in ("namely", "i.e"):
            start, name = i, i + 1
        elif low in ("call", "name", "dub", "term") and i and bare(words[i - 1]) == "we":
            start, name = i - 1, i + 1
        else:
            continue
        while start and bare(words[start - 1]) in ("which", "that", "we", "is", "and", ""):
            start -= 1
        while name < len(words) and bare(words[name]) in ("the", "a", "an", "as", "it"):
            name += 1
        if (name < len(words) and capitalised(words[name])) or (
            name < len(words) and named(words[name])
        ):
            return start, name
    return None


_TITLE = re.compile(r"([^\s:]{2,30})\s?:\s")


def prefix(title: str) -> str | None:
    """The single word before the colon of a `title`, if it is spelt like a name."""
    match = _TITLE.match(title)
    if not match:
        return None
    word = match[1].strip("\"'“”`")
    return word if named(word) or (capitalised(word) and len(title) > len(word) + 12) else None
