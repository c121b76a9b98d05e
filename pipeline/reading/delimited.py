"""The rows of a delimited table. A quotation mark left open in one of them does not take those behind it."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from itertools import chain

from pipeline.reading.refusals import BrokenRow

AGAIN = 5 * 10**7
"""So many characters of a table are read again at most, behind rows that are broken."""


class Rows:
    r"""The rows that hold anything; the delimiter is the one that the first line has most of.

    A row that is broken is one failure, and the table goes on at the next line with as many cells as its first row.

    >>> [len(row) if isinstance(row, list) else "broken" for row in Rows(iter(["a,b\n", '1,"x\n', "2,y\n"]), None, 99)]
    [2, 'broken', 2]
    """

    def __init__(self, lines: Iterator[str], delimiter: str | None, max_chars: int) -> None:
        first = next(lines, "")
        self._lines = chain([first] if first else [], lines)
        self._delimiter = delimiter or max(",;\t|", key=first.count)
        self._max_chars, self._again = max_chars, AGAIN
        self._back: deque[str] = deque()  # lines to be read again
        self._row: list[str] = []  # lines of the row that is being read
        self._size = self._number = 0  # its characters; the number of the last line
        self._width = 0  # cells of the first row

    def __iter__(self) -> Iterator[list[str] | BrokenRow]:
        reader = csv.reader(self._feed(), delimiter=self._delimiter, strict=True)
        while True:
            self._row, self._size = [], 0
            try:
                row: list[str] | BrokenRow = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                row = self._alone() or self._broken(str(error))
                reader = csv.reader(self._feed(), delimiter=self._delimiter, strict=True)
            if isinstance(row, BrokenRow):
                yield row
            elif any(cell.strip() for cell in row):
                self._width = self._width or len(row)
                yield row

    def _feed(self) -> Iterator[str]:
        """The lines of the table, each kept for the row that it is of."""
        while (line := self._next()) is not None:
            self._row.append(line)
            self._size += len(line)
            if self._size > self._max_chars:
                raise csv.Error("it is longer than max_chars allows")
            yield line

    def _next(self) -> str | None:
        line = self._back.popleft() if self._back else next(self._lines, None)
        self._number += line is not None
        return line

    def _alone(self) -> list[str] | None:
        """The cells of a row whose only line has quotation marks amid its words; None where one of them stays open."""
        if self._row[0].count('"') % 2:
            return None
        reader = csv.reader([self._row[0], ""], delimiter=self._delimiter)
        try:
            cells = next(reader)
        except csv.Error:
            return None
        return cells if len(self._row) == reader.line_num == 1 else None

    def _broken(self, error: str) -> BrokenRow:
        """What to say of a row that cannot be told into cells; the next line that may begin a row is the next to read."""
        first = self._number - len(self._row) + 1
        if self._width > 1 and self._size <= self._again:
            self._again -= self._size
            self._back.extendleft(reversed(self._row[1:]))
            self._number = first
            while (line := self._next()) is not None:
                if self._begins_row(line):
                    self._back.appendleft(line)
                    self._number -= 1
                    break
        lines = f"Line {first}" if self._number == first else f"Lines {first} to {self._number}"
        return BrokenRow(
            f"{lines} of the table cannot be told into cells ({error}). "
            "Look for a quotation mark that is left open there, or raise limits.max_chars."
        )

    def _begins_row(self, line: str) -> bool:
        try:
            return len(next(csv.reader([line], delimiter=self._delimiter), [])) == self._width
        except csv.Error:
            return False
