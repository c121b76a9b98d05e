from __future__ import annotations

import random
import re
import tomllib
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import ConfigError
from pipeline.kit import models_folder
from pipeline.metrics import Extractor
from pipeline.records import Facts, Metric, Section
from pipeline.rules import Rules
from pipeline.rules.schema import MetricCue, Unit
from pipeline.segmentation import Segmenter

FILES = [tomllib.loads(path.read_text("utf-8")) for path in sorted(Path(__file__).with_name("records").glob("*.toml"))]
CASES = [case for file in FILES for case in file["case"]]
RULES = Rules()
EXTRACTOR = Extractor.load(RULES, models_folder() / "metrics")


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(RULES.words())


def extract(
    segmenter: Segmenter,
    text: str,
    headings: list[str],
    year: int | None,
    report_type: str | None = None,
    place: str | None = None,
    admin_level: str | None = None,
    issuer: str | None = None,
    delivered: int | None = None,
) -> tuple[str, tuple[Metric, ...]]:
    """Metrics of a text below nested headings written ``level words``; the first is the title where it is of level 0."""
    whole, outline = "", []
    for at, heading in enumerate(headings):
        level, words = heading.split(" ", 1)
        above = next((s.section_id for s in reversed(outline) if s.level < int(level)), None)
        outline.append(Section(at, above, int(level), "", words, len(whole), len(whole) + len(words), 0, ""))
        whole += words + "\n"
    whole += text
    outline = [Section(**{**asdict(s), "end": len(whole)}) for s in outline] or [
        Section(0, None, 0, "", "", 0, 0, len(whole), "")
    ]
    sentences = segmenter.segment(whole, outline)
    title = outline[0].heading if outline[0].level == 0 else None
    facts = Facts(
        title,
        issuer,
        place,
        admin_level=admin_level,
        report_type=report_type,
        year_covered=year,
        year_delivered=delivered,
    )
    return whole, EXTRACTOR.extract(whole, outline, sentences, facts)


def stated(metric: Metric, field: str) -> Any:
    """A field of a record; "none" where it is empty."""
    value = getattr(metric, field)
    return "none" if value is None else value


def marked(case: dict[str, Any]) -> Any:
    """A case, expected to fail where it says so."""
    known = case.get("known_failure")
    return pytest.param(case, marks=pytest.mark.xfail(strict=True, reason=known) if known else ())


def test_all_that_files_hold_is_cases() -> None:
    assert {key for file in FILES for key in file} == {"case"}


@pytest.mark.parametrize("case", [marked(case) for case in CASES], ids=lambda c: c["text"][:16])
def test_cases(segmenter: Segmenter, case: dict[str, Any]) -> None:
    given = (case.get(key) for key in ("year", "type", "place", "level", "issuer", "delivered"))
    text, metrics = extract(segmenter, case["text"], case.get("headings", []), *given)
    said = []
    for metric, wanted in zip(metrics, case["records"], strict=False):
        values = {"quantity": text[metric.quantity.start : metric.quantity.end], "approx": metric.quantity.approx}
        values["value"] = f"{metric.quantity.value}{metric.quantity.unit}"
        said.append({key: values[key] if key in values else stated(metric, key) for key in wanted})
    assert said == case["records"]
    assert len(metrics) == len(case["records"])


@pytest.mark.parametrize(
    ("kind", "example"),
    [(r.kind, e) for r in RULES.table(MetricCue) for e in r.examples if r.kind in ("increase", "decrease")],
)
def test_a_word_of_change_makes_the_number_a_change(segmenter: Segmenter, kind: str, example: str) -> None:
    assert [m.change for m in extract(segmenter, example, [], None)[1]] == [kind]


_SAYS = {"more": "increase", "growth": "increase", "less": "decrease", "decline": "decrease"}


@pytest.mark.parametrize(
    ("kind", "example"), [(_SAYS[r.kind], e) for r in RULES.table(MetricCue) for e in r.examples if r.kind in _SAYS]
)
def test_a_verb_or_a_rate_of_change_makes_the_number_a_change(segmenter: Segmenter, kind: str, example: str) -> None:
    assert [m.change for m in extract(segmenter, example, [], None)[1]] == [kind]


@pytest.mark.parametrize(
    "text",
    [t for r in RULES.table(MetricCue) for t in r.counterexamples if r.kind in ("increase", "decrease", "growth")],
)
def test_a_level_reached_is_no_change(segmenter: Segmenter, text: str) -> None:
    assert [m.change for m in extract(segmenter, text, [], None)[1]] == ["level"]


@pytest.mark.parametrize("example", [e for r in RULES.table(MetricCue) for e in r.examples if r.kind == "modality"])
def test_a_modal_word_makes_a_plan(segmenter: Segmenter, example: str) -> None:
    assert {m.status for m in extract(segmenter, example, [], None)[1]} == {"planned"}


PLANS = {"modal_noun", "modal_verb", "modal_name", "modal_weak", "before_plan", "years_to_come"}


@pytest.mark.parametrize(
    ("text", "plans"),
    [
        (text, plans)
        for row in RULES.table(MetricCue)
        for texts, plans in ((row.examples, True), (row.counterexamples, False))
        for text in texts
        if row.kind in PLANS
    ],
)
def test_a_modal_word_plans_only_in_its_place(segmenter: Segmenter, text: str, plans: bool) -> None:
    assert {m.modality is not None for m in extract(segmenter, text, [], None)[1]} == {plans}


@pytest.mark.parametrize(
    ("change", "example"),
    [
        ({"adds": "increase", "takes": "decrease"}[r.kind], e)
        for r in RULES.table(MetricCue)
        for e in r.examples
        if r.kind in ("adds", "takes")
    ],
)
def test_a_verb_makes_all_numbers_of_its_list_a_change(segmenter: Segmenter, change: str, example: str) -> None:
    changes = [m.change for m in extract(segmenter, example, [], None)[1]]
    assert changes == [change] * len(changes)
    assert len(changes) > 1


@pytest.mark.parametrize(
    ("text", "deals"),
    [
        (text, deals)
        for row in RULES.table(MetricCue)
        for texts, deals in ((row.examples, True), (row.counterexamples, False))
        for text in texts
        if row.kind == "one_by_one"
    ],
)
def test_one_by_one_deals_names_out(segmenter: Segmenter, text: str, deals: bool) -> None:
    names = [m.name for m in extract(segmenter, text, [], None)[1]]
    assert (len(set(names)) == len(names)) == deals


@pytest.mark.parametrize("example", [e for r in RULES.table(MetricCue) for e in r.examples if "|" in e])
def test_a_name_stands_between_bars(segmenter: Segmenter, example: str) -> None:
    metrics = extract(segmenter, example.replace("|", ""), [], None)[1]
    assert [m.name for m in metrics] == example.split("|")[1::2]


def test_a_users_cue_works_as_ours(tmp_path: Path, segmenter: Segmenter) -> None:
    said = "茶园、果园补助次第为42万元、17万元。"
    assert [m.name for m in extract(segmenter, said, [], None)[1]] != ["茶园补助", "果园补助"]
    (tmp_path / "metric_cues.toml").write_text(
        '[[cue]]\nid = "dealt"\nkind = "one_by_one"\nwritten = ["次第"]\n', encoding="utf-8"
    )
    own = Extractor.load(Rules(tmp_path), models_folder() / "metrics")
    outline = [Section(0, None, 0, "", "", 0, 0, len(said), "")]
    metrics = own.extract(said, outline, segmenter.segment(said, outline), Facts())
    assert [m.name for m in metrics] == ["茶园补助", "果园补助"]


@pytest.mark.parametrize("unit", [unit for unit in RULES.table(Unit) if unit.counts], ids=lambda unit: unit.id)
def test_a_unit_alone_tells_what_is_counted(segmenter: Segmenter, unit: Unit) -> None:
    assert [m.name for m in extract(segmenter, f"现有12{unit.written[0]}。", [], None)[1]] == [unit.counts]


@pytest.mark.parametrize("seed", range(4))
def test_clauses_in_any_order_are_read(segmenter: Segmenter, seed: int) -> None:
    chance, own = random.Random(seed), Path(__file__).parent.parent.parent / "corpus" / "names" / "texts"
    clauses = [c for path in sorted(own.iterdir()) for c in re.findall(r".+?[。；，\n]", path.read_text("utf-8"))]
    for _ in range(150):
        text, metrics = extract(segmenter, "".join(chance.choices(clauses, k=40)), [], 2020)
        assert len(metrics) > 4
        assert all(text[m.quantity.start : m.quantity.end] for m in metrics)


def test_a_model_of_another_version_is_refused(tmp_path: Path) -> None:
    from skops.io import dump, load

    estimators = load(models_folder() / "metrics" / "model.skops", trusted=[])
    estimators["names"].coef_ = estimators["names"].coef_[:, ::2]
    dump(estimators, tmp_path / "model.skops")
    with pytest.raises(ConfigError, match="another version"):
        Extractor.load(RULES, tmp_path)
