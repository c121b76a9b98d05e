"""Places by GB/T 2260: their codes, levels and short names, and which of them a text is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from importlib.resources import files
from typing import NamedTuple

_PEOPLES = (
    "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬"
    " 羌 布朗 撒拉 毛南 仡佬 锡伯 普米 塔吉克 怒 鄂温克 保安 裕固 各"
)
_AUTONOMOUS = re.compile(rf"(.{{2,}}?)(?:(?:{'|'.join(_PEOPLES.split())})族?)+自治(?:州|县|旗|区)")
_SUFFIX = re.compile(r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|省|市|盟|县|区|旗|林区)$")
_LOCAL = re.compile(
    r"(?:[一-龥]{2,5}?|[XＸ×]{1,4}|某某?)(?:镇|乡|街道|社区|村)(?!委|级|民|干|务|容|貌|风|集体|振兴|两)"
)
LEVELS = {"镇": "township", "乡": "township", "街道": "township", "社区": "village", "村": "village"}


class Place(NamedTuple):
    """A division: six-digit code, official name, level, and the name that is said for short."""

    code: str
    name: str
    level: str
    short: str


def short_name(name: str) -> str:
    """The name as it is said: 恩施土家族苗族自治州 → 恩施, 三亚市 → 三亚; a name of two characters stays whole.

    >>> [short_name(n) for n in ("恩施土家族苗族自治州", "三亚市", "内蒙古自治区", "泽县")]
    ['恩施', '三亚', '内蒙古', '泽县']
    """
    match = _AUTONOMOUS.fullmatch(name)
    short = match[1] if match else _SUFFIX.sub("", name)
    return short if len(short) >= 2 else name


class Gazetteer:
    """All divisions from the state to the counties; built once."""

    def __init__(self) -> None:
        lines = files("pipeline.rules").joinpath("places.tsv").read_text(encoding="utf-8").splitlines()
        places = [_place(*line.split("\t")) for line in lines]
        self.by_code = {p.code: p for p in places}
        self._by_name: dict[str, list[Place]] = {}
        self._by_short: dict[str, list[Place]] = {}
        for place in places:
            self._by_name.setdefault(place.name, []).append(place)
            self._by_short.setdefault(place.short, []).append(place)
        self._longest = max(map(len, self._by_name))

    def named(self, text: str, within: str = "") -> Place | None:
        """The one place that an official or short name stands for; None where several fit.

        `within` is the code of a place that narrows the choice.
        """
        for table in (self._by_name, self._by_short):
            fitting = [p for p in table.get(text, ()) if not within or p.code.startswith(within.rstrip("0"))]
            if len(fitting) == 1:
                return fitting[0]
            if len(fitting) > 1:
                upper = [p for p in fitting if p.level in ("province", "city")]
                return upper[0] if len(upper) == 1 else None
        return None

    def official_in(self, text: str) -> list[str]:
        """Official names that stand in a short text, longest first at each place, in order."""
        found, at = [], 0
        while at < len(text):
            for size in range(min(self._longest, len(text) - at), 1, -1):
                if text[at : at + size] in self._by_name:
                    found.append(text[at : at + size])
                    at += size - 1
                    break
            at += 1
        return found

    def most_mentioned(self, text: str, levels: Iterable[str], within: str = "") -> Place | None:
        """The place of the given levels that a text names far more often than any other."""
        wanted = set(levels)
        counts: Counter[Place] = Counter()
        for short, places in self._by_short.items():
            fitting = [p for p in places if p.level in wanted and (not within or p.code.startswith(within))]
            if len(fitting) == 1 and (said := text.count(short)) >= 4:
                counts[fitting[0]] = said
        best = counts.most_common(2)
        if not best or (len(best) == 2 and best[0][1] < 1.7 * best[1][1]):
            return None
        return best[0][0]


def local_name(text: str) -> str | None:
    """A township or village named in a title: 青岩镇, XX乡, 某村."""
    match = _LOCAL.search(text)
    return match[0] if match else None


def _place(code: str, name: str) -> Place:
    if code == "100000":
        return Place(code, name, "national", "全国")
    level = "province" if code.endswith("0000") else "city" if code.endswith("00") else "county"
    return Place(code, name, level, short_name(name))
