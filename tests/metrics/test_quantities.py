from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import RulesError
from pipeline.metrics import Recogniser
from pipeline.records import Quantity
from pipeline.rules import Rules
from pipeline.rules.schema import Phrase, Unit

DIGITS = "零一二三四五六七八九"
CASES = tomllib.loads(Path(__file__).with_name("quantities.toml").read_text(encoding="utf-8"))
RULES = Rules()
RECOGNISER = Recogniser(RULES)


def spoken(n: int) -> str:
    """Write a number as a Chinese reader says it."""
    for size, sign in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if n >= size:
            rest = n % size
            gap = "零" if rest and rest < size // 10 else ""
            return spoken(n // size) + sign + gap + (spoken(rest) if rest else "")
    return DIGITS[n]


@pytest.mark.parametrize("case", CASES["in_the_wild"] + CASES["must_not_match"], ids=lambda c: c["text"][:20])
def test_cases(case: dict[str, object]) -> None:
    text = str(case["text"])
    said = [[text[q.start : q.end], value_of(q), q.unit, q.approx] for q in RECOGNISER.find(text)]
    assert said == case["expected"]


def value_of(quantity: Quantity) -> str:
    if quantity.masked:
        assert (quantity.value, quantity.value_min, quantity.value_max) == (None, None, None)
        return "masked"
    if quantity.value is not None:
        return f"{quantity.value:.15g}"
    return f"{quantity.value_min:.15g}..{quantity.value_max:.15g}"


@pytest.mark.parametrize(("row", "example"), [(row, e) for row in RULES.table(Unit) for e in row.examples])
def test_each_unit_is_read_in_its_examples(row: Unit, example: str) -> None:
    assert [(q.start, q.end, q.unit_id) for q in RECOGNISER.find(example)] == [(0, len(example), row.id)]


@pytest.mark.parametrize(("row", "text"), [(row, t) for row in RULES.table(Unit) for t in row.counterexamples])
def test_no_unit_is_read_in_its_counterexamples(row: Unit, text: str) -> None:
    assert row.id not in [q.unit_id for q in RECOGNISER.find(text)]


@pytest.mark.parametrize(("row", "text"), [(row, t) for row in RULES.table(Phrase) for t in row.examples])
def test_set_phrases_hold_no_quantity(row: Phrase, text: str) -> None:
    assert [text[q.start : q.end] for q in RECOGNISER.find(text)] == []


PIECES = st.sampled_from(
    [*"三万亿，余元—至近年第点（上半×X负+-·两块成《”“几𝟗\n\ud800", "百分之", "分之", "12", "3.5", "人次", "个百分点"]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_quantities_are_slices_in_order_and_apart_and_always_the_same(text: str) -> None:
    found = RECOGNISER.find(text)
    at = 0
    for q in found:
        assert at <= q.start < q.end <= len(text)
        at = q.end
    assert RECOGNISER.find(text) == found


FRAMES = st.sampled_from(
    ["约{}人", "{}万元", "增长{}%", "逾{}亩", "{}至9999999999吨", "由{}户增加到3户", "××万元、{}个"]
)


@given(st.integers(2, 10**7), FRAMES, st.sampled_from(["全县工作平稳。", "第三章\n", "“两山”理念，", "１２月底，"]))
def test_text_before_a_sentence_changes_no_value(n: int, frame: str, before: str) -> None:
    text = frame.format(n)
    alone = [(q.start + len(before), q.value, q.value_min, q.unit) for q in RECOGNISER.find(text)]
    assert [(q.start, q.value, q.value_min, q.unit) for q in RECOGNISER.find(before + text)] == alone
    assert alone


STYLES: dict[str, Callable[[int], str]] = {
    "plain": str,
    "commas": "{:,}".format,
    "blanks": lambda n: f"{n:,}".replace(",", " "),
    "full width": lambda n: str(n).translate({0x30 + i: 0xFF10 + i for i in range(10)}),
    "spoken": spoken,
    "financial": lambda n: spoken(n).translate(
        str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
    ),
    "ten thousands": lambda n: f"{n / 10**4:.4f}".rstrip("0").rstrip(".") + "万",
    "hundred millions": lambda n: f"{n / 10**8:.8f}".rstrip("0").rstrip(".") + "亿",
    "mixed": lambda n: f"{n // 10**4}万{n % 10**4 // 1000}千" if n >= 10**4 and n % 10**4 // 1000 else str(n),
}


@pytest.mark.parametrize("style", STYLES)
@given(n=st.integers(3, 10**9))
def test_an_amount_in_any_style_is_read_back(style: str, n: int) -> None:
    n = n // 1000 * 1000 if style == "mixed" else n
    written = STYLES[style](n) + "吨"
    assert [(q.start, q.end, q.value, q.unit) for q in RECOGNISER.find(written)] == [(0, len(written), n, "吨")]


@given(st.integers(1, 99), st.integers(0, 9))
def test_a_percentage_in_any_style_is_read_back(whole: int, tenth: int) -> None:
    said = spoken(whole) if whole >= 20 or whole < 10 else spoken(whole).removeprefix("一")
    point = f"点{DIGITS[tenth]}" if tenth else ""
    value = float(f"{whole}.{tenth}")
    for written in (f"{whole}.{tenth}%", f"{whole}．{tenth}％", f"百分之{said}{point}"):
        assert [(q.end, q.value, q.unit) for q in RECOGNISER.find(written)] == [(len(written), value, "%")]


@given(st.integers(1, 9), st.integers(2, 99))
def test_a_fraction_in_any_style_is_read_back(above: int, below: int) -> None:
    below += above
    for written in (f"{above}/{below}", f"{below}分之{above}", f"{spoken(below)}分之{spoken(above)}"):
        if spoken(below) not in ("百", "一百"):
            assert [(q.end, q.value) for q in RECOGNISER.find(written)] == [(len(written), above / below)]


HOSTILE = [
    "1", "万", "亿", "万亿", "一二三", "（", "（1", "“", "“三", "《", "《三", "1,234", "1，234", "1 234", "1 2 ", "3—", "3.", "3.\n",
    "百分之", "分之", "1/", "1:", "第", "×", "X.", "近 ", "负", "三至", "一千五六", "3元5角", "个半", "余", "0", "\ud800", "𝟗", "𝟗万",
    "一点", "1·", "年月日", "2023年", "１", "12\n", "元/元/", "-", "+1",
]  # fmt: skip


BESIDE = ("", "为", "约", "近", "第", "（", "－", "人民币", "数", "“", "同比+", "G")
BEHIND = (
    "",
    "，",
    "、0.8个和2个百分点",
    "以上",
    "左右",
    "/年",
    "（套）",
    "）",
    "百分点",
    "亿",
    "半",
    "次",
    "多",
    "2角",
    "大",
)


@pytest.mark.parametrize("last", BESIDE)
def test_what_is_read_at_once_is_what_a_closer_look_reads(last: str, monkeypatch: pytest.MonkeyPatch) -> None:
    signs = {written[0] for row in RULES.table(Unit) for written in row.written}
    texts = [f"共{last}{n}{sign}{b}" for n in ("3", "4.5万") for sign in sorted(signs) for b in BEHIND]
    at_once = [RECOGNISER.find(text) for text in texts]
    monkeypatch.setattr(Recogniser, "_at_once", lambda *_: None)
    assert at_once == [RECOGNISER.find(text) for text in texts]


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_text_is_read_to_its_end(unit: str) -> None:
    text = unit * (60_000 // len(unit)) + "。\n种粮大户37户"
    found = RECOGNISER.find(text)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert found[-1].value == 37


def test_a_users_faulty_phrase_is_refused_before_any_text_is_read(tmp_path: Path) -> None:
    (tmp_path / "phrases.toml").write_text('[[phrase]]\nid = "a"\npattern = "第("\nsigns = "第"', encoding="utf-8")
    with pytest.raises(RulesError, match="pattern of rule a cannot be compiled"):
        Recogniser(Rules(tmp_path))
