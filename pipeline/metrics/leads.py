"""The place, work or firm by name at the head of a clause since the number before: 漆树乡山高地冷，发种羊860只."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.bodies import Bodies
from pipeline.metrics.found import Found

_FAR = 60
_LEAD = re.compile(
    "(?:^|[，；。：:\n）)])(?:其中|而|但)?(?:最[^，。；：的、\n0-9]{1,4}|[^，。；：的、\n0-9]{2,4})的是?"
    "(?P<name>[一-龥]{1,4}?(?:自治县|[县旗乡镇村]|街道|社区|大队|公社))(?=[一-龥“，0-9])(?![级里内属办辖区容务干民集])"
)
_FIRM = re.compile(
    "(?:^|[，；。：:\n）)])(?:其中|而|但|目前)?"
    "(?P<name>(?!新|续|各|全|其|年|我|该|本|等|一批|重点|规上|中小|大型|骨干|龙头|外来|亏损|国有)(?:[一-龥]|“[^“”，。；]{2,8}”){2,10}?"
    "(?:[米菌药酒茶乳纸]业|食品|纺织|石材|商厦|商场|公司|集团|实业|科技|材料|化工|煤化|重工|冷链|滑雪场|古城|景区|水库|[处水电纺泥肥钢机灰草管织具布材]理?厂|管护站|水文站|媒体|运营商|板块)(?:[一二三四]期)?)"
    "(?=挨着|地处|位于|吸[纳收]|带动|挂牌|上市|(?:投[产入用运]|开[业街馆放园工]|[建落]成|扩建|技改|复产|停产)(?![约近已了0-9一二三四五六七八九十百千两])|捐|缴|纳税|上[缴交]|实[现行]|完成|收[入购]|辖|[少虚瞒]报|新增|关停|刊播|播发|在[管保建]|产[量值销品]|年[产销加处内底初收]|日[均产处供]|全[长年]|销售|接待|拥有|现有|[长招]期用工|招[工收聘]|用工|支付|利润|营[业收]|亏损|盈利|出口|出栏|存栏|生产|账面|引进|牵头|签约)"
)



def leads_of(text: str, found: Sequence[Found], bodies: Bodies) -> list[str | None]:
    """What each number's clause, or one since the number before, begins with; None for most."""
    out: list[str | None] = []
    last = 0
    for one in found:
        start = one.quantity.start
        begin = max(last, start - _FAR)
        for mark in "。；\n":
            begin = max(begin, text.rfind(mark, begin, start))
        lead = None
        for match in sorted([*_LEAD.finditer(text, begin, start), *_FIRM.finditer(text, begin, start)], key=lambda m: m.start()):
            name = match["name"]
            if (match.re is _FIRM or bodies.is_named_place(name)) and not bodies.is_common(name) and not bodies.deed.match(name):
                lead = name
        out.append(lead)
        last = one.quantity.end
    return out
