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
    rf"第\s?(?:{_HAN}|\d[\d\s]{{0,4}})\s?(?:[章节条部编篇，、]|是)",
    r"[①-⒇❶-❿㈠-㈩Ⅰ-ⅿ]|(?:[A-Za-zＡ-Ｚ]|[IVX]{2,4})\s?[.．、）)]",
    r"附件?[:：\d]|[●■◆★▲▪•·—【《#*>|-]",
)
BEGINNING_MARK = re.compile(rf"\s*(?:{'|'.join(_MARKS)})")
"""Whether something of its own begins here, a heading, an item, a bullet, an annex, and not the rest of a sentence."""
