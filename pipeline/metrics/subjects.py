"""Who or where a number is said of: 全乡, XX村, 各支部, a company."""

from __future__ import annotations

import re

SUBJECT = re.compile(
    r"(?:全(?:省|市|县|区|州|盟|旗|乡|镇|村|街道|社区|局|校|院|厂|公司|国|系统|辖区|行业|集团|处|所|站|队|连|社|组|支部|党委))(?:城乡|上下)?"
    r"|(?:我(?:国|省|市|县|区|州|乡|镇|村|局|校|院|厂|公司|们?单位|街道|社区|旗|办|委|中心|支部))"
    r"|(?:本(?:市|县|区|乡|镇|村|局|校|院|公司|单位|街道|社区|支部))"
    r"|(?:各(?:支部|党支部|村|乡镇|县区|县市区|部门|单位|镇|街道|社区|学校|级))"
    r"|(?:中央财政|地方财政|省级财政|市级财政|县级财政|省财政|市财政|县财政|中央|国务院)(?![一-龥]{0,2}精神|会议|决策)"
)
"""Fixed ways to say whose number it is."""

_ORGANISATION = re.compile(
    r"(?<![一-龥A-Za-z])((?:[一-龥A-Z×X]{1,14}?)(?:公司|集团|合作社|医院|学校|小学|中学|大学|村委会|居委会|研究院|开发区|高新区|园区|街道|社区|村|镇|乡|县|区|市|州|省|党支部|党总支|党委|农场|林场|工厂|厂|港|水库|景区|平台))"
    r"(?=[一-龥“]{0,8}?(?:现有|共有|有|拥有|位于|总|累计|共|新|完成|实现|投资|投入|获|积极|已|在|成功|建成|种植|年|占地|面积|人均|农|生产|营收|产值|开展|组织|召开|距|辖|下辖|海拔|流转|正|突破|达|的|全))"
)


def subject_in(text: str, start: int, end: int) -> str | None:
    """The last subject named in ``text[start:end]``, or None."""
    best: tuple[int, str] | None = None
    for match in SUBJECT.finditer(text, start, end):
        best = (match.start(), match[0])
    for match in _ORGANISATION.finditer(text, start, end):
        if best is None or match.start() >= best[0]:
            best = (match.start(), match[1])
    return best[1] if best else None
