"""Numbers that places or bodies in a list have, one each: 其中安寨镇41亩、曲河镇37亩; 来信较多的是：水利局12件、交通局8件."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.language.clauses import begin_of
from pipeline.metrics.page.bodies import Bodies
from pipeline.metrics.page.found import Found

_PLACE = "(?P<place>[一-龥]{1,9}?(?:自治[州县旗]|[省市县区州旗镇乡村局]|街道|社区|办事处|法院|检察院|林场|农场|公司|医院|[中小大]学|学校))"
_ITEM = re.compile(f"[、，；,;和]{_PLACE}(?:分别)?(?:有|为|达|占)?")
_FIRST = re.compile(
    f"(?P<lead>[^，。；：、！？\n0-9]{{0,18}}?(?:的(?:[单部]位|乡镇|镇|村)?(?:主要|分别|依次)*[是有为]|其中(?:是|有)?)|)[:：]?{_PLACE}(?:有|为|达|占)?"
)
_KINDS = re.compile("[城本各每某该两几]|全[省市县区镇乡村]|.*(?:[乡村县城]镇|[城农]村)$|.*级")
"""What names no place: 乡镇, 农村."""
_NAMED = re.compile("城|..?城镇$")
"""What may yet be the name of one: 城关镇, 西城镇."""
_AMONG = re.compile("(?:^|[，。；：\n])(?P<of>(?![全我这今各])[一-龥“”]{2,12}(?<![年月期程]))中[，,]?$")
"""What places are told of that stand behind it: 超期事项中，|青山区6项."""
_COUNTS = frozenset("个家所处座名条支")
"""Units that may count places and bodies themselves: 小学12所."""
_TOWN = re.compile("[省市州县旗镇乡局区]|街道")
_WHOSE = re.compile(
    "^(?:其中|目前|全年)?(?:[全各][省市县区镇乡村直]{1,2}(?:单位|部门)?|各(?:单位|部门|地)|分(?:乡镇|镇|村|单位|部门))?"
)
_RANKED = re.compile(
    "(?:(?:[位排]?居|排[名在]?|名列|位列|列)(?:全[省市县区镇乡])?(?:前[一二两三四五六七八九十0-9]{0,2}[位名]?|第[一二三四五六七八九十]+[位名]?|靠前|末位|后[一二两三四五六七八九十0-9]{0,2}[位名]?)"
    "|(?:(?<!完成)情况|任务)?(?:[比相]?较|最|超过|达到|完成较)(?:[为]?[好快多高低慢大少差先前])?)?(?:的(?:单位|部位|乡镇|镇|村)?)?(?:主要|分别|依次)*[是有为]?$"
)
"""What tells only which places are named: 居前三位的是, 较好的是."""
_SHARE = re.compile("[，、；](?:合计|共计?|三者|两者|分别)?占[^，。；：0-9]{0,8}")
_FAR, _REACH = 12, 16


def name_listed_places(text: str, found: Sequence[Found], bodies: Bodies) -> None:
    """Name what places in a list have by what is told before the list, and note the places."""
    n = 1
    while n < len(found):
        items = _items(text, found, n - 1, bodies)
        if items:
            first = n - 1
            what = _what(text, found, first, items[0][1])
            places = {place for place, _ in items}
            for at, (place, _) in enumerate(items, first):
                one = found[at]
                one.place = place
                if what or one.name in places:
                    one.name = one.plain = what or place
            n = first + len(items)
            if what and n < len(found) and _SHARE.fullmatch(text, found[n - 1].quantity.end, found[n].quantity.start):
                found[n].rename(what + "占比")
        else:
            n += 1


def _items(text: str, found: Sequence[Found], first: int, bodies: Bodies) -> list[tuple[str, str]]:
    """The places of a list that begins with a number, each with what stands before it; empty where there is no such list."""
    one, after = found[first].quantity, found[first + 1].quantity
    if after.start - one.end > _FAR or after.unit != one.unit or not _ITEM.fullmatch(text, one.end, after.start):
        return []
    begin = _begin(text, found, first)
    head = _FIRST.fullmatch(text, begin, one.start)
    if head is None or not _is_place(head["place"], one.unit, bodies):
        return []
    items = [(head["place"], head["lead"])]
    for at in range(first + 1, len(found)):
        last, this = found[at - 1].quantity, found[at].quantity
        near = this.start - last.end <= _FAR and this.unit == one.unit
        item = _ITEM.fullmatch(text, last.end, this.start) if near else None
        if item is None or not _is_place(item["place"], one.unit, bodies):
            break
        items.append((item["place"], ""))
    return items if len(items) > 1 else []


def _begin(text: str, found: Sequence[Found], first: int) -> int:
    """Where the clause of a number begins."""
    start = found[first].quantity.start
    floor = found[first - 1].quantity.end if first else 0
    return begin_of(text, start, "，。；：:、（(\n", max(floor, start - 40))


def _is_place(place: str, unit: str, bodies: Bodies) -> bool:
    of_kind = _KINDS.match(place) and not (_NAMED.match(place) and bodies.is_named_place(place))
    if of_kind or bodies.is_any_place(place) or bodies.deed.match(place):
        return False
    if unit in _COUNTS and not (_TOWN.search(place[-2:]) and bodies.is_named_place(place)):
        return False
    return len(place) > 2 and (bodies.is_named_place(place) or bool(bodies.body(place)))


def _what(text: str, found: Sequence[Found], first: int, lead: str) -> str:
    """What the places of a list have: as its lead or the heading before it tells, else as the total does."""
    start = found[first].quantity.start
    begin = _begin(text, found, first)
    said = lead
    if not _told(said) and text[begin - 1 : begin] in ("：", ":"):
        low = max(found[first - 1].quantity.end if first else 0, begin - 30)
        begin = begin_of(text, begin - 1, "，。；、\n", low)
        said = text[begin : text.find("：", begin, start) if "：" in text[begin:start] else start]
    what = _told(said)
    if what:
        return what
    if among := _AMONG.search(text, max(0, begin - _REACH), begin):
        return among["of"]
    for before in reversed(found[max(0, first - 4) : first]):
        if "\n" in text[before.quantity.end : start] or "。" in text[before.quantity.end : start]:
            return ""
        if before.quantity.unit == found[first].quantity.unit and not before.changes and before.rule != "unit":
            return before.name
    return ""


def _told(said: str) -> str:
    """What a lead says that is measured: 信访量 of 信访量居前三位的是."""
    what = _RANKED.sub("", _WHOSE.sub("", said))
    return what if 1 < len(what) <= 12 and what not in ("情况", "乡镇", "单位") else ""
