"""Lines that go because of the lines beside them: adverts and furniture come in groups."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from pipeline.cleaning.evidence import Line, heaviest, weigh, weigh_body
from pipeline.cleaning.knowledge import Knowledge
from pipeline.cleaning.lines import line_around, whole_line
from pipeline.language.marks import BEGINNING_MARK
from pipeline.records import Edit, Span

ENOUGH = 3  # weight of cues that takes a line beside one that goes
SHORT, LONGEST = 40, 100  # characters of a line

_DATED = re.compile(r"(?:时间|日期)[:：]\s?\d{4}[-./]\d{1,2}[-./]\d{1,2}(?:\s\d{1,2}:\d{2}(?::\d{2})?)?")
"""When a page was put up, beside a line on its source: 时间：2024-01-08."""
_LABEL = re.compile(
    r"\W{0,3}(?:(?:信息)?索\s?引\s?号|(?:主题|体裁|信息)?分类|来\s?源|发(?:文|布)(?:机构|机关|字号|日期|时间)|文\s?号|(?:成文|生成|公开)日期"
    r"|有\s?效\s?性|公开(?:方式|形式)|责任部门|标\s?题|主\s?题\s?词|内容概述|文件编号|时效性?)\s?[:：]\s*"
)
"""What stands on a card of open data, its value on the line below."""
_NAMED = re.compile(r"\s*(?:标\s{0,4}题|(?:信息|文件|公文)?名\s{0,4}称)\s?[:：]\s?(?P<name>[^\s:：|][^\n:：|]{6,90})")
_LEFT_OVER = re.compile(r"[】\])）|/>»]{1,3}")
_BULLET = re.compile(r"\s*[·•▪]")
_NUMBER = re.compile(r"\s*\d{1,2}[.、．]")
_ANNEX = re.compile(r"\s*[（(【]?附")
_ORNAMENT = re.compile(r"[^\S\n]*[^\w\s（）()]{1,6}[^\S\n]*")
_LISTED = re.compile(
    r"[^\S\n]*[·•●■◆★▪☞→《-]?[^。！；\n]{2,48}?"
    r"(?:总结|汇报|报告|讲话|方案|计划|心得|体会|材料|范文|发言|述职|通知|意见|模板|党课|要点|大全|篇)[^。！；，\n]{0,12}"
)
_HEADS_LIST = re.compile(
    r"\W*[^。；，\n]{0,14}(?:推荐|相关|往期|还看|[还也都]在看|喜欢|热门|热搜|排行|关注的|同类|其他作品|被下载)"
    r"[^。；，\n]{0,10}[^\S\n]*"
)


def take_tools_along(text: str, lines: dict[int, Line]) -> None:
    """Let the lines beside a row of tools go that are such tools too: some pages put each on a line of its own."""
    for line in [line for line in lines.values() if line.gone is not None]:
        for beside in (_line_below, _line_above):
            if line.gone is not None and line.gone.scope == "tools":
                _take_along(text, line, beside, lines)
            elif line.gone is not None and line.gone.rule in ("source_line", "page_data"):
                span = beside(text, line.span)
                if span is not None and _DATED.fullmatch(text[slice(*span)].strip()):
                    lines.setdefault(span.start, Line(span)).gone = line.gone


def _take_along(text: str, line: Line, beside: Callable[[str, Span], Span | None], lines: dict[int, Line]) -> None:
    span = beside(text, line.span)
    while span is not None and span.end - span.start <= SHORT and line.gone is not None:
        if stripped := text[span.start : span.end].strip():
            if not (line.gone.pattern.fullmatch(stripped) or _LEFT_OVER.fullmatch(stripped)):
                return
            neighbour = lines.setdefault(span.start, Line(span))
            if neighbour.gone is not None:
                return
            neighbour.gone = line.gone
        span = beside(text, span)


def take_values_along(text: str, lines: dict[int, Line]) -> None:
    """Let short lines go that stand alone between two labels of a card of open data that go: each is a value."""
    for line in [line for line in lines.values() if line.gone is not None and _LABEL.fullmatch(text, *line.span)]:
        value = _filled_below(text, line.span)
        below = _filled_below(text, value) if value is not None else None
        if value is None or below is None or value.end - value.start > SHORT or value.start in lines:
            continue
        after = lines.get(below.start)
        if after is not None and after.gone is not None and _LABEL.fullmatch(text, *below):
            lines[value.start] = Line(value, gone=line.gone)


def take_names_along(text: str, lines: dict[int, Line]) -> None:
    """Let the line of a card of open data go that gives the title, where the title stands elsewhere as well."""
    for line in [line for line in lines.values() if line.gone is not None and line.gone.rule.startswith("open_data")]:
        for span in (_filled_below(text, line.span), _line_above(text, line.span)):
            named = _NAMED.fullmatch(text, *span) if span is not None else None
            if span is not None and named is not None and text.count(named["name"].strip()) > 1:
                lines.setdefault(span.start, Line(span)).gone = line.gone


def _filled_below(text: str, span: Span) -> Span | None:
    """The next line that is not blank."""
    below = _line_below(text, span)
    while below is not None and not text[slice(*below)].strip():
        below = _line_below(text, below)
    return below


def _line_below(text: str, span: Span) -> Span | None:
    return line_around(text, span.end + 1) if span.end + 1 < len(text) else None


def _line_above(text: str, span: Span) -> Span | None:
    return line_around(text, span.start - 1) if span.start > 0 else None


def take_weaker_along(text: str, lines: list[Line], knowledge: Knowledge) -> None:
    """Let lines with too little evidence of their own go that stand beside one that goes, where no word of the report
    is in them. `lines` are in the order of the text.
    """
    for order in (lines, lines[::-1]):
        for before, line in pairwise(order):
            if before.gone is None or line.gone is not None or weigh(line.hits) < ENOUGH:
                continue
            first, second = sorted((before.span, line.span))
            if (
                not text[first.end : second.start].strip()
                and line.span.end - line.span.start <= LONGEST
                and line.is_filled(text, line.span)
                and not weigh_body(text, line.span, knowledge.cues)
            ):
                line.gone = heaviest(line.hits)


def heads_list(text: str, line: Line) -> bool:
    """Whether a line that goes is what a site writes above a list of other texts."""
    if line.gone is None:
        return False
    return line.gone.rule == "related_head" or _HEADS_LIST.fullmatch(text, *line.span) is not None


def list_below(text: str, start: int, lines: dict[int, Line]) -> list[Edit]:
    """The titles that a site lists under its “related articles”: all of them with a bullet, or with nothing but junk
    behind them to the end of the text.
    """
    edits: list[Edit] = []
    bulleted = True
    while start < len(text):
        line = line_around(text, start)
        content = text[line.start : line.end]
        gone = line.start in lines and lines[line.start].gone is not None
        if content.strip() and not gone:
            bullet = _BULLET.match(content) is not None
            headed = BEGINNING_MARK.match(content) is not None and not bullet and _NUMBER.match(content) is None
            if headed or _ANNEX.match(content) or not (_LISTED.fullmatch(content) or _ORNAMENT.fullmatch(content)):
                return edits if bulleted else []
            bulleted = bulleted and bullet and "，" not in content
            whole = whole_line(text, line)
            edits.append(Edit(whole.start, whole.end, "", "boilerplate", "related_list"))
        start = line.end + 1
    return edits
