"""The signs with which Markdown marks a heading and words within a line, for all who read texts that bear them."""

from __future__ import annotations

import re

HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
"""A whole line that is a heading: its level in signs, and its words."""

STRONG = r"(?P<strong>\*\*|__)(?=\S)(?P<bold>[^*_\n]+?)(?<=\S)(?P=strong)"
"""Words between two pairs of stars or strokes."""
