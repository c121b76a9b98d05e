"""Readers that rest on C libraries work in a process of their own, so that a crash or a hang costs one document.

The process stays for the next document and is given up when a document has broken it. It may write no file, and its
memory and processor time are bound where the system can (Linux; elsewhere the clock alone).
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from functools import lru_cache
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.errors import ReadError
from pipeline.reading.columns import Columns
from pipeline.reading.files import File, load
from pipeline.reading.limits import Limits
from pipeline.reading.refusals import Damaged, TooLarge, error_named
from pipeline.records import Failure, RawText, Source

PATIENCE = 4  # how much longer than its processor time a reader may take by the clock, on a busy machine
GRACE = 20  # seconds beside, for starting on a cold disk
OUT_OF_MEMORY = 77  # exit status
Answer = dict[str, Any]


class Broken(Exception):
    """The process died over a document, with this status."""


class Child:
    """One reading process."""

    def __init__(self) -> None:
        self._room = TemporaryDirectory(prefix="report-pipeline-", ignore_cleanup_errors=True)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "pipeline.reading.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "TMPDIR": self._room.name},
            start_new_session=True,  # so that what it starts can be ended with it
        )
        self.fresh = True
        self._begun = self._late = False

    def ask(self, order: Answer, data: bytes, limits: Limits) -> Iterator[Answer]:
        """The answers to one order. Raises Broken, or TooLarge where it took too long."""
        self._late = False
        seconds = PATIENCE * max(limits.max_seconds, limits.office_seconds) + GRACE
        try:
            with suppress(BrokenPipeError):
                self._tell(json.dumps({**order, "size": len(data), "limits": asdict(limits)}).encode() + b"\n" + data)
            if not self._begun:
                self._begun = self._hear(seconds) == {"ready": True}
            while True:
                answer = self._hear(seconds)
                if "end" in answer:
                    break
                yield answer
        except BaseException:
            self.stop()
            raise
        self.fresh = False

    def _tell(self, message: bytes) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(message)
        self._process.stdin.flush()

    def _hear(self, seconds: float) -> Answer:
        assert self._process.stdout is not None
        timer = threading.Timer(seconds, self._give_up)
        timer.daemon = True
        timer.start()
        try:
            line = self._process.stdout.readline()
        finally:
            timer.cancel()
        if line.endswith(b"\n"):
            answer: Answer = json.loads(line)
            return answer
        status = self._process.wait()
        if not self._begun:
            raise ReadError("The reading process does not start. Install report-pipeline anew.")
        if self._late or status == -getattr(signal, "SIGXCPU", 0):
            raise TooLarge("Reading it took too long. Raise limits.max_seconds, or save it as .txt.")
        raise Broken(status)

    def _give_up(self) -> None:
        """Called by a clock in another thread."""
        self._late = True
        self._kill()

    def _kill(self) -> None:
        if self._process.poll() is not None:
            return
        if sys.platform == "win32":
            self._process.kill()
        else:
            os.killpg(self._process.pid, signal.SIGKILL)

    def stop(self) -> None:
        """End the process and what it started."""
        self._kill()
        with suppress(BrokenPipeError), self._process:  # closes the pipes and waits
            pass
        self._room.cleanup()


class Children:
    """The reading processes of this process that are free; more than one works only where readings are nested."""

    def __init__(self) -> None:
        self._free: list[Child] = []
        atexit.register(self.stop)

    def ask(self, order: Answer, data: bytes, limits: Limits) -> Iterator[Answer]:
        """The answers to one order. A process that broke on it after others is not believed: a fresh one decides."""
        child = self._free.pop() if self._free else Child()
        told = False
        try:
            for answer in child.ask(order, data, limits):
                told = True
                yield answer
        except Broken as broken:
            if child.fresh or told:
                raise _verdict(broken.args[0], limits) from broken
            child = Child()
            self._free.append(child)
            yield from self.ask(order, data, limits)
            return
        self._free.append(child)

    def stop(self) -> None:
        """End all of them."""
        while self._free:
            self._free.pop().stop()


@lru_cache(maxsize=1)
def _children(process: int) -> Children:
    """Those of this process; a fork of it has its own."""
    return Children()


def read_isolated(media_type: str, source: Source, limits: Limits) -> RawText:
    """Read one document by the reader of its kind in another process. Raises what the reader raises."""
    order = {"media_type": media_type, "name": source.name}
    answer = next(iter(list(_children(os.getpid()).ask(order, source.data, limits))), {})
    if "raw" not in answer:
        raise _error(answer)
    text, encoding, warning, styles, title = answer["raw"]
    return RawText(text, media_type, encoding, warning, tuple((s, e, level) for s, e, level in styles), title)


def open_isolated(media_type: str, file: File, limits: Limits, wanted: Columns) -> Iterator[File | Source | Failure]:
    """The entries of a container that only a library can open."""
    data = b"" if file.path else load(file, limits).data
    path = str(file.path) if file.path else None
    order = {"media_type": media_type, "name": file.name, "path": path, "wanted": wanted}
    refused = None
    for answer in _children(os.getpid()).ask(order, data, limits):
        if "source" in answer:
            name, text, kind, meta, title, published = answer["source"]
            yield Source(name, text.encode(), kind, meta, title=title, published=published)
        elif "failure" in answer:
            yield Failure(*answer["failure"])
        else:
            refused = _error(answer)
    if refused:
        raise refused


def _verdict(status: int, limits: Limits) -> ReadError:
    if status == OUT_OF_MEMORY:
        return TooLarge(f"It needs over {limits.max_memory:,} bytes of memory. Raise limits.max_memory.")
    how = signal.Signals(-status).name if status < 0 else f"exit status {status}"
    return Damaged(f"The library that reads it broke down on it ({how}). Get it again, or save it as .txt.")


def _error(answer: Answer) -> Exception:
    name, message = answer.get("error", ("Damaged", "Nothing came of reading it. Get it again."))
    return error_named(name, message)
