"""RTF documents, with the characters of their own code page."""

from __future__ import annotations

from pipeline.reading.limits import Limits
from pipeline.reading.lines import Line, compose
from pipeline.reading.media import RTF
from pipeline.reading.refusals import Damaged, missing_package
from pipeline.records import RawText


def read_rtf(data: bytes, limits: Limits) -> RawText:
    """The text of an RTF document. Raises Missing where striprtf is not installed, Damaged where it gives up."""
    try:
        from striprtf.striprtf import rtf_to_text
    except ModuleNotFoundError as error:
        raise missing_package("striprtf", "office", "an RTF document") from error
    try:
        text = rtf_to_text(  # type: ignore[no-untyped-call]
            data.decode("latin-1"), encoding="gb18030", errors="replace"
        )
    except Exception as error:  # it meets documents that its author never saw
        raise Damaged(f"The RTF document cannot be followed ({error}). Save it as .txt and run again.") from error
    return compose(map(Line, text.split("\n")), RTF, "gb18030", limits)
