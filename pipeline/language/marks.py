"""The marks that headings and list items begin with, for all who only need to see that one is there.

What a heading is in full, its rank and how long it may be, stands in ``rules/headings.toml``; whatever begins with a
mark of that table is seen here too.
"""

from __future__ import annotations

import re

LINE_ENDS = "\n\r\v\f\x85\u2028\u2029"
"""Characters that end a line, in any software."""

_HAN = "[一二三四五六七八九十百]{1,4}"
OUTER_MARK = rf"(?:{_HAN}[、．.]|[（(][一二三四五六七八九十\d]{{1,3}}[）)])"
"""Pattern of the marks that main parts and their parts bear: 一、 and （一）."""
_MARKS = (
    OUTER_MARK,
    rf"{_HAN}(?:\s*[、．.，,﹑)）：:]|[是要]|[ \u3000\t])",
    r"[（(〔﹙【<〈＜]\s?(?:[一二三四五六七八九十\d]{1,3}|[A-Za-z]{1,3})\s?[)）〕﹚】>〉＞]",
    r"\d{1,3}\s?[、．.）)](?!\d)|\d{1,2}[．.]\d{1,2}(?:[．.]\d{1,2})?[、\s]+(?=[一-鿿“])",
    rf"第\s?(?:{_HAN}|\d[\d\s]{{0,4}})\s?(?:[章节条部编篇，、]|是|个(?:问题|方面|议题|部分)，)",
    r"[壹贰叁肆伍陆柒捌玖拾]{1,2}\s?[、．.：:]|\d{1,2}[ \u3000\t]+(?=[一-鿿“][^，。；：\s\d]{1,18}(?:\n|\Z))",
    r"(?:问题|议题|议程|议案|提问|专题|案例|任务|举措)[一二三四五六七八九十\d]{1,2}[：:]",
    r"[①-⒛❶-❿㈠-㈩Ⅰ-ⅿ]|(?:[A-Za-zＡ-Ｚ]|[IVX]{2,4})\s?[.．、）)]",
    r"附件?[:：\d]|[●■◆★▲▪•·—【《#*>|-]",
)
BEGINNING_MARK = re.compile(rf"\s*(?:{'|'.join(_MARKS)})")
"""Whether something of its own begins here, a heading, an item, a bullet, an annex, and not the rest of a sentence."""

TITLE_MARK = re.compile(
    r"(?:【[一-鿿]{2,6}】|附件?\s?[\d一二三四五六七八九十]{0,2}\s?[:：]|[《“](?=[^《》“”\n]{8,60}[》”]\s*$)|[★☆●◆■▲◎※•·○]{1,3}"
    r"|\d{1,2}[.．、](?=[一-鿿])|一、|[（(][一1][）)])\s*"
)
"""What may stand before a title and is no part of it: a tag, an annex, a bracket around it, a star, the number of a first item."""
TITLE_END = re.compile(r"\s*[》”★☆●◆■▲◎※•·○]{1,3}\s*$")
"""What of it stands behind one."""

_ADORNED = re.compile(
    r"[^\S\n]*(?:[-=~*#>—–+·•★☆●○■□◆◇▲△►▶→☞✦※◎§|｜]{1,4}|[<{\[〖〔［＜「『])[^\S\n]*(?P<words>[一-鿿0-9、（）]{4,16}?)"
    r"[^\S\n]*[-=~*#<—–+·•★☆●○■□◆◇▲△◄◀←※◎§|｜>}\]〗〕］＞」』]{0,4}[^\S\n]*"
)


def words_adorned(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the words of a short line stand between signs that only adorn it; None where it has none.

    >>> words_adorned("=== 存在问题 ===", 0, 12), words_adorned("存在问题", 0, 4)
    ((4, 8), None)
    """
    found = _ADORNED.fullmatch(text, start, end)
    return found.span("words") if found else None


def bare_of_marks(title: str) -> str:
    """A title without what only stands around it.

    >>> bare_of_marks("《石桥镇2021年工作总结》"), bare_of_marks("附件2：石桥镇工作总结"), bare_of_marks("2021年工作总结")
    ('石桥镇2021年工作总结', '石桥镇工作总结', '2021年工作总结')
    """
    mark = TITLE_MARK.match(title)
    return TITLE_END.sub("", title[mark.end() :]) if mark else title
