"""What an engine gives: a way to spread tasks over workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Spread(Protocol):
    """Do `work` on every task and give the results in any order; tasks are drawn only as workers come free."""

    def __call__(self, work: Callable[[T], R], tasks: Iterable[T], lost: Callable[[T, str], T]) -> Iterator[R]:
        """Start drawing tasks when the first result is asked for.

        Where a worker died over a task, `lost` is told why and gives the task that is to be done in its stead.
        """


class Engine(Protocol):
    """Opens so many workers; `scheduler` is the address of a cluster, for engines that have one."""

    def __call__(self, workers: int, scheduler: str | None = None) -> AbstractContextManager[Spread]:
        """Close the workers when the context is left."""
