"""`report-pipeline terms`: counts of a word list by group, or the words that are commonest."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.commands.arguments import Verbs, add_dataset, add_rules, listed, positive, with_examples

EXAMPLES = """\
examples:
  report-pipeline terms dataset --terms my.csv --by document                 matches of each category in each document
  report-pipeline terms dataset --terms my.csv --by topic,year_covered -o counts.csv
  report-pipeline terms dataset --terms my.csv --each --by year_covered      of each term
  report-pipeline terms dataset --terms my.csv --by passage                  what is said where problems are named
  report-pipeline terms dataset --top 200 --by topic                         the commonest words, and what marks each topic

my.csv: term, category (default: the term itself) and kind (text as it stands, the default, word of the segmenter,
or regex), for instance
  term,category,kind
  生态环境,environment,text
  PM2\\.?5,environment,regex
"""


def add(verbs: Verbs) -> argparse.ArgumentParser:
    """Declare the command."""
    command = verbs.add_parser("terms", help="counts of a word list by group, or the commonest words")
    with_examples(command, EXAMPLES)
    add_dataset(command)
    what = command.add_mutually_exclusive_group(required=True)
    what.add_argument("--terms", type=Path, metavar="FILE.csv", help="words and patterns: term, category, kind")
    what.add_argument("--top", type=positive, metavar="N", help="the N commonest words of each group")
    command.add_argument(
        "--by",
        type=listed,
        default=[],
        metavar="KEY,…",
        help="document, section, topic, role, passage, year_covered, a column of documents or of the metadata; default: all in one",
    )
    command.add_argument("--each", action="store_true", help="a row for each term instead of each category")
    command.add_argument("--stop", type=Path, metavar="FILE", help="further words to leave out, one a line")
    command.add_argument("-o", "--output", type=Path, metavar="FILE", help="a .csv or .parquet; default: print CSV")
    add_rules(command)
    return command


def run(order: argparse.Namespace) -> int:
    """Count, and write or print the table."""
    from pipeline.analysis.output import check_name, write_table
    from pipeline.analysis.terms import count_terms, top_words
    from pipeline.analysis.wordlists import read_stop_words, read_terms
    from pipeline.commands.arguments import rules_of
    from pipeline.dataset.stored import open_dataset

    check_name(order.output)
    stored = open_dataset(order.dataset)
    if order.terms:
        table = count_terms(stored, read_terms(order.terms), order.by, each=order.each)
    else:
        own = read_stop_words(order.stop) if order.stop else frozenset()
        table = top_words(stored, order.top, order.by, own | frozenset(rules_of(order).stop_words()))
    write_table(table, order.output)
    if order.output:
        print(f"rows        {table.num_rows:,}")
        print(f"table       {order.output}")
    return 0
