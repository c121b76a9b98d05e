"""Pass: adverts, contacts and site furniture, by cues; where a cue and the report's own words disagree, all stays."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from pipeline.cleaning.amid import put_amid, stands_amid
from pipeline.cleaning.cues import AHEAD, BEHIND, Cue
from pipeline.cleaning.evidence import Line, clauses_of, heaviest, removal, weigh, weigh_body
from pipeline.cleaning.features import codes_of
from pipeline.cleaning.glued import site_words_of
from pipeline.cleaning.groups import (
    heads_list,
    list_below,
    take_names_along,
    take_tools_along,
    take_values_along,
    take_weaker_along,
)
from pipeline.cleaning.headline import keep_titles
from pipeline.cleaning.kinds import TRADITIONAL
from pipeline.cleaning.knowledge import Knowledge
from pipeline.cleaning.learned import judge_open_lines
from pipeline.cleaning.lines import line_around, taken, whole_line
from pipeline.cleaning.openings import opening_of
from pipeline.cleaning.seams import mend_seams
from pipeline.language.marks import OUTER_MARK
from pipeline.language.traditional import simplify
from pipeline.offsets import settle
from pipeline.records import Edit, Span

LINE_ENOUGH = 4  # weight of cues that takes a whole line
PART_ENOUGH = 5  # … and a part of a paragraph whose rest stays
INSIDE_ENOUGH = 7  # … with body on both sides of it
REPEATED = 3  # what it adds that the archive repeats the line
NEAR = 300  # characters around a cue in which others help it
FAINT = 2  # weight of cues that tell nothing of what stands around a bracket, or of a sentence beside another
SAID = 10  # characters around brackets that say something, if a stop follows them
LONGEST, LONGEST_FURNITURE, SHORT = 800, 300, 40  # characters of a line

_SENTENCE = re.compile(r"[^。！？!?；;]*(?:[。！？!?；;]+[”’」』）)】]*)?")
_STOPS = ("。", "！", "？", "；")
_CRY = re.compile(r"[^。！？!?；;]{1,12}[！？!?]+")  # what a seller calls out between two sentences
_HEADING_THEN_GAP = re.compile(
    rf"\s*({OUTER_MARK}[^\s。！？；]{{2,40}})(?:\u3000|[^\S\n]{{2}})\s*"
)  # a heading of the report, which stays, with furniture behind it in the same line
_BRACKETED = re.compile(
    r"[（(【\[][^（(【\[）)】\]\n]{4,150}[）)】\]]|(?P<sign>[@%~])(?P=sign)[^@%~\n]{2,40}(?P=sign){2}"
)


def remove_adverts(text: str, knowledge: Knowledge) -> list[Edit]:
    """Find what a site put around and into a report: offers, ways to reach the seller, furniture of the page.

    Stretches and lines that only a site writes go at once. Elsewhere the cues of a sentence or a line are weighed,
    and what speaks for the report itself (its own place, people, verbs) is taken off.
    """
    if knowledge.kinds.places(text, TRADITIONAL):
        text = simplify(text)
    edits: list[Edit] = []
    lines = _lines_with_cues(text, knowledge, edits)
    for line in lines.values():
        if line.gone is None and line.hits:
            edits += _judge(text, line, knowledge)
    take_tools_along(text, lines)
    take_weaker_along(text, sorted(lines.values(), key=lambda line: line.span), knowledge)
    if knowledge.classifier is not None:
        edits += judge_open_lines(text, lines, edits, knowledge, knowledge.classifier)
        weaker = [line for line in lines.values() if line.gone or any(cue.scope == "line" for cue in line.hits)]
        take_weaker_along(text, sorted(weaker, key=lambda line: line.span), knowledge)
    take_values_along(text, lines)
    take_names_along(text, lines)
    edits += keep_titles(text, lines, knowledge.cues)
    for line in lines.values():
        if line.gone is not None:
            span = whole_line(text, line.span, joins=line.gone.rule == "page_line")
            edits.append(removal(span, line.gone, line.score))
            if heads_list(text, line):
                edits += list_below(text, span.end, lines)
    return mend_seams(text, edits)


def furniture_in(text: str, knowledge: Knowledge) -> set[int]:
    """Where the lines start that are furniture by their pattern alone."""
    return {start for start, line in _lines_with_cues(text, knowledge, []).items() if line.gone is not None}


def _lines_with_cues(text: str, knowledge: Knowledge, edits: list[Edit]) -> dict[int, Line]:
    """The lines in which any cue stands, by start; stretches go straight to `edits`."""
    lines: dict[int, Line] = {}
    span = Span(-1, -1)
    tried: dict[Cue, int] = {}  # how far each pattern has been searched for
    for at, cues in knowledge.cues.scan.places(text):
        if not span.start <= at < span.end:
            span = line_around(text, at)
        for cue in cues:
            start, end = max(span.start, at - BEHIND), min(span.end, at + AHEAD)
            if tried.get(cue, -1) >= min(at + AHEAD // 2, span.end):
                continue
            if cue.scope in ("line", "pieces", "tools"):
                tried[cue] = span.end
                if span.end - span.start <= LONGEST_FURNITURE:
                    _try_line(text, span, cue, lines)
                continue
            tried[cue] = end
            places = {Span(*found.span()) for found in cue.pattern.finditer(text, start, end) if found.group().strip()}
            if cue.scope == "stretch":
                edits += [removal(taken(text, *place), cue) for place in places]
            elif places:
                lines.setdefault(span.start, Line(span)).hits.setdefault(cue, set()).update(places)
    if edits:
        _drop_hits_within(edits, lines)
    _try_short_lines(text, knowledge, lines)
    return lines


def _drop_hits_within(edits: list[Edit], lines: dict[int, Line]) -> None:
    """Cues within a stretch that goes on its own say nothing of the sentence around it."""
    stretches = settle(edits)
    starts = [edit.start for edit in stretches]

    def is_outside(place: Span) -> bool:
        number = bisect_right(starts, place.start)
        return number == 0 or place.start >= stretches[number - 1].end

    for line in lines.values():
        outside = {cue: set(filter(is_outside, places)) for cue, places in line.hits.items()}
        line.hits = {cue: places for cue, places in outside.items() if places}


def _try_line(text: str, span: Span, cue: Cue, lines: dict[int, Line]) -> None:
    """Try a pattern on the whole of a line."""
    stripped = text[span.start : span.end].strip()
    if stripped and cue.pattern.fullmatch(stripped):
        _note_line(span, cue, lines)


def _note_line(span: Span, cue: Cue, lines: dict[int, Line]) -> None:
    """A pattern fits the whole of a line; one of less than full weight only counts as a cue."""
    line = lines.setdefault(span.start, Line(span))
    if cue.weight >= LINE_ENOUGH:
        line.gone = line.gone or cue
    else:
        line.hits[cue] = {span}


def _try_short_lines(text: str, knowledge: Knowledge, lines: dict[int, Line]) -> None:
    start = 0
    for content in text.split("\n"):
        if len(content) <= SHORT and (stripped := content.strip()):
            for cue in knowledge.cues.short_lines:
                if cue.pattern.fullmatch(stripped):
                    _note_line(Span(start, start + len(content)), cue, lines)
        start += len(content) + 1


def _judge(text: str, line: Line, knowledge: Knowledge) -> list[Edit]:
    """Weigh the cues of a line: all of it goes, or the sentences that hold them, or nothing."""
    _find_helpers(text, line, knowledge)
    start, end = line.span
    repeated = REPEATED if knowledge.profile.repeats(text[start:end]) else 0
    if weigh(line.hits) + repeated < LINE_ENOUGH:
        return []
    heading = _HEADING_THEN_GAP.match(text, start, end)
    if heading is not None and line.places[0][0].start >= heading.end():
        return [removal(Span(heading.end(1), end), heaviest(line.hits))]
    brackets = _brackets(text, line, LINE_ENOUGH, knowledge)
    if _is_said_around(brackets, text, line, line.span) or _has_line_around(brackets, text, line, knowledge):
        return brackets
    if (put_in := _put_in(text, line, knowledge)) is not None:
        cues = line.cues_in(put_in)
        return [removal(put_in, heaviest(cues))] if put_in.end > put_in.start and weigh(cues) >= PART_ENOUGH else []
    sentences = [Span(*found.span()) for found in _SENTENCE.finditer(text, start, end) if found.group().strip()]
    own = [sentence for sentence in sentences if _is_said_around(brackets, text, line, sentence)]
    if (
        end - start <= LONGEST
        and weigh(line.hits) + repeated - weigh_body(text, line.span, knowledge.cues) >= LINE_ENOUGH
        and not own
        and all(line.places_in(sentence) or _CRY.fullmatch(text, *sentence) for sentence in sentences)
        and line.is_filled(text, line.span)
        and all(_opening(text, sentence, knowledge) == sentence.start for sentence in sentences)
    ):
        words = _site_words(text, line.span, knowledge)
        if words == line.span:
            line.gone = heaviest(line.hits)
            return []
        cues = line.cues_in(words) if words else set()
        return [removal(words, heaviest(cues))] if words and weigh(cues) >= LINE_ENOUGH else []
    if not own:
        brackets = _brackets(text, line, PART_ENOUGH, knowledge)
    runs = _runs(text, line, sentences, own, knowledge)
    return runs or brackets or _tail(text, line, sentences[-1], knowledge)


def _brackets(text: str, line: Line, enough: int, knowledge: Knowledge) -> list[Edit]:
    """What stands in brackets and has cues of enough weight."""
    edits = []
    for found in _BRACKETED.finditer(text, *line.span):
        span = Span(*found.span())
        cues = line.cues_in(span)
        if (weight := weigh(cues)) >= enough:
            body = weigh_body(text, span, knowledge.cues)
            if not body or weight - body >= PART_ENOUGH:
                edits.append(removal(span, heaviest(cues)))
    return edits


def _is_said_around(brackets: Sequence[Edit], text: str, line: Line, sentence: Span) -> bool:
    """Whether the cues of a sentence or line that tell anything stand in brackets, which have sentences around them."""
    inside = [edit for edit in brackets if sentence.start <= edit.start < sentence.end]
    places = line.places_in(sentence)
    if weigh({cue for at, cue in places if not any(edit.start <= at.start < edit.end for edit in inside)}) > FAINT:
        return False
    said = sentence.end - sentence.start - sum(edit.end - edit.start for edit in inside)
    return bool(inside) and said >= SAID and _ends_said(inside, text, sentence)


def _has_line_around(brackets: Sequence[Edit], text: str, line: Line, knowledge: Knowledge) -> bool:
    """Whether brackets that go stand amid a line of the report without a stop."""
    if not brackets or knowledge.classifier is None:
        return False
    languages = knowledge.classifier.evidence.languages
    return stands_amid(text, line.span, [Span(edit.start, edit.end) for edit in brackets], languages)


def _put_in(text: str, line: Line, knowledge: Knowledge) -> Span | None:
    """What the cues of a line without a stop stand in, where it was put amid the report's own words."""
    if knowledge.classifier is None or not line.places or text.endswith(_STOPS, *line.span):
        return None
    places = [place for place, _ in line.places]
    return put_amid(text, line.span, places, knowledge.classifier)


def _site_words(text: str, line: Span, knowledge: Knowledge) -> Span | None:
    """The words of a site in a line that goes; None where they are not told from the report's at one end of it."""
    return line if knowledge.classifier is None else site_words_of(text, line, knowledge.classifier)


def _ends_said(brackets: Sequence[Edit], text: str, sentence: Span) -> bool:
    """Whether what stands around brackets ends in a stop: behind them, or before those that end the line."""
    end = sentence.end
    while brackets and brackets[-1].end == end:
        end, brackets = brackets[-1].start, brackets[:-1]
    return text.endswith(_STOPS, sentence.start, end)


def _find_helpers(text: str, line: Line, knowledge: Knowledge) -> None:
    """Find the cues that are looked for only where another stands."""
    places = [place for places in line.hits.values() for place in places]
    near = Span(
        max(line.span.start, min(places).start - NEAR), min(line.span.end, max(place.end for place in places) + NEAR)
    )
    said = text[near.start : near.end]
    for cue in knowledge.cues.helpers:
        if not cue.words or any(word in said for word in cue.words):
            found = {Span(*found.span()) for found in cue.pattern.finditer(text, *near)}
            if found:
                line.hits[cue] = found
    line.put_in_order()


def _runs(text: str, line: Line, sentences: Sequence[Span], own: Sequence[Span], knowledge: Knowledge) -> list[Edit]:
    """Runs of sentences that go of a paragraph whose rest stays; none of the report's `own`."""
    edits: list[Edit] = []
    run: list[Span] = []
    for sentence in [*sentences, None]:
        if (
            sentence is not None
            and sentence not in own
            and weigh(line.cues_in(sentence)) > FAINT
            and line.is_filled(text, sentence)
            and not weigh_body(text, sentence, knowledge.cues)
        ):
            opening = _opening(text, sentence, knowledge)
            if opening == sentence.start:
                run.append(sentence)
                continue
            put_in = [] if opening is None else [Span(opening, sentence.end)]
        else:
            put_in = []
        if run:
            span = Span(run[0].start, run[-1].end)
            outer = run[0] == sentences[0] or run[-1] == sentences[-1]
            if weigh(cues := line.cues_in(span)) >= (PART_ENOUGH if outer else INSIDE_ENOUGH):
                edits.append(removal(taken(text, *span), heaviest(cues)))
        run = put_in
    return edits


def _opening(text: str, sentence: Span, knowledge: Knowledge) -> int | None:
    """Where the site's words begin in a sentence that goes, if the model can tell them from the report's before them."""
    if knowledge.classifier is None or not text.endswith(_STOPS, sentence.start, sentence.end):
        return sentence.start
    first = max(sentence.start - 2, 0)
    said = codes_of(text[first : sentence.end + 2])
    found = opening_of(said, sentence.start - first, sentence.end - first, knowledge.classifier.evidence.languages)
    return None if found is None else found + first


def _tail(text: str, line: Line, sentence: Span, knowledge: Knowledge) -> list[Edit]:
    """The last clauses of a paragraph, where each of them holds a cue and none a word of the report."""
    start = sentence.end
    for clause in reversed(clauses_of(text, sentence)):
        if not line.places_in(clause) or weigh_body(text, clause, knowledge.cues):
            break
        start = clause.start
    cues = line.cues_in(Span(start, sentence.end))
    if start == sentence.start or weigh(cues) < INSIDE_ENOUGH:
        return []
    return [removal(Span(start, sentence.end), heaviest(cues))]


def cue_weights(text: str, knowledge: Knowledge, inside: bool = False) -> tuple[int, int]:
    """What the cues in a line, or `inside` one, weigh for its removal and against it: features of the classifier."""
    lines = _lines_with_cues(text, knowledge, [])
    for line in lines.values():
        if line.hits:
            _find_helpers(text, line, knowledge)
    hits = {cue for line in lines.values() for cue in line.hits}
    before = "中" if inside else ""
    return weigh(hits), weigh_body(before + text, Span(len(before), len(before) + len(text)), knowledge.cues)
