"""Numbers that are dealt out to places one by one: 城关镇、白水镇财政收入分别为3.2亿元、1.8亿元，分别增长8%、6%."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence

from pipeline.metrics.page.found import Found, listed_from

_PLACE = "[一-龥]{1,8}?(?:自治[州县旗]|[省市县区州旗镇乡局站校院所]|(?<!农)村|街道|社区|公司|小学|中学)(?![局委办级])"
_DEALT = re.compile(
    f"(?:其中|全年|截至目前)?(?P<places>{_PLACE}(?:、{_PLACE})*[、和及与]{_PLACE})(?P<what>[^，。；：、！？\n0-9和及与]{{0,14}}?)(?:预计|共|累计)*(?:分别|各)"
    "(?:累计)?(?:完成|实现|达到?|为|有|是|占|只有|仅为?)*(?:了|约|近)?"
)
_OWNER = re.compile(f"^{_PLACE}(?=..)")
_AND = re.compile("[、和及与]")
_KINDS = re.compile("^(?:[省市县区镇乡村]|[各全本我两三个的].*|城[镇乡市]|农村|乡[镇村]|[省市县镇乡村]级.*)$")
"""What names no place: 镇, 村 of 县、镇、村."""
_AGAIN = re.compile(
    "[，、]?(?:同比|比上年|较上年)*分别(?:同比|比上年|较上年)*(?:增长|下降|增加|减少|提高|上升|回落|降低|占)(?:了|约|近)?"
)
_JOINS = ("、", "和", "及", "与", "，")
_COUNTS = frozenset("个所家处座")
"""Units that count places and bodies themselves."""
_SAID, _NEAR = re.compile("分别|各"), 10
_LONGEST = 60


def _places_dealt(text: str, found: Sequence[Found]) -> dict[int, tuple[str, str]]:
    """By number the place that it is dealt out to, and what is measured there; that is empty where an earlier clause tells it."""
    out: dict[int, tuple[str, str]] = {}
    starts = [one.quantity.start for one in found]
    for said in _SAID.finditer(text):
        n = bisect(starts, said.start())
        if n == len(found) or n in out or starts[n] - said.end() > _NEAR:
            continue
        one, start = found[n], starts[n]
        floor = found[n - 1].quantity.end if n else 0
        if size := _run_before(out, n):
            if _AGAIN.fullmatch(text, floor, start) and listed_from(text, found, n, _JOINS) == size:
                for at in range(n, n + size):
                    out[at] = out[at - size]
            continue
        begin = max(text.rfind(mark, max(floor, start - _LONGEST), start) for mark in "，。；：\n") + 1
        dealt = _DEALT.fullmatch(text, max(begin, floor), start)
        if dealt is None:
            continue
        places = _AND.split(dealt["places"])
        if not dealt["what"] and one.quantity.unit in _COUNTS:
            continue
        if listed_from(text, found, n, _JOINS) == len(places) and not any(map(_KINDS.match, places)):
            out.update({n + at: (place, dealt["what"]) for at, place in enumerate(places)})
    return out


def _run_before(out: dict[int, tuple[str, str]], n: int) -> int:
    """How many numbers right before one were dealt out to places."""
    at, seen = n - 1, set()
    while at in out and out[at][0] not in seen:
        seen.add(out[at][0])
        at -= 1
    return n - 1 - at


def name_dealt(text: str, found: Sequence[Found]) -> None:
    """Name what is dealt out to places by what is measured there, and note the places."""
    for n, (place, what) in _places_dealt(text, found).items():
        one = found[n]
        one.place = place
        if len(what) > 1:
            one.rename(what.lstrip("的"))
        elif one.name.startswith(place) or one.name in place:
            last = next(
                (
                    b
                    for b in reversed(found[max(0, n - 6) : n])
                    if b.quantity.unit == one.quantity.unit and b.change is None
                ),
                None,
            )
            if last is not None and last.rule != "unit":
                one.rename(_OWNER.sub("", last.plain))
