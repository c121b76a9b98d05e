"""Names of what an account took in and spent, which its heading tells: （二）政府性基金预算⏎收入完成|21.4亿元."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence

from pipeline.metrics.page.found import Found

_SIDES = frozenset((
    "收入", "支出", "总收入", "总支出", "收入总计", "支出总计", "收入合计", "支出合计", "结余", "本年收入", "本年支出",
    "当年收入", "当年支出", "年终结余", "年末结余", "当年结余", "本年结余", "收支结余",
))  # fmt: skip
_HEADING = re.compile(
    "^[ \u3000]*(?:[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．][ \u3000]*)?(?P<said>[^。；;，,\n]{2,30})[。：:]?$",
    re.MULTILINE,
)
_ACCOUNT = re.compile(
    "(?:(?:19|20)[0-9]{2}年)?(?:全[国省市县区州旗镇乡]|[省市县区州旗镇乡]本?级)?"
    "(?P<of>一般公共预算|公共财政预算|政府性基金预算|政府性基金|国有资本经营预算|社会保险基金预算|社会保险基金|社保基金预算|社保基金)"
    "(?:收支|收入|支出|预算|执行|完成|安排|草案|情况|及|和)*"
)


def name_of_accounts(text: str, found: Sequence[Found]) -> None:
    """Name in full what only says that an account took in or spent so much, by the heading that it stands under."""
    if all(one.name not in _SIDES for one in found):
        return
    headings = [(line.start(), _ACCOUNT.fullmatch(line["said"])) for line in _HEADING.finditer(text)]
    starts = [start for start, _ in headings]
    wrong = right = ""
    for one in found:
        at = bisect(starts, one.quantity.start) - 1
        account = headings[at][1] if at >= 0 else None
        if account is None:
            wrong = ""
        elif one.name in _SIDES and one.rule != "unit":
            wrong, right = one.name, account["of"] + one.name
            one.rename(right)
        else:
            one.takes_over(wrong, right)
