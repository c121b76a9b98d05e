"""The other side of `isolation`: reads orders from standard input, and writes what came of them, one JSON a line."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, cast

from pipeline.errors import ReadError
from pipeline.reading.columns import Columns
from pipeline.reading.files import File, on_disk
from pipeline.reading.isolation import OUT_OF_MEMORY
from pipeline.reading.limits import Limits
from pipeline.reading.refusals import as_failure
from pipeline.reading.sources import CONTAINERS, CONVERTED, READERS
from pipeline.records import Failure, Source

# Of the memory allowed: a library's fault after that much was used is put down to want of it. A buffer that is doubled
# and copied is refused with a third of the memory in use.
MUCH = 1 / 3
Order = dict[str, Any]


def main() -> None:
    """Serve until standard input ends, as it does with the other side. What a library prints goes nowhere."""
    orders, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    answers.write(b'{"ready": true}\n')
    answers.flush()
    while line := orders.readline():
        order: Order = json.loads(line)
        data = orders.read(order["size"])
        limits = Limits(**order["limits"])
        bind(limits, office=order["media_type"] in CONVERTED)
        for answer in _answers(order, data, limits):
            answers.write(json.dumps(answer, default=str).encode() + b"\n")
        answers.write(b'{"end": true}\n')
        answers.flush()
    shutil.rmtree(os.environ["TMPDIR"], ignore_errors=True)


def _answers(order: Order, data: bytes, limits: Limits) -> Iterator[Order]:
    name, media_type = order["name"], order["media_type"]
    try:
        if media_type in READERS:
            raw = READERS[media_type](data, limits)
            yield {"raw": [raw.text, raw.encoding, raw.warning, raw.styles, raw.title]}
            return
        opener = cast("Callable[[], BinaryIO]", partial(io.BytesIO, data))
        file = on_disk(Path(order["path"]), name) if order["path"] else File(name, len(data), opener)
        for found in CONTAINERS[media_type](file, limits, Columns(*order["wanted"])):
            bind(limits, office=False)  # each row is an entry with a time of its own
            if isinstance(found, Source):
                beside = [found.title, found.published]
                yield {"source": [found.name, found.data.decode(), found.media_type, dict(found.meta), *beside]}
            elif isinstance(found, Failure):
                yield {"failure": [found.source, found.stage, found.error, found.message]}
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # perhaps for want of what earlier documents left: a fresh process decides
    except Exception as error:  # libraries raise all sorts, also where they could get no memory
        if _is_short_of_memory(error, limits):
            os._exit(OUT_OF_MEMORY)
        failure = as_failure(name, error)
        yield {"error": [failure.error, failure.message]}


def _is_short_of_memory(error: Exception, limits: Limits) -> bool:
    """Whether it is for want of memory that this fault came up, whatever a reader or a library made of that."""
    cause: BaseException | None = error
    while cause:
        if isinstance(cause, MemoryError):
            return True
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, ReadError) or sys.platform == "win32":
        return False
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit > MUCH * limits.max_memory


def bind(limits: Limits, *, office: bool) -> None:
    """Bound the memory and the processor time of this process for the next order, and let it write no file.

    Memory is that of data: libraries map far more addresses than they use. An office program, which a reader starts,
    has bounds of its own.
    """
    if sys.platform == "win32":
        return
    import resource

    usage = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(usage.ru_utime + usage.ru_stime)
    for kind, amount in (
        (resource.RLIMIT_CPU, spent + limits.max_seconds + 1),
        (resource.RLIMIT_DATA, limits.max_memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, resource.RLIM_INFINITY if office else 0),
    ):
        hard = resource.getrlimit(kind)[1]
        soft = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        resource.setrlimit(kind, (soft, hard))


if __name__ == "__main__":
    main()
