"""What others want to be done: 上级要求普及率达到90%."""

from __future__ import annotations

import re

_DEMANDED = re.compile(
    "(?:^|[，。；\n])(?![^，。；\n]{0,8}(?:[按照据依循遵合]|落实)|.{0,2}(?:达到|完成))[^，。；：、0-9\n]{0,10}?(?:上级|中央|国家|纲要|规划|方案|[省市县区州](?:里|委|政府)?)"
    "(?:明确|还|又)?要求(?:[：:][^。；\n已实]{0,60}?|(?![，。、的和])[^，。；\n已实]{0,40}?)(?:达到?|完成|控制在|不[低高少]于|不超过|实现|建成|压减|降到)[^，。；、0-9]{0,8}"
    "(?:[0-9.]{1,8}[%％一-龥]{1,5}[、和及与]){0,6}$"
)
_REACH = 80


def is_demanded(text: str, start: int) -> bool:
    """Whether a number is what somebody above asks for.

    >>> said = "上级要求普及率达到90%，按照要求已达到92%"
    >>> is_demanded(said, said.index("90")), is_demanded(said, said.index("92"))
    (True, False)
    """
    wants = text.find("要求", max(0, start - _REACH), start)
    return wants >= 0 and _DEMANDED.search(text, max(0, wants - 16), start) is not None
