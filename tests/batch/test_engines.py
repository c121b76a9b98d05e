from __future__ import annotations

import os
import time

import pytest

from pipeline.batch.engines import ENGINES
from pipeline.errors import PipelineError, UsageError


def square(number: int) -> int:
    return number * number


def die(number: int) -> int:
    if number == 3:
        os._exit(9)
    time.sleep(0.01)
    return number


@pytest.mark.parametrize("workers", [1, 2])
def test_every_task_is_done_once(workers: int) -> None:
    with ENGINES["local"](workers) as spread:
        assert sorted(spread(square, iter(range(30)))) == [n * n for n in range(30)]
        assert sorted(spread(square, iter(range(5)))) == [0, 1, 4, 9, 16]
        assert list(spread(square, iter(()))) == []


def test_tasks_are_drawn_only_as_workers_come_free() -> None:
    drawn = 0

    def tasks() -> object:
        nonlocal drawn
        for number in range(1000):
            drawn += 1
            yield number

    with ENGINES["local"](2) as spread:
        results = spread(square, tasks())  # type: ignore[arg-type]
        next(results)
        assert drawn < 20


def test_the_death_of_a_worker_is_told() -> None:
    with pytest.raises(PipelineError, match="--resume"), ENGINES["local"](2) as spread:
        list(spread(die, iter(range(9))))


def test_dask_is_said_not_to_be_there() -> None:
    with pytest.raises(UsageError, match="dask is not in this version"):
        ENGINES["dask"](2)
