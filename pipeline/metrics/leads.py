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
        for match in _LEAD.finditer(text, begin, start):
            name = match["name"]
            if bodies.is_named_place(name) and not bodies.is_common(name) and not bodies.deed.match(name):
                lead = name
        out.append(lead)
        last = one.quantity.end
    return out
