"""How well models of topic and role label what is labelled by hand."""

from __future__ import annotations

from pathlib import Path

from pipeline.classification.features import Features
from pipeline.classification.labelled import Labelled, read_labelled
from pipeline.classification.measures import Measures, measure
from pipeline.classification.model import Model, load_model
from pipeline.config import Config
from pipeline.errors import ConfigError
from pipeline.kit import load_rules, model_folder
from pipeline.segmentation import Segmenter
from pipeline.training.sections import axes_of


def evaluate_sections(labels: Path, config: Config) -> int:
    """Label the documents anew and print where the models agree.

    Raises ConfigError where a model's labels are not those of its card, or `labels` has some that the model lacks.
    """
    import numpy as np

    documents, rules = read_labelled(labels), load_rules(config)
    features, segment = Features(rules), Segmenter(rules.words()).segment
    for axis in axes_of(documents):
        model = load_model(model_folder(axis, config))
        _refuse_other_labels(model, documents, axis)
        rows = (features.rows(d.outline, segment(d.text, d.outline)) for d in documents)
        said = np.concatenate([model.probabilities(document) for document in rows])
        print(f"{axis}:")
        print_measures(measure(model.labels, said, [right for d in documents for right in d.labels[axis]]))
    return 0


def _refuse_other_labels(model: Model, documents: list[Labelled], axis: str) -> None:
    given = {label for document in documents for right in document.labels[axis] for label in right}
    if unknown := sorted(given - set(model.labels)):
        raise ConfigError(
            f"The model of {axis} knows no {', '.join(unknown)}. Train one on these labels, or mend them."
        )


def print_measures(measures: Measures) -> None:
    """Print what is right by label, over all, and which labels are taken for each other."""
    width = max(map(len, measures.labels))
    print(f"  {'label':{width}}  precision  recall  F1     sections")
    for label, precision, recall, f1, count in measures.by_label():
        print(f"  {label:{width}}  {precision:9.3f}  {recall:6.3f}  {f1:5.3f}  {count:8}")
    print("  " + ", ".join(f"{name.replace('_', ' ')} {value:.3f}" for name, value in measures.totals().items()))
    for label, others in measures.mistaken():
        print(f"  {label:{width}}  was taken for " + ", ".join(f"{other} ({count})" for other, count in others))
