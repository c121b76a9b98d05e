"""Find hundreds of words in one cheap reading of a text.

A pattern of all words would try each of them at every tenth character. Here two characters of each word, the rarest
ones, are looked up for all places at once, and the word only where they stand: a report without adverts is read almost
for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from pipeline.language.widths import codes_of

COMMON = (  # characters that reports use most, from the most common on
    "，、。；：“”（）业的建国和全新化发展大产工实进0设加一力中动推市1区增人政生民高成地持2作等行务强家城重经体"
    "制个提项以保改年资会开上能合企5有创入要农施目3治在平点济深长水社主理用基好.不为造质面现坚量级快服公升村万育"
    "心4品定三代文省%是度续机我完革6技投法安出学范规支优元系8科金性效各域事亿方7对商通稳五分程共场活态同落府乡"
    "源管部们更9位教争总标营领融到善本型费色特县打办划集关防计示统运步电医十策放环积群就自收达向多园时整第外数二路"
    "海消利四境决期护义扩立结批旅联引风构交应做极山流精小促下物游试导镇转居口取协内题术解与于式健监综障线了台调战率"
    "际信准险得道值过百任培老专抓两院众来网突及干贸州党先问模绿件之权严南果种广局条供格速这前养江接西求破势础所表次"
    "明委员比可河确链固控获兴验林房美把易研智首习东意港预食单团低央类字督着都备需住节清车复校正形财难筹配才聚近略排"
    "族均功间户断核职指减子别带益千气招贯价超空土疗双"
)
COMMON_PAIRS = frozenset(
    re.findall(
        "..",
        "支持我们代表材料更多关键学习主题使用网络满意贷款所有执行精品商业广大报告知识论坛负责承接感谢延伸单位工作提供服务平台信息内容需要可以联系相关专业方案文章文件资料"
        "会员课程公司电话以上全部查看维护50",
    )
)
"""Two characters that stand together in reports more often than they stand alone."""
T = TypeVar("T")


class WordScan(Generic[T]):
    """Finds words of two characters or more, and what each of them stands for.

    >>> WordScan({"公众号": ["follow"], "下载": ["download"]}).places("关注公众号下载")
    [(2, ['follow']), (5, ['download'])]
    """

    def __init__(self, meanings: Mapping[str, Sequence[T]]) -> None:
        self._words: dict[str, list[tuple[str, int, Sequence[T]]]] = {}  # by pair: a word, where the pair is in it
        for word, meaning in meanings.items():
            offset = _rarest_pair(word)
            self._words.setdefault(word[offset : offset + 2], []).append((word, offset, meaning))
        pairs = codes_of("".join(self._words))
        self._starts, self._surely = np.zeros((2, 1 << 16), np.bool_)
        self._starts[_hashes(pairs[::2], pairs[1::2])] = True
        self._surely[_other_hashes(pairs[::2], pairs[1::2])] = True

    def places(self, text: str) -> list[tuple[int, Sequence[T]]]:
        """Where the words stand, in the order of the text, and what they stand for."""
        places, words_with = [], self._words.get
        codes = codes_of(text)
        found = np.flatnonzero(self._starts.take(_hashes(codes[:-1], codes[1:]), mode="clip"))
        found = found[self._surely.take(_other_hashes(codes[found], codes[found + 1]))]
        for at in found.tolist():
            for word, offset, meaning in words_with(text[at : at + 2], ()):
                if at >= offset and text.startswith(word, at - offset):
                    places.append((at - offset, meaning))
        return sorted(places, key=itemgetter(0))


def _rarest_pair(word: str) -> int:
    return max(
        range(len(word) - 1), key=lambda at: (word[at : at + 2] not in COMMON_PAIRS, *map(_rank, word[at : at + 2]))
    )


def _rank(character: str) -> int:
    """Place of a character among those that reports use, the rare ones last."""
    at = COMMON.find(character)
    return len(COMMON) if at < 0 else at


def _hashes(first: NDArray[np.uint16], second: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """A number for each two characters; different ones rarely have the same."""
    return first * np.uint16(40503) + second


def _other_hashes(first: NDArray[np.uint16], second: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Another, for those few."""
    return first * np.uint16(25173) + second * np.uint16(13849)
