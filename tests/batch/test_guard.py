"""Documents that kill, hang or swell their worker become failures with the reason; all others are processed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from laws import check_laws

from pipeline.batch.guard import DEATHS, Losses
from pipeline.batch.run import Order, run
from pipeline.config import BatchConfig, load_config
from pipeline.errors import PipelineError

LIMITS = BatchConfig(shard_entries=9, shard_bytes=9, document_seconds=20, worker_bytes=9)
HERE = Path(__file__).parent


def note(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "note"
    path.write_text(text)
    return path


def test_one_death_may_come_from_outside_and_gives_nothing_up(tmp_path: Path) -> None:
    losses = Losses()
    for _ in range(DEATHS - 1):
        losses = losses.after(note(tmp_path, "4\n"), "SIGKILL", LIMITS, 9)
        assert losses.entries == {}
    losses = losses.after(note(tmp_path, "5\n"), "SIGKILL", LIMITS, 9)
    assert losses.entries == {}
    losses = losses.after(note(tmp_path, "4\n"), "SIGKILL", LIMITS, 9)
    assert list(losses.entries) == [4]
    assert "(SIGKILL)" in losses.entries[4]


def test_a_time_limit_is_reason_enough(tmp_path: Path) -> None:
    losses = Losses().after(note(tmp_path, "0\nTimeout (0:00:20)!\nThread …\n"), "exit status 1", LIMITS, 9)
    assert "more than 20 seconds" in losses.entries[0]


@pytest.mark.parametrize("left", ["", "9\n", "garbage"])
def test_workers_that_die_with_nothing_in_hand_end_the_run(tmp_path: Path, left: str) -> None:
    losses = Losses()
    for _ in range(DEATHS - 1):
        losses = losses.after(note(tmp_path, left), "SIGKILL", LIMITS, 9)
    with pytest.raises(PipelineError, match="--resume"):
        losses.after(note(tmp_path, left), "SIGKILL", LIMITS, 9)


WORST = {
    "WORK:CRASH": ("worker", "WorkerDied", "(Segmentation fault)"),
    "WORK:DIE": ("worker", "WorkerDied", "(SIGKILL)"),
    "WORK:SWELL": ("flow", "MemoryError", "batch.worker_bytes"),
    "WORK:HANG": ("worker", "TimeLimit", "batch.document_seconds"),
    "READ:CRASH": ("worker", "WorkerDied", "(Segmentation fault)"),
}


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of memory is Linux's")
@pytest.mark.parametrize(
    ("workers", "worst"), [(1, ("WORK:CRASH", "WORK:SWELL")), (2, ("READ:CRASH", "WORK:HANG", "WORK:DIE"))]
)
def test_the_guilty_alone_are_given_up(
    tmp_path: Path, workers: int, worst: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(map(str, (HERE / "poison", HERE.parent.parent))))
    (tmp_path / "archive").mkdir()
    for number, poison in enumerate(["", *(piece for word in worst for piece in (word, ""))]):
        text = f"某镇{number}年工作总结\n全镇共有村{number + 3}个。{poison}\n"
        (tmp_path / "archive" / f"{number:02}{poison[5:]}.txt").write_text(text, encoding="utf-8")
    config = load_config(options={"batch.shard_entries": 4, "batch.document_seconds": 20})
    asked = Order(inputs=(str(tmp_path / "archive"),), dataset=tmp_path / "out", config=config, workers=workers)
    assert run(asked).entries == 2 * len(worst) + 1
    tables = check_laws(tmp_path / "out")
    assert len(tables["documents"]) == len(worst) + 1
    for row, word in zip(tables["failures"], worst, strict=True):
        stage, error, said = WORST[word]
        assert word[5:] in row["source"]
        assert (row["stage"], row["error"]) == (stage, error)
        assert said in row["message"]
    assert not list((tmp_path / "out" / ".run" / "in_hand").iterdir())
