"""The place that a paragraph begins with, of which it goes on to tell: 石桥村靠资产。旧粮库租给酱园，年租金|3万元."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.bodies import Bodies
from pipeline.metrics.page.found import Found

_OPENING = re.compile(
    r"[ \u3000]*(?:[（(]?[0-9一二三四五六七八九十]{1,2}[）)、.．]|[一二三四五六七八九十]是|[—\-●◆■▲★]+)*[ \u3000]*"
    "(?P<name>(?:(?![全我各年是的推促抓把从在使让用向对])[一-龥]){1,4}?(?:(?<![城乡集])镇|(?<![返下城进回])乡|(?<![乡农驻])村|街道|社区|公社|大队|嘎查|苏木))"
    "(?![、和与及至到级办属内以A-Za-z])(?!(?<=乡)[村镇]|(?<=村)[集民干委里道级貌镇容庄居屯组务社改企]|(?<=镇)[上里区村级]|(?<=社区)[工服矫养])"
)
"""A town or village by name at the head of a paragraph, behind its number."""


def openings_of(text: str, found: Sequence[Found], bodies: Bodies) -> list[str | None]:
    """The place that the paragraph of each number begins with; None for most."""
    out: list[str | None] = []
    seen, opening = 0, _opening(text, 0, bodies)
    for one in found:
        line_end, seen = text.rfind("\n", seen, one.quantity.start), one.quantity.start
        if line_end >= 0:
            opening = _opening(text, line_end + 1, bodies)
        out.append(opening)
    return out


def _opening(text: str, start: int, bodies: Bodies) -> str | None:
    """The place that a paragraph begins with."""
    match = _OPENING.match(text, start)
    name = match["name"] if match else ""
    return name if bodies.is_one_place(name) and not bodies.deed.match(name) else None
