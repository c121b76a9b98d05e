"""Turn archives of Chinese work reports into structured, citable data.

    >>> import pipeline
    >>> clean = pipeline.clean("全镇D员##paidend##430名。")
    >>> clean.text
    '全镇党员430名。'
    >>> [quantity.value for quantity in pipeline.find_quantities("年产40万套，同比增长百分之五点二")]
    [400000.0, 5.2]

The command is ``report-pipeline``; `process` gives the same records in Python, `load` a spaCy Language.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.records import (
    CleanText,
    Edit,
    Facts,
    Failure,
    Label,
    Metric,
    Quantity,
    RawText,
    Removal,
    Report,
    Restoration,
    Section,
    Sentence,
    Source,
    Span,
)

if TYPE_CHECKING:
    from spacy.language import Language

    from pipeline.cleaning import Cleaner
    from pipeline.config import Config
    from pipeline.metrics import Recogniser

__all__ = [
    "CleanText",
    "Edit",
    "Facts",
    "Failure",
    "Label",
    "Metric",
    "Quantity",
    "RawText",
    "Removal",
    "Report",
    "Restoration",
    "Section",
    "Sentence",
    "Source",
    "Span",
    "clean",
    "find_quantities",
    "load",
    "process",
]


def clean(source_text: str) -> CleanText:
    """Take out what the site put in and put right what it disguised; the result knows the way back.

    ``.text``, ``.removals``, ``.restorations``, ``.to_source(start, end)``. Half a surrogate pair, which no file can
    hold, is U+FFFD in ``.source``. Raises TypeError for what is no str.
    """
    from pipeline.language.surrogates import whole

    _check_text(source_text)
    return _cleaner().clean(whole(source_text))


def find_quantities(text: str) -> list[Quantity]:
    """Every number expression of `text` with its value, unit and bounds; offsets are into `text`.

    Raises TypeError for what is no str.
    """
    _check_text(text)
    return _recogniser().find(text)


def load() -> Language:
    """A spaCy Language over clean text: words by jieba, sections, metrics and labels."""
    from pipeline import spacy_components

    return spacy_components.load()


def _warn(failure: Failure) -> None:
    if failure.stage != "skipped":
        warnings.warn(f"{failure.source}: {failure.message}", stacklevel=2)


def process(
    inputs: str | Path | Iterable[str | Path],
    config: Config | None = None,
    on_failure: Callable[[Failure], None] = _warn,
) -> Iterator[Report]:
    """One report a document of files, folders, archives or patterns, as ``report-pipeline run`` writes them.

    Entries that become no document are told to `on_failure`, which warns of those that may be texts. Raises UsageError
    where an input is not there, TypeError for what is no path.
    """
    from pipeline.batch.inventory import find_roots
    from pipeline.batch.reports import reports
    from pipeline.config import load_config

    given = [inputs] if isinstance(inputs, str | Path) or not isinstance(inputs, Iterable) else list(inputs)
    for path in given:
        if not isinstance(path, str | PathLike):
            raise TypeError(
                f"An input is a path, not {type(path).__name__}. Name files, folders, archives or patterns."
            )
    return reports(find_roots(map(str, given)), config or load_config(), on_failure)


def _check_text(text: object) -> None:
    if not isinstance(text, str):
        raise TypeError(f"A text is a str, not {type(text).__name__}. Files are read with pipeline.process.")


@cache
def _cleaner() -> Cleaner:
    from pipeline.config import load_config
    from pipeline.kit import build_cleaner, load_rules

    config = load_config()
    return build_cleaner(load_rules(config), config)


@cache
def _recogniser() -> Recogniser:
    from pipeline.metrics import Recogniser
    from pipeline.rules import Rules

    return Recogniser(Rules())
