"""Whom a text tells a number of outright: a work, the place that a clause or a paragraph begins with, a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.metrics.naming.words import NameWords
from pipeline.metrics.naming.works import works_of
from pipeline.metrics.page.bodies import Bodies
from pipeline.metrics.page.found import Found
from pipeline.metrics.subjects.leads import leads_of
from pipeline.metrics.subjects.openings import openings_of
from pipeline.metrics.subjects.profiles import profiles_of

_OWN_LEVEL = re.compile("(?:其中|全年|上年)?[:：，]?((?:中央|地方|[省市州盟县区旗])本级)(?![和与、及])")
"""A level of government at the head of a clause."""


class Told(NamedTuple):
    """Whom each number is told of outright; None for most."""

    works: Sequence[str | None]  # the work that it measures, or the place that it is dealt out to
    leads: Sequence[str | None]  # the place that a clause since the number before begins with
    opens: Sequence[str | None]  # the place that its paragraph begins with
    headed: Sequence[str | None]  # the place or organ by whose name alone the heading above it goes
    profiles: Sequence[str | None]  # the institution that is presented where it stands


def told_of(text: str, found: Sequence[Found], words: NameWords, bodies: Bodies, headed: Sequence[str | None]) -> Told:
    """Whom each number is told of."""
    works = works_of(text, found, words)
    return Told(
        works=[one.place or work or _own_level(text, one) for one, work in zip(found, works, strict=True)],
        leads=leads_of(text, found, bodies),
        opens=openings_of(text, found, bodies),
        headed=headed,
        profiles=profiles_of(text, found, bodies),
    )


def _own_level(text: str, one: Found) -> str | None:
    """The level of government whose own a number is: 县本级支出|12亿元."""
    match = _OWN_LEVEL.match(text, one.left, one.quantity.start)
    return match[1] if match else None
