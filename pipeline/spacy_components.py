"""The door to spaCy: a tokenizer and three components that put our records on a Doc.

``pipeline.load()`` gives a Language with all of them. Each is also reachable by its name in a pipeline of your own:
``nlp.add_pipe("report_outline")``, ``"report_metrics"``, ``"report_labels"``. They work over any tokenizer; over ours
the words are those of the dataset. ``doc.text`` is the text it was given: clean it first.

What a Doc carries is plain data, typed by `SectionData`, `MetricData` and `ReportData`, so that it survives worker processes and
``DocBin(store_user_data=True)``. ``span._.section`` and ``span._.metric`` lead from the spans of ``doc.spans`` to it.
Over our tokenizer ``doc.sents`` are the sentences of the dataset.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NotRequired, TypedDict

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import registry
from spacy.vocab import Vocab

from pipeline.config import load_config
from pipeline.kit import Kit, build_kit
from pipeline.language.sentences import split_sentences
from pipeline.language.surrogates import whole
from pipeline.language.traditional import Script, as_simplified, simplify
from pipeline.records import Facts, Label, Metric, Section, Sentence, Sentences


class SectionData(TypedDict):
    """A member of ``doc._.sections``: the columns of the table ``sections``, offsets into ``doc.text``.

    The labels are there once the component ``report_labels`` has run.
    """

    section_id: int
    parent_id: int | None
    level: int
    number: str
    heading: str
    start: int
    heading_end: int
    end: int
    path: str
    rule: str
    topic: NotRequired[str]
    topic_score: NotRequired[float]
    role: NotRequired[str]
    role_score: NotRequired[float]


class MetricData(TypedDict):
    """A member of ``doc._.metrics``: the columns of the table ``metrics``, dates in ISO form."""

    metric_id: int
    section_id: int
    sentence_id: int
    name: str
    subject: str | None
    indicator: str | None
    quantity: str
    start: int
    end: int
    value: float | None
    value_min: float | None
    value_max: float | None
    unit: str
    approx: str
    masked: bool
    unit_canonical: str
    status: str
    change: str
    change_basis: str | None
    modality: str | None
    period: str | None
    period_start: str | None
    period_end: str | None
    base_value: float | None
    base_unit: str | None
    dimension: str | None
    part_of: int | None
    rule: str
    confidence: float


class ReportData(TypedDict):
    """``doc._.report``: what a report says of itself, as in the table ``documents``; None where it says nothing.

    A text alone does not say what a page or a table has beside it (a title that stands in a column, a day of
    publication).
    """

    title: str | None
    issuer: str | None
    place: str | None
    place_code: str | None
    county_code: str | None
    admin_level: str | None
    report_type: str | None
    year_covered: int | None
    year_delivered: int | None


SECTION = tuple(Section.__slots__)

for name in ("sections", "metrics", "report"):
    if not Doc.has_extension(name):
        Doc.set_extension(name, default=None)
if not Span.has_extension("section"):
    Span.set_extension("section", getter=lambda span: span.doc._.sections[span.id])
    Span.set_extension("metric", getter=lambda span: span.doc._.metrics[span.id])


@lru_cache(maxsize=1)
def shared_kit() -> Kit:
    """The kit of our defaults, shared by the tokenizer and the components of a process."""
    return build_kit(load_config())


class Stateless:
    """What spaCy asks of a part that has nothing of its own to store: our knowledge comes with the package."""

    def to_disk(self, path: Path, exclude: Iterable[str] = ()) -> None:
        """Write nothing."""

    def from_disk(self, path: Path, exclude: Iterable[str] = ()) -> Any:
        """Read nothing."""
        return self

    def to_bytes(self, exclude: Iterable[str] = ()) -> bytes:
        """Give no bytes."""
        return b""

    def from_bytes(self, data: bytes, exclude: Iterable[str] = ()) -> Any:
        """Take no bytes."""
        return self


class ReportTokenizer(Stateless):
    """Words by jieba with our dictionary, cut within the sentences of the report as the dataset has them."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Cut `text` into words; the Doc carries the outline that decided where sentences end."""
        if whole(text) != text:  # which spaCy cannot store
            raise ValueError("The text holds half of a surrogate pair. Give it to pipeline.clean first.")
        kit = shared_kit()
        simple = as_simplified(text)
        script = Script(text, simple)
        outline = kit.outliner.split(simple)
        words: list[str] = []
        tags: list[str] = []
        starts: list[bool | int | None] = []
        at = 0
        for sentence in script.sentences(kit.segmenter.segment(simple, outline)):
            if sentence.start > at:
                words.append(text[at : sentence.start])
                tags.append("x")
                starts.append(not at)
            words += sentence.words
            tags += sentence.tags
            starts += [bool(at or not sentence.start), *[False] * (len(sentence.words) - 1)]
            at = sentence.end
        if at < len(text):
            words.append(text[at:])
            tags.append("x")
            starts.append(not at)
        doc = Doc(self.vocab, words, spaces=[False] * len(words), tags=tags, sent_starts=starts)
        doc._.sections = [as_data(script.section(section)) for section in outline]
        return doc


class ReportOutline(Stateless):
    """Finds the sections: ``doc.spans["sections"]`` and ``doc._.sections``."""

    def __call__(self, doc: Doc) -> Doc:
        """Put the sections on `doc`."""
        doc.spans["sections"] = [
            widened(doc, s.start, s.end, label="section", kb_id=s.heading, span_id=s.section_id)
            for s in outline_of(doc)
            if s.end > s.start
        ]
        return doc


class ReportMetrics(Stateless):
    """Finds the metrics: ``doc.spans["metrics"]``, widened to whole words, and ``doc._.metrics``, exact.

    What the report says of itself, on which names and periods rest, is ``doc._.report``.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Put the metrics and the facts on `doc`."""
        kit = shared_kit()
        text = doc.text
        simple, outline, script = read_simply(doc, text)
        facts = kit.describer.describe(simple, outline)
        found = kit.extractor.extract(simple, outline, sentences_of(doc, simple, outline, kit), facts)
        metrics = [*map(script.metric, found)]
        doc._.report = as_data(script.facts(facts))
        doc._.metrics = [metric_data(metric, text) for metric in metrics]
        doc.spans["metrics"] = [
            widened(doc, m.quantity.start, m.quantity.end, label=m.status, kb_id=m.name, span_id=m.metric_id)
            for m in metrics
        ]
        return doc


class ReportLabels(Stateless):
    """Labels the sections: the spans of ``doc.spans["sections"]`` take the topic, ``doc._.sections`` topic and role."""

    def __call__(self, doc: Doc) -> Doc:
        """Put the labels on the sections of `doc`."""
        kit = shared_kit()
        simple, read, _ = read_simply(doc, doc.text)
        labels = kit.labeller.label(simple, read, sentences_of(doc, simple, read, kit))
        outline = outline_of(doc)
        doc._.sections = [as_data(s) | as_data(label) for s, label in zip(outline, labels, strict=True)]
        doc.spans["sections"] = [
            widened(doc, s.start, s.end, label=label.topic, kb_id=s.heading, span_id=s.section_id)
            for s, label in zip(outline, labels, strict=True)
            if s.end > s.start
        ]
        return doc


def outline_of(doc: Doc) -> tuple[Section, ...]:
    """The outline of a Doc, read once: by our tokenizer, or by the first component that asks."""
    if doc._.sections is None:
        simple = as_simplified(text := doc.text)
        script = Script(text, simple)
        doc._.sections = [as_data(script.section(section)) for section in shared_kit().outliner.split(simple)]
    return tuple(Section(*(section[name] for name in SECTION)) for section in doc._.sections)


def read_simply(doc: Doc, text: str) -> tuple[str, tuple[Section, ...], Script]:
    """The text of a Doc and its outline in simplified characters, and what tells of them in its own."""
    simple, outline = as_simplified(text), outline_of(doc)
    if simple is not text:
        outline = tuple(replace(s, heading=simplify(s.heading), path=simplify(s.path)) for s in outline)
    return simple, outline, Script(text, simple)


def drawing(doc: Doc) -> dict[str, Any]:
    """What ``displacy.render(drawing(doc), style="ent", manual=True)`` draws: headings by topic, metrics by name.

    ``style="span", options={"spans_key": "metrics"}`` draws a Doc itself, in whole words.
    """
    headings = [
        {"start": s["start"], "end": s["heading_end"], "label": s.get("topic", "section")}
        for s in doc._.sections or ()
        if s["heading_end"] > s["start"]
    ]
    metrics = [{"start": m["start"], "end": m["end"], "label": m["name"]} for m in doc._.metrics or ()]
    entities: list[dict[str, Any]] = []
    for entity in sorted(headings + metrics, key=lambda entity: (entity["start"], -entity["end"])):
        if not entities or entity["start"] >= entities[-1]["end"]:  # a number in a heading is drawn as heading
            entities.append(entity)
    return {"text": doc.text, "ents": entities, "title": None}


def sentences_of(doc: Doc, text: str, outline: tuple[Section, ...], kit: Kit) -> Sentences:
    """The sentences of a Doc with its own words, tags by our dictionary where the Doc has none.

    `text` is ``doc.text``, or that in simplified characters.
    """
    sentences: list[Sentence] = []
    tokens = [(t.idx, t.text, t.tag_ or kit.segmenter.tag(text[t.idx : t.idx + len(t.text)])) for t in doc]
    at = 0
    for section_id, start, end in kit.segmenter.stretches(text, outline):
        for begin, stop in split_sentences(text, start, end):
            words, tags = [], []
            while at < len(tokens) and tokens[at][0] + len(tokens[at][1]) <= begin:
                at += 1
            on, reached = at, begin
            while on < len(tokens) and tokens[on][0] < stop:
                first, last = max(tokens[on][0], begin), min(tokens[on][0] + len(tokens[on][1]), stop)
                if first > reached:  # a blank that spaCy keeps beside the word before it
                    words.append(text[reached:first])
                    tags.append("x")
                words.append(text[first:last])
                tags.append(tokens[on][2])
                reached = last
                on += 1
            sentences.append(Sentence(section_id, len(sentences), begin, stop, tuple(words), tuple(tags)))
    return kit.segmenter.numbered(sentences)


def widened(doc: Doc, start: int, end: int, **marks: str | int) -> Span:
    """The span of whole words around ``doc.text[start:end]``."""
    span = doc.char_span(start, end, **marks, alignment_mode="expand")  # type: ignore[arg-type]
    assert span is not None  # a stretch of characters lies within some words
    return span


def as_data(record: Section | Label | Facts) -> dict[str, Any]:
    """A record as plain data."""
    return {name: getattr(record, name) for name in record.__slots__}


def metric_data(metric: Metric, text: str) -> dict[str, Any]:
    """A metric as plain data: the columns of the table ``metrics``, dates in ISO form."""
    quantity = metric.quantity
    data = {name: getattr(metric, name) for name in metric._fields if name != "quantity"}
    for name in ("period_start", "period_end"):
        data[name] = data[name].isoformat() if data[name] else None
    for name in ("start", "end", "value", "value_min", "value_max", "unit", "approx", "masked"):
        data[name] = getattr(quantity, name)
    return data | {"quantity": text[quantity.start : quantity.end]}


def create_tokenizer() -> Any:
    """The tokenizer as spaCy's config names it: ``report_pipeline.Tokenizer.v1``."""

    def create(nlp: Language) -> ReportTokenizer:
        return ReportTokenizer(nlp.vocab)

    return create


@Language.factory("report_outline", assigns=["doc._.sections"])
def report_outline(nlp: Language, name: str) -> ReportOutline:
    """Sections by the outline's own headings."""
    return ReportOutline()


@Language.factory("report_metrics", assigns=["doc._.metrics"])
def report_metrics(nlp: Language, name: str) -> ReportMetrics:
    """Named quantities."""
    return ReportMetrics()


@Language.factory("report_labels", requires=["doc._.sections"], assigns=["doc._.sections"])
def report_labels(nlp: Language, name: str) -> ReportLabels:
    """Topic and role of the sections."""
    return ReportLabels()


def load() -> Language:
    """A spaCy Language for Chinese with our tokenizer and components."""
    if "report_pipeline.Tokenizer.v1" not in registry.tokenizers:
        registry.tokenizers.register("report_pipeline.Tokenizer.v1", func=create_tokenizer)
    config = {"nlp": {"tokenizer": {"@tokenizers": "report_pipeline.Tokenizer.v1"}}}
    nlp = spacy.blank("zh", config=config)
    for component in ("report_outline", "report_metrics", "report_labels"):
        nlp.add_pipe(component)
    return nlp
