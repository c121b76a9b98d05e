"""What several people say of a document, as one: what most of them say; where they are split, the record is optional."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeline.annotate.marks import FIELDS, SEVERAL, Mark

Key = tuple[str, int, int]
"""Layer and place: two people mean the same where these are the same."""


class Conflict(NamedTuple):
    """Where people differ: the mark, the field (``there`` where not all have the mark), and who says what."""

    mark: Mark
    field: str
    said: Mapping[str, str]


class Merged(NamedTuple):
    """The marks of a document, and where people differed."""

    marks: list[Mark]
    conflicts: list[Conflict]


def merge(by: Mapping[str, Iterable[Mark]]) -> Merged:
    """Join the marks of several people, each with its place known.

    A mark that fewer than half have is dropped, one that just half have is optional. Wordings and labels of which
    several may be right are joined; of other fields the most frequent value stands, and a tie makes the mark optional.
    """
    found: dict[Key, dict[str, Mark]] = {}
    ids = {who: {mark.id: _key(mark) for mark in marks} for who, marks in by.items()}
    for who, marks in by.items():
        for mark in marks:
            found.setdefault(_key(mark), {})[who] = mark
    names = {key: next(iter(marks.values())).id for key, marks in found.items()}
    merged, conflicts = [], []
    for key in sorted(found, key=lambda key: (key[1], key[2], key[0])):
        said = {who: _renamed(mark, ids[who], names) for who, mark in found[key].items()}
        mark, differing = _joined(said)
        if 2 * len(said) < len(by):
            differing = []
        if len(said) < len(by):
            differing.append(Conflict(mark, "there", {who: "yes" if who in said else "no" for who in by}))
        if 2 * len(said) == len(by):
            mark = mark._replace(fields={**mark.fields, "optional": "yes"})
        conflicts += differing
        if 2 * len(said) >= len(by):
            merged.append(mark)
    return Merged(merged, conflicts)


def _key(mark: Mark) -> Key:
    return mark.layer, *mark.span


def _renamed(mark: Mark, ids: Mapping[str, Key], names: Mapping[Key, str]) -> Mark:
    """The mark with its total named as the merged document names it."""
    whole = ids.get(mark.fields.get("part_of", ""))
    return mark if whole is None else mark._replace(fields={**mark.fields, "part_of": names[whole]})


def _joined(said: Mapping[str, Mark]) -> tuple[Mark, list[Conflict]]:
    """What one mark is, and the fields that people differ on."""
    first = next(iter(said.values()))
    label, split, conflicts = first.label, False, []
    labels = Counter(mark.label for mark in said.values())
    if len(labels) > 1:
        label, split = labels.most_common(1)[0][0], _tied(labels)
        conflicts.append(Conflict(first, "label", {who: mark.label for who, mark in said.items()}))
    fields = {}
    for field in (*FIELDS.get(label, ()), "optional"):
        values = {who: mark.fields.get(field, "") for who, mark in said.items()}
        votes = Counter(values.values())
        fields[field] = votes.most_common(1)[0][0]
        if len(votes) > 1 and field == "optional":
            fields[field] = "yes"
        elif len(votes) > 1:
            conflicts.append(Conflict(first, field, values))
            if field in SEVERAL:
                fields[field] = _all_of(votes)
            else:
                split |= _tied(votes)
    if split:
        fields["optional"] = "yes"
    marked = first._replace(label=label, fields={name: value for name, value in fields.items() if value})
    return marked, conflicts


def _tied(votes: Counter[str]) -> bool:
    (_, most), (_, next_most) = votes.most_common(2)
    return most == next_most


def _all_of(votes: Counter[str]) -> str:
    """All wordings, those that most people have first."""
    wordings: Sequence[str] = [wording for said, _ in votes.most_common() for wording in said.split("|") if wording]
    return "|".join(dict.fromkeys(wordings))
