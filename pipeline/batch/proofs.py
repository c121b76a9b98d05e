"""A user's own rows against what they say of themselves, as the tests hold ours against theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pipeline.errors import RulesError
from pipeline.kit import Kit
from pipeline.records import Facts, Metric, Quantity
from pipeline.rules.schema import (
    TABLES,
    Advert,
    Disguise,
    HeadingStyle,
    Indicator,
    Marker,
    Phrase,
    ReportType,
    Row,
    Unit,
)

BODY = "各项工作有序推进，取得了比较明显的成效，群众的满意度进一步提高，社会各界反映良好，上级领导多次给予肯定和表扬。"
STRONG = 4
"""Weight of a cue that takes its sentence without another."""
Fault = Callable[[Kit, Any, str], str]
"""What is wrong with a text, in words; empty where it is as the row says."""


def prove(kit: Kit) -> None:
    """Raises RulesError where an example of a user's row is not what it is an example of, or a counterexample is.

    Rows of which nothing shows in a text by itself, as words that only add their weight, are taken at their word.
    """
    if kit.rules.folder is not None and (found := list(_faults(kit))):
        more = f" {len(found) - 1} more are false." if len(found) > 1 else ""
        raise RulesError(f"{found[0]} Mend the row, or that line of it.{more}")


def _faults(kit: Kit) -> Iterator[str]:
    for name, row_type in TABLES.items():
        shown, hidden = PROOFS.get(row_type, (_unproved, _unproved))
        for row in kit.rules.own(row_type):
            for kind, texts, fault in (
                ("example", row.examples, shown),
                ("counterexample", row.counterexamples, hidden),
            ):
                for text in texts:
                    if said := fault(kit, row, text):
                        yield f"{name}.toml, {row.id}: the {kind} {text!r} is false, for {said}."


def _unproved(*_: object) -> str:
    return ""


def _quantities(kit: Kit, text: str) -> list[Quantity]:
    return kit.extractor.recogniser.find(text)


def _read_as(quantities: list[Quantity], text: str) -> str:
    return "、".join(text[found.start : found.end] for found in quantities) or "nothing"


def _no_unit(kit: Kit, row: Unit, text: str) -> str:
    found = _quantities(kit, text)
    whole = [(0, len(text), row.id)]
    return "" if [(q.start, q.end, q.unit_id) for q in found] == whole else f"{_read_as(found, text)} is read in it"


def _unit(kit: Kit, row: Unit, text: str) -> str:
    found = [q for q in _quantities(kit, text) if q.unit_id == row.id]
    return f"{_read_as(found, text)} is read in it" if found else ""


def _number(kit: Kit, row: Phrase, text: str) -> str:
    found = _quantities(kit, text)
    return f"{_read_as(found, text)} is read in it" if found else ""


def _stays(kit: Kit, row: Advert | Marker, text: str) -> str:
    if isinstance(row, Advert) and (row.scope == "body" or (row.scope == "cue" and row.weight < STRONG)):
        return ""
    return "nothing of it is removed" if _cleaned(kit, text) == text else ""


def _goes(kit: Kit, row: Advert | Marker, text: str) -> str:
    clean = kit.cleaner.clean(f"{BODY}\n{text}\n{BODY}")
    gone = [edit for edit in clean.edits if edit.rule == row.id]
    return f"{clean.source[gone[0].start : gone[0].end].strip()!r} is removed" if gone else ""


def _cleaned(kit: Kit, text: str) -> str:
    """What is left of a line between lines of body."""
    return kit.cleaner.clean(f"{BODY}\n{text}\n{BODY}").text.removeprefix(BODY).removesuffix(BODY).strip("\n")


def _disguised(kit: Kit, row: Disguise, text: str) -> str:
    written, arrow, meant = text.partition(" → ")
    if not arrow:
        return "it is written 'disguised → meant'"
    made = _cleaned(kit, f"{written}。")
    return "" if made == f"{meant}。" else f"it becomes {made.removesuffix('。')!r}"


def _undisguised(kit: Kit, row: Disguise, text: str) -> str:
    made = _cleaned(kit, f"{text}。")
    return "" if made == f"{text}。" else f"it becomes {made.removesuffix('。')!r}"


def _rules_of_headings(kit: Kit, line: str) -> set[str]:
    return {section.rule for section in kit.outliner.split(f"概述如下。\n{line}\n{BODY}\n")}


def _no_heading(kit: Kit, row: HeadingStyle, line: str) -> str:
    rules = _rules_of_headings(kit, line)
    if row.kind in ("never", "leadin"):
        return f"{', '.join(rules - {''})} makes a heading of it" if rules != {""} else ""
    return "" if row.id in rules else f"{', '.join(rules - {''}) or 'no row'} decides on it"


def _heading(kit: Kit, row: HeadingStyle, line: str) -> str:
    return "it is a heading by this row" if row.id in _rules_of_headings(kit, line) else ""


def _type_of(kit: Kit, title: str) -> str:
    text = f"{title}\n一、主要方面\n有关方面如下。\n"
    return kit.describer.describe(text, kit.outliner.split(text)).report_type or ""


def _other_type(kit: Kit, row: ReportType, title: str) -> str:
    found = _type_of(kit, title)
    return "" if found == row.id else f"its type is {found or 'not known'}"


def _own_type(kit: Kit, row: ReportType, title: str) -> str:
    return "its type is this" if _type_of(kit, title) == row.id else ""


def _metrics(kit: Kit, text: str) -> Sequence[Metric]:
    """The metrics of a sentence."""
    sentence = f"{text.removesuffix('。')}。"
    outline = kit.outliner.split(sentence)
    sentences = kit.segmenter.segment(sentence, outline)
    return kit.extractor.extract(sentence, outline, sentences, Facts())


def _other_code(kit: Kit, row: Indicator, text: str) -> str:
    found = _metrics(kit, text)
    said = [
        f"{one.name} is {one.indicator}" if one.indicator
        else f"{one.name} has the dimension {one.dimension}, and the row asks for {row.dimension}"
        if one.name in row.written and one.dimension != row.dimension
        else f"{one.name} is in no row"
        for one in found
    ]  # fmt: skip
    return "" if any(one.indicator == row.id for one in found) else ", ".join(said) or "no number is read in it"


def _own_code(kit: Kit, row: Indicator, text: str) -> str:
    return next((f"{one.name} has this code" for one in _metrics(kit, text) if one.indicator == row.id), "")


PROOFS: Mapping[type[Row], tuple[Fault, Fault]] = {
    Unit: (_no_unit, _unit),
    Phrase: (_number, _unproved),
    Advert: (_stays, _goes),
    Marker: (_stays, _goes),
    Disguise: (_disguised, _undisguised),
    HeadingStyle: (_no_heading, _heading),
    ReportType: (_other_type, _own_type),
    Indicator: (_other_code, _own_code),
}
"""What is wrong with an example, and with a counterexample, of each type of row."""
