"""What pages in several languages call the fields of a paper, and how they write dates."""

from __future__ import annotations

import datetime as dt
import re

from digest.readers.listings.dates import DATED, edtf
from digest.text import unaccented

_NAMES: dict[str, str] = {
    "title": "title|paper|paper title|titel|titre|titulo|titolo"
    "|标题|题目|篇名|論文名|タイトル|제목|название",
    "authors": "author|authors|by|autor|autoren|autorin|autorinnen|verfasser|auteur|auteurs|autores"
    "|autore|autori|written by|作者|著者|저자|автор|авторы|von|par|people"
    "|speaker|speakers|presenter|presenters|referent|referentin|vortragende|conferencier|relatore",
    "abstract": "abstract|summary|zusammenfassung|kurzfassung|kurzbeschreibung|resume|resumen"
    "|resumo"
    "|riassunto|sommario|tl;dr|tldr|description|摘要|内容摘要|要旨|概要|초록|аннотация",
    "venue": "venue|conference|journal|published in|appeared in|appears in|proceedings|booktitle"
    "|where|konferenz|tagung|zeitschrift|erschienen in|revue|conference/journal|actes|paru dans"
    "|publie dans|revista|conferencia|rivista|会议|期刊|来源|发表于|出处|会議|学会|журнал",
    "journal_ref": "journal ref|journal reference|reference|citation|fundstelle",
    "date": "date|published|published on|submitted|submitted on|publication date|posted|released"
    "|year|datum|veroffentlicht|veroffentlicht am|erschienen|erschienen am|eingereicht|jahr|publie"
    "|publie le|date de publication|annee|soumis le|fecha|publicado|data|anno|ano|日期|发表日期"
    "|发布日期|时间|年份|提交日期|発行日|日付|날짜|дата|год",
    "updated": "updated|last updated|revised|aktualisiert|mis a jour|更新|更新日期",
    "doi": "doi|related doi",
    "eprint": "arxiv|arxiv id|eprint|preprint|identifier|kennung|identifiant|编号|arxiv编号",
    "link": "link|links|url|pdf|web|adresse|lien|liens|enlace|verweis|链接|地址|リンク|project"
    "|project page|projekt|projet|项目|主页|code|github|quellcode|source code|代码|コード|full text"
    "|volltext|texte integral|read|html|paper link|website",
    "tags": "keywords|keyword|tags|subjects|subject areas|topics|categories|category|schlagworter"
    "|stichworter|schlusselworter|themen|mots cles|mots-cles|sujets|palabras clave|parole chiave"
    "|关键词|关键字|分类|主题|キーワード|키워드",
    "comment": "comment|comments|note|notes|bemerkung|bemerkungen|kommentar|anmerkung|commentaire"
    "|commentaires|remarque|备注|评论|注释|コメント",
}
_ROLES = {name: role for role, names in _NAMES.items() for name in names.split("|")}
_TELLING = frozenset(["title", "authors", "abstract", "doi", "eprint", "venue"])

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jaenner janvier enero gennaio janeiro",
            "februar fevrier febrero febbraio fevereiro",
            "marz maerz mars marzo marco",
            "april avril abril aprile",
            "mai mayo maggio maio",
            "juni juin junio giugno junho",
            "juli juillet julio luglio julho",
            "august aout agosto",
            "september septembre septiembre settembre setembro",
            "oktober octobre octubre ottobre outubro",
            "november novembre noviembre novembro",
            "dezember decembre diciembre dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
_WORDED = re.compile(
    r"(?:(\d{1,2})(?:\.|er|º)?\s(?:de\s)?)?([^\W\d_]{3,10})\s(?:de\s)?((?:19|20)\d\d)"
)
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?((?:19|20)\d\d)(?!\d)")
_EASTERN = re.compile(r"((?:19|20)\d\d)\s?年(?:\s?(\d{1,2})\s?月(?:\s?(\d{1,2})\s?日)?)?")
_CENTURY = re.compile(r"(?:19|20)\d\d")
_YEAR = re.compile(r"(?<![\w.:/-])(?:19|20)\d\d(?![\w/-]|\.\d)")


def field_named(name: str) -> str | None:
    """The field that a page calls `name`, in whatever language, or None."""
    return _ROLES.get(unaccented(name.strip(" *_.[]()")).strip())


def is_telling(role: str | None) -> bool:
    """Whether a field is one that papers have and recipes and letters have not."""
    return role in _TELLING


def find_date(words: str) -> tuple[str, int, int] | None:
    """The first date with a month in `words`, as EDTF, and where it stands."""
    if not _CENTURY.search(words):
        return None
    if m := DATED.search(words):
        date = edtf(m)
        if date:
            return date, m.start(), m.end()
    if m := _EASTERN.search(words):
        date = _edtf(m[1], m[2], m[3])
        return (date, m.start(), m.end()) if date else None
    if m := _DOTTED.search(words):
        date = _edtf(m[3], m[2], m[1])
        return (date, m.start(), m.end()) if date else None
    for m in _WORDED.finditer(words):
        month = _MONTHS.get(unaccented(m[2]))
        if month and (date := _edtf(m[3], str(month), m[1])):
            return date, m.start(), m.end()
    return None


def find_year(words: str) -> str | None:
    """The last year that `words` name."""
    found = _YEAR.findall(words)
    return found[-1] if found else None


def _edtf(year: str, month: str | None, day: str | None) -> str | None:
    if month is None:
        return year
    try:
        date = dt.date(int(year), int(month), int(day or 1))
    except ValueError:
        return None
    return date.isoformat() if day else date.isoformat()[:7]
