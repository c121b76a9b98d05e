"""The explorer over the sample archive and one hostile report, as a user starts it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.batch.run import Order, run_on
from pipeline.batch.spread import Spread
from pipeline.config import load_config

HOSTILE = """\
坏心乡2023年工作总结<script>document.title = "taken"</script>
一、经济
全乡有<img src=x onerror="document.title='taken'">企业12家，"><script src="http://example.invalid/x.js"></script>产值3.5亿元\u202e。
二、存在的问题
全乡生产总值6.2亿元，增长5.1%，其中一、二、三产分别增长4.3%、6.6%、5.7%。人手不足，<iframe src="javascript:alert(1)"></iframe>资金缺口20万元。
"""


@pytest.fixture(scope="session")
def explored(samples: Path, one_worker: Spread, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of three samples, a text that would like to run, and an entry that fails."""
    folder = tmp_path_factory.mktemp("explored")
    archive = folder / "archive"
    archive.mkdir()
    for name in ("county_government_report.txt", "village_summary.txt", "city_government_report.txt"):
        (archive / name).write_bytes((samples / name).read_bytes())
    (archive / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    (archive / "empty.txt").touch()
    run_on(one_worker, Order(inputs=(str(archive),), dataset=folder / "dataset", config=load_config()))
    return folder / "dataset"


@pytest.fixture(scope="session")
def address(explored: Path) -> Iterator[str]:
    """Where the explorer of that dataset answers."""
    yield from serving(explored)


@pytest.fixture(scope="module")
def public_address(edition: Path) -> Iterator[str]:
    """Where that of a public edition answers."""
    yield from serving(edition)


def serving(dataset: Path) -> Iterator[str]:
    """The address of an explorer for as long as it is wanted."""
    pytest.importorskip("datasette", reason="datasette is not installed (extra explore)")
    command = [sys.executable, "-m", "pipeline", "explore", str(dataset), "--port", "0", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            yield server.stdout.readline().split()[1].removesuffix("/reports")
        finally:
            server.terminate()
