"""Arguments that several commands share, and what they come to."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pipeline.config import Config
    from pipeline.rules import Rules

INPUTS = "files, folders (walked, sorted), archives, patterns, or - for one text on standard input"
LABELS = "one section a row: document, level, heading, text, and topic, role or both"


class Verbs(Protocol):
    """Where a command declares itself: argparse's table of sub-commands."""

    def add_parser(
        self, name: str, *, help: str, description: str | None = None, epilog: str | None = None
    ) -> argparse.ArgumentParser:
        """A new command."""


def with_examples(command: argparse.ArgumentParser, examples: str) -> None:
    """Print the examples below the help, as they are written."""
    command.epilog, command.formatter_class = examples, argparse.RawDescriptionHelpFormatter


def add_dataset(command: argparse.ArgumentParser) -> None:
    """The folder that a run has written."""
    command.add_argument("dataset", type=Path, metavar="DATASET", help="folder of the dataset")


def add_settings(command: argparse.ArgumentParser) -> None:
    """What `config_of` reads."""
    command.add_argument("--config", type=Path, metavar="FILE", help="a TOML file over our defaults")
    command.add_argument("--model-dir", type=Path, metavar="DIR", help="models of your own, as train writes them")
    command.add_argument("--text-column", metavar="NAME", help="the column of a table that holds the texts")
    command.add_argument("--title-column", metavar="NAME", help="... their titles; - for none of the columns")
    command.add_argument("--date-column", metavar="NAME", help="... the days of publication; - for none of the columns")


def add_rules(command: argparse.ArgumentParser) -> None:
    """What `rules_of` reads."""
    command.add_argument("--config", type=Path, metavar="FILE", help="a TOML file that names your own tables of rules")


def rules_of(order: argparse.Namespace) -> Rules:
    """Our tables of knowledge, and those of the user's folder over them."""
    from pipeline.config import load_config
    from pipeline.kit import load_rules

    return load_rules(load_config(order.config))


def config_of(order: argparse.Namespace) -> Config:
    """Our defaults, the user's file over them, the options of the command over both."""
    from pipeline.config import load_config

    given = vars(order)
    options: dict[str, object] = {}
    for column in ("text_column", "title_column", "date_column"):
        if given[column]:
            options[f"reading.{column}"] = given[column]
    if given["model_dir"]:
        options["models.folder"] = str(given["model_dir"])
    if given.get("no_source_text"):
        options["dataset.source_text"] = False
    if given.get("shard_size"):
        options["batch.shard_entries"] = given["shard_size"]
    return load_config(order.config, options)


def listed(text: str) -> list[str]:
    """What stands between commas."""
    return [item.strip() for item in text.split(",") if item.strip()]


def positive(text: str) -> int:
    """A whole number from 1 up."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is no number from 1 up")
    return int(text)


def share(text: str) -> float:
    """A share above 0 and up to 1."""
    try:
        number = float(text)
    except ValueError:
        number = 0
    if not 0 < number <= 1:
        raise argparse.ArgumentTypeError(f"{text} is no share above 0 and up to 1")
    return number
