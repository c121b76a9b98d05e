"""The models of topic and role: measured and calibrated with documents left out, written with their cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.classification.features import Features
from pipeline.classification.labelled import AXES, Labelled, digest_of, read_labelled
from pipeline.classification.measures import Measures
from pipeline.classification.model import Model, load_model
from pipeline.classification.training import Segment, train, write_model
from pipeline.errors import ConfigError
from pipeline.gold.documents import Annotated
from pipeline.gold.documents import digest_of as gold_digest
from pipeline.kit import build_cleaner, load_rules, model_folder
from pipeline.outline import Outliner
from pipeline.records import Section
from pipeline.segmentation import Segmenter
from pipeline.training.lessons import Learnt, Lessons

NEAR = 3
"""Characters that a heading may be off, as in the score."""


def train_sections(lessons: Lessons, output: Path) -> tuple[Learnt, dict[str, Measures]]:
    """Write a model for each axis that the labels have into `output`; also give what each reaches on documents left out.

    `lessons.corpus` is a folder in the format of corpus/sections or a user's table (see `read_labelled`).
    """
    lessons.tell("reading the labelled sections")
    documents, rules = read_labelled(lessons.corpus), load_rules(lessons.config)
    features, segment = Features(rules), Segmenter(rules.words()).segment
    learnt_from: dict[str, object] = {
        "rows": sum(len(document.outline) for document in documents),
        "documents": len(documents),
        "corpus_sha256": digest_of(lessons.corpus),
        "script": lessons.script,
    }
    if lessons.gold:
        learnt_from |= {"corrected_documents": len(lessons.gold), "corrections_sha256": gold_digest(lessons.gold)}
    corrections, standing, lost, measured = 0, list[str](), list[str](), dict[str, Measures]()
    for axis in axes_of(documents):
        lessons.tell(f"{axis}: training, and measuring on documents left out")
        corrected = list(_corrected(lessons, axis, features, segment))
        corrections += sum(len(document.corrected) for document in corrected)
        model, measured[axis] = train(documents, axis, features, segment, corrected)
        write_model(model, measured[axis], output / axis, learnt_from)
        for document in corrected:
            for at in sorted(mistakes_of(document, axis, _said(document, model, features, segment))):
                right = "|".join(document.labels[axis][at])
                said = f"{document.name}: {document.outline[at].heading}: {axis} {right}"
                (standing if at in document.corrected else lost).append(said)
    return Learnt([output / axis for axis in measured], corrections, standing, lost), measured


def axes_of(documents: Sequence[Labelled]) -> list[str]:
    """The axes that documents are labelled for. Raises ConfigError where there is no document."""
    if not documents:
        raise ConfigError("There is no labelled document. Give at least one section a row.")
    return [axis for axis in AXES if axis in documents[0].labels]


def mistakes_of(document: Labelled, axis: str, said: Sequence[str]) -> set[int]:
    """The sections for which another label is right than is said."""
    return {at for at, right in enumerate(document.labels[axis]) if said[at] not in right}


def _corrected(lessons: Lessons, axis: str, features: Features, segment: Segment) -> Iterator[Labelled]:
    """The user's documents with the outline that a run finds, and the sections that the model so far labels otherwise.

    What the user's gold has no label for (text before the first heading) keeps the label that it has.
    """
    if not lessons.gold:
        return
    rules = load_rules(lessons.config)
    cleaner, outliner = build_cleaner(rules, lessons.config), Outliner(rules)
    model = load_model(model_folder(axis, lessons.config))
    for annotated in lessons.gold:
        if not any(heading[axis] for heading in annotated.gold.get("headings", [])):
            continue
        clean = cleaner.clean(annotated.text)
        outline = outliner.split(clean.text, ())
        starts = [clean.to_source(section.start, section.heading_end).start for section in outline]
        document = Labelled(annotated.name, clean.text, outline, {})
        said = _said(document, model, features, segment)
        right = [
            _right(annotated, axis, section, start) or (label,)
            for section, start, label in zip(outline, starts, said, strict=True)
        ]
        document = document._replace(labels={axis: tuple(right)})
        yield document._replace(corrected=frozenset(mistakes_of(document, axis, said)))


def _right(annotated: Annotated, axis: str, section: Section, start: int) -> tuple[str, ...]:
    """The labels that gold has for a section, best first."""
    if not section.heading:
        return ()
    near = (h for h in annotated.gold["headings"] if abs(h["start"] - start) <= NEAR)
    return tuple(next((h[axis] for h in near), ()))


def _said(document: Labelled, model: Model, features: Features, segment: Segment) -> list[str]:
    """The label that a model gives each section."""
    if not document.outline:
        return []
    rows = features.rows(document.outline, segment(document.text, document.outline))
    return [model.labels[best] for best in model.probabilities(rows).argmax(1)]
