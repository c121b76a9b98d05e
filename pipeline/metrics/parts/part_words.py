"""The words that tell which number is a part of which, as patterns."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.language.uses import Uses
from pipeline.rules.schema import PartCue


class PartWords:
    """The table of cues of parts as patterns, one a use; built once. See ``part_cues.toml`` for what they tell."""

    def __init__(self, rows: Iterable[PartCue]) -> None:
        pattern = Uses(rows).pattern
        self.opens = pattern("%s|含(?<![^，（(]含)[^）)]*$|包括(?<![^，（(]包括)[^）)]*$", "opens")
        self.trait = pattern("[，；、]?(?:已经?|仍|尚)?(?:%s)", "trait")
        """What those counted are or have, and not what is done to them: 达到标准的|6户, but not 剔除不合标准的|6户."""
        self.sort = pattern("[，：][^，。；：、\n]{1,6}(?P<sort>%s)$", "sort")
        """A kind without its noun: 处分32人，乡科级|5人."""
        self.rank = pattern(
            "[，：](?:[0-9一二三四五六七八九十]{2,4}(?:周岁|岁)|[^，。；：、\n]{2,5}(?:%s))以[上下]的?$", "rank"
        )
        """Such a kind with a bound: 发展党员18名，35岁以下|12名."""
        self.outcome = pattern(
            "%s|(?:(?:现?已|全部)|(?:当[场年日]|现场|年内|年底|目前)?(?:%s))(?!.*的$)", "aside", "outcome"
        )
        self.sum = pattern("[，；、\\s]*(?:%s)|[^；]*(?:%s)", "sum", "mean")
        self.quality = pattern("%s|的$", "quality")
        self.added = pattern("(?:%s)[^，。；\\d]{0,16}$", "added")
        self.sorted, self.industry = (pattern("%s", use) for use in ("sorted", "industry"))
        self.kind = pattern("(?:%s)$", "kind")
        """A noun and a kind of it: 教职工|专任教师."""
        self.level, self.rest, self.handled, self.mean = (
            pattern("%s", use) for use in ("level", "rest", "handled", "mean")
        )
        self.turned, self.occupies, self.basis, self.became = (
            pattern("%s", use) for use in ("turned", "occupies", "basis", "became")
        )
