"""Numbers that are told only to measure another against them, and are therefore no totals."""

from __future__ import annotations

import re

from pipeline.metrics.numbers import Number

_AGAINST = re.compile(
    "(?:[比较]|[同与](?!时)|为(?=[^，。；、]{0,4}[预计任]))[^，。；、0-9]{0,4}"
    "(?:上年|去年|前年|上期|上届|同期|预算|计划|任务|[0-9一二三四五六七八九〇○]{4}年)[^，。；、增减升降多少长高低]{0,8}$"
)
_MARK = re.compile("大关|台阶|关口|的?限额")


def is_compared(text: str, one: Number) -> bool:
    """Whether another number is measured against one: 较去年同期|1284件, 为年预算|20亿元|的60%, 首次突破|9亿元|大关."""
    before = _AGAINST.search(text, max(0, one.start - 20), one.start)
    return before is not None or _MARK.match(text, one.end) is not None
