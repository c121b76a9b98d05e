"""Measure speed as a ratio to ``jieba.lcut`` over the same clean text, in one run on one core.

usage: python scripts/benchmark.py TEXTS [--files N] [--repeats N] [--only MEASURE...] [--growth N] [--write]

TEXTS is a folder of reports (``.txt``). Each figure is the shortest of several repeats of processor time, the ratio is
the median over them; jieba is timed in turn with each measure, since a machine's speed changes under load. Ratios
above 1 are faster than jieba. ``whole`` is bytes to Parquet in one worker, start-up apart. `--write` puts the figures
into ``docs/benchmarks.md``.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import jieba

import pipeline
from pipeline.config import load_config
from pipeline.dataset.parts import write_parts
from pipeline.dataset.rows import Rows
from pipeline.flow import process
from pipeline.kit import build_cleaner, build_kit, load_rules
from pipeline.language.sentences import split_sentences
from pipeline.metrics import Recogniser
from pipeline.reading import read
from pipeline.records import Report, Source
from pipeline.rules import Rules
from pipeline.segmentation import Segmenter

Measure = Callable[[], object]


def recognition(texts: Sequence[str]) -> Measure:
    """All quantities of clean texts."""
    recogniser = Recogniser(Rules())
    return lambda: [recogniser.find(text) for text in texts]


def records(texts: Sequence[str]) -> Measure:
    """Full records of clean texts whose outline, words and facts are given."""
    kit = build_kit(load_config())
    given = []
    for text in texts:
        sections = kit.outliner.split(text, ())
        words, facts = kit.segmenter.segment(text, sections), kit.describer.describe(text, sections)
        given.append((text, sections, words, facts))
    return lambda: [kit.extractor.extract(*document) for document in given]


def cleaning(texts: Sequence[str]) -> Measure:
    """Source text to clean text."""
    cleaner = build_cleaner(load_rules(load_config()), load_config())
    return lambda: [cleaner.clean(text) for text in texts]


def outline(texts: Sequence[str]) -> Measure:
    """Headings and facts of clean texts."""
    kit = build_kit(load_config())
    return lambda: [kit.describer.describe(text, kit.outliner.split(text, ())) for text in texts]


def segmentation(texts: Sequence[str]) -> Measure:
    """Clean texts to the words of their sentences: what ``jieba.lcut`` gives."""
    cut = Segmenter(Rules().words()).cut_sentences

    def words_of(text: str) -> list[list[str]]:
        return list(cut([text[start:end] for start, end in split_sentences(text, 0, len(text))]))

    return lambda: [words_of(text) for text in texts]


def sentences(texts: Sequence[str]) -> Measure:
    """Records of the sentences, with words and tags, of clean texts whose outline is given."""
    kit = build_kit(load_config())
    given = [(text, kit.outliner.split(text, ())) for text in texts]
    return lambda: [kit.segmenter.segment(*document) for document in given]


def tokenizer(texts: Sequence[str]) -> Measure:
    """The same as spaCy's Docs, outline included."""
    make_doc = pipeline.load().make_doc
    return lambda: [make_doc(text) for text in texts]


def labels(texts: Sequence[str]) -> Measure:
    """Topic and role of the sections of clean texts whose outline and words are given."""
    kit = build_kit(load_config())
    given = []
    for text in texts:
        sections = kit.outliner.split(text, ())
        given.append((text, sections, kit.segmenter.segment(text, sections)))
    return lambda: [kit.labeller.label(*document) for document in given]


def reading(texts: Sequence[str]) -> Measure:
    """Bytes to decoded text."""
    limits, sources = load_config().limits, as_files(texts)
    return lambda: [read(source, limits) for source in sources]


def segmenting(texts: Sequence[str]) -> Measure:
    """Sentences, words and tags of clean texts whose outline is given."""
    kit = build_kit(load_config())
    given = [(text, kit.outliner.split(text, ())) for text in texts]
    return lambda: [kit.segmenter.segment(*document) for document in given]


def writing(texts: Sequence[str]) -> Measure:
    """Reports to rows of every table, and these to Parquet on disk."""
    kit = build_kit(load_config())
    reports = [process(source, kit) for source in as_files(texts)]
    return lambda: write(reports)


def whole(texts: Sequence[str]) -> Measure:
    """Bytes to Parquet on disk, as a worker does it."""
    kit, sources = build_kit(load_config()), as_files(texts)
    return lambda: write(process(source, kit) for source in sources)


def as_files(texts: Sequence[str]) -> list[Source]:
    """The texts as entries of an archive."""
    return [Source(f"{number}.txt", text.encode()) for number, text in enumerate(texts)]


def write(reports: Iterable[Report]) -> None:
    """One part of each table."""
    rows = Rows()
    for report in reports:
        rows.add_report(report)
    with TemporaryDirectory() as folder:
        write_parts(Path(folder), 0, rows.tables())


MEASURES: dict[str, Callable[[Sequence[str]], Measure]] = {
    "whole": whole,
    "reading": reading,
    "segmenting": segmenting,
    "writing": writing,
    "recognition": recognition,
    "records": records,
    "cleaning": cleaning,
    "outline": outline,
    "segmentation": segmentation,
    "sentences": sentences,
    "tokenizer": tokenizer,
    "labels": labels,
}
"""Each measure prepares its work on the clean texts untimed, and gives the call that is timed."""


NOISE = ("1", "1,234", "1 2 ", "万亿", "一二三", "三至", "百分之", "（1", "“三", "《", "×", "3元5角", "\ud800")
"""Hostile text, each piece repeated: where the time is linear, twice the text takes twice the time."""


def print_growth(characters: int) -> None:
    """Print how the time of recognition grows when hostile text doubles."""
    recogniser = Recogniser(Rules())
    for piece in NOISE:
        texts = [piece * (size // len(piece)) for size in (characters, 2 * characters)]
        once, twice = shortest([partial(recogniser.find, text) for text in texts], 3)
        print(f"{piece!a:18} {characters:,} characters {once:.3f} s, twice as many {twice / max(once, 1e-9):.1f} times")


def timed(works: Sequence[Measure], repeats: int) -> list[list[float]]:
    """Seconds of processor time that each work takes in each repeat, all of them run in turn."""
    seconds: list[list[float]] = [[] for _ in works]
    for _ in range(repeats):
        for work, found in zip(works, seconds, strict=True):
            began = time.process_time()
            work()
            found.append(time.process_time() - began)
    return seconds


def shortest(works: Sequence[Measure], repeats: int) -> list[float]:
    """What the quickest repeat of each work takes."""
    return [min(found) for found in timed(works, repeats)]


def as_page(rows: Sequence[tuple[str, float, float, float]], texts: Sequence[str]) -> str:
    """The figures as a table with a bar for each share of jieba's time."""
    lines = [
        f"| {name} | {ratio:.2f} | {seconds / words:.3f} | {'█' * max(1, round(20 * seconds / words))} |"
        for name, ratio, seconds, words in rows
    ]
    return "\n".join(
        [
            "# Speed",
            "",
            "Made by `python scripts/benchmark.py TEXTS --write`. Processor time of one core as a ratio to `jieba.lcut` over",
            f"the same {len(texts)} texts ({sum(map(len, texts)):,} characters); above 1 is faster. The whole is bytes to Parquet",
            "in one worker, start-up apart. Of whole runs and their memory, `python scripts/benchmark_runs.py --write` tells.",
            "",
            "| step | times jieba.lcut | share of its time | |",
            "|---|---:|---:|---|",
            *lines,
            "",
        ]
    )


def main() -> None:
    """Print one line a measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--files", type=int, default=8, help="how many files, in order of their names (8)")
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--only", nargs="+", choices=MEASURES, default=list(MEASURES))
    parser.add_argument("--growth", type=int, metavar="N", help="time hostile texts of N and 2N characters instead")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/benchmarks.md")
    args = parser.parse_args()
    if args.growth:
        print_growth(args.growth)
        return

    paths = sorted(args.texts.glob("*.txt"))[: args.files]
    texts = [pipeline.clean(path.read_text(encoding="utf-8")).text for path in paths]
    jieba.setLogLevel(60)
    jieba.initialize()
    print(f"{len(texts)} texts, {sum(map(len, texts)):,} characters")
    rows = []
    for name in args.only:
        words, seconds = timed([lambda: [jieba.lcut(text) for text in texts], MEASURES[name](texts)], args.repeats)
        ratio = median(word / second for word, second in zip(words, seconds, strict=True))
        rows.append((name, ratio, min(seconds), min(words)))
        print(
            f"{name:14} {ratio:6.2f} times jieba.lcut   ({min(seconds):.4f} s against {min(words):.4f} s)", flush=True
        )
    if args.write:
        page = Path(__file__).parent.parent / "docs" / "benchmarks.md"
        page.write_text(as_page(rows, texts), encoding="utf-8")


if __name__ == "__main__":
    main()
