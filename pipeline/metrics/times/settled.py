"""What settles whether a number is planned, whatever its words are like: a heading and no word of plans, a time gone by."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.language.periods import YEAR_FIRSTS, TimeMention, dates_of, resolve, year_of
from pipeline.language.starts import is_first
from pipeline.metrics.times.adverbials import PARTS, SET_LASTS, TimeWords, in_forecast, is_adverbial, is_own
from pipeline.metrics.times.demanded import is_demanded
from pipeline.metrics.times.flows import is_found
from pipeline.metrics.times.frames import Frame

_FULFILLED = re.compile("(?:实际|已经?|仅|只|共)?完成了?$")
"""What was done of a plan just told: 计划改厕300户，完成280户."""
_SHORT_OF = re.compile("(?:距离?|(?<![脱远偏])离|(?:[未没]有?|不)(?:能|曾)?达到?)[^，。；、0-9]{0,8}$")
_WANTED = re.compile("的?(?:要求|标准|目标|指标)")
"""What is not reached yet: 距|50%|的要求还差."""
_TO_COME = re.compile("(?:计划|拟|力争|争取|将于?|可[在于])(?=[^，。；、]{0,12}(?:前|底|完|成|入|投|开|[0-9]月))")
"""What the number itself is to come to: 其余30户计划年底前搬完."""
_TASK = re.compile(
    "(?:任务|控制指标|年度?计划|年度?目标|(?:年度?|年初|收入|支出|收支|调整)预算|(?:预算|计划)(?=数)|计划指标)(?:数|总数)?[是为]?$"
)
"""What a number was set as: 改厕任务1200户, 死亡人数占年度控制指标12人的, 支出预算为3亿元."""
_TASK_IS = re.compile(
    "(?:建设|年度|工作|主要|目标|生产|收入|全年)任务(?:数|总数)?[是为](?!完成了)[^，,。；;、超达]{1,14}$"
)
"""What a task is to do so much of: 今年的建设任务是新增床位."""
_ASKED = re.compile("提出了?(?:要|把|将|力争|确保)+[^，。；]{0,24}$")
"""What somebody asked for: 会上曾提出要把涨幅控制在4%以内."""
_SET = re.compile(
    "(?:(?:原计划|原定|年初(?:计划|确定|预定|安排|下达))(?![的高低多少])[^，。；、完超实达成已比]{0,14}"
    "|(?:年初|原来?)(?:确定|预定|下达|制定|提出)的[^，。；、完超实达已比]{0,12}(?:目标|任务|指标)[为是]?"
    "|(?P<told>(?<![响供适相对反效])应(?:完成|改造|整改|办结|缴|收|发放)[^，。；、超实已比%]{0,8}|(?:年度?|全年)?(?:计划|(?<![公共般])预算|预期|目标(?![责考管群客市]))(?![执单管生委外书])(?:完成)?[^，。；、超实达成已比%]{0,10}))$"
)
"""What was meant to be before it was: 原计划修路30公里; 年度计划造林3万亩, where what came of it follows."""
_SAYS_SET = ("应", "计划", "预算", "预期", "目标", "原", "年初")
"""One of these stands in all of that."""
_OUTCOME = re.compile(
    "[^，。；、%]{0,8}[，、](?:但|而)?(?:实际|已经?完成|已[一-龥]{2}(?=[0-9])|现已|目前|决算|[仅只]?完成(?=[约近逾]?[0-9]))"
)
_AGAINST_PLAN = re.compile(
    "[比较](?:年度?|年初|全年)?(?:预算|计划|定额|目标)数?(?:降低|下降|减少|减支|节约|节支|少[支用]?|增加|增长|增收|提高|多[收完]?成?)了?$"
)
"""What has come of a plan: 成本比预算降低|12元."""
_LAID_DOWN = re.compile(
    "(?<!按照)(?<!根据)(?:纲要|规划|计划|方案|决议|决定|条例|办法)(?:中)?要求[：:](?:(?!已|实际|完成了)[^。；\n])*$"
)
"""What is laid down: 规划要求：水稻亩产在五年内达到|400斤."""
_AGAINST = re.compile("[完超比较占达为低高于到]")
"""What tells that something is measured against a plan: 超过原计划."""
_OF_TASK = re.compile("的(?:[0-9.]+[%％]|百分之|[一二三四五六七八九]成)")
_DONE = re.compile("完成|超|实现|达到|落实|执行|[高低]于")
_CARRIED_OUT = re.compile(
    "[一-龥]{0,14}?(?:已经?|全部|均|都|全面|如期|圆满|顺利|基本|超额)+(?:完成|办结|落实|建成|竣工|兑现|办理|见效)"
)
"""What came of so many: 12项实事|全部完成."""
_STRIVES = re.compile("力争(?:[^。；，已同目现]|实现){0,40}，[^。；，已同目现]{0,24}$")
"""力争 in the clause before: 力争总量下降10%，化解率达."""
_WILL = re.compile("[底末前]*[，,]?[^，。；0-9\n]{0,12}将(?!近|[以对]|[^，。；\n]{0,10}了)")
"""What tells behind a time to come that something is still to be: 2022年5月，|全镇将建成."""
_BY = re.compile("[底末]?(?:之|以)?前")
_EXPECTED = re.compile(
    "预计(?:每|可|将|能)*年(?:均|可|能)?(?:生?产|加工|处理|发电|接待|出栏|出货|销售|创)[^，,。；;、已]{0,12}$"
)
"""What works are to make: 预计年产精矿6万吨."""
_NEEDED = re.compile(
    "(?:(?<![所必急刚])(?<!满足)需(?:要)?(?:总|再|追加|新增|地方|群众)?(?:投资|投入|资金|经费|筹资|筹|配套|自筹|扶持|补助|上级[^，。；、0-9]{0,6}|[省市县区乡镇]里?(?:上|级)?(?:扶持|补助|配套|支持))[^，。；、0-9]{0,4}"
    "|(?<![已实])预计(?:需|总|需要)*投资(?:总额|额)?|(?<![模虚草])拟(?:新|改|扩|续|再)*(?:建|修|购|投|增|设|安排|引进|实施|发展|流转|打造|开发|种|栽)[^，。；、0-9]{0,10}"
    "|(?<![模虚草])拟(?:新|改|扩)?[建修][^。；\n]{0,16}，(?:计划|预计)?总?投资(?:额|为)?"
    "|(?<![所必急刚])需(?:要)?(?:总|再)?(?:投资|投入|资金|经费)[^。；\n]{2,18}，[^，。；、0-9\n]{0,10}(?:自筹|配套|扶持解决|项目资金))$"
)
"""What is not there yet: 需投资25万元，村自筹5万元, 预计投资3亿元, 拟建卫生室3间，总投资10万元."""
_NEEDS = ("需", "预计", "拟")
_RUNS = re.compile(
    "[，,]?(?:现|目前)?已经?(?:正式|全面|顺利|全部|建成|竣工)*(?:投产|投用|投入使用|投入运营|运营|通车|完工|竣工|建成)(?!的|后)"
)
"""What is done already: 生产线投资200万元，已正式投产."""
_FORECAST = re.compile(
    "(?:预计[^，。；]{0,4}全年|全年预计)[^，。；]{0,12}$|(?:预计到?(?:20[0-9]{2}|今)年(?!上半年|前|[0-9一二三四第])|(?:20[0-9]{2}|今)年[^，。；]{0,4}预计)[^，。；]{0,16}$"
)
_MEASURED = re.compile(
    "(?:预计(?:[^，。；]{0,6}全年|20[0-9]{2}年)|全年预计)[^，。；]{0,24}，(?:同比|[比较][上去]年|增[长幅速])[^，。；、0-9]{0,10}$"
)
"""What goes on with the number of a forecast: 预计全年可达19亿元，增长|12%."""
_IN_TIME = re.compile(
    "(?:[一二三四1-4]季度|下半年|下个?月|下一年|明年|年底前?|年末)[，,]?(?:计划|预计|力争|拟)(?!的)[^，。；、0-9已完超]{1,14}$"
    "|预计到?(?:[今本]?年(?:年?底|末)|[四4]季度|下半年|明年|今年)[^，。；、0-9已完]{0,12}$|今年预计[^，。；、0-9已完]{0,8}$"
    "|计划[于在到]?(?:年[内底末]|下半年|[一二三四1-4]季度|(?:1[0-2]|[1-9])月)[^，。；、0-9已的]{0,12}$"
)
"""What is to be by a time of this year or the next: 四季度计划发展党员|12名, 预计年底可达|80个."""
_MEANS = ("计划", "预计", "力争", "拟")
_REACHED = re.compile("实现了(?!.*(?:计划|规划|预期|年初))[^，。；]{0,24}$")
"""What makes an aim one that was reached: 实现了总产值翻|两番|的目标."""

_FAR = 90
"""So many characters before a number a plan is looked for that turned out otherwise."""
_ACTUAL = re.compile(
    "实际(?:共|已|累计)?(?:完成|建成|达到|投入|实施|开工|到位|改造|新建)|(?<![在待])(?:现已|已经?)(?:共|累计)?(?:完成|建成|开工)了?(?!的)"
)


def settled(
    text: str,
    left: int,
    start: int,
    end: int,
    frame: Frame,
    times: Sequence[TimeMention],
    modality: str | None,
    words: TimeWords,
) -> bool | None:
    """Whether the number at ``text[start:end]`` is planned, where that is beyond doubt; None where it is not.

    `left` is where its clause begins, `times` are those of its sentence, `modality` is the last word of plans before it.
    """
    beforehand = _set_beforehand(text, left, start, end, frame, words)
    if beforehand is not None:
        return beforehand
    worded = _worded(text, left, start, end, frame, words)
    if worded is not None:
        return worded
    if modality and frame.heading is not True and _turned_out(text, modality, left, start, words):
        return False
    before = [time for time in times if time.end <= start]
    if frame.heading is not True and modality == "力争" and _STRIVES.search(text, max(0, start - 70), start):
        return True
    if frame.heading is not True and before and _is_due(text, before[-1], frame):
        return True
    ahead = frame.heading is not True and before and _is_years_ahead(text, before, frame)
    if ahead and not words.is_now(text, left, start) and words.so_far.search(text, left, start) is None:
        return True
    if frame.heading is None:
        return None if modality else _unheaded(text, left, start, end, before, frame, words)
    if not frame.heading:
        return _reviewed(text, left, start, end, times, frame, modality, words)
    if is_first(text, start) or (before and is_own(text, before[-1], start)):
        return False
    governing = [time for time in before if not words.is_basis(text, time) and is_adverbial(text, time)]
    governing = [
        t
        for t in governing
        if (t.start >= left or not words.left_over.match(text, t.end))  # 上年结转2亿元，收入
        and text.find("基础上", t.end, start) < 0  # 在上年40公里的基础上，新建
    ]
    if governing and _is_past(governing[-1], frame):
        return False
    if modality is None and (words.so_far.search(text, left, start) or text.startswith("实际完成", left)):
        return False
    if not _TO_COME.match(text, end) and _is_so_now(text, left, start, before, frame, modality, words):
        return False
    return None if frame.titled and not (frame.coming or frame.target) else True


def _unheaded(
    text: str, left: int, start: int, end: int, before: Sequence[TimeMention], frame: Frame, words: TimeWords
) -> bool | None:
    """Whether a number is planned of which neither a heading nor a word of plans tells; `before` are the times before it."""
    if before and _ahead_by(text, before[-1], frame, words) and not words.is_now(text, left, start):
        return True
    told = [time for time in before if is_adverbial(text, time) and not words.is_basis(text, time)]
    over = (frame.held is not None and not told) or (bool(told) and (
        _is_past(told[-1], frame) or _is_reported(told[-1], frame) or _is_over(told[-1], frame) or _is_spanned(told[-1], frame)
        or text.startswith("以来", told[-1].end) or text.endswith("以来", 0, told[-1].end)
    ))  # fmt: skip
    return False if over or is_found(text, start, end) else None


def _reviewed(
    text: str,
    left: int,
    start: int,
    end: int,
    times: Sequence[TimeMention],
    frame: Frame,
    modality: str | None,
    words: TimeWords,
) -> bool | None:
    """Whether a number is planned in a section that looks back."""
    before = [time for time in times if time.end <= start]
    if before and _ahead_by(text, before[-1], frame, words) and words.so_far.search(text, left, start) is None:
        return True
    if modality and text.find(modality, left, start) < 0 and _FULFILLED.search(text, left, start):
        return False
    if modality in ("力争", "拟") and text.find(modality, left, start) >= 0:
        return True
    if _TO_COME.match(text, end) or (before and _is_set_for(text, before[-1], frame)):
        return True
    return None if modality or any(_is_ahead(time, frame) for time in times) else False


def _turned_out(text: str, modality: str, left: int, start: int, words: TimeWords) -> bool:
    """Whether what was planned is told as done since: 计划改造12公里，实际完成13公里，完成投资|1800万元; 计划投资2亿元，已完成|1.3亿元."""
    if text.find(modality, left, start) < 0 and words.so_far.search(text, left, start):
        return True  # 计划迁坟120座，已迁87座
    plan = text.rfind(modality, max(0, start - _FAR), start)
    done = _ACTUAL.search(text, plan, start) if plan >= 0 else None
    return done is not None and "。" not in text[done.start() : start]


def _worded(text: str, left: int, start: int, end: int, frame: Frame, words: TimeWords) -> bool | None:
    """Whether a number is planned as the words right around it say: 建成后年产可达, 预计年底可达; None where they do not."""
    if text.find("后", max(start - 48, 0), start) >= 0 and words.built.search(text, max(start - 48, 0), start):
        return True
    if text.find("预计", max(left, start - 24), start) >= 0 and _EXPECTED.search(text, max(left, start - 24), start):
        return True
    near = text[max(0, start - 32) : start]
    if _is_wanted(text, start, words):
        return True
    if frame.heading is not True and words.soon.search(text, max(0, start - 60), start):
        return True
    if any(word in near for word in _NEEDS) and frame.heading is not True and _NEEDED.search(near):
        return True
    if text.find("已", end, end + 4) >= 0 and _RUNS.match(text, end):
        return False
    if (
        "预计" in text[max(0, start - 160) : start]
        and frame.heading is not True
        and _is_foreseen(text, left, start, frame)
    ):
        return True
    if any(word in near for word in _MEANS) and _IN_TIME.search(near):
        return True
    return None


def _is_wanted(text: str, start: int, words: TimeWords) -> bool:
    """Whether a number is one that must be, or that somebody is asked for: 入学率要达到98%, 希望上级补助40万元."""
    said = words.must.search(text, max(0, start - 30), start) or words.asks.search(text, max(0, start - 50), start)
    return said is not None and not is_first(text, start)


def _is_foreseen(text: str, left: int, start: int, frame: Frame) -> bool:
    """Whether a number is one of a forecast: of the whole year amid that, or by its end."""
    amid = frame.span is not None and "-" in frame.span
    if amid and (
        _FORECAST.search(text, max(left, start - 24), start) or _MEASURED.search(text, max(0, start - 60), start)
    ):
        return True
    by = in_forecast(text, start)
    return by is not None and (amid or by != "全年")


def _set_beforehand(text: str, left: int, start: int, end: int, frame: Frame, words: TimeWords) -> bool | None:
    """Whether a number is a task or plan that was set before, or one that was and has been carried out; None where neither."""
    before_it = max(left, start - 32)
    if (
        text.startswith("的目标", end)
        and text.find("实现了", before_it, start) >= 0
        and _REACHED.search(text, before_it, start)
    ):
        return False
    asked = text.find("提出", left, start) >= 0 and _ASKED.search(text, max(left, start - 32), start)
    if asked or is_demanded(text, start):
        return True
    if (
        frame.heading is not True
        and _CARRIED_OUT.match(text, end)
        and words.set.search(text, max(0, start - 10), start)
    ):
        return False  # 年初确定的12项实事全部完成
    if text.startswith("不得", start) or text.endswith("不得", left, start):
        return True
    if text.find("要求", max(0, start - _FAR), start) >= 0 and _LAID_DOWN.search(text, max(0, start - _FAR), start):
        return True
    if frame.heading is not True and _AGAINST_PLAN.search(text, max(left, start - 16), start):
        return False
    wanted = _WANTED.match(text, end) or text[start - 2 : start] in ("要求", "标准")
    if wanted and _SHORT_OF.search(text, max(left, start - 12), start):
        return True
    last = text[start - 1]
    is_set = last in SET_LASTS and words.set.search(text, max(left, start - 12), start)
    if words.aim.match(text, end) or (is_set and not text.endswith(("项", "百分点"), start, end)):
        return True  # 超额完成100万人的年度任务, 年初预计的6%
    counted = last == "务" and text[end - 1] in "件项条"  # 布置重点任务10件
    if last in "务标划算数是为" and not counted and _TASK.search(text, max(left, start - 10), start):
        if text[end - 1] not in "%％" and not _DONE.search(text, left, start):  # not 占年度计划108%
            return True
        if last in "务标划算数" and _OF_TASK.match(text, end):  # 完成任务3500人的60.9%
            return True
    before = text[max(left, start - 24) : start]
    if "任务" in before and _TASK_IS.search(before):
        return True
    may_be = any(word in before for word in _SAYS_SET)
    was_set = _SET.search(text, max(left, start - 24), start) if may_be else None
    sets = was_set and (not was_set["told"] or _OUTCOME.match(text, end))
    if was_set and sets and not _AGAINST.search(text, left, was_set.start()):
        return True
    return None


def _is_so_now(
    text: str,
    left: int,
    start: int,
    before: Sequence[TimeMention],
    frame: Frame,
    modality: str | None,
    words: TimeWords,
) -> bool:
    """Whether a section of plans tells how things stand or what was done: 目前覆盖率仅为32%, 上半年发生事故5起."""
    if modality and text.find(modality, left, start) >= 0:
        return False
    if words.is_now(text, left, start):
        return True
    if modality or not before:
        return False
    last = before[-1]
    based = words.is_basis(text, last) or text.startswith(("的基础", "基础"), last.end)
    return not based and _is_spanned(last, frame)


def _ahead_by(text: str, time: TimeMention, frame: Frame, words: TimeWords) -> bool:
    """Whether what is told is to be done by a time after what a report on part of a year is on: 7月底前 of a half year."""
    if frame.span and time.groups.get("near", "").startswith("下"):
        return True
    if not frame.span or words.is_basis(text, time) or not PARTS & time.groups.keys():
        return False
    if text[max(0, time.start - 2) : time.start] in ("截至", "截止"):
        return False
    period = resolve(time, frame.covered)
    begins, ends = dates_of(period)[0], dates_of(frame.span)[1]
    return begins is not None and ends is not None and begins > ends


def _is_ahead(time: TimeMention, frame: Frame) -> bool:
    """Whether a time is after the year that the report is on."""
    if time.groups.get("last") in ("今后", "未来") or time.groups.get("coming") == "明后两年":
        return True
    year = year_of(time.written, frame.spoken) if time.written else None
    return year is not None and frame.covered is not None and year > frame.covered


def _is_set_for(text: str, time: TimeMention, frame: Frame) -> bool:
    """到2025年突破800亿元, told in 2021: what is to be by a year to come."""
    if time.groups.get("coming") == "明后两年":
        return is_adverbial(text, time)
    outright = time.written[:1] in YEAR_FIRSTS and text[time.start - 1 : time.start] in ("到", "至", "望")
    return outright and is_adverbial(text, time) and _is_ahead(time, frame)


def _is_due(text: str, time: TimeMention, frame: Frame) -> bool:
    """2022年6月底前完成, told in 2021: what is to be done by a time of a year to come."""
    by = _BY.match(text, time.end) is not None or text[time.end - 1] == "前"
    said = time.written[:1] in YEAR_FIRSTS or time.written.startswith(("今年", "明年"))
    return by and said and is_adverbial(text, time) and _is_ahead(time, frame)


def _is_years_ahead(text: str, before: Sequence[TimeMention], frame: Frame) -> bool:
    """今后三年，; 到明年底，; 到2030年达到40万吨，2035年达到45万吨, told in 2023: times that only plans can be for."""
    time = before[-1]
    if "plan" in time.groups and frame.covered is not None and is_adverbial(text, time):
        begins = dates_of(resolve(time, None))[0]
        return begins is not None and begins.year > frame.covered
    if time.groups.get("last") in ("今后", "未来") or time.written in ("明年", "后年"):
        return is_adverbial(text, time) and frame.covered is not None
    if time.written[:1] not in YEAR_FIRSTS or not time.written or not _is_ahead(time, frame):
        return False
    listed = len(before) > 1 and is_adverbial(text, time) and _is_set_for(text, before[-2], frame)
    will = _WILL.match(text, time.end) is not None and is_adverbial(text, time)
    return listed or will or text.endswith(("预计", "计划", "力争"), 0, time.start)


def _is_reported(time: TimeMention, frame: Frame) -> bool:
    """Whether a time is a year, written out or as 去年, that a report given in a later one is on."""
    if time.written == "去年":
        return frame.spoken_later
    year = year_of(time.written, None) if time.written[:1].isdigit() else None
    return year is not None and frame.spoken_later and frame.covered is not None and year <= frame.covered


def _is_spanned(time: TimeMention, frame: Frame) -> bool:
    """Whether a time is the part of the year that the report is on: 上半年, told at the middle of the year."""
    return frame.span is not None and not PARTS.isdisjoint(time.groups) and resolve(time, frame.covered) == frame.span


def _is_over(time: TimeMention, frame: Frame) -> bool:
    """Whether a time is that of a five-year plan that has ended by the year that the report is on."""
    if "plan" not in time.groups or frame.covered is None:
        return False
    ends = dates_of(resolve(time, None))[1]
    return ends is not None and ends.year <= frame.covered


def _first_planned(frame: Frame) -> int | None:
    """The first year that is no past one for a section that names none: that of the plan which the report is."""
    return frame.covered if frame.covered is None else frame.covered + frame.coming


def _is_past(time: TimeMention, frame: Frame) -> bool:
    """Whether a time is before the years that a section of plans is on."""
    written = time.written
    if written.startswith(("去年", "上年", "前年", "过去一年", "一年来")):
        return True
    year = year_of(written, None) if written[:1] in YEAR_FIRSTS else None
    if year is None:
        return False
    first = frame.era[0] if frame.era else min(frame.years) if frame.years else _first_planned(frame)
    return first is not None and year < first
