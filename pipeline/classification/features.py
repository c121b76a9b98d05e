"""What a section shows of itself, as counts: words of its heading, its body, the headings around it, its place.

Words are hashed (CRC-32), so that a model is small, loads at once and needs no vocabulary. Beside single words, each
label's own words (``topics.toml``, ``roles.toml``) are counted together: what a model has learnt of one holds for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from pipeline.records import Section, Sentence
from pipeline.rules import Rules
from pipeline.rules.schema import Role, Topic

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix

GROUPS = {"heading": 12, "edges": 10, "body": 14, "around": 12, "place": 8}
"""Each group of hashed features with its width in bits, in the order of the columns."""
COLUMNS = sum(2**bits for bits in GROUPS.values())
OVERVIEW = "overview"
"""The role of what tells of a place as a whole, whatever it mostly lives on."""
UNDECIDED = "general"
"""The topic of what has none of its own."""
_REMEMBERED = 200_000  # words kept at hand
_LABELS = 4  # labels that one word may speak of


class Rows(NamedTuple):
    """The sections of one document: counts by column, shares of the labels' words, and the tree that they stand in.

    ``counts`` is sparse, (sections, COLUMNS), the columns of GROUPS side by side; ``cues`` is dense,
    (sections, 4 × labels): in the heading, in all that the section holds, in the headings under it, in those above it;
    ``parents`` is -1 at the top; ``levels`` are 0 for a title; ``silent`` is 1 where no word of the heading is a topic's
    or an overview's, falls towards 0 with those that are, and is 0 for a title.
    """

    counts: csr_matrix
    cues: np.ndarray
    parents: np.ndarray
    levels: np.ndarray
    silent: np.ndarray


class Features:
    """Turns sections into rows; knows the words of the labels."""

    def __init__(self, rules: Rules) -> None:
        topics = [topic for topic in rules.table(Topic) if topic.id != UNDECIDED]
        everything = [topic for topic in rules.table(Topic) if topic.id == UNDECIDED]
        labels: list[Topic | Role] = [*topics, *everything, *rules.table(Role)]
        self._topics, self._width = len(topics), len(labels)
        self._overview = [at for at, label in enumerate(labels) if isinstance(label, Role) and label.id == OVERVIEW]
        cues: dict[str, tuple[int, ...]] = {}
        for at, label in enumerate(labels):
            for word in label.words:
                cues[word] = (*cues.get(word, ()), at)
        self._words = Vocabulary(cues)

    def rows(self, outline: Sequence[Section], sentences: Sequence[Sentence]) -> Rows:
        """The rows of one document, in the order of its sections."""
        import numpy as np
        from scipy.sparse import csr_matrix

        size = len(outline)
        lengths = np.fromiter((len(s.words) for s in sentences), np.int64, len(sentences))
        owner = np.fromiter((s.section_id for s in sentences), np.int64, len(sentences))
        ends = np.fromiter((s.heading_end for s in outline), np.int64, size)
        heads = np.fromiter((s.end for s in sentences), np.int64, len(sentences)) <= ends[owner]
        hashes, labels = self._words.look_up(chain.from_iterable(s.words for s in sentences), int(lengths.sum()))
        section, inside = np.repeat(owner, lengths), np.repeat(heads, lengths)
        parents = np.array([-1 if s.parent_id is None else s.parent_id for s in outline])
        chinese = hashes >= 0
        body = section[chinese], hashes[chinese]
        heading = section[chinese & inside], hashes[chinese & inside]
        cells = {
            "heading": heading,
            "body": _with_ancestors(*body, parents),
            "around": _of_ancestors(*heading, parents),
        }
        sizes = np.bincount(cells["body"][0], minlength=size)
        cells["edges"] = _tokens(_edges(outline, sentences, heads))
        cells["place"] = _tokens(_places(outline, sizes))
        starts = dict(zip(GROUPS, np.cumsum([0, *(2**bits for bits in GROUPS.values())]), strict=False))
        rows = np.concatenate([cells[name][0] for name in GROUPS])
        columns = np.concatenate([(cells[name][1] & (2**bits - 1)) + starts[name] for name, bits in GROUPS.items()])
        counts = csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(size, COLUMNS))
        cues = self._cues(section, labels, inside, parents)
        shares = [count / (count.sum(1, keepdims=True) + 1.0) for count in cues]
        levels = np.array([s.level for s in outline])
        spoken = shares[0][:, : self._topics].sum(1) + shares[0][:, self._overview].sum(1)
        silent = np.where(levels > 0, 1 - spoken, 0)
        return Rows(counts, np.hstack(shares).astype(np.float32), parents, levels, silent)

    def _cues(
        self, section: np.ndarray, labels: np.ndarray, inside: np.ndarray, parents: np.ndarray
    ) -> tuple[np.ndarray, ...]:
        """Counts of each label's words: in the heading, in all of the section, in headings under it, in those above."""
        import numpy as np

        shape = (len(parents), self._width)

        def counted(labels: np.ndarray, section: np.ndarray) -> np.ndarray:
            word, place = np.nonzero(labels >= 0)
            cells = section[word] * self._width + labels[word, place]
            counts: np.ndarray = np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)
            return counts

        headings, bodies = counted(labels[inside], section[inside]), counted(labels, section)
        under, above = headings.copy(), np.zeros(shape, np.int64)
        for at, parent in enumerate(parents):
            if parent >= 0:
                above[at] = above[parent] + headings[parent]
        for at in range(len(parents) - 1, -1, -1):
            if parents[at] >= 0:
                bodies[parents[at]] += bodies[at]
                under[parents[at]] += under[at]
        return headings, bodies, under - headings, above


class Vocabulary(dict[str, int]):
    """Words met so far, each with its hash and the labels whose word it is; begun anew when it has grown too large."""

    def __init__(self, cues: Mapping[str, tuple[int, ...]]) -> None:
        super().__init__()
        self._cues = cues
        self._entries: list[tuple[int, ...]] = []
        self._table: np.ndarray | None = None

    def look_up(self, words: Iterable[str], count: int) -> tuple[np.ndarray, np.ndarray]:
        """For each word its hash, -1 where it is no Chinese one, and up to four labels, -1 where there are fewer."""
        import numpy as np

        if len(self) > _REMEMBERED:
            self.clear()
            self._entries, self._table = [], None
        numbers = np.fromiter(map(self.__getitem__, words), np.int64, count)
        if self._table is None or len(self._table) < len(self._entries):
            self._table = np.array(self._entries, np.int64).reshape(-1, 1 + _LABELS)
        found = self._table[numbers]
        return found[:, 0], found[:, 1:]

    def __missing__(self, word: str) -> int:
        """Number a new word: the labels that it speaks of by itself, or by the pairs of signs in it (污水处理厂)."""
        labels = self._cues.get(word)
        if labels is None:
            pairs = (self._cues.get(word[i : i + 2], ()) for i in range(len(word) - 1)) if len(word) > 2 else ()
            labels = tuple(sorted(set(chain.from_iterable(pairs))))
        padded = (*labels[:_LABELS], *(-1,) * (_LABELS - len(labels)))
        self._entries.append((crc32(word.encode()) if "一" <= word[0] <= "鿿" else -1, *padded))
        self[word] = number = len(self._entries) - 1
        return number


def _climb(sections: np.ndarray, parents: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """For each step up the tree: which of `sections` still have an ancestor, and which."""
    import numpy as np

    at, up = np.arange(len(sections)), parents[sections]
    while (inner := up >= 0).any():
        at, up = at[inner], up[inner]
        yield at, up
        up = parents[up]


def _with_ancestors(section: np.ndarray, hashes: np.ndarray, parents: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Words as words of all sections that hold them: (section, hash)."""
    import numpy as np

    steps = [(section, hashes), *((up, hashes[at]) for at, up in _climb(section, parents))]
    rows, columns = (np.concatenate(parts) for parts in zip(*steps, strict=True))
    return rows, columns


def _of_ancestors(section: np.ndarray, hashes: np.ndarray, parents: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The words of the headings above each section: (section, hash)."""
    import numpy as np

    lengths = np.bincount(section, minlength=len(parents))
    starts = np.cumsum(lengths) - lengths
    rows, words = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for at, up in _climb(np.arange(len(parents)), parents):
        count = lengths[up]
        rows.append(np.repeat(at, count))
        within = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
        words.append(np.repeat(starts[up], count) + within)
    return np.concatenate(rows), hashes[np.concatenate(words)]


def _tokens(tokens: Sequence[Sequence[str]]) -> tuple[np.ndarray, np.ndarray]:
    """Tokens of each section: (section, hash)."""
    import numpy as np

    rows = np.repeat(np.arange(len(tokens)), [len(row) for row in tokens])
    return rows, np.array([crc32(token.encode()) for row in tokens for token in row], dtype=np.int64)


def _edges(outline: Sequence[Section], sentences: Sequence[Sentence], heads: np.ndarray) -> list[list[str]]:
    """How a heading begins and ends, and how the text after it begins: 加快… is a plan, …稳步提升 was done."""
    out: list[list[str]] = [[] for _ in outline]
    begun = set()
    for sentence, head in zip(sentences, heads, strict=True):
        if not head and sentence.section_id in begun:
            continue
        words = [w for w in sentence.words if "一" <= w[0] <= "鿿"]
        if head:
            out[sentence.section_id] += [f"^{w}" for w in words[:2]] + [f"{w}$" for w in words[-2:]]
        else:
            begun.add(sentence.section_id)
            out[sentence.section_id] += [f">{w}" for w in words[:3]]
    return out


def _places(outline: Sequence[Section], sizes: np.ndarray) -> list[list[str]]:
    """Where each section stands: level, first or last among its siblings, which tenth of the report, how long."""
    siblings: dict[tuple[int | None, int], list[int]] = {}
    for section in outline:
        siblings.setdefault((section.parent_id, section.level), []).append(section.section_id)
    ranks = {n: (rank, len(group)) for group in siblings.values() for rank, n in enumerate(group)}
    parents = {section.parent_id for section in outline}
    end = outline[-1].end or 1
    out = []
    for section in outline:
        rank, count = ranks[section.section_id]
        out.append([
            f"level{section.level}", f"tenth{10 * section.start // end}", f"size{int(sizes[section.section_id]).bit_length()}",
            f"first{rank == 0}", f"last{rank == count - 1}", f"only{count == 1}",
            f"leaf{section.section_id not in parents}", f"rank{min(rank, 6)}", f"top{section.parent_id is None}",
        ])  # fmt: skip
    return out
