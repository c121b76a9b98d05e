"""The tree of a document's sections: whose words each section hears.

Sums over parts, siblings and ancestors take time in line with the number of sections; a matrix of who hears whom would
take its square.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    import numpy as np

Relation = Literal["itself", "inside", "under", "above", "title", "beside", "document"]
"""What other sections are to a section whose words it hears; ``inside`` are its parts and itself: its text."""
RELATIONS: tuple[Relation, ...] = get_args(Relation)


class Tree:
    """Sections in the order of the text. ``parents`` is -1 at the top; ``levels`` are 0 for a title."""

    def __init__(self, parents: np.ndarray, levels: np.ndarray) -> None:
        import numpy as np

        self.parents, self.levels = parents, levels
        self._inner = (levels > 0)[:, None]
        self._lines: list[tuple[np.ndarray, np.ndarray]] = []  # sections, and their ancestors so many steps above
        sections = np.flatnonzero(parents >= 0)
        above = parents[sections]
        while len(sections):
            self._lines.append((sections, above))
            further = parents[above] >= 0
            sections, above = sections[further], parents[above[further]]

    def hear(self, relation: Relation, own: np.ndarray) -> np.ndarray:
        """For each section, the sum of `own`, (sections, columns), over the sections of that relation to it."""
        import numpy as np

        if relation == "itself":
            return own
        if relation == "document":
            whole: np.ndarray = np.broadcast_to(own.sum(0), own.shape)
            return whole
        if relation == "beside":
            told = own * self._inner
            family = np.zeros((len(own) + 1, *own.shape[1:]), own.dtype)  # sums over the children of nobody, of each
            np.add.at(family, self.parents + 1, told)
            others: np.ndarray = (family[self.parents + 1] - told) * self._inner
            return others
        if relation in ("above", "title"):
            told, sums = own * (self._inner if relation == "above" else ~self._inner), np.zeros_like(own)
            for sections, above in self._lines:
                sums[sections] += told[above]
            return sums
        sums = own.copy() if relation == "inside" else np.zeros_like(own)
        for sections, above in self._lines:
            np.add.at(sums, above, own[sections])
        return sums
