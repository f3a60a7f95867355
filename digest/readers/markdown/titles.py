"""Which words of an entry are its title.

Signs are tried in the order of their strength: a link to the paper whose label is no mere `pdf`,
words in bold, words in quotation marks, and last the words up to the first mark of an end.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from digest.readers.markdown.addresses import is_empty, label_kind, target_of
from digest.readers.markdown.inline import Piece
from digest.readers.markdown.labels import match_label
from digest.readers.markdown.values import (
    are_names,
    is_name,
    is_preprint,
    is_prose,
    read_venue,
    read_when,
)

_LEAD_TAG = re.compile(
    r"\s*(?:\[([^\[\]]{1,60})\]|\(([^()]{1,60})\)|【([^【】]{1,60})】)\s*[-:：|,.]?\s*"
)
_DASH = re.compile(r"\s[-–—|·•]+(?:\s|$)|\s{2,}|\s*[｜|]\s*|^[-–—|]\s|\s*[—–]\s+")
_SENTENCE = re.compile(r"(?<!\b[A-Z])(?<=[\w)\]\"”'’$*%+])[.。](?:\s+|$)|(?<=[?!])\s+|[。！？]")
_CITED = re.compile(r"([^()]{3,800}?)\s\(((?:19|20)\d\d)[a-z]?(?:,[^()]{0,30})?\)[.,:]?\s+")
_QUOTED = re.compile(r"[\"“]([^\"“”]{8,400}?)[,.]?[\"”]")
EDGES = " \t\r\n.,;:|-–—·•/&()[]{}【】*_`<>~，。；：、"
_LONGEST_TITLE = 400
LONGEST_PART = 3000
OPENING = 600
"""Characters that are enough to tell what a passage is."""
_BRACKETED_END = re.compile(r"\s[(\[（]([^()\[\]（）]{2,60})[)\]）][\s.,;:]{0,5}$")
_OWN_ID = re.compile(r"\s*[\[(]\s*(?:arxiv:?\s*)?\d{4}\.\d{4,5}(?:v\d{1,2})?\s*[\])]\s*$", re.I)
_MORE = re.compile(
    r"\s*\(\s*(?:Read more on|read more on|via|link)?[\s,|/]*(?:or|and)?[\s,|/]*\)?\s*$"
)


class Chosen(NamedTuple):
    title: str
    start: int
    """First piece of the title."""
    rest: list[Piece]
    """What follows the title, the end of a piece that was cut included."""


def choose(pieces: list[Piece], cell: bool) -> Chosen | None:
    """The title among `pieces`."""
    papers = any(
        p.kind == "link"
        and (t := target_of(p.text, p.url)).paper
        and (t.generic or venue_label(p.text))
        for p in pieces
    )
    lead = ""
    for at, piece in enumerate(pieces):
        if piece.kind == "break":
            if _leads(lead):
                return _plain(pieces, cell)
            lead += " "
            continue
        if piece.kind == "image":
            continue
        if piece.kind == "link":
            if _is_tag_link(pieces, at):
                continue
            if not _is_title_link(piece, papers):
                if not papers and not lead.strip(EDGES) and not target_of(piece.text, "").generic:
                    return Chosen(piece.text.strip(), at, pieces[at + 1 :])
                if _leads(lead):
                    return _plain(pieces, cell)
                continue
            title = _tidy(piece.text)
            if _leads(lead) and (papers or len(title.split()) < 4):
                return _plain(pieces, cell)
            if piece.strong and len(title.split()) < 3 and _opens_name(pieces, at + 1):
                return _plain(pieces, cell, at)
            return Chosen(title, at, pieces[at + 1 :])
        text = piece.text
        if piece.strong and text.strip(EDGES):
            if _leads(lead):
                return _plain(pieces, cell)
            end = at
            run = ""
            while end < len(pieces) and pieces[end].strong and pieces[end].kind == "text":
                run += pieces[end].text
                end += 1
            bare = run.strip(EDGES)
            if (
                read_venue(bare)
                or read_when(bare)
                or is_preprint(bare)
                or label_kind(bare)
                or match_label(run, 0, len(run))
                or (run.strip()[:1] in "[(【" and len(bare.split()) < 4)
            ):
                continue
            follows = next((p for p in pieces[end:] if p.kind != "text" or p.text.strip()), None)
            if len(bare.split()) < 3 and (
                _opens_name(pieces, end)
                or run.rstrip().endswith((":", "："))
                or (
                    follows is not None
                    and follows.kind == "link"
                    and _is_title_link(follows, papers)
                    and len(follows.text.split()) >= 4
                )
            ):
                if (
                    follows is not None
                    and follows.kind == "link"
                    and _is_title_link(follows, papers)
                ):
                    continue
                return _plain(pieces, cell, at)
            if are_names(bare) and not papers and len(bare.split(",")) > 1:
                continue
            return Chosen(_tidy(run), at, pieces[end:])
        if not piece.strong and len(lead) < OPENING:
            lead += text
    return _plain(pieces, cell)


def _opens_name(pieces: list[Piece], at: int) -> bool:
    """Whether plain words from `at` on go on with a title that a short name has begun."""
    if at >= len(pieces) or pieces[at].kind != "text":
        return False
    return re.match(r"\s*[:：]\s*[^\s\[(]", pieces[at].text) is not None


def _leads(lead: str) -> bool:
    """Whether plain words that stand first read as a title."""
    text = _strip_tags(lead)
    bare = text.strip(EDGES)
    return (
        len(bare.split()) >= 3
        and not are_names(bare)
        and read_venue(bare) is None
        and not text.rstrip().endswith((":", "："))
        and match_label(text.strip(), 0, len(text)) is None
    ) or (len(bare) >= 6 and re.search(r"[\u3400-\u9fff]{6}", bare) is not None)


def _strip_tags(text: str) -> str:
    """`text` without what stands in brackets before a title: dates, venues, names of systems."""
    while m := _LEAD_TAG.match(text):
        if m.end() == 0:
            break
        text = text[m.end() :]
    return text


def _is_tag_link(pieces: list[Piece], at: int) -> bool:
    """Whether the link at `at` is a sign before a title: `[[CGF](…)] Title`."""
    if not 0 < at < len(pieces) - 1 or " " in pieces[at].text.strip():
        return False
    before, after = pieces[at - 1], pieces[at + 1]
    if not (before.text.endswith(("[", "(")) and after.text.startswith(("]", ")"))):
        return False
    following = "".join(p.text for p in pieces[at + 1 : at + 6] if p.kind == "text")
    return len(following.strip(EDGES).split()) >= 2


def _is_title_link(piece: Piece, papers: bool) -> bool:
    if is_empty(piece.url) and not papers:
        return False
    target = target_of(piece.text, piece.url)
    label = piece.text.strip(EDGES)
    if target.generic or not label or read_venue(label) or read_when(label) or is_name(label):
        return target.paper and is_name(label) and not target.generic and "github" not in piece.url
    if re.fullmatch(r"@\S+", label):
        return False
    return target.paper or len(label.split()) >= 3 or len(re.findall(r"[\u3400-\u9fff]", label)) > 5


def venue_label(label: str) -> str | None:
    return read_venue(label) if 2 <= len(label) <= 40 else None


def _plain(pieces: list[Piece], cell: bool, start: int = 0) -> Chosen | None:
    """A title in plain words, which ends before the first link, break or mark of an end."""
    taken: list[str] = []
    first = None
    for at in range(start, len(pieces)):
        piece = pieces[at]
        if piece.kind == "break":
            if "".join(taken).strip(EDGES):
                return _cut("".join(taken), first or 0, pieces[at:], cell)
            continue
        if piece.kind == "image":
            if not taken:
                continue
            return _cut("".join(taken), first or 0, pieces[at:], cell)
        label = piece.text.strip(EDGES)
        if piece.kind == "link":
            if at != start or first is not None or start == 0:
                if "".join(taken).strip(EDGES):
                    return _cut("".join(taken), first or 0, pieces[at:], cell)
                continue
        elif piece.emphasis and "".join(taken).strip(EDGES):
            whole = "".join(taken)
            if are_names(label) or read_venue(label) or re.search(r"[.,:|–—-]\s*$", whole):
                return _cut(whole, first or 0, pieces[at:], cell)
        elif first is None and (read_venue(label) or read_when(label) or not label):
            continue
        if first is None:
            first = at
        taken.append(piece.text)
    if first is None:
        return None
    return _cut("".join(taken), first, [], cell)


def _cut(text: str, first: int, rest: list[Piece], cell: bool) -> Chosen | None:
    """The title at the start of `text`, what stands behind it given back to `rest`."""
    before: list[Piece] = []
    text = text.lstrip(" \t)]】:：|,-–—.")
    while m := _LEAD_TAG.match(text):
        if m.end() == len(text) or m.end() == 0:
            break
        before.append(Piece("text", m[1] or m[2] or m[3] or ""))
        before.append(Piece("break"))
        text = text[m.end() :]
    if cell:
        for m in _DASH.finditer(text):
            if is_prose(text[m.end() :]) and text[: m.start()].strip(EDGES):
                tail = Piece("text", text[m.end() :])
                return Chosen(_tidy(text[: m.start()]), first, [*before, tail, *rest])
        title = _tidy(text)
        return Chosen(title, first, [*before, *rest]) if title else None
    if (m := _CITED.match(text)) and are_names(m[1]):
        before += [Piece("text", m[1]), Piece("break"), Piece("text", m[2]), Piece("break")]
        text = text[m.end() :]
    elif (m := _SENTENCE.search(text, 0, LONGEST_PART)) and _opens_with_names(text, m):
        before += [Piece("text", text[: m.start()]), Piece("break")]
        text = text[m.end() :]
    if (m := _BRACKETED_END.search(text)) and (
        read_venue(m[1]) or read_when(m[1]) or is_preprint(m[1])
    ):
        before += [Piece("text", m[1]), Piece("break")]
        text = text[: m.start()]
    end, after = len(text), len(text)
    quoted = _QUOTED.search(text)
    if quoted and (quoted.start() < 3 or are_names(text[: quoted.start()])):
        before += [Piece("text", text[: quoted.start()]), Piece("break")]
        title, behind = quoted[1], text[quoted.end() :]
        return Chosen(_tidy(title), first, [*before, Piece("text", behind), *rest])
    parts = [p for p in _DASH.split(text) if p.strip(EDGES)]
    if len(parts) > 1 and (
        (read_venue(parts[0]) or read_when(parts[0])) and len(parts[1].split()) > 2
    ):
        at = text.index(parts[0]) + len(parts[0])
        before += [Piece("text", parts[0]), Piece("break")]
        text = text[at:].lstrip(EDGES)
    m = _DASH.search(text.rstrip(), len(text) - len(text.lstrip(EDGES)))
    if m and m.start() > 0:
        end, after = m.start(), m.end()
    for stop in _SENTENCE.finditer(text, 0, end):
        following = text[stop.end() : end].strip()
        if not following:
            break
        # A question may go on: `Does it matter? A study`; names behind it end the title.
        if not stop[0].strip() and not are_names(following.split(". ")[0]):
            continue
        if len(text[: stop.start()].split()) >= 2:
            end = stop.start() + (not stop[0].startswith((".", "。")))
            after = stop.end()
            break
    if after >= len(text.rstrip(EDGES)) and "," in text[:end]:
        end = _comma(text, end)
        after = min(after, end + 1) if end < after else after
    title = _tidy(text[:end])
    if not title:
        return None
    tail_piece = [Piece("text", text[after:])] if text[after:].strip() else []
    return Chosen(title, first, [*before, *tail_piece, *rest])


def _opens_with_names(text: str, end: re.Match[str]) -> bool:
    """Whether the first sentence of `text`, up to `end`, is several names, and a title follows."""
    names = text[: end.start()]
    several = "," in names or " and " in names or " et al" in names
    return several and are_names(names) and len(text[end.end() :].split()) >= 2


def _comma(text: str, end: int) -> int:
    """Where `Title, Ada Owl, Bob Finch, CVPR 2020` ends its title; `end` without such a tail."""
    if end > LONGEST_PART:
        return end
    places = [m.start() for m in re.finditer(",", text[:end])][:80]
    for place in places:
        parts = [p.strip() for p in text[place + 1 : end].split(",") if p.strip(EDGES)]
        if not parts or len(text[:place].split()) < 2:
            continue
        sure = [
            is_name(part.removeprefix("and ")) or read_venue(part) or read_when(part)
            or part.strip().lower().startswith("et al") or is_preprint(part)
            for part in parts
        ]  # fmt: skip
        if all(sure) and (len(parts) > 1 or not is_name(parts[0])):
            return place
    return end


def _tidy(title: str) -> str:
    text = _OWN_ID.sub("", _MORE.sub("", " ".join(title.split())))
    text = text.strip(' \t-–—|·•:：,，;/*_~`"“”')
    text = re.sub(r"\s*[\[(（【]+$", "", text)
    while text.endswith(".") and not text.endswith(".."):
        text = text[:-1].rstrip()
    return text if len(text) <= _LONGEST_TITLE else ""
