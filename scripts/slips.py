"""Change one number of a true statement in documents of the corpus, and say how many of the slips are told.

usage: python scripts/slips.py [--slips N] [--seed N] [--show]

Two thirds of the statements are totals with a part that 其中 or …中 tells of, as they are annotated by hand: the part
becomes larger than its total. The others are shares, rates, growth and lists that hold: one of their numbers becomes another. A slip is told
where a check fails that held before, or was not made.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipeline.config import load_config
from pipeline.kit import Kit, build_kit
from pipeline.records import Check, Metric

ROOT = Path(__file__).parent.parent
FOLDERS = ("names", "gold/metrics", "gold/held_out")


class Slip(NamedTuple):
    """A document with one number changed, and the statement as it was."""

    text: str
    said: str
    now: str


@cache
def kit() -> Kit:
    """The tools of a run."""
    return build_kit(load_config(None, {}))


def checked(text: str) -> tuple[tuple[Metric, ...], tuple[Check, ...]]:
    """The records of a clean text and its checks."""
    tools = kit()
    outline = tools.outliner.split(text, ())
    sentences = tools.segmenter.segment(text, outline)
    facts = tools.describer.describe(text, outline)
    metrics = tools.extractor.extract(text, outline, sentences, facts)
    return metrics, tools.checker.check(text, metrics, facts.place)


def annotated() -> Iterator[Slip]:
    """Parts that become larger than their totals."""
    for folder in FOLDERS:
        for path in sorted((ROOT / "corpus" / folder).glob("*.json")):
            text = (path.parent / "texts" / f"{path.stem}.txt").read_text(encoding="utf-8")
            metrics = json.loads(path.read_text(encoding="utf-8"))["metrics"]
            for part in metrics:
                total = metrics[part["part_of"]] if part.get("part_of") is not None else None
                if total and total["unit"] == part["unit"] != "%" and total["value"] and part["value"]:
                    start, end = part["start"], part["end"]
                    said = re.search("其中|当中|[一-龥]中[，有还已仍]", text[total["end"] : start])
                    if said and (larger := enlarged(text[start:end], 1.3 * total["value"] / part["value"])):
                        yield Slip(text[:start] + larger + text[end:], text[total["start"] : end], larger)


def reckoned() -> Iterator[Slip]:
    """Shares, growth rates and lists whose last number becomes another."""
    for folder in FOLDERS:
        for path in sorted((ROOT / "corpus" / folder / "texts").glob("*.txt")):
            text = path.read_text(encoding="utf-8")
            metrics, checks = checked(text)
            for check in checks:
                if check.check != "parts_of_total" and check.metric_ids:
                    places = [metrics[number].quantity for number in check.metric_ids]
                    start, end = places[-1].start, places[-1].end
                    if larger := enlarged(text[start:end], 1.4):
                        said = text[min(place.start for place in places) : end]
                        yield Slip(text[:start] + larger + text[end:], said, larger)


def enlarged(written: str, factor: float) -> str | None:
    """A written quantity with a larger number in it, as finely written; None where it has no Arabic digits."""
    match = re.search(r"\d+(?:\.(\d+))?", written)
    if match is None or not match[0].isascii() or re.search(r"\d\s\d", written):
        return None
    number = f"{float(match[0]) * factor:.{len(match[1] or '')}f}"
    return written[: match.start()] + number + written[match.end() :]


def main() -> None:
    """Print how many slips are told."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--slips", type=int, default=75)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--show", action="store_true", help="print those that are not told")
    args = parser.parse_args()
    draw = random.Random(args.seed)
    parts, others = list(annotated()), list(reckoned())
    slips = draw.sample(parts, min(len(parts), args.slips * 2 // 3)) + draw.sample(
        others, min(len(others), args.slips // 3)
    )
    told = 0
    for slip in slips:
        failed = [check for check in checked(slip.text)[1] if not check.holds]
        told += bool(failed)
        if args.show:
            print(
                "told  " if failed else "missed",
                slip.said.replace("\n", " "),
                "->",
                slip.now,
                [c.detail for c in failed],
            )
    print(f"{told} of {len(slips)} slips told ({len(parts)} parts and {len(others)} other statements to draw from)")


if __name__ == "__main__":
    main()
