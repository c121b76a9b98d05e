"""Tasks as Label Studio imports them, with predictions; and its JSON export back.

Label Studio counts characters as JavaScript does: those beyond U+FFFF twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from pipeline.annotate.marks import FIELDS, HEADING, METRIC, RESTORED, SEVERAL, Checked, Mark, Task
from pipeline.errors import UsageError
from pipeline.gold.checks import APPROX, CHANGE, KINDS, STATUS

TASKS, CONFIG = "tasks.json", "labels.xml"
LABELS_OF = {"removals": (*KINDS, RESTORED), "sections": (HEADING,), "metrics": (METRIC,)}
SHADES = ("#d03b3b", "#e8833a", "#c2a33c", "#8a8a8a", "#a86fc4", "#3f9b6c", "#2b6cb0", "#0f766e")
OPTIONAL = "optional"
MODEL = "report-pipeline"
Result = dict[str, Any]


def write_tasks(folder: Path, tasks: Iterable[Task], choices: Mapping[str, Sequence[str]]) -> list[Path]:
    """Write the tasks and the labelling configuration for them; `choices` are the labels of ``topic`` and ``role``."""
    found = list(tasks)
    layers = found[0].layers if found else ()
    (folder / CONFIG).write_text(labelling_config(layers, choices), encoding="utf-8", newline="\n")
    rows = [
        {
            "data": {"text": task.text, "name": task.name, "source": task.source, "layers": " ".join(task.layers)},
            "predictions": [{"model_version": MODEL, "result": list(_results(task, choices))}],
        }
        for task in found
    ]
    (folder / TASKS).write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8", newline="\n")
    return [folder / TASKS, folder / CONFIG]


def labelling_config(layers: Sequence[str], choices: Mapping[str, Sequence[str]]) -> str:
    """The labelling interface: labels over the text, and the fields of the stretch that is chosen."""
    view = ElementTree.Element("View")
    ElementTree.SubElement(view, "Header", value="$source")
    labels = ElementTree.SubElement(view, "Labels", name="label", toName="text")
    shown = [label for layer in layers for label in LABELS_OF[layer]]
    for label, shade in zip(shown, SHADES, strict=False):
        ElementTree.SubElement(labels, "Label", value=label, background=shade)
    ElementTree.SubElement(view, "Text", name="text", value="$text", granularity="symbol")
    for label in shown:
        only = {"toName": "text", "perRegion": "true", "whenTagName": "label", "whenLabelValue": label}
        for field in FIELDS.get(label, ()):
            if offered := _offered(field, choices):
                several = "multiple" if field in SEVERAL else "single"
                how = {"name": field, "choice": several, "showInline": "true", **only}
                box = ElementTree.SubElement(view, "Choices", how)
                for choice in offered:
                    ElementTree.SubElement(box, "Choice", value=choice)
            elif field != "part_of":
                most = "9" if field in SEVERAL else "1"
                how = {"name": field, "placeholder": field, "editable": "true", "maxSubmissions": most, **only}
                ElementTree.SubElement(view, "TextArea", how)
    box = ElementTree.SubElement(view, "Choices", name=OPTIONAL, toName="text", perRegion="true")
    ElementTree.SubElement(box, "Choice", value="yes")
    if "metrics" in layers:
        relations = ElementTree.SubElement(view, "Relations")
        ElementTree.SubElement(relations, "Relation", value="part_of")
    ElementTree.indent(view)
    return ElementTree.tostring(view, encoding="unicode") + "\n"


def read_tasks(file: Path) -> Iterator[Checked]:
    """The tasks of an export, once for each annotation; a task that nobody has annotated is left out."""
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
        for row in rows:
            for annotation in row.get("annotations", []):
                if not annotation.get("was_cancelled"):
                    yield Checked(_task(row["data"], annotation["result"]), _by(annotation))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"{file} is no JSON export of Label Studio ({error!r}). Choose JSON when you export."
        ) from error


def _offered(field: str, choices: Mapping[str, Sequence[str]]) -> Sequence[str]:
    return {"approx": APPROX, "status": STATUS, "change": CHANGE, OPTIONAL: ("yes",), **choices}.get(field, ())


def _results(task: Task, choices: Mapping[str, Sequence[str]]) -> Iterator[Result]:
    units = _units(task.text)
    known = {mark.id for mark in task.marks}
    for mark in task.marks:
        place = {"start": units(mark.span.start), "end": units(mark.span.end)}
        common = {"id": mark.id, "to_name": "text"}
        labelled = {**place, "text": mark.quote, "labels": [mark.label]}
        score = {} if mark.score is None else {"score": round(mark.score, 4)}
        yield {**common, "from_name": "label", "type": "labels", "value": labelled, **score}
        for field, said in mark.fields.items():
            if said and field != "part_of":
                kind = "choices" if _offered(field, choices) else "textarea"
                values = {"choices" if kind == "choices" else "text": said.split("|") if field in SEVERAL else [said]}
                yield {**common, "from_name": field, "type": kind, "value": {**place, **values}}
        if (whole := mark.fields.get("part_of")) in known:
            ends = {"from_id": mark.id, "to_id": whole}
            yield {"type": "relation", **ends, "direction": "right", "labels": ["part_of"]}


def _task(data: Mapping[str, str], results: Sequence[Result]) -> Task:
    text = data["text"]
    labelled: dict[str, Result] = {}
    fields: dict[str, dict[str, str]] = {}
    for result in results:
        if result["type"] == "relation":
            fields.setdefault(result["from_id"], {})["part_of"] = result["to_id"]
        elif result["from_name"] == "label":
            labelled[result["id"]] = result["value"]
        else:
            said = result["value"].get("choices") or result["value"].get("text") or []
            said = [said] if isinstance(said, str) else said
            fields.setdefault(result["id"], {})[result["from_name"]] = "|".join(said)
    points = _points(text)
    marks = []
    for id, value in labelled.items():
        quote = value.get("text", "").replace("\\n", "\n")
        places = points(value["start"]), points(value["end"])
        marks.append(Mark(id, value["labels"][0], quote, *places, fields.get(id, {})))
    return Task(data["name"], data["source"], text, data["layers"].split(), marks)


def _by(annotation: Mapping[str, Any]) -> str:
    who = annotation.get("completed_by")
    return str(who.get("email") or who.get("id") if isinstance(who, dict) else who)


def _units(text: str) -> Any:
    """From characters to JavaScript's units."""
    if max(text, default="") <= "\uffff":
        return int
    return lambda at: len(text[:at].encode("utf-16-le")) // 2


def _points(text: str) -> Any:
    """From JavaScript's units to characters."""
    if max(text, default="") <= "\uffff":
        return int
    data = text.encode("utf-16-le")
    return lambda at: len(data[: 2 * at].decode("utf-16-le", "ignore"))
