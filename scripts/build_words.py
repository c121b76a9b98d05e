"""Make the segmenter's dictionary from corpus/words/terms.tsv: each term with the lowest frequency that keeps it whole.

usage: python scripts/build_words.py

The frequency is the one that jieba suggests for the term among its own words, so that a term wins over its parts and
not over the words around it. Lines of terms.tsv: term, tag, a sentence in which jieba alone cuts the term wrongly.
"""

from __future__ import annotations

import sys
from pathlib import Path

import jieba

ROOT = Path(__file__).parent.parent


def main() -> int:
    """Read the terms, ask jieba for frequencies, write pipeline/rules/words.txt."""
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    lines = []
    for row in (ROOT / "corpus" / "words" / "terms.tsv").read_text(encoding="utf-8").splitlines():
        term, tag, _ = row.split("\t")
        lines.append(f"{term} {tokenizer.suggest_freq(term)} {tag}")
    head = "# Terms of Party and government work that jieba alone cuts apart: term, frequency, tag (scripts/build_words.py)\n"
    text = head + "\n".join(sorted(set(lines))) + "\n"
    (ROOT / "pipeline" / "rules" / "words.txt").write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(set(lines))} terms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
