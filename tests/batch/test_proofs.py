from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.batch.inventory import find_roots
from pipeline.batch.reports import reports
from pipeline.batch.run import Order, run
from pipeline.config import Config, load_config
from pipeline.errors import RulesError

UNIT = '[[unit]]\nid = "tea_basket"\nwritten = ["箩", "茶箩"]\ndimension = "mass"\nbase = "千克"\nfactor = "12.5"\n'
ADVERT = '[[advert]]\nid = "tea_shop"\nscope = "line"\nwords = ["茶山驿"]\npattern = \'茶山驿·[^\\n。]{2,20}\'\n'
PHRASE = '[[phrase]]\nid = "tea_programme"\nwritten = ["三斤茶"]\n'
INDICATOR = '[[indicator]]\nid = "spring_tea"\nwritten = ["春茶产量"]\ndimension = "mass"\ntopic = "agriculture"\n'
STYLE = '[[style]]\nid = "leaf"\nkind = "mark"\nrank = 2\nrun_in = 20\npattern = \'第[一二三四五六]叶[　 ]\'\n'
MARKER = "[[marker]]\nid = \"leaf_tag\"\nkind = \"markup\"\nsigns = '〖'\npattern = '〖叶\\d+〗'\n"
DISGUISE = '[[disguise]]\nid = "tea_letter"\nwritten = ["cha"]\nmeaning = "茶"\nafter = ["叶"]\n'
TYPE = '[[report_type]]\nid = "tea_report"\nzh = "茶情"\nen = "Tea report"\nwritten = ["茶情通报"]\n'


def config_of(folder: Path, **tables: str) -> Config:
    (folder / "rows").mkdir()
    for name, text in tables.items():
        (folder / "rows" / f"{name}.toml").write_text(text, encoding="utf-8")
    return load_config(options={"rules.folder": str(folder / "rows")})


def test_rows_whose_examples_are_true_are_taken(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("梨花乡2023年茶情通报\n全乡采制春茶1260箩。\n", encoding="utf-8")
    config = config_of(
        tmp_path,
        units=UNIT + 'examples = ["1260箩", "3.5万茶箩"]\ncounterexamples = ["12箩筐"]\nnouns = ["箩筐"]\n',
        adverts=ADVERT + 'examples = ["茶山驿·每晚八点上新"]\ncounterexamples = ["全乡在茶山驿设立收购点3处。"]\n',
        phrases=PHRASE + 'examples = ["落实三斤茶制度"]\n',
        indicators=INDICATOR + 'examples = ["全乡春茶产量1260吨"]\ncounterexamples = ["全乡春茶销量1260吨"]\n',
        headings=STYLE + 'examples = ["第一叶　采茶"]\ncounterexamples = ["第一叶采于清明前。"]\n',
        markers=MARKER + 'examples = ["全乡〖叶12〗采茶"]\ncounterexamples = ["〖叶〗"]\n',
        disguises=DISGUISE + 'examples = ["cha叶 → 茶叶"]\ncounterexamples = ["chart叶"]\n',
        report_types=TYPE + 'examples = ["梨花乡2023年茶情通报"]\ncounterexamples = ["梨花乡2023年工作总结"]\n',
    )
    [report] = reports(find_roots([str(text)]), config, lambda failure: pytest.fail(failure.message))
    assert [metric.quantity.unit_id for metric in report.metrics] == ["tea_basket"]


@pytest.mark.parametrize(
    ("table", "text", "said"),
    [
        (
            "units",
            UNIT + 'examples = ["1260筐"]',
            r"units\.toml, tea_basket: the example '1260筐' is false, for 1260筐 is read in it",
        ),
        ("units", UNIT + 'examples = ["茶箩"]', "for nothing is read in it"),
        ("units", UNIT + 'counterexamples = ["12箩茶"]', "the counterexample '12箩茶' is false, for 12箩 is read"),
        ("adverts", ADVERT + 'examples = ["全乡在茶山驿设立收购点3处。"]', "for nothing of it is removed"),
        ("adverts", ADVERT + 'counterexamples = ["茶山驿·每晚八点"]', "for '茶山驿·每晚八点' is removed"),
        ("phrases", PHRASE + 'examples = ["每户三斤茶叶，另发五斤"]', "for 五斤 is read in it"),
        ("indicators", INDICATOR + 'examples = ["全乡生猪存栏1260头"]', "for .* is .*"),
        (
            "indicators",
            INDICATOR + 'examples = ["全乡春茶产量增加1260箱"]',
            "for 春茶产量 has the dimension count, and the row asks for mass",
        ),
        ("headings", STYLE + 'examples = ["第七叶　采茶"]', "for plain decides on it"),
        ("markers", MARKER + 'examples = ["全乡〖叶〗采茶"]', "for nothing of it is removed"),
        ("disguises", DISGUISE + 'examples = ["cha园 → 茶园"]', "for it becomes 'cha园'"),
        ("disguises", DISGUISE + 'examples = ["cha叶"]', "for it is written 'disguised → meant'"),
        (
            "report_types",
            TYPE + 'examples = ["梨花乡2023年工作总结"]',
            "for its type is (?!tea)",
        ),
    ],
)
def test_a_false_example_is_told_before_anything_is_written(tmp_path: Path, table: str, text: str, said: str) -> None:
    (tmp_path / "a.txt").write_text("全乡采制春茶1260箩。\n", encoding="utf-8")
    order = Order(
        inputs=(str(tmp_path / "a.txt"),), dataset=tmp_path / "ds", config=config_of(tmp_path, **{table: text})
    )
    with pytest.raises(RulesError, match=said):
        run(order)
    assert not order.dataset.exists()
