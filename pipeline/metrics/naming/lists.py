"""The items of a list, of which numbers are said one by one: 粮食、油料产量分别为3万吨、2万吨."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.metrics.page.cues import Cues
from pipeline.metrics.page.tokens import Token, text_of

_DIGITS = "一二三四五六七八九十"
_THROUGH = ("至", "到", "—", "-")
_NUMBERED = re.compile(
    rf"第([{_DIGITS}](?:、第?[{_DIGITS}])*)(?:[种类批级档轮期届针剂])?(、|和|及|至|到|—|-)第?([{_DIGITS}])([种类批级档轮期届针剂]|季度|产业)"
)
_COMMA = frozenset("、")
_SECTORS = re.compile(
    "(?:第?一(?:次?产业?)?、?第?二(?:次?产业?)?[、和]?第?三次?产业?|三次产业|三大产业)(?P<tail>(?!结构).*)$"
)
"""The three sectors in any wording: 一、二、三产, 一产、二产、三产, 一二三产业, 三次产业."""
_PAIRS = (("城乡", "城镇", "农村"), ("存贷款", "存款", "贷款"), ("产销量", "产量", "销量"))
"""Words that name two things at once: 存贷款余额分别为9亿元、8亿元."""
_OF_TOWNS = ("低保", "最低生活保障", "特困")
"""What is told of 城市 and 农村, not of 城镇 and 农村."""
_COUNTERPARTS = frozenset((
    ("集中", "分散"), ("门诊", "住院"), ("城市", "农村"), ("城镇", "农村"), ("城镇", "乡村"), ("进口", "出口"), ("收入", "支出"),
    ("公办", "民办"), ("省内", "省外"), ("县内", "县外"), ("线上", "线下"), ("国内", "入境"), ("上行", "下行"), ("男性", "女性"),
))  # fmt: skip
"""Words of which the second takes the place of the first, with what stands before that: 特困人员集中、|分散供养标准."""
_SO_MANY = re.compile(f"[两{_DIGITS}](?:大类|[大类种项]|个方面)")
"""How many are listed, which is no part of what each is: 柑橘、油茶|两大类种植面积."""
_OF_CROP = re.compile(
    "(?:(?:播种|种植|栽培|栽植|养殖|在田|在地)?总?面积|总?产量|总产|单产|亩产|总?产值|销售?量|销售?额|出栏量?|存栏量?|总量|数量)$"
)
"""What is measured of a crop, the name of which the first of a list says: 粮食播种面积、|产量."""
_OF_ONE = tuple(
    map(
        re.compile, ("(?:总?收入|总?支出|结余)$", "(?<!进)(?:进口|出口)(?:总?额|总?值|量)?$", "(?:存款|贷款)(?:余额)?$")
    )
)
"""What else is measured of one thing in the same way: 基金收入、|支出."""
_SIDES = frozenset(("城市", "城镇", "农村", "乡村", "国有", "民营", "集体", "男性", "女性"))
_SWAPS = (_OF_CROP, *_OF_ONE, re.compile("(?:人数|户数|金额|件数|次数|资金|余额)$"))
_SORTS = frozenset("级类型户区县市省")
"""Of the tails of one character the only ones, besides what measures: 一、二|级, and not 教育、农林水."""
_CONTRIBUTES = re.compile(
    "(?P<items>[^、0-9]{2,6}(?:[、和与及][^、0-9]{2,6}){1,4})(?P<tail>对[^、]{2,14}?的?(?:贡献率|贡献度|拉动率|拉动))"
)
"""Of each of some things how much it makes of a growth: 消费、投资|对经济增长的贡献率."""
_FIRMS = ("企业", "公司", "工厂", "园区", "集团", "合作社", "产业", "商户")
"""Counted things of which sums are told."""
_OF_ALL = ("案件", "纠纷", "人口", "事故", "警情", "保险", "贷款", "存款", "面积", "产量")
"""What a word of four characters may end in that is of all that are listed: 刑事、治安|案件."""
_AMOUNTS = frozenset("数率量额值")
_GLUED = frozenset(a + b for a in "数率量额值费比" for b in "及和与")
_AND = re.compile("[、和与及]")
PARTING = frozenset(("、", "和", "与", "及", "以及"))
_LONGEST = 40
"""No list is named in more characters."""
_PARTED = frozenset("，。；：！？,;:")
_AMOUNT = re.compile("总|共|累计|人均|户均|平均|完成|预算")
"""What begins the amount of what stands before it: 单体工业项目、总投资|6亿元."""
_COUNT = re.compile("[0-9][台个套辆家所人户次只座]$")
"""What ends an item that has a number of its own: CT1台、血透机|6台."""
_MEASURED_IN_NAME = ("需氧量",)
"""What ends as a measure does and is only called so: 化学需氧量、|氨氮排放量."""
_SUCH = re.compile("^等$|(?<![高中初平优相同对均])等(?=$|各类|促)")
_EACH = ("均", "都", "双双")
_FIGURES = frozenset("0123456789一二三四五六七八九十两")
_MEASURED = ("金", "业", "费")
_DOING, _NOMINAL = frozenset(("v", "vn", "d")), frozenset("njsbaxeilmqf")
_BOUNDS = ("以上", "以下", "以内", "以外")
"""What goes on with 及 in one item: 省级及|以上园区."""


def strip_start(tokens: list[Token], cues: Cues) -> None:
    """Take times, modal words, adverbs and prepositional phrases off the beginning of a phrase, in place."""
    lead, modal, basis, prepositions = cues["lead"], cues["modality"], cues["basis"], cues["preposition"]
    while tokens:
        word, tag = tokens[0].word, tokens[0].tag
        if tag == "p" and word in prepositions:
            on = next((i for i, t in enumerate(tokens) if i and t.tag == "v" and t.word not in lead), 0)
            del tokens[: on or 1]
        elif word in _DIGITS and tokens[1:2] and tokens[1].word[0] == "产":
            return  # 一产、三产
        elif word in lead or word in modal or word in basis or tag in ("d", "c", "t", "u", "uj", "ul", "y", "r"):
            del tokens[0]
        elif word in "、，,：:；;。—-·" or (word.isdigit() and tokens[1:2] and tokens[1].word[0] in "、.．"):
            del tokens[0]
        else:
            return


def listed_items(name_tokens: Sequence[Token], cues: Cues, count: int = 0) -> list[str]:
    """The items of a list before 分别, each with the tail that the last one carries for all; `count` numbers follow.

    粮食、油料、蔬菜产量 → 粮食产量, 油料产量, 蔬菜产量; 城镇和农村居民收入 → 城镇居民收入, 农村居民收入. An item that ends as the
    last one does is full: 城镇新增就业|、困难人员实现就业.
    """
    items, whole = split(name_tokens), text_of(name_tokens)
    if len(items) > count > 1 and len(parted := split(name_tokens, _COMMA)) == count:
        items = parted  # 制造业和服务业、农业投资 are two
    if contributes := _CONTRIBUTES.fullmatch(whole):
        return [item + contributes["tail"] for item in _AND.split(contributes["items"])]
    if (len(items) == 1 or whole.startswith(("城、乡", "城和乡"))) and (two := pair(whole)):
        return two
    if ordinals := _ordinals(whole):
        return ordinals
    if halves := _halves(items):
        return halves
    if measures := _of_one_thing(items):
        return measures
    if counterparts := _counterparts(items):
        return counterparts
    tail = _shared_tail(items, cues)
    named = [text_of(item) for item in items]
    if len(items) > 1 and (so_many := _SO_MANY.match(tail)) and len(tail) > so_many.end() + 1:
        named[-1], tail = named[-1].removesuffix(tail) + tail[so_many.end() :], tail[so_many.end() :]
    if len(items) > 2 and len({item[-1] for item in named}) == 1 and not all(item.endswith(tail) for item in named):
        tail = ""  # 个税、契税、土地增值税
    full = (tail, items[-1][-1].word) if len(items) > 1 and len(items[-1][-1].word) > 1 else tail
    return [item if item.endswith(full) else _joined(item, tail) for item in named[:-1]] + named[-1:]


def _joined(item: str, tail: str) -> str:
    """An item with the tail of the last, to which a segmenter may have given the end of its noun: 医药业, 材料|业产值."""
    return item + (tail[1:] if item[-1] == tail[:1] == "业" else tail)


def unglued(tokens: Sequence[Token]) -> list[Token]:
    """Words with the 及 that a segmenter takes for the end of one apart: 结案|数及|结案率."""
    if not any(token.word in _GLUED for token in tokens):
        return list(tokens)
    out: list[Token] = []
    for token in tokens:
        if token.word in _GLUED:
            middle = token.end - 1
            out += [Token(token.word[0], "n", token.start, middle), Token(token.word[1], "c", middle, token.end)]
        else:
            out.append(token)
    return out


def swapped(measure: str, names: Sequence[str]) -> list[str]:
    """What else is measured of things that were just named by one measure: 存栏 of 猪出栏, 羊出栏 is 猪存栏, 羊存栏."""
    for kind in _SWAPS if measure else ():
        ends = [kind.search(name) for name in names] if kind.fullmatch(measure) else []
        if ends and all(ends):
            return [name[: end.start()] + measure for name, end in zip(names, ends, strict=True) if end and end.start()]
    return []


def are_amounts(items: Sequence[str]) -> bool:
    """Whether each of some items says what it measures: 受理数, 办结数, 办结率."""
    return all(item[-1] in _AMOUNTS and len(item) > len("起数") for item in items)


def pair(whole: str) -> list[str]:
    """The two things that one word names: 金融机构存贷款余额 → 金融机构存款余额, 金融机构贷款余额."""
    if whole[1:2] in ("、", "和") and whole.startswith("城") and whole[2:3] == "乡":
        whole = "城" + whole[2:]  # 城、乡居民收入
    for both, first, second in _PAIRS:
        if both == "城乡" and any(word in whole for word in _OF_TOWNS):
            first = "城市"
        if whole.startswith(both) if both == "城乡" else both in whole:
            return [whole.replace(both, first, 1), whole.replace(both, second, 1)]
    return []


def sectors(whole: str) -> list[str]:
    """The three sectors of an economy: 一、二、三产业增加值 → 第一产业增加值, 第二产业增加值, 第三产业增加值."""
    match = _SECTORS.search(whole)
    if not match or "、" in whole[: match.start()]:  # 化工、食品、建材三大产业
        return []
    end = match.start("tail")
    form = "第{}产业" if whole[end - 1] == "业" else "{}产"
    return [form.format(one) + match["tail"] for one in "一二三"]


def _of_one_thing(items: Sequence[Sequence[Token]]) -> list[str]:
    """What is measured of the thing that the first item names: 粮食播种面积、产量 → 粮食播种面积, 粮食产量."""
    said = [text_of(item) for item in items]
    for kind in (_OF_CROP, *_OF_ONE) if len(said) > 1 else ():
        first = kind.search(said[0])
        if first and first.start() and all(map(kind.fullmatch, said[1:])):
            return [said[0], *(said[0][: first.start()] + item for item in said[1:])]
    return []


def measures(name: str, cues: Cues) -> bool:
    """Whether a word is of what is measured of a thing: 总产, 营业收入."""
    return len(name) > 1 and (name[-1] in cues["measure"] or _OF_CROP.fullmatch(name) is not None)


def thing_of(name: str, unit: str) -> str:
    """What a name tells the amount of, where that is counted or a crop: 玉米 of 玉米面积, 服务业企业; else empty."""
    if crop := _OF_CROP.search(name):
        return name[: crop.start()]
    return name if unit == "count" and name.endswith(_FIRMS) else ""


def are_of_one_thing(items: Sequence[str]) -> bool:
    """Whether items measure one thing, so that their units differ: 粮食种植面积, 粮食产量."""
    ends = [_OF_CROP.search(item) for item in items]
    return all(ends) and len({item[: end.start()] for item, end in zip(items, ends, strict=True) if end}) == 1


def nouns(tokens: Sequence[Token], verbs: Sequence[bool]) -> list[Token]:
    """A list up to what says something of it: 财政收入、税收|实现翻番; `verbs` tells which words are verbs."""
    last = max((i for i, token in enumerate(tokens) if token.word in PARTING), default=-1)
    stop = (i for i in range(last + 2, len(tokens)) if verbs[i] or tokens[i].tag[0] in "dpczril")
    return list(tokens[: next(stop, len(tokens))])


def _ordinals(text: str) -> list[str]:
    """Each of some numbered things: 第一至第三种形态 → 第一种形态, 第二种形态, 第三种形态."""
    match = _NUMBERED.search(text)
    if not match:
        return []
    numbers, through, last, kind = match.groups()
    first = _DIGITS.index(numbers[0])
    said = (
        _DIGITS[first : _DIGITS.index(last) + 1] if through in _THROUGH else [c for c in numbers + last if c in _DIGITS]
    )
    before, behind = text[: match.start()], text[match.end() :]
    return [f"{before}第{number}{kind}{behind}" for number in said]


def split(tokens: Sequence[Token], parting: frozenset[str] = PARTING) -> list[list[Token]]:
    """The tokens between the marks and words that part the items of a list."""
    items: list[list[Token]] = [[]]
    for at, token in enumerate(tokens):
        if token.word in parting and not (token.word == "及" and text_of(tokens[at + 1 : at + 2]).startswith(_BOUNDS)):
            items.append([])
        else:
            items[-1].append(token)
    return [item for item in items if text_of(item)]


def _halves(items: Sequence[Sequence[Token]]) -> list[str]:
    """Items that part a word behind what they share: 金融机构存、贷款余额 → 金融机构存款余额, 金融机构贷款余额."""
    ends = [item[-1].word for item in items[:-1]]
    if not ends or len(items[0]) < 2 or len(items[-1][0].word) != 2:
        return []
    if any(len(word) > 1 or word in "数率量额比值" for word in ends):  # 收案数、结案数及结案率
        return []
    if any(len(item) > 1 for item in items[1:-1]):
        return []
    last = items[-1]
    if last[0].word[1] in ends or last[-1].word[-1] in ends:  # 一产、三产; 整合率、支出率
        return []
    head, tail = text_of(items[0][:-1]), last[0].word[1] + text_of(last[1:])
    return [head + word + tail for word in (*ends, last[0].word[0])]


def _counterparts(items: Sequence[Sequence[Token]]) -> list[str]:
    """Two items of which the second begins with the counterpart of what the first ends in: 特困人员集中、分散供养标准."""
    if len(items) != 2:
        return []
    one, other = map(text_of, items)
    for first, second in _COUNTERPARTS:
        if one.endswith(first) and other.startswith(second) and len(one) + len(other) > len(first) + len(second):
            return [one + other[len(second) :], one[: -len(first)] + other]
    return []


def _shared_tail(items: Sequence[Sequence[Token]], cues: Cues) -> str:
    """What the last item says for all: what follows as many words as the shortest other item has.

    Where the last item begins with a word that is too long for that (城镇、农村居民人均可支配收入), it follows as many characters.
    """
    if len(items) < 2 or any(
        item[-1].word[-1] in cues["measure"] and not text_of(item).endswith(_MEASURED_IN_NAME) for item in items[:-1]
    ):
        return ""
    last, shortest = split(items[-1])[-1], min((split(item)[-1] for item in items[:-1]), key=len)
    size, first = len(text_of(shortest)), last[0].word
    if len(shortest) == 1 and (len(first) > size + (2 if size > 1 else 0) or _are_sides(shortest[0].word, first)):
        return text_of(last)[size:]
    if len(last) == 1 and len(shortest[-1].word) == len(first) - 2 == 2 and first.endswith(_OF_ALL):
        return first[2:]
    tail = text_of(last[min(len(shortest), len(last) - 1) :]) if len(last) > 1 else ""
    return tail if len(tail) > 1 or tail in cues["measure"] or tail in _SORTS else ""


def _are_sides(one: str, other: str) -> bool:
    """Whether a word begins with the counterpart of another: 城市, 农村低保."""
    begins = other[: len(one)]
    return len(other) > len(one) and ((one, begins) in _COUNTERPARTS or {one, begins} <= _SIDES)


def whole(tokens: list[Token], chosen: int, cues: Cues) -> str:
    """All of a list of which only the last item was chosen, from the token `chosen` on: 断面、水源地|达标率均为100%.

    Empty where what stands before is no list of nouns: 片区工程开工、全年完成投资|3亿元.
    """
    size = len(tokens) - chosen
    if any(token.word in _PARTED or (token.tag == "p" and token.word not in PARTING) for token in tokens):
        return ""
    if any(_SUCH.search(token.word) for token in tokens):
        return _kind(tokens, chosen, cues)
    strip_start(tokens, cues)
    if tokens and tokens[0].word in ("到", "了"):
        del tokens[0]
    items = split(tokens) if len(tokens) > size else []
    last = items[-1] if len(items) > 1 and len(items[-1]) >= size else []
    if not last or not _is_noun(last[-1]) or len(text_of(tokens)) > _LONGEST:
        return ""
    if any(_AMOUNT.match(text_of(part)) for part in (last, last[len(last) - size :])):
        return ""
    if all(token.tag in _DOING for item in items[:-1] for token in item):
        return text_of(tokens) if last[0].tag in _DOING else ""
    if last[0].word == "“" or any(_is_count(t) or t.word in "“”共" for t in last[1:]):
        return ""
    if items[0][0].tag == "v" and any(t.word == "的" for t in last):
        return ""
    if last[-1].word[-1] == "率":
        return text_of(tokens) if all(_is_phrase(item, cues) for item in items[:-1]) else ""
    before, measured = last[: len(last) - size + 1], last[-1].word[-1] in (*cues["measure"], *_MEASURED)
    if last[0].tag == "v" or any(t.tag == "d" or (t.tag == "v" and _does(t.word, measured, cues)) for t in before):
        return ""
    first = items[0]
    noun = next((i for i, token in enumerate(first) if token.tag != "v" and token.word != "新"), len(first))
    earlier = (first[noun:], *items[1:-1])
    return text_of(tokens) if all(_is_phrase(item, cues) for item in earlier) else ""


def others(tokens: Sequence[Token], cues: Cues) -> str:
    """The rest of a list of which the first item was chosen, where the number is one of each: 办复率|、满意率均100%."""
    stop = next((i for i, token in enumerate(tokens) if token.word.startswith(_EACH)), 0)
    items = split(tokens[:stop])
    return (
        "".join([token.word for token in tokens[:stop]])
        if items and all(_is_phrase(item, cues) for item in items)
        else ""
    )


def _is_count(token: Token) -> bool:
    return token.tag == "m" and token.word[0] in _FIGURES


def _kind(tokens: Sequence[Token], chosen: int, cues: Cues) -> str:
    """The kind that some things are named as examples of, with what was done, where the name holds the last of these:
    举办马拉松、|音乐节等活动 is 举办活动.
    """
    such = next((i for i, token in enumerate(tokens) if i >= chosen and _SUCH.search(token.word)), None)
    if such is None or tokens[0].tag != "v" or len(tokens[0].word) < 2 or tokens[0].word in cues["lead"]:
        return ""
    rest = list(tokens[such + 1 :])
    glued = tokens[such].word.partition("等")[2]
    return text_of([tokens[0]]) + glued + text_of(rest) if glued or rest else ""


def _does(word: str, measured: bool, cues: Cues) -> bool:
    """Whether a verb tells what was done, and is no part of a noun: 薄弱村|新建棚室, but not 燕窝果|种植面积."""
    if not measured or word[0] in "新共增减":
        return True
    said = any(word in cues[kind] for kind in ("light", "light_verb", "increase", "decrease", "adds", "takes"))
    return said or len(word) != len("种植")


def _is_noun(token: Token) -> bool:
    return token.tag[0] in _NOMINAL or token.tag == "vn" or token.word == "”" or token.word[-1] == "率"


def _is_phrase(item: Sequence[Token], cues: Cues) -> bool:
    """Whether an item of a list is a noun with what qualifies it."""
    lead = cues["lead"]
    if not item or not _is_noun(item[-1]) or _COUNT.search(text_of(item)):
        return False
    if item[-1].word[-1] == "率":
        return all(t.tag[0] not in "rtm" for t in item)
    said = [t for t in item if t.tag != "m" or _is_count(t)]
    if "“" in (words := [t.word for t in said]) and "”" in words:
        del said[words.index("“") : len(words) - words[::-1].index("”")]
    return all(t.tag[0] not in "drtm" and t.tag != "v" and (len(t.word) < 2 or t.word not in lead) for t in said)
