"""Models of topic and role: trained on labels given by hand, and measured on them."""

from __future__ import annotations

from pathlib import Path

from pipeline.classification.features import Features
from pipeline.classification.labelled import AXES, Labelled, digest_of, read_labelled
from pipeline.classification.measures import Measures, measure
from pipeline.classification.model import Model, load_model
from pipeline.config import Config
from pipeline.errors import ConfigError
from pipeline.kit import load_rules, models_folders
from pipeline.segmentation import Segmenter


def train_sections(labels: Path, output: Path, config: Config) -> int:
    """Train a model for each axis that `labels` has, and write it into `output`."""
    from pipeline.classification.training import train, write_model

    documents, rules = read_labelled(labels), load_rules(config)
    segment = Segmenter(rules.words()).segment
    learnt_from = {
        "rows": sum(len(document.outline) for document in documents),
        "documents": len(documents),
        "corpus_sha256": digest_of(labels),
        "script": "report-pipeline train sections",
    }
    for axis in _axes(documents):
        model, measures = train(documents, axis, Features(rules), segment)
        write_model(model, measures, output / axis, learnt_from)
        print(f"{axis}: written to {output / axis}; on documents left out:")
        _print(measures)
    return 0


def evaluate_sections(labels: Path, config: Config) -> int:
    """Label the documents anew and print where the models agree.

    Raises ConfigError where a model's labels are not those of its card, or `labels` has some that the model lacks.
    """
    import numpy as np

    documents, rules, folders = read_labelled(labels), load_rules(config), models_folders(config)
    features, segment = Features(rules), Segmenter(rules.words()).segment
    for axis in _axes(documents):
        model = load_model(next((f / axis for f in folders if (f / axis).is_dir()), folders[0] / axis))
        _refuse_other_labels(model, documents, axis)
        rows = (features.rows(d.outline, segment(d.text, d.outline)) for d in documents)
        said = np.concatenate([model.probabilities(document) for document in rows])
        print(f"{axis}:")
        _print(measure(model.labels, said, [right for d in documents for right in d.labels[axis]]))
    return 0


def _axes(documents: list[Labelled]) -> list[str]:
    if not documents:
        raise ConfigError("There is no labelled document. Give at least one section a row.")
    return [axis for axis in AXES if axis in documents[0].labels]


def _refuse_other_labels(model: Model, documents: list[Labelled], axis: str) -> None:
    given = {label for document in documents for right in document.labels[axis] for label in right}
    if unknown := sorted(given - set(model.labels)):
        raise ConfigError(
            f"The model of {axis} knows no {', '.join(unknown)}. Train one on these labels, or mend them."
        )


def _print(measures: Measures) -> None:
    width = max(map(len, measures.labels))
    print(f"  {'label':{width}}  precision  recall  F1     sections")
    for label, precision, recall, f1, count in measures.by_label():
        print(f"  {label:{width}}  {precision:9.3f}  {recall:6.3f}  {f1:5.3f}  {count:8}")
    print("  " + ", ".join(f"{name.replace('_', ' ')} {value:.3f}" for name, value in measures.totals().items()))
    print("  what is right (rows) and what was said (columns):")
    print(f"  {'':{width}}  " + " ".join(f"{number:>4}" for number in range(1, len(measures.labels) + 1)))
    for number, (label, row) in enumerate(zip(measures.labels, measures.confusion, strict=True), 1):
        print(f"  {label:{width}}  " + " ".join(f"{count:4}" for count in row) + f"   {number}")
