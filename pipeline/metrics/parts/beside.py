"""Numbers that stand beside each other, as two sorts of one whole do that is not told: 办结216件，占58%，在办的|127件，占34%."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.numbers import Number, amount_in

BARE = re.compile(
    r"[，、；）)(\s]*(?:约|分别|仍|就|已|只|仅|还)?(?:所?占(?:比|了|到)?|比重|比例|[^，。；]{0,4}率)?(?:为|达到?|高达|了)?"
)
"""Before a share that belongs to the number before it: 女党员9名，占两成."""
_BESIDE = 5
"""Characters between numbers that stand beside each other."""


def are_beside(first: Number, second: Number) -> bool:
    """Whether two numbers stand beside each other: 120户、460人."""
    return max(first.start, second.start) - min(first.end, second.end) < _BESIDE


def as_before(numbers: Sequence[Number], gaps: Sequence[str], at: int) -> bool:
    """Whether a number and the one before are told with their shares of one whole: 241件，占64%，正在解决的|118件，占31%."""
    if at < 2 or at + 1 >= len(numbers) or not (BARE.fullmatch(gaps[at - 1]) and BARE.fullmatch(gaps[at + 1])):
        return False
    other, other_share, one, share = numbers[at - 2 : at + 2]
    if not (share.share and other_share.share) or amount_in(other, one) is None:
        return False
    return of_one_whole(one.value, share.value, other.value, other_share.value)


def of_one_whole(one: float, share: float, other: float, other_share: float) -> bool:
    """Whether two amounts may be such shares of the same, each share being rounded."""

    def low(amount: float, said: float) -> float:
        return amount / (said + (0.5 if said == int(said) else 0.05))

    def high(amount: float, said: float) -> float:
        return amount / max(said - (0.5 if said == int(said) else 0.05), 0.01)

    return low(one, share) <= high(other, other_share) and low(other, other_share) <= high(one, share)
