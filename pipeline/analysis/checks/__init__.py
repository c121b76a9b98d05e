"""Whether the numbers of one report agree: parts and totals, shares, rates, growth, repeats, each with its arithmetic."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.analysis.checks.amounts import Amounts
from pipeline.analysis.checks.averages import Averages
from pipeline.analysis.checks.contrasts import Contrasts, Words
from pipeline.analysis.checks.growth import Growth
from pipeline.analysis.checks.parts import Parts
from pipeline.analysis.checks.rates import Rates
from pipeline.analysis.checks.shares import Shares
from pipeline.analysis.checks.values import Values
from pipeline.language.widths import as_printed
from pipeline.records import Check, Metric
from pipeline.rules import Rules
from pipeline.rules.schema import CheckWord, Contrast

__all__ = ["Checker"]


class Checker:
    """Holds the numbers of a report against each other; built once from the tables of contrasts and of words.

    A check is made only where the text leaves no doubt that its numbers belong together.
    """

    def __init__(self, rules: Rules) -> None:
        contrasts, words = Contrasts(rules.table(Contrast)), Words(rules.table(CheckWord))
        self._kinds = (
            Parts(contrasts, words),
            Shares(contrasts, words),
            Rates(),
            Averages(),
            Growth(words),
            Values(words),
        )

    def check(self, text: str, metrics: Sequence[Metric], place: str | None = None) -> tuple[Check, ...]:
        """Every check of a report on `place`, in order of its kinds and of the text."""
        amounts = Amounts(as_printed(text), metrics, place)
        return tuple(check for kind in self._kinds for check in kind.check(amounts))
