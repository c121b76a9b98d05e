"""What a section shows of itself, as sparse counts: words of its heading, its body, the headings around it, its place.

Words are hashed (scikit-learn's FeatureHasher, MurmurHash3), so that a model is small, loads at once and needs no
vocabulary. The model itself damps, weighs and scales each group.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pipeline.records import Section, Sentence

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

GROUPS = {"heading": 12, "body": 14, "around": 12, "place": 8}
"""Each group of features with its width in bits, in the order of the columns."""


def columns() -> dict[str, slice]:
    """Where each group of features stands in a row."""
    out, at = {}, 0
    for name, bits in GROUPS.items():
        out[name] = slice(at, at + 2**bits)
        at += 2**bits
    return out


def section_rows(outline: Sequence[Section], sentences: Sequence[Sentence]) -> csr_matrix:
    """Counts, one row a section: shape (sections, features)."""
    from scipy.sparse import hstack
    from sklearn.feature_extraction import FeatureHasher

    groups = _tokens(outline, sentences)
    blocks: list[Any] = [
        FeatureHasher(2**bits, input_type="string", alternate_sign=False).transform(groups[name])
        for name, bits in GROUPS.items()
    ]
    return hstack(blocks, format="csr")


def _tokens(outline: Sequence[Section], sentences: Sequence[Sentence]) -> dict[str, list[list[str]]]:
    """The words of each group for each section; a section's body is all that it holds, sub-sections included."""
    headings: list[list[str]] = [[] for _ in outline]
    bodies: list[list[str]] = [[] for _ in outline]
    for sentence in sentences:
        section = outline[sentence.section_id]
        words = [w for w, t in zip(sentence.words, sentence.tags, strict=True) if t not in ("x", "m", "w")]
        if sentence.end <= section.heading_end:
            headings[section.section_id] += words
        node: Section | None = section
        while node is not None:
            bodies[node.section_id] += words
            node = outline[node.parent_id] if node.parent_id is not None else None
    siblings: dict[tuple[int | None, int], list[int]] = {}
    for section in outline:
        siblings.setdefault((section.parent_id, section.level), []).append(section.section_id)
    ranks = {n: (rank, len(group)) for group in siblings.values() for rank, n in enumerate(group)}
    around, places = [], []
    for at, section in enumerate(outline):
        parents = _ancestors(outline, section)
        context = [f"^{w}" for p in parents for w in headings[p.section_id]]
        for step, mark in ((-1, "<"), (1, ">")):
            if 0 <= at + step < len(outline):
                context += [mark + w for w in headings[at + step]]
        around.append(context)
        places.append(_place(outline, section, at, len(parents), len(bodies[at]), ranks[at]))
    return {"heading": headings, "body": bodies, "around": around, "place": places}


def _ancestors(outline: Sequence[Section], section: Section) -> list[Section]:
    out = []
    while section.parent_id is not None:
        section = outline[section.parent_id]
        out.append(section)
    return out


def _place(
    outline: Sequence[Section], section: Section, at: int, depth: int, words: int, rank_of: tuple[int, int]
) -> list[str]:
    """Where a section stands: level, first or last, which tenth of the report, how long."""
    end = outline[-1].end or 1
    rank, count = rank_of
    return [
        f"level{section.level}", f"depth{depth}", f"tenth{10 * section.start // end}", f"size{min(words, 2000).bit_length()}",
        f"first{rank == 0}", f"last{rank == count - 1}", f"only{count == 1}",
        f"leaf{at + 1 == len(outline) or outline[at + 1].parent_id != section.section_id}", f"rank{min(rank, 6)}",
    ]  # fmt: skip
