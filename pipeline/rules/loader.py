"""One loader for every table of knowledge: TOML in, typed rows out, a user's rows over ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

import rtoml

from pipeline.errors import RulesError
from pipeline.rules.own import check_own
from pipeline.rules.schema import TABLES, Indicator, Row

R = TypeVar("R", bound=Row)


class Rules:
    """All tables of knowledge, each read when it is first asked for.

    `folder` holds a user's own tables under the names of ours (``units.toml`` …): a row with an id of ours replaces
    it, a new id is added, and ``disabled = ["id", …]`` at the head of the file takes rows of ours out. A name of an
    indicator that a user's row has is taken from ours.
    """

    def __init__(self, folder: Path | None = None) -> None:
        if folder is not None and not folder.is_dir():
            raise RulesError(f"No folder of rules at {folder}. Name a folder that holds {', '.join(TABLES)}.toml.")
        self.folder = folder
        self._tables: dict[str, tuple[Row, ...]] = {}
        if folder is not None:  # a user's own rows are checked at once, ours by the tests
            for path in sorted(folder.glob("*.toml")):
                if path.stem not in TABLES:
                    raise RulesError(f"{path.name} is no table of rules. Known tables: {', '.join(TABLES)}.")
                check_own(self.own(TABLES[path.stem]), _ours(path.stem).rows, self, path.name)

    def table(self, row_type: type[R]) -> tuple[R, ...]:
        """The rows of one type, ours in file order, then a user's new ones."""
        name = _name_of(row_type)
        if name not in self._tables:
            own = self._own_file(name)
            self._tables[name] = _overlay(_ours(name).rows, *own) if own else _ours(name).rows
        return self._tables[name]  # type: ignore[return-value]

    def own(self, row_type: type[R]) -> tuple[R, ...]:
        """The rows of one type that a user's folder holds."""
        own = self._own_file(_name_of(row_type))
        return own[0].rows if own else ()  # type: ignore[return-value]

    def replaced(self) -> dict[str, tuple[str, ...]]:
        """The rows of ours that a user's replace: their ids by the name of the user's file."""
        ids = {
            f"{name}.toml": tuple(row.id for row in self.own(kind) if row.id in {ours.id for ours in _ours(name).rows})
            for name, kind in TABLES.items()
        }
        return {name: of_file for name, of_file in ids.items() if of_file}

    def _own_file(self, name: str) -> tuple[_File, str] | None:
        path = self.folder / f"{name}.toml" if self.folder else None
        return (_read_own(path, name), path.name) if path and path.is_file() else None

    def words(self) -> tuple[str, ...]:
        """Lines of the segmenter's dictionary, ours and then a user's ``words.txt``."""
        return self._lines("words.txt")

    def stop_words(self) -> tuple[str, ...]:
        """Words that say little in any report, ours and then a user's ``stop_words.txt``."""
        return self._lines("stop_words.txt")

    def _lines(self, name: str) -> tuple[str, ...]:
        texts = [files("pipeline.rules").joinpath(name).read_text(encoding="utf-8")]
        if self.folder and (own := self.folder / name).is_file():
            try:
                texts.append(own.read_text(encoding="utf-8-sig"))
            except UnicodeDecodeError as error:
                raise RulesError(f"{own} is not in UTF-8: {error}. Save it as UTF-8.") from error
        return tuple(line.strip() for text in texts for line in text.splitlines() if line.strip() and line[0] != "#")


class _File(NamedTuple):
    """What one file holds: the head of its array of tables, its rows, and ids of rows of ours that it takes out."""

    head: str
    rows: tuple[Row, ...]
    disabled: frozenset[str]


def _name_of(row_type: type[Row]) -> str:
    return next(name for name, kind in TABLES.items() if kind is row_type)


@cache
def _ours(name: str) -> _File:
    text = files("pipeline.rules").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return _file_of(rtoml.loads(text), TABLES[name], f"{name}.toml")


def _read_own(path: Path, name: str) -> _File:
    try:
        document = rtoml.loads(path.read_text(encoding="utf-8-sig"))
    except (rtoml.TomlParsingError, UnicodeDecodeError) as error:
        raise RulesError(f"{path} is not TOML in UTF-8: {error}. Mend that line.") from error
    own = _file_of(document, TABLES[name], path.name)
    if own.head not in ("", head := _ours(name).head):
        raise RulesError(f"{path.name}: there is no [[{own.head}]]. Write [[{head}]] above each row.")
    return own


def _overlay(ours: tuple[Row, ...], own: _File, place: str) -> tuple[Row, ...]:
    if unknown := own.disabled - {row.id for row in ours}:
        raise RulesError(f"{place} disables {', '.join(sorted(unknown))}, which no row of ours is called.")
    kept = [row for row in ours if row.id not in own.disabled]
    if any(isinstance(row, Indicator) for row in own.rows):
        kept = _less_names(kept, own.rows)
    return tuple(({row.id: row for row in kept} | {row.id: row for row in own.rows}).values())


def _less_names(ours: Iterable[Row], own: Iterable[Row]) -> list[Row]:
    """Our indicators without the names that a user's own rows have; one without names goes."""
    taken = {name for row in own if isinstance(row, Indicator) for name in (*row.written, *row.growth)}
    left: list[Row] = []
    for row in ours:
        assert isinstance(row, Indicator)
        if names := tuple(name for name in row.written if name not in taken):
            left.append(replace(row, written=names, growth=tuple(name for name in row.growth if name not in taken)))
    return left


def _file_of(document: Mapping[str, Any], row_type: type[Row], place: str) -> _File:
    """Check and build the rows of one file: the single array of tables in it, and what it disables."""
    disabled = document.get("disabled", [])
    arrays = {key: value for key, value in document.items() if key != "disabled"}
    if not isinstance(disabled, list) or len(arrays) > 1 or not all(isinstance(a, list) for a in arrays.values()):
        raise RulesError(f"{place}: a table of rules is one array of tables and may have `disabled`.")
    rows: dict[str, Row] = {}
    shape = _Shape.of(row_type)
    for number, entry in enumerate((e for array in arrays.values() for e in array), 1):
        row = row_type(**shape.values(entry, f"{place}, row {number}"))
        if row.id in rows:
            raise RulesError(f"{place}: two rows are called {row.id}. Give each its own id.")
        rows[row.id] = row
    if row_type is Indicator:
        _refuse_doubles(rows.values(), place)
    return _File(next(iter(arrays), ""), tuple(rows.values()), frozenset(disabled))


def _refuse_doubles(rows: Iterable[Row], place: str) -> None:
    """One name means one indicator."""
    owner: dict[str, str] = {}
    for row in rows:
        for name in (*row.written, *row.growth):  # type: ignore[attr-defined]
            if (first := owner.setdefault(name, row.id)) != row.id:
                raise RulesError(f"{place}: {name} stands in {first} and in {row.id}. A name means one indicator.")


class _Shape(NamedTuple):
    """What a row may hold: the type of each key, of each member of those that are lists, and the keys it must have."""

    types: Mapping[str, type]
    members: Mapping[str, type]
    required: frozenset[str]

    @classmethod
    def of(cls, row_type: type[Row]) -> _Shape:
        hints: dict[str, Any] = get_type_hints(row_type)
        members = {key: get_args(hint)[0] for key, hint in hints.items() if get_origin(hint) is tuple}
        types = {key: list if key in members else hint for key, hint in hints.items()}
        without_default = (f.name for f in fields(row_type) if f.default is MISSING and f.default_factory is MISSING)
        return cls(types, members, frozenset(without_default))

    def values(self, entry: Mapping[str, Any], place: str) -> dict[str, Any]:
        """The entry as its row has it, checked."""
        if unknown := entry.keys() - self.types.keys():
            known = ", ".join(sorted(self.types))
            raise RulesError(f"{place}: unknown key {', '.join(sorted(unknown))}. Known keys: {known}.")
        if missing := self.required - entry.keys():
            raise RulesError(f"{place}: {', '.join(sorted(missing))} is missing.")
        values = dict(entry)
        for key, value in entry.items():
            inner, kind = self.members.get(key), type(value)
            if kind is not self.types[key] or (inner and not all(isinstance(item, inner) for item in value)):
                wanted = _WRITTEN["list" if inner else self.types[key].__name__]
                raise RulesError(f"{place}: {key} = {_shown(value)} is {wanted.format(key=key, value=_quoted(value))}.")
            if inner:
                values[key] = tuple(value)
                if "" in value or not (value or key not in self.required):
                    raise RulesError(f"{place}: {key} is empty. Write what stands in the texts.")
        return values


_WRITTEN = {
    "str": "no text. Write it in quotation marks: {key} = {value}",
    "list": "no list of texts. Write it in brackets: {key} = [{value}]",
    "int": "no whole number. Write it without quotation marks: {key} = 4",
    "bool": "neither true nor false. Write one of them without quotation marks",
}


def _shown(value: object) -> str:
    """A value as TOML has it."""
    return rtoml.dumps({"": value}).partition("=")[2].strip() if not isinstance(value, Mapping) else "{…}"


def _quoted(value: object) -> str:
    """The same as texts."""
    items = value if isinstance(value, list) else [value]
    return ", ".join(f'"{item}"' for item in items)
