"""Lays real records out in the formats that programs exchange, with the variations seen there.

A format that cannot carry a value as it is says so in `cannot`: the reason, never a guess.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
import textwrap
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import yaml

from digest.text import fold
from tests.readers.layouts import Page, Wanted

Paper = dict[str, Any]
_NEW = re.compile(r"\d{4}\.\d{4,5}v\d")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_CONTROL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def wanted_of(paper: Paper, **changed: Any) -> Wanted:
    """What a format that carries every field gives."""
    eprint, _, version = paper["arxiv"].partition("v") if _NEW.match(paper["arxiv"]) else (
        paper["arxiv"], "", "")  # fmt: skip
    doi = _DOI.search(paper["doi"])
    return Wanted(
        title=fold(paper["title"]) or None,
        abstract=paragraphs(paper["abstract"]) or None,
        comment=fold(paper["comment"]) or None,
        eprint=eprint or None,
        version=int(version) if version else None,
        doi=doi[0].rstrip(".,;") if doi else None,
        published=paper["date"] or None,
        updated=paper["updated"] or None,
        authors=tuple(filter(None, (fold(name).strip(" ,") for name in paper["authors"]))),
    )._replace(**changed)


def paragraphs(text: str) -> str:
    """`text` folded, a blank line between its paragraphs."""
    return "\n\n".join(filter(None, map(fold, re.split(r"\n[^\S\n]*\n", text))))


def ends(text: str, rng: random.Random) -> str:
    """`text` with the line ends of one system, or of two."""
    kind = rng.random()
    if kind < 0.6:
        return text
    if kind < 0.85:
        return text.replace("\n", "\r\n")
    return "".join(
        line[:-1] + "\r\n" if line.endswith("\n") and rng.random() < 0.3 else line
        for line in text.splitlines(keepends=True)
    )


def _wrapped(text: str, width: int, indent: str = "") -> str:
    return textwrap.fill(
        text, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def shuffled(fields: dict[str, Any], rng: random.Random) -> list[tuple[str, Any]]:
    """The fields that say something, in any order."""
    items = [(name, value) for name, value in fields.items() if value]
    if rng.random() < 0.5:
        rng.shuffle(items)
    return items


def lay_json(papers: list[Paper], rng: random.Random) -> Page:
    """A line each, or a list; with the names that fields have in the wild."""
    names = {
        "title": "title",
        "abstract": rng.choice(("abstract", "abstract", "summary")),
        "authors": "authors",
        "arxiv": rng.choice(("arxiv", "arxiv_id", "arxivId")),
        "doi": rng.choice(("doi", "DOI")),
        "date": rng.choice(("date", "published")),
        "updated": "updated",
        "comment": rng.choice(("comment", "comments")),
    }
    plain = rng.random() < 0.5
    rows = []
    for paper in papers:
        row = dict(shuffled({shown: paper[name] for name, shown in names.items()}, rng))
        rows.append(json.dumps(row, ensure_ascii=plain, indent=None))
    if rng.random() < 0.3:
        text = "[\n" + ",\n".join(rows) + "\n]"
    else:
        text = rng.choice(("\n", "\n", "\n\n")).join(rows) + "\n"
    # JSON's strings hold no line end, so those of the file may be of any kind.
    return Page(ends(text, rng), [wanted_of(p) for p in papers])


def lay_bibtex(papers: list[Paper], rng: random.Random) -> Page:
    """Entries with braces or quotes, comments and furniture of programs between."""
    entries, wanted = [], []
    for number, paper in enumerate(papers):
        year, month, _ = paper["date"].split("-") if paper["date"] else ("", "", "")
        dated = rng.random() < 0.3
        whole = {"date": paper["date"]} if dated else {"year": year, "month": month}
        fields = {
            "title": paper["title"], "author": " and ".join(paper["authors"]),
            "abstract": paper["abstract"], "eprint": paper["arxiv"], "doi": paper["doi"],
            "archivePrefix": "arXiv" if rng.random() < 0.7 else "", "note": paper["comment"],
            **whole,
        }  # fmt: skip
        wide = rng.random() < 0.3
        shown = []
        for name, value in shuffled(fields, rng):
            words = _wrapped(value, 70, "    ") if wide else value
            quoted = rng.random() < 0.2 and '"' not in value
            head = name.upper() if rng.random() < 0.1 else name
            equals = rng.choice((" = ", "=", "    = "))
            shown.append(f"  {head}{equals}" + (f'"{words}"' if quoted else f"{{{words}}}"))
        kind = rng.choice(("article", "misc", "Article", "inproceedings", "ARTICLE"))
        last = rng.choice((",", ""))
        entries.append(f"@{kind}{{key{number},\n" + ",\n".join(shown) + f"{last}\n}}\n")
        want = wanted_of(paper, updated=None)
        if wide:
            want = want._replace(abstract=fold(paper["abstract"]) or None)
        if not dated and year:
            want = want._replace(published=f"{year}-{month}")
        wanted.append(want)
        if rng.random() < 0.15:
            entries.append(
                rng.choice(
                    (
                        "% Exported by a program\n",
                        "@comment{jabref-meta: databaseType:bibtex;}\n",
                        "@string{lett = {Letters}}\n",
                        "Some words that somebody left here.\n",
                        '@preamble{"\\newcommand{\\noop}[1]{}"}\n',
                    )
                )
            )
    return Page(ends(rng.choice(("", "\n")).join(entries), rng), wanted)


def lay_ris(papers: list[Paper], rng: random.Random) -> Page:
    """Tags in any order, long lines wrapped or not, numbers between the entries."""
    wrap, gap = rng.random() < 0.2, rng.choice(("", "\n", "\n\n"))
    title, abstract, author = rng.choice(("TI", "T1")), rng.choice(("AB", "N2")), "AU"
    numbered = rng.random() < 0.1
    entries, wanted = [], []
    for number, paper in enumerate(papers, 1):
        day = paper["date"].replace("-", "/")
        fields = {
            title: [paper["title"]], author: paper["authors"], abstract: [paper["abstract"]],
            "DO": [paper["doi"]], rng.choice(("PY", "Y1")): [day], "N1": [paper["comment"]],
            "UR": [f"https://arxiv.org/abs/{paper['arxiv']}" if paper["arxiv"] else ""],
        }  # fmt: skip
        lines = ["TY  - JOUR"]
        for tag, values in shuffled(fields, rng):
            for value in filter(None, map(fold, values)):
                line = f"{tag}  - {value}"
                lines.append(_wrapped(line, 78) if wrap and tag == abstract else line)
        lines.append(rng.choice(("ER  - ", "ER  -")))
        entries.append((f"{number}.\n" if numbered else "") + "\n".join(lines) + "\n")
        wanted.append(wanted_of(paper, updated=None, abstract=fold(paper["abstract"]) or None))
    return Page(ends(gap.join(entries), rng), wanted)


def lay_table(papers: list[Paper], rng: random.Random) -> Page:
    """Comma, semicolon or tab between columns in any order."""
    mark = rng.choice((",", ",", ";", "\t"))
    columns = dict(
        shuffled(
            {
                "title": rng.choice(("title", "Title")),
                "authors": rng.choice(("authors", "Authors", "author")),
                "abstract": rng.choice(("abstract", "Abstract")),
                "arxiv": rng.choice(("arxiv", "arxiv_id")), "doi": rng.choice(("doi", "DOI")),
                "date": rng.choice(("date", "published")),
                "updated": "updated", "comment": "comment",
            },
            rng,
        )
    )  # fmt: skip
    file = io.StringIO()
    quoting = rng.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    end = rng.choice(("\n", "\r\n"))
    writer = csv.writer(file, delimiter=mark, lineterminator=end, quoting=quoting)
    writer.writerow(columns.values())
    for paper in papers:
        row = {**paper, "authors": "; ".join(paper["authors"])}
        writer.writerow([row[name] for name in columns])
    return Page(file.getvalue(), [wanted_of(paper) for paper in papers])


def lay_front_matter(papers: list[Paper], rng: random.Random) -> Page:
    """One paper a file, as YAML's own writer or JSON's shows it; the abstract within or below."""
    paper = papers[0]
    within = rng.random() < 0.4
    names = ("title", "authors", "date", "updated", "arxiv", "doi", "comment")
    fields = dict(shuffled({name: paper[name] for name in names}, rng))
    if within:
        fields["abstract"] = paper["abstract"]
    if rng.random() < 0.5:
        head = yaml.safe_dump(
            fields,
            allow_unicode=rng.random() < 0.5,
            width=rng.choice((60, 80, 10_000)),
            sort_keys=False,
            default_flow_style=rng.choice((None, False)),
        )
    else:
        head = "".join(f"{name}: {json.dumps(value)}\n" for name, value in fields.items())
    body = "" if within else f"\n{paper['abstract']}\n"
    return Page(ends(f"---\n{head}---\n{body}", rng), [wanted_of(paper)])


def lay_atom(papers: list[Paper], rng: random.Random) -> Page:
    """A feed, indented or not, its texts escaped or in CDATA."""
    cdata, gap = rng.random() < 0.3, rng.choice(("", "\n", "\n  "))

    def shown(text: str) -> str:
        return f"<![CDATA[{text}]]>" if cdata and "]]>" not in text else escape(text)

    entries = []
    for paper in papers:
        address = f"http://arxiv.org/abs/{paper['arxiv']}"
        fields = [
            f"<title>{shown(paper['title'])}</title>",
            f"<summary>{gap}{shown(paper['abstract'])}{gap}</summary>",
            f"<published>{paper['date']}T01:02:03Z</published>",
            f"<updated>{paper['updated'] or paper['date']}T01:02:03Z</updated>",
            *(f"<author><name>{shown(name)}</name></author>" for name in paper["authors"]),
            f"<link href={quoteattr(address)} rel='alternate' type='text/html'/>",
            "<arxiv:primary_category term='cs.XX'/>",
        ]
        if paper["comment"]:
            fields.append(f"<arxiv:comment>{shown(paper['comment'])}</arxiv:comment>")
        if paper["doi"]:
            fields.append(f"<arxiv:doi>{shown(paper['doi'])}</arxiv:doi>")
        if rng.random() < 0.5:
            names = [field for field in fields if "<author>" in field]
            fields = [field for field in fields if "<author>" not in field]
            rng.shuffle(fields)
            fields += names
        entries.append(f"<entry>{gap}<id>{address}</id>{gap}{gap.join(fields)}</entry>")
    text = (
        "<?xml version='1.0' encoding='UTF-8'?>\n<feed xmlns='http://www.w3.org/2005/Atom' "
        "xmlns:arxiv='http://arxiv.org/schemas/atom'>\n<title>A query</title>\n"
        f"{rng.choice(('', chr(10))).join(entries)}\n</feed>\n"
    )
    wanted = [wanted_of(p, updated=p["updated"] or p["date"]) for p in papers]
    return Page(ends(text, rng), wanted)


def _balanced(text: str) -> bool:
    depth = 0
    # BibTeX counts those behind a backslash, too.
    for brace in re.findall(r"[{}]", text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return not depth


def _cannot_bibtex(paper: Paper) -> str | None:
    values = (paper["title"], paper["abstract"], paper["comment"], *paper["authors"])
    if not all(map(_balanced, values)):
        return "braces without their fellows end a value"
    if any(re.search(r"\band\b", name, re.I) for name in paper["authors"]):
        return "`and` divides names"
    return None


def _cannot_ris(paper: Paper) -> str | None:
    if any(";" in name for name in paper["authors"]):
        return "a semicolon divides names"
    return None


def _cannot_table(paper: Paper) -> str | None:
    if any(";" in name for name in paper["authors"]):
        return "a semicolon divides names"
    return None


def _cannot_xml(paper: Paper) -> str | None:
    if any(_CONTROL.search(str(value)) for value in paper.values()):
        return "XML has no control characters"
    return None


def _can(_: Paper) -> str | None:
    return None


INTERCHANGE: dict[str, Callable[[list[Paper], random.Random], Page]] = {
    "json": lay_json,
    "bibtex": lay_bibtex,
    "ris": lay_ris,
    "table": lay_table,
    "front-matter": lay_front_matter,
    "atom": lay_atom,
}
"""By the name that `digest read` gives the format."""
CANNOT: dict[str, Callable[[Paper], str | None]] = {
    "json": _can,
    "bibtex": _cannot_bibtex,
    "ris": _cannot_ris,
    "table": _cannot_table,
    "front-matter": _can,
    "atom": _cannot_xml,
}
"""Why a format cannot carry a paper as it is; None where it can."""
