"""A run that is killed at any moment, with its workers or without, goes on to the dataset of an undisturbed one."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from archives import bytes_of, put_reports
from laws import check_laws


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put_reports(tmp_path_factory.mktemp("killed") / "archive", 24)


def start(archive: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    line = [
        sys.executable,
        "-m",
        "pipeline",
        "run",
        str(archive),
        "-o",
        str(out),
        "--workers",
        "2",
        "--shard-size",
        "3",
    ]
    return subprocess.Popen(
        [*line, "--quiet", *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )


def finish(process: subprocess.Popen[bytes]) -> None:
    _, said = process.communicate(timeout=600)
    assert process.returncode in (0, 1), said.decode()


def wait_for(process: subprocess.Popen[bytes], dataset: Path, shards: int) -> None:
    """Wait until the run has noted so many shards as done, or has ended."""
    ledger = dataset / ".run" / "ledger.jsonl"
    while process.poll() is None and (not ledger.is_file() or ledger.read_bytes().count(b"\n") < shards):
        time.sleep(0.005)


def workers_of(process: subprocess.Popen[bytes]) -> list[int]:
    """The processes that a run has started; none where the system does not tell."""
    path = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return list(map(int, path.read_text().split())) if path.is_file() else []


@pytest.fixture(scope="module")
def undisturbed(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The files of an undisturbed run."""
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    finish(start(archive, out))
    check_laws(out)
    return bytes_of(out)


@pytest.mark.skipif(os.name != "posix", reason="signals and process groups need POSIX")
@pytest.mark.parametrize("seed", range(2))
def test_killed_runs_go_on_to_the_same_bytes(
    archive: Path, tmp_path: Path, undisturbed: Mapping[str, bytes], seed: int
) -> None:
    chance, stopped = random.Random(seed), 0
    for number in range(3):
        process = start(archive, tmp_path / "out", *(["--resume"] if number else []))
        wait_for(process, tmp_path / "out", chance.randrange(0, 8))
        time.sleep(chance.uniform(0, 0.3))
        way = chance.choice(("parent", "all", "worker"))
        if way == "parent":
            process.kill()  # its workers see that and leave
        elif way == "all":
            os.killpg(process.pid, signal.SIGKILL)
        elif workers := workers_of(process):
            os.kill(chance.choice(workers), signal.SIGKILL)  # another takes its place, and the run goes on
        process.communicate()
        stopped += process.returncode == -signal.SIGKILL
    assert stopped
    finish(start(archive, tmp_path / "out", "--resume"))
    assert bytes_of(tmp_path / "out") == undisturbed
    assert not list((tmp_path / "out").rglob(".writing-*"))


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent otherwise elsewhere")
def test_ctrl_c_leaves_whole_parts_and_tells_how_to_go_on(
    archive: Path, tmp_path: Path, undisturbed: Mapping[str, bytes]
) -> None:
    process = start(archive, tmp_path / "out")
    wait_for(process, tmp_path / "out", 1)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.decode().strip().endswith("--resume")
    finish(start(archive, tmp_path / "out", "--resume"))
    assert bytes_of(tmp_path / "out") == undisturbed
