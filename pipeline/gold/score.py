"""How far a dataset agrees with hand annotations: cleaning, headings, metrics, topic and role.

Run each gold folder's texts alone, so that one set cannot help another. Every offset is a character offset into the
decoded source text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pipeline.gold.documents import Annotated, read_gold
from pipeline.gold.likeness import (
    NAME_CLOSE,
    NAME_ENOUGH,
    SPAN_ENOUGH,
    Record,
    close,
    letters,
    likeness,
    named,
    rebuilt,
    squeeze,
    unit_of,
    wording,
)

SCORED = ("documents", "removals", "restorations", "sections", "metrics")
SURE = 0.9  # a confidence at which nine in ten records should be right
ATTRIBUTES = ("approx", "status", "change", "period", "subject")


def table(root: Path, name: str, columns: list[str] | None = None, doc_ids: Iterable[str] = ()) -> list[Record]:
    """The rows of a table, of all documents or of some; none where it was not written."""
    import pyarrow.compute as pc
    import pyarrow.dataset as ds

    folder = root / name
    if not folder.is_dir() or not any(folder.glob("**/*.parquet")):
        return []
    wanted = pc.field("doc_id").isin(list(doc_ids)) if doc_ids else None
    return list(ds.dataset(folder, format="parquet").to_table(columns, wanted).to_pylist())


def prf(hit: int, predicted: int, gold: int) -> dict[str, float]:
    """Precision, recall and F1 with their counts."""
    p = hit / predicted if predicted else 0.0
    r = hit / gold if gold else 0.0
    f1 = 2 * p * r / (p + r) if p + r else 0.0
    return {"precision": p, "recall": r, "f1": f1, "gold": gold, "predicted": predicted}


class Score:
    """Counts over all documents of a gold set."""

    def __init__(self) -> None:
        self.n: Counter[str] = Counter()
        self.details: list[str] = []
        self.faults: list[str] = []
        self.labels: dict[str, dict[str, Counter[str]]] = {
            "topic": defaultdict(Counter),
            "role": defaultdict(Counter),
        }

    def add(self, other: Score) -> None:
        """Take in what was counted on other documents."""
        self.n += other.n
        self.details += other.details
        self.faults += other.faults
        for axis, rows in other.labels.items():
            for label, said in rows.items():
                self.labels[axis][label] += said

    def say(self, doc: str, what: str, **more: object) -> None:
        """Note a miss."""
        facts = "\t".join(f"{k}={str(v)[:70]}" for k, v in more.items())
        self.details.append(f"{doc}\t{what}\t{facts}".replace("\n", "⏎"))

    def cleaning(
        self, doc: str, source: str, gold: Record, row: Record, removals: list[Record], restorations: list[Record]
    ) -> None:
        """Count what was removed of what had to go, what was lost of the body, and whether the clean text is right."""
        cut = [(r["source_start"], r["source_end"]) for r in removals if r["source_start"] is not None]
        self._removed(doc, source, gold, cut)
        self._lost(doc, source, gold, removals)
        put = {
            r["source_start"]: (r["source_end"], r["after"])
            for r in restorations
            if r["source_start"] is not None and r["source_end"] > r["source_start"]
        }
        text = squeeze(row.get("text") or "")
        told = squeeze(rebuilt(source, cut, put)) == text
        self.n["clean_docs"] += 1
        self.n["clean_told"] += told
        if not told:
            self.say(doc, "clean text is not source less removals plus restorations")
        if not any(s.get("optional") for s in gold.get("removed", [])):
            exact = squeeze(rebuilt(source, *_wanted(gold))) == text
            self.n["clean_can"] += 1
            self.n["clean_exact"] += exact
            if not exact:
                self.say(doc, "clean text differs")

    def _removed(self, doc: str, source: str, gold: Record, cut: list[tuple[int, int]]) -> None:
        state, gone = _states(source, gold), bytearray(len(source))
        for a, b in cut:
            for i in range(max(0, a), min(len(source), b)):
                gone[i] = 1
        for i, s in enumerate(state):
            if not source[i].isspace():
                self.n["junk"] += s == 1
                self.n["junk_gone"] += s == 1 and gone[i]
                self.n["body"] += s == 0
                self.n["body_lost"] += s == 0 and gone[i]
        for span in gold.get("removed", []):
            if not span.get("optional"):
                whole = all(gone[i] or source[i].isspace() for i in range(span["start"], span["end"]))
                self.n["spans"] += 1
                self.n["spans_gone"] += whole
                if not whole:
                    self.say(doc, "junk kept", text=source[span["start"] : span["end"]])

    def _lost(self, doc: str, source: str, gold: Record, removals: list[Record]) -> None:
        state = _states(source, gold)
        for r in removals:
            if r["source_start"] is not None:
                stretch = range(max(0, r["source_start"]), min(len(source), r["source_end"]))
                lost = [i for i in stretch if state[i] == 0 and not source[i].isspace()]
                if lost:
                    self.say(doc, "BODY LOST", text=source[lost[0] : lost[-1] + 1], rule=r.get("rule"))

    def headings(self, doc: str, source: str, gold: Record, sections: list[Record]) -> None:
        """Count headings found, their level and text, and the labels of their sections."""
        said = {s["source_start"]: s for s in sections if s.get("heading") and s["source_start"] is not None}
        for h in gold.get("headings", []):
            match = next((said[p] for d in (0, 1, -1, 2, -2, 3, -3) if (p := h["start"] + d) in said), None)
            if h.get("optional"):
                self.n["headings_free"] += match is not None
                continue
            self._heading(doc, source, gold, h, match)
            for axis in ("topic", "role"):
                want = h.get(axis) or []
                if want:
                    got = (match or {}).get(axis) or "none"
                    self.labels[axis][got if got in want else want[0]][got] += 1
                    if got not in want:
                        self.say(doc, axis, text=source[h["start"] : h["end"]], gold="|".join(want), got=got)
        self.n["headings_predicted"] += len(said)
        for start, s in said.items():
            if not any(abs(start - h["start"]) <= 3 for h in gold.get("headings", [])):
                self.say(doc, "heading extra", text=s["heading"])

    def _heading(self, doc: str, source: str, gold: Record, h: Record, match: Record | None) -> None:
        text = source[h["start"] : h["end"]]
        self.n["headings_gold"] += 1
        if match is None:
            self.say(doc, "heading missed", text=text)
        elif match["level"] != h["level"]:
            self.say(doc, "heading level", text=text, gold=h["level"], got=match["level"])
        else:
            self.n["headings_hit"] += 1
            want = rebuilt(source, *_wanted(gold), h["start"], h["end"])
            same = letters(squeeze(match["heading"])) in (letters(squeeze(want)), letters(squeeze(text)))
            self.n["headings_exact"] += same
            if not same:
                self.say(doc, "heading text", gold=want, got=match["heading"])

    def metrics(self, doc: str, source: str, gold: Record, metrics: list[Record]) -> None:
        """Pair gold records with predicted ones by their spans, the best pairs first, and count what is right."""
        golds = gold.get("metrics", [])
        said = [m for m in metrics if not all(m.get(k) is None for k in ("value", "value_min", "value_max"))]
        pairs: dict[int, int] = {}
        touching = [(i, j) for i, g in enumerate(golds) for j, m in enumerate(said) if likeness(g, m) > 0]
        for i, j in sorted(touching, key=lambda ij: -likeness(golds[ij[0]], said[ij[1]])):
            if i not in pairs and j not in pairs.values():
                pairs[i] = j
        found = {i: said[j] for i, j in pairs.items()}
        for i, g in enumerate(golds):
            if g.get("optional"):
                continue
            self.n["metrics_gold"] += 1
            if i not in found:
                self.say(doc, "metric missed", quantity=source[g["start"] : g["end"]], name="|".join(g["names"]))
            elif self._record(doc, source, g, found[i], golds):
                self._attributes(doc, source, g, found[i])
                self._part_of(g, found[i], found)
        for j, m in enumerate(said):
            if j not in pairs.values():
                self.n["metrics_extra"] += 1
                self.n["sure"] += (m.get("confidence") or 0) >= SURE
                self.say(doc, "metric extra", quantity=source[m["source_start"] : m["source_end"]], name=m.get("name"))

    def _record(self, doc: str, source: str, g: Record, m: Record, golds: list[Record]) -> bool:
        """Count span, value, unit and name of one matched pair; true where the value is right."""
        text = source[g["start"] : g["end"]]
        span_ok = likeness(g, m) >= SPAN_ENOUGH
        value_ok = span_ok and (
            close(m.get("value"), g["value"])
            if g["value"] is not None
            else close(m.get("value_min"), g["low"]) and close(m.get("value_max"), g["high"])
        )
        unit_ok = unit_of(m.get("unit")) == unit_of(g["unit"])
        like = named(m.get("name"), g, golds)
        record_ok = value_ok and unit_ok and like >= NAME_ENOUGH
        sure = (m.get("confidence") or 0) >= SURE
        self.n["metrics_found"] += 1
        self.n["sure"] += sure
        self.n["sure_hit"] += sure and record_ok
        self.n["quantity_hit"] += value_ok
        self.n["unit_hit"] += value_ok and unit_ok
        self.n["record_hit"] += record_ok
        self.n["record_close"] += value_ok and unit_ok and like >= NAME_CLOSE
        if not span_ok:
            self.say(doc, "span", gold=text, got=source[m["source_start"] : m["source_end"]])
        elif not value_ok:
            self.say(doc, "value", quantity=text, gold=g["value"], got=m.get("value"))
        elif not unit_ok:
            self.say(doc, "unit", quantity=text, gold=g["unit"], got=m.get("unit"))
        elif like < NAME_ENOUGH:
            self.say(doc, "name", quantity=text, gold="|".join(g["names"]), got=m.get("name"))
        return value_ok

    def _attributes(self, doc: str, source: str, g: Record, m: Record) -> None:
        text = source[g["start"] : g["end"]]
        for field in ("approx", "status", "change", "period"):
            if g.get(field) or field == "period":  # a null period is an answer too
                ok = (m.get(field) or None) == g[field]
                self.n[field + "_gold"] += 1
                self.n[field + "_hit"] += ok
                if not ok:
                    self.say(doc, field, quantity=text, gold=g[field], got=m.get(field))
        if g["subjects"]:
            ok = wording(m.get("subject"), g["subjects"]) >= NAME_ENOUGH
            self.n["subject_gold"] += 1
            self.n["subject_hit"] += ok
            if not ok:
                self.say(doc, "subject", quantity=text, gold="|".join(g["subjects"]), got=m.get("subject"))

    def _part_of(self, g: Record, m: Record, found: dict[int, Record]) -> None:
        self.n["part_said"] += m.get("part_of") is not None
        if g.get("part_of") is not None:
            whole = found.get(g["part_of"])
            self.n["part_gold"] += 1
            said = m.get("part_of")
            self.n["part_hit"] += whole is not None and said is not None and said == whole.get("metric_id")

    def result(self) -> dict[str, Any]:
        """All figures by area, less the areas that no document was annotated for."""
        n = self.n
        out: dict[str, Any] = {"documents": n["documents"]}
        if n["removed"]:
            out["cleaning"] = {
                "junk_characters_removed": self._rate("junk_gone", "junk"),
                "junk_spans_removed_whole": self._rate("spans_gone", "spans"),
                "body_characters_lost": n["body_lost"],
                "body_characters": n["body"],
                "clean_text_exact": self._rate("clean_exact", "clean_can"),
                "clean_text_as_told": self._rate("clean_told", "clean_docs"),
            }
        if n["headings"]:
            predicted = n["headings_predicted"] - n["headings_free"]
            out["headings"] = prf(n["headings_hit"], predicted, n["headings_gold"])
            out["headings"]["text_exact"] = self._rate("headings_exact", "headings_hit")
            out |= {axis: _label_figures(rows) for axis, rows in self.labels.items() if rows}
        if n["metrics"]:
            said, gold = n["metrics_found"] + n["metrics_extra"], n["metrics_gold"]
            hits = {"quantity": "quantity_hit", "quantity_and_unit": "unit_hit", "record": "record_hit"}
            hits["record_close_name"] = "record_close"
            out |= {area: prf(n[hit], said, gold) for area, hit in hits.items()}
            out["attributes"] = {f: self._rate(f + "_hit", f + "_gold") for f in ATTRIBUTES}
            out["part_of"] = prf(n["part_hit"], n["part_said"], n["part_gold"])
        return _without_unmeasured(out)

    def _rate(self, hit: str, of: str) -> float | None:
        return self.n[hit] / self.n[of] if self.n[of] else None


def _without_unmeasured(figures: dict[str, Any]) -> dict[str, Any]:
    """Figures less those of which there was none to find and none was found."""
    inner = {k: _without_unmeasured(v) if isinstance(v, dict) else v for k, v in figures.items()}
    return {k: v for k, v in inner.items() if v not in (None, {}) and not _is_empty(v)}


def _is_empty(figure: Any) -> bool:
    return isinstance(figure, dict) and figure.get("gold") == figure.get("predicted") == 0


def _wanted(gold: Record) -> tuple[list[tuple[int, int]], dict[int, tuple[int, str]]]:
    """What gold cuts, and what it puts where."""
    cut = [(s["start"], s["end"]) for s in gold.get("removed", [])]
    return cut, {s["start"]: (s["end"], s["text"]) for s in gold.get("restored", [])}


def _states(source: str, gold: Record) -> bytearray:
    """What gold says of each character: 0 body, 1 must go, 2 may go."""
    state = bytearray(len(source))
    for span in gold.get("removed", []):
        for i in range(span["start"], span["end"]):
            state[i] = 2 if span.get("optional") else 1
    return state


def _label_figures(rows: dict[str, Counter[str]]) -> dict[str, Any]:
    total = sum(sum(c.values()) for c in rows.values())
    f1s = [prf(rows[k][k], sum(c[k] for c in rows.values()), sum(rows[k].values()))["f1"] for k in rows]
    return {
        "accuracy": sum(c[k] for k, c in rows.items()) / total if total else None,
        "macro_f1": sum(f1s) / len(f1s) if f1s else None,
        "sections": total,
    }


def score_dataset(dataset: Path, gold_folder: Path, texts: Path | None = None) -> tuple[dict[str, Any], list[str]]:
    """The figures, with faults of the dataset where it has any, and every miss.

    A document is found by its ``source`` where gold names it, else by the last part of it.
    """
    total = Score()
    for score in score_documents(dataset, gold_folder, texts):
        total.add(score)
    return total.result() | ({"faults": total.faults} if total.faults else {}), total.details


def score_documents(dataset: Path, gold_folder: Path, texts: Path | None = None) -> Iterator[Score]:
    """The counts of each document of gold, and at last the faults of the dataset as a whole."""
    golds = list(read_gold(gold_folder, texts))
    sources, names, twice = _sources(dataset)
    ids = {g.name: sources.get(g.gold.get("source", ""), names.get(f"{g.name}.txt")) for g in golds}
    known = [doc_id for doc_id in ids.values() if doc_id]
    rows = {name: _by_document(table(dataset, name, None, known)) if known else {} for name in SCORED}
    for document in golds:
        yield _score(document, ids[document.name], {name: of.get(ids[document.name], []) for name, of in rows.items()})
    unsure = sorted(twice.intersection(f"{g.name}.txt" for g in golds if g.gold.get("source") not in sources))
    whole = Score()
    whole.faults = [f"several documents are called {name}: name the source of yours in its JSON" for name in unsure]
    yield whole


def _score(annotated: Annotated, doc_id: str | None, of: dict[str, list[Record]]) -> Score:
    """The counts of one document."""
    name, source, gold = annotated
    score = Score()
    document: Record = next(iter(of["documents"]), {"text": ""})
    if doc_id is None:
        score.faults.append(f"no document {gold.get('source') or name + '.txt'}")
    elif (said := document.get("source_text")) is not None and _unix(said) != _unix(source):
        score.faults.append(f"source_text of {name}.txt is not the file's text")
    score.n.update(("documents", *({"removed", "headings", "metrics"} & gold.keys())))
    if "removed" in gold:
        score.cleaning(name, source, gold, document, of["removals"], of["restorations"])
    if "headings" in gold:
        score.headings(name, source, gold, of["sections"])
    if "metrics" in gold:
        score.metrics(name, source, gold, of["metrics"])
    return score


def _sources(dataset: Path) -> tuple[dict[str, str], dict[str, str], set[str]]:
    """The doc_id of each source and of each last part of a source, and what last parts are of several."""
    sources, names, twice = dict[str, str](), dict[str, str](), set[str]()
    for row in table(dataset, "documents", ["doc_id", "source"]):
        name = Path(row["source"].replace("!", "/")).name
        twice |= {name} & names.keys()
        sources[row["source"]] = names[name] = row["doc_id"]
    return sources, names, twice


def _by_document(rows: Iterable[Record]) -> dict[str | None, list[Record]]:
    grouped: dict[str | None, list[Record]] = defaultdict(list)
    for row in rows:
        grouped[row["doc_id"]].append(row)
    return grouped


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n")


def print_figures(result: dict[str, Any]) -> None:
    """One area a line."""
    for area, figures in result.items():
        shown = figures
        if isinstance(figures, list):
            shown = "; ".join(figures)
        if isinstance(figures, dict):
            shown = "  ".join(f"{k} {v:.3f}" if isinstance(v, float) else f"{k} {v}" for k, v in figures.items())
        print(f"{area:18} {shown}")
