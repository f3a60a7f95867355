"""Where a text of BibTeX may be cut, so that its parts can be read one by one."""

from __future__ import annotations

from digest.readers.bibtex.scanner import EXTENSIONS, find_heads, find_line_heads, scan
from digest.readers.bibtex.values import closing


def last_head(text: str, start: int) -> int:
    """The last opening of an entry behind `start` that lies in no other entry, or -1.

    Between two openings at the start of a line, braces that come out even leave nothing open:
    whatever is broken there ends before the second. Where they do not, the scanner tells how far
    the entry reaches; where that depends on what follows `text`, nothing after it is sure.
    """
    heads = [head.start() for head in find_line_heads(text)]
    found = -1
    reached = 0
    for index, at in enumerate(heads):
        if at < reached:
            continue
        if text.count("{", reached, at) != text.count("}", reached, at):
            end = _end(text, reached, at, heads[index : index + EXTENSIONS + 2])
            if end is None:
                break
            if end > at:
                reached = end
                continue
        reached = found = at
    return found if found > start else -1


def _end(text: str, start: int, at: int, heads: list[int]) -> int | None:
    """Where the block ends that crosses `at`, or `at`; `heads` are the openings from there on."""
    if len(heads) < EXTENSIONS + 2:
        return None
    part = text[start : heads[-1]]
    for block in scan(part):
        end: int | None = start + block.end
        if block.type == "comment":
            end = _comment_end(text, start + block.start, start + block.end)
        if end is None or end >= at:
            return end
    return None


def _comment_end(text: str, start: int, line_end: int) -> int | None:
    """Where the comment at `start` ends, which may hold any number of whole entries; None where
    that is not sure."""
    head = next(find_heads(text, start))
    if head[2] == "(":
        return line_end
    end = closing(text, head.end(), len(text))
    if end is None or text.count("{", start, end) != text.count("}", start, end):
        return None
    return end
