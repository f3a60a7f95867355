"""An entry written on one line, or in one cell: its title, and what the rest of it says.

`[Title](url) - Authors, Venue Year. [[code]](…)`, `**Title.** *Authors.* Venue. [[pdf]](…)`,
`1) **Title** - what it does`, `[2023/05] Title [[paper](…)]` and what lies between these.
"""

from __future__ import annotations

import re

from digest.readers.markdown.addresses import label_kind
from digest.readers.markdown.drafts import Draft
from digest.readers.markdown.inline import Piece
from digest.readers.markdown.labels import match_label
from digest.readers.markdown.titles import EDGES, LONGEST_PART, OPENING, choose, venue_label
from digest.readers.markdown.values import (
    are_names,
    is_preprint,
    is_prose,
    read_names,
    read_venue,
    read_when,
)

_NUMBER = re.compile(r"\s*(?:\[[ xX]\]\s+)?[(\[【]?\d{1,4}(?:[)\]】.、:]|\.\))+\s*(?=\D|\d{2})")
_BULLET_SIGN = re.compile(
    r"^[\s\U0001F000-\U0001FAFF\u2600-\u27bf\u2b00-\u2bff\ufe0f]+|:[a-z0-9_+-]{2,30}:"
)
_PARTS = re.compile(
    r"\s[-–—|·•]+\s|\s*\|\s*|(?<=[\w)\]])(?<!\b[A-Z])\.\s+(?=[A-Z\[(‘'\"“\d])|[\[\]【】`]"
)
_BY = re.compile(r"^[\s,;>:]*\b[Bb]y\b[\s:]+")
_ET_AL = re.compile(r"(.{3,400}?\bet\.? ?al\b\.?)[\s.,;]*(.*)$")


def read_entry(pieces: list[Piece], draft: Draft | None = None, *, cell: bool = False) -> Draft:
    """The entry that `pieces` are; its title is None where none could be told.

    A title has a `cell` to itself: dashes and bars are its own, unless a sentence follows them.
    """
    draft = draft or Draft()
    pieces = _without_number(_broken_at_styles(pieces))
    chosen = choose(pieces, cell)
    if chosen is None:
        _read_rest(draft, pieces)
        return draft
    title = chosen.title
    for piece in pieces[: chosen.start]:
        if piece.kind in ("link", "image"):
            _take(draft, piece)
    lead = [p for p in pieces[: chosen.start] if p.kind not in ("link", "image")]
    link = pieces[chosen.start]
    if link.kind == "link":
        draft.take_link(link.text, link.url, "title")
    if draft.title is None:
        draft.title = title
    _read_rest(draft, lead)
    _read_rest(draft, chosen.rest)
    return draft


def _broken_at_styles(pieces: list[Piece]) -> list[Piece]:
    """`pieces` with line ends that part two fields as breaks, and the others as blanks."""
    found: list[Piece] = []
    for at, piece in enumerate(pieces):
        if piece.kind != "soft":
            found.append(piece)
            continue
        before = next((p for p in reversed(found) if p.text.strip() or p.kind != "text"), None)
        after = next(
            (p for p in pieces[at + 1 : at + 4] if p.text.strip() or p.kind != "text"), None
        )
        styled = (before is not None and (before.strong or before.kind == "link")) or (
            after is not None
            and (after.emphasis or after.strong or after.kind in ("link", "image"))
        )
        opens = after is not None and after.text.lstrip()[:1] in "[|-–" and after.text.strip()
        found.append(Piece("break") if styled or opens else Piece("text", " "))
    return found


def _without_number(pieces: list[Piece]) -> list[Piece]:
    """`pieces` without the number, the box or the picture before the entry."""
    for at, piece in enumerate(pieces):
        if piece.kind != "text":
            if piece.kind == "break":
                continue
            break
        text = _BULLET_SIGN.sub("", piece.text)
        if not text.strip() and text != piece.text:
            continue
        m = _NUMBER.match(text)
        if m and read_when(text[: m.end()]) is None:
            text = text[m.end() :]
        if text != piece.text:
            kept = [piece._replace(text=text)] if text.strip() else []
            return kept + pieces[at + 1 :]
        if text.strip():
            break
    return pieces


def _take(draft: Draft, piece: Piece) -> bool:
    """Takes the link or the image; whether its label is furniture rather than words."""
    if piece.kind == "image":
        draft.take_badge(piece)
        return True
    target = draft.take_link(piece.text, piece.url)
    if target is not None and (venue := venue_label(piece.text)):
        draft.venue = draft.venue or venue
        return True
    return label_kind(piece.text) is not None if target is None else target.generic


def _read_rest(draft: Draft, pieces: list[Piece]) -> None:
    """Names, venue, date and sentences from what stands around the title."""
    segment: list[str] = []
    opening = ""  # the first words of the segment: enough to tell sentences
    styled = False
    for piece in [*pieces, Piece("break")]:
        if piece.kind in ("link", "image"):
            if not _take(draft, piece):
                segment.append(piece.text)
                opening += piece.text if len(opening) < OPENING else ""
            elif not is_prose(opening):
                segment.append(" | ")
            continue
        begins = not opening.strip(EDGES)
        if piece.kind == "break" or (
            (begins and (piece.emphasis or piece.strong)) or (styled and not piece.emphasis)
        ):
            _classify(draft, "".join(segment))
            segment, opening = [], ""
        styled = piece.emphasis and (begins or styled)
        segment.append(piece.text)
        opening += piece.text if len(opening) < OPENING else ""


def _classify(draft: Draft, text: str) -> None:
    text = " ".join(text.split())
    if not text.strip(EDGES):
        return
    label = match_label(text, 0, len(text))
    if label is not None:
        draft.take_field(label[0], text[label[2] :], label[1])
        return
    draft.take_said(text)
    text = _BY.sub("", text)
    if draft.abstract and text[0] in "●•▪◦‣":
        draft.abstract.append(_without_emptied(text))
        return
    if (m := _ET_AL.match(text)) and are_names(m[1]):
        draft.authors = draft.authors or read_names(m[1].strip(EDGES))
        text = m[2]
    whole = text.lstrip(" \t-–—|·•:：,;.").rstrip(" \t-–—|·•,;")
    if are_names(whole):
        draft.authors = draft.authors or read_names(whole)
        return
    if is_prose(whole) and not are_names(whole):
        draft.abstract.append(_without_emptied(whole))
        return
    for part in _PARTS.split(whole):
        _classify_part(draft, part)


def _without_emptied(text: str) -> str:
    """`text` without the brackets and bars at its end that links have left empty."""
    text = text.rstrip(" |,/([")
    at = text.rfind("(")
    if text.endswith(")") and at > 0 and not text[at + 1 : -1].strip(" |,/"):
        text = text[:at].rstrip(" |,/([")
    return text


def _classify_part(draft: Draft, part: str) -> None:
    bare = part.strip(EDGES + "\"'“”")
    if not bare or is_preprint(bare):
        return
    if (when := read_when(bare)) is not None:
        draft.published = draft.published or when
        return
    if (venue := read_venue(part.strip(" .,;:"))) is not None and not are_names(bare):
        draft.venue = draft.venue or venue
        return
    if are_names(bare):
        draft.authors = draft.authors or read_names(part)
        return
    if is_prose(bare):
        draft.abstract.append(part.strip())
        return
    if len(part) > LONGEST_PART:
        return
    places = [m.start() for m in re.finditer(r"[,;.(]\s?", part)][:200]
    for place in places:
        head, tail = part[:place], part[place + 1 :].strip(" ()")
        said = read_venue(tail) or read_when(tail)
        if said is None and not is_preprint(tail):
            continue
        if are_names(head):
            draft.authors = draft.authors or read_names(head)
        elif head.strip() and (early := read_venue(head)):
            draft.venue = draft.venue or early
        elif not head.strip(EDGES):
            pass
        else:
            continue
        if (when := read_when(tail)) is not None:
            draft.published = draft.published or when
        elif said:
            draft.venue = draft.venue or said
        return
