"""Whether the words right before a number tell when it holds, or that nothing dates it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.language.periods import TimeMention
from pipeline.language.starts import is_first
from pipeline.metrics.times.adverbials import TimeWords

_OF_YEAR = re.compile(
    "(?<![0-9一二三四五六七八九十〇零明去上前后])(?:年度?|全年|年初)(?:控制)?(?:预算|计划|任务|目标|指标)(?:总?数)?[是为]?$"
)
"""What a number is set as for a whole year: 完成年度预算|8亿元|的一半."""
_FROM_NOW = re.compile("[由从自](?:目前|现在|现有|当前|眼下|如今|今年)的?$")
"""由目前的|46%提高到: how things stand before they are to change."""

_FAR = 80
"""So many characters before a number what began long ago is looked for."""


def is_of_year(text: str, start: int) -> bool:
    """Whether a number is what is set for a whole year: 完成年度预算|8亿元|的一半."""
    return _OF_YEAR.search(text, max(0, start - 10), start) is not None


def is_from_now(text: str, start: int) -> bool:
    """Whether a number tells how things stand before they are to change: 由目前的|46%|提高到."""
    return _FROM_NOW.search(text, max(0, start - 6), start) is not None and is_first(text, start)


def is_once_built(text: str, start: int, times: Sequence[TimeMention], words: TimeWords) -> bool:
    """Whether a number tells what is to be once something is built, with no time said: 达产后年产值可达4亿元."""
    built = words.once_built.search(text, max(0, start - 48), start)
    return built is not None and not any(built.start() <= time.end <= start for time in times)


def is_since_founded(text: str, start: int, words: TimeWords) -> bool:
    """Whether a sentence tells what was done since something began: 成立以来，接待游客3万人."""
    begins = max(0, start - _FAR)
    return text.find("以来，", begins, start) >= 0 and words.long_since.search(text, begins, start) is not None
