"""我县 and the like by name: a reader who sees a record alone does not know whose county it is."""

from __future__ import annotations

import re
from collections import Counter

from pipeline.records import Facts

_OURS = re.compile("(?:我们?|本)(省|市|州|盟|地区|县|区|旗|镇|乡|街道|社区|村|公社|大队)")

_OWN = re.compile("(?:我们?|本)(厂|局|院|公司|站|所|行|矿|场)")
_PLACES = frozenset(
    ("省", "市", "州", "盟", "县", "旗", "区", "乡", "镇", "街道", "社区", "村", "公社", "大队", "系统")
)
_WITHIN = re.compile("([省市县区旗乡村])[里上]")
"""县里, said of the place that the report is on."""
_WHOLE = re.compile(
    "(?:我们?|本|(?<![安健完周保齐俱占居列超到过比于以])全)(国(?![人大内务有家产])|省(?!会)|市(?![长场政])|州|盟|县|旗|区(?!域)|乡(?![村镇])|镇|街道|社区|村|公社|大队|院(?![长士校])|校(?!长)"
    "|公司|集团|局(?![长面势部])|厂(?!长)|矿|所(?!有)|站(?!点)|系统)(?!委|第|平均|前列|先进|最|首|各地|性|劳|模|文明|优秀|重点|示范|百|十|五|人大|政协|排名|创先)"
)
_SELF = re.compile(
    "(?:(?<=下，)|(?<=今年，)|(?<=年，)|(?<=年来，)|(?<=以来，))(?:[XＸ×某*]{1,3}|我|本)?(街道|社区|乡|镇|村)(?:党工?委|办事处|上下|两委)?[，、]?"
    "(?=认真|紧紧|紧扣|始终|坚持|坚决|全面|深入|立足|围绕|按照|在[^，。]{2,24}(?:领导|指导|支持|帮助)下)"
)
"""The street or township that the first words tell of, without its name: 在区委的领导下，街道认真贯彻."""
_OPENING = 300
_POST = re.compile(
    "\\s*(?:关于)?[XＸ×某*]{0,3}(乡|镇|街道|社区|村)(?:人民政府|政府|党工?委|党总?支部|两委|办事处)?(?:长(?!期)|\\1长|书记|主任|副书记)"
)
"""The place of whose head a report without a name is: 镇政府镇长个人述职报告."""
_HEAD = re.compile(
    "我(?:叫[^，。\n]{2,4}，)?(?:是|系|任|担任|现任)(?P<place>(?!全|本|我|该|第)[一-龥]{2,5}?(?:[村乡镇]|街道|社区))(?:党?总?支部?|党委|村委会|居委会)?(?:副?书记|主任|[镇乡]长)"
)
"""The village or township that one who reports on himself is the head of: 我是柳湾村党支部书记."""
_TOLD_BY = re.compile(
    "(?:^|[，。：（\n 　]|记者从|据|日)(?P<place>(?!国家)[一-龥]{2,5}[省市州盟县区旗])统计局(?:发布|公布|通报|获悉|了解|的?数据)"
)
"""The place whose office of statistics an article tells of: 青川市统计局发布上半年数据."""
_NATION = re.compile(
    "国务院|外汇储备|广义货币|货币供应量|货币投放|国防(?:支出|费)|特别国债|赤字率|中央财政(?:拨付|用于|赤字|支出)|中央(?:赤字|本级)|人民币汇率|国民生产总值"
    "|地级及以上城市|国内有效发明专利|[0-9.]+万亿(?:元|斤|千瓦)|国内生产总值[^，。；]{0,4}?[0-9.]+万亿元|我国|全国(?=尚有|共|各|累计|新增|城|农|工|粮|财|总)"
)
"""What only a report on the whole nation tells of."""
_PLANS = re.compile("国民经济(?:和社会发展)?计划|中央和地方预算")
"""What a report on the nation is titled by, where no place stands in its title."""
_ENOUGH = 2
"""How often a report must speak so of its own place before it is known by that."""


def own_of(text: str, facts: Facts) -> str | None:
    """The place or institution that a report without a place calls its own, as a whole: 我院, 全村.

    >>> own_of("今年以来，在区委的领导下，街道认真贯彻上级部署。", Facts()), own_of("", Facts(title="镇政府镇长述职报告"))
    ('全街道', '全镇')
    >>> own_of("我院紧紧围绕目标。全院共接诊12万人次，我院新增病床。全县第一。", Facts()), own_of("我县", Facts(place="白石县"))
    ('我院', None)
    """
    if facts.place or facts.issuer:
        return None
    told = _SELF.search(text, 0, _OPENING) or _POST.match(facts.title or "")
    if told:
        return f"全{told[1]}"
    times = Counter(match[1] for match in _WHOLE.finditer(text))
    (most, often), *_ = times.most_common(1) or [("", 0)]
    if often < _ENOUGH:
        return _told_otherwise(text, facts.title or "", len(times) == 1)
    return f"全{most}" if most in _PLACES else f"我{most}"


def _told_otherwise(text: str, title: str, one: bool) -> str | None:
    """The place of the one who reports, or that the first words tell of; the nation where the text tells what only it has."""
    told = _HEAD.search(text, 0, _OPENING) or _TOLD_BY.search(text, 0, _OPENING)
    if told:
        return told["place"]
    whole = _WHOLE.search(text, 0, _OPENING) if one else None
    if whole and whole[1] in _PLACES:
        return f"全{whole[1]}"
    signs = {match[0] for match in _NATION.finditer(text)}
    return "全国" if len(signs) + (_PLANS.search(title) is not None) >= _ENOUGH else None


def by_name(subject: str | None, facts: Facts) -> str | None:
    """The place that a report calls its own, by the name that the report gives it, else as a whole.

    >>> by_name("我县", Facts(place="白石县")), by_name("我镇", Facts(place="白石县")), by_name("我国", Facts())
    ('白石县', '全镇', '我国')
    """
    within = _WITHIN.fullmatch(subject or "")
    if within and (facts.place or "").endswith(within[1]):
        subject = f"我{within[1]}"
    match = _OURS.fullmatch(subject or "")
    if match is None:
        own = _OWN.fullmatch(subject or "")
        return facts.issuer if own and (facts.issuer or "").endswith(own[1]) else subject
    place = facts.place or ""
    return place if place.endswith(match[1]) and not set("XＸ×某*") & set(place) else f"全{match[1]}"
