r"""NAME.ann beside its text to NAME.json: resolve quoted annotations to character offsets, in order, and check them.

usage: python scripts/compile_gold.py FOLDER [--texts FOLDER]        texts lie in FOLDER/texts unless told otherwise

Lines of an .ann file, tab-separated, in document order within each kind:
  H  level  topic[|topic2]  role  heading text as in the document (\n stands for a line end)          [opt]
  M  left context[[quantity]] (\n for a line end)  value, fraction or low..high  unit  approx  status  change  period or -
     name|name  subject|subject or -  [opt] [of=K]      (one line)
  R  kind  quote (\n stands for a line end)                                 [opt]
  P  left context[[disguised]]  restored
'#' starts a comment line; '#only H R' says which kinds the file annotates. K of `of=` counts the document's M lines
from 0, or is `prev`.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from pipeline.gold.checks import KINDS, faults_of
from pipeline.gold.likeness import Record, read_text
from pipeline.rules import Rules
from pipeline.rules.schema import Role, Topic

BRACKET = re.compile(r"(.*?)\[\[(.+?)\]\](.*)", re.DOTALL)
Compiled = dict[str, list[Record]]
LISTS = {"H": "headings", "M": "metrics", "R": "removed", "P": "restored"}


class Compiler:
    """One document's annotations on their way to offsets."""

    def __init__(self, name: str, source: str, labels: tuple[set[str], set[str]]) -> None:
        self.name, self.source = name, source
        self.topics, self.roles = labels
        self.records: Compiled = {name: [] for name in LISTS.values()}
        self.cursors = dict.fromkeys(LISTS, 0)
        self.faults: list[str] = []
        self.line = 0

    def compile(self, text: str) -> Compiled:
        """The records of an .ann file; what is wrong with it is in `faults`."""
        only: set[str] = set()
        for self.line, line in enumerate(text.splitlines(), 1):
            if line.startswith("#only"):
                only |= set(line.split()[1:])
            elif line.strip() and not line.startswith("#"):
                fields = line.split("\t")
                take = {"H": self._heading, "M": self._metric, "R": self._removed, "P": self._restored}
                if (kind := fields[0].strip()) in take:
                    take[kind](fields)
                else:
                    self.fault(f"kind of line {kind!r}")
        return {name: self.records[name] for kind, name in LISTS.items() if not only or kind in only}

    def fault(self, message: str) -> None:
        """Note what is wrong with the line at hand."""
        self.faults.append(f"{self.name}:{self.line}: {message}")

    def _heading(self, fields: list[str]) -> None:
        if len(fields) < 5:
            return self.fault("H needs 5 fields")
        text = _unescaped(fields[4])
        span = self._place("H", text, "heading")
        if span is None:
            return None
        topics = [t for t in fields[2].split("|") if t and t != "-"]
        roles = [r for r in fields[3].split("|") if r and r != "-"]
        if unknown := (set(topics) - self.topics) | (set(roles) - self.roles):
            self.fault(f"label {', '.join(sorted(unknown))}")
        self.records["headings"].append(
            {
                **_span(span),
                "level": int(fields[1]),
                "topic": topics,
                "role": roles,
                "optional": "opt" in fields[5:],
            }
        )
        return None

    def _metric(self, fields: list[str]) -> None:
        if len(fields) < 10:
            return self.fault(f"M needs 10 fields, has {len(fields)}")
        span = self._bracket("M", _unescaped(fields[1]), "quantity")
        if span is None:
            return None
        optional = "opt" in fields[10:]
        value, low, high = self._value(fields[2], optional)
        record = {
            **_span(span),
            "quantity": self.source[slice(*span)],
            "value": value,
            "low": low,
            "high": high,
            "unit": "" if fields[3].strip() == "-" else fields[3].strip(),
            "approx": fields[4].strip(),
            "status": None if fields[5].strip() == "-" else fields[5].strip(),
            "change": fields[6].strip(),
            "period": None if fields[7].strip() in ("-", "") else fields[7].strip(),
            "names": [x for x in fields[8].split("|") if x and x != "-"],
            "subjects": [x for x in fields[9].split("|") if x and x != "-"],
            "part_of": self._part_of(fields[10:]),
        }
        if optional:
            record["optional"] = True
        self._check_metric(record)
        self.records["metrics"].append(record)
        return None

    def _value(self, written: str, optional: bool) -> tuple[float | None, float | None, float | None]:
        try:
            if ".." in written:
                low, high = (float(x) if x else None for x in written.split(".."))
                return None, low, high
            if written.strip() not in ("", "-"):
                return float(Fraction(written.strip())), None, None
        except (ValueError, ZeroDivisionError):
            self.fault(f"value {written}")
            return None, None, None
        if not optional:
            self.fault("no value")
        return None, None, None

    def _part_of(self, options: list[str]) -> int | None:
        part = next((x[3:] for x in options if x.startswith("of=")), None)
        return len(self.records["metrics"]) - 1 if part == "prev" else int(part) if part else None

    def _check_metric(self, record: Record) -> None:
        for fault in faults_of(record):
            self.fault(fault)
        unit, written = record["unit"], "".join(record["quantity"].split())
        if (
            unit.replace("元", "")
            and not record.get("optional")
            and unit not in written
            and unit not in ("%", "‰", "‱", "百分点")
        ):
            self.fault(f"unit {unit} not in {record['quantity']}")

    def _removed(self, fields: list[str]) -> None:
        if fields[1] not in KINDS:
            self.fault(f"kind {fields[1]}")
        span = self._place("R", _unescaped(fields[2]), "removed text")
        if span is not None:
            optional = {"optional": True} if "opt" in fields[3:] else {}
            self.records["removed"].append({**_span(span), "kind": fields[1], **optional})

    def _restored(self, fields: list[str]) -> None:
        span = self._bracket("P", fields[1], "disguised word")
        if span is not None:
            self.records["restored"].append({**_span(span), "text": fields[2]})

    def _place(self, kind: str, quote: str, what: str) -> tuple[int, int] | None:
        """Where a quote stands at or after the one before it of its kind."""
        start = self._find(quote, self.cursors[kind])
        if start < self.cursors[kind]:
            self.fault(f"{what} {'not found' if start < 0 else 'out of order'}: {quote[:40]}")
            return None
        self.cursors[kind] = start + len(quote)
        return start, start + len(quote)

    def _bracket(self, kind: str, spec: str, what: str) -> tuple[int, int] | None:
        """Where the part in double brackets stands."""
        match = BRACKET.fullmatch(spec)
        start = self._find("".join(match.groups()), self.cursors[kind]) if match else -1
        start += len(match[1]) if match and start >= 0 else 0
        if not match or start < self.cursors[kind]:
            self.fault(f"{what} {'not found' if start < 0 else 'out of order'}: {spec[:40]}")
            return None
        self.cursors[kind] = start + len(match[2])
        return start, start + len(match[2])

    def _find(self, quote: str, cursor: int) -> int:
        at = self.source.find(quote, cursor)
        return at if at >= 0 else self.source.find(quote)


def _unescaped(text: str) -> str:
    return text.replace("\\n", "\n")


def _span(span: tuple[int, int]) -> dict[str, int]:
    return {"start": span[0], "end": span[1]}


def known_labels() -> tuple[set[str], set[str]]:
    """The topics and roles that a heading may bear."""
    rules = Rules()
    return {row.id for row in rules.table(Topic)}, {row.id for row in rules.table(Role)}


def compile_file(path: Path, texts: Path, labels: tuple[set[str], set[str]]) -> tuple[bytes, Compiled, list[str]]:
    """An .ann file as the bytes of its .json, as records, and what is wrong with it."""
    compiler = Compiler(path.name, read_text(texts / f"{path.stem}.txt"), labels)
    found = compiler.compile(path.read_text(encoding="utf-8"))
    return (json.dumps(found, ensure_ascii=False, indent=0) + "\n").encode(), found, compiler.faults


def compile_folder(folder: Path, texts: Path) -> tuple[list[str], dict[str, int]]:
    """Write NAME.json for every NAME.ann; give the faults and how many documents and records there are."""
    labels, all_faults = known_labels(), list[str]()
    counts = dict.fromkeys(("documents", "metrics", "optional metrics", "headings", "removed", "restored"), 0)
    for path in sorted(folder.glob("*.ann")):
        data, found, faults = compile_file(path, texts, labels)
        path.with_suffix(".json").write_bytes(data)
        all_faults += faults
        counts["documents"] += 1
        for name, records in found.items():
            optional = sum(bool(record.get("optional")) for record in records) if name == "metrics" else 0
            counts[name] += len(records) - optional
            counts["optional metrics"] += optional
    return all_faults, counts


def main(arguments: Sequence[str] | None = None) -> int:
    """Compile, print what is wrong, and give 1 where anything is."""
    style = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=style)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--texts", type=Path, help="where the texts lie; default FOLDER/texts")
    order = parser.parse_args(arguments)
    faults, counts = compile_folder(order.folder, order.texts or order.folder / "texts")
    print(*faults, sep="\n", end="\n" if faults else "")
    print(", ".join(f"{count} {name}" for name, count in counts.items()) + f", {len(faults)} faults")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
