"""What is known of sentences from where they stand: the headings above them and what was said before them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.language.periods import TimeMention, find_times, resolve
from pipeline.metrics.times.adverbials import TimeWords
from pipeline.metrics.times.frames import (
    Frame,
    frame_of,
    speaks_of_last_year,
    with_time_said,
    with_turn,
    years_told,
)
from pipeline.metrics.times.headed import (
    after_plans,
    first_of_plans,
    follow_plans,
    follows,
    heads_part,
    in_plans,
    precedes,
    year_headed,
)
from pipeline.metrics.times.openings import counts_to_date, era_opened, given_late, opened, span_opened
from pipeline.metrics.times.titled import tells_only
from pipeline.metrics.times.turns import Turn, turns_of
from pipeline.metrics.times.untitled import year_given
from pipeline.metrics.times.upward import title_beside
from pipeline.records import Facts, Section, Sentence

_MASKED_YEAR = re.compile("20(?:[xX×ＸＸ*]{2}|__)年|(?<![A-Za-z0-9])[xX×Ｘ]{2,4}年")
"""A year that is masked: what is planned for it is not for the year after the one that the title tells."""


_NOW = 8
"""Within so many characters a sentence begins by saying that it tells how things stand now."""
_THAT_YEAR = re.compile("[是同该](?=年)")
"""What a sentence begins with that is on the year told last: 是年，产值338万元."""


class Sight(NamedTuple):
    """What is known of a sentence from where it stands."""

    paragraph: int  # where its paragraph begins
    frame: Frame
    times: list[TimeMention]  # none where it holds no numbers


def sights_of(
    text: str,
    outline: Sequence[Section],
    sentences: Sequence[Sentence],
    held: frozenset[int],
    facts: Facts,
    words: TimeWords,
) -> Iterator[Sight]:
    """What is known of sentences from where they stand; `held` are the places of those with numbers."""
    told = years_told(text, facts, words) or year_given(text, facts)
    past = speaks_of_last_year(text, facts)
    span, era = span_opened(text, facts), era_opened(text, outline, facts)
    turns = turns_of(text)
    turned = [turn.at for turn in turns]
    after, first = after_plans(outline, facts, words), first_of_plans(outline, words)
    told_alone = tells_only(text, facts)
    masked, late = _MASKED_YEAR.search(text) is not None, given_late(text, facts)
    to_date = counts_to_date(text, facts)
    ahead: Frame | None = None
    part = False
    frames: dict[int, Frame] = {}
    beside, planned = title_beside(text, outline, facts), follow_plans(outline, facts, words)
    paragraph, frame, line = -1, Frame(), 0
    of: tuple[Frame, Turn | None, bool] | None = None
    seen, latest = frame, None
    for place, sentence in enumerate(sentences):
        section_id, start = sentence.section_id, sentence.start
        if section_id not in frames:
            new = opened(frame_of(outline[section_id], outline, facts, told, words, past, beside, planned), span, era)
            new = new._replace(amid=masked or (new.amid and not late), to_date=to_date)
            new = new._replace(heading=False, titled=True) if told_alone and new.heading is None else new
            held_on = None if words.faults.search(outline[section_id].heading) else ahead
            frames[section_id] = precedes(follows(new, held_on, section_id in after, part), section_id < first)
        if (newline := text.rfind("\n", line, start)) >= 0:
            line = newline
        below = outline[section_id].heading_end
        before, paragraph = paragraph, max(line, below if start >= below else 0)  # a heading is none of its text
        if paragraph != before:
            frame = frames[section_id]
        looked_at = place in held or frame.open or text.startswith(("今年", "明年", "20", "19"), start)
        times = find_times(text, start, sentence.end) if looked_at else []
        if frame.only and paragraph != before and any(words.is_founding(text, time) for time in times):
            frame = frame._replace(years=(), said=None, only=None)  # the profile of one of the things told of
        if latest and frame.open and _THAT_YEAR.match(text, start):
            frame = frame._replace(said=str(latest))
        frame = with_time_said(frame, text, start, times, words)
        latest = (
            next((int(p[:4]) for time in reversed(times) if (p := resolve(time, None))), latest) if frame.open else None
        )
        if (year := year_headed(text, start, frames[section_id])) and start >= below:
            frame = ahead = in_plans(frame, year)
            part = heads_part(text, start)
            frames[section_id] = frame
        elif frame.heads_on(frames[section_id], text, start):
            frames[section_id] = frame
        last = bisect_left(turned, sentence.end)
        turn = turns[last - 1] if last and not _is_left(text, start, turns[last - 1], words) else None
        if (now := (frame, turn, turn is not None and turn.at >= paragraph)) != of:
            of, seen = now, with_turn(*now)
        yield Sight(paragraph, seen, times if place in held else [])


def _is_left(text: str, start: int, turn: Turn, words: TimeWords) -> bool:
    """Whether a sentence tells how things stand now, whatever year the text turned to: 2018年，建校36所。全县现有."""
    return turn.year is not None and words.is_now(text, start, start + _NOW)
