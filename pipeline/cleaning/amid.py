"""What a site put amid a line of the report that has no stop: an item, a heading, a row of a table.

Such a line is one clause, and the words of a site in it speak for all of it. But where what stands on both sides of them
reads, put together, as a report's and not as a site's, it stays; but for what has no sign around it only if nothing
speaks for the rest's being a site's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from pipeline.cleaning.classifier import Classifier
from pipeline.cleaning.features import codes_of
from pipeline.cleaning.fragments import CLOSERS, OPENERS
from pipeline.cleaning.inserts import insert_at
from pipeline.cleaning.likeness import Languages
from pipeline.records import Span

OWN = 6.0  # log-odds of what stands around being the report's
FAINT = -2.5  # evidence of a line's being a site's that tells nothing
FEWEST = 5  # letters and figures of it, some of them on either side
LONGEST = 160  # characters of a line that is asked of
_ROW = re.compile(r"\d%?[^\S\n]+\d[\d.,]*%?(?:[^\S\n]|$)")  # figures in columns, which no site writes


def stands_amid(text: str, line: Span, put_in: Sequence[Span], languages: Languages) -> bool:
    """Whether stretches of a line have the report's own words on both sides of them."""
    if not put_in or line.end - line.start > LONGEST:
        return False
    edges = [line.start, *(at for span in put_in for at in span), line.end]
    around = [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    rest = "".join(around).strip()
    said = [sum(map(str.isalnum, part)) for part in around]
    if not said[0] or not said[-1] or sum(said) < FEWEST:
        return False
    if _ROW.search(rest):
        return True
    report, site = languages.log_probabilities(codes_of(rest))
    return float(np.sum(site - report)) <= -OWN


def put_amid(text: str, line: Span, places: Sequence[Span], classifier: Classifier) -> Span | None:
    """What was put into a line around some places in it, where the rest is the report's; empty where it is not clear what."""
    if not places or line.end - line.start > LONGEST:
        return None
    languages = classifier.evidence.languages
    hull = Span(min(place.start for place in places), max(place.end for place in places))
    found = insert_at(codes_of(text[line.start : line.end]), hull.start - line.start, hull.end - line.start, languages)
    inside = found and Span(found[0] + line.start, found[1] + line.start)
    if inside and not (_is_balanced(text[line.start : inside.start]) and _is_balanced(text[inside.start : inside.end])):
        inside = None
    span = inside or hull
    rest = text[line.start : span.start] + text[span.end : line.end]
    if not stands_amid(text, line, [span], languages) or not is_of_report(rest, classifier):
        return None
    return inside or Span(hull.start, hull.start)


def is_of_report(words: str, classifier: Classifier) -> bool:
    """Whether nothing speaks for a line's being a site's."""
    return classifier.score(words, 0, 0) < FAINT


def _is_balanced(stretch: str) -> bool:
    """Whether as many brackets close as open: one goes whole or stays."""
    return sum(map(stretch.count, OPENERS)) == sum(map(stretch.count, CLOSERS))
