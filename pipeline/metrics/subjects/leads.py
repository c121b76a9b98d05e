"""The place, firm or work by name at the head of a clause since the number before: 最高的桥东村达到42万元, 丰谷米业挂牌，年加工稻谷9万吨."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pipeline.metrics.page.bodies import Bodies
from pipeline.metrics.page.found import Found

_FAR = 60
"""How far before a number its place may stand."""
_LONGEST = 12
_PLACE = re.compile(
    "的是?(?P<name>[一-龥]{1,4}?(?:自治县|[县旗乡镇村]|街道|社区|大队|公社))(?=[一-龥“，0-9])(?![级里内属办辖区容务干民集])"
)
_SINGLED_OUT = re.compile("(?:其中|而|但)?(?:最[^的、0-9]{1,4}|[^的、0-9]{2,4})")
"""What stands before a place that a clause singles out: 最高的, 排头的, 对岸的."""
_FIRM = re.compile(
    "(?:米业|菌业|药业|酒业|茶业|乳业|纸业|食品|纺织|石材|商厦|商场|公司|集团|实业|科技|材料|化工|煤化|重工|冷链|滑雪场|古城|景区|水库"
    "|处理厂|水厂|电厂|纺厂|泥厂|肥厂|钢厂|机厂|灰厂|草厂|管厂|织厂|具厂|布厂|材厂|管护站|水文站|媒体|运营商|板块)(?:[一二三四]期)?"
    "(?=挨着|地处|位于|吸[纳收]|带动|挂牌|上市|捐|缴|纳税|上[缴交]|实[现行]|完成|收[入购]|辖|[少虚瞒]报|新增|关停|刊播|播发"
    "|(?:投[产入用运]|开[业街馆放园工]|[建落]成|扩建|技改|复产|停产)(?![约近已了0-9一二三四五六七八九十百千两])"
    "|在[管保建]|产[量值销品]|年[产销加处内底初收]|日[均产处供]|全[长年]|销售|接待|拥有|现有|[长招]期用工|招[工收聘]|用工"
    "|支付|利润|营[业收]|亏损|盈利|出口|出栏|存栏|生产|账面|引进|牵头|签约)"
)
"""What firms and works are named by, before what they do."""
_NAME = re.compile(
    "(?:其中|而|但|目前)?((?!新|续|各|全|其|年|我|该|本|等|一批|重点|规上|中小|大型|骨干|龙头|外来|亏损|国有)"
    "(?:(?:[一-龥]|“[^“”，。；]{2,8}”){4,}|[一-龥]{2}厂))"
)
_ITEM = re.compile(
    "(?<=[一二三四五六七八九十]是)(?P<name>[一-龥（）]{2,20}?(?:公司|集团(?!公司|有限)|合作社|[农林牧]场|[养种][殖植]场|[一-龥]厂|(?:矿业|药业|食品|重工)(?!有限|集团|公司)))"
    "(?=，(?:预计|计划|总)?(?:总?投资|年产|占地|注册|销售|产值)|[一-龥 ]{0,16}?(?:项目)?(?:预计|计划|总)?投资)"
)
"""The firm of an item: 一是青石制药厂，预计投资3亿元."""
_ORGANS = re.compile(
    "(?<=[，。；：\n）)])(?:全[省市县区州])?各级(?:党委政府|党委|政府|党组织|纪检监察机关|纪委|公安机关|检察机关|司法行政机关|工会|共青团|团组织"
    "|妇联|法院|检察院|工商联|侨联|科协|残联|老科协|关工委|调委会|人大|政协|[一-龥]{0,2}公安机关)(?!的|和|、)|(?<=[，。；：\n])[省市州盟县区旗]本级(?![和与、0-9]|及(?!时))"
)
"""All organs of a kind at the head of a clause, and a level of government alone."""
_STOPS = "，。；：:、\n）)"


def leads_of(text: str, found: Sequence[Found], bodies: Bodies) -> list[str | None]:
    """What each number's clause, or one since the number before, begins with; None for most."""
    organs = ((match.start(), match[0]) for match in _ORGANS.finditer(text))
    items = ((match.start(), match["name"]) for match in _ITEM.finditer(text))
    told = sorted((*_places(text, bodies), *_firms(text, bodies), *organs, *items))
    starts = [start for start, _ in told]
    out: list[str | None] = []
    last = 0
    for one in found:
        start = one.quantity.start
        at = bisect_left(starts, start) - 1
        near = at >= 0 and starts[at] >= max(last, start - _FAR)
        stops = near and any(mark in text[starts[at] : start] for mark in "。；\n")
        out.append(told[at][1] if near and not stops else None)
        last = one.quantity.end
    return out


def _places(text: str, bodies: Bodies) -> Iterator[tuple[int, str]]:
    """Named places that clauses single out, each with where it stands."""
    for match in _PLACE.finditer(text):
        name, end = match["name"], match.start()
        begin = max(text.rfind(mark, max(0, end - 8), end) for mark in _STOPS) + 1
        named = bodies.is_one_place(name) and not bodies.deed.match(name)
        if begin and named and _SINGLED_OUT.fullmatch(text, begin, end):
            yield match.start("name"), name


def _firms(text: str, bodies: Bodies) -> Iterator[tuple[int, str]]:
    """Firms and works by name at the heads of clauses, each with where it stands."""
    for match in _FIRM.finditer(text):
        end = match.end()
        begin = max(text.rfind(mark, max(0, end - _LONGEST - 2), end) for mark in _STOPS) + 1
        name = _NAME.fullmatch(text, begin, end) if begin else None
        if name and not (bodies.is_any_place(name[1]) or bodies.deed.match(name[1])):
            yield name.start(1), name[1]
