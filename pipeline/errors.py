"""What can go wrong, in the user's words: what happened, then what to do."""

from __future__ import annotations


class PipelineError(Exception):
    """Base of every error that we raise on purpose; the command prints it as one line and exits with 2."""


class UsageError(PipelineError):
    """The command or a call was used wrongly."""


class RulesError(PipelineError):
    """A row of knowledge (ours or a user's) does not follow its schema."""


class ConfigError(PipelineError):
    """A configuration names an unknown key or a value of the wrong type."""


class ReadError(PipelineError):
    """An entry could not be read; becomes a row of ``failures`` with stage ``read``."""


class Skipped(ReadError):
    """An entry is no text by its kind; becomes a row of ``failures`` with stage ``skipped``."""
