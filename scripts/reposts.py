"""Hide reposts among the documents of an archive, find them again, and say how many and in what time.

usage: python scripts/reposts.py [--documents N] [--seed N]        run the archive, then look for duplicates
       python scripts/reposts.py --sizes 10000 20000 40000 100000  only the time for so many short documents

The documents are paragraphs of ``corpus`` put together anew. 60 whole documents of ``corpus`` are among them, each with
one repost: other adverts in it, its ends cut, its punctuation changed. 60 others come twice too, the second time as
next year's report: the same sentences with other figures. These are no duplicates.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.analysis.duplicates import find_duplicates
from pipeline.batch.run import Order, run
from pipeline.config import load_config
from pipeline.dataset.columns import schema
from pipeline.dataset.parts import write_parts
from pipeline.dataset.stored import open_dataset

ROOT = Path(__file__).parent.parent
REPOSTS = 60
PUNCTUATION = str.maketrans("，；：。（）", ",;:｡()")


def wholes() -> list[str]:
    """Documents of the corpus that are long enough to be known again."""
    corpus = ROOT / "corpus"
    names = [*corpus.glob("samples/*.txt"), *corpus.glob("names/texts/*.txt"), *corpus.glob("gold/metrics/texts/*.txt")]
    texts = [path.read_bytes().decode("utf-8", "replace") for path in sorted(names)]
    return [text for text in texts if len(text) >= 300 and "\ufffd" not in text]


def paragraphs() -> list[str]:
    """Paragraphs of the labelled documents of the corpus."""
    files = sorted((ROOT / "corpus/sections").glob("*.txt"))
    lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if len(line) > 40 and line[0] not in "@="]


def adverts() -> list[str]:
    """Lines that sites put between the paragraphs of others."""
    lines = (ROOT / "corpus/adverts/junk.tsv").read_text(encoding="utf-8").splitlines()
    return [fields[3] for fields in (line.split("\t") for line in lines) if len(fields) == 4 and fields[2] == "line"]


def repost(text: str, draw: random.Random, junk: list[str]) -> str:
    """The same report on another site: a part of its beginning or end is gone, adverts stand in it, marks differ."""
    start = draw.randrange(0, len(text) // 8)
    end = len(text) - draw.randrange(0, len(text) // 5)
    lines = text[start:end].split("\n")
    for _ in range(draw.randint(1, 3)):
        lines.insert(draw.randint(0, len(lines)), draw.choice(junk))
    way = draw.randrange(3)
    said = "\n".join(lines) if way else "\n\n　　".join(lines)
    return said.translate(PUNCTUATION) if way == 1 else said


def next_year(text: str, draw: random.Random) -> str:
    """The report of another year: the same sentences, other figures."""
    digits = {sign: signs for signs in ("0123456789", "０１２３４５６７８９", "一二三四五六七八九") for sign in signs}
    return re.sub("[0-9０-９一二三四五六七八九]", lambda digit: draw.choice(digits[digit[0]]), text)


def recombined(draw: random.Random, pool: list[str], least: int = 4, most: int = 14) -> Iterator[str]:
    """Documents without end, paragraphs of several reports in each."""
    while True:
        yield "\n".join(draw.sample(pool, draw.randint(least, most)))


def hidden(documents: int, seed: int = 9) -> tuple[dict[str, str], set[frozenset[str]]]:
    """An archive by file name, and the pairs of files in it that are one document."""
    draw = random.Random(seed)
    texts, junk = wholes(), adverts()
    draw.shuffle(texts)
    originals, others = texts[:REPOSTS], texts[REPOSTS : 2 * REPOSTS]
    named = {f"a{n:05}.txt": text for n, text in enumerate(originals)}
    named |= {f"b{n:05}.txt": repost(text, draw, junk) for n, text in enumerate(originals)}
    named |= {f"c{n:05}.txt": text for n, text in enumerate(others)}
    named |= {f"d{n:05}.txt": next_year(text, draw) for n, text in enumerate(others)}
    filling = recombined(draw, paragraphs())
    named |= {f"e{n:05}.txt": text for n, text in enumerate(islice(filling, documents - len(named)))}
    return named, {frozenset((f"a{n:05}.txt", f"b{n:05}.txt")) for n in range(REPOSTS)}


def pairs_in(dataset: Path) -> set[frozenset[str]]:
    """The pairs of files that are called duplicates, each with the one that it repeats."""
    from pyarrow import parquet

    documents = parquet.read_table(dataset / "documents", columns=["doc_id", "source"]).to_pydict()
    name = {i: Path(s).name for i, s in zip(documents["doc_id"], documents["source"], strict=True)}
    return {frozenset((name[row.doc_id], name[row.duplicate_of])) for row in find_duplicates(open_dataset(dataset))}


def write_documents(dataset: Path, named: dict[str, str]) -> None:
    """A table ``documents`` with these texts as they are, and nothing in its other columns."""
    import pyarrow as pa

    known = {"doc_id": list(named), "source": list(named), "text": list(named.values())}
    form = schema("documents")
    columns = [pa.array(known.get(field.name, [None] * len(named)), field.type) for field in form]
    write_parts(dataset, 0, {"documents": pa.Table.from_arrays(columns, schema=form)})
    (dataset / "manifest.json").write_text("{}")


def measure(sizes: list[int]) -> None:
    """Print how long so many short documents take."""
    pool = [part for line in paragraphs() for part in line.split("。") if len(part) > 12]
    for size in sizes:
        texts = islice(recombined(random.Random(size), pool, 6, 12), size)
        with TemporaryDirectory() as folder:
            write_documents(Path(folder), {f"{n:06}": text for n, text in enumerate(texts)})
            began = time.perf_counter()
            found = find_duplicates(open_dataset(Path(folder)))
            took = time.perf_counter() - began
        print(f"{size:7,} documents {took:7.2f} s {1e6 * took / size:6.0f} µs each, {len(found)} found", flush=True)


def main() -> int:
    """Print found and false pairs; 1 where too few are found or one is false."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--sizes", type=int, nargs="+")
    args = parser.parse_args()
    if args.sizes:
        measure(args.sizes)
        return 0
    named, true = hidden(args.documents, args.seed)
    with TemporaryDirectory() as folder:
        archive = Path(folder, "archive")
        archive.mkdir()
        for name, text in named.items():
            (archive / name).write_text(text, encoding="utf-8")
        run(Order(inputs=(str(archive),), dataset=Path(folder, "dataset"), config=load_config(None, {})))
        found = pairs_in(Path(folder, "dataset"))
    print(
        f"{len(named):,} documents, {len(found & true)} of {len(true)} reposts found, {len(found - true)} false pairs"
    )
    for pair in sorted(map(sorted, (found - true) | (true - found))):
        print("false " if frozenset(pair) in found else "missed", *pair)
    return 0 if len(found & true) >= REPOSTS - 1 and not found - true else 1


if __name__ == "__main__":
    sys.exit(main())
