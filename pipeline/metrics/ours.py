"""我县 and the like by name: a reader who sees a record alone does not know whose county it is."""

from __future__ import annotations

import re

from pipeline.records import Facts

_OURS = re.compile("(?:我们?|本)(省|市|州|盟|地区|县|区|旗|镇|乡|街道|社区|村|公社|大队)")


def by_name(subject: str | None, facts: Facts) -> str | None:
    """The place that a report calls its own, by the name that the report gives it, else as a whole.

    >>> by_name("我县", Facts(place="白石县")), by_name("我镇", Facts(place="白石县")), by_name("我国", Facts())
    ('白石县', '全镇', '我国')
    """
    match = _OURS.fullmatch(subject) if subject and subject[0] in "我本" else None
    if match is None:
        return subject
    place = facts.place or ""
    return place if place.endswith(match[1]) and not set("XＸ×某*") & set(place) else f"全{match[1]}"
