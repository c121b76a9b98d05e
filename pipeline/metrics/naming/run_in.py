"""Names of which a label at the head of the line tells of what they are: 信访：受理126件，办结|118件, 烤烟产业：产值|86万元."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.metrics.page.found import Found

_LABEL = re.compile(
    "(?:^|[\n。；;，,])[ \u3000]*(?:[●•◆■▲★※◎○▪·]+[ \u3000]*|[0-9]{1,2}[.．、]|（[0-9一二三四五六七八九十]{1,2}）|[①-⑳]|[一二三四五六七八九]是)?"
    "(?P<topic>(?!其中|分|典型|主要|重点|目标|任务|问题|成效|按)[一-龥]{2,7}(?<![年为是有楚的了下上中前后表看间个]))[：:]$"
)
_TOPIC_END = re.compile("(?<=..)(?:工作|产业|方面|情况|生产|事业|领域|建设|(?<=旅游)业)$")
_DEEDS = (
    "受理|办结|审结|立案|破案|结案|排查|化解|调处|开工|竣工|完工|建成|在建|新建|改造|改建|扩建|投产|签约|落地|新增|培训|接待|解决|收治|抓获|查处|整改"
    "|办复|上报|发放|救助|安置|检查|立项|验收|拆除|搬迁|移送|起诉|完成"
)
_MEASURES = "总?面积|播种面积|种植面积|产量|总产量?|单产|亩产|年?总?产值|收入|总收入|支出|存栏量?|出栏量?|(?:完成|计划)?总?投资|贷款|全长|总长"
_DEED = re.compile(
    f"(?:全[国省市县区州旗镇乡村年]|共|已|累计|今年|先后|依法|目前|实际)*(?P<deed>{_DEEDS})(?:了|共|达)?"
)
_MEASURE = re.compile(
    f"(?:全[国省市县区州旗镇乡村年]|共|已|累计|今年|年末|当年|可?实现|完成|预计|取得|创)*(?P<measure>{_MEASURES})(?:预计|可?达到?|为|约|完成|实现|突破|共)*"
)
_PLANS = re.compile(
    "(?:全[国省市县区州旗镇乡村年]|共|已|今年|年初)*(?:计划|拟|目标|任务|应|接待游客|下达(?:计划|任务)?)"
)
"""What goes before what was done: 全县计划|520户，开工480户."""
_WORK = re.compile("(?:改造|引资|教育|种植|养殖|治理|修复|绿化|扶贫|建设|搬迁|保护|制种)$")
"""Ends of topics that are done themselves: 危房改造."""
_ADDED = ("新增", "净增")
_SAID = re.compile("^[，,、；;。 ：:]+")
_COLON = re.compile("[：:]")
_LONGEST, _FARTHEST = 18, 120


class Label(NamedTuple):
    """A label, less what only says that it is one, as it stands, and where it ends."""

    topic: str
    whole: str
    end: int


def name_run_in(text: str, found: Sequence[Found]) -> None:
    """Name what is done to or measured of what the label of its line says, where nothing behind it says of what."""
    labels = _labels(text) if found and ("：" in text or ":" in text) else []
    starts = [label.end for label in labels]
    last = lost = 0  # where the number before ends; behind which label something else was told of
    wrong = right = ""
    for one in found:
        start, end = one.quantity.start, one.quantity.end
        at = bisect_right(starts, start) - 1
        if one.changes and one.carries(wrong):
            one.rename(right)
            last = end
            continue
        wrong = right = ""
        if at >= 0 and (not one.changes or text.endswith(_ADDED, last, start)) and (label := labels[at]).end != lost:
            begin = max(label.end, last)
            if start > label.end + _FARTHEST or _parted(text, label.end, start):
                lost = label.end
            elif new := _named(text, one, label, begin):
                wrong, right = one.name, new
                one.rename(new)
            elif begin < start and not _is_bare(text[begin:start], label):
                lost = label.end
        last = end


def _is_bare(said: str, label: Label) -> bool:
    """Whether a clause tells of nothing but what the label says."""
    said = _SAID.sub("", said)
    return (
        label.topic in said
        or _PLANS.fullmatch(said) is not None
        or _DEED.fullmatch(said) is not None
        or _MEASURE.fullmatch(said) is not None
    )


def _labels(text: str) -> list[Label]:
    said = [_LABEL.search(text, max(0, mark.start() - _LONGEST), mark.end()) for mark in _COLON.finditer(text)]
    return [Label(_TOPIC_END.sub("", label["topic"]), label["topic"], label.end()) for label in said if label]


def _parted(text: str, begin: int, end: int) -> bool:
    return text.find("。", begin, end) >= 0 or text.find("\n", begin, end) >= 0


def _named(text: str, one: Found, label: Label, begin: int) -> str:
    """The name of a number whose clause says a deed or a measure and nothing else; else empty."""
    said = _SAID.sub("", text[begin : one.quantity.start])
    topic, name = label.topic, one.name
    if (deed := _DEED.fullmatch(said)) and one.unit != "ratio":
        done = deed["deed"]
        if name not in (done, label.whole, topic, done + label.whole) and not (
            name.startswith(done) and len(name) <= len(done) * 2
        ):
            return ""
        if done == "完成" or (name != done and done in label.whole):
            return ""
        return topic + done if _WORK.search(topic) or done in ("接待", "培训") else done + topic
    if (measured := _MEASURE.fullmatch(said)) and one.unit != "ratio":
        measure = measured["measure"]
        if name.endswith(measure) and topic not in name and len(name) <= len(measure) + 4:
            return topic + measure
    return ""
