"""Why a report became what it became: each edit and each record with its rule or model and its place in the source."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from pipeline.dataset.readable import value_of, what_of
from pipeline.dataset.rows import tables_of
from pipeline.records import Report
from pipeline.terminal.words import visible

AROUND = 8
"""Characters of source text that are shown on either side."""


def explain(report: Report, console: Console) -> None:
    """Print every decision about a report, in the order in which they were made."""
    console.rule(Text(visible(report.source.name)))
    _line(console, "read", f"{report.raw.media_type}, {report.raw.encoding}", report.raw.warning or "")
    for edit in report.clean.edits:
        if edit.kind != "space":
            done = f" → {visible(edit.replacement)}" if edit.replacement else ""
            place = _place(report, edit.start, edit.end)
            _line(console, edit.kind, f"{place}{done}", f"{edit.rule}  {edit.score:.2f}")
    for section, label in zip(report.outline, report.labels, strict=True):
        start, end = report.clean.to_source(section.start, section.heading_end)
        _line(console, f"section, level {section.level}", _place(report, start, end, around=0), section.rule)
        labels = f"{label.topic} {label.topic_score:.2f}, {label.role} {label.role_score:.2f}"
        _line(console, "", labels, "models/topic, models/role")
    for passage in report.passages:
        span = report.sentences[passage.first].start, report.sentences[passage.last].end
        _line(console, "passage", _place(report, *report.clean.to_source(*span), around=0), passage.rule)
        _line(console, "", passage.role, "")
    for metric, row in zip(report.metrics, tables_of(report)["metrics"], strict=True):
        start, end = report.clean.to_source(metric.quantity.start, metric.quantity.end)
        parts = (visible(metric.name), value_of(row), metric.quantity.unit, metric.period or "", what_of(row))
        _line(console, "metric", _place(report, start, end), f"{metric.rule}  {metric.confidence:.2f}")
        _line(console, "", "  ".join(filter(None, (*parts, metric.indicator))), metric.quantity.rule)
    for rank in report.ranks:
        start, end = report.clean.to_source(rank.start, rank.end)
        claim = (visible(rank.name or ""), f"{rank.kind} {rank.rank}", visible(rank.scope or ""))
        _line(console, "rank", _place(report, start, end), rank.rule)
        _line(console, "", "  ".join(filter(None, claim)), "")
    for check in report.checks:
        _line(console, "check", visible(check.detail), f"{check.check}  {'holds' if check.holds else 'fails'}")


def _line(console: Console, kind: str, what: str, rule: str) -> None:
    console.print(Text.assemble((f"{kind:18}", "bold"), what, "  ", (visible(rule), "cyan")), soft_wrap=True)


def _place(report: Report, start: int, end: int, around: int = AROUND) -> str:
    """A stretch of the source with its offsets and what stands around it: ``12–14 全镇[D员]430名``."""
    source = report.raw.text
    before, after = source[max(0, start - around) : start], source[end : end + around]
    return f"{start}–{end} {visible(before)}[{visible(source[start:end], 80)}]{visible(after)}"
