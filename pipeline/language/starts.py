"""What tells that a number comes before the last of levels: 由46亿元|增加到92亿元, 行政村120个|撤并为63个."""

from __future__ import annotations

import re

_FROM = re.compile("[由从自][^，。；、：\n由从自]{0,10}$")
"""What stands before the first of two levels: 由, 由上年同期的, 从每人每月."""
_RISES = re.compile(
    "[^，。；、\n到至]{1,20}?(?:(?:[增提上扩跃攀拓下降减压缩调转回倒改优整归加][长加高升大小展低少降减缩短整变落转善快速化合并]?|升|涨|发展)(?:到|至|为)|提到)|[到至](?=[0-9一二三四五六七八九十])"
    "|[^，。；、\n到至为成]{1,12}?[一-龥](?:到|至|为|成)(?:约|近|逾|超过?|不足|不到|综合|集中)?[0-9一二三四五六七八九十两]"
)
"""A number that something rose or fell from: 46亿元增加到."""
_STEP = re.compile("[^，。；、\n]{1,14}、[一-龥]{1,6}的(?=[0-9])")
"""A level between the first and the last: 从前年的41万元|、去年的63万元涨到."""
STEPPED = re.compile("[由从][^，。；、\n]{1,20}、[一-龥]{1,6}的$")
"""从前年的41万元、去年的|63万元涨到: one more level that something rose from."""
_RISES_ITSELF = re.compile(
    "[0-9.]+[万亿]?(?:%|％|[一-龥]{1,4}?)(?:[增提上扩下降减压缩][长加高升大展低少降减缩]|降|升|涨|撤并|合并|精简|压减)(?:到|至|为)(?:约|近|逾|超过?|不足|不到)?[0-9]"
    "|(?:[0-9.]+[万亿]?|[一二三四五六七八九十百]+)[个所家项支户条名处件][一-龥]{1,12}?(?:(?:撤并|合并|整合|优化|重组|归并|精简|划|并|调整|改组|压减|压缩)[为成]|(?:扩大|扩充|扩展|增加|减少|压减|精简|压缩|拓展)[到至])(?:约|近|逾|超过?|不足|不到)?[0-9一二三四五六七八九十]"
)
"""The same with no 由 before it: 行政村120个撤并为63个, 占比52%提高到75%, 17个站所整合为9个."""


def is_first(text: str, start: int) -> bool:
    """Whether a number is the first of 由46亿元增加到92亿元, 由上年46亿元增加到92亿元, or stands between it and the last."""
    if _FROM.search(text, max(0, start - 11), start) is not None:
        step = _STEP.match(text, start)
        return _RISES.match(text, step.end() if step else start) is not None
    if text[start - 1] == "的" and STEPPED.search(text, max(0, start - 29), start):
        return _RISES.match(text, start) is not None
    return _RISES_ITSELF.match(text, start) is not None
