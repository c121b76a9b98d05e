"""Names of which a label at the head of the line tells of what they are: 信访：受理126件，办结|118件, 烤烟产业：产值|86万元."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.metrics.naming.words import NameWords
from pipeline.metrics.page.found import Found

_PLANS = re.compile(
    "(?:全[国省市县区州旗镇乡村年]|共|已|今年|年初)*(?:计划|拟|目标|任务|应|接待游客|下达(?:计划|任务)?)"
)
"""What goes before what was done: 全县计划|520户，开工480户."""
_ADDED = ("新增", "净增")
_SAID = re.compile("^[，,、；;。 ：:]+")
_COLON = re.compile("[：:]")
_LONGEST, _FARTHEST = 18, 120


class Label(NamedTuple):
    """A label, less what only says that it is one, as it stands, and where it ends."""

    topic: str
    whole: str
    end: int


def name_run_in(text: str, found: Sequence[Found], words: NameWords) -> None:
    """Name what is done to or measured of what the label of its line says, where nothing behind it says of what."""
    labels = _labels(text, words) if found and ("：" in text or ":" in text) else []
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
            elif new := _named(text, one, label, begin, words):
                wrong, right = one.name, new
                one.rename(new)
            elif begin < start and not _is_bare(text[begin:start], label, words):
                lost = label.end
        last = end


def _is_bare(said: str, label: Label, words: NameWords) -> bool:
    """Whether a clause tells of nothing but what the label says."""
    said = _SAID.sub("", said)
    return (
        label.topic in said
        or _PLANS.fullmatch(said) is not None
        or words.deed.fullmatch(said) is not None
        or words.labelled.fullmatch(said) is not None
    )


def _labels(text: str, words: NameWords) -> list[Label]:
    said = [words.label.search(text, max(0, mark.start() - _LONGEST), mark.end()) for mark in _COLON.finditer(text)]
    return [Label(words.topic_end.sub("", label["topic"]), label["topic"], label.end()) for label in said if label]


def _parted(text: str, begin: int, end: int) -> bool:
    return text.find("。", begin, end) >= 0 or text.find("\n", begin, end) >= 0


def _named(text: str, one: Found, label: Label, begin: int, words: NameWords) -> str:
    """The name of a number whose clause says a deed or a measure and nothing else; else empty."""
    said = _SAID.sub("", text[begin : one.quantity.start])
    topic, name = label.topic, one.name
    if (deed := words.deed.fullmatch(said)) and one.unit != "ratio":
        done = deed["deed"]
        if name not in (done, label.whole, topic, done + label.whole) and not (
            name.startswith(done) and len(name) <= len(done) * 2
        ):
            return ""
        if done == "完成" or (name != done and done in label.whole):
            return ""
        return topic + done if words.self_done.search(topic) or done in ("接待", "培训") else done + topic
    if (measured := words.labelled.fullmatch(said)) and one.unit != "ratio":
        measure = measured["measure"]
        if name.endswith(measure) and topic not in name and len(name) <= len(measure) + 4:
            return topic + measure
    return ""
