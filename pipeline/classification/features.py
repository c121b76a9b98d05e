"""What a section shows of itself: the words of its heading and text, the headings around it, and its place.

Beside single words, each label's own words (``topics.toml``, ``roles.toml``) are counted together: what a model has
learnt of one holds for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from pipeline.classification.tree import Relation, Tree
from pipeline.classification.vocabulary import Vocabulary
from pipeline.records import Section, Sentences
from pipeline.rules import Rules
from pipeline.rules.schema import Role, Topic

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix

KINDS = ("heading", "begins", "ends", "opens")
"""Words apart from the text: headings, their edges, the first ones under them: 加快… is a plan, …稳步提升 was done."""
GROUPS: dict[str, tuple[str, Relation]] = {
    "heading": ("heading", "itself"),
    "above": ("heading", "above"),
    "title": ("heading", "title"),
    "beside": ("heading", "beside"),
    "under": ("heading", "under"),
    "document": ("heading", "document"),
    "begins": ("begins", "itself"),
    "ends": ("ends", "itself"),
    "opens": ("opens", "itself"),
}
"""Groups of features beside the text: which of KINDS, of which sections as seen from a section, count together."""
OVERVIEW = "overview"
"""The role of what tells of a place as a whole, whatever it mostly lives on."""
UNDECIDED = "general"
"""The topic of what has none of its own."""
PLACES = {"level": 7, "tenth": 10, "size": 14, "first": 2, "last": 2, "only": 2, "leaf": 2, "rank": 7, "top": 2}
"""Where a section stands, with the number of values that are told apart."""
_EDGE, _OPENING = 2, 3  # words at the edges of a heading, at the beginning of a text


class Rows(NamedTuple):
    """The sections of one document: their words, the tree that they stand in, shares of the labels' words, places.

    ``words`` counts the words of each section's own heading and text, (sections, words met); ``pieces`` counts pieces
    of words, (KINDS × sections, NARROW). ``cues`` is dense, (sections, 4 × labels): in the heading, in all that the
    section holds, in the headings under it, in those above it; ``places`` is dense, a column for each value of PLACES.
    ``silent`` is 1 where no word of the heading is a topic's or an overview's, falls towards 0 with those that are, and
    is 0 for a title.
    """

    vocabulary: Vocabulary
    words: csr_matrix
    pieces: csr_matrix
    tree: Tree
    cues: np.ndarray
    places: np.ndarray
    silent: np.ndarray


class Features:
    """Turns sections into rows; knows the words of the labels."""

    def __init__(self, rules: Rules) -> None:
        topics = [topic for topic in rules.table(Topic) if topic.id != UNDECIDED]
        everything = [topic for topic in rules.table(Topic) if topic.id == UNDECIDED]
        labels: list[Topic | Role] = [*topics, *everything, *rules.table(Role)]
        self._topics, self._width = len(topics), len(labels)
        self._overview = [at for at, label in enumerate(labels) if isinstance(label, Role) and label.id == OVERVIEW]
        self._cues: dict[str, tuple[int, ...]] = {}
        for at, label in enumerate(labels):
            for word in label.words:
                self._cues[word] = (*self._cues.get(word, ()), at)
        self._vocabulary = Vocabulary((), self._cues, self._width)

    def rows(self, outline: Sequence[Section], sentences: Sentences) -> Rows:
        """The rows of one document, in the order of its sections."""
        import numpy as np

        if self._vocabulary.words is not sentences.known:
            self._vocabulary = Vocabulary(sentences.known, self._cues, self._width)
        parents = np.array([-1 if s.parent_id is None else s.parent_id for s in outline])
        tree = Tree(parents, np.array([s.level for s in outline]))
        words, kinds = self._words(outline, sentences)
        _, narrow, spoken = self._vocabulary.matrices()
        shares = _shares(words @ spoken, (kinds @ spoken)[: len(outline)], tree)
        topical = shares[0][:, : self._topics].sum(1) + shares[0][:, self._overview].sum(1)
        places = _places(outline, tree, tree.hear("inside", np.diff(words.indptr)))
        silent = np.where(tree.levels > 0, 1 - topical, 0)
        return Rows(self._vocabulary, words, kinds @ narrow, tree, np.hstack(shares), places, silent)

    def _words(self, outline: Sequence[Section], sentences: Sentences) -> tuple[csr_matrix, csr_matrix]:
        """Counts of the words of each section's own heading and text, and of those of KINDS, one below the other."""
        import numpy as np

        size, numbers = len(outline), sentences.numbers
        owners = [sentence.section_id for sentence in sentences]
        sizes = sentences.sizes
        words = self._vocabulary.counts(numbers, np.bincount(owners, sizes, size))
        ends = np.cumsum([0, *sizes])  # of the sentences among all words
        first = np.searchsorted(owners, np.arange(size + 1))
        headings = np.searchsorted([s.end for s in sentences], [s.heading_end for s in outline], "right")
        text = np.clip(headings, first[:-1], first[1:])  # the first sentence of each section behind its heading
        opening = np.minimum(text + 1, first[1:])
        learnt = self._vocabulary.learnt[numbers]
        kinds: list[np.ndarray] = [numbers[:0]] * (len(KINDS) * size)
        edges = zip(ends[first[:-1]].tolist(), ends[text].tolist(), ends[opening].tolist(), strict=True)
        for at, (start, middle, end) in enumerate(edges):
            kinds[at] = numbers[start:middle]
            told = kinds[at][learnt[start:middle]]
            kinds[size + at], kinds[2 * size + at] = told[:_EDGE], told[-_EDGE:]
            kinds[3 * size + at] = numbers[middle:end][learnt[middle:end]][:_OPENING]
        return words, self._vocabulary.counts(np.concatenate(kinds), list(map(len, kinds)))


def _shares(own: np.ndarray, headings: np.ndarray, tree: Tree) -> list[np.ndarray]:
    """Shares of each label's words: in the heading, in all of the section, in headings under it, in those above."""
    over = tree.hear("above", headings) + tree.hear("title", headings)
    counts = (headings, tree.hear("inside", own), tree.hear("under", headings), over)
    return [count / (count.sum(1, keepdims=True) + 1) for count in counts]


def _places(outline: Sequence[Section], tree: Tree, sizes: np.ndarray) -> np.ndarray:
    """Where each section stands, its length in powers of two among it: a row of length one."""
    import numpy as np

    parents, levels = tree.parents, tree.levels
    siblings: dict[tuple[int, int], list[int]] = {}
    for at, key in enumerate(zip(parents.tolist(), levels.tolist(), strict=True)):
        siblings.setdefault(key, []).append(at)
    rank, count = np.zeros(len(outline), np.int64), np.zeros(len(outline), np.int64)
    for group in siblings.values():
        rank[group], count[group] = np.arange(len(group)), len(group)
    tenth = 10 * np.array([s.start for s in outline]) // (outline[-1].end or 1)
    leaf = np.bincount(parents + 1, minlength=len(outline) + 1)[1:] == 0
    values = (levels, tenth, np.log2(sizes + 1), rank == 0, rank == count - 1, count == 1, leaf, rank, parents < 0)
    places = np.zeros((len(outline), sum(PLACES.values())), np.float32)
    start = 0
    for value, width in zip(values, PLACES.values(), strict=True):
        places[np.arange(len(outline)), start + np.minimum(value.astype(np.int64), width - 1)] = 1
        start += width
    return places / np.float32(np.sqrt(len(PLACES)))
