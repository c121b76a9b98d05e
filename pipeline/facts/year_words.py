"""How years are written, and whether a text speaks of one as to come."""

from __future__ import annotations

import re

_DIGITS = "〇零○Ｏ一二三四五六七八九"
YEAR_WRITTEN = rf"(?:(?:19|20)\d\d|(?:１９|２０)[０-９]{{2}}|[一二]\s?[九〇零○Ｏ]\s?[{_DIGITS}]\s?[{_DIGITS}])"
YEAR = re.compile(rf"(?P<year>{YEAR_WRITTEN})\s?(?:[-—－–~至]{{1,2}}\s?(?P<until>{YEAR_WRITTEN})\s?)?(?:学年度?|年度?)")
YEAR_TOLD = re.compile(
    rf"(?:^|[。；;，,、\n])[ \u3000]*(?:而|到|至)?({YEAR_WRITTEN})\s?年(?:度|全年)?(?![底末初前]|以来|起|至今|[至到]{YEAR_WRITTEN}年|\d{{1,2}}月)(?=(?P<what>[^。；\n]{{0,40}}))"
)
"""A year that heads a clause: 2020年度439件."""
_DAY = re.compile(r"\s?\d{1,2}\s?月")
_TO_COME = re.compile("[，,]?[^，。；\n0-9]{0,16}(?:将(?!近)|要|力争|计划|打算|拟)")
"""What tells that a year is still to come: 2023年|，市法院将."""
NEAR = 250
"""So many characters of a story open it."""
BODY = 6000


def year_of(written: str) -> int:
    """The number of a year however it is written.

    >>> [year_of(year) for year in ("2023", "１９９４", "二〇二三", "一九八三")]
    [2023, 1994, 2023, 1983]
    """
    number = 0
    for sign in "".join(written.split()):
        digit = "0" if sign in "〇零○Ｏ" else sign
        number = 10 * number + (int(digit) if digit.isdigit() else "一二三四五六七八九".index(digit) + 1)
    return number


def is_to_come(text: str, year: int) -> bool:
    """Whether a text speaks of a year but as one to come.

    >>> is_to_come("办结案件90件。2023年，市法院将围绕大局。", 2023), is_to_come("2023年，办结案件90件，将再办。", 2023)
    (True, False)
    """
    said = [match.end() for match in YEAR.finditer(text, 0, BODY) if year_of(match["year"]) == year]
    heads = [at for at in said if _DAY.match(text, at) is None]
    return bool(heads) and all(_TO_COME.match(text, at) for at in heads)
