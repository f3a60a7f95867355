"""What the names of fields mean, in exports whose shape is not known beforehand."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

from digest.paper import LinkKind

_NOT_NAME = re.compile(r"[\W_]+")
_LONGEST_NAME = 60

_NAMES: dict[str, str] = {
    "title": """title papertitle articletitle documenttitle itemtitle primarytitle maintitle
        fulltitle dctitle titles""",
    "name": "name headline displayname",
    "abstract": "abstract summary abstracttext abstractnote paperabstract articleabstract abstracts"
    " dcabstract summaries",
    "description": "description dcdescription",
    "authors": """authors author authorlist authorslist authornames authornameslist authorfullnames
        authorsfullnames paperauthors firstauthors authorships creators creator dccreator
        authorshipsauthordisplayname""",
    "eprint": "arxiv arxivid eprint eprintid arxivnumber arxivurl arxivlink",
    "id": "id paperid uid key guid",
    "doi": "doi doiurl doilink digitalobjectidentifier paperdoi itemdoi",
    "published": """published publisheddate datepublished publishedat publicationdate pubdate
        publishdate date issued submitted submitteddate submissiondate datesubmitted dcdate
        publishedonline onlinedate created createddate""",
    "year": "year publicationyear pubyear publishedyear yearpublished paperyear",
    "updated": "updated updatedat updatedate dateupdated modified datemodified revised",
    "comment": "comment comments authorcomment arxivcomment",
    "journal_ref": "journalref journalreference",
    "venue": """venue journal journaltitle journalname fulljournalname conference conferencename
        booktitle containertitle publicationname publicationtitle sourcetitle publishedin
        proceedings eventname venuename journalbook publication
        primarylocationsourcedisplayname""",
    "tags": """tags tag keywords keyword categories category subjects subject authorkeywords
        manualtags primarycategory topics concepts fieldsofstudy dcsubject terms""",
    "paper": """url urls link links paperurl paperlink articleurl absurl abslink abstracturl
        landingpage landingpageurl htmlurl openreview""",
    "pdf": "pdf pdfurl pdflink urlpdf openaccesspdf paperpdf",
    "code": """code codeurl codelink github githuburl githublink githubrepo repo repourl repolink
        repository officialcode""",
    "project": "project projectpage projecturl projectlink homepage website webpage",
    "data": "dataset dataseturl datasetlink data dataurl",
    "model": "model modelurl checkpoints",
    "demo": "demo demourl",
    "video": "video videourl videolink youtube",
}
_ABROAD: dict[str, str] = {
    "title": """titel titre título titulo títol titolo tytuł başlık название заглавие 标题 標題 题名
        題名 题目 篇名 论文题目 タイトル 論文名 論題 제목 العنوان""",
    "abstract": """zusammenfassung kurzfassung résumé resume resumen resumo riassunto samenvatting
        streszczenie özet аннотация реферат 摘要 要旨 抄録 概要 초록 الملخص""",
    "authors": """autoren autorinnen verfasser verfasserin auteurs auteur autores autor autori
        autore autorzy yazarlar авторы автор 作者 著者 著者名 저자 المؤلفون المؤلف""",
    "year": """jahr erscheinungsjahr année annee año ano anno jaar rok yıl год 年 年份 出版年 発行年
        연도 السنة""",
    "published": """datum erscheinungsdatum veröffentlicht veröffentlichungsdatum datedepublication
        fecha fechadepublicación datadipubblicazione дата 发表时间 出版日期 发表日期 発行日
        출판일""",
    "venue": """zeitschrift konferenz tagung revue conférence revista congreso conferencia rivista
        conferenza tijdschrift czasopismo dergi журнал конференция 期刊 刊名 来源 会议 雑誌名 誌名
        学会 학술지 المجلة""",
    "tags": """schlagwörter schlagworte stichwörter stichworte motsclés motscles palabrasclave
        palavraschave parolechiave trefwoorden słowakluczowe anahtarkelimeler ключевыеслова 关键词
        關鍵詞 キーワード 키워드 الكلماتالمفتاحية""",
    "comment": "kommentar anmerkung commentaire comentario commento комментарий 备注 備考",
}
"""Names in other languages than English; English ones tell more where a table has both."""
_TELLING = {
    "name": frozenset({"abstract", "doi", "eprint", "venue", "journal_ref"}),
    "description": frozenset({"authors", "doi", "eprint", "venue", "journal_ref"}),
}
_BY_ROLE = {role: f"{names} {_ABROAD.get(role, '')}".split() for role, names in _NAMES.items()}
_MEANING = {name: role for role, names in _BY_ROLE.items() for name in names}
_RANK = {name: rank for names in _BY_ROLE.values() for rank, name in enumerate(names)}

LINK_ROLES: tuple[LinkKind, ...] = (
    "paper", "pdf", "code", "project", "data", "model", "demo", "video",
)  # fmt: skip
"""Roles whose values are addresses."""
ROLES = frozenset(_NAMES) - {"name", "description"} | {"links"}
"""What a mapping given by hand may name."""


def plain_name(name: str) -> str:
    """`name` without case and punctuation: `Journal-Ref`, `journal_ref` -> `journalref`."""
    return _NOT_NAME.sub("", name[:_LONGEST_NAME]).lower()


def role_of(name: str) -> str | None:
    """What a field called `name` holds, or None where its name does not tell."""
    return _MEANING.get(plain_name(name))


def find_roles(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Role to the fields that have it, the most telling name first.

    `name` and `description` name a paper and its abstract only where nothing better does, and
    where other fields tell that this is about papers: everything has a name and a description.
    """
    found: dict[str, list[str]] = {}
    for name in names:
        if role := role_of(name):
            found.setdefault(role, []).append(name)
    for fields in found.values():
        fields.sort(key=lambda field: _RANK[plain_name(field)])
    for role, weak in (("abstract", "description"), ("title", "name")):
        fields = found.pop(weak, [])
        if fields and not _TELLING[weak].isdisjoint(found):
            found.setdefault(role, fields)
    if "year" in found:
        found["published"] = found.get("published", []) + found.pop("year")
    return {role: tuple(fields) for role, fields in found.items()}


def check_mapping(mapping: Mapping[str, str]) -> None:
    """Raises ValueError for a role in `mapping` (role to field) that a paper does not have."""
    for role in mapping:
        if role not in ROLES:
            near = difflib.get_close_matches(role, ROLES, n=1)
            hint = f"did you mean `{near[0]}`?" if near else f"known are {', '.join(sorted(ROLES))}"
            raise ValueError(f"unknown field `{role}`: {hint}")
