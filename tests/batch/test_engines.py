from __future__ import annotations

from collections.abc import Iterator

import pytest
from work import die_of_three, square

from pipeline.batch.engines import ENGINES
from pipeline.errors import PipelineError, UsageError


def fail(number: int) -> int:
    raise PipelineError(f"{number} is not to be had")


def never(number: int, reason: str) -> int:
    raise AssertionError(f"a worker died over {number} ({reason})")


@pytest.mark.parametrize("workers", [1, 2])
def test_every_task_is_done_once_also_by_workers_that_are_there_already(workers: int) -> None:
    with ENGINES["local"](workers) as spread:
        assert sorted(spread(square, iter(range(30)), never)) == [n * n for n in range(30)]
        assert sorted(spread(square, iter(range(5)), never)) == [0, 1, 4, 9, 16]
        assert list(spread(square, iter(()), never)) == []


def test_tasks_are_drawn_only_as_workers_come_free() -> None:
    drawn = 0

    def tasks() -> Iterator[int]:
        nonlocal drawn
        for number in range(1000):
            drawn += 1
            yield number

    with ENGINES["local"](2) as spread:
        next(spread(square, tasks(), never))
        assert drawn < 20


@pytest.mark.parametrize("workers", [1, 2])
def test_a_task_whose_worker_died_is_done_in_another_form(workers: int) -> None:
    heard = []

    def lost(number: int, reason: str) -> int:
        heard.append((number, reason))
        return 30

    with ENGINES["local"](workers) as spread:
        assert sorted(spread(die_of_three, iter(range(6)), lost)) == [0, 1, 2, 4, 5, 30]
    assert heard == [(3, "exit status 9")]


def test_what_a_worker_raises_is_raised_here() -> None:
    with pytest.raises(PipelineError, match="0 is not to be had"), ENGINES["local"](1) as spread:
        list(spread(fail, [0], never))


def test_only_a_cluster_has_a_scheduler() -> None:
    with pytest.raises(UsageError, match="--engine dask"), ENGINES["local"](1, "tcp://127.0.0.1:1"):
        pass
