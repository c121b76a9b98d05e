"""`report-pipeline explore`: a dataset to look around in, in the browser."""

from __future__ import annotations

import argparse

from pipeline.commands.arguments import Verbs, add_dataset, with_examples

EXAMPLES = """\
examples:
  report-pipeline explore dataset                     opens http://127.0.0.1:8001/reports
  report-pipeline explore dataset --port 0 --no-browser

It needs python -m pip install "report-pipeline[explore]"; see docs/explore.md.
"""


def add(verbs: Verbs) -> argparse.ArgumentParser:
    """Declare the command."""
    command = verbs.add_parser("explore", help="look around in a dataset: search, narrow, plot, see the evidence")
    with_examples(command, EXAMPLES)
    add_dataset(command)
    command.add_argument("--port", type=_port, default=8001, metavar="N", help="default: 8001; 0 takes a free one")
    command.add_argument("--no-browser", action="store_true", help="only print the address")
    return command


def run(order: argparse.Namespace) -> int:
    """Serve the dataset on 127.0.0.1 until interrupted."""
    from pipeline.explore.serve import serve

    def tell(address: str) -> None:
        print(f"explorer    {address}   (Ctrl+C ends it)", flush=True)

    serve(order.dataset, order.port, browser=not order.no_browser, tell=tell)
    return 0


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text} is no port: 0 to 65535")
    return int(text)
