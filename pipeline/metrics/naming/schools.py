"""Names of what is told of schools of one kind, which a label or the number of such schools says: 小学12所；招生|860人."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.metrics.naming.words import NameWords
from pipeline.metrics.page.found import Found

_SCHOOL, _MARK = frozenset(("所", "间", "处")), "。\n"
_OPENS = 40
"""So many characters before a number the label is looked for that opens its line."""


def name_of_schools(text: str, found: Sequence[Found], words: NameWords) -> None:
    """Name what is told of schools of one kind with that kind, up to the end of the line."""
    kind = wrong = right = ""
    last = 0
    listed = False  # whether the number before counts schools
    for one in found:
        start, name = one.quantity.start, one.name
        told, counts = words.of_school.fullmatch(name), one.quantity.unit in _SCHOOL
        if (kind or told) and text.find("\n", last, start) >= 0:
            kind = wrong = ""
        if one.changes and one.rule.startswith("carried"):
            if wrong and name == wrong:
                one.rename(right)
        elif told and (kind := (kind if not counts else "") or _label(text, start, words)):
            wrong, right = name, _full(kind, name)
            one.rename(right)
        else:
            wrong = ""
            if counts:
                schools = (
                    None
                    if listed and not any(mark in text[last:start] for mark in _MARK)
                    else words.schools.fullmatch(name)
                )
                kind = schools["kind"] if schools else ""
        listed, last = counts if not one.changes else listed, one.quantity.end


def _full(kind: str, told: str) -> str:
    """What is told with of which schools: 小学|毕业 is 小学毕业生; 在园幼儿 says so itself."""
    if told.startswith(("在园", "入园")):
        return told
    return kind + (f"{told}生" if told == "毕业" else told)


def _label(text: str, start: int, words: NameWords) -> str:
    """The kind of schools that the label before a number says."""
    line = text.rfind("\n", max(0, start - _OPENS), start)
    if line < 0:
        return ""
    label = words.school_label.match(text, line, start)
    headed = label or words.school_headed.match(text, line, start - len("学校"))
    return headed["kind"] if headed else ""
