"""Places among others that a report claims: 增速居全省第2位, 进入全国百强县第87位, 排名前三."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from pipeline.language.numerals import parse_number
from pipeline.language.widths import as_printed
from pipeline.metrics.rank_names import REACH, RankNames
from pipeline.records import Metric, Rank, Sentence
from pipeline.rules.schema import RankCue

_N = "[1-9][0-9]{0,3}|[一二三四五六七八九十百]{1,5}"
_PLACE = re.compile(
    r"(?=[倒第前首榜末1-9])"  # looked for first: of many ways to begin none would be quick to find
    rf"(?:(?P<last>倒数)?第\s?(?P<exact>{_N})\s?[位名]?|前\s?(?P<within>{_N})\s?(?:位|名|强)?|(?P<first>首位|榜首)|(?P<end>末位)"
    rf"|(?<=[国省市县区州球界])(?P<bare>[1-9][0-9]{{0,2}})位)"
)
_AFTER = re.compile(r"(?:[和与及并且的、，。；：！？;,.:!）)（(/／\s”]|以及|其中|较|比|由|$)(?!分之)")
_CLAUSE = re.compile(r"[，。；：！？;:!?\n]")
_JOINS = re.compile(r"[、和与及/／，]?(?:分别)?")
_DEALT = re.compile(r"分别[^，。；、]{0,12}$")
_OF_AFTER = re.compile(r"\s?(?:[（(]共|[/／])\s?([0-9]{1,4})(?![0-9月年])")
_TRIM = re.compile(r"^(?:[在于的]|连续[^，。；]{1,6}?(?:年|个月|季度|届|次))+|[的中里内]+$")


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
        self._compared = re.compile(rf"([0-9]{{1,4}}|[一二三四五六七八九十百]{{1,5}}(?=个))个?(?:{words['group']})")
        asides = f"{words['aside']}|{words['verb']}|{words['gain']}"
        self._names = RankNames(asides, f"{words['lead']}|{words['gain']}", kinds["head"])

    def find(self, text: str, sentences: Sequence[Sentence], metrics: Sequence[Metric]) -> tuple[Rank, ...]:
        """All claims of a place in `text`, in order, each with the metric that stands before it in its sentence."""
        text = as_printed(text)
        starts = [s.start for s in sentences]
        found: list[Rank] = []
        begins: list[int] = []  # where the evidence of each begins
        for place in _PLACE.finditer(text):
            at = bisect_right(starts, place.start()) - 1
            if at < 0 or place.end() > sentences[at].end or not _AFTER.match(text, place.end()):
                continue
            evidence = self._evidence(text, place, sentences[at], found[-1] if found else None)
            if evidence is not None:
                found.append(self._rank(len(found), text, place, sentences[at], evidence))
                begins.append(evidence.start)
        return tuple(self._named(text, sentences, metrics, found, begins))

    def _named(
        self,
        text: str,
        sentences: Sequence[Sentence],
        metrics: Sequence[Metric],
        found: Sequence[Rank],
        begins: Sequence[int],
    ) -> Iterator[Rank]:
        """The claims with their names and numbers; those that 分别 deals out together."""
        ends = [m.quantity.end for m in metrics]
        last: Rank | None = None
        at = 0
        while at < len(found):
            rank, begin = found[at], begins[at]
            sentence = sentences[rank.sentence_id]
            before = metrics[bisect_right(ends, sentence.start) : bisect_right(ends, begin)]
            together = next((n for n in range(at + 1, len(found)) if found[n].rule != "joined"), len(found)) - at
            if together > 1 and _DEALT.search(text, max(sentence.start, begin - REACH), begin):
                names = self._names.names(text, sentence.start, begin, before, together)
            else:
                names = [self._names.name(text, sentence.start, begin, before)]
                names += [(None, metric) for _, metric in names * (together - 1)]
            if names[0][0] is None and last is not None and _JOINS.fullmatch(text, last.end, begin):
                names[0] = last.name, names[0][1]
            for rank, (name, metric) in zip(found[at:], names, strict=False):
                number, subject = (metric.metric_id, metric.subject) if metric else (None, None)
                last = rank._replace(name=name, metric_id=number, subject=subject)
                yield last
            at += together

    def _evidence(self, text: str, place: re.Match[str], sentence: Sentence, last: Rank | None) -> _Evidence | None:
        """What makes an ordinal a place among others; None where nothing does."""
        start = place.start()
        left = text[max(sentence.start, start - REACH) : start]
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

    def _rank(self, number: int, text: str, place: re.Match[str], sentence: Sentence, said: _Evidence) -> Rank:
        """A claim without its name and its number."""
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
            name=None,
            subject=None,
            rank=rank,
            kind=kind,
            of=of if of >= rank else None,
            tied="并列" in whole,
            scope=said.scope.replace("并列", "") or None,
            metric_id=None,
            start=place.start(),
            end=place.end(),
            rule=said.rule,
        )


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))
