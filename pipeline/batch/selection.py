"""Which entries of an archive are wanted: by their names, by chance, and up to a number."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from hashlib import sha256

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


def _chance(name: str) -> float:
    """A number from 0 up to 1 that a name always has."""
    return int.from_bytes(sha256(name.encode("utf-8", "surrogatepass")).digest()[:8], "big") / 2**64
