"""How much a decoded text looks like Chinese: the evidence by which an encoding is chosen.

Bytes read in the wrong encoding still give Chinese characters, but characters that nobody writes. A text read right
is made of a few hundred common ones, full-width punctuation and some ASCII.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache

COMMON = frozenset(
    # simplified, and what both scripts share
    "的一是了不在有人和中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法"
    "所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外"
    "天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军"
    "很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计"
    "别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济"
    "阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华"
    "名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断"
    "深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江"
    "型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严首底液官德随病苏失尔死讲配女黄推显"
    "谈罪神艺呢席含企望密批营项防举球英氧势告李台落木帮轮破亚师围注远字材排供河态封另施减树溶怎止案言士均武固叶鱼波视仅"
    "费紧爱左章早朝害续轻服试食充兵源判护司足某练差致板田降黑犯负击范继兴似余坚曲输修故城夫够送笔船占右财吃富春职觉汉画"
    "乡镇村社区街道环境业态绩扶贫脱振兴督促落实推贯彻精神作风廉洁纪检监察巡宣传培训考核评估亿吨亩户项目园区招引投融税稳健康"
    "创优升级服务保障就医疗扩散责任巩固完善健全措施深化突出加强提升强化坚持积极不断取得成效进步存问题短板不足今后打算"
    # traditional
    "為個國時來們於對會發動過說產種麼學經進電裡現實體機當從業應開還無與關點數條問題間長變結解軍黨員總統級將組見計別論運農"
    "則據處隊給門導壓爭濟階術極聯認權證轉單風帶場車務萬達積議聲報鬥類離華確張馬節話須際驗連斷難備辦習響約勞團歷構準號維劃"
    "選標寫親廠識適屬圓調縣參紅細聽該鐵價嚴隨蘇爾講顯談藝呢項舉勢臺幫輪師圍遠減樹費緊愛續輕試護練負擊範繼興餘堅輸財職覺漢畫"
    "鄉鎮環態績貧脫貫徹潔紀檢監宣訓評億噸畝戶園資稅穩創優療擴責鞏強後書記續們這樣"
)
PUNCTUATION = frozenset("，。、；：？！“”‘’「」『』（）《》〈〉【】〔〕—…·％－／．０１２３４５６７８９　①②③④⑤⑥⑦⑧⑨⑩℃㎡")
SPACES = frozenset("\t\n\v\f\r\x1a\x1b\x85\ufeff\u200b\u200c\u200d\xa0")


def score(text: str) -> float:
    """Mean weight of the characters, about -4 (garbage) to 1 (common Chinese); 0 for an empty text.

    >>> score("我们坚持发展第一要务。") > 0.9 > 0 > score("鎴戜滑鍧氭寔鍙戝睍")
    True
    """
    return sum(weight(char) * times for char, times in Counter(text).items()) / max(len(text), 1)


@lru_cache(maxsize=2**16)
def weight(char: str) -> float:
    """How likely a character is in a report: 1 common, below 0 rare, -4 impossible."""
    if char in COMMON or char in PUNCTUATION:
        return 1.0
    if " " <= char <= "~":
        return 0.3
    if char in SPACES:
        return 0.0
    if "\u4e00" <= char <= "\u9fff":
        return _weight_of_han(char)
    category = unicodedata.category(char)
    if char == "\ufffd" or category in ("Cc", "Cs", "Cn"):
        return -4.0
    return -2.0 if category == "Co" or char > "\u33ff" else -1.0


def _weight_of_han(char: str) -> float:
    """The first level of GB2312 and of Big5 is what schools teach; the rest is names and dictionaries."""
    for encoding, first, last in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)):
        try:
            if first <= char.encode(encoding)[0] <= last:
                return 0.3
        except UnicodeEncodeError:
            continue
    return -0.5
