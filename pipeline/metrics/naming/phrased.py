"""Names as nouns: 3家|合作社获评示范社 is 获评示范社合作社, 通了水泥路 is 通水泥路."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.naming.words import NameWords
from pipeline.metrics.page.found import Found

_PARTICLE = re.compile("(?<=[一-龥])(?<![为除])了(?![解结却断])|(?<=..)了$")


def name_as_nouns(found: Sequence[Found], words: NameWords) -> None:
    """Put what is said of things before them, and take particles out."""
    for one in found:
        name = one.name
        if "了" in name:
            name = _PARTICLE.sub("", name)
        if (
            one.rule.startswith("right")
            and not name.endswith(words.amounts)
            and (said := words.said_of.fullmatch(name))
        ):
            name = said["what"] + said["noun"]
        one.name = name
