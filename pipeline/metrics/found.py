"""What is known of a number while the numbers of a page are named one after the other."""

from __future__ import annotations

from pipeline.records import Change, Quantity


class Found:
    """What is known so far of one quantity."""

    __slots__ = (
        "base", "change", "items", "least", "left", "margin", "name", "plain", "quantity", "rule", "score", "stem", "unit", "verb",
    )  # fmt: skip

    def __init__(self, quantity: Quantity, left: int, unit: str, change: Change | None) -> None:
        self.quantity = quantity
        self.left = left  # where its clause begins
        self.unit = unit  # class of the unit
        self.change = change
        self.name = self.rule = ""
        self.plain = ""  # the name without what it is measured against, for the numbers that follow
        self.score = 0.0  # how good the name is
        self.margin = 0.0  # how far it is ahead of the next best
        self.least = 0.0  # the smallest margin among the names that it was carried on from
        self.items: list[str] | None = None  # of a 分别 list, for the numbers that follow
        self.verb = ""  # that the name begins with, for an ellipsis
        self.stem = ""  # the name without its last word, for another
        self.base = ""  # what the name adds to, which its siblings add to as well

    def counts_cases(self) -> bool:
        """Whether a count of heads that follows at once may be of the same: 贫困户64户、|221人."""
        return self.rule != "unit" and len(self.name) > 1 and self.name[0] not in "剩余"
