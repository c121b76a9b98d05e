"""Whether a time expression tells when what follows was, or what a number is measured against, or when something began."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from operator import attrgetter

from pipeline.language.periods import WRITTEN_YEAR, YEAR_FIRSTS, TimeMention
from pipeline.language.starts import STEPPED
from pipeline.language.uses import Uses
from pipeline.rules.schema import TimeCue

MOST_TIMES = 40
"""How many times on each side of a number are looked at, so that the time of reading is linear in the text."""
_BASIS = re.compile(
    "(?:[比较由从同自与](?:同年)?|[低高少多快慢优]于|超[过出]?|高出|恢复[到至]|相当于|回到|[比较](?:[一-龥]{1,6}的))$"
)
_SHARED = re.compile("(?:[为及占]|相当于)$")
_SHARE = re.compile("[末底]?[一-龥]{0,8}?的(?:约|近)?(?:百分之|[0-9.．０-９]+[%％]|[一二三四五六七八九]成)")
"""占1995年底贫困人口的91%, 为上年的百分之一百零七: what a number is a share of."""
_MEASURES = ("同期", "相比", "基数", "高基数", "低基数", "较高基数", "不变价", "可比价", "价格计算", "价格折算")
"""What makes the time before it a measure: 按1990年不变价格."""
_WHOLE = re.compile("(?:工作|指标|目标|计划)?(?:计划|任务|目标|预算|预期|指标)数?的(?!(?:要求|安排))")
"""完成全年计划的48%: what a number is a share of."""
_SPANS = frozenset(("years", "tomonth", "today"))
"""Times that say themselves where they end: 从2021年5月到2023年8月."""
_SINCE = re.compile("(?:以后|至今|到现在|(?:[^，。；、：0-9的是有自为创]{1,14}?)?以来)(?![首最第新未罕])")
"""What stands behind a time from which on something is so: |以来, |工作队进驻以来."""
_LESS = re.compile(rf"(?:[除减]去|扣除|剔除)(?:(?:{WRITTEN_YEAR})年度?[、和及])*$")
"""What is taken out of a number before it is told: 除去2011年、|2012年到期面积."""
_OWN_TIMES = re.compile(
    "[0-9.一二三四五六七八九十百千万两点零〇]+[^，。；、0-9的是]{1,4}的(?:约|近|逾|超过?)?[0-9.·一二三四五六七八九十百两点]+(?:多|余)?倍"
)
_TIMES = re.compile(rf"[末底]?的(?:约|近|逾|超过?)?[0-9.·一二三四五六七八九十百两点]+(?:多|余)?倍|{_OWN_TIMES.pattern}")
"""What makes a time the measure of a number: 是2015年的2.3倍, 是2015年1.2亿斤的3倍."""


PARTS = frozenset(("half", "quarter", "quarters", "month"))
"""What tells a part of a year."""
OF_YEAR_TOLD = frozenset(("当年", "年底", "年内", "年末", "全年", ""))
"""What is written of times of the year that the sentence has told: 2024年新建公路12公里，年底前完成8公里."""
YEARS_BEFORE = frozenset(("去年", "上年", "前年"))
_OF = re.compile("[底末]?的?(?:亏损|盈利|每[一-龥]|人均|户均|平均)?(?:约|近|逾|超过?|不足)?")
"""What may stand between a year and the number that is that year's own: 2020年的约."""
_OF_PART = re.compile("底?的?(?:同比)?(?:增长|下降|上涨)?(?:约|近|逾|超过?|不足)?")
_SAME_TIME = re.compile(
    "同期(?!相比|增[长速幅]|的)(?:[^，。；、：比较高低增降]{0,12}|[^。；：比较高低增降今减多少超占%]{0,16}[，、][^，。；、：比较高低增降今减多少超占]{0,6})"
)
"""What stands between 去年 and a number that was so much then: 去年同期为, 去年同期收案208件，结案."""


_PLACES = frozenset("省市县区州镇乡村国")
_OF_PLACE = re.compile(
    "(?:^|[，。；：！？、\n])(?:[全我该本]|[^，。；：！？、\n的比较占为由从自与和同向到0-9]{2,7})[省市县区州镇乡村国]$"
)
"""What a clause says before its time: 全镇|2020年共完成, 柳溪县|上半年."""
SET_LASTS = frozenset("的为数定标务")
"""What the pattern of `TimeWords.set` ends in."""


_BEFORE_IT = tuple(before + what for before in ("以前", "之前") for what in "的建修欠老旧遗")
_FORECAST = re.compile(
    r"(?<![^。！？；;\n])[ \u3000]*(?:全[省市州县区旗乡镇村年]|初步)?(?:预计到?(?P<by>[今本]?年(?:年?底|末)|全年)|(?P<says>全年|到?[今本]?年(?:年?底|末))预计)"
    r"(?P<rest>(?:(?!已|目前|现有|截[至止]|上半年|月|季度)[^。！？\n])*)$"
)
"""What a forecast for the year says that heads a sentence: 预计全年税收增长6%，."""
_TOLD_OF_IT = 160
"""So many characters before a number such a forecast is looked for."""
_BEHIND_NUMBER = re.compile("[0-9][^，。；、：（）()\n]{0,4}[，,]?$")
_BRACKETED = 24
"""So many characters before a time the bracket is looked for that it stands in."""


class TimeWords:
    """The table of time cues as patterns, one a use; built once. See ``time_cues.toml`` for what they tell."""

    def __init__(self, rows: Iterable[TimeCue]) -> None:
        uses = Uses(rows)
        pattern = uses.pattern
        self.stock, self.stocks = pattern("%s", "stock"), uses.scan("stock")
        self.flow = pattern("%s", "flow")
        self.yearly = pattern("%s|年(?<=，年)(?:递增|增长|增)", "yearly")
        self.now = pattern("%s", "now")
        self.all_along = pattern("%s", "all_along")
        self.capacity = pattern(
            "(?<![全今去上明当成0-9〇○零一二三四五六七八九])(?:%s)(?!值|量|能|品)[一-龥“”A-Za-z]{0,8}$", "capacity"
        )
        self.standing = pattern("(?:%s)(?:了|全[国省市县]的?)?$|(?:%s)$", "standing", "standing_noun")
        self.so_far = pattern("(?:%s)[^，、。；的]{0,8}的?$", "so_far")
        self.set = pattern(
            "(?<!完成)(?<![占为是])(?:年初(?:[一-龥]{1,3}会)?|原来?)(?:(?:%s)(?:数?[的为]|数)|定的?)$|(?:要求|下达)的$"
            "|计划(?:规定|确定|要求)的$|(?:[省市县局国]|国家|上级)定(?:指标|目标|任务|限额)$"
            "|(?:占|距离?|离)[^，。；、完]{0,8}(?:目标|任务)$",
            "set",
        )
        self.aim = pattern(
            "的(?:年度|全年|年初|预期|既定|规划|约束性|控制|考核|(?:[省市县局]|国家|上级)[定控])*(?:%s)(?!完成)", "aim"
        )
        self.done = pattern("(?:的|[一-龥]{0,10}?(?:全部|全面|均|都|已经?|先后|如期|相继|顺利)?)(?:%s)", "done")
        self.soon = pattern(
            "(?:%s)(?:(?!已|目前|现[有已达])[^，。；、0-9]){0,12}"
            "(?:[0-9][^，。；、]{0,10}，(?:年?可|预计可?|将)[^，。；、0-9已]{0,12})?$",
            "soon",
        )
        self.built = pattern(
            "(?:%s)(?:投[产用])?(?:之|以)?后(?:[^。；]{0,14}[可将能](?:[^，。；]{0,10}|[^，。；已目]{0,10}，[^，。；已目完]{0,8})"
            "|[^。；已]{0,10}(?:[可将能]|预计|(?<![去当今同全])年(?=[产加处储接销创出]))[^。；已目完实投占]{0,30})$",
            "built",
        )
        """Capacity to come: 建成后日处理能力将增至15万吨, 达产后年产值可达4亿元，税收1.2亿元."""
        self.once_built = pattern(
            "(?:(?:%s|投入使用)(?:投[产用])?(?:之|以)?后|[到至](?:本届|任期)[^，。；]{0,5}(?:末|满|结束))[^。；]{0,40}$",
            "built",
        )
        """When a number holds that nothing dates: 达产后年产值可达4亿元, 到本届任期结束."""
        self.must = pattern("(?:%s)[^，。；、：的了已0-9]{0,12}$", "must")
        self.asks = pattern("(?:%s)(?:(?!已|目前)[^，。；0-9]){0,24}(?:[由从][^，。；]{1,14}[到至为])?$", "asks")
        self.long_since = pattern("(?:%s)以来，[^。；\n]*$", "long_since")
        self.founded = pattern("(?:%s)于$", "founded")
        self.opens = pattern("(?:全面|正式|顺利|全部|如期|提前|成功)?(?:%s)(?:使用|运营|运行|营业)?[，、；]", "opens")
        self.made = pattern("[底末初]?[^，。；、0-9的]{0,4}(?:%s)的(?=[一-龥]{2})", "made")
        self.founds = pattern(
            "(?:[经由][^，。]{0,12}批准)?(?:正式|批准)?(?:(?:%s)[，、；]|(?:%s)|[与由同][^，。]{1,16}合并)",
            "founds",
            "becomes",
        )
        self.left_over = pattern("%s", "left_over")
        self.plan, self.review, self.faults = (pattern("%s", use) for use in ("plan", "review", "faults"))
        self.task = pattern("%s", "task")
        self.turn = pattern("(?:[一二三四五六七八九十]{1,2}、|（[一二三四五六七八九十]{1,2}）)?(?:%s)", "turn")

    def is_founding(self, text: str, mention: TimeMention) -> bool:
        """始建于1952年, 1952年建院，, 于9月28日投入使用，: when something began, which dates no number."""
        before = self.founded.search(text, max(0, mention.start - 4), mention.start)
        if before is not None or self.founds.match(text, mention.end) is not None:
            return True
        return text[mention.start - 1 : mention.start] == "于" and self.opens.match(text, mention.end) is not None

    def is_basis(self, text: str, mention: TimeMention) -> bool:
        """比上年, 较2020年, 由上年, 恢复到2019年的, 是2015年的2.3倍: what a number is measured against, not its own time.

        动用上年结余, 推动上年签约未落地项目: nor is that the time of what comes from it.
        """
        spans = text[max(0, mention.start - 1) : mention.start] in ("从", "由", "自") and (
            not _SPANS.isdisjoint(mention.groups) or _SINCE.match(text, mention.end) or is_onset(text, mention)
        )
        return not spans and (
            _BASIS.search(text, max(0, mention.start - 8), mention.start) is not None
            or text.startswith(_MEASURES, mention.end)
            or (mention.written == "全年" and _WHOLE.match(text, mention.end) is not None)
            or _TIMES.match(text, mention.end) is not None
            or _is_shared(text, mention)
            or _LESS.search(text, max(0, mention.start - 22), mention.start) is not None
            or STEPPED.search(text, max(0, mention.start - 22), mention.end + 1) is not None
            or (self.left_over.match(text, mention.end) is not None and not is_adverbial(text, mention))
        )

    def is_compared(self, text: str, mention: TimeMention) -> bool:
        """与2002年相比, 同一九七八年比较."""
        return text.startswith(("相比", "比较", "比，"), mention.end) and self.is_basis(text, mention)

    def is_now(self, text: str, left: int, start: int) -> bool:
        """Whether a clause says how things stand now: 目前, 我县现有; not 用于现有企业, 从现在的."""
        now = self.now.search(text, left, start)
        return now is not None and (
            now.start() == left or text[now.start() - 1] in "，。；：\n到至止县市区镇乡村校省州局院国"
        )

    def is_state(self, words: str) -> bool:
        """Whether the words before a number say how things stood: 床位达到约, 森林覆盖率."""
        return self.standing.search(words.rstrip("约近逾超 ")) is not None


def is_since(text: str, mention: TimeMention) -> bool:
    """2020年以来, “十四五”以来, 2018年3月工作队进驻以来, 自2022年9月起."""
    ends = text.startswith(("以来", "以后"), mention.end - len("以来"))
    return ends or _SINCE.match(text, mention.end) is not None or is_onset(text, mention)


def is_onset(text: str, mention: TimeMention) -> bool:
    """自2022年9月起: a month of a year said, from which on something is so."""
    said = "month" in mention.groups and (mention.written or not mention.groups.keys() & {"day", "tomonth"})
    return bool(said) and text.startswith("起", mention.end) and text[mention.start - 1 : mention.start] in ("自", "从")


def is_adverbial(text: str, mention: TimeMention) -> bool:
    """Whether a time stands where it governs what follows: at the head of a clause, or after 于, 在, 截至 …"""
    before = text[max(0, mention.start - 2) : mention.start].strip(" \u3000")
    if text[max(0, mention.start - 3) : mention.start] == "过去的":
        return True
    return (
        not before
        or before[-1] in "，。；：！？、\n于在自从至到据即仅（(】]〕,;:"
        or before.endswith(
            (
                "截止",
                "是",
                "进入",
                "预计",
                "确保",
                "其中",
                "展望",
                "近期",
                "中期",
                "远期",
                "终计算",
                "终核算",
                "核实",
                "步核算",
            )
        )
        or (before[-1] in _PLACES and text[mention.start] not in "全年" and _is_of_place(text, mention.start))
    )


def _is_of_place(text: str, start: int) -> bool:
    return _OF_PLACE.search(text, max(0, start - 12), start) is not None


def is_bare(mention: TimeMention) -> bool:
    """五年 of 五年累计, which speaks for its own clause alone."""
    return "lasting" in mention.groups and "within" not in mention.groups


def is_end(text: str, mention: TimeMention) -> bool:
    """截至2020年, 2020年末: the end of a time, which states are at."""
    return text.startswith(("底", "末"), mention.end) or text[max(0, mention.start - 2) : mention.start].endswith(
        ("截至", "截止", "到", "至")
    )


def is_own(text: str, mention: TimeMention, start: int) -> bool:
    """从2020年的3亿元, 较2020年的3亿元, 比去年的3亿元: a year that stands right before a number, which is the one to measure against."""
    before = text[mention.start - 1 : mention.start]
    if before in ("由", "从", "自") and mention.groups.keys() & PARTS and not mention.written:
        return _OF_PART.fullmatch(text, mention.end, start) is not None
    outright = mention.written[:1] in YEAR_FIRSTS and mention.written
    named = bool(outright) or not mention.groups.keys().isdisjoint(("decade", "end", "ago"))
    said = before in ("由", "从", "自", "较", "比") and named
    said = said or (bool(outright) and text[mention.start - 2 : mention.start] in ("变为", "转为"))
    said = said or (before in ("较", "比") and mention.written in YEARS_BEFORE)
    said = said or (bool(outright) and before in ("是", "为") and _OWN_TIMES.match(text, mention.end) is not None)
    return said and _OF.fullmatch(text, mention.end, start) is not None


def _is_shared(text: str, mention: TimeMention) -> bool:
    """占1995年底贫困人口的91%: a time whose whole a number is a share of."""
    before = _SHARED.search(text, max(0, mention.start - 3), mention.start)
    return before is not None and _SHARE.match(text, mention.end) is not None


def is_same_time(text: str, mention: TimeMention, start: int) -> bool:
    """Whether a number tells how much it was at the same time of another year: 去年同期为105吨, 2022年同期11万吨."""
    outright = "bare" in mention.groups and mention.written[:1] in YEAR_FIRSTS
    heads = (outright or mention.written in YEARS_BEFORE) and text[mention.start - 1] in "，。；：（(、\n而但"
    return heads and _SAME_TIME.fullmatch(text, mention.end, start) is not None


def times_near(times: Sequence[TimeMention], start: int) -> Sequence[TimeMention]:
    """The times of a sentence that stand nearest to a place, in order."""
    if len(times) <= MOST_TIMES:
        return times
    at = bisect_right(times, start, key=attrgetter("end"))
    return times[max(0, at - MOST_TIMES) : at + MOST_TIMES]


def is_in_bracket(text: str, time: TimeMention, left: int) -> bool:
    """Whether a time stands with a number in a bracket that closes before `left`: 收入8.6亿元（上年7.9亿元），增长|8.9%."""
    close = text.find("）", time.end, left)
    if close < 0 or not any(map(str.isdigit, text[time.end : close])):
        return False
    opens = text.rfind("（", max(0, time.start - _BRACKETED), time.start)
    return opens >= 0 and "）" not in text[opens : time.start]


def is_of_number(text: str, time: TimeMention) -> bool:
    """39.6℃（7月31日）: a day in brackets behind a number, which is of that number alone; 县水利局（2023年3月28日）: a signature's.

    造价4亿元，（2014年5月-2016年8月），: months in brackets behind a number tell how long its works take.
    """
    if text[time.start - 1 : time.start] not in ("（", "(") or text[time.end : time.end + 1] not in ("）", ")"):
        return False
    if "day" in time.groups and "year" in time.groups and not {"tomonth", "today"} & time.groups.keys():
        return True
    if "day" not in time.groups and "tomonth" not in time.groups:
        return False
    return _BEHIND_NUMBER.search(text, max(0, time.start - 8), time.start - 1) is not None


def is_long_ago(text: str, time: TimeMention) -> bool:
    """Whether a time only tells before when things came about of which something is told: 2010年以前的水窖还剩46口."""
    return "bare" in time.groups and text.startswith(_BEFORE_IT, time.end)


def in_forecast(text: str, start: int) -> str | None:
    """By when the forecast is for that the sentence of a number begins with: 全年 of 预计全年税收增长6%，出口增长|9%."""
    begins = max(0, start - _TOLD_OF_IT)
    said = _FORECAST.search(text, begins, start) if text.find("预计", begins, start) >= 0 else None
    return (said["by"] or said["says"]) if said else None
