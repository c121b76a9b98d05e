"""One dataset as a page: what it holds, where it is thin, how far it can be trusted."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.dataset import readable
from pipeline.dataset.readable import NOT_SAID, number
from pipeline.pages.cloud import HEIGHT, WIDTH, cloud
from pipeline.pages.counts import FINE, Counts, Sample, Values, most
from pipeline.pages.page import PLOT, data_block, render
from pipeline.pages.quality import Quality, qualities
from pipeline.pages.report import labels

LEVELS = (*readable.LEVELS, "")
YEARS, ROWS, CLOUD, LONGEST = 120, 20, 70, 60
"""At most so many years, rows of a table, words of the cloud, and characters of a name: the page stays small."""

DRAWN, COARSE = 12, 10
"""Indicators whose values are drawn, and bins a decade that they are drawn with."""


class Table(NamedTuple):
    """A table of the page; its first `texts` columns are words, the others numbers."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    texts: int = 1


def overview_page(manifest: Mapping[str, Any], counts: Counts, models: Iterable[Path]) -> bytes:
    """The page of a dataset; the same counts give the same bytes."""
    quality = qualities(models)
    levels = [level for level in LEVELS if any(held == level for _, held in counts.coverage)]
    terms = most(counts.terms, CLOUD)
    return render(
        "overview.html",
        style=("base.css", "overview.css"),
        script=("vendor/d3.min.js", PLOT, "overview.js"),
        documents=number(manifest["rows"]["documents"]),
        entries=number(manifest["entries"]),
        version=manifest["version"],
        inputs=", ".join(map(_short, manifest["inputs"][:ROWS])),
        cards=_cards(manifest, counts),
        repeats=None if counts.repeats is None else number(counts.repeats),
        levels=[(level or NOT_SAID, LEVELS.index(level)) for level in levels],
        passages=[(role, labels()[role], number(n)) for role, n in most(counts.passages, ROWS)],
        tables=_tables(counts, levels) | _quality_tables(counts, quality),
        distributions=[(_short(values.name), _kind(unit, change)) for (_, unit, change), values in _drawn_ones(counts)],
        cloud=cloud([(_short(word, 12), n) for word, n in terms]),
        cloud_size=(WIDTH, HEIGHT),
        labelled=[model.name for model in quality if model.f1],
        samples=[_sample(sample) for sample in counts.samples],
        data=data_block(_plotted(counts, levels, quality)),
    )


def brief(value: float | None) -> str:
    """A size in two digits, as a reader of Chinese would say it.

    >>> brief(9332543007.9), brief(16218.1), brief(7.41), brief(None)
    ('93亿', '1.6万', '7.4', '')
    """
    if value is None:
        return ""
    for size, word in ((1e12, "万亿"), (1e8, "亿"), (1e4, "万")):
        if value >= size:
            return f"{number(float(f'{value / size:.2g}'))}{word}"
    return number(float(f"{value:.2g}"))


def _cards(manifest: Mapping[str, Any], counts: Counts) -> list[tuple[str, str]]:
    rows = manifest["rows"]
    cards = (
        ("documents", rows["documents"]),
        ("failures", rows["failures"]),
        ("metrics", rows["metrics"]),
        ("sections", rows["sections"]),
        ("sentences", rows["sentences"]),
        ("words", counts.words),
        ("characters removed", counts.removed_chars),
        ("places restored", rows["restorations"]),
    )
    return [(label, number(value)) for label, value in cards]


def _sample(sample: Sample) -> dict[str, str]:
    about = (str(sample.year or ""), sample.level or "", f"{sample.n_metrics:,} metrics")
    return {"doc_id": sample.doc_id, "title": _short(sample.title), "about": " · ".join(filter(None, about))}


def _years(counts: Counts) -> list[int | None]:
    """The latest years that documents report on, in order, and null where some do not say."""
    years = {year for year, _ in counts.coverage}
    return [*sorted(year for year in years if year is not None)[-YEARS:], *({None} & years)]


def _labels(counts: Counts) -> tuple[list[str], list[str]]:
    """Topics and roles of sections, the most frequent first."""
    topics: Counter[str] = Counter()
    roles: Counter[str] = Counter()
    for (topic, role), n in counts.labels.items():
        topics[topic] += n
        roles[role] += n
    return [topic for topic, _ in most(topics, 2 * ROWS)], [role for role, _ in most(roles, ROWS)]


def _tables(counts: Counts, levels: Sequence[str]) -> dict[str, Table]:
    """What the plots show, in numbers."""
    topics, roles = _labels(counts)
    zh = labels()
    counted = ("metrics",)
    return {
        "coverage": Table(
            "Documents by year and level",
            ["year", *(level or NOT_SAID for level in levels)],
            [[str(y or NOT_SAID), *(number(counts.coverage[y, level]) for level in levels)] for y in _years(counts)],
        ),
        "report_types": _pairs("Documents by kind of report", ("kind", "documents"), counts.report_types),
        "labels": Table(
            "Sections by topic and role",
            ["topic", "", *map(_short, roles)],
            [[_short(t), zh.get(t, ""), *(number(counts.labels[t, role]) for role in roles)] for t in topics],
            texts=2,
        ),
        "indicators": Table(
            "Most frequent indicators",
            (
                "indicator",
                "code",
                "unit",
                "change",
                *counted,
                "a tenth below",
                "median",
                "nine tenths below",
                "0 or less",
                "years",
            ),
            [_indicator(*key, counts) for key in counts.distributions],
            texts=4,
        ),
        "statuses": _pairs("Metrics by status", ("status", *counted), counts.statuses),
        "terms": _pairs("Most frequent words", ("word", "times"), counts.terms, CLOUD),
        "units": _pairs("Most frequent units", ("unit", *counted), counts.units),
        "removals": _pairs("Removals by kind", ("kind", "places"), counts.removals),
        "failures": Table(
            "Failures",
            ("stage", "error", "entries", "for example", "message"),
            [
                (*map(_short, key), number(n), *(_short(said, 3 * LONGEST) for said in counts.examples[key]))
                for key, n in most(counts.failures, ROWS)
            ],
            texts=2,
        ),
    }


def _quality_tables(counts: Counts, quality: Sequence[Quality]) -> dict[str, Table]:
    reliability = next((model.reliability for model in quality if model.reliability), [])
    steps = [(f"{step / 20:.2f}–{(step + 1) / 20:.2f}", counts.confidence[step]) for step in range(20)]
    return {
        "confidence": Table(
            "Metrics by confidence", ("confidence", "metrics"), [(step, number(n)) for step, n in steps if n]
        ),
        "reliability": Table(
            "Confidence and share of right records",
            ("mean confidence", "right", "records"),
            [(f"{mean:.2f}", f"{right:.2f}", number(n)) for mean, right, n in reliability],
        ),
        "f1": Table(
            "F1 by label",
            ("model", "label", "F1"),
            [(model.name, label, f"{f1:.3f}") for model in quality for label, f1 in model.f1],
            texts=2,
        ),
        "figures": Table(
            "All figures of the models",
            ("model", "measured on", "figure", "value"),
            [
                (model.name, on.replace("_", " "), figure.replace("_", " "), number(value))
                for model in quality
                for on, figure, value in model.figures
            ],
            texts=3,
        ),
    }


def _pairs(caption: str, heads: Sequence[str], counted: Mapping[str, int], rows: int = ROWS) -> Table:
    return Table(caption, heads, [(_short(key) or NOT_SAID, number(n)) for key, n in most(counted, rows)])


def _indicator(code: str, unit: str, change: str, counts: Counts) -> Sequence[str]:
    """An indicator in one unit, its levels or its changes: how often it is measured, how large, and for which years."""
    values = counts.distributions[code, unit, change]
    code = code if code not in values.names else ""
    years = "–".join(str(year) for year in dict.fromkeys((values.first_year, values.last_year)) if year)
    tenths = [brief(values.quantile(share)) for share in (0.1, 0.5, 0.9)]
    times = number(values.names.total())
    return _short(values.name), code, unit, change, times, *tenths, number(values.not_above_zero), years


def _kind(unit: str, change: str) -> str:
    """The unit of an indicator, and its kind where that is a change: 亿元, increase."""
    return ", ".join(filter(None, (unit, change if change != "level" else "")))


def _drawn_ones(counts: Counts) -> list[tuple[tuple[str, str, str], Values]]:
    """The most frequent indicators that have values above zero."""
    return [(key, values) for key, values in counts.distributions.items() if values.bins][:DRAWN]


def _plotted(counts: Counts, levels: Sequence[str], quality: Sequence[Quality]) -> dict[str, Any]:
    """What the script of the page draws."""
    topics, roles = _labels(counts)
    return {
        "levels": [[level or NOT_SAID, LEVELS.index(level)] for level in levels],
        "coverage": [
            [year, level or NOT_SAID, counts.coverage[year, level]] for year in _years(counts) for level in levels
        ],
        "topics": list(map(_short, topics)),
        "roles": list(map(_short, roles)),
        "labels": [[_short(t), _short(r), n] for t in topics for r in roles if (n := counts.labels[t, r])],
        "indicators": [
            [_short(values.name, 18), _kind(unit, change), values.names.total()]
            for (_, unit, change), values in counts.distributions.items()
        ],
        "distributions": [_drawn(values) for _, values in _drawn_ones(counts)],
        "terms": [[_short(term), n] for term, n in most(counts.terms, ROWS)],
        "units": [[_short(unit, 12) or "no unit", n] for unit, n in most(counts.units, ROWS)],
        "confidence": [counts.confidence[step] for step in range(20)],
        "reliability": next((model.reliability for model in quality if model.reliability), []),
        "f1": {model.name: model.f1 for model in quality if model.f1},
        "zh": labels(),
    }


def _drawn(values: Values) -> dict[str, Any]:
    """A distribution as bars (lower end, upper end, how many values) and its median."""
    coarse: Counter[int] = Counter()
    for step, n in values.bins.items():
        coarse[math.floor(step * COARSE / FINE)] += n
    bars = [(_size(step), _size(step + 1), coarse[step]) for step in sorted(coarse)]
    return {"bars": bars, "median": values.quantile(0.5)}


def _size(step: int) -> float:
    """The lower end of a bin, in four digits."""
    return float(f"{10.0 ** (step / COARSE):.4g}")


def _short(text: str, most_characters: int = LONGEST) -> str:
    """A name that is not longer than there is room for."""
    return text if len(text) <= most_characters else f"{text[: most_characters - 1]}…"
