"""The plan of the house, held by reading the sources: see the rooms in the order in which they may use each other."""

from __future__ import annotations

import ast
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pipeline"

FLOORS = (  # from the ground up; a room imports from floors below its own, and from its own room
    {"records", "offsets", "errors", "estimators"},
    {"rules", "language", "gold"},
    {"reading", "cleaning", "outline", "segmentation", "facts", "metrics", "classification", "dataset"},
    {"analysis"},
    {"pages"},
    {"config", "kit", "flow", "batch", "training"},
    {"terminal", "annotate", "explore", "commands", "cli", "spacy_components", "__init__", "__main__"},
)
WITHIN = (
    {"offsets", "records"},
    {"estimators", "errors"},
    {"rules", "language"},
    {"config", "kit", "flow", "batch", "training"},
    FLOORS[-1],
)
"""Rooms of one floor that may use each other, as long as no circle comes of it. Workshops are not among them."""

METRICS = ("quantities", "page", "comparisons", "naming", "subjects", "times", "parts")
"""The packages of ``pipeline/metrics`` from the ground up; what stands in none of them puts them together."""

SOURCES = sorted(PACKAGE.rglob("*.py"))
EVERY_FILE = sorted(chain(SOURCES, (ROOT / "tests").rglob("*.py"), (ROOT / "scripts").rglob("*.py")))


def module_of(path: Path) -> str:
    """``pipeline/reading/plain.py`` is ``pipeline.reading.plain``."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(path): path for path in SOURCES}


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else "__init__"


def imports_of(path: Path) -> set[str]:
    """The modules of ours that a file imports anywhere, also inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative import"
            module = node.module or ""
            found |= {n if (n := f"{module}.{alias.name}") in MODULES else module for alias in node.names}
    return {name for name in found if name.split(".")[0] == "pipeline"}


def floor_of(room: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


@pytest.mark.parametrize("path", SOURCES, ids=module_of)
def test_imports_point_downward(path: Path) -> None:
    room = room_of(module_of(path))
    for name in imports_of(path):
        used = room_of(name)
        if used != room:
            level = any({room, used} <= rooms for rooms in WITHIN)
            assert floor_of(used) < floor_of(room) or level, f"{module_of(path)} imports {name}"


def test_no_import_goes_in_a_circle() -> None:
    graph = {name: {n for n in imports_of(path) if n in MODULES and n != name} for name, path in MODULES.items()}
    for name in graph:  # a package's door imports its files, and a file of the package may not come back to the door
        done: set[str] = set()
        ahead = list(graph[name])
        while ahead:
            at = ahead.pop()
            assert at != name, f"{name} comes back to itself"
            if at not in done:
                done.add(at)
                ahead += graph[at]


def test_packages_of_metrics_use_those_before_them() -> None:
    for module, path in MODULES.items():
        room = module.split(".")[2] if module.startswith("pipeline.metrics.") else ""
        if room in METRICS:
            for name in imports_of(path):
                used = name.split(".")[2:3] if name.startswith("pipeline.metrics") else []
                assert not used or used[0] in METRICS[: METRICS.index(room) + 1], f"{module} imports {name}"


def test_the_package_holds_no_room_that_is_not_in_the_plan() -> None:
    rooms = {room_of(name) for name in MODULES}
    assert rooms <= set().union(*FLOORS)


@pytest.mark.parametrize("path", EVERY_FILE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            assert lines <= 60, f"{node.name} has {lines} lines"


@pytest.mark.parametrize("path", SOURCES, ids=module_of)
def test_no_room_is_called_utils(path: Path) -> None:
    assert not {"utils", "util", "helpers", "common", "misc"} & set(path.with_suffix("").parts)
