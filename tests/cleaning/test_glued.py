"""What a site glued to one end of a line without a stop takes nothing of the line along."""

from __future__ import annotations

import pytest

from pipeline.cleaning import Cleaner
from pipeline.config import load_config
from pipeline.kit import build_cleaner, load_rules

OWN = (
    "耕地占用税：74.6万元",
    "● 改造提升水厂2座，解决3100人饮水困难；",
    "（二）着力补齐民生短板，提升群众幸福感",
    "四、下一步工作打算",
    "二〇二二年一月九日",
    "2016年11月30日",
    "（2018年4月）",
    "云溪县农业农村局",
    "云溪县2021年残疾人工作总结",
    "麻柳乡\t932\t610\t65.5%",
    "全面完成年度任务，各项指标均居全市前列",
    "各位委员：",
)
GLUED = (
    "关注公众号领取全文",
    "喜欢本文的朋友请打赏支持",
    "加V备注材料领取整套",
    "发自我的iPhone",
    "代写各类总结、讲话稿，24小时出稿",
    "更多精品范文尽在笔墨文库",
    "喜欢就点个在看，顺手转给同事",
    "本文由网友上传，版权归原作者所有",
)
WHOLE = (
    "入会即享：材料库、写作课、群答疑三大权益",
    "办学习卡减半，老学员介绍新学员另送两个月",
    "热门下载：镇长述职、党课讲稿、清明倡议",
)


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    config = load_config()
    return build_cleaner(load_rules(config), config)


def _taken(cleaner: Cleaner, line: str) -> list[str]:
    text = f"云溪县2021年工作总结\n一年来，全县新建公厕12座。\n{line}\n全年清运垃圾3.2万吨。\n"
    return [removal.text.strip() for removal in cleaner.clean(text).removals]


@pytest.mark.parametrize("glued", GLUED)
@pytest.mark.parametrize("own", OWN)
def test_words_of_a_site_at_an_end_go_alone_or_stay(cleaner: Cleaner, own: str, glued: str) -> None:
    for line in (own + glued, glued + own):
        assert [taken for taken in _taken(cleaner, line) if taken not in glued] == []


def test_most_of_them_go(cleaner: Cleaner) -> None:
    gone = [_taken(cleaner, line) == [glued] for own in OWN for glued in GLUED for line in (own + glued, glued + own)]
    assert sum(gone) >= 0.6 * len(gone)


@pytest.mark.parametrize("line", WHOLE)
def test_what_is_all_of_a_site_goes_whole(cleaner: Cleaner, line: str) -> None:
    assert _taken(cleaner, line) == [line]
