"""Measure whole runs: wall time, documents a second, memory, and how long a finished run takes to resume.

usage: python scripts/benchmark_runs.py [--documents N...] [--workers N...] [--alone N] [--chars N] [--write]

Archives are made from ``corpus/samples``: each document is a stretch of whole paragraphs of one sample with its
numbers changed, the same for the same number of documents. `--write` puts the table and the curve into ``docs/``.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_STORED, ZipFile

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "corpus" / "samples"
EVERY = 0.5
"""Seconds between two looks at the memory."""

HEAD = """\
# Whole runs

Made by `python scripts/benchmark_runs.py --write` on {cpus} cores ({load:.1f} processes wanted them on average).
Documents are stretches of the sample reports, about {chars} characters each, packed as archives of 500. Memory is the
proportional set size of the parent and all its workers, the most at any time.

| documents | workers | seconds | documents a second | memory, MB | resumed in, s |
|---:|---:|---:|---:|---:|---:|
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One run: `curve` is the memory in MB at each look, `load` what else the machine had to do."""

    documents: int
    workers: int
    seconds: float
    resumed: float
    load: float
    curve: tuple[float, ...]


def make_archive(folder: Path, documents: int, chars: int) -> None:
    """Zip files of 500 documents, made of the samples by chance with a fixed seed."""
    chance = random.Random(documents)
    texts = [path.read_text(encoding="utf-8").splitlines(keepends=True) for path in sorted(SAMPLES.glob("*.txt"))]
    for first in range(0, documents, 500):
        with ZipFile(folder / f"{first:07}.zip", "w", ZIP_STORED) as archive:
            for number in range(first, min(first + 500, documents)):
                archive.writestr(f"{number:07}.txt", "".join(_stretch(chance.choice(texts), chars, chance)))


def _stretch(lines: Sequence[str], chars: int, chance: random.Random) -> Iterator[str]:
    """The title and whole lines from some place on, until there are enough characters; digits are thrown anew."""
    yield lines[0]
    at, left = chance.randrange(1, max(2, len(lines) // 2)), chars
    for line in lines[at:]:
        yield re.sub(r"[1-9](?=[\d.]*[^\d年月日.])", lambda _: str(chance.randint(1, 9)), line)
        left -= len(line)
        if left < 0:
            return


def run(archive: Path, dataset: Path, workers: int, *more: str) -> tuple[float, tuple[float, ...]]:
    """Seconds of a run, and its memory in MB, looked at now and then."""
    line = [sys.executable, "-m", "pipeline", "run", str(archive), "-o", str(dataset), "--quiet"]
    began, curve = time.monotonic(), []
    process = subprocess.Popen([*line, "--workers", str(workers), *more], stdout=subprocess.DEVNULL, cwd=ROOT)
    while process.poll() is None:
        curve.append(sum(map(memory, family(process.pid))))
        time.sleep(EVERY)
    if process.returncode:
        raise SystemExit(f"the run ended with status {process.returncode}")
    return time.monotonic() - began, tuple(curve)


def family(pid: int) -> list[int]:
    """A process and all that come from it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(found for child in children for found in family(int(child)))]


def memory(pid: int) -> float:
    """Proportional set size of a process in MB; 0 once it is gone."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1]) / 1024  # type: ignore[index]


def measure(documents: int, workers: int, chars: int) -> Outcome:
    """One run over a fresh archive, and the same again, resumed."""
    with TemporaryDirectory() as folder:
        archive, dataset = Path(folder, "archive"), Path(folder, "dataset")
        archive.mkdir()
        make_archive(archive, documents, chars)
        before = os.getloadavg()[0]
        seconds, curve = run(archive, dataset, workers)
        load = (before + os.getloadavg()[0]) / 2
        resumed, _ = run(archive, dataset, workers, "--resume")
    return Outcome(documents, workers, seconds, resumed, load, curve)


def write(outcomes: Sequence[Outcome], chars: int) -> None:
    """The table, and the memory of the longest run as a curve."""
    load = sum(outcome.load for outcome in outcomes) / len(outcomes)
    lines = [
        f"| {o.documents:,} | {o.workers} | {o.seconds:,.0f} | {o.documents / o.seconds:,.0f} | {max(o.curve):,.0f} "
        f"| {o.resumed:.1f} |\n"
        for o in outcomes
    ]
    longest = max(outcomes, key=lambda outcome: outcome.seconds)
    caption = f"\n![memory of the run over {longest.documents:,} documents](memory.svg)\n"
    head = HEAD.format(cpus=os.cpu_count(), load=load, chars=chars)
    (ROOT / "docs" / "runs.md").write_text(head + "".join(lines) + caption, encoding="utf-8")
    (ROOT / "docs" / "memory.svg").write_text(curve_svg(longest), encoding="utf-8")


def curve_svg(outcome: Outcome) -> str:
    """Memory over time as a line."""
    top = max(outcome.curve) * 1.1
    points = " ".join(
        f"{50 + 540 * at / max(1, len(outcome.curve) - 1):.1f},{210 - 190 * mb / top:.1f}"
        for at, mb in enumerate(outcome.curve)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 240" font-family="sans-serif" font-size="11">\n'
        f'<polyline points="{points}" fill="none" stroke="#1f77b4" stroke-width="1.5"/>\n'
        '<path d="M50 20V210H590" fill="none" stroke="#444"/>\n'
        f'<text x="46" y="30" text-anchor="end">{top:.0f} MB</text><text x="46" y="210" text-anchor="end">0</text>\n'
        f'<text x="590" y="228" text-anchor="end">{outcome.seconds:.0f} s</text>\n'
        f'<text x="320" y="14" text-anchor="middle">memory, {outcome.documents:,} documents, '
        f"{outcome.workers} workers</text>\n</svg>\n"
    )


def main() -> None:
    """Print one line a run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--alone", type=int, default=10_000, help="one worker gets no more documents (10,000)")
    parser.add_argument("--chars", type=int, default=2000)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    outcomes = []
    for documents in args.documents:
        for workers in args.workers:
            if workers == 1 and documents > args.alone:
                continue
            found = measure(documents, workers, args.chars)
            outcomes.append(found)
            print(
                f"{documents:>9,} documents, {workers} workers: {found.seconds:,.1f} s, "
                f"{documents / found.seconds:,.1f} a second, {max(found.curve):,.0f} MB, resumed in {found.resumed:.1f} s, "
                f"load {found.load:.1f}",
                flush=True,
            )
    if args.write:
        write(outcomes, args.chars)


if __name__ == "__main__":
    main()
