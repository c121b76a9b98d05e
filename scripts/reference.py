"""The page docs/reference.md, made from the code that it tells of."""

from __future__ import annotations

import argparse
import inspect
import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, fields
from importlib.resources import files
from itertools import takewhile
from typing import Any

import pipeline
from pipeline import cli
from pipeline.config import load_config
from pipeline.dataset.columns import DERIVED, KEYS, MEANINGS, TABLES, columns_of, links_of
from pipeline.rules import Rules, schema

HEAD = """\
# Reference

Made from the code by `python scripts/render_docs.py`. What the values mean is told in [method.md](method.md).

- [Commands](#commands) and their [exit statuses](#exit-statuses)
- [Tables](#tables) of a dataset, and the [labels](#labels) in them
- [Python](#python)
- [Configuration](#configuration)
- [Rules](#rules): tables of knowledge
"""


def page() -> str:
    """The whole page."""
    parts = (HEAD, *_commands(), *_tables(), *_labels(), *_python(), *_configuration(), *_rules())
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table; bars in its cells are escaped."""
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def _commands() -> Iterator[str]:
    yield "## Commands\n"
    yield "`report-pipeline COMMAND`; `report-pipeline COMMAND --help` prints the same.\n"
    yield from _verbs(cli.parser(), "report-pipeline", "###")
    yield "### Exit statuses\n"
    yield table(["status", "meaning"], (said.strip().split(" ", 1) for said in _statuses(cli.EXAMPLES)))


def _verbs(above: argparse.ArgumentParser, name: str, heading: str) -> Iterator[str]:
    for action in above._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for verb, command in action.choices.items():
                yield from _command(command, f"{name} {verb}", helps[verb], heading)


def _command(command: argparse.ArgumentParser, name: str, what: str, heading: str) -> Iterator[str]:
    yield f"{heading} {name}\n"
    yield _sentence(what)
    rows = [
        (_called(action), action.help)
        for action in command._actions
        if action.help and action.help != argparse.SUPPRESS and "-h" not in action.option_strings
    ]
    if rows:
        yield table(["", ""], rows)
    if command.epilog:
        yield f"```\n{command.epilog.strip()}\n```\n"
    yield from _verbs(command, name, f"{heading}#")


def _called(action: argparse.Action) -> str:
    """How an argument is written, and what it takes."""
    choices = "{" + ",".join(map(str, action.choices)) + "}" if action.choices else ""
    metavar = action.metavar if isinstance(action.metavar, str) else choices or action.dest.upper()
    takes = "" if action.nargs == 0 else f" {metavar}" + (" …" if action.nargs in ("+", "*") else "")
    must = ", required" if action.required and action.option_strings else ""
    return f"`{', '.join(action.option_strings) or ''}{takes}`".replace("` ", "`") + must


def _statuses(epilog: str) -> list[str]:
    [line] = [line for line in epilog.splitlines() if line.startswith("exit status: ")]
    return line.removeprefix("exit status: ").split(";")


def _tables() -> Iterator[str]:
    yield "## Tables\n"
    yield (
        "A folder of Parquet parts each. Offsets are characters, half-open. `doc_id` is the key of `documents`; the keys "
        "of other tables count within a document. A run writes "
        f"{_listed(TABLES)}; {_listed(DERIVED)} are written by the commands of these names.\n"
    )
    for name in (*TABLES, *DERIVED):
        yield f"### {name}\n"
        yield _sentence(MEANINGS[name])
        if key := KEYS.get(name):
            yield f"Key: {_listed(key)}.\n"
        rows = ((f"`{c.name}`", c.type, c.unit, c.meaning) for c in columns_of(name))
        yield table(["column", "type", "unit", "meaning"], rows)
        if links := [link for link in links_of(name) if link.table != "documents"]:
            leads = (f"{_listed(link.columns)} to `{link.table}`" for link in links)
            yield f"Leads by {'; by '.join(leads)}.\n"


def _labels() -> Iterator[str]:
    yield "## Labels\n"
    yield "The values of `sections.topic`, `sections.role` and `documents.report_type`.\n"
    rules = Rules()
    labelled = {"Topics": rules.table(schema.Topic), "Roles": rules.table(schema.Role)}
    for title, rows in labelled.items():
        yield f"### {title}\n"
        yield table(["label", "中文", "English", "covers"], ((f"`{r.id}`", r.zh, r.en, r.covers) for r in rows))
    yield "### Kinds of report\n"
    kinds = ((f"`{r.id}`", r.zh, r.en) for r in rules.table(schema.ReportType))
    yield table(["label", "中文", "English"], kinds)


def _python() -> Iterator[str]:
    yield "## Python\n"
    yield "[spacy.md](spacy.md) tells of the spaCy components.\n"
    named = [getattr(pipeline, name) for name in pipeline.__all__]
    for function in [*filter(inspect.isfunction, named), load_config]:
        module = "pipeline" if function in named else function.__module__
        yield f"### {module}.{function.__name__}\n"
        yield f"```py\n{function.__name__}{_signature(function)}\n```\n"
        yield _doc(function)
    yield "### Records\n"
    yield "All are immutable. Spans are characters, half-open; those of a removal or restoration are of the source.\n"
    for record in filter(inspect.isclass, named):
        yield f"#### {record.__name__}\n"
        yield _doc(record)
        kinds = ((name, getattr(kind, "__forward_arg__", kind)) for name, kind in record.__annotations__.items())
        yield table(["field", "type"], ((f"`{name}`", f"`{kind}`") for name, kind in kinds))
        yield from _members(record)


def _members(record: type) -> Iterator[str]:
    """Properties and methods of a record."""
    for name, member in vars(record).items():
        if not name.startswith("_") and isinstance(member, property):
            yield f"`.{name}`: {_doc(member)}"
        elif not name.startswith("_") and inspect.isfunction(member):
            yield f"`.{name}{_signature(member)}`: {_doc(member)}"


def _signature(function: Callable[..., Any]) -> str:
    """Arguments and result as they are written in the code."""
    told = [
        parameter.name
        + (f": {parameter.annotation}" if parameter.annotation is not parameter.empty else "")
        + (f" = {_default(parameter.default)}" if parameter.default is not parameter.empty else "")
        for parameter in inspect.signature(function).parameters.values()
        if parameter.name != "self"
    ]
    return f"({', '.join(told)}) -> {function.__annotations__['return']}"


def _default(value: object) -> str:
    return "..." if callable(value) else repr(value)


def _doc(documented: object) -> str:
    """A docstring as Markdown, without its examples."""
    text = (inspect.getdoc(documented) or "").split("\n>>>")[0]
    return text.replace("``", "`").strip() + "\n"


def _configuration() -> Iterator[str]:
    text = files("pipeline").joinpath("defaults.toml").read_text(encoding="utf-8")
    yield "## Configuration\n"
    yield (
        "A TOML file of yours holds the keys that it changes (`--config my.toml`); options of a command lie over it. "
        "Unknown keys are refused.\n"
    )
    for section, values in tomllib.loads(text).items():
        head = re.search(rf"^\[{section}\](?: # (.*))?$", text, re.MULTILINE)
        said = {
            key: re.search(rf"^{key} = (.*?)\s*(?:# (.*))?$", text[head.end() if head else 0 :], re.MULTILINE)
            for key in values
        }
        yield f"### [{section}]\n"
        if head and head[1]:
            yield _sentence(head[1])
        rows = ((f"`{key}`", f"`{m[1]}`" if m else "", (m and m[2]) or "") for key, m in said.items())
        yield table(["key", "default", "meaning"], rows)


def _rules() -> Iterator[str]:
    yield "## Rules\n"
    yield (
        "Tables of knowledge in `pipeline/rules/`; those in the folder that `rules.folder` names lie over them, see "
        "[own-knowledge.md](own-knowledge.md). Each row has an `id`; its `examples` and `counterexamples` become tests. "
        "Besides there are lists of words, one a line: `words.txt` (the segmenter's dictionary) and `stop_words.txt`.\n"
    )
    common = {field.name for field in fields(schema.Row)}
    for name, row_type in schema.TABLES.items():
        yield f"### {name}.toml\n"
        yield _doc(row_type)
        text = files("pipeline.rules").joinpath(f"{name}.toml").read_text(encoding="utf-8")
        head = [line[2:] for line in takewhile(lambda line: line.startswith("#"), text.splitlines())]
        yield "\n".join(["```", *head, "```\n"])
        rows = (
            (f"`{field.name}`", TOML[field.type], "required" if field.default is MISSING else _as_toml(field.default))
            for field in fields(row_type)
            if field.name not in common
        )
        yield table(["key", "type", "default"], rows)


TOML: dict[Any, str] = {"str": "text", "int": "number", "bool": "true or false", "tuple[str, ...]": "list of texts"}


def _as_toml(value: object) -> str:
    return f"`{json.dumps(value)}`"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].removesuffix(' …')}.\n"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
