from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import RulesError
from pipeline.rules import Rules
from pipeline.rules.schema import TABLES, Phrase, Unit


@pytest.mark.parametrize("name", TABLES)
def test_our_tables_follow_their_schema(name: str) -> None:
    rows = Rules().table(TABLES[name])
    assert rows
    assert all(row.examples or name in ("topics", "roles") or getattr(row, "kind", "") for row in rows)


def test_there_are_units_enough() -> None:
    rows = Rules().table(Unit)
    assert len(rows) >= 150
    forms = [written for row in rows for written in row.written]
    assert len(forms) == len(set(forms))


def test_a_users_rows_lie_over_ours(tmp_path: Path) -> None:
    ours = {row.id: row for row in Rules().table(Unit)}
    gone = next(iter(ours))
    (tmp_path / "units.toml").write_text(
        f'disabled = ["{gone}"]\n[[unit]]\nid = "dou"\nwritten = ["箩斗"]\ndimension = "volume"\n', encoding="utf-8"
    )
    table = {row.id: row for row in Rules(tmp_path).table(Unit)}
    assert table["dou"].written == ("箩斗",)
    assert gone not in table
    assert len(table) == len(ours)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[phrase]]\nid = "a"\nwriten = ["甲"]', "unknown key writen"),
        ("[[phrase]]\nwritten = ['甲']", "id is missing"),
        ('[[phrase]]\nid = "a"\nwritten = "甲"', "written is a list of str"),
        ('[[phrase]]\nid = "a"\n[[phrase]]\nid = "a"', "two rows are called a"),
        ("[[phrase", "is not TOML"),
        ('disabled = ["no_such_row"]', "no row of ours is called"),
    ],
)
def test_a_faulty_table_is_refused_by_name(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "phrases.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RulesError, match=message):
        Rules(tmp_path).table(Phrase)


def test_an_unknown_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "unit.toml").write_text("", encoding="utf-8")
    with pytest.raises(RulesError, match="Known tables: "):
        Rules(tmp_path)
