"""Labels of fields, in English and in Chinese: `**Authors:**`, `- Published:`, `摘要：`."""

from __future__ import annotations

import re
from typing import Literal

Role = Literal[
    "title", "authors", "date", "updated", "link", "code", "project", "data", "video", "demo",
    "abstract", "comment", "venue", "journal_ref", "tags", "doi", "eprint", "links", "ignored",
]  # fmt: skip

_NAMES: dict[Role, str] = {
    "title": """
        title|paper title|papers title|paper name|papername|article|article title|标题|题目|
        论文标题|论文题目|论文名称|论文名|title of paper|paper titles|title & authors|
        title and authors|title/authors|英文标题|原标题|名称|name|论文
    """,
    "authors": """
        authors|author|author(s)|authors list|by|written by|作者|作者列表|first author|
        authors/org
    """,
    "date": """
        date|publish date|published|publication date|published date|published on|date published|
        submitted|submission date|posted|release date|time|year|日期|发布日期|发布时间|发表日期|
        发表时间|时间|年份|提交日期|date/说明|日期/说明|pub date|pub. date|published at|
        arxiv date|publish|first submitted
    """,
    "updated": """
        updated|last updated|update|update date|更新|更新时间|更新日期|last update|revised
    """,
    "link": """
        pdf|paper|link|url|arxiv|paper link|pdf link|paper url|arxiv link|abs|arxiv url|pdf url|
        paper links|链接|论文链接|论文地址|地址|原文|原文链接|arxiv地址|arxiv链接|pdf链接|html|
        openreview|source|source link|abstract link|paper page|full text|read more|hugging face|
        huggingface|download|preprint
    """,
    "code": """
        code|code link|github|repo|repository|implementation|代码|代码链接|源码|开源|
        github link|code url|代码地址|official code|code/project|github repo
    """,
    "project": """
        project|project page|website|homepage|page|项目|项目主页|主页|web|webpage|demo page|
        project link
    """,
    "data": """
        data|dataset|datasets|数据|数据集
    """,
    "video": """
        video|youtube|视频|talk|presentation
    """,
    "demo": """
        demo|colab|演示
    """,
    "abstract": """
        abstract|summary|description|摘要|简介|tldr|tl;dr|tl; dr|introduction|intro|overview|
        概要|内容|总结|abstract/summary|题摘原始内容|原文摘要|英文摘要|key points|main idea|
        idea|gist|the gist|描述|short summary|one-sentence summary|main contribution|
        contributions|paper abstract|ai summary|contribution
    """,
    "comment": """
        comment|comments|note|notes|备注|评论|注|说明|remark|remarks|accepted|accepted by
    """,
    "venue": """
        venue|conference|journal|conf|publication|pub|published in|会议|期刊|发表|出处|
        conference/journal|journal/conference|venue/year|pub.|publisher|accepted at|appeared in|
        where|收录|venue & year|source journal
    """,
    "journal_ref": """
        journal ref|journal-ref|journal reference|citation|reference|引用
    """,
    "tags": """
        key|keys|tags|keywords|categories|category|subjects|topics|topic|关键词|标签|类别|分类|
        subject|tag|keyword|field|area|areas|领域|primary category|主题|方向
    """,
    "doi": """
        doi|digital object identifier
    """,
    "eprint": """
        arxiv id|arxiv-id|id|paper id|arxiv identifier|identifier|编号|arxiv_id|arxiv编号|
        eprint|paperid
    """,
    "links": """
        links|resources|link(s)|相关链接|资源|materials|paper & code|paper/code|paper and code|
        url(s)|urls
    """,
    "ignored": """
        stars|star|citations|cites|likes|upvotes|score|rank|no|no.|#|index|序号|translate|
        translation|institution|institutions|affiliation|affiliations|机构|单位|作者单位|译文|
        中文标题|中文摘要|中文|language|votes|⭐|github stars|read|status|bibtex|relevance|type|
        tweet|tweets|blog|slides|poster|license|评分|pages|task|tasks|model|models|method|
        methods|modality|framework|size|翻译|标题翻译|摘要翻译|中文翻译|team|company|org|
        organization|organizations|input|output|domain|matched keywords|recommendation|用途|why|
        takeaway|takeaways|results|limitations|novelty|rating|推荐|核心|动机|方法|结果|结论|
        motivation|method name|result|conclusion|key insights|insight|problem|images|image|
        figure|preview|teaser|cover|aff
    """,
}
_ROLES: dict[str, Role] = {
    name.strip(): role for role, names in _NAMES.items() for name in names.split("|")
}

_LABEL = re.compile(
    r"(?:[-*+•>][ \t]{1,8}){0,3}(?:\d{1,3}[.)][ \t]{1,8})?"
    r"(?:[^\w\s\[<*_(（`]{1,8}[ \t]{0,4}|:[a-z0-9_+-]{2,30}:[ \t]{0,4})?"
    r"(?P<mark>\*{1,3}|_{1,3}|`|<b>|<strong>|<i>|<em>)?[ \t]{0,4}"
    r"(?:[^\w\s\[<*_(（`:]{1,8}[ \t]{0,4})?"
    r"(?P<name>[^\W\d_](?:[^\W_]|[ /&;.'()-]){0,28})[ \t]{0,4}"
    r"(?:(?P<inside>[:：])[ \t]{0,4}(?:\*{1,3}|_{1,3}|`|</b>|</strong>|</i>|</em>)?"
    r"[ \t]{0,4}(?:[:：])?"
    r"|(?:\*{1,3}|_{1,3}|`|</b>|</strong>|</i>|</em>)[ \t]{0,4}(?P<outside>[:：])?)[ \t]{0,8}",
)


def role_of(name: str) -> Role | None:
    """What a label or the head of a column says, `Publish Date` or `论文链接`; None if unknown."""
    name = " ".join(re.sub(r"[*_`:：]|[^\w\s&/;.#()'⭐-]", " ", name).lower().split()).strip(" .")
    return _ROLES.get(name) or _ROLES.get(name.replace("_", " ").replace("-", " "))


def match_label(text: str, start: int, end: int) -> tuple[Role, str, int] | None:
    """The label with which the line text[start:end] begins: its role, name, and where it ends.

    A label has its colon, or stands alone on its line in bold.
    """
    m = _LABEL.match(text, start, min(end, start + 120))
    if m is None:
        return None
    role = role_of(m["name"])
    if role is None:
        return None
    if not (m["inside"] or m["outside"]) and (not m["mark"] or text[m.end() : end].strip()):
        return None
    return role, m["name"].strip().lower(), m.end()
