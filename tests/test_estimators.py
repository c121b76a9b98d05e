from __future__ import annotations

import pickle
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from pipeline.errors import ConfigError
from pipeline.estimators import read_skops
from pipeline.kit import models_folder

MODELS = sorted(models_folder().glob("*/model.skops"))


def same(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, dict):
        return ours.keys() == theirs.keys() and all(same(ours[name], theirs[name]) for name in ours)
    if isinstance(ours, SimpleNamespace):
        return all(
            same(value, getattr(theirs, name)) for name, value in vars(ours).items() if name != "_sklearn_version"
        )
    ours, theirs = np.asarray(ours), np.asarray(theirs)
    return ours.dtype == theirs.dtype and np.array_equal(ours, theirs)


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.parent.name)
def test_what_is_read_is_what_skops_reads(path: Path) -> None:
    from skops.io import load

    assert same(read_skops(path), load(path, trusted=[]))


def test_other_types_are_refused(tmp_path: Path) -> None:
    from skops.io import dump

    dump({"coef": csr_matrix(np.eye(2))}, tmp_path / "sparse.skops")
    dump({"name": Path.cwd}, tmp_path / "function.skops")
    (tmp_path / "pickle.skops").write_bytes(pickle.dumps({"a": 1}))
    for path in tmp_path.iterdir():
        with pytest.raises(ConfigError, match=r"Train the model again\.$"):
            read_skops(path)
