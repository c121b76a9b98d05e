"""A run that is killed at any moment, with its workers or without, goes on to the dataset of an undisturbed one."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from laws import check_laws

COPIES = 2


@pytest.fixture(scope="module")
def archive(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("killed") / "archive"
    folder.mkdir()
    for number in range(COPIES):
        for path in samples.iterdir():
            shutil.copy(path, folder / f"{number}_{path.name}")
    return folder


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
    _, said = process.communicate(timeout=120)
    assert process.returncode in (0, 1), said.decode()


def files_of(dataset: Path) -> dict[str, bytes]:
    files = (path for path in dataset.rglob("*") if path.is_file() and ".run" not in path.parts)
    return {path.relative_to(dataset).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def undisturbed(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], float]:
    """The files of an undisturbed run, and its seconds."""
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    began = time.perf_counter()
    finish(start(archive, out))
    check_laws(out)
    return files_of(out), time.perf_counter() - began


@pytest.mark.skipif(os.name != "posix", reason="signals and process groups need POSIX")
@pytest.mark.parametrize("seed", range(2))
def test_killed_runs_go_on_to_the_same_bytes(
    archive: Path, tmp_path: Path, undisturbed: tuple[dict[str, bytes], float], seed: int
) -> None:
    chance = random.Random(seed)
    expected, seconds = undisturbed
    for number in range(2):
        process = start(archive, tmp_path / "out", *(["--resume"] if number else []))
        time.sleep(chance.uniform(0.1, 0.95) * seconds)
        if chance.random() < 0.5:
            process.kill()  # the parent alone; its workers see that and leave
        else:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    finish(start(archive, tmp_path / "out", "--resume"))
    assert files_of(tmp_path / "out") == expected
    left = [path.name for path in (tmp_path / "out").rglob(".writing-*")]
    assert left == []


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent otherwise elsewhere")
def test_ctrl_c_leaves_whole_parts_and_tells_how_to_go_on(
    archive: Path, tmp_path: Path, undisturbed: tuple[dict[str, bytes], float]
) -> None:
    process = start(archive, tmp_path / "out")
    time.sleep(0.6 * undisturbed[1])
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.decode().strip().endswith("--resume")
    finish(start(archive, tmp_path / "out", "--resume"))
    assert files_of(tmp_path / "out") == undisturbed[0]
