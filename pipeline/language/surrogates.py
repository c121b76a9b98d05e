"""Halves of surrogate pairs: what is left where a cut went through an emoji or a rare character; no file can hold them."""

from __future__ import annotations

import re

_HALF = re.compile("[\ud800-\udfff]")


def whole(text: str) -> str:
    r"""A text of the same length with U+FFFD in place of halves.

    >>> whole("全镇\ud83d党员") == "全镇\ufffd党员"
    True
    """
    return _HALF.sub("\ufffd", text)
