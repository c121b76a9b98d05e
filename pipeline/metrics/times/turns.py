"""Where a text turns to a year or to years that it speaks of as one: 刚刚过去的2025年, 一年来, 这五年, “十四五”时期.

A section whose heading names a year and an era leaves open which of them a sentence without time means; the sentence that
turned to one of them last decides.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.language.periods import PLAN_NAME, plan_reviewed, plan_years
from pipeline.language.scanning import Scan

_TURN = re.compile(
    r"[。！？\n][ \t\u3000—-]*(?:"
    r"(?:刚刚|即将)?过去的\s?(?P<past>(?:19|20)\d\d)\s?年(?=[，,里])"
    r"|(?P<year>(?:19|20)\d\d) ?年(?=[，,是])"
    r"|(?P<now>今年)(?=[，,是])"
    r"|(?P<one>(?:刚刚)?过去的?一年(?:来|里)?|一年来|这一年)(?=[，,里])"
    r"|(?P<faults>(?:同时[，,]?)?[^，。！？；\n]{0,8}清醒地?(?=看到|认识到|意识到))"
    rf"|(?:[^，。！？；\n]{{0,6}}回[顾首望眸]|经过|在)?(?:[“\"]|(?={PLAN_NAME}时期))(?P<plan>{PLAN_NAME})[”\"]?(?=时期|期间|[，,特发])"
    r"|(?:回[顾首望眸])?(?P<five>(?:过去的?|这)五年|五年(?=来|历程))"
    r")"
)
_TURNS = Scan(_TURN, "。！？\n")


class Turn(NamedTuple):
    """A sentence that says which time it and those after it are on; one of the last three fields is told."""

    at: int  # where the sentence begins
    year: int | None = None
    plan: tuple[int, int] | None = None  # first and last year of a five-year plan
    words: str = ""  # "now" for 今年, "one" for the year past, "five" for the five years past
    before: tuple[int, int] | None = None  # years of the plan that the text turned to before, for "five"


def turns_of(text: str) -> list[Turn]:
    """All turns of a text, in order.

    >>> [(t.year, t.plan, t.words) for t in turns_of("刚刚过去的2021年，稳中有进。“十三五”时期，成就显著。这五年，变化很大。")]
    [(2021, None, ''), (None, (2016, 2020), ''), (None, None, 'five')]
    """
    turns: list[Turn] = []
    for match in _TURNS.matches("\n" + text):
        kind = match.lastgroup or ""
        year = int(match[kind]) if kind in ("past", "year") else None
        plan = plan_years(match[kind]) if kind == "plan" else None
        before = (turns[-1].plan or turns[-1].before) if turns else None
        words = "" if year or plan else kind
        words = "one" if words == "faults" else words  # what is wanting is so at the end of the years
        turns.append(Turn(match.start(), year, plan, words, before if kind == "five" else None))
    return turns


def era_told(title: str, covered: int | None) -> tuple[int, int] | None:
    """The years of the five-year plan that a report on its last year looks back on: “十三五”规划执行情况."""
    years = plan_reviewed(title)
    return years if years and years[1] == covered else None
