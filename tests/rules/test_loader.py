from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import RulesError
from pipeline.rules import Rules
from pipeline.rules.own import check_own
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
    assert Rules(tmp_path).replaced() == {}


def test_rows_that_stand_in_place_of_ours_are_named(tmp_path: Path) -> None:
    known = Rules().table(Unit)[0]
    (tmp_path / "units.toml").write_text(
        f'[[unit]]\nid = "{known.id}"\nwritten = ["箩斗"]\ndimension = "volume"\n'
        '[[unit]]\nid = "dou"\nwritten = ["斗箩"]\ndimension = "volume"\n',
        encoding="utf-8",
    )
    assert Rules(tmp_path).replaced() == {"units.toml": (known.id,)}
    assert Rules().replaced() == {}


@pytest.mark.parametrize("name", ["words.txt", "stop_words.txt"])
def test_lists_of_words_are_read_in_utf_8_and_refused_in_other_codes(tmp_path: Path, name: str) -> None:
    def read() -> tuple[str, ...]:
        return Rules(tmp_path).words() if name == "words.txt" else Rules(tmp_path).stop_words()

    (tmp_path / name).write_text("青石镇\n", encoding="utf-8-sig")
    assert read()[-1] == "青石镇"
    (tmp_path / name).write_bytes("青石镇\n".encode("gbk"))
    with pytest.raises(RulesError, match=rf"{name} is not in UTF-8.*Save it as UTF-8"):
        read()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[phrase]]\nid = "a"\nwriten = ["甲"]', "unknown key writen"),
        ("[[phrase]]\nwritten = ['甲']", "id is missing"),
        ('[[phrase]]\nid = "a"\nwritten = "甲"', 'no list of texts. Write it in brackets: written = ."甲".'),
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


def test_our_own_rows_hold_to_what_a_users_must() -> None:
    for name, row_type in TABLES.items():
        rows = Rules().table(row_type)
        check_own(rows, rows, Rules(), f"{name}.toml")


UNIT = '[[unit]]\nid = "luo"\nwritten = ["箩"]\n'
INDICATOR = '[[indicator]]\nid = "spring_tea"\nwritten = ["春茶产量"]\n'


@pytest.mark.parametrize(
    ("table", "text", "message"),
    [
        ("units", UNIT + 'dimension = "mass"\nbase = "千克"\nfactor = 12.5', 'no text. .*: factor = "12.5"'),
        ("units", UNIT + 'dimension = "mass"\nbase = "千克"\nfactor = "12,5"', "luo: factor '12,5' is no number"),
        ("units", UNIT + 'dimension = "mass"\nbase = "千克"\nfactor = "abc"', "luo: factor 'abc' is no number"),
        ("units", UNIT + 'dimension = "mass"\nbase = "千克"\nfactor = "1/2"', "luo: factor '1/2' is no number"),
        ("units", UNIT + 'dimension = "mass"\nbase = "千克"\nfactor = "NaN"', "luo: factor 'NaN' is no number"),
        ("units", UNIT + 'dimension = "mass"\nbase = "千克"\nfactor = "-2"', "luo: factor '-2' is no number"),
        ("units", UNIT + 'dimension = "mass"\nbase = "千克"', "both base and factor, or neither"),
        ("units", UNIT + 'dimension = "mass"\nbase = "nosuch"\nfactor = "2"', 'Write base = "千克" and the factor'),
        ("units", UNIT + 'dimension = "mass"\nbase = "克"\nfactor = "12500"', 'Write base = "千克" and the factor'),
        ("units", UNIT + 'dimension = "count"\nbase = "个"\nfactor = "12"', "Leave base and factor out"),
        ("units", UNIT + 'dimension = "mas"', "there is no dimension 'mas'. Write one like mass"),
        ("units", UNIT + 'dimension = "mas"\nbase = "千克"\nfactor = "12.5"', "there is no dimension 'mas'"),
        ("units", UNIT + 'dimension = "count"\nrole = "week"', "there is no role 'week'. Write one like weak"),
        ("units", '[[unit]]\nid = "luo"\nwritten = []\ndimension = "count"', "written is empty"),
        ("units", '[[unit]]\nid = "luo"\nwritten = ["箩", ""]\ndimension = "count"', "written is empty"),
        ("units", '[[foo]]\nid = "luo"\nwritten = ["箩"]\ndimension = "count"', r"no \[\[foo\]\]. Write \[\[unit\]\]"),
        ("indicators", INDICATOR + 'dimension = "mass"\ntopic = "argiculture"', "spring_tea: .* like agriculture"),
        (
            "indicators",
            INDICATOR + 'dimension = "mas"\ntopic = "agriculture"',
            "no dimension 'mas'. Write one like mass",
        ),
        ("bodies", '[[body]]\nid = "a"\nuses = ["dooer"]\nwritten = ["甲"]', "no uses 'dooer'. Write one like doer"),
        ("headings", '[[style]]\nid = "a"\nkind = "mark"\npattern = "("', "the pattern of rule a cannot be compiled"),
        ("headings", '[[style]]\nid = "a"\nkind = "marc"\npattern = "甲"', "Write one like mark"),
        ("headings", '[[style]]\nid = "a"\nkind = "mark"\npattern = "甲"\nrank = "2"', "no whole number. .*: rank = 4"),
        (
            "report_types",
            '[[report_type]]\nid = "a"\nzh = "甲"\nen = "a"\nwritten = ["甲"]\ncovers = "pas"',
            "like past",
        ),
    ],
)
def test_a_users_row_that_none_can_mean_is_refused_as_it_is_read(
    tmp_path: Path, table: str, text: str, message: str
) -> None:
    (tmp_path / f"{table}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RulesError, match=message):
        Rules(tmp_path)


def test_a_dimension_of_ones_own_has_a_base_unit(tmp_path: Path) -> None:
    text = UNIT.replace("箩", "工分") + 'dimension = "work"\nbase = "工分"\nfactor = "1"\n'
    (tmp_path / "units.toml").write_text(
        f'{text}[[unit]]\nid = "day"\nwritten = ["个整劳力"]\ndimension = "work"\nbase = "工分"\nfactor = "10"\n'
        '[[unit]]\nid = "shift"\nwritten = ["茬活"]\ndimension = "work"\n',
        encoding="utf-8",
    )
    (tmp_path / "indicators.toml").write_text(
        INDICATOR + 'dimension = "work"\ntopic = "agriculture"\n', encoding="utf-8"
    )
    assert {row.id for row in Rules(tmp_path).table(Unit) if row.dimension == "work"} == {"luo", "day", "shift"}
