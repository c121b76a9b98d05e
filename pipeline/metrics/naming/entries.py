"""Names of those that came in and went out of what was just told: 清退低保36户，新增|28户 is 新增低保, 在册窑洞80处，核销|9处 is 核销窑洞."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.naming.words import NameWords
from pipeline.metrics.page.found import Found, before_in_unit

_NEAR = 6
_LONGEST = 10
_STOCK = re.compile(
    "^(?:在册|现有|实有|共有|登记|年初|原有|全年|全[省市县区乡镇村]|累计|动态|保障)+(?=..)|(?:总?数|在册)$"
)
"""What tells that all of a kind are counted."""
_NO_KIND = re.compile("[均率额费款的]|占比|条件|符合|惠及|[核排清]查|^(?:人口|人数|户数|户)$|^新.$")


def name_entries(text: str, found: Sequence[Found], words: NameWords) -> None:
    """Name in place so many that came in or went out by that and by the kind that was told before in their unit."""
    wrong = right = ""
    for n, one in enumerate(found):
        if not one.name:
            continue
        if wrong and found[n - 1].quantity.end == one.quantity.start and one.name.startswith(wrong):
            one.rename(right + one.name[len(wrong) :])  # 新增28户|51人
            continue
        wrong = right = ""
        if one.unit == "ratio" or one.unit == "money":
            continue
        said = words.entry.fullmatch(text, one.left, one.quantity.start)
        if said is None or not (kind := _kind(text, found, n, words)):
            continue
        way, name = said["way"], one.name
        other = words.entry_head.match(name)
        if name == way or (other is not None and other["way"] != way):
            wrong, right = (other["way"] if other else name), way
            one.rename(way + kind)


def _kind(text: str, found: Sequence[Found], n: int, words: NameWords) -> str:
    """What was counted last in the unit and paragraph of a number, by itself; empty without it."""
    one = found[n]
    for at in before_in_unit(found, n, one.quantity.unit, n - _NEAR):
        before = found[at]
        if "\n" in text[before.quantity.end : one.quantity.start] or before.rule == "unit":
            break
        kind = before.plain.removeprefix(before.verb)
        if head := words.entry_head.match(kind):
            kind = kind[head.end() :]
        kind = _STOCK.sub("", kind)
        if 1 < len(kind) <= _LONGEST and not _NO_KIND.search(kind):
            return kind
    return ""
