"""Rows of ``kinds.toml`` name the kinds of their examples, and leave what is none of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.metrics.naming.kinds import Kinds
from pipeline.metrics.page.found import Found
from pipeline.records import Quantity
from pipeline.rules import Rules
from pipeline.rules.schema import Kind

RULES = Rules()


def named(kinds: Kinds, whole: str, own: str, taken: str) -> str:
    """What the second of two numbers is called before which only `own` stands, and which was `taken` for something."""
    text = f"{whole}3件、{own}5件"
    found = []
    for name, number in ((whole, "3件"), (taken, "5件")):
        start = text.index(number)
        one = Found(Quantity(start, start + 2, float(number[0]), None, None, "件", "exact"), 0, "count", None)
        one.name, one.plain, one.rule = name, name, "left"
        found.append(one)
    kinds.name(text, found)
    return found[1].name


@pytest.mark.parametrize("row", RULES.table(Kind), ids=lambda row: row.id)
def test_a_row_names_its_kinds(row: Kind) -> None:
    for whole, own, name in (example.split("|") for example in row.examples):
        assert {named(Kinds([row]), whole, own, taken) for taken in (own, own + whole)} == {name}
    for whole, own in (example.split("|") for example in row.counterexamples):
        assert [named(Kinds([row]), whole, own, taken) for taken in (own, own + whole)] == [own, own + whole]


def test_one_thing_has_one_row() -> None:
    things = [thing for row in RULES.table(Kind) for thing in row.of]
    assert len(things) == len(set(things))


def test_a_users_kinds_lie_over_ours(tmp_path: Path) -> None:
    assert named(Kinds(RULES.table(Kind)), "散装白酒", "瓶装", "瓶装") == "瓶装"
    (tmp_path / "kinds.toml").write_text(
        '[[kind]]\nid = "spirits"\nof = ["白酒"]\nkinds = ["散装", "瓶装"]\n', encoding="utf-8"
    )
    assert named(Kinds(Rules(tmp_path).table(Kind)), "散装白酒", "瓶装", "瓶装") == "瓶装白酒"
