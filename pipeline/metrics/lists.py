"""The items of a list, of which numbers are said one by one: 粮食、油料产量分别为3万吨、2万吨."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from pipeline.metrics.cues import Cues
from pipeline.metrics.tokens import Token, text_of

_DIGITS = "一二三四五六七八九十"
_THROUGH = ("至", "到", "—", "-")
_NUMBERED = re.compile(
    rf"第([{_DIGITS}](?:、第?[{_DIGITS}])*)(?:[种类批级档轮期届])?(、|和|及|至|到|—|-)第?([{_DIGITS}])([种类批级档轮期届]|季度|产业)"
)
_SECTORS = re.compile(
    "(?:其中|全[省市县区州])*(?:第?一产业?、第?二产业?[、和及]第?三产业?|第?一、?第?二[、和及]?第?三[次]?产业?|三次产业)(?P<of>.*)"
)
"""The three sectors in short: 一、二、三产|增加值, 三次产业|增加值."""
_SORTS = frozenset("级类型户区县市省")
"""Of the tails of one character the only ones, besides what measures: 一、二|级, and not 教育、农林水."""
_PARTING = frozenset(("、", "和", "与", "及", "以及"))
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
        elif word in lead or word in modal or word in basis or tag in ("d", "c", "t", "u", "uj", "ul", "y", "r"):
            del tokens[0]
        elif word in "、，,：:；;。—-·" or (word.isdigit() and tokens[1:2] and tokens[1].word[0] in "、.．"):
            del tokens[0]
        else:
            return


def sectors(text: str) -> list[str]:
    """The three sectors that a list names in short: 一、二、三产增加值 → 第一产业增加值, 第二产业增加值, 第三产业增加值.

    >>> sectors("其中一产、二产、三产增加值"), sectors("一、二、三级医院")
    (['第一产业增加值', '第二产业增加值', '第三产业增加值'], [])
    """
    match = _SECTORS.fullmatch(text)
    return [f"第{number}产业{match['of']}" for number in "一二三"] if match else []


def listed_items(name_tokens: Sequence[Token], cues: Cues, run: int = 0) -> list[str]:
    """The items of a list before 分别, each with the tail that the last one carries for all.

    粮食、油料、蔬菜产量 → 粮食产量, 油料产量, 蔬菜产量; 城镇和农村居民收入 → 城镇居民收入, 农村居民收入. An item that ends as the
    last one does is full: 城镇新增就业|、困难人员实现就业. Where 、 alone parts as many items as there are numbers (`run`),
    和 stands inside of one: 食品和饮料、医药、家居产业营收.
    """
    items, whole = split(name_tokens), text_of(name_tokens)
    if len(items) > run > 1 and len(parted := split(name_tokens, "、")) == run:
        items = parted
    if len(items) == 1 and whole.startswith("城乡"):
        return ["城镇" + whole[2:], "农村" + whole[2:]]
    if len(items) == 1 and run == 2 and "存贷款" in whole:
        return [whole.replace("存贷款", "存款"), whole.replace("存贷款", "贷款")]
    if ordinals := _ordinals(whole):
        return ordinals
    if halves := _halves(items):
        return halves
    tail = _shared_tail(items, cues)
    named = [text_of(item) for item in items]
    if len(items) > 2 and len({item[-1] for item in named}) == 1 and not named[0].endswith(tail):
        tail = ""  # 个税、契税、土地增值税
    full = (tail, items[-1][-1].word) if len(items) > 1 and len(items[-1][-1].word) > 1 else tail
    return [item if item.endswith(full) else item + tail for item in named[:-1]] + named[-1:]


def nouns(tokens: Sequence[Token], verbs: Sequence[bool]) -> list[Token]:
    """A list up to what says something of it: 财政收入、税收|实现翻番; `verbs` tells which words are verbs."""
    last = max((i for i, token in enumerate(tokens) if token.word in _PARTING), default=-1)
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


def split(tokens: Sequence[Token], parting: Container[str] = _PARTING) -> list[list[Token]]:
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
    if not ends or len(items[0]) < 2 or len(items[-1][0].word) != 2 or any(len(word) > 1 for word in ends):
        return []
    last = items[-1]
    head, tail = text_of(items[0][:-1]), last[0].word[1] + text_of(last[1:])
    return [head + word + tail for word in (*ends, last[0].word[0])]


def _shared_tail(items: Sequence[Sequence[Token]], cues: Cues) -> str:
    """What the last item says for all: what follows as many words as the shortest other item has.

    Where the last item begins with a word that is too long for that (城镇、农村居民人均可支配收入), it follows as many characters.
    """
    if len(items) < 2 or any(item[-1].word[-1] in cues["measure"] for item in items[:-1]):
        return ""
    last, shortest = items[-1], min(items[:-1], key=len)
    size, first = len(text_of(shortest)), last[0].word
    if len(shortest) == 1 and len(first) > size + (2 if size > 1 else 0):
        return text_of(last)[size:]
    tail = text_of(last[min(len(shortest), len(last) - 1) :]) if len(last) > 1 else ""
    return tail if len(tail) > 1 or tail in cues["measure"] or tail in _SORTS else ""
