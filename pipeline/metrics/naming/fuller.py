"""Names told in full: what a word cut off them says, of what they are a share, and what the words in a bracket are a kind of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.found import Found, before_in_unit

_BEFORE_NUMBER = frozenset(("left", "carried_left", "carried_verb_left", "item_left", "topic_left", "prior_left"))
_TOLD_BEFORE = frozenset(("prior_share", "carried_share", "topic_share", "carried", "prior", "topic"))
_PART = re.compile("[，、；]?(?:其中)?(?P<of>[一-龥]{2,16}?)(?:[将已约仅也就便要可均]|达)*占(?:到了?)?")
_OWN_SHARE = re.compile(
    "[^，。；：、！？\n0-9占]{2,24}占(?:到了?)?(?P<whole>[^，。；：、！？\n0-9占]{2,14}?)(?:的?比[重例])?(?:的|为|达到?)?(?:将?近|超过?|约)?$"
)
"""What is a share of what, in one clause: 民营企业占规上工业的|47%."""
_SHARE = re.compile(
    "[，、；]?(?:其|其中|约|仅|只|就|已|也|还|分别|合计|共|累计|总计)*占(?:到了?)?(?P<whole>[^，。；：、！？\n0-9占]{2,14}?)"
    "(?:的?比[重例])?(?:年均|平均|均|都|始终|保持|稳定|在)*(?:的|为|达到?)?(?:将?近|超过?|约)?"
)
"""What something is a share of: 占规上工业的|47%."""
_NO_WHOLE = re.compile(
    "(?:其中|全部)的?$|.*(?:计划|任务|目标|预算(?!收入|支出)|同期|一半|的比[重例])|总[数量额]$|[年比其上前]|面积$"
)
_BARE_SHARES = frozenset(("占比例", "占比重", "比例", "比重"))
"""A share of which the number before tells the whole: 所|占比例."""
_NEAR = 12
"""How many numbers before one are looked at for what it is left over of."""
_OPENS = 40
"""So many characters before a number its bracket is looked for."""
_HEAD = 3
"""What is counted before a bracket has no more characters, where a kind of it is told in there: 充电桩60个（快充|20个）."""
_AGES = re.compile("[0-9]+(?:周岁|岁)(?:及?以[上下])?")
_OTHER_AGE = re.compile(f"[，、；]?({_AGES.pattern})的?(?:为|达到?|占|有)?")
_PER = re.compile(
    "[，、；（]?(?:其中|按|平均|又|还|最低|最高)*(?P<per>(?:每[人户亩村校所个头名天]|[人户亩村校]均)(?:每[年月天日])?|每月)"
    "(?:补助?贴?|奖励?|发放|领取)?(?:为|达到?|仅|约)?"
)
"""What a number is told for, where its clause says no more: 村均|9万元, 每人每月|300元."""
_MEANS = frozenset("人户亩村校")
_STAGE = re.compile("已?(?:竣工|完工|在建|动工|开?复工|投产|启用|封顶|续建|验收|修缮|实际开工)|新开工?")
"""How far of those just told some have come: 安居房385户|竣工352户."""
_BEFORE_STAGE = re.compile("^(?:实施|建设|开工|新建|计划|安排|确定)|(?:任务|计划)$")
_LEFT_OVER = frozenset(("剩余", "剩下", "余下", "还剩", "尚余", "尚剩", "剩"))
_MORE = re.compile(
    "[，、；]?[较比][^，。；：、！？\n0-9占]{2,10}?(?P<more>偏[多少高低])[了出]?|[，、；]?[较比][^，。；：、！？\n0-9占]{2,10}?(?<![提升降减增加])[多少高低][了出]?"
)
"""By how much something is more or less, which is no share of it: 雨量比常年偏多|三成."""
_PROPORTION = re.compile(
    r"[^，。；：、！？\n0-9的]{1,18}?(?<!之)比(?=(?:例|值)?(?:[由从到至为达约是]|[降缩收上扩保稳控优改调][^，。；]{0,5}[到至为在])?$)"
)
"""What two numbers with a colon between them are: 城乡居民收入|比|收窄至1.9：1."""
_BASED = re.compile(r"(?P<of>[^，。；：、！？\n0-9]{2,16}?)在[^，。；：！？\n]{2,16}的?基础上[^，。；：、！？\n]{0,8}")
_SORT = re.compile("城镇|农村|城市|乡村|县城|县以下|城区|(?:中央|地方|[省市县区乡镇村])级")
"""A sort that is told without that of which it is one: 投资9亿元，分城乡看，城镇|7亿元."""
_COUNTS = frozenset(("个", "家", "所", "处", "名", "人", "户", "座", "项", "件", "次"))
_SHORT, _LONGEST_BASE = 2, 8
_END = re.compile("(?<=..)(?:(?<![发直送表到抵传下雷通豁])达|预计|微[增降涨跌])$")
_DOES = re.compile(
    "(?:持续|继续|大力|积极|全力|加快|着力|重点|精心|倾力|全面|再)*"
    "(新增加?|净增加?|新建成?|新(?:认定|培育|引进|发展|设立|成立|登记|注册)|打造|建设|培育|创建|建成|改造|启动|实施|推进|开展|完成)"
)
"""What is done and nothing else."""
_THING = re.compile("(?:左右|以上)?([一-龥“”]{2,16})(?=[，。；、：\n]|$)")
"""A noun and nothing else behind a number."""
_GOES_ON = frozenset(("carried_left", "left_carried", "carried_swap", "prior_left", "topic_left"))
_NO_THING = ("任务", "计划", "目标", "指标")
_MOST = re.compile(
    "(?:^|[，。；：、\n（])(?:其中)?(?P<what>[一-龥“”]{1,13}(?P<head>占比|比重|份额|增速|增幅|率))(?:为|是)?最[高大快低小慢][，,](?:达到?|为|是|占)?$"
)
"""A share or rate that is called the largest before it is told: 民事案件占比最高，达到|64.8%."""
_GROWS = tuple(f"{of}{grows}" for of in "税费额量值" for grows in ("增长", "下降"))
_GROWN = re.compile(
    "(?!.*(?:拉动|带动|收支|经济增长$|GDP增长$|[其年月际季的]..$))[一-龥“”]{3,}(?:上涨|下跌|下降|上升|回落|降低|减少|增长)"
)
_SEX = re.compile("[，、；（]?(?:其中)?(?P<sex>[女男])性?(?:有|为|占)?")
_CUT_OFF = {"点": "", "余": "结", "比": "占"}
"""Last characters that a tokeniser takes for part of a number, and what must stand before them: 年终结|余1.2亿元, 耗占|比9%."""
_RATE = re.compile("率(?:控制|稳定|保持|维持|[降升达为均已超由从低高提])")


def name_in_full(text: str, found: Sequence[Found]) -> None:
    """Name the numbers of a text in full, one after the other."""
    before: Found | None = None
    for n, one in enumerate(found):
        if one.name:
            name = _with_own_whole(text, one) or _with_rate(text, one) or _with_point(text, one)
            if before is not None:
                name = _share_of(text, one, before) or _aged(text, one, before) or _at_stage(text, one, before) or name
            name = (
                _most(text, one)
                or _told_for(text, one)
                or _with_object(text, one)
                or (_rest_of(text, found, n) if name in _LEFT_OVER and one.rule == "left" else "")
                or name
            )
            if (one.rule in _BEFORE_NUMBER or one.rule == "left_carried") and _SORT.fullmatch(name):
                name = _sort_of(found, n)
            if (
                one.rule in ("carried", "prior")
                and one.unit == "people"
                and (of := _SEX.fullmatch(text, one.left, one.quantity.start))
            ):
                name = name if of["sex"] in name else of["sex"] + name  # 在校生90人，其中女|41人
            if one.quantity.rule == "ratio" and (of := _PROPORTION.search(text, one.left, one.quantity.start)):
                name = of[0]
            elif name.endswith("基础") and (of := _BASED.fullmatch(text, one.left, one.quantity.start)):
                name = of["of"]
            if one.changes and (name.endswith(_GROWS) or _GROWN.fullmatch(name)):
                name = name[:-2]  # 房产税增长|45%, 食品价格上涨|3%
            elif name.endswith(("达", "计", "增", "降", "涨", "跌")):
                name = _END.sub("", name)
            one.name = name
        before = one
    _name_bracketed(text, found)


def _most(text: str, one: Found) -> str:
    """The name of a share or rate that is called the largest; else empty."""
    start = one.quantity.start
    if one.quantity.unit != "%" or "最" not in text[max(0, start - 6) : start]:
        return ""
    match = _MOST.search(text, max(0, start - _OPENS), start)
    return match["what"] if match and not one.name.endswith(match["head"]) else ""


def _with_object(text: str, one: Found) -> str:
    """What is done, with what it is done to where only the verb was taken for the name, or that and the name before.

    持续打造|20个|美丽田园; 新增养殖面积4万亩，启动|3万亩|池塘改造.
    """
    if one.rule == "left":
        does = _DOES.fullmatch(one.name)
    elif one.rule in _GOES_ON:
        does = _DOES.fullmatch(text, one.left + (text[one.left] in "，、；"), one.quantity.start)
    else:
        return ""
    thing = _THING.match(text, one.quantity.end) if does else None
    return does[1] + thing[1] if does and thing and not thing[1].endswith(_NO_THING) else ""


def _with_point(text: str, one: Found) -> str:
    """A name with the 点, 余 or 比 that a tokeniser takes for part of a number: 隔离|点8个."""
    start = one.quantity.start - 1
    last = text[start : start + 1]
    cut = last in _CUT_OFF and one.rule in _BEFORE_NUMBER and one.name.endswith(_CUT_OFF[last])
    return one.name + last if cut and text.endswith(one.name[-2:], one.left, start) else one.name


def _with_rate(text: str, one: Found) -> str:
    """A rate whose last character a tokeniser takes for the beginning of what follows: 漏损|率控制在18%."""
    if one.quantity.unit not in ("%", "‰") or one.name.endswith("率"):
        return ""
    at = text.rfind(one.plain, one.left, one.quantity.start)
    return one.name + "率" if at >= 0 and _RATE.match(text, at + len(one.plain)) and one.name == one.plain else ""


def _with_own_whole(text: str, one: Found) -> str:
    """The name of a share with the whole that its own clause names: 民营企业占规上工业的|47%; else empty."""
    whole = one.rule == "left" and one.quantity.unit == "%" and text.find("占", one.left, one.quantity.start) > one.left
    shared = one.rule == "share" and text[one.quantity.end - 1] in "%％" and one.name.endswith("占比")
    if one.change or not (shared or whole):
        return ""
    said = _OWN_SHARE.search(text, one.left, one.quantity.start)
    if said is None or _NO_WHOLE.match(said["whole"]):
        return ""
    if whole:
        part = _PART.fullmatch(said[0][: said.start("whole") - said.start()])
        return f"{part['of']}占{said['whole'].removesuffix('的')}比重" if part and one.name in said["whole"] else ""
    return f"{one.name.removesuffix('占比')}占{said['whole'].removesuffix('的')}比重"


def _share_of(text: str, one: Found, before: Found) -> str:
    """The name of a share with the whole that it is of: 产值3亿元，占全县工业的|54% is 产值占全县工业比重."""
    if one.name in _BARE_SHARES and "占" in before.name:
        return before.name  # 女性占24%，所占比例提高|2个百分点
    if one.quantity.unit not in ("%", ""):
        return ""
    own = one.name.startswith(("比", "较"))
    if (own or one.name.endswith("占比")) and (more := _MORE.fullmatch(text, one.left, one.quantity.start)):
        measured = one.name.removesuffix("占比")
        own = own or measured in more[0]  # 降雨量1126毫米，比历年同期多|六成
        return (before.plain if own else measured) + (more["more"] or "")
    match = _SHARE.fullmatch(text, one.left, one.quantity.start)
    if match is None or one.change or _NO_WHOLE.match(match["whole"]):
        return ""
    name, whole = one.name, match["whole"].removesuffix("的")
    if name.endswith("占比") and one.rule in _TOLD_BEFORE:
        part = name.removesuffix("占比")
        aged = before.name[:1].isdigit() and "岁" in before.name and before.name.endswith(part)
        return f"{before.plain if aged else part}占{whole}比重"
    said = one.rule == "left" and "占" not in name[1:] and (name in f"占{whole}" or name.startswith("占"))
    said = said or (one.rule == "left" and name.endswith("比重") and whole.endswith(name.removesuffix("比重")))
    said = said or (one.rule in ("carried_left", "left_carried") and whole in name and "占" not in name)
    return f"{before.plain}占{whole}比重" if said and before.plain else ""


def _aged(text: str, one: Found, before: Found) -> str:
    """A name of one age as that of another: 60岁以上老人接种率90%，80岁以上|71%."""
    if one.quantity.unit != before.quantity.unit or not (other := _AGES.match(before.name)):
        return ""
    mine = _OTHER_AGE.fullmatch(text, one.left, one.quantity.start)
    return mine[1] + before.name[other.end() :] if mine and other.end() < len(before.name) else ""


def _told_for(text: str, one: Found) -> str:
    """A name with what its number is told for, where another clause names it: 资助新生32人，每人|5000元; else empty."""
    if one.rule not in _TOLD_BEFORE or one.change or any(word in one.name for word in "每均"):
        return ""
    match = _PER.fullmatch(text, one.left, one.quantity.start)
    if match is None:
        return ""
    per = match["per"]
    if per[0] in _MEANS and len(per) == len("村均"):
        return per + one.name.removeprefix("行政").removeprefix(per[0])
    return one.name + per


def _at_stage(text: str, one: Found, before: Found) -> str:
    """A name of how far some of those just told have come, with what they are: 改造项目9个，竣工|7个; else empty."""
    if one.rule != "left" or one.quantity.unit != before.quantity.unit or not _STAGE.fullmatch(one.name):
        return ""
    between = text[before.quantity.end : one.quantity.start]
    base = _BEFORE_STAGE.sub("", before.plain.removeprefix(before.verb))
    known = 1 < len(base) <= _LONGEST_BASE and not _STAGE.search(base)
    return one.name.removeprefix("已") + base if known and between.endswith(one.name) and "。" not in between else ""


def _sort_of(found: Sequence[Found], n: int) -> str:
    """A name of a sort with the amount of which it is one, the last before in its unit."""
    one = found[n]
    if one.quantity.unit in _COUNTS or one.change:
        return one.name
    for at in before_in_unit(found, n, one.quantity.unit, n - _NEAR):
        before = found[at]
        if before.change or before.rule == "unit":
            continue
        mine = _SORT.match(before.name)
        base = before.name[mine.end() :] if mine else before.name.removeprefix("全社会")
        return one.name + base if len(base) > _SHORT else one.name
    return one.name


def _rest_of(text: str, found: Sequence[Found], n: int) -> str:
    """A name of what is left over with what it is of: the last before in its unit and paragraph; empty without one."""
    one = found[n]
    for at in before_in_unit(found, n, one.quantity.unit, n - _NEAR):
        before = found[at]
        if "\n" in text[before.quantity.end : one.quantity.start]:
            break
        if before.rule != "unit" and "剩" not in before.name:
            base = before.plain.removeprefix(before.verb)
            return "剩余" + base if len(base) > _SHORT else ""
    return ""


def _name_bracketed(text: str, found: Sequence[Found]) -> None:
    """Name the kinds that a bracket tells of what is counted before it: 充电桩60个（快充|20个）."""
    for n, one in enumerate(found[1:], 1):
        start = one.quantity.start
        if one.rule != "left" or not 1 < len(one.name) <= _HEAD:
            continue
        opens = text.rfind("（", max(0, start - _OPENS), start)
        if opens < 0 or text.find("）", opens, start) >= 0:
            continue
        at = n - 1
        while at >= 0 and found[at].quantity.start > opens:
            at -= 1
        whole = found[at]
        if at < 0 or whole.quantity.end != opens or whole.quantity.unit != one.quantity.unit:
            continue
        head = whole.plain.removeprefix(whole.verb)
        own = text[one.left : start].strip("、，").removeprefix("其中") == one.name
        if own and 1 < len(head) <= _HEAD and head[-1] != one.name[-1]:
            one.name += head
