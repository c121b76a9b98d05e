"""Pass: adverts, contacts and site furniture, by cues; where a cue and the report's own words disagree, all stays."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import itemgetter

from pipeline.cleaning.cues import AHEAD, BEHIND, Cue
from pipeline.cleaning.knowledge import Knowledge
from pipeline.cleaning.lines import line_around, taken, whole_line
from pipeline.cleaning.traditional import simplify
from pipeline.records import Edit, Span

LINE_ENOUGH = 4  # weight of cues that takes a whole line
PART_ENOUGH = 5  # … and a part of a paragraph whose rest stays
INSIDE_ENOUGH = 7  # … with body on both sides of it
BESIDE_ENOUGH = 2  # … and a line beside one that went
REPEATED = 3  # what it adds that the archive repeats the line
NEAR = 300  # characters around a cue in which others help it
LONGEST_FURNITURE, SHORT, BESIDE_SHORT = 300, 40, 100  # characters of a line

_SENTENCE = re.compile(r"[^。！？!?；;]*(?:[。！？!?；;]+[”’」』）)】]*)?")
_CLAUSE = re.compile(r"[^，,]+[，,]?")
_BRACKETED = re.compile(r"[（(【\[][^（(【\[）)】\]\n]{4,150}[）)】\]]")
_LEFT_OVER = re.compile(r"[】\])）|/>»]{1,3}")
_TITLE = re.compile(r"《[^》\n]{1,80}》")
_LISTED = re.compile(
    r"[^\S\n]*(?:[·•●■◆★▪-]|\d{1,2}[.、]\s?|《)?[^。！；，\n]{4,48}?"
    r"(?:总结|汇报|报告|讲话(?:稿)?|方案|计划|心得|体会|材料|范文|发言(?:稿)?|述职|通知|意见|模板|党课|要点|大全|篇)"
    r"[^。！；，\n]{0,12}"
)
_NUMBERED = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章节条部])"
)


@dataclass(slots=True)
class Line:
    """A line that holds cues: where it is, which cues stand where, and whether it goes."""

    span: Span
    hits: dict[Cue, set[int]] = field(default_factory=dict)
    gone: Cue | None = None
    places: list[tuple[int, Cue]] = field(default_factory=list)  # the hits in order, once all are found


def remove_adverts(text: str, knowledge: Knowledge) -> list[Edit]:
    """Find what a site put around and into a report: offers, ways to reach the seller, furniture of the page.

    Stretches and lines that only a site writes go at once. Elsewhere the cues of a sentence or a line are weighed,
    and what speaks for the report itself (its own place, people, verbs) is taken off.
    """
    text = simplify(text)
    edits: list[Edit] = []
    lines = _lines_with_cues(text, knowledge, edits)
    for line in lines.values():
        if line.gone is None:
            edits += _judge(text, line, knowledge)
    _spread_pieces(text, lines)
    _spread(text, sorted(lines.values(), key=lambda line: line.span), knowledge)
    for line in lines.values():
        if line.gone is not None:
            span = whole_line(text, line.span, joins=line.gone.rule == "page_line")
            edits.append(Edit(span.start, span.end, "", line.gone.kind, line.gone.rule))
            if line.gone.rule == "related_head":
                edits += _list_below(text, span.end)
    return edits


def _lines_with_cues(text: str, knowledge: Knowledge, edits: list[Edit]) -> dict[int, Line]:
    """The lines in which any cue stands, by start; stretches go straight to `edits`."""
    lines: dict[int, Line] = {}
    span = Span(-1, -1)
    tried: dict[Cue, int] = {}  # how far each pattern has been searched for
    for at, cues in knowledge.cues.candidates(text):
        if not span.start <= at < span.end:
            span = line_around(text, at)
        for cue in cues:
            start, end = max(span.start, at - BEHIND), min(span.end, at + AHEAD)
            if tried.get(cue, -1) >= min(at + AHEAD // 2, span.end):
                continue
            tried[cue] = end
            if cue.scope in ("line", "pieces"):
                tried[cue] = span.end
                if span.end - span.start <= LONGEST_FURNITURE:
                    _try_line(text, span, cue, lines)
            elif cue.scope == "stretch":
                edits += [
                    Edit(*taken(text, *found.span()), "", cue.kind, cue.rule)
                    for found in cue.pattern.finditer(text, start, end)
                    if found.group().strip()
                ]
            elif places := {found.start() for found in cue.pattern.finditer(text, start, end)}:
                lines.setdefault(span.start, Line(span)).hits.setdefault(cue, set()).update(places)
    if knowledge.cues.short_lines:
        _try_short_lines(text, knowledge, lines)
    return lines


def _try_line(text: str, span: Span, cue: Cue, lines: dict[int, Line]) -> None:
    """Try a pattern on the whole of a line; one of less than full weight only counts as a cue."""
    stripped = text[span.start : span.end].strip()
    if stripped and cue.pattern.fullmatch(stripped):
        line = lines.setdefault(span.start, Line(span))
        if cue.weight >= LINE_ENOUGH:
            line.gone = line.gone or cue
        else:
            line.hits[cue] = {span.start}


def _try_short_lines(text: str, knowledge: Knowledge, lines: dict[int, Line]) -> None:
    start = 0
    for content in text.split("\n"):
        if 0 < len(content) <= SHORT:
            for cue in knowledge.cues.short_lines:
                _try_line(text, Span(start, start + len(content)), cue, lines)
        start += len(content) + 1


def _judge(text: str, line: Line, knowledge: Knowledge) -> list[Edit]:
    """Weigh the cues of a line: all of it goes, or the sentences that hold them, or nothing."""
    start, end = line.span
    if not line.hits:
        return []
    near = Span(
        max(start, min(map(min, line.hits.values())) - NEAR), min(end, max(map(max, line.hits.values())) + NEAR)
    )
    said = text[near.start : near.end]
    for cue in knowledge.cues.helpers:
        if (not cue.words or any(word in said for word in cue.words)) and (
            places := {found.start() for found in cue.pattern.finditer(text, *near)}
        ):
            line.hits[cue] = places
    line.places = sorted(((at, cue) for cue, places in line.hits.items() for at in places), key=itemgetter(0))
    repeated = REPEATED if knowledge.profile.repeats(text[start:end]) else 0
    if sum(cue.weight for cue in line.hits) + repeated < LINE_ENOUGH:
        return []
    sentences = [
        Span(found.start(), found.end()) for found in _SENTENCE.finditer(text, start, end) if found.group().strip()
    ]
    held = [_hits_in(line, sentence) for sentence in sentences]
    covered = sum(s.end - s.start for s, cues in zip(sentences, held, strict=True) if cues)
    if (
        2 * covered >= end - start
        and _weight(line.hits) + repeated - _body(text, line.span, knowledge) >= LINE_ENOUGH
        and all(cues or s.end - s.start <= SHORT for s, cues in zip(sentences, held, strict=True))
    ):
        line.gone = _heaviest(line.hits)
        return []
    return _parts(text, line, sentences, held, knowledge)


def _parts(
    text: str, line: Line, sentences: Sequence[Span], held: Sequence[set[Cue]], knowledge: Knowledge
) -> list[Edit]:
    """What goes of a paragraph whose rest stays: runs of sentences, a bracket, or the clauses at its end."""
    edits: list[Edit] = []
    run: list[int] = []
    for number in range(len(sentences) + 1):
        if number < len(sentences) and held[number] and not _body(text, sentences[number], knowledge):
            run.append(number)
            continue
        if run:
            cues = {cue for n in run for cue in held[n]}
            outer = run[0] == 0 or run[-1] == len(sentences) - 1
            if _weight(cues) >= (PART_ENOUGH if outer else INSIDE_ENOUGH):
                edits.append(_edit(Span(sentences[run[0]].start, sentences[run[-1]].end), cues))
        run = []
    for found in _BRACKETED.finditer(text, *line.span):
        span = Span(found.start(), found.end())
        if (cues := _hits_in(line, span)) and _weight(cues) >= PART_ENOUGH and not _body(text, span, knowledge):
            edits.append(_edit(span, cues))
    if sentences and not edits:
        edits += _tail(text, line, sentences[-1], knowledge)
    return edits


def _tail(text: str, line: Line, sentence: Span, knowledge: Knowledge) -> list[Edit]:
    """The last clauses of a paragraph, where each of them holds a cue and none a word of the report."""
    cues: set[Cue] = set()
    start = sentence.end
    for found in reversed(list(_CLAUSE.finditer(text, *sentence))):
        here = _hits_in(line, Span(found.start(), found.end()))
        if not here or _body(text, Span(found.start(), found.end()), knowledge):
            break
        cues.update(here)
        start = found.start()
    return [_edit(Span(start, sentence.end), cues)] if start > sentence.start and _weight(cues) >= INSIDE_ENOUGH else []


def _spread_pieces(text: str, lines: dict[int, Line]) -> None:
    """Let the lines beside furniture in pieces go that are such pieces too: some pages put each on a line of its own."""
    for line in [line for line in lines.values() if line.gone is not None and line.gone.scope == "pieces"]:
        for next_line in (_line_below, _line_above):
            span = next_line(text, line.span)
            while span is not None and span.end - span.start <= SHORT and line.gone is not None:
                stripped = text[span.start : span.end].strip()
                if stripped and not (line.gone.pattern.fullmatch(stripped) or _LEFT_OVER.fullmatch(stripped)):
                    break
                if stripped:
                    beside = lines.setdefault(span.start, Line(span))
                    if beside.gone is not None:
                        break
                    beside.gone = line.gone
                span = next_line(text, span)


def _line_below(text: str, span: Span) -> Span | None:
    return line_around(text, span.end + 1) if span.end + 1 < len(text) else None


def _line_above(text: str, span: Span) -> Span | None:
    return line_around(text, span.start - 1) if span.start > 0 else None


def _spread(text: str, lines: list[Line], knowledge: Knowledge) -> None:
    """Let lines with weaker cues go that stand beside one that goes: adverts come in groups."""
    for order in (lines, lines[::-1]):
        for before, line in pairwise(order):
            if before.gone is None or line.gone is not None or _weight(line.hits) < BESIDE_ENOUGH:
                continue
            first, second = sorted((before.span, line.span))
            if (
                not text[first.end : second.start].strip()
                and line.span.end - line.span.start <= BESIDE_SHORT
                and not _body(text, line.span, knowledge)
            ):
                line.gone = _heaviest(line.hits)


def _list_below(text: str, start: int) -> list[Edit]:
    """The titles that a site lists under its “related articles”, up to the first line that is no such title."""
    edits = []
    while (found := _LISTED.match(text, start)) and not _NUMBERED.match(text, start):
        span = line_around(text, start)
        if found.end() < span.end:
            break
        whole = whole_line(text, span)
        edits.append(Edit(whole.start, whole.end, "", "boilerplate", "related_list"))
        start = whole.end
    return edits


def _hits_in(line: Line, span: Span) -> set[Cue]:
    first = bisect_left(line.places, span.start, key=itemgetter(0))
    last = bisect_left(line.places, span.end, key=itemgetter(0))
    return {cue for _, cue in line.places[first:last]}


def _weight(cues: Iterable[Cue]) -> int:
    return sum(cue.weight for cue in cues)


def _heaviest(cues: Iterable[Cue]) -> Cue:
    return max(cues, key=lambda cue: (cue.weight, cue.rule))


def _body(text: str, span: Span, knowledge: Knowledge) -> int:
    """What speaks for the report in a stretch; titles of other texts say nothing of this one."""
    said = _TITLE.sub("", text[span.start : min(span.end, span.start + 2000)])
    return sum(cue.weight for cue in knowledge.cues.body if cue.pattern.search(said))


def _edit(span: Span, cues: Iterable[Cue]) -> Edit:
    cue = _heaviest(cues)
    return Edit(span.start, span.end, "", cue.kind, cue.rule)
