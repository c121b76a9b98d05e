"""Print the memory of this process while a stream of texts runs through the spaCy pipeline.

usage: python scripts/stream_memory.py [--documents N] [--zone N]

The texts are the excerpts of ``corpus/names``, each time with other numbers and other names in them, so that none comes
twice. Every ``--zone`` documents (1,000) run in one ``nlp.memory_zone``; 0 runs without any. Linux only.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import islice
from pathlib import Path

import pipeline

ROOT = Path(__file__).parent.parent


def texts(seed: int = 20) -> Iterator[str]:
    """Excerpts without end, every number and some words new each time."""
    draw = random.Random(seed)
    excerpts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpus/names/texts").glob("*.txt"))]
    while True:
        for excerpt in excerpts:
            name = "".join(chr(draw.randint(0x4E00, 0x9FA5)) for _ in range(3))
            numbered = re.sub(r"\d+", lambda _: str(draw.randint(1, 999_999)), excerpt[:100])
            yield f"{name}村工作总结\n{numbered}"


def resident() -> float:
    """MiB that this process holds."""
    [kib] = re.findall(r"VmRSS:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(kib) / 1024


def main() -> None:
    """One line each 1,000 documents: how many, and MiB."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--zone", type=int, default=1_000)
    args = parser.parse_args()
    nlp, stream, metrics = pipeline.load(), texts(), 0
    size = args.zone or 1_000
    for done in range(0, args.documents, size):
        with nlp.memory_zone() if args.zone else nullcontext():
            metrics += sum(len(doc._.metrics) for doc in nlp.pipe(islice(stream, size)))
        print(f"{done + size:7,} documents {metrics:8,} metrics {resident():7.1f} MiB", flush=True)


if __name__ == "__main__":
    main()
