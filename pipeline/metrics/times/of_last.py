"""Numbers that say something of the one before, and are of its time: 投入7亿元，是“十二五”的2.3倍; 引进人才640人，其中博士7人."""

from __future__ import annotations

import re

from pipeline.language.periods import PLAN_NAME, WRITTEN_YEAR

_MEASURED = re.compile(
    rf"，(?:分别)?(?:是|为|相当于|等于|比|较)(?:{WRITTEN_YEAR}年|[“\"](?:{PLAN_NAME}|[一二三四五]五)[”\"](?:时期|期间)?|(?:上一?个?|前)五年|上[一]?届)(?:同期)?"
    r"(?:的(?:约|近|逾|超过?)?|[多少翻][出了]?)$"
    r"|，(?:虽|仍|但|却|也)?(?:比[^，。；0-9]{2,10}[高低快慢]|[高低快慢]于)[^，。；0-9]{0,14}$"
    r"|，(?:协议|合同|计划)?总?(?:建筑|占地)?(?:投资|引资|金|面积|里程|长)额?(?:达到?|为|约|近|逾|超过?)?$"
)
_WAS = re.compile("，(?:分别)?[比较](?:[^的]{1,12})的")
_PART_OF_LAST = re.compile(
    "(?:，|（)其中(?:[^，。；、：0-9年月季由从自]|[0-9]{1,4}(?![0-9年月季])){1,12}$|，占(?!比|[^，。；]*(?:预算|计划|任务|指标|目标))[^，。；由从自]{1,16}的$"
)
_GROWTH_OF_LAST = re.compile(
    "[0-9万亿元人户吨亩个家件斤米]，(?:同比|[比较]上年)(?:实际|名义)?(?:增长|增加|下降|减少|提高|上升|降低)了?约?$"
)


def is_measured(text: str, start: int) -> bool:
    """Whether a number only compares the one before with an earlier time: 五年投入7亿元，是“十二五”的2.3倍."""
    measured = _MEASURED.search(text, max(0, start - 24), start)
    return measured is not None and not _WAS.match(measured[0])  # not ，较2020年的3亿元


def is_part_of_last(text: str, start: int) -> bool:
    """Whether a number is a part of the one before, or its share: 引进人才640人，其中博士7人."""
    return _PART_OF_LAST.search(text, max(0, start - 24), start) is not None


def is_growth_of_last(text: str, start: int) -> bool:
    """Whether a number says how that before it grew, and nothing else: 2020年产值6亿元，比上年增长8%."""
    return _GROWTH_OF_LAST.search(text, max(0, start - 14), start) is not None
