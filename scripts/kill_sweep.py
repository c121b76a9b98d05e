"""Kill a run at random moments, resume it, and compare with an undisturbed run, byte for byte.

usage: python scripts/kill_sweep.py [--moments N] [--seed N] [--documents N] [--workers N]

At each moment the parent, all of it, or one worker alone gets SIGKILL. A run that is done begins anew. Ends with
status 1 at the first difference: a byte, a file left over, a document twice or missing.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmark_runs import ROOT, family, make_archive


def start(archive: Path, dataset: Path, workers: int) -> subprocess.Popen[bytes]:
    """Begin a run, or go on with it."""
    line = [sys.executable, "-m", "pipeline", "run", str(archive), "-o", str(dataset), "--quiet", "--shard-size", "7"]
    again = ["--resume"] if dataset.exists() else []
    return subprocess.Popen(
        [*line, "--workers", str(workers), *again], stdout=subprocess.DEVNULL, cwd=ROOT, start_new_session=True
    )


def bytes_of(dataset: Path) -> Mapping[str, bytes]:
    """Every file of a dataset but the state of its run."""
    files = (path for path in dataset.rglob("*") if path.is_file() and ".run" not in path.parts)
    return {path.relative_to(dataset).as_posix(): path.read_bytes() for path in files}


def kill(process: subprocess.Popen[bytes], chance: random.Random) -> str:
    """Kill one of the three, and tell which."""
    way = chance.choice(("parent", "all", "worker"))
    if way == "parent":
        process.kill()
    elif way == "all":
        os.killpg(process.pid, signal.SIGKILL)
    elif workers := family(process.pid)[1:]:
        os.kill(chance.choice(workers), signal.SIGKILL)
    return way


def sweep(archive: Path, folder: Path, moments: int, workers: int, chance: random.Random) -> dict[str, int]:
    """Kill at so many moments; give how often each way. Raises SystemExit where a dataset is not what it must be."""
    began = time.monotonic()
    if start(archive, folder / "whole", workers).wait():
        raise SystemExit("the undisturbed run failed")
    whole, lasts = bytes_of(folder / "whole"), time.monotonic() - began
    ways: dict[str, int] = {}
    while sum(ways.values()) < moments:
        process = start(archive, folder / "killed", workers)
        until = time.monotonic() + chance.uniform(0, lasts)
        while process.poll() is None and time.monotonic() < until:
            time.sleep(0.01)
        if process.poll() is None:
            way = kill(process, chance)
            ways[way] = ways.get(way, 0) + 1
            if way != "worker":
                process.wait()
        if process.wait() == 0:
            compare(folder / "killed", whole)
            shutil.rmtree(folder / "killed")
    if (folder / "killed").exists():
        if start(archive, folder / "killed", workers).wait():
            raise SystemExit("a run could not be resumed")
        compare(folder / "killed", whole)
    return ways


def compare(dataset: Path, whole: Mapping[str, bytes]) -> None:
    """Raises SystemExit where the dataset is another one, or temporary files are left."""
    found = bytes_of(dataset)
    different = sorted(name for name in found.keys() | whole.keys() if found.get(name) != whole.get(name))
    left = [path.name for path in dataset.rglob(".writing-*")]
    if different or left:
        raise SystemExit(f"after a kill these are different: {different}, and these are left over: {left}")


def main() -> None:
    """Print how often each was killed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moments", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    with TemporaryDirectory() as folder:
        archive = Path(folder, "archive")
        archive.mkdir()
        make_archive(archive, args.documents, 300)
        ways = sweep(archive, Path(folder), args.moments, args.workers, random.Random(args.seed))
    print(f"{sum(ways.values())} kills ({ways}), every dataset byte for byte that of an undisturbed run")


if __name__ == "__main__":
    main()
