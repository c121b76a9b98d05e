"""How a document flows: from the bytes of a source to all that is known of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import replace
from hashlib import sha256
from itertools import chain
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from pipeline.cleaning.markdown import named_headings
from pipeline.errors import PipelineError
from pipeline.facts.published import given_when_published, put_up
from pipeline.language.traditional import Script, as_simplified
from pipeline.reading import as_failure, read
from pipeline.records import CleanText, Failure, Report, Source

if TYPE_CHECKING:
    from pipeline.kit import Kit

T = TypeVar("T")


def process(source: Source, kit: Kit) -> Report:
    """Read, clean, outline, segment, describe, measure, label and check one document.

    Raises what a room raises: ReadError where the source cannot be read, Skipped where it is no text by its kind.
    """
    raw = read(source, kit.config.limits)
    clean = kit.cleaner.clean(raw.text)
    text = as_simplified(clean.text)
    outline = kit.outliner.split(text, carry_styles((*raw.styles, *named_headings(clean)), clean))
    sentences = kit.segmenter.segment(text, outline)
    if warning := kit.describer.warning(text):
        clean = replace(clean, warning="; ".join(filter(None, (clean.warning, warning))))
    told = chain((removal.text for removal in clean.removals), put_up(source))
    facts = kit.describer.describe(text, outline, told, source.title or raw.title)
    metrics = kit.extractor.extract(text, outline, sentences, facts)
    facts = given_when_published(facts, source.published)  # which is no evidence for what 今年 is
    labels = kit.labeller.label(text, outline, sentences)
    passages = kit.passages.find(text, outline, sentences)
    ranks = kit.ranks.find(text, sentences, metrics)
    checks = kit.checker.check(text, metrics, facts.place)
    report = Report(
        doc_id(source), source, raw, clean, outline, sentences, facts, metrics, labels, passages, ranks, checks
    )
    return report if text is clean.text else _as_written(report, Script(clean.text, text), kit)


def _as_written(report: Report, script: Script, kit: Kit) -> Report:
    """A report that was read in simplified characters, told in those that it is written in."""
    return replace(
        report,
        outline=tuple(map(script.section, report.outline)),
        sentences=kit.segmenter.numbered(script.sentences(report.sentences)),
        facts=script.facts(report.facts),
        metrics=tuple(map(script.metric, report.metrics)),
        ranks=tuple(map(script.rank, report.ranks)),
        checks=tuple(map(script.check, report.checks)),
    )


def attempt(step: Callable[[Source], T], source: Source) -> T | Failure:
    """Do one step with a source, whatever goes wrong as a row of ``failures``: one document never ends a run."""
    try:
        return step(source)
    except Exception as error:
        return failure_of(source.name, error)


def failure_of(name: str, error: Exception) -> Failure:
    """What went wrong with an entry, and in which room."""
    room = room_of(error.__traceback__)
    if isinstance(error, MemoryError):
        message = "It needs more memory than a worker has. Split it, or raise batch.worker_bytes."
        return Failure(name, room, "MemoryError", message)
    if room == "reading":
        return as_failure(name, error)
    if isinstance(error, PipelineError):
        return Failure(name, room, type(error).__name__, str(error))
    message = f"{error}. Please report this, with the document if you may share it."
    return Failure(name, room, type(error).__name__, message)


def room_of(traceback: TracebackType | None) -> str:
    """The workshop in which an error arose: the first one that the way to the error leads into."""
    while traceback is not None:
        package, _, rest = traceback.tb_frame.f_globals.get("__name__", "").partition(".")
        room, _, inside = rest.partition(".")
        if package == "pipeline" and inside and room != "batch":
            return str(room)
        traceback = traceback.tb_next
    return "flow"


def doc_id(source: Source) -> str:
    """A stable id of 16 hex digits from where a document was and what stood there.

    >>> doc_id(Source("a/b.txt", b"x"))
    'aaf490f51d325a24'
    """
    name = source.name.encode("utf-8", "surrogatepass")
    return sha256(sha256(name).digest() + sha256(source.data).digest()).hexdigest()[:16]


def carry_styles(styles: Iterable[tuple[int, int, int]], clean: CleanText) -> tuple[tuple[int, int, int], ...]:
    """Headings that the mark-up named, (start, end, level) in source offsets, as they stand in the clean text.

    A heading of which nothing was kept is left out.
    """
    starts = [piece.source_start for piece in clean.pieces]

    def carry(at: int) -> int:
        index = bisect_right(starts, at) - 1
        if index < 0:
            return 0
        piece = clean.pieces[index]
        end = clean.pieces[index + 1].start if index + 1 < len(clean.pieces) else len(clean.text)
        return min(piece.start + at - piece.source_start, end)

    carried = ((carry(start), carry(end), level) for start, end, level in styles)
    return tuple((start, end, level) for start, end, level in carried if start < end)
