"""Words outside a number expression that bound it all the same: 突破 80亿元, 约占 24%, 至少培训 50人."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from pipeline.language.scanning import Scan
from pipeline.metrics.naming.context import Context
from pipeline.records import Approx, Quantity

_SAYING: dict[str, Approx] = {
    "突破": "over", "跨越": "over", "至少": "over", "不少于": "over", "不低于": "over", "不小于": "over", "最少": "over",
    "不超过": "under", "不高于": "under", "不多于": "under", "约占": "about", "大约": "about",
    "约为": "about", "约增长": "about", "约增加": "about", "约提高": "about", "约下降": "about", "约减少": "about",
    "约等于": "about", "约需": "about", "约有": "about",
}  # fmt: skip
_WHO = re.compile("的占$")
"""What makes a bound one of those counted: 至少有一人务工的占八成."""
_BOUNDS = Scan(re.compile(f"(?<!零的)(?:{'|'.join(_SAYING)})"), {w[0] for w in _SAYING}, {w[1] for w in _SAYING})

_STEP = re.compile("的?(?:新的?|大|个|这[一个]){0,3}(?:台阶|大关|关口)")
_STEPPED = re.compile("(?:[迈跃跨登站踏闯]上|[跨迈越闯]过|冲破)了?$")
"""What stands behind and before a mark that was passed: 迈上|50亿元|新台阶."""


def bounded(text: str, context: Context, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The numbers of a page with what a word of their clause says of them, and of those listed after them."""
    said = [(m.start(), m.end(), _SAYING[m[0]]) for m in _BOUNDS.matches(text)]
    starts = [start for start, _, _ in said]
    out: list[Quantity] = []
    last: Approx | None = None
    for n, (quantity, edge) in enumerate(zip(quantities, context.edges.tolist(), strict=True)):
        bound: Approx | None = None
        if quantity.approx == "exact":
            at = bisect_left(starts, edge)
            if at < len(said) and said[at][1] <= quantity.start and not _WHO.search(text, said[at][1], quantity.start):
                bound = said[at][2]
            elif _STEP.match(text, quantity.end) and _STEPPED.search(
                text, max(edge, quantity.start - 3), quantity.start
            ):
                bound = "over"
            elif last and context.inside[n] and text[quantities[n - 1].end : quantity.start].strip() in ("、", "和"):
                bound = last
        last = bound
        out.append(quantity if bound is None else quantity._replace(approx=bound))
    return out
