"""Who or where a number is said of: 全乡, XX村, 各支部, a company.

A subject heads its clause and holds until another one does; where no clause of the paragraph names one, a heading does or
the place that the report is about. What could be meant is laid side by side, and a linear model chooses.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.metrics.cues import Cues
from pipeline.metrics.hashing import Scores
from pipeline.metrics.tokens import BOUNDARIES, Token
from pipeline.records import Facts, Section

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
_PLACE_KIND = {
    "省": "全省",
    "市": "全市",
    "县": "全县",
    "区": "全区",
    "乡": "全乡",
    "镇": "全镇",
    "村": "全村",
    "旗": "全旗",
    "州": "全州",
}
_HIDDEN = re.compile("[XＸ×某*]")
"""A place whose name is hidden is better called 全县."""
_NOUN_TAGS = frozenset("njsebzqfaxlgig")
_QUOTES = frozenset("“”‘’《》")
_LONGEST = 20
_MOST = 10


class Mention(NamedTuple):
    """A phrase that could be whom a number is said of."""

    name: str
    kind: str  # clause, whole, place, heading, report, report_whole, often, none
    start: int
    tag: str  # of its last word
    following: str  # the word after it

    @property
    def body(self) -> bool:
        """Whether it names a place or an organisation, and not a thing."""
        return self.kind == "whole" or _BODY.fullmatch(self.name) is not None


def bodies(spoken_of: Counter[str]) -> list[Mention]:
    """The place or organisation that the text has spoken of most so far."""
    return [Mention(name, "often", 0, str(min(times, 5)), "") for name, times in spoken_of.most_common(1)]


def mentions_of(tokens: Sequence[Token], cues: Cues) -> list[Mention]:
    """What heads the clauses of a sentence, and what stands after 在 and 对, in order."""
    out: list[Mention] = []
    at, size = 0, len(tokens)
    while at < size:
        begin = at
        while at < size and tokens[at].word[0] not in BOUNDARIES:
            at += 1
        out += _clause(tokens[begin:at], cues)
        at += 1
    return out


def _clause(clause: Sequence[Token], cues: Cues) -> list[Mention]:
    lead = cues["lead"]
    out: list[Mention] = []
    first, size = 0, len(clause)
    while first < size and (clause[first].word in lead or clause[first].tag in ("c", "t", "d", "m", "x")):
        if clause[first].word in _QUOTES:
            break
        first += 1
    out += _phrases(clause, first, "clause")
    for i in range(first, min(size, first + 12)):
        if clause[i].word in ("在", "对", "为", "由", "给", "向") and i + 1 < size:
            out += _phrases(clause, i + 1, "place")[:1]
    return out


def _phrases(clause: Sequence[Token], first: int, kind: str) -> list[Mention]:
    """The noun phrase that begins at a word, its forerunners that name a body, and 全县 and the like at its head."""
    out: list[Mention] = []
    name, size = "", len(clause)
    for i in range(first, size):
        word, tag, *_ = clause[i]
        if not (tag[:1] in _NOUN_TAGS or tag == "vn" or word in _QUOTES) or len(name) + len(word) > _LONGEST:
            break
        name += word
        following = clause[i + 1].word if i + 1 < size else "#"
        if (whole := _WHOLE.match(name)) and not out:
            out.append(Mention(whole[0], "whole", clause[first].start, tag, following))
        elif len(name) > 1:
            ends = i + 1 == size or clause[i + 1].tag[:1] not in _NOUN_TAGS
            if ends or _BODY.fullmatch(name):
                out.append(Mention(name.strip("“”"), kind, clause[first].start, tag, following))
    return out[-3:]


def standing(outline: Sequence[Section], section_id: int, facts: Facts) -> list[Mention]:
    """Whom a section speaks of where no clause says it: a heading that names one, the place of the report."""
    out: list[Mention] = []
    node: Section | None = outline[section_id]
    while node is not None:
        if node.heading and (subject := subject_of_heading(node.heading)):
            out.append(Mention(subject, "heading", node.start, str(min(node.level, 3)), ""))
        node = outline[node.parent_id] if node.parent_id is not None else None
    if facts.place:
        out.append(Mention(facts.place, "report", 0, facts.admin_level or "", ""))
        if (whole := _PLACE_KIND.get(facts.place[-1])) and _HIDDEN.search(facts.place):
            out.append(Mention(whole, "report_whole", 0, facts.admin_level or "", ""))
    out.append(Mention("", "none", 0, "", ""))
    return out


def subject_of_heading(heading: str) -> str | None:
    """The subject that a heading names."""
    match = _WHOLE.search(heading)
    if match:
        return match[0]
    bare = re.sub(r"^[（(]?[一二三四五六七八九十\d]+[）)、.．]*", "", heading).strip("【】：: 　")
    return bare if len(bare) <= 12 and _BODY.fullmatch(bare) else None


Key = tuple[str, str, str, str, str, int, str, bool, bool, bool]
"""What the model looks at of one mention: name, kind, tag, following, scope, rank, in the name of the number, and whether
the sentence and the paragraph above it hold any, and whether it is the last body named."""


class Choice(NamedTuple):
    """What could be meant by one number, each with what the model looks at."""

    mentions: list[Mention]
    keys: list[Key]


def choices(
    here: Sequence[Mention], above: Sequence[Mention], always: Sequence[Mention], left: int, start: int, name: str
) -> Choice:
    """Lay side by side what the sentence, the paragraph above it, and headings say before a number at `start`."""
    near = [m for m in here if m.start < start][-_MOST:]
    earlier = list(above if len(above) <= 5 else [above[0], *above[-4:]])[::-1]
    mentions = near[::-1] + earlier + list(always)
    last = next((m for m in mentions if m.kind in ("clause", "whole") and m.body), None)
    pick = last or next((m for m in mentions if m.kind in ("heading", "report")), None)
    keys: list[Key] = []
    for rank, mention in enumerate(mentions):
        if rank < len(near):
            scope = "own" if mention.start >= left else "sentence"
        else:
            scope = "above" if rank < len(near) + len(earlier) else "standing"
        said, kind, _, tag, following = mention
        inside = "is" if said == name else "in" if said in name else "holds" if name in said else "apart"
        keys.append((said, kind, tag, following, scope, min(rank, 4), inside, bool(near), bool(above), mention is pick))
    return Choice(mentions, keys)


def features_of(key: Key) -> list[str]:
    """What the model knows of one mention."""
    said, kind, tag, following, scope, rank, inside, near, above, pick = key
    whole = _WHOLE.fullmatch(said) is not None
    body = _BODY.fullmatch(said) is not None
    where = f"{kind} {scope}"
    return [
        where,
        f"{where} {near} {above}",
        f"{where} {rank}",
        f"{where} {inside}",
        f"{where} whole {whole} body {body}",
        f"{where} whole {whole} body {body} {inside} {rank}",
        f"{where} last {said[-1:]}",
        f"last {said[-1:]}",
        f"last {said[-2:]}",
        f"first {said[:1]}",
        f"said {said}",
        f"{where} length {min(len(said), 12)}",
        f"{where} tag {tag} {following}",
        f"{where} following {following}",
        f"last {pick}",
        f"{where} last {pick}",
    ]


class Chooser:
    """Chooses subjects; built once from the weights of its model."""

    def __init__(self, weights: Sequence[float]) -> None:
        self._scores: Scores[Key] = Scores(weights, features_of)

    def choose(self, choice: Choice, at: int) -> str | None:
        """The subject of the number at `at`, or None where none is said."""
        scores = [self._scores[key] for key in choice.keys]
        return choice.mentions[scores.index(max(scores))].name or None
