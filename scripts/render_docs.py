"""Write what the docs take from code and from runs: docs/reference.md, and the figures in pages.

usage: python scripts/render_docs.py [--check | --outputs]

A page marks a figure by ``<!-- figure:NAME -->…<!-- /figure -->``; figures.py has the names. --check writes nothing and
gives 1 where something is stale. --outputs also runs the examples of every page and puts in what commands print where
the page shows something else.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

import reference
from examples import furnish, run_page
from figures import figures

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
REFERENCE = ROOT / "docs" / "reference.md"
MARK = re.compile(r"(<!-- figure:([\w.]+) -->)(.*?)(<!-- /figure -->)", re.DOTALL)


def fill(page: str, found: Mapping[str, str]) -> str:
    """The page with its figures; one that ends in a line break stands in lines of its own.

    Raises KeyError for a figure that nobody makes.
    """

    def one(mark: re.Match[str]) -> str:
        figure = found[mark[2]]
        return mark[1] + ("\n" if figure.endswith("\n") else "") + figure + mark[4]

    return MARK.sub(one, page)


def pages() -> list[Path]:
    """Every page that may have figures or examples."""
    return [README, ROOT / "README.zh.md", *sorted((ROOT / "docs").glob("*.md"))]


def rendered() -> Iterator[tuple[Path, str]]:
    """Each page as it should be."""
    found = figures(README.read_text(encoding="utf-8"))
    for path in pages():
        if path != REFERENCE:
            yield path, fill(path.read_text(encoding="utf-8"), found)
    yield REFERENCE, reference.page()


def with_outputs() -> Iterator[tuple[Path, str]]:
    """Each page of docs with what its commands print."""
    os.environ["COLUMNS"] = "100"
    for path in pages():
        if path.parent.name == "docs":
            with TemporaryDirectory() as room, chdir(furnish(Path(room))):
                yield path, run_page(path)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pages that are stale; or name them, and give 1 where there are any."""
    style = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=style)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--check", action="store_true", help="write nothing, name what is stale")
    how.add_argument("--outputs", action="store_true", help="also what commands print")
    order = parser.parse_args(arguments)
    stale = 0
    for make in (rendered, with_outputs) if order.outputs else (rendered,):
        for path, page in make():
            if not path.is_file() or path.read_text(encoding="utf-8") != page:
                stale += 1
                print(f"{'stale' if order.check else 'written'}  {path.relative_to(ROOT)}")
                if not order.check:
                    path.write_text(page, encoding="utf-8", newline="\n")
    return int(order.check and stale > 0)


if __name__ == "__main__":
    sys.exit(main())
