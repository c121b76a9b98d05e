"""What a housing fund took in and lent in a year, what since it was founded, and what is owed to it and not to the banks."""

from __future__ import annotations

import re

from pipeline.metrics.page.found import Found

_TOTALS = {
    "housing_fund_collected": "housing_fund_collected_total",
    "housing_fund_withdrawn": "housing_fund_withdrawn_total",
    "housing_fund_loans": "housing_fund_loans_total",
}
FUND_CODES = frozenset((*_TOTALS, "loans", "housing_fund_gains"))
_FUND, _BANKS = re.compile("公积金|个贷率|缴存"), re.compile("金融|银行|信贷|存款|普惠|涉农|贷款增")
_SUMMED = re.compile("(?<![全当今本]年)(?<!年度)(?<!年内)累计|历年")
_AT_END, _TO_DATE = re.compile("年末|年底|12月|历年|[建成]立以来|开办以来"), re.compile("截[至止]|至今|目前|月末|月底")
_YEAR_END = re.compile("[比较与](?:上年|去年|年初|[0-9]{4}年)(?:末|底|年初)|[比较与]年初")
_MARKS = "，。；\n"
_REACH = 150


def code_of_fund(text: str, one: Found, code: str) -> str | None:
    """The code of a number of FUND_CODES as its text has it: 年末累计发放|248亿元 is no year's, 贷款余额 none of the banks."""
    start = one.quantity.start
    begin = max(text.rfind("\n", 0, start) + 1, start - _REACH)
    if code not in _TOTALS:
        fund = _of_fund(text, begin, start) and (code != "loans" or one.name == "贷款余额")
        return ("housing_fund_loan_balance" if fund else code) if code == "loans" else code if fund else None
    clause = text[max(text.rfind(mark, begin, start) + 1 for mark in _MARKS) : start]
    if one.changes and _YEAR_END.search(clause):
        return None if "分别" in clause else _TOTALS[code]
    if one.changes or not _SUMMED.search(clause):
        return code
    said = text[max(text.rfind("。", begin, start), begin) : start]
    if _AT_END.search(said):
        return _TOTALS[code]
    return None if _TO_DATE.search(said) else code


def _of_fund(text: str, begin: int, start: int) -> bool:
    """Whether the fund is spoken of before a number, and no bank after it; or by the title, and no bank at all."""
    last = max((match.end() for match in _BANKS.finditer(text, begin, start)), default=-1)
    if any(match.start() >= last for match in _FUND.finditer(text, begin, start)):
        return True
    return last < 0 and "公积金" in text[: max(text.find("\n"), 0)]
