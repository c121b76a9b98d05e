"""What one entry may cost. A hostile or broken file ends as a failure that names the limit, never as a full memory."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.reading.refusals import TooLarge


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Caps for reading; the defaults are far above any report and far below what a laptop cannot bear.

    ``max_ratio`` (unpacked over packed size) is asked of members above one megabyte only: short texts repeat
    themselves without being bombs.
    """

    max_bytes: int = 64 * 2**20  # of one entry
    max_chars: int = 20_000_000  # of one entry's text, and of one line of a table
    max_members: int = 1_000_000  # of one archive
    max_depth: int = 3  # archives within archives
    max_ratio: int = 200  # unpacked size over packed size of an archive's member
    max_nested_bytes: int = 2**30  # of an archive within an archive
    max_seconds: int = 60  # of processor time for one entry of a format that a library reads
    max_memory: int = 768 * 2**20  # bytes of data of a process that reads such formats
    office_seconds: int = 60  # of the clock for one document that LibreOffice converts

    def check(self, limit: str, amount: int, what: str) -> None:
        """Raise `TooLarge` where `amount` is over the limit of that name.

        >>> Limits(max_chars=3).check("max_chars", 5, "characters in the text")
        Traceback (most recent call last):
        pipeline.reading.refusals.TooLarge: 5 characters in the text, max_chars allows 3. Raise limits.max_chars.
        """
        allowed = getattr(self, limit)
        if amount > allowed:
            raise TooLarge(f"{amount:,} {what}, {limit} allows {allowed:,}. Raise limits.{limit}.")
