"""The indicators that the records of a document tell of, by their names and by what stands around these."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import repeat

from pipeline.metrics.comparisons.comparing import SHORTFALL
from pipeline.metrics.funds import FUND_CODES, code_of_fund
from pipeline.metrics.indicators import Indicators, bounds_counted, told_of_each
from pipeline.metrics.meant import crops_apart, is_meant
from pipeline.metrics.naming.stocks import tells_some
from pipeline.metrics.naming.words import NameWords
from pipeline.metrics.page.bodies import Bodies
from pipeline.metrics.page.found import Found
from pipeline.metrics.page.numbers import COUNTS
from pipeline.metrics.quantities.units import Measure

_BUILDS = re.compile(
    "(?:新改?扩?建|[改扩]建|改扩建|改造|新?修建|新?修[缮筑]?|整修|维修|养护|拆除|关[停闭]|新?(?:认定|评定|培育|建设))"
)
"""Verbs that say of all of a list that it was made so, and not that there is so much of it."""
_TREATS = re.compile(
    "(?:派出|选派|招[聘录收]|引进|走访|慰问|救助|资助|检查|抽查|排查|约谈|培训|表彰|奖励|组织|邀请|服务|落实|帮扶|惠及|覆盖|涉及|取缔|吊销|注销|清退)"
)
"""Verbs that are done to some of what there is, and to all of a list: 派出医生2名、|护士3名."""
_DONE = re.compile("^新|[建改修造拆]|养护|认定|评定|培育|引进|达标")
_IN_ALL = re.compile("累计|总[数量计]|达到?$")
"""What tells of all that there is, and not of what was made: 新建高标准农田2万亩、累计达|30万亩."""
_PLACES = frozenset("省市州盟县旗区镇乡村道国")
"""Last characters of places, of which an indicator is told and no other one."""
_THINGS = frozenset((None, "count", "length", "area"))
_TREATED = _THINGS | {"people", "household"}


_POINTS = ("百分点", "千分点")
_FROM = re.compile("[高低快慢多少][于出]|超")
_PER = re.compile("(每[百千万]人口?|(?<![一-龥0-9])[千万]人拥有)[^。；\n每均]*$")
"""What numbers that follow in its sentence are over: 每千人口医师3.1人、|护士3.4人."""
_MEAN = re.compile("每|均|[百千万]人|率$")


_EACH = re.compile("(?:均|都|双双|各|全部)(?!衡|价|值|类|级|项)[^，。；、：0-9]{0,6}$")
_LAST = re.compile("(?:、|和|与|以?及)(?P<last>[^、和与及]{3,})$")
_BOUNDS = ("以上", "以下")
"""What no name begins with: 乡及乡|以上工业总产值."""


def _last_of_each(text: str, one: Found) -> str:
    """The last of several things each of which a share or a change is said of: 铁路港、集装箱吞吐量均增长|20%."""
    if one.quantity.unit not in ("%", "‰") or not _EACH.search(text, one.left, one.quantity.start):
        return ""
    match = _LAST.search(one.name)
    return match["last"] if match else ""


def _is_mean(one: Found, dimension: str | None) -> bool:
    """Whether a count is none of all, though its name does not tell: 每千人口医师3.1人、|护士3.4人."""
    value = one.quantity.value
    return (
        value is not None and value % 1 != 0 and dimension in COUNTS and bool(dimension) and not _MEAN.search(one.name)
    )


def _as_before(codes: list[str | None], found: Sequence[Found], n: int) -> None:
    """Take the codes of a list that goes through the numbers of one name again: 商品房销售5套、6平方米，分别下降|8%、9%."""
    items = found[n].items or []
    first = n - len(items)
    if first >= 0 and all(one.name == items[0] and one.change is None for one in found[first:n]):
        for at in range(n, min(n + len(items), len(codes))):
            if found[at].name == items[0]:
                codes[at] = codes[at - len(items)]


class Coder:
    """Finds the codes of records; `codes` are those of the records of a document, in order."""

    def __init__(self, indicators: Indicators, bodies: Bodies, words: NameWords) -> None:
        self.indicators, self._bodies, self._words = indicators, bodies, words

    def codes(
        self,
        text: str,
        found: Sequence[Found],
        measures: Sequence[Measure],
        subjects: Sequence[str | None],
        listed: Sequence[bool],
    ) -> list[str | None]:
        """The known indicator that each number tells of; what the record names apart goes from its name."""
        made = self._made(text, found, measures, listed)
        codes = list(map(self._code, repeat(text), found, measures, subjects, made))
        none = ""
        for n, code in enumerate(codes):
            grows = found[n].change not in (None, "level") and found[n].name == none  # 敬老院床位320张，|增长5%
            dimension = measures[n].dimension
            if code is not None and (
                grows
                or tells_some(text, found, n, dimension, self._words)
                or not is_meant(text, found[n], code, dimension)
            ):
                codes[n], none = None, found[n].name
            elif code == "agri_output" and crops_apart(text, found[n].name, found[n].quantity.start):
                codes[n] = "crop_output"
            elif code in FUND_CODES:
                codes[n] = code_of_fund(text, found[n], code)
            elif not grows:
                none = ""
            if (items := found[n].items) and codes[n] is not None and len(set(items)) == 1 < len(items):
                _as_before(codes, found, n)
        return codes

    def _code(self, text: str, one: Found, measure: Measure, subject: str | None, made: str) -> str | None:
        """The code of one number, of which `made` is what was done to it by the verb of its list.

        What the record names apart stays in its name where taking it off would cost the indicator (贫困村退出); where a
        name begins in the midst of the subject (东港|镇地区生产总值), the indicator behind tells so.
        """
        dimension, unit, change = measure.dimension, one.quantity.unit, one.change or "level"

        def code_of(name: str) -> str | None:
            return self.indicators.code(name, dimension, unit, change, subject or "")

        if _is_mean(one, dimension) and (per := _PER.search(text, max(0, one.quantity.start - 50), one.quantity.start)):
            one.name = one.plain = per[1] + one.name
        longer = one.name != one.plain and one.name.startswith(one.plain)
        gap = longer and _FROM.match(one.name, len(one.plain))
        told = one.plain if gap or unit in _POINTS else one.name  # 高于全省2个百分点 is a gap of what stands before it
        if one.name.endswith(SHORTFALL):
            return None
        if told != one.name and one.name.startswith(told + "增速"):
            told += "增速"  # 高于全国, of what grew just before
        code, rest = code_of(told), self._bodies.without_owner(one.name, subject)
        if rest == one.name and code is None and subject and rest[:1] == subject.removesuffix("本级")[-1:]:
            code = code_of(rest := rest[1:])
            rest = rest if code else one.name
        if rest not in (one.name, "占比") and rest[:2] not in _BOUNDS and (told != one.name or code == code_of(rest)):
            one.name = rest
        if subject and subject[-1] not in _PLACES and subject not in one.name:
            code = code_of(subject + told) or code  # 跨境电商|实现进出口额 is not all that is traded
        if code is None and (last := _last_of_each(text, one)):
            code = code_of(last)
        if code and made:
            code = code_of(made + one.name)
        if code and (
            (gap and unit not in _POINTS)  # 人均收入高于全省|1200元 is no income
            or _is_mean(one, dimension)
            or bounds_counted(text, one.quantity)
            or told_of_each(text, one.quantity.start, one.name, dimension)
        ):
            return None
        return code

    @staticmethod
    def _made(text: str, found: Sequence[Found], measures: Sequence[Measure], listed: Sequence[bool]) -> list[str]:
        """The verb before a list that holds for each of its things: 新建幼儿园4所、|小学9所; empty for most."""
        out: list[str] = []
        verb, of, kinds = "", None, _THINGS
        for one, measure, goes_on in zip(found, measures, listed, strict=True):
            builds = _BUILDS.match(one.name)
            if match := builds or _TREATS.match(one.name):
                verb, of, kinds = match[0], measure.dimension, _THINGS if builds else _TREATED
            elif not goes_on or one.verb or _IN_ALL.search(text, one.left, one.quantity.start):
                verb = ""
            alike = measure.dimension == of or (kinds is _TREATED and measure.dimension in kinds)
            holds = verb and not match and of in kinds and alike and one.change in (None, "level")
            out.append(verb if holds and not _DONE.search(one.name) else "")
        return out
