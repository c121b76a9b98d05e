"""The samples as tasks of every kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.annotate.marks import LAYERS, Task
from pipeline.annotate.sampling import at_random
from pipeline.annotate.tasks import tasks_of


@pytest.fixture(scope="session")
def tasks(dataset: Path) -> list[Task]:
    return list(tasks_of(dataset, at_random(dataset, LAYERS, 0), LAYERS))
