"""Count the sentences that our segmenter cuts otherwise than jieba with the same dictionary.

usage: python scripts/compare_words.py [TEXTS...] [--hostile N] [--seed N]

TEXTS are folders of texts (``corpus`` by default). ``--hostile`` makes N further sentences out of theirs: pieces of
several, with characters of all of Unicode, joints and numbers thrown in, pieces repeated, turned and torn.
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import jieba

from pipeline.language.sentences import split_sentences
from pipeline.rules import Rules
from pipeline.segmentation import Segmenter

ROOT = Path(__file__).parent.parent
PLANES = ((0x20, 0x7F), (0x80, 0x2FFF), (0x3000, 0x33FF), (0x3400, 0x4DFF), (0x4E00, 0x9FFF), (0xA000, 0xFFFF))
HIGH = ((0x10000, 0x1FFFF), (0x20000, 0x3FFFF), (0xE0000, 0x10FFFF))


def sentences_of(folder: Path) -> Iterator[str]:
    """The sentences of the texts and tables below a folder."""
    for path in sorted(path for path in folder.rglob("*") if path.suffix in {".txt", ".tsv", ".toml", ".json"}):
        text = path.read_text(encoding="utf-8", errors="replace")
        yield from (text[start:end] for start, end in split_sentences(text, 0, len(text)))


def hostile_sentences(sentences: Sequence[str], count: int, seed: int) -> Iterator[str]:
    """Sentences that nobody writes, from those that somebody did."""
    draw = random.Random(seed)

    def piece() -> str:
        sentence = draw.choice(sentences)
        start = draw.randrange(len(sentence))
        return sentence[start : start + draw.randint(1, 8)]

    def stranger() -> str:
        first, last = draw.choice(PLANES if draw.random() < 0.8 else HIGH)
        return chr(draw.randint(first, last))

    def joint() -> str:
        return "".join(draw.choice("0123456789abZ..--__%+#&") for _ in range(draw.randint(1, 7)))

    turns = (
        piece,
        stranger,
        joint,
        lambda: piece() * draw.randint(2, 4),
        lambda: piece()[::-1],
        lambda: "".join(draw.sample(text := piece() + piece(), len(text))),
        lambda: draw.choice("零一二三〇○两\r\n\t \u3000\u2028") * draw.randint(1, 5),
    )
    for _ in range(count):
        yield "".join(draw.choice(turns)() for _ in range(draw.randint(1, 9)))


def compare(name: str, sentences: Iterable[str], segmenter: Segmenter, reference: jieba.Tokenizer) -> int:
    """Print how many sentences are cut otherwise, with the first of them, and give their number."""
    count, differing = 0, []
    for count, sentence in enumerate(sentences, 1):  # noqa: B007 the last number is the count
        if segmenter.cut(sentence) != reference.lcut(sentence):
            differing.append(sentence)
    print(f"{name}: {len(differing)} of {count:,} sentences are cut otherwise than by jieba")
    for sentence in differing[:10]:
        print(f"  {sentence!r}\n    {segmenter.cut(sentence)}\n    {reference.lcut(sentence)}")
    return len(differing)


def main() -> int:
    """Compare text for text; 1 where anything differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="*", type=Path, default=[ROOT / "corpus"])
    parser.add_argument("--hostile", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=20)
    args = parser.parse_args()

    jieba.setLogLevel(logging.ERROR)
    reference = jieba.Tokenizer()
    lines = list(Rules().words())
    for term, frequency, *_ in map(str.split, lines):
        reference.add_word(term, int(frequency))
    segmenter = Segmenter(lines)
    differing, seen = 0, []
    for folder in args.texts:
        found = list(sentences_of(folder))
        differing += compare(str(folder), found, segmenter, reference)
        seen += found
    if args.hostile:
        made = hostile_sentences(seen, args.hostile, args.seed)
        differing += compare("hostile", made, segmenter, reference)
    return int(differing > 0)


if __name__ == "__main__":
    sys.exit(main())
