"""Run the pipeline over annotated texts, score it, and compare the figures with pinned floors.

usage: python scripts/evaluate.py [SET ...] [--pin] [--details]

The sets and their floors stand in corpus/gold/floors.toml, with a digest of texts and annotations: a floor is only
worth something for the corpus that it was pinned on. --pin writes the figures of this run as the new floors.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from math import floor
from pathlib import Path
from typing import Any

from compile_gold import compile_file, known_labels

from pipeline.batch.run import Order, run
from pipeline.config import load_config
from pipeline.gold.score import print_figures, score_dataset

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "corpus" / "gold"
FLOORS = GOLD / "floors.toml"
AT_MOST = {"cleaning.body_characters_lost"}
NOT_PINNED = {"gold", "predicted", "sections", "documents", "body_characters", "precision", "recall"}

HEADER = """\
# What `python scripts/evaluate.py` must reach on each annotated set: at least, or at most for characters lost.
# Written by `python scripts/evaluate.py --pin`; a floor goes down only on purpose, with the reason in the commit.
"""


def texts_of(name: str) -> Path:
    """Where the texts of a set lie."""
    return ROOT / "corpus" / "samples" if name == "samples" else GOLD / name / "texts"


def digest_of(name: str) -> str:
    """SHA-256 over the annotations of a set and their texts."""
    digest = hashlib.sha256()
    for path in sorted((GOLD / name).glob("*.ann")):
        text = texts_of(name) / f"{path.stem}.txt"
        for part in (path.name.encode(), path.read_bytes(), text.read_bytes()):
            digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()[:16]


def figures_of(result: dict[str, Any], above: str = "") -> Iterator[tuple[str, float]]:
    """The figures under dotted names; counts, what was not measured, and the halves of an F1 are left out."""
    for name, figure in result.items():
        if isinstance(figure, dict):
            yield from figures_of(figure, f"{above}{name}.")
        elif figure is not None and name not in NOT_PINNED:
            yield f"{above}{name}", figure


def evaluate(name: str, *, details: bool) -> tuple[dict[str, float], list[str]]:
    """The figures of a set, printed, and what is wrong with it."""
    texts, labels, faults = texts_of(name), known_labels(), list[str]()
    for path in sorted((GOLD / name).glob("*.ann")):
        data, _, said = compile_file(path, texts, labels)
        faults += said
        compiled = path.with_suffix(".json")
        if not compiled.is_file() or compiled.read_bytes() != data:
            faults.append(f"{compiled.name} is stale. Run python scripts/compile_gold.py {GOLD.name}/{name}.")
    with tempfile.TemporaryDirectory() as folder:
        dataset = Path(folder) / "dataset"
        run(Order(inputs=(str(texts),), dataset=dataset, config=load_config()))
        result, misses = score_dataset(dataset, GOLD / name, texts)
    faults += result.pop("faults", [])
    print(f"== {name}")
    print_figures(result)
    if details:
        print(*misses, sep="\n")
    return dict(
        figures_of({k: v for k, v in result.items() if not (isinstance(v, dict) and v.get("gold") == 0)})
    ), faults


def compare(figures: dict[str, float], pinned: dict[str, float]) -> list[str]:
    """Where a figure misses its floor."""
    missed = []
    for key, bound in pinned.items():
        figure = figures.get(key)
        if figure is None or (figure > bound if key in AT_MOST else figure < bound):
            missed.append(f"{key} is {figure}, pinned at {'most' if key in AT_MOST else 'least'} {bound}")
    return missed


def pin(sets: dict[str, tuple[str, dict[str, float]]]) -> None:
    """Write the floors file anew: each figure rounded down to the hundredth."""
    lines = [HEADER]
    for name, (digest, figures) in sorted(sets.items()):
        lines.append(f'[{name}]\ncorpus = "{digest}"')
        lines += (f'"{key}" = {v if key in AT_MOST else floor(v * 100) / 100}' for key, v in figures.items())
        lines.append("")
    FLOORS.write_text("\n".join(lines), encoding="utf-8", newline="\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Evaluate the sets and give 1 where a figure is under its floor or a set has faults."""
    style = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=style)
    parser.add_argument("sets", nargs="*", metavar="SET", help="folders of corpus/gold; default: those with floors")
    parser.add_argument("--pin", action="store_true", help="take the figures of this run for the new floors")
    parser.add_argument("--details", action="store_true", help="print every miss, one a line")
    order = parser.parse_args(arguments)
    pinned = tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
    kept = {name: (str(floors.pop("corpus")), floors) for name, floors in pinned.items()}
    problems = []
    for name in order.sets or list(kept):
        figures, faults = evaluate(name, details=order.details)
        digest = digest_of(name)
        if order.pin:
            kept[name] = digest, figures
        elif name in kept:
            faults += compare(figures, kept[name][1])
            if kept[name][0] != digest:
                faults.append("its texts or annotations have changed since the floors were pinned; pin them anew")
        problems += [f"{name}: {fault}" for fault in faults]
    if order.pin:
        pin(kept)
    print(*problems, sep="\n", end="\n" if problems else "")
    print(f"{len(problems)} problems")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
