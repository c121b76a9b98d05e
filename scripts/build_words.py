"""Make the segmenter's dictionary from what lies in corpus/words.

usage: python scripts/build_words.py

- ``terms.tsv``: terms that jieba alone cuts apart, each with its tag and a sentence in which it does. The frequency is
  the lowest with which jieba keeps the term whole among its own words: it wins over its parts, and not over the words
  around it.
- ``wholes.txt``: longer terms of the same form, so that an ordinary word at the end of one stays whole: 驻村工作队员 is no
  驻村工作队 with an 员.
- ``mergers.txt``: words that jieba's model makes of two that have nothing to do with each other (``乡以``, ``村均``).
  They get the frequency 0, with which the segmenter parts them.
- ``tags.txt``: words of jieba's that are something else in reports, with their tags (``新建`` is no place). They keep
  jieba's frequency.
"""

from __future__ import annotations

import sys
from pathlib import Path

import jieba

ROOT = Path(__file__).parent.parent
HEAD = (
    "# Terms of Party and government work, words that the model shall not make, other tags (scripts/build_words.py)\n"
)


def main() -> int:
    """Read the lists, ask jieba for frequencies, write pipeline/rules/words.txt."""
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    folder = ROOT / "corpus" / "words"
    terms, wholes, mergers, tags = (
        (folder / name).read_text(encoding="utf-8") for name in ("terms.tsv", "wholes.txt", "mergers.txt", "tags.txt")
    )
    lines = set()
    for row in (*terms.splitlines(), *wholes.splitlines()):
        term, tag, _ = row.split("\t")
        lines.add(f"{term} {tokenizer.suggest_freq(term)} {tag}")
    for word in mergers.split():
        if tokenizer.FREQ.get(word):
            raise ValueError(f"{word} is a word of jieba's, which only its frequency could part")
        lines.add(f"{word} 0")
    for row in tags.splitlines():
        word, tag = row.split("\t")
        lines.add(f"{word} {tokenizer.FREQ[word]} {tag}")
    text = HEAD + "\n".join(sorted(lines)) + "\n"
    (ROOT / "pipeline" / "rules" / "words.txt").write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(lines)} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main())
