"""The title of a report in a line that a site wrote on: the title stays, whatever cues stand around it."""

from __future__ import annotations

import re
from itertools import islice

from pipeline.cleaning.classifier import RULE
from pipeline.cleaning.cues import Cues
from pipeline.cleaning.evidence import Line, removal
from pipeline.cleaning.lines import lines_of
from pipeline.language.marks import TITLE_END, TITLE_MARK
from pipeline.records import Edit, Span

_LINES, _LONGEST = 3, 120  # lines that open a text, characters of one, in which a title is looked for
_YEAR = r"(?:(?:19|20)\d\d|[一二][九〇○零][〇○零一二三四五六七八九]{2})(?:[-—－–至]\d{2,4})?(?:学?年|上半年|下半年)"
_NO_SEPARATOR = r"(?!范文|由|来源|转载|下载)[^\s，。；：:！!？?|｜_【】\[\]［］《》\n]"
_TITLE = re.compile(
    rf"(?![^，。\n]{{0,12}}(?:小[编編]|[为給给](?:大家|您|你)))"  # 下面是小编整理的某县2021年工作总结
    rf"{_NO_SEPARATOR}{{0,40}}?{_YEAR}{_NO_SEPARATOR}{{0,40}}(?:总结|小结|报告|汇报|述职|计划|要点|方案|规划|纲要|公报|讲话|安排|情况|打算|思路|设想|意见)"
)
_OF_SOMEONE = re.compile(
    r"[一-鿿XＸ×某]{1,12}?(?:[省市县区州盟旗镇乡村局委院校厅办会所站部处厂国园场联队]|街道|公社|学校|大学|中心|集团|公司|银行)"
)
_TAGGED = re.compile(r"\s*[_|｜]|\s+[-—–]+\s")
"""What stands between the title of a page and the names of its column and its site: 2021年工作总结_工作总结_公文网."""
_OWN_BRACKET = re.compile(r"[（(][^（）()\n]{1,12}[）)]")
COLLECTION = "number_in_collection"
_NUMBERED = re.compile(r"[【\[]?篇[一二三四五六七八九十\d]{1,2}[】\]]?[:：]\s*")
_COUNTED = re.compile(r"[（(][^（）()]{0,8}\d篇[）)]$")
_OPENING = 8  # lines that open a text, in which one has to be its title
_SAID = re.compile(r"[。；！？][”’」』）)】]*\s*$")
_UNDATED = re.compile(
    r"\s*(?!(?:本类|同类|本站|热门|最新|相关|推荐|更多|点击|下载|上一|下一)|[^\n]*(?:范[文本]|大全|精选|模板|网|库|小编|会员|下载|推荐|\d篇))"
    r"[一-鿿\d“”《》（）〔〕、·—\s]{0,36}?(?:总结|小结|报告|汇报|述职|计划|规划|要点|方案|预案|安排|打算|思路|讲话|致辞|发言|主持词"
    r"|[讲发演]\S{0,2}稿|通[知报告]|公告|纪要|决定|意见|请示|批复|办法|规定|规则|规范|制度|条例|细则|流程|职责|标准|手册|格式|要求"
    r"|心得|体会|思考|研究|对策|建设|情况|材料|文件|清单|台账|解读|须知|请假条|(?:申请|倡议|承诺|责任|建议|志愿|协议|检讨|决心)书|(?:慰问|公开|感谢|表扬|邀请|介绍)信|一封信)(?:[（(][^（）()\n]{1,12}[）)])?\s*"
)
"""What a title without a year ends in: what kind of writing it is."""


def keep_titles(text: str, lines: dict[int, Line], cues: Cues) -> list[Edit]:
    """Keep the titles among the first lines of a text, and take what a site wrote before and behind them.

    A title says whose and of which year a report is: 曲周县2021年工作总结 in 范文网：曲周县2021年工作总结_公文网. Before a
    tag of the page, its year is enough.
    """
    filled = (Span(start, end) for start, end in lines_of(text) if text[start:end].strip())
    edits = [
        edit
        for line in islice(filled, _LINES)
        if line.end - line.start <= _LONGEST and text.find("年", *line) >= 0  # without which there is no title
        for edit in _around_title(text, line, lines.get(line.start), cues)
    ]
    return edits + _keep_undated_title(text, lines)


def _keep_undated_title(text: str, lines: dict[int, Line]) -> list[Edit]:
    """Keep one line among the first that the model alone takes, or that bears a number of a collection, if it has the
    form of a title and no other has it.

    A bare title (镇年终会议主持词) says of itself no more than a link to one does; but a text has a title.
    """
    rules = {start: line.gone for start, line in lines.items() if line.gone and line.gone.rule in (RULE, COLLECTION)}
    numbered = [start for start, cue in rules.items() if cue.rule == COLLECTION]
    taken = rules.keys() - (numbered if len(numbered) > 1 else ())  # several are the contents of a collection
    if not taken:
        return []
    first: Span | None = None
    filled = (Span(start, end) for start, end in lines_of(text) if text[start:end].strip())
    for span in islice(filled, _OPENING):
        judged = lines.get(span.start)
        gone = judged is not None and judged.gone is not None
        if not gone and (span.end - span.start > _LONGEST or _SAID.search(text, *span)):
            break
        if span.end - span.start > _LONGEST:
            continue
        number = _NUMBERED.match(text, *span)
        words = "".join(text[number.end() if number else span.start : span.end].split())
        if _UNDATED.fullmatch(words if gone else _COUNTED.sub("", words)):
            if not gone:
                return []
            if first is None and span.start in taken:
                first = span
    if first is None:
        return []
    cue, lines[first.start].gone = rules[first.start], None
    number = _NUMBERED.match(text, *first)
    return [removal(Span(*number.span()), cue)] if number else []


def _around_title(text: str, line: Span, judged: Line | None, cues: Cues) -> list[Edit]:
    """What goes of a line in which a title stands; one that was to go whole keeps its title."""
    begin, end = line.start, line.end
    while begin < end and text[begin].isspace():
        begin += 1
    heads = ((cue, cue.pattern.match(text, begin, end)) for cue in cues.before_title)
    before, start = next(((cue, found.end()) for cue, found in heads if found), (None, begin))
    mark = TITLE_MARK.match(text, start, end)
    title = _TITLE.match(text, mark.end() if mark else start, end)
    if title is None:
        return []
    if not _OF_SOMEONE.search(text, *title.span()) and not _TAGGED.match(text, title.end(), end):
        return []
    gone = judged.gone if judged is not None else None
    bracket = (TITLE_END if mark else _OWN_BRACKET).match(text, title.end(), end)
    for until in (title.end(), bracket.end() if bracket else title.end()):
        behind = next((cue for cue in cues.behind_title if cue.pattern.fullmatch(text, until, end)), None)
        if until == end or behind:
            break
    else:
        until = bracket.end() if bracket and bracket.end() < end else title.end()
        behind = gone
    if behind is None and until < end:
        return []
    if judged is not None:
        judged.gone = None
    sides = ((Span(line.start, start), before), (Span(until, end), behind))
    return [removal(span, cue) for span, cue in sides if cue and span.end > span.start]
