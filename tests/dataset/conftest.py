"""A dataset of the samples with odd rows beside theirs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from odd import write_odd


@pytest.fixture(scope="session")
def odd_dataset(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nobody writes into it."""
    folder = tmp_path_factory.mktemp("odd") / "dataset"
    shutil.copytree(dataset, folder, ignore=shutil.ignore_patterns(".run"))
    write_odd(folder)
    return folder


@pytest.fixture
def own(dataset: Path, tmp_path: Path) -> Path:
    """A copy of the samples' dataset, to write into."""
    return Path(shutil.copytree(dataset, tmp_path / "own", ignore=shutil.ignore_patterns(".run")))
