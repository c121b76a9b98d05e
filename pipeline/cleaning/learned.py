"""Lines, sentences and clauses that no cue settles: the trained model weighs them, and body wins every tie."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, compress, pairwise, takewhile
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from pipeline.cleaning.amid import put_amid, stands_amid
from pipeline.cleaning.classifier import LONGEST, Classifier
from pipeline.cleaning.cuts import (
    CLOSER,
    MARKS,
    STOP,
    Spans,
    by_mark,
    filled_of,
    last_clauses_of,
    sentences_of,
    sides_of,
)
from pipeline.cleaning.evidence import Line, removal, weigh, weigh_body
from pipeline.cleaning.features import SHORT
from pipeline.cleaning.fragments import OPENERS, brackets_of, fragments_of
from pipeline.cleaning.glued import GAP, site_words_of
from pipeline.cleaning.inserts import insert_at
from pipeline.cleaning.knowledge import Knowledge
from pipeline.cleaning.lines import line_around, taken
from pipeline.cleaning.openings import opening_of
from pipeline.language.marks import words_adorned
from pipeline.records import Edit, Span

COMPANY = 0.3  # less evidence is enough in a text of which much else goes
MUCH = 2  # stretches and lines that rules took
BESIDE = 0.5  # less evidence is enough for what stands beside a line that goes, or in many texts of the archive
COMPANION = 1.2  # … for a sentence beside one that goes
REST = 5  # letters of a sentence that are no sentence without what stands before them
BELOW = 1.7  # … for a short line below a report, in a group of such lines of which half goes
LABEL = 26  # characters of such a line
LOOKS = (-0.3, 1.0, 1.2, 1.6)  # at lines, sentences, last clauses, fragments: below, hardly any of what goes lies
_FEWEST = MappingProxyType({"part": 4, "bracket": 5})  # characters of what is judged, by where it stands
LONG, MANY, BARE = 30, 8, 0.3  # so many lines of so many characters, of which fewer than this share have a stop
DOUBT = 1.2  # by so much more must speak for junk where a cue of the report stands in it or before it
AMID = 0.6  # … and where it stands within a sentence without a sign
CERTAIN = 9  # weight of cues of the report that no evidence outweighs
AROUND = 4  # characters on either side of an insert in which no such cue may stand: it would be cut through

_CHINESE = re.compile("[一-鿿]")
_WORD = re.compile(r"[^\W_]")
_TABLE_ROW = re.compile(r"\S[^\S\n]{6,}\S|^[^\S\n]*\|[^\n]+\|[^\S\n]*$", re.MULTILINE)
_BARS = "|｜"  # between the titles of a list, which are a site's together
_LEADS_ON = re.compile("[：:，,、]")  # what follows belongs to it
_SAYS = re.compile(  # Chinese, an address, a sentence, a handle, or a word with signs; abbreviations and figures say nothing
    r"[一-鿿.．@]|[_#%*~|=\[][A-Za-z][a-z]{2}|[A-Za-z]{3}[^\n]*[_#»]|(?:[A-Za-z]+ ){3}[A-Za-z]"
    r"|(?i:[qv]|qq|vx|wx)\W{1,2}[\w-]{5}"
)


def is_judged(stretch: str, place: str) -> bool:
    """Whether a line, ``part`` or ``bracket`` says enough to be judged: signs alone, or very few characters, do not."""
    return len(stretch) >= _FEWEST.get(place, 2) and _WORD.search(stretch) is not None


def judge_open_lines(
    text: str, lines: dict[int, Line], taken_parts: Sequence[Edit], knowledge: Knowledge, classifier: Classifier
) -> list[Edit]:
    """Let the model decide on the lines of a text that rules left open; those that go are marked in `lines`.

    What goes of a paragraph whose rest stays comes back as edits. `taken_parts` is what rules took already: who puts
    some junk into a text puts more there.
    """
    if not text:
        return []
    much = len(taken_parts) + sum(line.gone is not None for line in lines.values()) >= MUCH
    judge = _Judge(text, lines, taken_parts, knowledge, classifier, COMPANY if much else 0.0)
    judge.take_lines()
    judge.take_beside()
    judge.take_below()
    edits = [*judge.glued.values(), *judge.sentences(), *judge.tails(), *judge.fragments()]
    edits += judge.companions([*taken_parts, *edits])
    return [*edits, *judge.inserts([*taken_parts, *edits])]


class _Judge:
    """The model beside one text and what the rules found in it."""

    def __init__(
        self,
        text: str,
        lines: dict[int, Line],
        taken_parts: Sequence[Edit],
        knowledge: Knowledge,
        classifier: Classifier,
        less: float,
    ) -> None:
        self._text, self._lines, self._knowledge, self._classifier = text, lines, knowledge, classifier
        self._less = less
        # What is left around a bracket that goes is looked at by itself in the next round.
        self._going = sorted(edit.start for edit in taken_parts if text[edit.start] in OPENERS)
        self._reading = classifier.read(text)
        self._scores: dict[tuple[str, int, int, bool], float] = {}
        self.glued: dict[int, Edit] = {}  # what goes at one end of a line, by the start of the line
        self._enough = classifier.thresholds
        self._marks = marks = MARKS.take(self._reading.codes, mode="clip")
        stops, _, commas, breaks, signs, doubles, letters, openers = by_mark(marks)
        edges = np.concatenate(((-1,), breaks, (len(text),)))
        self._whole = filled_of(edges[:-1] + 1, edges[1:])
        self._sentences = sentences_of(marks, stops, breaks)
        self._commas = commas + 1
        self._brackets = brackets_of(text, openers.tolist())
        twice = doubles[:-1][doubles[1:] - doubles[:-1] == 1]
        self._fragments = fragments_of(text, self._brackets, letters.tolist(), sorted(signs.tolist() + twice.tolist()))
        last_clauses = last_clauses_of(self._commas, *self._whole)
        groups = (self._whole, self._sentences, last_clauses, sides_of(self._fragments))
        self._likely_lines, self._likely_sentences, self._likely_clauses, self._likely_fragments = self._likely(groups)

    @cached_property
    def _is_bare(self) -> bool:
        """Whether the stops at the ends of lines were lost: then it tells nothing of a line that it has none."""
        starts, ends = self._whole
        last = self._marks[ends[ends - starts >= LONG] - 1]
        return len(last) >= MANY and int(np.count_nonzero((last == STOP) | (last == CLOSER))) < BARE * len(last)

    def _goes_in_part(self, start: int, end: int) -> bool:
        """Whether a bracket within a stretch goes."""
        return bisect_left(self._going, start) < bisect_left(self._going, end)

    def is_gone(self, start: int) -> bool:
        """Whether the line that begins at `start` goes."""
        return start in self._lines and self._lines[start].gone is not None

    def _likely(self, groups: Sequence[Spans]) -> list[list[tuple[int, int]]]:
        """The stretches of each group that may have enough evidence: one look at all, since it costs what a call costs."""
        starts, ends = (np.concatenate(side) for side in zip(*groups, strict=True))
        looks = self._reading.look(starts, ends)
        at = np.flatnonzero(looks > min(LOOKS))
        likely = list(zip(starts[at].tolist(), ends[at].tolist(), looks[at].tolist(), strict=True))
        edges = at.searchsorted([*accumulate((len(group[0]) for group in groups), initial=0)]).tolist()
        return [
            [(start, end) for start, end, look in likely[first:last] if look > least]
            for (first, last), least in zip(pairwise(edges), LOOKS, strict=True)
        ]

    def take_lines(self) -> None:
        """Take the lines that speak for themselves."""
        for start, end in self._likely_lines:
            self._take(start, end, 0)

    def take_beside(self) -> None:
        """Take lines with less evidence that stand beside one that goes: adverts and furniture come in groups."""
        if all(line.gone is None for line in self._lines.values()):
            return
        starts, ends = self._whole[0].tolist(), self._whole[1].tolist()
        likely = {start for start, _ in self._likely_lines}
        for order in (range(len(starts)), range(len(starts) - 1, -1, -1)):
            for before, at in pairwise(order):
                if starts[at] in likely and self.is_gone(starts[before]):
                    self._take(starts[at], ends[at], BESIDE)

    def take_below(self) -> None:
        """Take short lines with little evidence in a group below the report of which half goes: 阅读原文 / 写留言.

        None above it: titles of other texts are there, that look like this.
        """
        starts, ends = self._whole
        lines = ((int(starts[at]), int(ends[at])) for at in range(len(starts) - 1, -1, -1))
        group = [*takewhile(lambda line: self.is_gone(line[0]) or self._may_be_label(*line), lines)]
        gone = sum(self.is_gone(start) for start, _ in group)
        if gone and 2 * gone >= len(group):
            for start, end in group:
                self._take(start, end, BELOW)

    def _may_be_label(self, start: int, end: int) -> bool:
        """Whether a line is short, without a stop, and no more likely to be the report's than a site's."""
        if end - start > LABEL or self._marks[end - 1] == STOP or not is_judged(self._text[start:end], "line"):
            return False
        return self._weigh(Span(start, end), start, part=False) > self._enough.line - BELOW - self._less

    def _take(self, start: int, end: int, less: float) -> None:
        """Take a line whose evidence reaches what is enough for its length, or so much less."""
        if self.is_gone(start) or end - start > LONGEST or self._goes_in_part(start, end):
            return
        if not is_judged(self._text[start:end], "line"):
            return
        enough = self._enough_for(start, end)
        if self._repeats(start, end):
            less = max(less, BESIDE)
        score = self._weigh(Span(start, end), start, part=False)
        if score > enough - less - self._less and self._is_of_site(start, end):
            bare = words_adorned(self._text, start, end)  # signs around words are no evidence: headings have them too
            if bare and self._weigh(Span(*bare), start, part=False) <= enough - less - self._less:
                return
            if self._has_line_around(Span(start, end)):
                return
            words = site_words_of(self._text, Span(start, end), self._classifier)
            if words != (start, end):
                self._take_glued(start, words)
                return
            line = self._lines.setdefault(start, Line(Span(start, end)))
            line.gone, line.score = self._classifier.verdict(self._text[start:end]), self._classifier.probability(score)

    def _enough_for(self, start: int, end: int) -> float:
        """The evidence that is enough for a line, by its length."""
        return self._enough.line if end - start > SHORT else self._enough.short

    def _take_glued(self, line_start: int, words: Span | None) -> None:
        """Take a site's words at one end of a line of the report, if they speak for themselves."""
        if words is None or not is_judged(self._text[words.start : words.end], "line"):
            return
        score = self._weigh(words, line_start, part=False)
        if score > self._enough_for(*words):
            verdict = self._classifier.verdict(self._text[words.start : words.end])
            self.glued[line_start] = removal(words, verdict, self._classifier.probability(score))

    def _has_line_around(self, line: Span) -> bool:
        """Whether what is judged alone stands amid a line of the report: brackets, another fragment, what has the pairs of a site."""
        languages = self._classifier.evidence.languages
        first, last = (bisect_left(self._fragments, (at, 0)) for at in line)
        fragments = [Span(*one) for one in self._fragments[first:last] if self._text[one[0]] not in _BARS]
        first, last = (bisect_left(self._brackets, (at, 0)) for at in line)
        brackets = [Span(*bracket) for bracket in self._brackets[first:last]]
        peaks = [Span(*peak) for peak in self._reading.peaks if line.start <= peak[0] and peak[1] <= line.end]
        if any(
            stands_amid(self._text, line, put_in, languages) for put_in in (brackets, *([one] for one in fragments))
        ):
            return True
        return GAP.search(self._text, *line) is None and put_amid(self._text, line, peaks, self._classifier) is not None

    def _is_of_site(self, start: int, end: int) -> bool:
        """Whether no sentence of a line is the report's, in whole or at its start."""
        starts, ends = self._sentences
        within = slice(*np.searchsorted(starts, (start, end)))
        languages = self._classifier.evidence.languages
        return all(
            self._marks[last - 1] != STOP or opening_of(self._reading.codes, first, last, languages) == first
            for first, last in zip(starts[within].tolist(), ends[within].tolist(), strict=True)
        )

    def _weigh(self, span: Span, line_start: int, part: bool) -> float:
        """The evidence of a line or a part of one."""
        places = self._lines[line_start].places_in(span) if line_start in self._lines else []
        cues = weigh({cue for _, cue in places})
        body = weigh_body(self._text, span, self._knowledge.cues)
        if body >= CERTAIN or _TABLE_ROW.search(self._text, *span):
            return float("-inf")
        doubt = DOUBT if body else 0.0
        said = self._text[span.start : span.end]
        if self._is_bare and not part:
            said += "。"
        score = self._score(said, cues, body, part)
        outside = self._outside_brackets(span) if part else None
        if outside is not None and _FEWEST["part"] <= outside.sum() < len(outside):
            cues = weigh({cue for place, cue in places if outside[place.start - span.start]})
            score = min(score, self._score("".join(compress(said, outside)), cues, body, part))
        return score - doubt

    def _score(self, *stretch: *tuple[str, int, int, bool]) -> float:
        """What the classifier says; some brackets stand in a text again and again."""
        if stretch not in self._scores:
            self._scores[stretch] = self._classifier.score(*stretch)
        return self._scores[stretch]

    def _outside_brackets(self, span: Span) -> NDArray[np.bool_]:
        """Which characters of a stretch stand in no bracket: a seller's number in one makes no advert of a sentence."""
        outside = np.ones(span.end - span.start, np.bool_)
        first, last = (bisect_left(self._brackets, (at, 0)) for at in span)
        for start, end in self._brackets[first:last]:
            outside[start - span.start : end - span.start] = False
        return outside

    def _repeats(self, start: int, end: int) -> bool:
        return self._knowledge.profile.repeats(self._text[start:end])

    def _part(self, start: int, end: int, enough: float) -> Iterator[Edit]:
        """Take a part of a line that stays."""
        line = line_around(self._text, start)
        if end - start > LONGEST or (start, end) == line or self.is_gone(line.start) or self._goes_in_part(start, end):
            return
        if not _CHINESE.search(self._text, *line):  # of a language that it knows from sites alone
            return
        if not is_judged(self._text[start:end], "part"):
            return
        if _LEADS_ON.match(self._text, end - 1) or not _SAYS.search(self._text, start, end):
            return
        if self._repeats(start, end):
            enough -= BESIDE
        score = self._weigh(Span(start, end), line.start, part=True)
        if score > enough - self._less and words_adorned(self._text, *line) is None:
            verdict = self._classifier.verdict(self._text[start:end])
            yield removal(taken(self._text, start, end), verdict, self._classifier.probability(score))

    def sentences(self) -> Iterator[Edit]:
        """Take sentences of paragraphs that stay, or what a site put in behind their first words.

        One between two others needs more evidence.
        """
        for start, end in self._likely_sentences:
            outer = self._text[start - 1 : start] in ("", "\n") or self._text[end : end + 1] in ("", "\n")
            for edit in self._part(start, end, self._enough.part if outer else self._enough.inside):
                own = opening_of(self._reading.codes, start, end, self._classifier.evidence.languages)
                if own == start:
                    yield edit
                elif own is not None:
                    yield from self._part(own, end, self._enough.inside)

    def companions(self, gone: Sequence[Edit]) -> Iterator[Edit]:
        """Take sentences beside one that goes with less evidence: what a site asks in one it offers in the next."""
        starts, ends = (side.tolist() if gone else [] for side in self._sentences)
        for edit in gone:
            first, behind = bisect_left(starts, edit.start), bisect_right(ends, edit.end)
            for order in (range(first - 1, -1, -1), range(behind, len(starts))):
                edge = {starts[first], ends[behind - 1]} if first < behind else set()
                for start, end in ((starts[at], ends[at]) for at in order):
                    found = list(self._companion(start, end)) if {start, end} & edge else ()
                    if not found:
                        break
                    yield from found
                    edge = {start, end}

    def _companion(self, start: int, end: int) -> Iterator[Edit]:
        """Take a sentence that is a site's as a whole."""
        for edit in self._part(start, end, self._enough.part - COMPANION):
            if opening_of(self._reading.codes, start, end, self._classifier.evidence.languages) == start:
                yield edit

    def tails(self) -> Iterator[Edit]:
        """Take the last clauses of the last sentence of a paragraph that stays: as many as speak most for junk together.

        Behind words of the report in the same sentence, more evidence: 群众扫码关注，即可查看….
        """
        for last, end in self._likely_clauses:
            sentence = self._sentences[0][np.searchsorted(self._sentences[0], end) - 1]
            if last < sentence:
                continue
            within = slice(*np.searchsorted(self._commas, (max(sentence, end - LONGEST) + 1, end)))
            starts = self._commas[within]
            if len(starts):
                start = int(starts[self._reading.look(starts, np.full(len(starts), end)).argmax()])
                if _closes_outside(self._text[start:end]) or not any(self._part(start, end, self._enough.part)):
                    continue
                words = site_words_of(self._text, Span(start, end), self._classifier)
                if words is None or words.end < end:
                    continue
                start = words.start
                for edit in self._part(start, end, self._enough.part):
                    if not weigh_body(self._text, Span(int(sentence), start), self._knowledge.cues):
                        yield edit
                    else:
                        yield from self._part(start, end, self._enough.inside + DOUBT)

    def fragments(self) -> Iterator[Edit]:
        """Take what stands in brackets or between signs within a line that stays; an address needs more evidence."""
        for start, end in self._likely_fragments:
            if is_judged(self._text[start:end], "bracket"):
                named = self._text[start].isalnum()
                yield from self._part(start, end, self._enough.inside + AMID if named else self._enough.bracket)

    def inserts(self, taken_parts: Sequence[Edit]) -> Iterator[Edit]:
        """Take what was put into a line that stays without a sign, away from what goes of it anyway."""
        for first, last in self._reading.peaks:
            line = line_around(self._text, first + last >> 1)
            said = self._reading.codes[line.start : line.end]
            found = insert_at(said, first - line.start, last - line.start, self._classifier.evidence.languages)
            if found:
                start, end = found[0] + line.start, found[1] + line.start
                near = Span(max(start - AROUND, line.start), min(end + AROUND, line.end))
                free = all(edit.end <= start or end <= edit.start for edit in taken_parts)
                if free and weigh_body(self._text, near, self._knowledge.cues) < CERTAIN:
                    whole = self._hardly_more(start, end)
                    yield from (whole and list(self._companion(*whole))) or self._part(
                        start, end, self._enough.inside + AMID
                    )

    def _hardly_more(self, start: int, end: int) -> tuple[int, int] | None:
        """The sentence that a stretch begins, if it leaves hardly anything of it: no report says that."""
        starts, ends = self._sentences
        at = int(np.searchsorted(starts, start, "right")) - 1
        rest = sum(map(str.isalnum, self._text[end : int(ends[at])]))
        return (start, int(ends[at])) if starts[at] == start and rest <= REST else None


def _closes_outside(stretch: str) -> bool:
    """Whether a bracket closes in a stretch that was opened before it."""
    return any(stretch.count(closer) > stretch.count(opener) for opener, closer in ("（）", "()", "【】", "〔〕"))
