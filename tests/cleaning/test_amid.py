"""What a site put amid a line without a stop takes nothing of the line along."""

from __future__ import annotations

import pytest

from pipeline.cleaning import Cleaner
from pipeline.config import load_config
from pipeline.kit import build_cleaner, load_rules

ITEMS = (
    "● 河道清淤：疏浚沟渠8.5公里",
    "● 卫生改厕：完成户厕改造412户",
    "二、扎实推进农村环境综合整治",
    "- 就业培训：举办电工班6期",
    "沙坪镇 4120 3066 74.4%",
    "● 茶园管护：补植茶苗2.6万株",
)
BRACKETED = (
    "@@灯下文稿圈@@",
    "【下载全文】",
    "（wx：liangcai77）",
    "（转载请联系后台）",
    "（图源：秘书圈）",
    "【更多范文见主页】",
)


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    config = load_config()
    return build_cleaner(load_rules(config), config)


@pytest.mark.parametrize("put_in", BRACKETED)
@pytest.mark.parametrize("number", range(len(ITEMS)))
def test_a_bracket_amid_an_item_takes_nothing_of_it(cleaner: Cleaner, put_in: str, number: int) -> None:
    item = ITEMS[number]
    for at in range(4, len(item) - 2, 3):
        lines = [*ITEMS[:number], item[:at] + put_in + item[at:], *ITEMS[number + 1 :]]
        text = "沙坪镇2012年工作总结\n" + "\n".join(lines) + "\n"
        for removal in cleaner.clean(text).removals:
            assert removal.text.strip() in put_in


@pytest.mark.parametrize("put_in", ["关注公众号领取全文", "加V：cailiao_66", "更多资料请扫码"])
def test_words_amid_an_item_go_alone_or_stay(cleaner: Cleaner, put_in: str) -> None:
    for item in ITEMS[:2]:
        text = f"沙坪镇2012年工作总结\n{ITEMS[3]}\n{item[:6]}{put_in}{item[6:]}\n{ITEMS[5]}\n"
        taken = "".join(removal.text for removal in cleaner.clean(text).removals)
        assert taken.strip() in put_in


def test_a_line_of_a_site_with_a_bracket_goes_whole(cleaner: Cleaner) -> None:
    text = "沙坪镇2012年工作总结\n全镇清淤沟渠8公里。\n扫码关注【秘书圈】公众号，海量范文免费下载\n"
    assert "范文" not in cleaner.clean(text).text
