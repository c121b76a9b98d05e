"""Names with what was cut off them: 起诉|侵犯商标权、专利权等案件9件, 完成中心公路|2公里|水泥硬化, 收入9亿元…；支出|8亿元."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.found import ONWARD, Found

_LABEL = re.compile(
    r"(?:^|[，,；;。：:\n])\s*(?:[0-9]{1,2}[.．、]\s*|[①-⑳]\s*|（[0-9一二三四五六七八九十]{1,2}）)?(?P<of>[一-龥“”（）]{2,12})(?<![况下中作面施标求法])[：:]\s*$"
)
"""What stands before a colon and its number, be it a heading: ①履约率：|92%, 回款净额：|2亿元."""
_LABEL_ENDS, _LABELLED = frozenset("：: "), 22
_UNNAMED = frozenset(("unit", "carried", "prior"))
_CASES = ("案件", "犯罪")
_LAWS = re.compile(
    "(?:依法|严厉|从严|从快|共|先后|全年|其中|，|,|：)*"
    "(?P<all>(?:提起公诉|批准逮捕|立案侦查|立案查处|立案审查|起诉|批捕|查办|查处|惩处|打击|侦破|破获|审结|审理|受理|办理|立案)"
    "(?P<list>[^，,。；：！？\\n0-9]{2,48}))"
)
"""What is done about cases of several kinds."""
_CASE_HEADS = frozenset(("案件", "犯罪", "职务犯罪", "刑事犯罪", "犯罪案件", "职务犯罪案件", "刑事案件"))
_SUCH = re.compile("(?<![高中初平优相同对均])等")
_LONGEST = 44
_LENGTHS = frozenset(("公里", "米", "千米", "里", "亩", "平方米", "平方公里", "延米"))
_WORK = re.compile(
    "的?(?P<work>(?:水泥|沥青|混凝土|路基|路面|柏油|管网){0,2}(?:硬化|改造|拓宽|加宽|改扩建|维修|整治|绿化|清淤|铺设|修复|修缮|治理|升级|亮化|油化|黑化|疏浚)"
    "(?:工程|项目|任务|工作)?)(?=[，,。；;、\\n]|$)"
)
"""What is done along a length that stands before it: 中心公路|2公里|水泥硬化."""
_WORKED = re.compile("化|改|拓|宽|建|修|治|清|铺|设|挖|通|护|栽|种|疏")
_NOUN = re.compile(
    "(?P<of>[一-龥]{2,6}?(?:户|企业|项目|水库|学校|车间|产品|设备|机器|机|房屋|人员|职工|社|厂|村|工程|贷款))(?=[，。；、\n])"
)
"""What is counted behind what is said of it: 处于停工的|6家|企业."""
_SHORT_THING = re.compile(
    "(?:，|,|、|；|;|其中)+(?P<thing>[纱布糖钢铁铜铝锌铅盐煤油茶酒粮棉麻丝肉蛋奶鱼猪牛羊鸡鸭鹅果菜茧纸碱车])(?P<of>产量)?(?:同比|比上年|较上年)*(?:增长|下降|增产|减产)(?:了|约|近)?"
)
"""A thing of one character that grew: 精制茶增长20%，纱|增长16%."""
_ACCOUNT = re.compile("(?P<of>.*(?:预算|财政|基金|决算|资本经营))收入(?:合计|总计)?")
_SPENT = re.compile("[，,；;。]?(?:全年|共|同期)?支出(?:达到?|为|完成|安排|共|总计|合计|预计)*")
_INDUSTRY = re.compile(
    "(?P<of>(?:规模以上|规上)工业)企业?[^。！？\n]*[，,；;](?:全年|共|累计)?(?:完成|实现)?增加值(?:达到?|为|突破)?$"
)
"""Of what a bare value added is told: 规模以上工业企业80户，完成|增加值9亿元."""
_ADDS = re.compile(
    "(?:^|[，,；;。：:、（\n]|其中|[全我][国省市县区州旗镇乡])(?P<of>(?!其中|全)(?:第[一二三]|[一-龥]{1,6})?(?:产业|工业|农业|林业|牧业|渔业|建筑业|服务业|制造业)|[一二三]产)"
    "(?:企业)?(?:全年|累计|共|预计)*(?:实现|完成|创造)了?增加值(?:达到?|为|约|近|突破)?$"
)
"""A sector that comes to a value added: 第一产业实现|增加值47亿元."""
_SUMMED = frozenset(
    ("营业收入", "总产值", "产值", "利润总额", "利润", "主营业务收入", "利税", "销售额", "零售额", "营业额")
)
_OF_SCALE = re.compile(
    "(?P<of>(?:规上|规模以上|限上|限额以上|资质以上|资质等级以上)[一-龥]{2,8}?)(?:企业)?(?:累计|预计|全年|共)*(?:实现|完成)"
    "(?P<sum>[一-龥]{2,6}?)(?:为|达到?|约|突破)?$"
)
"""What firms of some size took in: 规上服务业实现|营业收入8亿元."""
_NEARLY = 34
_OWN_HEAD = re.compile(
    "[，、；（和及]?(?:年均?|平均|其中|而)*(?P<own>无霜期|[一-龥]{2}率|[一-龥]占比)(?:为|达到?|约|仅)?"
)
"""What a clause tells and nothing else: 降水1280毫米，|无霜期|246天."""
_REACHED = re.compile(
    "的(?:优异|优秀|骄人|最|较|总|好|高|低|绝对|微弱|全票)*(?P<what>[一-龥]{0,8}?(?:成绩|分数|得票|票数|优势|率|速度|增速|单价|价格))(?=[，。；、\n]|[夺获列名位排居高低当通被考完成入增])"
)
"""What somebody reached something with: 以|93分|的优异成绩夺得…."""
_RATE = re.compile("[一-龥]{2,8}率$")
_MEAN_OF = re.compile("[，、；]?平均每(?:个)?(?P<per>[人户亩村校])[^，。；：、0-9每均]{2,16}")
"""What something is a mean over, which stands before it: 平均每户农民|交售商品粮|3200斤."""
_PROGRESS = "进度"
_INVESTED = re.compile(
    "(?:^|[，。；：、\n其中]|[0-9]个|全[省市县区州旗乡镇村])(?P<work>(?![该此本其各全])[一-龥“”]{2,12}(?:工程|项目|改造|建设|[一二三四]期))(?:累计|共|已|现已|目前|全年|今年|实际|合计)*(?:完成)?(?P<sum>总?投资)(?:达到?|为|约)?$"
)
"""A work, and what was put into it: 农村公路改造累计|完成投资8亿元."""
_SUMS = frozenset(("完成投资", "投资", "累计完成投资", "总投资"))
_CARRIED_OVER = ("结余", "结转", "结存")
"""What an account has left over from the year before."""
_MOST_BEFORE, _FARTHEST = 5, 90


def name_kept(text: str, found: Sequence[Found]) -> None:
    """Name in full what was cut at a 、, behind its number, or because its clause says only the head of it."""
    wrong = right = ""
    end = 0  # of the number that was last named in full
    for n, one in enumerate(found):
        name, start = one.name, one.quantity.start
        if wrong and (start - end > _FARTHEST or "。" in text[end:start]):
            wrong = right = ""
        goes_on = one.rule.startswith(ONWARD) or "预算" in name[len(wrong) :]  # 支出完成预算比例
        if wrong and goes_on and name.startswith(wrong) and not name.startswith(right):
            one.rename(right + name[len(wrong) :])
        elif name and (new := _kept(text, found, n)):
            wrong, right, end = name, new, one.quantity.end
            one.rename(new)
            one.rule = "prior" if one.rule in _UNNAMED else one.rule


def _kept(text: str, found: Sequence[Found], n: int) -> str:
    """The name of a number with what was cut off it; empty where nothing was."""
    one = found[n]
    name, start = one.name, one.quantity.start
    if one.rule in _UNNAMED and text[start - 1] in _LABEL_ENDS:
        label = _LABEL.search(text, max(0, start - _LABELLED), start)
        return label["of"] if label and (one.rule != "prior" or label["of"].endswith(name)) else ""
    if one.change is None and (own := _own(text, one)):
        return own
    if one.change is not None:
        if (
            one.rule == "left"
            and name.endswith("投资")
            and text.startswith(name + "价格", text.find(name, one.left, start))
        ):
            return name + "价格"
        if one.rule == "carried" and (short := _SHORT_THING.fullmatch(text, one.left - 1, start)):
            return short["thing"] + (short["of"] or "")
        return ""
    if one.rule in ("carried", "prior") and name.endswith("收入") and _SPENT.fullmatch(text, one.left - 1, start):
        return name.removesuffix("收入") + "支出"
    if one.rule != "left":
        return ""
    if (mean := _MEAN_OF.fullmatch(text, one.left, start)) and "均" not in name and "每" not in name:
        return f"{mean['per']}均{name}"
    if name.endswith(_CASES):
        return _of_list(text, one)
    if name.endswith("增加值") and (adds := _ADDS.search(text, max(0, one.left - 1), start)):
        return adds["of"] + "增加值"
    if name in _SUMMED and (scale := _OF_SCALE.search(text, max(0, start - _NEARLY), start)) and scale["sum"] == name:
        return scale["of"] + name
    if name == "增加值":
        told = _INDUSTRY.search(text, max(0, start - _FARTHEST), start)
        return told["of"] + name if told and "业" not in text[told.end("of") + 2 : start] else ""
    if name in _SUMS and (put := _INVESTED.search(text, max(one.left - 1, start - 30, 0), start)):
        return put["work"] + ("完成投资" if "完成" in put[0][len(put["work"]) :] else put["sum"])
    if name == "支出":
        return _spent(text, found, n)
    if name.startswith(_CARRIED_OVER) and text.endswith("上年" + name, one.left, start):
        return "上年" + name
    if text[start - 1] == "的" and one.change is None and text.endswith(name, one.left, start - 1):
        noun = _NOUN.match(text, one.quantity.end)
        return name + noun["of"] if noun and noun["of"] not in name else ""
    if one.quantity.unit in _LENGTHS and not _WORKED.search(name):
        work = _WORK.match(text, one.quantity.end)
        return name + work["work"] if work else ""
    return ""


def _own(text: str, one: Found) -> str:
    """The name of a number with what its own clause says, where that was lost; else empty."""
    name, start = one.name, one.quantity.start
    if text.endswith(_PROGRESS, one.left, start) and name[-2:] == text[start - 4 : start - 2]:
        return name + _PROGRESS  # 资金到位1亿元，支出进度|63%
    if text[start - 1] == "以" and (reached := _REACHED.match(text, one.quantity.end)):
        return reached["what"]
    if one.unit == "ratio" and one.rule.startswith("right") and (rate := _RATE.search(text, one.left, start)):
        return rate[0]  # 三个达标率|100%|的法院
    own = _OWN_HEAD.fullmatch(text, one.left, start) if text[start - 1] in "期率比为达到约仅" else None
    if own is None or own["own"] in name or (one.unit == "ratio") != (own["own"][-1] in "率比"):
        return ""
    if text.endswith(name, 0, own.start("own")):
        return name + own["own"]
    return (
        own["own"] if own.start("own") > one.left or text[one.left - 1] in "，、；。：（\n" else ""
    )  # 26个项目|复工率


def _of_list(text: str, one: Found) -> str:
    """What is done about cases of which a list says the kinds, where only the last or the head was taken: |案件, 查办贪污、|受贿犯罪."""
    name, start = one.name, one.quantity.start
    begin = max(text.rfind(mark, max(0, start - _LONGEST - 8), start) for mark in "，,。；;：\n") + 1
    laws = _LAWS.fullmatch(text, begin, start)
    if laws is None or not laws["list"].endswith(name):
        return ""
    before = laws["list"][: -len(name)]
    if "、" not in before:
        return laws["all"] if _SUCH.search(before) and len(laws["all"]) <= _LONGEST else ""
    cut = before[-1:] in ("、", "和", "及", "与") or name in _CASE_HEADS or "等" not in before
    return laws["all"] if cut and len(laws["all"]) <= _LONGEST and "、" in before else ""


def _spent(text: str, found: Sequence[Found], n: int) -> str:
    """What was spent of the account of which an earlier number tells what it took in: 基金预算收入9亿元，增长2%；支出|8亿元."""
    one = found[n]
    if not _SPENT.fullmatch(text, one.left - 1, one.quantity.start):
        return ""
    for before in reversed(found[max(0, n - _MOST_BEFORE) : n]):
        between = text[before.quantity.end : one.quantity.start]
        if len(between) > _FARTHEST or "\n" in between:
            break
        if before.change is None and before.quantity.unit == one.quantity.unit:
            account = _ACCOUNT.fullmatch(before.name)
            return account["of"] + "支出" if account else ""
    return ""
