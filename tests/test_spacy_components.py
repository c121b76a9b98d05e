from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import pipeline
from pipeline.config import load_config
from pipeline.kit import Kit, build_kit
from pipeline.outline import Outliner
from pipeline.spacy_components import MetricData, ReportData, SectionData, drawing

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


@pytest.fixture(scope="module")
def kit() -> Kit:
    return build_kit(load_config())


@pytest.mark.parametrize("text", [TEXT, "", "\n 一。\n\n二；三\n", "　\n"])
def test_words_and_sentences_are_those_of_the_dataset(nlp: Language, kit: Kit, text: str) -> None:
    sentences = kit.segmenter.segment(text, kit.outliner.split(text))
    doc = nlp(text)
    assert doc.text == text
    assert [t.text for t in doc if not t.is_space] == [w for s in sentences for w in s.words]
    assert [t.tag_ for t in doc if not t.is_space] == [tag for s in sentences for tag in s.tags]
    assert [s.text.strip() for s in doc.sents if s.text.strip()] == [text[s.start : s.end] for s in sentences]


def test_a_doc_carries_what_the_report_says_of_itself(nlp: Language, kit: Kit) -> None:
    text = "柳塘县畜牧站2018年工作总结\n一、主要工作\n全县出栏生猪12.6万头。\n"
    doc = nlp(text)
    facts = kit.describer.describe(text, kit.outliner.split(text))
    assert doc._.report == {name: getattr(facts, name) for name in ReportData.__annotations__}
    assert (doc._.report["title"], doc._.report["place"], doc._.report["year_covered"]) == (text[:15], "柳塘县", 2018)
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    assert next(DocBin(store_user_data=True).from_bytes(stored).get_docs(nlp.vocab))._.report == doc._.report


def test_the_data_has_the_columns_of_its_type(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert all(metric.keys() == MetricData.__annotations__.keys() for metric in doc._.metrics)
    assert all(section.keys() == SectionData.__annotations__.keys() for section in doc._.sections)


def test_spans_lead_to_their_records(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert [span._.metric for span in doc.spans["metrics"]] == doc._.metrics
    assert [span._.section["heading"] for span in doc.spans["sections"]] == [s.kb_id_ for s in doc.spans["sections"]]


def test_a_text_is_outlined_once(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    split = Outliner.split
    monkeypatch.setattr(Outliner, "split", lambda self, text: calls.append(text) or split(self, text))
    nlp(TEXT)
    assert calls == [TEXT]


def test_components_work_over_another_tokenizer_by_entry_point() -> None:
    nlp = spacy.blank("zh")
    for name in ("report_outline", "report_metrics", "report_labels"):
        nlp.add_pipe(name)
    assert [m["quantity"] for m in nlp(TEXT)._.metrics] == ["14所", "8件", "2件", "3.5公里"]


def test_pipe_gives_what_one_by_one_gives(nlp: Language) -> None:
    texts = [TEXT, "", "空", TEXT * 2]
    assert [d._.metrics for d in nlp.pipe(texts)] == [nlp(t)._.metrics for t in texts]


def test_processes_give_what_one_gives(nlp: Language) -> None:
    texts = [TEXT, "", "空", TEXT * 2]
    docs = list(nlp.pipe(texts, n_process=2, batch_size=1))
    assert [doc.text for doc in docs] == texts
    assert [doc._.metrics for doc in docs] == [nlp(text)._.metrics for text in texts]
    assert [span._.section["path"] for span in docs[3].spans["sections"]]


def test_a_memory_zone_lets_go_of_the_words_of_its_texts(nlp: Language) -> None:
    with nlp.memory_zone():
        [doc] = nlp.pipe(["全镇新建卫生室61357所。"])
        assert [metric["value"] for metric in doc._.metrics] == [61357.0]
        assert "61357" in nlp.vocab.strings
    assert "61357" not in nlp.vocab.strings


def test_displacy_draws_exact_characters_and_whole_words(nlp: Language) -> None:
    doc = nlp(TEXT)
    entities = drawing(doc)["ents"]
    assert [TEXT[e["start"] : e["end"]] for e in entities][-3:] == ["2件", "二、下一步打算", "3.5公里"]
    assert all(a["end"] <= b["start"] for a, b in pairwise(entities))
    assert "硬化道路" in displacy.render(drawing(doc), style="ent", manual=True, jupyter=False)
    for key in ("sections", "metrics"):
        assert "span" in displacy.render(doc, style="span", options={"spans_key": key}, jupyter=False)


def test_to_disk_and_back(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    assert spacy.load(tmp_path)(TEXT)._.metrics == nlp(TEXT)._.metrics


def test_docbin_round_trip(nlp: Language) -> None:
    doc = nlp(TEXT)
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    back = next(iter(DocBin(store_user_data=True).from_bytes(stored).get_docs(nlp.vocab)))
    assert list(back._.metrics) == doc._.metrics
    assert [span._.metric for span in back.spans["metrics"]] == doc._.metrics
    assert [(s.start, s.end, s.label_) for s in back.spans["sections"]] == [
        (s.start, s.end, s.label_) for s in doc.spans["sections"]
    ]


class Counted(Doc):
    """A Doc that counts how often its text is asked for, which spaCy puts together anew each time."""

    asked = 0

    @property
    def text(self) -> str:
        Counted.asked += 1
        return super().text


def test_the_text_of_a_doc_is_put_together_a_few_times_whatever_its_length(nlp: Language) -> None:
    def asked(times: int) -> int:
        words = [word.text for word in nlp(TEXT * times)]
        doc = Counted(nlp.vocab, words, [False] * len(words))
        Counted.asked = 0
        for component in ("report_outline", "report_metrics", "report_labels"):
            nlp.get_pipe(component)(doc)
        assert len(doc._.metrics) == 4 * times
        return Counted.asked

    assert asked(20) == asked(1) < 20


def test_half_a_surrogate_pair_is_refused_with_what_to_do(nlp: Language) -> None:
    cut = "全镇新修公路3公里\ud83d。"
    with pytest.raises(ValueError, match=r"half of a surrogate pair. Give it to pipeline\.clean"):
        nlp(cut)
    assert nlp(pipeline.clean(cut).text).text == "全镇新修公路3公里\ufffd。"
