"""Links inside running text: found as written, given a kind, made fit for a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

from digest.paper import Link, LinkKind

_WEB = re.compile(r"(?i:https?)://(?=[^\s])")
_WWW = re.compile(r"(?<![\w./@-])(?i:www)\.(?=[A-Za-z0-9-]{1,63}\.[A-Za-z])")
_MACRO = re.compile(r"\\(url|href)\s?\{([^{}\s]{4,2000})\}")
_SSH = re.compile(
    r"(?<![\w.@/-])git@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}:[\w.-]+/[\w.-]+"
)
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
# Hosts known to hold papers' pages: these count without a scheme.
_PAGE_HOSTS = r"(?:github\.io|gitlab\.io|netlify\.app|vercel\.app|readthedocs\.io|hf\.space)"
_FORGES = (
    r"(?:github\.com|gitlab\.com|bitbucket\.org|huggingface\.co|osf\.io|zenodo\.org|codeberg\.org"
    r"|sites\.google\.com|kaggle\.com|figshare\.com|youtube\.com|youtu\.be|tinyurl\.com|bit\.ly"
    r"|goo\.gl|openreview\.net|anonymous\.4open\.science|gitee\.com|sourceforge\.net)"
)
_TLDS = (
    r"(?:com|org|net|edu|gov|io|ai|dev|app|info|eu|de|fr|uk|ch|at|it|es|nl|be|se|no|fi|dk|pl|cz|pt"
    r"|gr|ru|jp|cn|kr|tw|hk|sg|in|au|nz|ca|us|br|mx|ar|il|tr|int|me|co|cc|xyz|tech|science|page)"
)
_BARE = re.compile(
    rf"(?<![\w./@:%-])(?:{_LABEL}\.{_PAGE_HOSTS}\b|{_FORGES}/|{_LABEL}(?:\.{_LABEL}){{0,4}}\.{_TLDS}/)"
)
# What every such address holds. To look for a dot is far cheaper than to try a host at each word.
_BARE_SIGN = re.compile(rf"\.(?:(?:{_TLDS}|ly|gl)/|{_PAGE_HOSTS})")
_LONGEST_BARE = 400
# What every address without scheme or macro holds. A blank follows most other full stops.
_INNER_DOT = re.compile(r"\.(?:[a-z]{2}|(?<=[wW]\.)[A-Za-z0-9-])")
# A host alone counts where the words before it announce an address: `Project page: a-b.com.`
# The last label decides; short words and file names end like some: `of.it`, `code.at`, `main.cc`.
_HOST_END = re.compile(
    r"\.(?:com|org|net|edu|gov|io|ai|dev|app|info|eu|uk|ch|de|fr|jp|cn|kr|tw|ca|au|nl|se|xyz|tech"
    r"|science|page|at|be|es|in|is|it|me|no|us|cz|dk|fi|gr|pl|pt|ru|br)(?![\w@/:-]|\.[A-Za-z0-9])"
)
_HOST_START = re.compile(rf"(?<![\w./@:%-]){_LABEL}(?:\.{_LABEL}){{1,4}}$")
_DOUBTFUL = re.compile(
    r"[A-Za-z0-9-]+\.(?:at|be|es|in|is|it|me|no|us|cz|dk|fi|gr|pl|pt|ru|br)$|.*\.[a-z]*[A-Z]\w*$"
)
_ANNOUNCED = re.compile(
    r"\b(?:(?:web|home|project|demo)?[ -]?(?:page|site)s?|codes?|data ?(?:sets?)?|demos?|models?"
    r"|videos?|software|portal|server|url|link|repository|leaderboard|benchmark|library|package|tool)"
    r"\s{0,2}(?::|\(|\bis\b|\bat\b)[\s(<{]{0,3}$"
    r"|\b(?:available|accessible|released|found|hosted|downloaded|online|provided|published|deployed)"
    r"\b[^.\n]{0,25}\b(?:at|from|on|via|under|through):?[\s(<{]{1,3}$"
    r"|\b(?:see|visit|at|url|via):?[\s(<{]{1,3}$",
    re.I,
)
_FTP = re.compile(r"\bftp\b", re.I)
_REACH = 80
_STOP = re.compile(r"[\s<>\"“”`{}|\\^\x00-\x20\x7f]|(?<=[^/])(?=https?://)|—|\*\*")
# In an address TeX writes \_ \% \# \& \~ for the characters themselves.
_TEX_ESCAPE = re.compile(r"\\~\{\}|\{\\~\}|\\textasciitilde(?:\{\}|\s)?|\\([_%#&~])")
_TRAILING = ".,;:!?'’\"*_$([…"
# A sentence that begins without a blank: `…/repo.We show`.
_GLUED_ON = re.compile(r"(?<=[\w/-])\.(?!R(?:md|nw)?$)[A-Z][a-z]{0,15}$")
_PAIRS = {")": "(", "]": "["}
_MAX = 2000

_KIND_HOSTS: tuple[tuple[LinkKind, re.Pattern[str]], ...] = (
    ("video", re.compile(r"(?:youtube\.com|youtu\.be|vimeo\.com|bilibili\.com)$")),
    ("paper", re.compile(r"(?:^|\.)(?:arxiv\.org|doi\.org|openreview\.net|aclanthology\.org)$")),
    ("project", re.compile(r"(?:\.github\.io|\.gitlab\.io|sites\.google\.com|\.netlify\.app)$")),
    ("project", re.compile(r"\.vercel\.app$")),
    (
        "data",
        re.compile(r"(?:zenodo\.org|figshare\.com|kaggle\.com|dataverse\.\w+\.edu|dryad\.org)$"),
    ),
    ("demo", re.compile(r"(?:\.hf\.space|\.streamlit\.app|\.gradio\.app)$")),
    (
        "code",
        re.compile(
            r"(?:^|\.)(?:github\.com|gitlab\.(?:com|[\w-]+\.\w+)|bitbucket\.org|codeberg\.org"
            r"|gitee\.com|sourceforge\.net|4open\.science)$"
        ),
    ),
)
_KIND_WORDS: tuple[tuple[LinkKind, re.Pattern[str]], ...] = (
    ("video", re.compile(r"\b(?:videos?|recording)\b", re.I)),
    ("demo", re.compile(r"\b(?:demos?|demonstration|playground)\b", re.I)),
    ("data", re.compile(r"\b(?:datasets?|data sets?|data|corpus|corpora|benchmark)\b", re.I)),
    ("model", re.compile(r"\b(?:checkpoints?|weights|pretrained models?|models?)\b", re.I)),
    (
        "code",
        re.compile(r"\b(?:codes?|source|software|implementations?|repository|toolkit)\b", re.I),
    ),
    ("project", re.compile(r"\b(?:project|web ?pages?|home ?page|web ?site|page|site)\b", re.I)),
)


def find_links(text: str) -> tuple[Link, ...]:
    """Every address in `text`, once, in order, without wrapper and trailing punctuation.

    An address that a line break tears apart ends at the break: whether the next line goes on with
    it cannot be known.
    """
    if not _may_hold_address(text):
        return ()
    found: dict[str, Link] = {}
    for start, url in _addresses(text):
        if url not in found:
            found[url] = Link(kind_of(url, text[max(0, start - 60) : start]), url)
    return tuple(found.values())


def _may_hold_address(text: str) -> bool:
    """Whether it is worth looking for addresses: few texts hold one, and all are asked.

    Single characters are found several times faster than words.
    """
    return (
        _INNER_DOT.search(text) is not None
        or ("/" in text and "://" in text)
        or ("{" in text and ("\\url" in text or "\\href" in text))
        or "@" in text
    )


def _addresses(text: str) -> Iterator[tuple[int, str]]:
    """(offset, address) in order, none inside another."""
    hits: list[tuple[int, int, str]] = []
    for m in _MACRO.finditer(text) if "\\url" in text or "\\href" in text else ():
        url = _TEX_ESCAPE.sub(_unescaped, m[2]).strip()
        if "." in url:
            hits.append((m.start(), m.end(), url.rstrip(".,;")))
    if "git@" in text:
        hits.extend((m.start(), m.end(), m[0].rstrip(".-")) for m in _SSH.finditer(text))
    for pattern, begin in _worthwhile(text):
        end = 0
        for m in pattern.finditer(text, begin):
            if m.start() < end:
                continue
            url, end = _until_stop(text, m.start(), m.end())
            if url:
                hits.append((m.start(), end, url))
    for m in _HOST_END.finditer(text):
        host = _HOST_START.search(text[max(0, m.end() - _REACH) : m.end()])
        if host is None or _DOUBTFUL.match(host[0]):
            continue
        start = m.end() - len(host[0])
        before = text[max(0, start - _REACH) : start]
        if _ANNOUNCED.search(before) and not _FTP.search(before):
            hits.append((start, m.end(), host[0]))
    if len(hits) > 1:
        hits.sort(key=lambda hit: (hit[0], -hit[1]))
    reached = 0
    for start, end, url in hits:
        if start >= reached:
            reached = end
            yield start, url


def _worthwhile(text: str) -> Iterator[tuple[re.Pattern[str], int]]:
    """The patterns that may be found in `text`, and from where: most texts hold no address."""
    if "://" in text:
        yield _WEB, 0
    if "www." in text.lower():
        yield _WWW, 0
    if sign := _BARE_SIGN.search(text):
        begin = max(0, sign.start() - _LONGEST_BARE)
        yield _BARE, max(begin, text.rfind(" ", begin, sign.start()))


def _unescaped(m: re.Match[str]) -> str:
    return m[1] or "~"


def _until_stop(text: str, start: int, least: int) -> tuple[str, int]:
    """The address from `start`, at least up to `least`, and where it ends in `text`."""
    parts: list[str] = []
    pos = start
    limit = min(len(text), start + _MAX)
    while pos < limit:
        stop = _STOP.search(text, max(pos, least), limit)
        at = stop.start() if stop else limit
        parts.append(text[pos:at])
        escape = _TEX_ESCAPE.match(text, at)
        if escape is None:
            pos = at
            break
        parts.append(_unescaped(escape))
        pos = least = escape.end()
    url = "".join(parts)
    if (glued := _GLUED_ON.search(url, len(url) - min(len(url), 20))) and re.match(
        r"\s[a-z]", text[pos : pos + 2]
    ):
        start_of_path = url.find("/", url.find("://") + 3 if "://" in url else 0)
        if 0 < start_of_path < glued.start():
            url = url[: glued.start()]
    url = _trimmed(url)
    rest = url.partition("://")[2] if "://" in url else url
    if not re.match(r"[^\W_]", rest) or "." not in rest.split("/", 1)[0]:
        return "", pos
    return url, pos


def _trimmed(url: str) -> str:
    while url:
        last = url[-1]
        opener = _PAIRS.get(last)
        unbalanced = opener is not None and url.count(last) > url.count(opener)
        if not unbalanced and last not in _TRAILING:
            break
        url = url[:-1]
    return url


def kind_of(url: str, before: str = "") -> LinkKind:
    """What `url` leads to: told by its host and path, else by the words `before` it."""
    host, path = _place_of(url)
    if path.lower().endswith(".pdf"):
        return "pdf"
    if host == "huggingface.co":
        if path.startswith("/datasets/"):
            return "data"
        return "demo" if path.startswith("/spaces/") else "model"
    if known := _kind_of_host(host):
        return known
    best: tuple[int, LinkKind] = (-1, "other")
    for kind, words in _KIND_WORDS:
        for m in words.finditer(before):
            best = max(best, (m.start(), kind))
    return best[1]


def _place_of(url: str) -> tuple[str, str]:
    """Host and path of `url`; both empty where it cannot be an address."""
    if m := _plain_place(url):
        return m[1], m[2]
    parts = _parts_of(url)
    return ((parts.hostname or "") if parts else "", parts.path if parts else "")


def _plain_place(url: str) -> re.Match[str] | None:
    """Host and path of an address that is as plain as most are; None for others."""
    m = _PLAIN_PLACE.fullmatch(url) if len(url) <= _SHORT else None
    return m if m is not None and not _NUMBERS.fullmatch(m[1]) else None


@lru_cache(maxsize=1024)  # most links of a listing lead to the same few hosts
def _kind_of_host(host: str) -> LinkKind | None:
    return next((kind for kind, hosts in _KIND_HOSTS if hosts.search(host)), None)


_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL}){{1,10}}")
_SHORT = 250
_LOWER_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
# What nearly all addresses look like, of which the parts need no closer look.
_PLAIN_PLACE = re.compile(
    rf"https?://({_LOWER_LABEL}(?:\.{_LOWER_LABEL}){{1,5}})((?:/[A-Za-z0-9_./~%+-]*)?)"
)
_SSH_PARTS = re.compile(r"(?:ssh://)?git@([A-Za-z0-9.-]{1,253})[:/]([\w./-]{1,500}?)(?:\.git)?/?")
_CONTROL = re.compile(
    r"[\x00-\x20\x7f-\xa0\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\\]"
)
_NUMBERS = re.compile(r"[\d.]+")


def canonical_link(link: Link) -> Link | None:
    """`link` as an absolute http or https address fit for a page; None where it cannot be one.

    Refused are other schemes, control characters, user names or passwords, hosts without a dot,
    hosts that are numbers, ports out of range, and addresses above 2,000 characters.
    """
    if _plain_place(link.url):
        return link
    parts = _parts_of(link.url)
    return Link(link.kind, parts.geturl()) if parts else None


def _parts_of(url: str) -> SplitResult | None:
    """What `url` as an absolute address consists of; None where it cannot be one."""
    url = url.strip()
    if not url or len(url) > _MAX or _CONTROL.search(url):
        return None
    if m := _SSH_PARTS.fullmatch(url):
        url = f"https://{m[1]}/{m[2].strip('/')}"
    elif url.startswith("//"):
        url = f"https:{url}"
    elif "://" not in url.split("/", 1)[0] + "/" + url.partition("/")[2][:1]:
        head = url.split("/", 1)[0]
        if ":" in head and not re.search(r":\d{1,5}$", head):
            return None
        url = f"https://{url}"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or port == 0:
        return None
    host = parts.hostname or ""
    try:
        ascii_host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    if len(ascii_host) > 253 or not _HOST.fullmatch(ascii_host) or _NUMBERS.fullmatch(ascii_host):
        return None
    netloc = ascii_host if port is None else f"{ascii_host}:{port}"
    return parts._replace(netloc=netloc)
