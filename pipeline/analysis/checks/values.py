"""The same indicator with two values in one report."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.analysis.checks.amounts import Amounts
from pipeline.analysis.checks.contrasts import Words
from pipeline.analysis.checks.wording import made
from pipeline.records import Check, Metric

_SURE = 0.9
"""Confidence of both records: an error of ours is no error of the report's."""


class Values:
    """Checks of repeated numbers."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def check(self, amounts: Amounts) -> Iterator[Check]:
        """A check for each indicator that a report gives twice with different numbers, once."""
        first: dict[tuple[object, ...], int] = {}
        told: set[tuple[object, ...]] = set()
        for at, metric in enumerate(amounts.metrics):
            key = self._key(amounts, at, metric)
            if key is None or key in told:
                continue
            before = first.setdefault(key, at)
            if before != at and not amounts.bounds(before).meets(amounts.bounds(at)):
                told.add(key)
                name = f"{metric.subject or ''}{metric.name} {metric.period}"
                detail = f"{name}: {amounts.written(before)} ≠ {amounts.written(at)}"
                yield made(amounts, (before, at), "one_value", False, detail)

    def _key(self, amounts: Amounts, at: int, metric: Metric) -> tuple[object, ...] | None:
        """What makes two records speak of the same; None where that is not certain."""
        if metric.confidence < _SURE or metric.period is None or not amounts.counts(at) or metric.part_of is not None:
            return None
        if metric.indicator is None:
            return None
        return metric.indicator, metric.subject, metric.period, metric.change, metric.change_basis, metric.base_unit, metric.unit_canonical
