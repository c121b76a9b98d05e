"""The engine dask: the same bytes as the local one, also when a worker of the cluster dies in mid-run."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

pytest.importorskip("distributed", reason="Dask is not installed")

from archives import bytes_of, put_reports
from distributed import LocalCluster
from work import die_of_three, square

from pipeline.batch.engines import ENGINES
from pipeline.batch.run import Order, Progress, run, run_on
from pipeline.batch.spread import Spread
from pipeline.config import load_config
from pipeline.errors import UsageError

pytestmark = pytest.mark.filterwarnings("ignore")  # Dask warns of what it does not control, such as a busy machine


def test_a_cluster_with_a_worker_killed_in_mid_run_writes_the_bytes_of_one_process(
    tmp_path: Path, one_worker: Spread
) -> None:
    archive = put_reports(tmp_path / "archive", 20)
    config = load_config(options={"batch.shard_entries": 3})
    run_on(one_worker, Order(inputs=(str(archive),), dataset=tmp_path / "local", config=config))
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, memory_limit=0) as cluster:
        killed = []

        def tell(at: Progress) -> None:
            if at.step == "working" and not killed:
                killed.append(cluster.workers[0].pid)
                os.kill(killed[0], signal.SIGKILL)

        address = cluster.scheduler_address
        asked = Order(
            inputs=(str(archive),), dataset=tmp_path / "dask", config=config, engine="dask", scheduler=address
        )
        run(asked, tell)
    assert killed
    assert bytes_of(tmp_path / "dask") == bytes_of(tmp_path / "local")


def test_without_a_scheduler_there_is_a_cluster_of_ones_own_and_deaths_are_told() -> None:
    heard = []

    def lost(number: int, reason: str) -> int:
        heard.append(number)
        return 30

    with ENGINES["dask"](2) as spread:
        assert sorted(spread(square, iter(range(9)), lost)) == [n * n for n in range(9)]
        assert sorted(spread(die_of_three, [3], lost)) == [30]
    assert heard == [3]


def test_a_scheduler_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.batch.cluster.PATIENCE", 1)
    with (
        pytest.raises(UsageError, match=r"No scheduler answers at tcp://127\.0\.0\.1:9 "),
        ENGINES["dask"](1, "tcp://127.0.0.1:9"),
    ):
        pass
