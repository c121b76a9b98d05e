"""Names as nouns: 3家|合作社获评示范社 is 获评示范社合作社, 通了水泥路 is 通水泥路."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.found import Found

_SAID_OF = re.compile(
    "(?P<noun>(?:行政|自然)?村|乡镇?|镇|县(?:（市）|市区|区)?|[区市组社队]|合作社|(?:子|分)?公司|企业|单位|部门|学校|支部|社区|站所|产品|品牌|项目"
    "|居民|农户|干部|党员|职工|群众|代表|委员|农民|牧民|老人|学生|教师|(?:适龄)?(?:女生|妇女|儿童))"
    "(?:全部|均|都|先后|全面|相继|已|在)*"
    "(?P<what>(?:被|实现|通过|完成|进入|获|入选|评为|建成|设|通了?|受|参加|参与|种|免费|结对|享受|领取|没有?|未|纳入|取得|达到|创建|列入|晋升|当选|成为|荣获|签).{2,}"
    "|受[灾旱益涝淹]|摘帽|停产|开工|达标|参保|参训|转正|搬迁|被约谈)"
)
"""What is counted, and what is said of it behind."""
_PARTICLE = re.compile("(?<=[一-龥])(?<![为除])了(?![解结却断])|(?<=..)了$")
_HELD = ("率", "数", "占比", "比重", "面积", "收入", "支出", "资金")
"""Ends of what is measured, of which no such thing is counted."""


def name_as_nouns(found: Sequence[Found]) -> None:
    """Put what is said of things before them, and take particles out."""
    for one in found:
        name = one.name
        if "了" in name:
            name = _PARTICLE.sub("", name)
        if one.rule.startswith("right") and not name.endswith(_HELD) and (said := _SAID_OF.fullmatch(name)):
            name = said["what"] + said["noun"]
        one.name = name
