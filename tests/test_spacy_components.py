from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import DocBin

import pipeline

TEXT = "2023年某镇工作总结\n一、主要工作\n全镇新建卫生室14所，受理信访8件，其中2件为重复件。\n二、下一步打算\n计划硬化道路3.5公里。\n"


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline.load()


def test_a_doc_carries_sections_metrics_and_labels(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert doc.text == TEXT
    assert [span.kb_id_ for span in doc.spans["sections"]][-2:] == ["一、主要工作", "二、下一步打算"]
    assert [(m["quantity"], m["name"], m["value"]) for m in doc._.metrics] == [
        ("14所", "新建卫生室", 14.0),
        ("8件", "受理信访", 8.0),
        ("2件", "重复件", 2.0),
        ("3.5公里", "硬化道路", 3.5),
    ]
    assert [TEXT[m["start"] : m["end"]] for m in doc._.metrics] == [m["quantity"] for m in doc._.metrics]
    assert all(
        metric["quantity"] in span.text for metric, span in zip(doc._.metrics, doc.spans["metrics"], strict=True)
    )
    assert {"topic", "role"} <= doc._.sections[-1].keys()


def test_words_are_those_of_the_dataset(nlp: Language) -> None:
    from pipeline.config import load_config
    from pipeline.kit import build_kit

    kit = build_kit(load_config())
    words = [w for s in kit.segmenter.segment(TEXT, kit.outliner.split(TEXT)) for w in s.words]
    assert [t.text for t in nlp(TEXT) if not t.is_space] == words


def test_components_work_over_another_tokenizer_by_entry_point() -> None:
    nlp = spacy.blank("zh")
    for name in ("report_outline", "report_metrics", "report_labels"):
        nlp.add_pipe(name)
    assert [m["quantity"] for m in nlp(TEXT)._.metrics] == ["14所", "8件", "2件", "3.5公里"]


def test_pipe_gives_what_one_by_one_gives(nlp: Language) -> None:
    texts = [TEXT, "", "空", TEXT * 2]
    assert [d._.metrics for d in nlp.pipe(texts)] == [nlp(t)._.metrics for t in texts]


def test_to_disk_and_back(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    assert spacy.load(tmp_path)(TEXT)._.metrics == nlp(TEXT)._.metrics


def test_docbin_round_trip(nlp: Language) -> None:
    doc = nlp(TEXT)
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    back = next(iter(DocBin(store_user_data=True).from_bytes(stored).get_docs(nlp.vocab)))
    assert list(back._.metrics) == doc._.metrics
    assert [(s.start, s.end, s.label_) for s in back.spans["sections"]] == [
        (s.start, s.end, s.label_) for s in doc.spans["sections"]
    ]
