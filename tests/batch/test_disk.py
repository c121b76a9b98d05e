"""A disk that is full or may not be written: a clear error, and a run that goes on once that is put right."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from archives import bytes_of, put_reports

from pipeline.batch.run import Order, run_on
from pipeline.batch.spread import Spread
from pipeline.config import load_config
from pipeline.errors import PipelineError


def mount(*arguments: str) -> bool:
    try:
        return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 120 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if not mount("-t", "tmpfs", "-o", "size=120k", "tmpfs", str(disk)):
        pytest.skip("a disk of one's own may not be mounted here")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=False)


def order(archive: Path, dataset: Path, *, resume: bool = False) -> Order:
    config = load_config(options={"batch.shard_entries": 4})
    return Order(inputs=(str(archive),), dataset=dataset, config=config, resume=resume)


def test_a_full_disk_stops_the_run_and_more_room_lets_it_go_on(
    small_disk: Path, tmp_path: Path, one_worker: Spread
) -> None:
    archive = put_reports(tmp_path / "archive", 12)
    with pytest.raises(PipelineError, match=r"cannot be written \(No space left on device\).*--resume"):
        run_on(one_worker, order(archive, small_disk / "out"))
    assert not list(small_disk.rglob(".writing-*"))
    assert mount("-o", "remount,size=64m", str(small_disk))
    run_on(one_worker, order(archive, small_disk / "out", resume=True))
    run_on(one_worker, order(archive, tmp_path / "fresh"))
    assert bytes_of(small_disk / "out") == bytes_of(tmp_path / "fresh")


def test_a_folder_that_may_not_be_written_is_named(small_disk: Path, tmp_path: Path, one_worker: Spread) -> None:
    archive = put_reports(tmp_path / "archive", 2)
    assert mount("-o", "remount,ro", str(small_disk))
    with pytest.raises(PipelineError, match=r"out.* cannot be written \(Read-only file system\)"):
        run_on(one_worker, order(archive, small_disk / "out"))
