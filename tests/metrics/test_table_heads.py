"""Rows of ``table_heads.toml`` fit their examples as a whole, and no counterexample."""

from __future__ import annotations

import pytest

from pipeline.metrics.quantities.table_heads import TableHeads
from pipeline.metrics.quantities.units import UnitIndex
from pipeline.rules import Rules
from pipeline.rules.schema import TableHead, Unit

RULES = Rules()
ROWS = RULES.table(TableHead)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_fits_its_examples_alone(row: TableHead) -> None:
    heads = TableHeads([row], UnitIndex(RULES.table(Unit)))
    assert [heads.says(row.kind, head) for head in row.examples] == [True] * len(row.examples)
    assert [heads.says(row.kind, head) for head in row.counterexamples] == [False] * len(row.counterexamples)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("序号", "serial"),
        ("乡镇", "places"),
        ("指标名称", "things"),
        ("2023年预算数（万元）", "level"),
        ("完成预算%", "share"),
        ("比上年增长%", "growth"),
        ("责任单位", "beside"),
        ("播种面积（亩）", "measure"),
    ],
)
def test_heads_are_told_apart(head: str, kind: str) -> None:
    heads = TableHeads(ROWS, UnitIndex(RULES.table(Unit)))
    assert heads.column_of(head, first=True).kind == kind
