"""What the links of a list lead to: the paper itself, its code, its page, or something else."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from digest.identifiers import Eprint, match_arxiv, parse_doi
from digest.links import kind_of
from digest.paper import LinkKind

_HOST = re.compile(r"(?:https?:)?//(?:[^/@\s]*@)?([^/?#:\s]+)(?::\d+)?(/[^?#\s]*)?", re.I)
_PAPER_HOSTS = re.compile(
    r"(?:^|\.)(?:arxiv\.org|alphaxiv\.org|doi\.org|openreview\.net|aclanthology\.(?:org|info)"
    r"|aclweb\.org|mlr\.press|papers\.nips\.cc|nips\.cc|neurips\.cc|thecvf\.com|ecva\.net"
    r"|ieeexplore\.ieee\.org|ieee\.org|computer\.org|dl\.acm\.org|link\.springer\.com|springer\.com"
    r"|sciencedirect\.com|nature\.com|science\.org|sciencemag\.org|jmlr\.org|ijcai\.org|aaai\.org"
    r"|usenix\.org|biorxiv\.org|medrxiv\.org|chemrxiv\.org|ssrn\.com|semanticscholar\.org"
    r"|isca-speech\.org|isca-archive\.org|ncbi\.nlm\.nih\.gov|mdpi\.com|frontiersin\.org"
    r"|journals\.plos\.org|tandfonline\.com|wiley\.com|eprint\.iacr\.org|vldb\.org|hal\.science"
    r"|hal\.inria\.fr|archives-ouvertes\.fr|pnas\.org|journals\.aps\.org|iopscience\.iop\.org"
    r"|pubs\.acs\.org|academic\.oup\.com|cell\.com|roboticsproceedings\.org|bmva\.org|siam\.org"
    r"|paperswithcode\.com|papers\.cool|scholar\.archive\.org|ndss-symposium\.org|osf\.io"
    r"|proceedings\.com|techrxiv\.org|transacl\.org|cambridge\.org|sagepub\.com|core\.ac\.uk"
    r"|europepmc\.org|hindawi\.com|worldscientific\.com|degruyter\.com|projecteuclid\.org)$"
)
_ARXIV_PATH = re.compile(
    r"(?:arxiv\.org|alphaxiv\.org)/(?:abs|pdf|html|format|ps|overview)/"
    r"|huggingface\.co/papers/|papers\.cool/arxiv/|ar5iv\.(?:labs\.)?(?:arxiv\.)?org/(?:abs|html)/"
    r"|scholar\.archive\.org/work/arxiv:|paperswithcode\.com/paper/arxiv:|arxiv:|arxiv\.org/",
    re.I,
)
_BADGE = re.compile(r"img\.shields\.io/(?:badge|static/v1)[/?](?:[^\s]*?)(\d{4}\.\d{4,5})", re.I)
_DOI_PATH = re.compile(
    r"(?:doi\.org/|/doi/(?:abs/|full/|pdf/|epdf/|10\.)?|link\.springer\.com/"
    r"(?:article|chapter|content/pdf)/|onlinelibrary\.wiley\.com/doi/)",
    re.I,
)
_AWAY = re.compile(
    r"(?:https?:)?//[^\s/]|www\.[^\s.]+\.|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,10}/", re.I
)

_NAMES: dict[LinkKind, str] = {
    "paper": """
        paper arxiv abs abstract link url paperlink openreview acl doi preprint article
        publication ieee acm springer cvf openaccess html page1 published proceedings hf
        huggingface huggingfacepaper alphaxiv 论文 文章 链接 原文 论文链接 论文地址 地址
        arxivlink paperpage readpaper papers journal conference biorxiv medrxiv neurips nips
        iclr icml cvpr iccv eccv aaai ijcai emnlp naacl coling kdd www sigir wacv interspeech
        icassp pmlr jmlr nature science sciencedirect elsevier wiley semanticscholar arxivpaper
        papersite aclanthology
    """,
    "pdf": """
        pdf paperpdf fulltext download arxivpdf pdflink ps 全文
    """,
    "code": """
        code github git repo repository source sourcecode official officialcode implementation
        pytorch tensorflow tf keras jax mxnet caffe matlab codelink githubrepo software codes
        gitlab unofficial officialimplementation pytorchcode tensorflowcode torch codebase
        torch7 theano 代码 源码 开源 开源代码 代码链接 代码地址 githubcode paddle mindspore
        unofficialcode star stars githubstars githubstar opensource package library
    """,
    "project": """
        project page projectpage website webpage homepage site web home projectwebsite projects
        主页 项目 项目主页 工程 官网 projectlink 项目页面 githubpage
    """,
    "video": """
        video youtube talk videos recording presentation bilibili 视频 vid ted oral videotalk
    """,
    "demo": """
        demo colab demos playground notebook onlinedemo tryit space 演示 hfdemo spaces
    """,
    "data": """
        data dataset datasets benchmark corpus 数据 数据集 download-data leaderboard
    """,
    "model": """
        model models weights checkpoint checkpoints modelzoo pretrained hfmodel 模型 modelscope
    """,
    "other": """
        slides poster tweet blog blogpost supp supplementary supplemental appendix bib bibtex
        citation news twitter x zhihu 知乎 解读 摘要 粉丝投稿 review reviews summary notes note
        post thread comments reddit slide ppt medium readmore more tldr bibtex cite translation
        read here 公众号 微信 wechat press author authors translate summary supplement 幻灯片
        海报 博客 kimi license
    """,
}
_WORDS: dict[str, LinkKind] = {
    name: kind for kind, names in reversed(_NAMES.items()) for name in names.split()
}
_NOT_WORD = re.compile(r"[\W_]+")
_SHORTCODE = re.compile(r":[a-z0-9_+-]{2,30}:")


class Target(NamedTuple):
    """A link of an entry."""

    kind: LinkKind
    generic: bool
    """The label says what it leads to, `code`, and is no title."""
    paper: bool
    """The paper itself stands there."""


def label_kind(label: str) -> LinkKind | None:
    """What a label such as `Code`, `📄 Paper`, `论文` says; None where it is no such label."""
    if len(label) > 60:
        return None
    label = _SHORTCODE.sub("", label).lower()
    word = _NOT_WORD.sub("", label)
    if (kind := _WORDS.get(word) or _WORDS.get(word.rstrip("0123456789"))) is not None:
        return kind
    words = _NOT_WORD.sub(" ", label).split()
    if 1 < len(words) <= 4:
        kinds = [_WORDS.get(each) for each in words]
        if all(kinds):
            return kinds[-1]
        # `PyTorch code (official)`, `project page v2`
        known = [kind for kind in kinds if kind]
        if len(known) == len(kinds) - 1 and len(words) < 4:
            return known[0]
    return None


@lru_cache(maxsize=4096)
def target_of(label: str, url: str) -> Target:
    """What the link `[label](url)` leads to."""
    said = label_kind(label)
    paper = is_paper(url)
    bare = not label or label.startswith(("http://", "https://"))
    numbered = bool(label) and find_eprint(label, bare=True) is not None
    generic = said is not None or bare or numbered or not re.search(r"[^\W_]", label)
    kind = kind_of(url, label) if not is_empty(url) else "other"
    if said is not None and kind in ("other", "paper"):
        kind = "paper" if paper and said == "other" and kind == "paper" else said
    if kind == "other" and paper:
        kind = "paper"
    claims = said in ("paper", "pdf") and kind not in ("code", "project", "video", "model", "data")
    return Target(kind, generic, paper or claims or kind == "pdf")


def is_paper(url: str) -> bool:
    """Whether a paper stands at `url`, as its host or its path tells."""
    m = _HOST.match(url)
    if m is None:
        return url.lower().endswith(".pdf") or bool(_ARXIV_PATH.match(url.lower()))
    host, path = m[1].lower(), (m[2] or "").lower()
    if host == "huggingface.co":
        return path.startswith("/papers/")
    if path in ("", "/"):
        return False
    if host.endswith(("github.com", "shields.io")):
        return False
    return path.endswith(".pdf") or _PAPER_HOSTS.search(host) is not None


def is_empty(url: str) -> bool:
    """Whether `url` leads nowhere, or to a place on the same site: `#top`, `null`, `docs/a.md`."""
    return _AWAY.match(url) is None


def find_eprint(text: str, *, bare: bool = False) -> Eprint | None:
    """The arXiv identifier that the address `text` names; `bare` reads a label, `2309.04669v1`."""
    if bare:
        text = text.strip().strip("[]() ")
        lead = re.match(r"arxiv\s*[:：]?\s*", text, re.I)
        found = match_arxiv(text, lead.end() if lead else 0)
        return found[0] if found and found[1] >= len(text) else None
    m = _ARXIV_PATH.search(text[:300])
    if m is None:
        badge = _BADGE.search(text[:500])
        found = match_arxiv(badge[1]) if badge else None
        return found[0] if found else None
    found = match_arxiv(unquote(text[m.end() : m.end() + 60]))
    return found[0] if found else None


def find_doi(url: str) -> str | None:
    """The DOI that the address `url` names."""
    if "10." not in url:
        return None
    if "doi.org/" in url:
        return parse_doi(unquote(url.split("?", 1)[0].split("#", 1)[0]))
    m = _DOI_PATH.search(url[:500])
    if m is None:
        return None
    at = url.find("10.", m.start())
    rest = unquote(url[at:].split("?", 1)[0].split("#", 1)[0])
    return parse_doi(re.sub(r"(?:\.pdf|/full|/abstract|/pdf|/epdf|/meta)$", "", rest))
