"""Who or where a number is said of: 全乡, XX村, 各支部, a company.

A subject heads its clause and holds until another one does, to the end of its paragraph; then the heading speaks, and
last the place that the whole report is about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.cues import Cues
from pipeline.metrics.tokens import BOUNDARIES, Token

_WHOLE = re.compile(
    r"全(?:省|市|县|区|州|盟|旗|乡|镇|村|街道|社区|局|校|院|厂|公司|国|系统|辖区|行业|集团|处|所|站|队|社(?!会)|组|支部|党委)(?:城乡)?"
    r"|[我本](?:国|省|市|县|区|州|乡|镇|村|局|校|院|厂|公司|单位|街道|社区|旗|办|委|中心|支部)(?!委|府)"
    r"|各(?:党?支部|村|乡镇|县区|县市区|部门|单位|镇|街道|社区|学校)"
    r"|中央财政|地方财政|[省市县乡镇]级?财政|[乡镇村县市省]党委|[乡镇县市]纪委|[乡镇县市]政府"
)
_BODY = re.compile(
    r".*(?:公司|集团|合作社|医院|学校|小学|中学|大学|学院|幼儿园|村|居|委会|研究院|院|开发区|高新区|园区|新区|街道|社区|镇|乡|县|区|市|州|盟|旗|省|港"
    r"|支部|党委|总支|农场|林场|牧场|鹿场|养殖场|厂|水库|景区|平台|局|中心|站|所|队|企业|行业|都市圈|矿|银行|抖音号|公众号|牧业|集体)"
)
_NOUNS = ("n", "j", "s", "x", "e", "b", "z", "q", "m", "a", "f")
_QUOTES = frozenset("“”‘’《》")


def clause_subjects(tokens: Sequence[Token], cues: Cues) -> list[tuple[int, str]]:
    """The subjects that head the clauses of a sentence: (where the clause begins, subject), in order."""
    out: list[tuple[int, str]] = []
    at = 0
    while at < len(tokens):
        begin = at
        while at < len(tokens) and tokens[at].word[0] not in BOUNDARIES:
            at += 1
        if subject := _heading_clause(tokens[begin:at], cues):
            out.append((tokens[begin].start, subject))
        at += 1
    return out


def _heading_clause(clause: Sequence[Token], cues: Cues) -> str:
    lead = cues["lead"]
    first = 0
    while first < len(clause) and (
        clause[first].word in lead
        or clause[first].tag in ("c", "t", "d", "m")
        or clause[first].word in "一二三四五六是、"
    ):
        first += 1
    words: list[str] = []
    for token in clause[first:]:
        whole = _WHOLE.match(token.word) if not words else None
        if whole:
            return whole[0]
        if (token.word in lead and token.word not in ("中",)) or not (token.tag[:1] in _NOUNS or token.word in _QUOTES):
            break
        words.append(token.word)
    else:
        return ""
    name = "".join(words)
    whole = _WHOLE.match(name)
    if whole:
        return whole[0]
    return name if 2 <= len(name) <= 18 and _BODY.fullmatch(name) else ""


def subject_of_heading(heading: str) -> str | None:
    """The subject that a heading names."""
    match = _WHOLE.search(heading)
    if match:
        return match[0]
    bare = re.sub(r"^[（(]?[一二三四五六七八九十\d]+[）)、.．]*", "", heading).strip("【】：: 　")
    return bare if len(bare) <= 12 and _BODY.fullmatch(bare) else None
