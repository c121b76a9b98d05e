"""What a person sees and corrects: marked stretches of a source text with their fields, whatever the tool."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.records import Span

LAYERS = ("removals", "sections", "metrics")
"""What can be corrected; disguised words go with the removals."""
RESTORED, HEADING, METRIC = "restored", "heading", "metric"
LAYER_OF = {RESTORED: "removals", HEADING: "sections", METRIC: "metrics"}
"""The layer of a label that is no kind of removal."""
FIELDS: Mapping[str, tuple[str, ...]] = {
    RESTORED: ("after",),
    HEADING: ("level", "topic", "role"),
    METRIC: ("name", "subject", "value", "unit", "approx", "status", "change", "period", "part_of"),
}
"""The fields of each label; a kind of removal has none but ``optional``, which all have."""
SEVERAL = ("name", "subject", "topic", "role")
"""Fields that may hold several wordings or labels that are equally right, with ``|`` between them, the best first."""


class Mark(NamedTuple):
    """A stretch ``text[start:end]`` of a source text, its label, and its fields as people write them.

    ``label`` is a kind of removal, ``restored``, ``heading`` or ``metric``. ``before`` is some text that stands before
    the quote; ``end`` is None where only the quote is known. ``value`` is ``12`` or ``3..5``; ``part_of`` an ``id``.
    """

    id: str
    label: str
    quote: str
    start: int | None
    end: int | None
    fields: Mapping[str, str]
    before: str = ""
    score: float | None = None

    @property
    def layer(self) -> str:
        """What the mark is a correction of."""
        return LAYER_OF.get(self.label, "removals")

    @property
    def span(self) -> Span:
        """Where the mark is, once that is known."""
        assert self.start is not None
        assert self.end is not None
        return Span(self.start, self.end)


class Task(NamedTuple):
    """A document for people to check: its name, where it came from, its source text, and what is marked in it."""

    name: str
    source: str
    text: str
    layers: Sequence[str]
    marks: Sequence[Mark]


class Checked(NamedTuple):
    """A task as somebody gave it back."""

    task: Task
    by: str
