"""Pass: tags of site software, HTML, entities, zero-width and control characters, in the middle of words too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from itertools import chain

from pipeline.cleaning.kinds import SIGN
from pipeline.cleaning.knowledge import Knowledge, MarkerPattern
from pipeline.cleaning.lines import taken
from pipeline.records import Edit

_ENTITY = re.compile(r"&(?:amp;)*(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")


def remove_markup(text: str, knowledge: Knowledge) -> list[Edit]:
    """Take tags away and leave what they enclose; an editor of a site puts them anywhere, even within a word."""
    places: dict[str, list[int]] = {}
    for at in knowledge.kinds.places(text, SIGN):
        places.setdefault(text[at], []).append(at)
    return [
        Edit(*taken(text, *found), "", marker.kind, marker.rule)
        for marker in knowledge.markers
        if not marker.signs.isdisjoint(places)
        for found in _found(marker, text, places)
    ]


def _found(marker: MarkerPattern, text: str, places: Mapping[str, Sequence[int]]) -> Iterator[tuple[int, int]]:
    """Where a marker stands, tried at the places of its signs alone if it begins with one."""
    if not marker.begins:
        yield from (found.span() for found in marker.pattern.finditer(text))
        return
    end = 0
    for at in sorted(chain.from_iterable(places[sign] for sign in marker.signs.intersection(places))):
        if at >= end and (found := marker.pattern.match(text, at)):
            end = found.end()
            yield at, end


def restore_entities(text: str, knowledge: Knowledge) -> list[Edit]:
    """Write the character that an HTML entity stands for (``&ldquo;`` → “), also where it was escaped twice.

    One that stands for a blank or for nothing to be seen (``&nbsp;``) is debris and goes.
    """
    edits = []
    for found in _ENTITY.finditer(text) if "&" in text else ():
        name = "&" + found.group().split(";")[-2].lstrip("&") + ";"
        meant = unescape(name)
        if meant.isspace() or not meant.isprintable() or not meant:
            edits.append(Edit(found.start(), found.end(), "", "markup", "entity"))
        elif meant != found.group():
            edits.append(Edit(found.start(), found.end(), meant, "normalised", "entity"))
    return edits
