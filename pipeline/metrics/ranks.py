"""Places among others that a report claims: 增速居全省第2位, 进入全国百强县第87位, 排名前三."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from pipeline.language.numerals import parse_number
from pipeline.records import Metric, Rank, Sentence
from pipeline.rules.schema import RankCue

_N = "[1-9][0-9]{0,3}|[一二三四五六七八九十百]{1,5}"
_PLACE = re.compile(
    rf"(?P<last>倒数)?第\s?(?P<exact>{_N})\s?[位名]?|前\s?(?P<within>{_N})\s?(?:位|名|强)?|(?P<first>首位|榜首)|(?P<end>末位)"
    rf"|(?<=[国省市县区州球界])(?P<bare>[1-9][0-9]{{0,2}})位"
)
_AFTER = re.compile(r"(?:[和与及并且的、，。；：！？;,.:!）)（(/／\s”]|以及|其中|较|比|由|$)(?!分之)")
_CLAUSE = re.compile(r"[，。；：！？;:!?\n]")
_ITEM = re.compile(r"[，。；：！？;:!?\n、（）()]")
_JOINS = re.compile(r"[、和与及/／，]?(?:分别)?")
_OF_AFTER = re.compile(r"\s?(?:[（(]共|[/／])\s?([0-9]{1,4})(?![0-9月年])")
_RUN = re.compile(r"(?:已?连续|蝉联)[^，。；]{1,6}?(?:年|个月|季度|届|次)$|[0-9.%％，]+$")
_TRIM = re.compile(r"^[在于的]+|[的中里内]+$")
_FROM = re.compile(r"由(?:[上去]年|20\d\d|全[国省市县区州]|第).*$")
_REACH = 40
"""Characters before a place in which what says so must stand."""


class _Evidence(NamedTuple):
    """Where what says that it is a place begins, the scope that it names, and which rule saw it."""

    start: int
    scope: str
    rule: str


class Ranks:
    """Finds claims of a place; built once from the table of words."""

    def __init__(self, cues: Iterable[RankCue]) -> None:
        kinds: dict[str, list[str]] = {}
        for row in cues:
            kinds.setdefault(row.kind, []).extend(row.written)
        words = {kind: _either(forms) for kind, forms in kinds.items()}
        scope = rf"(?:{words['scope']})(?:[0-9一二三四五六七八九十]*个?(?:{words['with']})(?:中|内)?)*"
        self._among = re.compile(rf"[在于](?P<scope>{scope})[中里内]?$")
        group = "[一-龥（）]{2,8}(?:城市|县区|市州|两区|各市|榜)"
        self._patterns = (
            ("verb", re.compile(rf"(?:{words['verb']})(?P<scope>[^，。；、：:]{{0,16}}?)$")),
            ("scope", re.compile(rf"(?P<scope>{scope})$")),
            ("short_verb", re.compile(rf"(?:{words['short']})(?P<scope>(?:{scope}|{group})?)$")),
            ("gain", re.compile(rf"(?:{words['gain']})(?P<scope>[^，。；、：:]{{0,16}}?)$")),
        )
        self._verbs = re.compile(f"{words['verb']}|{words['gain']}")
        self._never = re.compile(rf"(?:{words['never']})(?:全[国省市县区州])?$")
        self._aside = re.compile(rf"(?:{words['aside']}|{words['verb']}|{words['gain']}|[居列排])$")
        self._compared = re.compile(rf"([0-9]{{1,4}}|[一二三四五六七八九十百]{{1,5}}(?=个))个?(?:{words['group']})")
        self._lead = re.compile(f"^(?:{words['lead']}|{words['gain']})")
        self._heads = frozenset(kinds["head"])

    def find(self, text: str, sentences: Sequence[Sentence], metrics: Sequence[Metric]) -> tuple[Rank, ...]:
        """All claims of a place in `text`, in order, each with the metric that stands before it in its sentence."""
        starts = [s.start for s in sentences]
        ends = [m.quantity.end for m in metrics]
        found: list[Rank] = []
        for place in _PLACE.finditer(text):
            at = bisect_right(starts, place.start()) - 1
            if at < 0 or place.end() > sentences[at].end or not _AFTER.match(text, place.end()):
                continue
            sentence = sentences[at]
            evidence = self._evidence(text, place, sentence, found[-1] if found else None)
            if evidence is not None:
                before = bisect_right(ends, evidence.start)
                metric = metrics[before - 1] if before else None
                if metric is not None and metric.sentence_id != sentence.sentence_id:
                    metric = None
                found.append(self._rank(len(found), text, place, sentence, evidence, metric))
        return tuple(found)

    def _evidence(self, text: str, place: re.Match[str], sentence: Sentence, last: Rank | None) -> _Evidence | None:
        """What makes an ordinal a place among others; None where nothing does."""
        start = place.start()
        left = text[max(sentence.start, start - _REACH) : start]
        left = left[max((m.end() for m in _CLAUSE.finditer(left)), default=0) :]
        base, left = start - len(left), left.rstrip()
        if self._never.search(left):
            return None
        for rule, pattern in self._patterns:
            if said := pattern.search(left):
                scope = said["scope"]
                while inner := self._verbs.search(scope):
                    scope = scope[inner.end() :]
                begin = said.start()
                if not scope and (among := self._among.search(left, 0, begin)):
                    begin, scope = among.start(), among["scope"]
                return _Evidence(base + begin, "" if "位" in scope else _TRIM.sub("", scope), rule)
        if last is not None and last.sentence_id == sentence.sentence_id and _JOINS.fullmatch(text, last.end, start):
            return _Evidence(last.start, last.scope or "", "joined")
        return None

    def _rank(
        self, number: int, text: str, place: re.Match[str], sentence: Sentence, said: _Evidence, metric: Metric | None
    ) -> Rank:
        kind: Literal["exact", "within", "last"] = "exact"
        if place["within"]:
            kind = "within"
        elif place["last"] or place["end"]:
            kind = "last"
        written = place["exact"] or place["within"] or place["bare"]
        rank = int(parse_number(written) or 1) if written else 1
        whole = text[said.start : place.start()]
        compared = self._compared.search(whole) or _OF_AFTER.match(text, place.end())
        of = int(parse_number(compared[1]) or 0) if compared else 0
        return Rank(
            rank_id=number,
            section_id=sentence.section_id,
            sentence_id=sentence.sentence_id,
            name=None if said.rule == "joined" else self._name(text, sentence.start, said.start, metric),
            subject=metric.subject if metric else None,
            rank=rank,
            kind=kind,
            of=of if of >= rank else None,
            tied="并列" in whole,
            scope=said.scope.replace("并列", "") or None,
            metric_id=metric.metric_id if metric else None,
            start=place.start(),
            end=place.end(),
            rule=said.rule,
        )

    def _name(self, text: str, sentence_start: int, end: int, metric: Metric | None) -> str | None:
        """What stands at the place: the words before what says so; behind a number, what the number measures."""
        left = text[max(sentence_start, end - _REACH) : end]
        left = left[max((m.end() for m in _ITEM.finditer(left)), default=0) :]
        left = _FROM.sub("", self._lead.sub("", left))
        while cut := self._aside.search(left) or _RUN.search(left):
            left = left[: cut.start()]
        number = metric is not None and metric.quantity.end > end - len(left) and metric.quantity.start < end
        if metric is not None and (number or not left or left in self._heads):
            return metric.name + (left if left in self._heads and left not in ("均", metric.name[-len(left) :]) else "")
        return left or None


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))
