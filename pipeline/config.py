"""What can be set: our defaults, a user's TOML file over them, options of the command over both."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from pipeline.errors import ConfigError
from pipeline.reading import Limits

T = TypeVar("T")
Tree = dict[str, dict[str, object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesConfig:
    """Where a user's own tables of knowledge lie; empty for ours alone."""

    folder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingConfig:
    """The columns of a table that hold the texts, their titles and the days of publication; empty to find them."""

    text_column: str
    title_column: str
    date_column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CleaningConfig:
    """``archive_profile``: count repeated lines over the whole archive before cleaning."""

    archive_profile: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelsConfig:
    """Where a user's own models lie; empty for ours alone."""

    folder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetConfig:
    """``source_text``: keep the decoded text before cleaning."""

    source_text: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchConfig:
    """How an archive is cut into shards (at most so many entries and bytes each), and what a worker may spend.

    ``document_seconds`` is for one document, ``worker_bytes`` for all the memory of a worker process.
    """

    shard_entries: int
    shard_bytes: int
    document_seconds: int
    worker_bytes: int

    def __post_init__(self) -> None:
        for item in fields(self):
            if getattr(self, item.name) < 1:
                raise ConfigError(f"batch.{item.name} is {getattr(self, item.name)}. Give a number from 1 up.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything that can be set, by room. Two equal configurations give the same rows."""

    rules: RulesConfig
    reading: ReadingConfig
    limits: Limits
    cleaning: CleaningConfig
    models: ModelsConfig
    dataset: DatasetConfig
    batch: BatchConfig

    def as_dict(self) -> Tree:
        """The configuration as plain values, for the manifest."""
        return asdict(self)

    def digest(self) -> str:
        """SHA-256 of all settings; what differs in one of them differs here.

        >>> load_config().digest() == load_config(options={"batch.shard_entries": 7}).digest()
        False
        """
        return hashlib.sha256(json.dumps(self.as_dict(), sort_keys=True).encode()).hexdigest()


def load_config(path: Path | None = None, options: Mapping[str, object] | None = None) -> Config:
    """Our defaults, the file at `path` over them, `options` (``{"batch.shard_entries": 7}``) over both.

    A folder of rules or models named in the file is looked for beside the file.
    """
    tree: Tree = tomllib.loads(files("pipeline").joinpath("defaults.toml").read_text(encoding="utf-8"))
    if path is not None:
        own = _read(path)
        _lay_over(tree, own, path.name)
        for section in ("rules", "models"):
            if own.get(section, {}).get("folder"):
                tree[section]["folder"] = str(path.parent / str(own[section]["folder"]))
    for key, value in (options or {}).items():
        section, _, name = key.partition(".")
        _lay_over(tree, {section: {name: value}}, "options")
    hints = get_type_hints(Config)
    return Config(**{name: _section(hints[name], values, name) for name, values in tree.items()})


def _read(path: Path) -> Tree:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"The configuration {path} cannot be read ({error.strerror}). Check its name.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not TOML in UTF-8: {error}. Mend that line.") from error


def _lay_over(tree: Tree, own: Mapping[str, Any], place: str) -> None:
    """Put the values of `own` into `tree`; a key that the defaults do not have is refused."""
    for section, values in own.items():
        if section not in tree:
            raise ConfigError(f"{place}: there is no [{section}]. Known sections: {', '.join(tree)}.")
        if not isinstance(values, Mapping):
            raise ConfigError(f"{place}: {section} is a section. Write [{section}] and its keys below it.")
        if unknown := sorted(values.keys() - tree[section].keys()):
            known = ", ".join(tree[section])
            raise ConfigError(f"{place}: [{section}] has no key {', '.join(unknown)}. Known keys: {known}.")
        tree[section] |= values


def _section(kind: type[T], values: Mapping[str, object], name: str) -> T:
    for key, hint in get_type_hints(kind).items():
        value = values[key]
        if hint is float and type(value) is int:
            continue
        if type(value) is not hint:
            raise ConfigError(f"{name}.{key} is {value!r}. Give it as {hint.__name__}.")
    return kind(**values)
