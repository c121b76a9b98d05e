"""What several people say of a document, as one: what most of them say; where they are split, the record is optional."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
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


def merge(by: Mapping[str, Sequence[Mark]], unjudged: Mapping[str, Sequence[Mark]] = MappingProxyType({})) -> Merged:
    """Join the marks of several people, each with its place known.

    Of a place where somebody has a mark in `unjudged` the others alone decide; where nobody is left, it is optional.

    A mark that fewer than half have is dropped, one that just half have is optional. Wordings and labels of which
    several may be right are joined; of other fields the most frequent value stands, and a tie makes the mark optional.
    """
    found: dict[Key, dict[str, Mark]] = {}
    silent: dict[Key, dict[str, Mark]] = {}
    for marks_of, places in ((by, found), (unjudged, silent)):
        for who, marks in marks_of.items():
            for mark in marks:
                places.setdefault(_key(mark), {})[who] = mark
    found |= {key: marks for key, marks in silent.items() if key not in found and len(marks) == len(by)}
    ids = {
        who: {mark.id: key for mark in (*marks, *unjudged.get(who, ())) if (key := _key(mark)) in found}
        for who, marks in by.items()
    }
    names = {key: next(iter(marks.values())).id for key, marks in found.items()}
    merged, conflicts = [], []
    for key in sorted(found, key=lambda key: (key[1], key[2], key[0])):
        said = {who: _renamed(mark, ids[who], names) for who, mark in found[key].items()}
        heard = [who for who in by if who in said or who not in silent.get(key, ())]
        mark, differing = _joined(said)
        if 2 * len(said) < len(heard):
            differing = []
        if len(said) < len(heard):
            differing.append(Conflict(mark, "there", {who: "yes" if who in said else "no" for who in heard}))
        if 2 * len(said) == len(heard):
            mark = mark._replace(fields={**mark.fields, "optional": "yes"})
        conflicts += differing
        if 2 * len(said) >= len(heard):
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
