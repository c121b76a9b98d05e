"""Whether a time expression tells when what follows was, or what a number is measured against, or when something began."""

from __future__ import annotations

import re

from pipeline.language.periods import TimeMention

_FOUNDED = re.compile("(?:建|立|创办|建成|投产|[出新]生)于$")
_FOUNDS = re.compile(
    "(?:经[^，。]{0,12}批准)?(?:(?:成立|设立|改制|始建|创建|创办|获批|组建|建[院校厂村镇园站馆社])[，、；]|改为|改名|更名|升格|升级为|析出|[与由同][^，。]{1,16}合并)"
)
_BASIS = re.compile("(?:[比较由从同自与](?:同年)?|[低高少多快慢优]于|恢复[到至]|相当于|回到|[比较](?:[一-龥]{1,6}的))$")
_SHARED = re.compile("(?:[为及占]|相当于)$")
_SHARE = re.compile("[末底]?[一-龥]{0,8}?的(?:约|近)?(?:百分之|[0-9.．０-９]+[%％])")
"""占1995年底贫困人口的91%, 为上年的百分之一百零七: what a number is a share of."""
_LEFT_OVER = ("结余", "结转", "滚存", "结存", "遗留", "签约")
"""What comes from another time: 动用上年结余, 推动上年签约未落地项目."""
_TIMES = re.compile("[末底]?的(?:约|近|逾|超过?)?[0-9.·一二三四五六七八九十百两点]+(?:多|余)?倍")
"""What makes a time the measure of a number: 是2015年的2.3倍."""


def is_adverbial(text: str, mention: TimeMention) -> bool:
    """Whether a time stands where it governs what follows: at the head of a clause, or after 于, 在, 截至 …"""
    before = text[max(0, mention.start - 2) : mention.start].strip(" \u3000")
    if text[max(0, mention.start - 3) : mention.start] == "过去的":
        return True
    return (
        not before
        or before[-1] in "，。；：！？、\n于在自从至到据即仅（("
        or before.endswith(("截止", "是", "进入", "预计"))
    )


def is_founding(text: str, mention: TimeMention) -> bool:
    """始建于1952年, 1952年建院，: when something began, which dates no number."""
    before = _FOUNDED.search(text, max(0, mention.start - 4), mention.start)
    return before is not None or _FOUNDS.match(text, mention.end) is not None


def is_basis(text: str, mention: TimeMention) -> bool:
    """比上年, 较2020年, 由上年, 恢复到2019年的, 是2015年的2.3倍: what a number is measured against, not its own time."""
    spans = "years" in mention.groups and text[max(0, mention.start - 1) : mention.start] in ("从", "由", "自")
    return not spans and (
        _BASIS.search(text, max(0, mention.start - 8), mention.start) is not None
        or text.startswith(("同期", "相比", "基数", "高基数", "低基数", "较高基数"), mention.end)
        or _TIMES.match(text, mention.end) is not None
        or _is_shared(text, mention)
        or (text.startswith(_LEFT_OVER, mention.end) and not is_adverbial(text, mention))
    )


def _is_shared(text: str, mention: TimeMention) -> bool:
    """占1995年底贫困人口的91%: a time whose whole a number is a share of."""
    before = _SHARED.search(text, max(0, mention.start - 3), mention.start)
    return before is not None and _SHARE.match(text, mention.end) is not None
