"""Words that say a number of each of several times or members, not of the whole: 每月, 每个支部, 村均."""

from __future__ import annotations

import re

_NUMERAL = r"[0-9一二两三四五六七八九十百千万]"
_TIMES = rf"每(?:间?隔)?{_NUMERAL}{{0,2}}个?(?:半个?月|半年|季度?|月|周|旬|天|日|星期|晚|(?<=[二两三四五])年)"
_MEMBERS = rf"每(?:一?[个名户家人位村镇乡县班次期]|{_NUMERAL}+[名户人个]|支部|社区|街道)"
_MEANS = r"[季月周旬日人户村社组班亩支]均|平均(?!每?年|工资|年龄)"
_ALL = "村[^，]{0,10}收[入益](?:全部|全都|均|都)(?:达到?|突破|[在过])?$"
_SUM = "累计|合计|总计|(?<!公)共(?![产同建青享治和])"
_EACH = re.compile(rf"(?:{_TIMES}|{_MEMBERS})(?!.*(?:{_SUM}))|(?:{_MEANS})(?!.*、)|{_ALL}")
"""Where a sum is named behind it (每月开展主题党日共36次) the number is of the whole; a mean holds up to the next 、."""
_NEAR = 6
_STOP = re.compile(r"[，；：。！？\n]")
_STANDARD = re.compile(r"标准|工资|薪|低保|津贴|补[贴助]|养老金|经费|价|租")
"""An amount that is by its nature one of each: 低保标准 is said for a person and a month."""


def of_each(before: str, name: str) -> bool:
    """Whether the number behind the words `before` is said of each: per month, per branch, or as a mean.

    What the name itself says (人均可支配收入) belongs to what is measured.

    >>> of_each("18个村集体收入全部达到", "村集体收入")
    True
    >>> of_each("各支部每季度召开", "党员大会"), of_each("城镇居民人均可支配收入", "城镇居民人均可支配收入")
    (True, False)
    """
    if "每" not in before and "均" not in before and "收" not in before[-_NEAR:]:  # nearly always
        return False
    found = _EACH.search(_STOP.split(before)[-1])
    return found is not None and found[0] not in name and not _STANDARD.search(name)
