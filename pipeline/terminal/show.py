"""One report in the terminal: what it says of itself, its text with what was done to it, its outline, its metrics."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import fields
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from pipeline.dataset.readable import value_of, what_of
from pipeline.dataset.rows import tables_of
from pipeline.records import Label, Report, Section
from pipeline.terminal.words import visible

STYLES: dict[str, str] = {
    "paywall_marker": "yellow",
    "advert": "red",
    "contact": "magenta",
    "boilerplate": "bright_black",
    "markup": "blue",
}
"""Colours of the kinds of removal."""

RESTORED, METRIC, PLANNED = "green", "underline", "underline italic"


def show(report: Report, console: Console) -> None:
    """Print a report."""
    console.rule(Text(visible(report.source.name)))
    console.print(_facts(report))
    console.print(_text(report), soft_wrap=True)
    console.print(_outline(report))
    console.print(_metrics(tables_of(report)["metrics"]))


def _facts(report: Report) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    for field in fields(report.facts):
        if (value := getattr(report.facts, field.name)) is not None:
            table.add_row(Text(field.name, "dim"), visible(str(value)))
    table.add_row(Text("read as", "dim"), f"{report.raw.media_type}, {report.raw.encoding}")
    table.add_row(Text("removed", "dim"), _removals(report))
    table.add_row(Text("put right", "dim"), Text(f"{len(report.clean.restorations):,} places", RESTORED))
    for warning in filter(None, (report.raw.warning, report.clean.warning)):
        table.add_row(Text("warning", "yellow"), visible(warning))
    return table


def _removals(report: Report) -> Text:
    """How much of the source was removed, by kind, each in the colour that it has in the text."""
    removals = report.clean.removals
    cut, kinds = sum(r.end - r.start for r in removals), Counter[str](r.kind for r in removals)
    text = Text(f"{cut:,} of {len(report.raw.text):,} characters")
    for kind, style in STYLES.items():
        if kinds[kind]:
            text.append("  ").append(f"{kind} {kinds[kind]:,}", f"strike {style}")
    return text


def _text(report: Report) -> Text:
    """The source: removals struck through in [-…-], restorations in {+…+}, each metric underlined with its number."""
    text, at, source = Text(), 0, report.raw.text
    starts, ends = dict[int, str](), defaultdict[int, str](str)
    for metric in report.metrics:
        start, end = report.clean.to_source(metric.quantity.start, metric.quantity.end)
        starts[start] = METRIC if metric.status == "actual" else PLANNED
        ends[end] += f"⟨{metric.metric_id}⟩"
    edits = {edit.start: edit for edit in report.clean.edits if edit.kind != "space"}
    style = ""
    for cut in sorted({*starts, *ends, *edits, *(edit.end for edit in edits.values()), len(source)}):
        text.append(_lines(source[at:cut]), style)
        at = max(at, cut)
        if numbers := ends.get(cut):
            text.append(numbers, "dim")
            style = ""
        style = starts.get(cut, style)
        if edit := edits.get(cut):
            text.append(f"[-{_lines(source[cut : edit.end])}-]", f"strike {STYLES.get(edit.kind, RESTORED)}")
            text.append(f"{{+{_lines(edit.replacement)}+}}" if edit.replacement else "", RESTORED)
            at = edit.end
    return text


def _lines(text: str) -> str:
    """Text of unknown origin over several lines."""
    return "\n".join(visible(line.rstrip("\r")) for line in text.split("\n"))


def _outline(report: Report) -> RenderableType:
    tree = Tree(Text("outline", "bold"), guide_style="dim")
    nodes: dict[int | None, Tree] = {None: tree}
    for section, label in zip(report.outline, report.labels, strict=True):
        nodes[section.section_id] = nodes[section.parent_id].add(_section(section, label))
    return tree


def _section(section: Section, label: Label) -> Text:
    heading = Text(visible(section.heading, 60)) if section.heading else Text("(before the first heading)", "dim")
    return heading.append(f"  {label.topic} ", "cyan").append(label.role, "green")


def _metrics(metrics: list[dict[str, Any]]) -> RenderableType:
    columns = ("", "name", "quantity", "value", "unit", "subject", "period", "what", "part of", "sure")
    table = Table(title=f"{len(metrics)} metrics", title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for column in columns:
        table.add_column(column, overflow="fold", justify="right" if column in ("", "value", "sure") else "left")
    for metric in metrics:
        whole = metrics[metric["part_of"]]["name"] if metric["part_of"] is not None else ""
        said = (metric["name"], metric["quantity"], value_of(metric), metric["unit"], metric["subject"] or "")
        more = (metric["period"] or "", what_of(metric), whole, f"{metric['confidence']:.2f}")
        table.add_row(Text(str(metric["metric_id"]), "dim"), *map(visible, (*said, *more)))
    return table
