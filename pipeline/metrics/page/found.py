"""What is known of a number while the numbers of a page are named one after the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from pipeline.records import Change, Quantity

ONWARD = ("carried", "prior", "topic")
"""How the rules of names begin that a number takes from what was said before."""
_DONE = frozenset(("到位", "完成", "完毕", "结束", "成功"))
"""What only says that something is done: 整改|到位97处，剩余7处."""


class Found:
    """What is known so far of one quantity."""

    __slots__ = (
        "base", "change", "items", "least", "left", "margin", "name", "place", "plain", "quantity", "rule", "score", "stem", "unit", "verb",
    )  # fmt: skip

    def __init__(self, quantity: Quantity, left: int, unit: str, change: Change | None) -> None:
        self.quantity = quantity
        self.left = left  # where its clause begins
        self.unit = unit  # class of the unit
        self.change = change
        self.name = self.rule = ""
        self.place: str | None = None  # that a list deals the number out to
        self.plain = ""  # the name without what it is measured against, for the numbers that follow
        self.score = 0.0  # how good the name is
        self.margin = 0.0  # how far it is ahead of the next best
        self.least = 0.0  # the smallest margin among the names that it was carried on from
        self.items: list[str] | None = None  # of a 分别 list, for the numbers that follow
        self.verb = ""  # that the name begins with, for an ellipsis
        self.stem = ""  # the name without its last word, for another
        self.base = ""  # what the name adds to, which its siblings add to as well

    @property
    def changes(self) -> bool:
        """Whether the number is itself by how much something grew or fell."""
        return self.change in ("increase", "decrease")

    def rename(self, name: str) -> None:
        """Give it another name, which the numbers that follow take over as far as they took over the old one."""
        if self.plain == self.name:
            self.plain = name
        self.name = name

    def takes_over(self, wrong: str, right: str) -> bool:
        """Put a name right that it took over from a number before, as that one was; whether it was so.

        支出 was wrong and 教育支出 is right: 支出占比 becomes 教育支出占比.
        """
        taken = bool(wrong) and self.rule.startswith(ONWARD) and self.name.startswith(wrong)
        if not taken or self.name.startswith(right):
            return False
        self.rename(right + self.name[len(wrong) :])
        return True

    def carries(self, name: str) -> bool:
        """Whether it bears the name of a number before it, as a change does of the level just told."""
        return bool(name) and self.name == name and self.rule.startswith(ONWARD)

    def counts_cases(self) -> bool:
        """Whether a count of heads that follows at once may be of the same: 贫困户64户、|221人."""
        return self.rule != "unit" and len(self.name) > 1 and self.name[0] not in "剩余"


def before_in_unit(found: Sequence[Found], n: int, unit: str, first: int) -> Iterator[int]:
    """The places of the numbers that are told in a unit, from the one before `n` back to `first`."""
    return (at for at in range(n - 1, max(first, 0) - 1, -1) if found[at].quantity.unit == unit)


def base_of(previous: Found | None, does: bool, bare: bool) -> str:
    """What a name adds to: that of the number before, or what that adds to itself; `bare` of its verb.

    登记宗教活动场所26处，佛教14处、道教3处: 道教宗教活动场所. A name that stands by itself (国家级1个) is no more than a
    sibling, unless something is done to what it names (`does`).
    """
    if previous is None or (previous.rule == "unit" and previous.unit != "people"):
        return ""
    alone = not previous.base or (does and previous.rule == "left")
    whole = previous.plain if alone else previous.base
    rest = whole.removeprefix(previous.verb) if bare else whole
    return previous.verb if rest in _DONE else rest


def listed_from(text: str, found: Sequence[Found], n: int, joins: Collection[str]) -> int:
    """How many numbers are listed from one on, with nothing but one of `joins` between them."""
    end = n + 1
    while end < len(found) and text[found[end - 1].quantity.end : found[end].quantity.start] in joins:
        end += 1
    return end - n
