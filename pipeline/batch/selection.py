"""Which entries of an archive are wanted: by their names, by chance, and up to a number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from hashlib import sha256
from shlex import quote
from typing import Any

from pipeline.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Patterns for names as in ``documents.source`` (``*`` also stands for ``/``), a share of the entries, a number.

    A pattern that fits a container fits all that is in it. Whether an entry is in the sample depends on its name
    alone: a larger sample holds the smaller one, and other entries change nothing.

    >>> Selection(include=("*/2023/*",), exclude=("*.png",)).takes("a/2023/x.txt", "a/2023/x.txt")
    True
    >>> Selection(exclude=("*.zip",)).takes("a/old.zip", "a/old.zip!x.txt")
    False
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    sample: float = 1.0
    limit: int | None = None

    def opens(self, file: str) -> bool:
        """Whether anything in a file can be wanted."""
        return not any(fnmatchcase(file, pattern) for pattern in self.exclude)

    def takes(self, file: str, entry: str) -> bool:
        """Whether an entry of a file is wanted."""
        names = {file, entry}
        if any(fnmatchcase(name, pattern) for pattern in self.exclude for name in names):
            return False
        if self.include and not any(fnmatchcase(name, pattern) for pattern in self.include for name in names):
            return False
        return self.sample >= 1 or _chance(entry) < self.sample

    @property
    def narrows(self) -> bool:
        """Whether it may leave nothing of an archive that holds something."""
        return bool(self.include or self.exclude or self.sample < 1)

    def holds(self, other: Selection) -> bool:
        """Whether it takes all that `other` takes, whatever the archive holds.

        >>> Selection(limit=9).holds(Selection(limit=3)), Selection(limit=9).holds(EVERYTHING)
        (True, False)
        """
        same = replace(self, limit=None) == replace(other, limit=None)
        return (
            (self.limit is None or (same and other.limit is not None and self.limit >= other.limit))
            and self.sample >= other.sample
            and set(self.exclude) <= set(other.exclude)
            and (not self.include or (bool(other.include) and set(self.include) >= set(other.include)))
        )

    def options(self) -> str:
        """How it is asked for; empty for everything.

        >>> Selection(include=("*2023*",), limit=3).options()
        "--include '*2023*' --limit 3"
        """
        given = [f"--include {quote(pattern)}" for pattern in self.include]
        given += [f"--exclude {quote(pattern)}" for pattern in self.exclude]
        given += [f"--sample {self.sample:g}"] if self.sample < 1 else []
        return " ".join([*given, *([f"--limit {self.limit}"] if self.limit is not None else [])])

    def check_taken(self, entries: int) -> None:
        """Raises UsageError where no entry is left, or there was none."""
        if entries:
            return
        if self.include or self.exclude:
            sampled = " that the --sample holds" if self.sample < 1 else ""
            raise UsageError(
                f"No entry{sampled} fits --include and --exclude. A pattern must match a whole name, as in "
                "documents.source: give '*2023*', not 2023."
            )
        if self.sample < 1:
            raise UsageError("The --sample holds no entry. Give a larger share.")
        raise UsageError("There is no entry: the tables and archives hold nothing. Name files that hold reports.")


EVERYTHING = Selection()


def selection_of(tree: Mapping[str, Any]) -> Selection:
    """The selection that was written down as JSON."""
    given: dict[str, Any] = {n: tuple(value) if isinstance(value, list) else value for n, value in tree.items()}
    return Selection(**given)


def _chance(name: str) -> float:
    """A number from 0 up to 1 that a name always has."""
    return int.from_bytes(sha256(name.encode("utf-8", "surrogatepass")).digest()[:8], "big") / 2**64
