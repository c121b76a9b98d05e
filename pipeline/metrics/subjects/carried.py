"""What a number is said of, and how it looks to the next number, over which it may hold on."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.metrics.page.hashing import bucket


class Carried(NamedTuple):
    """What was said of the number before, as it looks from a number: all that its score depends on."""

    link: int
    fresh: int
    beside: int
    kind: int  # of the mention that it was taken from
    steps: int  # over how many numbers it has held on already
    inside: int
    goes_on: bool  # whether the name of the number goes on with that of the number before
    shape: int
    last: int
    length: int

    def buckets(self) -> list[int]:
        """The weights that it sums up."""
        link, fresh, kind, shape = self.link, self.fresh, self.kind, self.shape
        return [
            bucket(60, link),
            bucket(61, link, fresh),
            bucket(62, link, fresh, self.beside),
            bucket(63, link, kind),
            bucket(64, link, shape, fresh),
            bucket(65, link, self.last),
            bucket(66, self.last),
            bucket(67, link, self.inside, shape),
            bucket(68, link, kind, fresh),
            bucket(69, link, self.steps),
            bucket(70, link, self.goes_on),
            bucket(71, link, self.length),
            bucket(72, link, kind, shape, self.beside),
        ]


class Chosen(NamedTuple):
    """What a number is said of, from which kind of mention, and over how many numbers it has held on."""

    name: str
    kind: int
    steps: int
