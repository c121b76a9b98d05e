"""One report in the terminal: what it says of itself, its outline with labels, its metrics."""

from __future__ import annotations

from dataclasses import fields

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from pipeline.records import Label, Metric, Report, Section
from pipeline.terminal.words import number, visible


def show(report: Report, console: Console) -> None:
    """Print a report."""
    console.rule(Text(visible(report.source.name)))
    console.print(_facts(report))
    console.print(_outline(report))
    console.print(_metrics(report))


def _facts(report: Report) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    for field in fields(report.facts):
        if (value := getattr(report.facts, field.name)) is not None:
            table.add_row(Text(field.name, "dim"), visible(str(value)))
    cut = sum(removal.end - removal.start for removal in report.clean.removals)
    table.add_row(Text("read as", "dim"), f"{report.raw.media_type}, {report.raw.encoding}")
    table.add_row(
        Text("cleaned", "dim"),
        f"{cut:,} of {len(report.raw.text):,} characters removed, {len(report.clean.restorations):,} places put right",
    )
    for warning in filter(None, (report.raw.warning, report.clean.warning)):
        table.add_row(Text("warning", "yellow"), visible(warning))
    return table


def _outline(report: Report) -> RenderableType:
    tree = Tree(Text("outline", "bold"), guide_style="dim")
    nodes: dict[int | None, Tree] = {None: tree}
    for section, label in zip(report.outline, report.labels, strict=True):
        nodes[section.section_id] = nodes[section.parent_id].add(_section(section, label))
    return tree


def _section(section: Section, label: Label) -> Text:
    heading = Text(visible(section.heading, 60)) if section.heading else Text("(before the first heading)", "dim")
    return heading.append(f"  {label.topic} ", "cyan").append(label.role, "green")


def _metrics(report: Report) -> RenderableType:
    columns = ("name", "quantity", "value", "unit", "subject", "period", "what", "part of")
    table = Table(title=f"{len(report.metrics)} metrics", title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for column in columns:
        table.add_column(column, overflow="fold", justify="right" if column == "value" else "left")
    for metric in report.metrics:
        whole = report.metrics[metric.part_of].name if metric.part_of is not None else ""
        quantity = visible(report.text[metric.quantity.start : metric.quantity.end])
        cells = (metric.subject or "", metric.period or "", what_of(metric), whole)
        table.add_row(visible(metric.name), quantity, value_of(metric), metric.quantity.unit, *map(visible, cells))
    return table


def value_of(metric: Metric) -> str:
    """The value, or the bounds of a range; empty where the number is masked."""
    q = metric.quantity
    if q.value is None and not q.masked:
        return f"{number(q.value_min)}–{number(q.value_max)}"
    return number(q.value)


def what_of(metric: Metric) -> str:
    """What else is known in a word or two: planned, an increase on what, about or over."""
    words = (
        metric.status if metric.status != "actual" else "",
        metric.change if metric.change != "level" else "",
        metric.change_basis,
        metric.quantity.approx if metric.quantity.approx != "exact" else "",
        "masked" if metric.quantity.masked else "",
    )
    return " ".join(filter(None, words))
