"""Put on PYTHONPATH by a test: documents that do to their process what a faulty library may do."""

from __future__ import annotations

import ctypes
import os
import signal
from collections.abc import Callable
from typing import Any

from pipeline import flow, reading


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def crash() -> None:
    ctypes.string_at(0)


def hang() -> None:
    ctypes.PyDLL(None).pause()  # for ever, and no other thread of Python runs


def swell() -> None:
    bytearray(4 << 30)


POISONS = {b"DIE": die, b"CRASH": crash, b"HANG": hang, b"SWELL": swell}


def poisoned(step: Callable[..., Any], where: bytes) -> Callable[..., Any]:
    def wrapped(source: Any, *more: Any, **options: Any) -> Any:
        for word, deed in POISONS.items():
            if where + word in source.data:
                deed()
        return step(source, *more, **options)

    return wrapped


reading.read = poisoned(reading.read, b"READ:")  # type: ignore[assignment]
flow.process = poisoned(flow.process, b"WORK:")  # type: ignore[assignment]
