"""A report in traditional characters says what the same one says in simplified ones, in its own characters."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from pipeline.config import load_config
from pipeline.flow import process
from pipeline.kit import Kit, build_kit
from pipeline.language.traditional import TRADITIONAL, Script, as_simplified, simplify
from pipeline.records import Source

SAMPLES = sorted((Path(__file__).parent.parent / "corpus" / "samples").glob("*.txt"))[::7]
WRITTEN = str.maketrans({simplify(character): character for character in TRADITIONAL})


@pytest.fixture(scope="module")
def kit() -> Kit:
    return build_kit(load_config())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_what_is_told_is_the_same_in_both_scripts(kit: Kit, path: Path) -> None:
    simple = process(Source("a.txt", path.read_bytes()), kit)
    written = process(Source("a.txt", simple.text.translate(WRITTEN).encode()), kit)
    simple = process(Source("a.txt", simple.text.encode()), kit)
    assert written.text != simple.text
    assert as_simplified(written.text) == simple.text
    assert [s.words for s in written.sentences] == [
        tuple(word.translate(WRITTEN) for word in s.words) for s in simple.sentences
    ]
    script = Script(written.text, simple.text)
    assert written.outline == tuple(map(script.section, simple.outline))
    assert written.metrics == tuple(map(script.metric, simple.metrics))
    assert written.facts == script.facts(simple.facts)
    assert [(label.topic, label.role) for label in written.labels] == [
        (label.topic, label.role) for label in simple.labels
    ]
    for section in written.outline:
        assert section.heading in written.text[section.start : section.heading_end]
    for metric in written.metrics:
        assert metric.name == simplify(metric.name).translate(WRITTEN)


def test_a_word_in_the_other_script_does_not_change_how_a_text_is_read(kit: Kit) -> None:
    text = "青柳县2023年工作总结\n一、主要工作\n全县新建书屋3所，展出《邊城》等图书1200册。"
    report = process(Source("a.txt", text.encode()), kit)
    assert as_simplified(report.text) is report.text
    assert [metric.quantity.value for metric in report.metrics] == [3, 1200]


def test_spacy_reads_it_as_a_run_does(kit: Kit) -> None:
    text = "石橋鎮2023年工作總結\n一、主要工作\n全鎮實現財政總收入4348萬元，同比增長6.5%。新建農村公路12公里。\n二、明年計劃\n建設學校2所。\n"
    report = process(Source("a.txt", text.encode()), kit)
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "report_pipeline.Tokenizer.v1"}}})
    for part in ("report_outline", "report_metrics", "report_labels"):
        nlp.add_pipe(part)
    told = nlp(report.text)
    assert told.text == report.text
    assert [s["heading"] for s in told._.sections] == [s.heading for s in report.outline]
    assert [(m["name"], m["value"], m["status"], m["period"]) for m in told._.metrics] == [
        (m.name, m.quantity.value, m.status, m.period) for m in report.metrics
    ]
    assert [m.name for m in report.metrics][:2] == ["財政總收入"] * 2
    assert report.metrics[-1].status == "planned"
    assert told._.report["title"] == report.facts.title == "石橋鎮2023年工作總結"
