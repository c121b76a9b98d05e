from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.metrics.page.bodies import Bodies
from pipeline.rules import Rules
from pipeline.rules.schema import BodyWord

ROWS = Rules().table(BodyWord)
BODIES = Bodies(ROWS)
LEVELS = ["nation", "province", "city", "county", "township", "village"]


def whole_name(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda name: pattern.fullmatch(name) is not None


def is_deed(name: str) -> bool:
    return BODIES.deed.match(name) is not None


def stays_whole(name: str) -> bool:
    owner = name.split("|")[0]
    whole = name.replace("|", "")
    return BODIES.without_owner(whole, owner) == whole


def is_above(level: str) -> Callable[[str], bool]:
    below = LEVELS[LEVELS.index(level) + 1]
    return lambda name: name in BODIES.larger[below] - BODIES.larger[level]


TELLS: dict[str, Callable[[str], bool]] = {
    **{use: getattr(BODIES, use) for use in ("body", "group", "other", "doer")},
    **{use: whole_name(getattr(BODIES, use)) for use in ("place", "whole")},
    **dict.fromkeys(("deed", "act", "deed_inside", "manner"), is_deed),
    **dict.fromkeys(("people", "kind", "of_kind"), BODIES.is_common),
    "deed_named": lambda name: BODIES.deed.match(f"建设{name[-4:]}") is None,
    "programme": lambda name: name.endswith(BODIES.programmes),
    "owner": lambda name: BODIES.without_owner(f"{name}在册职工", name) == "在册职工",
    "goes_with": stays_whole,
    **dict.fromkeys(
        ("measured", "measured_inside", "measured_end"), lambda name: BODIES.measured.match(name) is not None
    ),
    **{level: is_above(level) for level in LEVELS[:-1]},
}
STANDING = {"all", "ours", "this", "each"}
"""What stands behind 全 and the like is told as a whole."""


def tells(row: BodyWord, example: str) -> bool:
    """Whether an example is what a row is there for: all that the ends of names tell, or a word with 全 before it."""
    if BODIES.whole.fullmatch(example) and STANDING & set(row.uses):
        return True
    uses = set(row.uses) - STANDING
    return bool(uses) and all(TELLS[use](example) for use in uses)


@pytest.mark.parametrize(
    ("row", "example"), [pytest.param(row, e, id=f"{row.id} {e}") for row in ROWS for e in row.examples]
)
def test_examples_are_told(row: BodyWord, example: str) -> None:
    assert tells(row, example)


@pytest.mark.parametrize(
    ("row", "example"), [pytest.param(row, e, id=f"{row.id} {e}") for row in ROWS for e in row.counterexamples]
)
def test_counterexamples_are_not(row: BodyWord, example: str) -> None:
    assert not tells(row, example)


def test_all_uses_are_known() -> None:
    assert {use for row in ROWS for use in row.uses} == TELLS.keys() | STANDING


def test_a_users_bodies_lie_over_ours(tmp_path: Path) -> None:
    assert not BODIES.body("柳坪石材协作网")
    (tmp_path / "bodies.toml").write_text(
        '[[body]]\nid = "unions"\nuses = ["body", "owner"]\nwritten = ["协作网"]\nexamples = ["柳坪协作网"]\n',
        encoding="utf-8",
    )
    own = Bodies(Rules(tmp_path).table(BodyWord))
    assert own.body("柳坪石材协作网")
    assert own.without_owner("柳坪协作网贷款余额", "柳坪协作网") == "贷款余额"
