from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.batch.run import Order, run_on
from pipeline.batch.spread import Spread
from pipeline.config import load_config
from pipeline.dataset.stored import Stored, open_dataset

REPORTS = {
    "桐柳县2022年.txt": """桐柳县2022年政府工作报告

一、2022年工作回顾
过去一年，全县地区生产总值达到86.4亿元，增长6.2%。城镇新增就业3200人，单位GDP能耗下降2.8%。固定资产投资增长9%。
二、2023年工作安排
主要预期目标是：地区生产总值增长6.5%左右，固定资产投资增长8%至10%，城镇新增就业3000人以上。
""",
    "桐柳县2023年.txt": """桐柳县2023年政府工作报告

一、2023年工作回顾
过去一年，全县地区生产总值达到91.7亿元，增长5.9%。全年完成地区生产总值91.7亿元。常住人口城镇化率达到52.6%，提高0.8个百分点，城镇化率低于全省3.1个百分点。
坚持生态优先，治理水土流失面积36平方公里，生态环境持续改善，PM2.5平均浓度下降4.1%。
二、2024年工作安排
主要预期目标是：地区生产总值增长6%以上，力争增长6.5%。
""",
    "青溪县2023年.txt": """青溪县2023年政府工作报告

一、2023年工作回顾
2023年，全县GDP完成64.3亿元，同比增长7.1%，增速高于全市0.6个百分点。东港镇地区生产总值达到8.2亿元。
污染防治扎实推进，生态修复完成造林1.2万亩。
二、2024年工作安排
2024年，全县生产总值预期增长7%左右。
""",
}
REGIONS = "source,region\n桐柳县2022年.txt,川东\n桐柳县2023年.txt,川东\n青溪县2023年.txt,川西\n"


@pytest.fixture(scope="session")
def archive(one_worker: Spread, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three reports of two invented counties, with a column of metadata, as a dataset in two parts."""
    folder = tmp_path_factory.mktemp("archive")
    (folder / "reports").mkdir()
    for name, text in REPORTS.items():
        (folder / "reports" / name).write_text(text, encoding="utf-8")
    metadata = folder / "regions.csv"
    metadata.write_text(REGIONS.replace("\n桐", "\nreports/桐").replace("\n青", "\nreports/青"), encoding="utf-8")
    run_on(
        one_worker,
        Order(
            inputs=(str(folder / "reports"),),
            dataset=folder / "dataset",
            config=load_config(options={"batch.shard_entries": 2}),
            metadata=metadata,
        ),
    )
    return folder / "dataset"


@pytest.fixture
def stored(archive: Path) -> Stored:
    return open_dataset(archive)
