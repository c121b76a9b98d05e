"""The title that a table or a page has beside a text: without what a site adds to it."""

from __future__ import annotations

import re
from collections.abc import Callable

_TAGS = re.compile(r"\s*[_|｜»>]+\s*|\s+[-—–]{1,2}\s+")
_HYPHEN = re.compile(r"(?<!\d)-+(?!\d)")
_LABEL = re.compile(
    r"^(?:标题|题目|文章标题)[:：]|^(?:[【\[](?:图|组图|转|荐|原创|精华|热|置顶)[】\]])+|^\d{1,4}[、.．](?=[一-鿿])"
)
_SUFFIX = re.compile(r"\.(?:txt|docx?|pdf|html?|wps|rtf)$", re.I)
_SENTENCE = re.compile(r"。|[，；！：:,]$|，.*，")
_HAN = re.compile(r"[一-鿿]")
_SITE = re.compile(r"(?:[网站页]|门户|平台|公众号|客户端)$|^无标题|^欢迎")
_FEWEST, _LONGEST = 4, 90  # Chinese characters, characters


def bare_title(said: str, is_typed: Callable[[str], bool], organ_in: Callable[[str], str | None]) -> str | None:
    """The title without the names of columns and site around it; None where that is none.

    `is_typed` tells whether a title ends as those of reports do, `organ_in` which organ a line names.

    >>> bare_title("曲周县2016年工作总结_曲周县统计局", lambda title: title.endswith("总结"), lambda line: None)
    '曲周县2016年工作总结'
    >>> bare_title("曲周县2016年工作总结-公文网", lambda title: title.endswith("总结"), lambda line: None)
    '曲周县2016年工作总结'
    >>> bare_title("附件1", lambda title: False, lambda line: None)
    """
    bare = _SUFFIX.sub("", _LABEL.sub("", " ".join(said.split())))
    for tags in (_TAGS, _HYPHEN):
        parts = [part.strip() for part in tags.split(bare) if part.strip()]
        if len(parts) > 1 and not is_typed("".join(bare.split())):
            typed = [part for part in parts if is_typed("".join(part.split()))]
            if tags is _TAGS or typed:
                bare = typed[0] if typed else parts[0]
    title = "".join(bare.split())
    if _SENTENCE.search(title) or ((_SITE.search(title) or organ_in(title)) and not is_typed(title)):
        return None
    return title if len(_HAN.findall(title)) >= _FEWEST and len(title) <= _LONGEST else None
