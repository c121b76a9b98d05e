"""Pairs of characters that jieba's hidden Markov model takes for one word or for two by a hair.

The logarithms of both readings are less than 1e-6 apart in some surroundings, which is as far as rjieba's tables are
from jieba's: 常在半 is 常, 在, 半 to jieba and 常在, 半 to rjieba.
"""

from __future__ import annotations

import re

_PAIRS = """
在半亨叙亨敘从埔从涝从澇仕壑佛执侧皖俎毫储衿儲衿升箫升簫吊芍呵壳呵殼哆鎊哆镑唉准嗫走囁走堂癫堂癲婉絹婉绢审孥审怛
审榫审溆审玎审畬审砀审肟审鞒審孥審怛審榫審溆審玎審畬審砀審肟審鞒岐袭常在应脊张粤張粤彪托律聚從埔從涝從澇心咸怪移
恩腿應脊抛仔摒彭擂盼昂蛛晉瓤晋瓤末置枇使檩使理乞癣贯癬贯白娑盔株知鴨知鸭移懂簰使糾聂糾聶紕銖紕铢繚羞纠聂纠聶纰銖
纰铢细倚脯土茬娠荐宪荐憲薦宪薦憲角鐳角镭谯錮谯锢賜鼠赐鼠逾秋鋪巾鍘钎鍵削铡钎铺巾锅胝键削鹤榻
"""
TIED = frozenset(re.findall("[\u4e00-\u9fd5]{2}", _PAIRS))
