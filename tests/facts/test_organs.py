from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.facts.describer import Describer
from pipeline.facts.organs import Organs
from pipeline.outline import Outliner
from pipeline.rules import Rules
from pipeline.rules.schema import OrganWord

ROWS = Rules().table(OrganWord)
ORGANS = Organs(Rules())


def behind(unit: str) -> str | None:
    return ORGANS.behind(f"石桥县{unit}2020年工作总结", 3)


TELLS: dict[str, Callable[[str], bool]] = {
    **dict.fromkeys(("seat", "body"), lambda name: ORGANS.line(name) == name),
    "unit": lambda name: behind(name) == name,
    **dict.fromkeys(("no_unit", "no_name"), lambda name: behind(name) != name),
    "before_topic": lambda name: ORGANS.on_topic(f"{name}防汛工作总结") == name,
    "no_topic": lambda words: ORGANS.on_topic(f"石桥县水务局{words}") is None,
    **dict.fromkeys(("own", "first"), ORGANS.is_unit),
    "national": ORGANS.is_national,
    "of_place": lambda name: not ORGANS.is_unit(name),
}


def examples(field: str) -> list[object]:
    return [pytest.param(row, name, id=f"{row.id} {name}") for row in ROWS for name in getattr(row, field)]


@pytest.mark.parametrize(("row", "name"), examples("examples"))
def test_examples_are_told(row: OrganWord, name: str) -> None:
    assert all(TELLS[use](name) for use in row.uses)


@pytest.mark.parametrize(("row", "name"), examples("counterexamples"))
def test_counterexamples_are_not(row: OrganWord, name: str) -> None:
    assert not all(TELLS[use](name) for use in row.uses)


def test_all_uses_are_known() -> None:
    assert {use for row in ROWS for use in row.uses} == TELLS.keys()


def test_a_users_organs_lie_over_ours(tmp_path: Path) -> None:
    title = "青石县茶叶联营体2021年工作总结"
    (tmp_path / "organs.toml").write_text(
        '[[organ]]\nid = "ventures"\nuses = ["body"]\nwritten = ["联营体"]\nexamples = ["青石县茶叶联营体"]\n',
        encoding="utf-8",
    )
    said = [Describer(r).describe(title, Outliner(r).split(title, ())) for r in (Rules(), Rules(tmp_path))]
    assert [facts.issuer for facts in said] == [None, "青石县茶叶联营体"]
    assert [facts.admin_level for facts in said] == ["county", "unit"]
