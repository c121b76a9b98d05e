"""`report-pipeline status`: how far the run of a dataset has come."""

from __future__ import annotations

import argparse

from pipeline.commands.arguments import Verbs, add_dataset


def add(verbs: Verbs) -> argparse.ArgumentParser:
    """Declare the command."""
    command = verbs.add_parser("status", help="how far the run of a dataset has come")
    add_dataset(command)
    return command


def run(order: argparse.Namespace) -> int:
    """Print how far the run of a dataset has come; 0 where it is complete, else 1."""
    from pipeline.batch.plan import state_of

    state = state_of(order.dataset)
    written = state.written
    of = f" of {state.entries:,}" if state.entries is not None else ""
    print(f"state       {'complete' if state.complete else 'not complete: go on with the same command and --resume'}")
    if state.exported:
        print(f"exported    {'a public edition, which holds no texts' if state.public else 'from another dataset'}")
    print(f"entries     {written.entries:,}{of} in {written.shards:,} parts")
    print(f"documents   {written.rows['documents']:,}")
    print(f"failures    {written.rows['failures']:,}")
    for (stage, error), count in state.failures.items():
        print(f"  {stage}, {error}: {count:,}")
    return 0 if state.complete else 1
