"""Days as tables of scraped texts write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_WRITTEN = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s?(?:年|[-/.])\s?(1[0-2]|0?[1-9])(?:\s?(?:月|[-/.])\s?(3[01]|[12]\d|0?[1-9])(?!\d))?(?!\d)"
)
_RUN = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:\d{6})?")
_YEAR = re.compile(r"((?:19|20)\d\d)(?:年度?)?")
_SECONDS = re.compile(r"(1?\d{9})(\d{3})?(?:\.\d+)?")
_IN_CHINA = timedelta(hours=8)
_LONGEST = 60  # characters of a cell that tells a day and not a story


def day_in(cell: str) -> str | None:
    """The day that a cell tells, as far as it does; None where it tells none.

    >>> [day_in(cell) for cell in ("2021/1/5 10:20", "发布时间：2021年1月5日", "20210105", "2021-01", "2021年")]
    ['2021-01-05', '2021-01-05', '2021-01-05', '2021-01', '2021']
    >>> [day_in(cell) for cell in ("1609804800", "1609804800000", "12.5", "曲周县")]
    ['2021-01-05', '2021-01-05', None, None]
    """
    bare = cell.strip()
    if len(bare) > _LONGEST:
        return None
    if (run := _RUN.fullmatch(bare)) or (run := _WRITTEN.search(bare)):
        return "-".join(part.zfill(2) for part in run.groups() if part)
    if year := _YEAR.fullmatch(bare):
        return year[1]
    if seconds := _SECONDS.fullmatch(bare):
        return (datetime.fromtimestamp(int(seconds[1]), UTC) + _IN_CHINA).date().isoformat()
    return None
