"""The figures that pages give, each from a run over our own gold, from a model's card, or from docs/benchmarks.md."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from math import sqrt
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from evaluate import GOLD, ROOT, texts_of
from reference import table

import pipeline
from pipeline.batch.engines import ENGINES
from pipeline.batch.run import Order, run_on
from pipeline.batch.spread import Spread
from pipeline.config import load_config
from pipeline.gold.score import Score, score_documents
from pipeline.records import Metric, Report

RESAMPLES, SEED = 2000, 20

HEADS = {
    "en": ("name", "quantity", "value", "unit", "subject", "period", "change", "part of"),
    "zh": ("指标", "原文数量", "数值", "单位", "主体", "时期", "变化", "属于"),
}


class Measure(NamedTuple):
    """A share: what it is called on a page, and what is counted of what in one document."""

    called: str
    hits: Callable[[Score], int]
    of: Callable[[Score], int]


def _counted(called: str, hits: str, *of: str) -> Measure:
    return Measure(called, lambda score: score.n[hits], lambda score: sum(score.n[name] for name in of))


def _labelled(called: str, axis: str) -> Measure:
    return Measure(
        called,
        lambda score: sum(said[label] for label, said in score.labels[axis].items()),
        lambda score: sum(said.total() for said in score.labels[axis].values()),
    )


METRICS = {
    "value": _counted("numbers found, with their value", "quantity_hit", "metrics_gold"),
    "unit": _counted("… and their unit", "unit_hit", "metrics_gold"),
    "record": _counted("… and the right name", "record_hit", "metrics_gold"),
    "close": _counted("… in the words of a careful reader", "record_close", "metrics_gold"),
    "precision": _counted(
        "records that are of a number that measures", "metrics_found", "metrics_found", "metrics_extra"
    ),
    "sure": _counted("records of confidence 0.9 and more that are right", "sure_hit", "sure"),
    "approx": _counted("about, over, under or exact", "approx_hit", "approx_gold"),
    "status": _counted("planned or actual", "status_hit", "status_gold"),
    "change": _counted("level, increase or decrease", "change_hit", "change_gold"),
    "period": _counted("period", "period_hit", "period_gold"),
    "subject": _counted("subject, where the text says one", "subject_hit", "subject_gold"),
    "parts": _counted("parts led to their total", "part_hit", "part_gold"),
    "headings": _counted("headings found, with their level", "headings_hit", "headings_gold"),
    "topic": _labelled("topic of sections", "topic"),
    "role": _labelled("role of sections", "role"),
}
CLEANING = {
    "junk": _counted("characters of junk removed", "junk_gone", "junk"),
    "spans": _counted("stretches of junk removed whole", "spans_gone", "spans"),
    "body": Measure("characters of the report kept", lambda s: s.n["body"] - s.n["body_lost"], lambda s: s.n["body"]),
}
SETS = {"held_out": METRICS, "scraped": CLEANING}


def figures(readme: str) -> dict[str, str]:
    """Every figure by the name that pages give it."""
    found = {f"example.{language}": example(readme, heads) for language, heads in HEADS.items()}
    with ENGINES["local"](1) as spread:
        scored = {name: scores_of(name, spread) for name in SETS}
    for name, scores in scored.items():
        measures = SETS[name]
        found[f"{name}.documents"] = str(sum(score.n.total() > 0 for score in scores))
        found[f"{name}.metrics"] = f"{sum(score.n['metrics_gold'] for score in scores):,}"
        found[f"{name}.table"] = _table_of(measures, scores)
        for key, measure in measures.items():
            found[f"{name}.{key}"] = percent(*_sums(measure, scores))
    return found | {"resamples": f"{RESAMPLES:,}"} | cards() | speeds()


def scores_of(name: str, spread: Spread) -> list[Score]:
    """What a run over the texts of a gold set is worth, document by document."""
    with TemporaryDirectory() as room:
        dataset = Path(room) / "dataset"
        run_on(spread, Order(inputs=(str(texts_of(name)),), dataset=dataset, config=load_config()))
        return list(score_documents(dataset, GOLD / name, texts_of(name)))


def _table_of(measures: dict[str, Measure], scores: Sequence[Score]) -> str:
    rows = []
    for measure in measures.values():
        hits, of = _sums(measure, scores)
        if of:
            low, high = interval([(measure.hits(score), measure.of(score)) for score in scores])
            rows.append((measure.called, f"{of:,}", f"{percent(hits, of)} %", f"{100 * low:.1f} – {100 * high:.1f}"))
    return table(("what", "of", "right", "95 % interval"), rows)


def _sums(measure: Measure, scores: Iterable[Score]) -> tuple[int, int]:
    pairs = [(measure.hits(score), measure.of(score)) for score in scores]
    return sum(hits for hits, _ in pairs), sum(of for _, of in pairs)


def percent(hits: float, of: float) -> str:
    """A share in per cent with one decimal; never 100 where anything was missed."""
    rounded = 100 * hits / of if of else 0.0
    return f"{rounded:.1f}" if hits == of else f"{min(rounded, 99.9):.1f}"


def interval(pairs: Sequence[tuple[int, int]]) -> tuple[float, float]:
    """95 % interval of a share, documents drawn anew: what one document says is not independent of itself.

    Where nothing was missed, the lower bound is that of the rule of three.

    >>> interval([(300, 300)])
    (0.99, 1.0)
    >>> low, high = interval([(9, 10), (10, 10), (8, 10), (10, 10)])
    >>> 0.8 <= low < 0.925 < high <= 1
    True
    """
    pairs = [(hits, of) for hits, of in pairs if of]
    hits, of = (sum(column) for column in zip(*pairs, strict=True))
    if hits == of:
        return 1 - 3 / of, 1.0
    draw, shares = random.Random(SEED), []
    for _ in range(RESAMPLES):
        drawn = draw.choices(pairs, k=len(pairs))
        shares.append(sum(hits for hits, _ in drawn) / sum(of for _, of in drawn))
    shares.sort()
    return shares[RESAMPLES // 40], shares[-1 - RESAMPLES // 40]


def wilson(share: float, of: int) -> str:
    """95 % interval of a share of `of` independent cases, in per cent.

    >>> wilson(0.5, 100)
    '40.4 – 59.6'
    """
    z = 1.96
    middle, half = share + z * z / (2 * of), z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return " – ".join(f"{100 * (middle + side) / (1 + z * z / of):.1f}" for side in (-half, half))


def cards() -> dict[str, str]:
    """What the cards of the models say of documents that they were not trained on."""
    topic, role, metrics, adverts = (
        tomllib.loads((ROOT / "models" / name / "card.toml").read_text(encoding="utf-8"))
        for name in ("topic", "role", "metrics", "adverts")
    )
    rows = []
    for name, card in (("topic", topic), ("role", role)):
        left, of = card["documents_left_out"], card["documents"]
        rows.append((name, f"{100 * left['accuracy']:.1f} %", wilson(left["accuracy"], of), f"{left['macro_f1']:.2f}"))
    labels = sorted({**topic["f1"], **role["f1"]}.items(), key=lambda item: -item[1])
    junk, families = adverts["families_and_documents_left_out"], adverts["junk_families"]
    kinds = {"inline": "in a sentence", "line": "a line", "clause": "a clause", "head": "above", "foot": "below"}
    told = [(called, f"{100 * junk[f'recall_{key}']:.1f} %", "") for key, called in kinds.items()]
    told.append(("all", f"{100 * junk['recall_all']:.1f} %", wilson(junk["recall_all"], families)))
    unseen, rows_unseen = adverts["held_out"], adverts["held_out"]["junk_rows"]
    bins = metrics["reliability"]["tenths"]
    return {
        "sections.table": table(("label", "right", "95 % interval", "mean F1 of labels"), rows),
        "sections.labels": ", ".join(f"`{name}` {f1:.2f}" for name, f1 in labels),
        "sections.calibration": " and ".join(
            f"{card['documents_left_out']['expected_calibration_error']:.3f}" for card in (topic, role)
        ),
        "adverts.table": table(("where", "removed", "95 % interval"), told),
        "adverts.all": f"{100 * junk['recall_all']:.0f}",
        "adverts.unseen_rows": str(rows_unseen),
        "adverts.unseen": f"{100 * unseen['recall_all']:.1f} % ({wilson(unseen['recall_all'], rows_unseen)})",
        "adverts.unseen_lost": f"{unseen['of_body_rows_lost']} of {unseen['body_rows']}",
        "adverts.families": str(families),
        "adverts.lost": f"{junk['of_these_lost']:,} of {junk['lines_and_clauses_of_documents']:,}",
        "adverts.look_alikes": f"{junk['of_look_alikes_lost']:,} of {junk['look_alikes']:,}",
        "metrics.documents": f"{metrics['documents']:,}",
        "calibration.table": table(
            ("confidence said", "right", "records"),
            ((f"{said:.2f}", f"{right:.2f}", f"{n:,}") for said, right, n in bins),
        ),
        "calibration.error": f"{sum(n * abs(s - r) for s, r, n in bins) / sum(n for *_, n in bins):.3f}",
    }


def speeds() -> dict[str, str]:
    """Speed as a ratio to jieba, as the benchmark has written it down."""
    page = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    return {f"speed.{name}": ratio for name, ratio in re.findall(r"^\| (\w+) \| ([\d.]+) \|", page, re.MULTILINE)}


def example(readme: str, heads: Sequence[str]) -> str:
    """The records of the report on the README's first screen, in a table with these heads."""
    [text] = re.findall(r"```\n(.*?)```", readme, re.DOTALL)[:1]
    with TemporaryDirectory() as room:
        path = Path(room) / "report.txt"
        path.write_text(text, encoding="utf-8")
        [report] = pipeline.process(path)
    return table(heads, (_cells(metric, report) for metric in report.metrics))


def _cells(metric: Metric, report: Report) -> list[str]:
    quantity = metric.quantity
    return [
        metric.name,
        report.text[quantity.start : quantity.end],
        f"{quantity.value:.10g}",
        quantity.unit,
        metric.subject or "",
        metric.period or "",
        metric.change + (f" ({metric.change_basis})" if metric.change_basis else ""),
        report.metrics[metric.part_of].name if metric.part_of is not None else "",
    ]
