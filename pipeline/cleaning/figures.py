"""Letters that a scan read for figures, O for 0 and l for 1, and for stops: 47.9O万吨, l6.2%, 达lO.35亿元, 12%o今年."""

from __future__ import annotations

import re

from pipeline.records import Edit

_MEANT = {"O": "0", "o": "0", "l": "1", "I": "1"}
LIKE_FIGURES = frozenset(_MEANT)
_PART_OF_ONE = frozenset("0123456789.,").union(LIKE_FIGURES)
_LONGEST = 20  # characters of a number
_FIGURE = r"[0-9OolI]"
_CODE_BEFORE = re.compile(r"(?:[A-Za-z0-9_/#@.]|[A-Za-z][-+])$")
_MONEY_AND_MASS = r"[万亿]|[%％‰]|个百分点|元|吨|公斤|斤|公里|千米|米|亩|公顷|平方|立方|千瓦|千克|倍|美元"
_MEASURED = re.compile(rf" ?(?:{_MONEY_AND_MASS}|[人户名个件台套辆头只株家所座项条种次份册](?![A-Za-z0-9]))")
_ALONE = re.compile(r"[\s，。；、）),;]|$")
_NUMBER = re.compile(rf"(?![Oo][^.]){_FIGURE}{{1,12}}(?:,{_FIGURE}{{3}}){{0,4}}(?P<decimals>\.{_FIGURE}{{1,4}})?")
_TEN = re.compile(r"l[Oo]{1,2}")
_SURE = re.compile(r"[%％‰]|个百分点|[万亿](?:美?元|吨|人|亩)")
_YEAR = re.compile(rf"[1lI2][9Oo0]{_FIGURE}{{2}}|[1-9lI][Oo0]")
_OF_YEARS = re.compile("年")
_STOP = re.compile(r"o(?<=[一-鿿%％）”]o)(?=[一-鿿“《]|\n|$)")
_MANY = 3  # such letters, more than there are stops, that tell that all are
_PER_MILLE = re.compile(r"(?:生率|死亡率|增长率|发病率)[^，。；\n]{0,12}$")
_OF_RATE = re.compile("o(?:以[上下内]|左右|上下|之间|[的和与及比较]|同比|增|升|降|上升|下降|提高|高于|低于)")


def stops_meant(text: str) -> list[Edit]:
    """The stops that the letter o stands for; a single one behind a rate too, unless it makes a per mille of it (%o)."""
    found = [stop.start() for stop in _STOP.finditer(text)] if "o" in text else []
    if not _MANY <= len(found) > text.count("。"):
        found = [at for at in found if text[at - 1] == "%" and text[at + 1 : at + 2] not in ("", "\n")]
        found = [at for at in found if not (_OF_RATE.match(text, at) or _PER_MILLE.search(text, max(0, at - 24), at))]
    return [Edit(at, at + 1, "。", "restored", "letter_for_stop") for at in found]


def figures_meant(text: str, at: int) -> list[Edit]:
    """The figures that the letters of a number stand for, of which one is at `at`; none in a code (O2O, A1, l0号).

    It must hold a figure and say what it counts; one with decimals may stand alone, as in a table.
    """
    start = end = at
    while start > 0 and at - start < _LONGEST and text[start - 1] in _PART_OF_ONE:
        start -= 1
    while end < len(text) and end - at < _LONGEST and text[end] in _PART_OF_ONE:
        end += 1
    while start < at and text[start] in ".,":
        start += 1
    while end > at and text[end - 1] in ".,":
        end -= 1
    if not _is_number(text, start, end):
        return []
    return [
        Edit(place, place + 1, _MEANT[text[place]], "restored", "letter_in_number")
        for place in range(start, end)
        if text[place] in LIKE_FIGURES
    ]


def _is_number(text: str, start: int, end: int) -> bool:
    """Whether figures and letters like them are a number."""
    written = _NUMBER.fullmatch(text, start, end)
    behind = text[end : end + 1]
    if (
        written is None
        or (behind.isascii() and behind.isalpha())
        or _CODE_BEFORE.search(text, max(start - 2, 0), start)
    ):
        return False
    if not any(sign.isdigit() for sign in written[0]):
        return _TEN.fullmatch(written[0]) is not None and _SURE.match(text, end) is not None
    if _MEASURED.match(text, end):
        return True
    if written["decimals"] is None:
        return _OF_YEARS.match(text, end) is not None and _YEAR.fullmatch(written[0]) is not None
    return written[0][-1] not in "olI" and _ALONE.match(text, end) is not None  # 2.5l is a volume
