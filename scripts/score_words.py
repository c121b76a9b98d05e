"""Score the words of jieba, without and with our dictionary, on sentences segmented by hand.

usage: python scripts/score_words.py [--errors] [--words FILE]

A word counts as found where both its ends stand as in the gold. ``corpus/gold/words/held_out.tsv`` was written before
anybody looked at the dictionary, and nobody changes the dictionary for it.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.rules import Rules
from pipeline.segmentation import Segmenter

ROOT = Path(__file__).parent.parent


def gold(path: Path) -> list[list[str]]:
    """The words of each sentence: level, year and words apart by blanks, one sentence a line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [words.split(" ") for _, _, words in (line.split("\t") for line in lines)]


def spans(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Start and end of each word in its sentence."""
    end = 0
    for word in words:
        end += len(word)
        yield end - len(word), end


def score(segmenter: Segmenter, sentences: Sequence[Sequence[str]]) -> tuple[float, float, float, Counter[str]]:
    """Precision, recall and F1 of the words, and where the two differ, as ``gold | found``."""
    right = found = wanted = 0
    errors: Counter[str] = Counter()
    for sentence in sentences:
        text = "".join(sentence)
        cut = segmenter.cut(text)
        ours, theirs = set(spans(cut)), set(spans(sentence))
        right, found, wanted = right + len(ours & theirs), found + len(ours), wanted + len(theirs)
        for start, end in sorted(theirs - ours):
            across = [text[a:b] for a, b in sorted(ours) if a < end and b > start]
            errors[f"{text[start:end]} | {' '.join(across)}"] += 1
    precision, recall = right / found, right / wanted
    return precision, recall, 2 * precision * recall / (precision + recall), errors


def main() -> None:
    """One line a set and dictionary."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="print what is cut otherwise in open.tsv")
    parser.add_argument("--words", type=Path, help="another dictionary than ours")
    args = parser.parse_args()
    lines = list(Rules().words()) if args.words is None else args.words.read_text(encoding="utf-8").splitlines()[1:]
    with_ours, without = Segmenter(lines), Segmenter()
    folder = ROOT / "corpus" / "gold" / "words"
    for name in ("held_out", "open"):
        sentences = gold(folder / f"{name}.tsv")
        print(f"{name}: {len(sentences)} sentences, {sum(map(len, sentences)):,} words")
        for title, segmenter in (("jieba alone", without), ("with our dictionary", with_ours)):
            precision, recall, f1, errors = score(segmenter, sentences)
            print(f"  {title:20} precision {precision:.4f}  recall {recall:.4f}  F1 {f1:.4f}")
        if args.errors and name == "open":
            print("\n".join(f"    {count} {error}" for error, count in errors.most_common()))


if __name__ == "__main__":
    main()
