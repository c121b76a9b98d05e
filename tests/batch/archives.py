"""Small archives and the bytes of datasets, for tests of runs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def put_reports(folder: Path, count: int) -> Path:
    """So many short reports, each other than the rest."""
    folder.mkdir()
    for number in range(count):
        text = (
            f"某镇{2000 + number}年工作总结\n一、基本情况\n全镇共有村{number + 3}个，D员{number * 7 + 120}名，"
            f"比上年增长{number % 9 + 1}.5%。\n二、存在问题\n部分村集体收入不足{number + 5}万元。##paidend##\n"
        )
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    return folder


def bytes_of(dataset: Path) -> Mapping[str, bytes]:
    """Every file of a dataset but the state of its run."""
    files = (path for path in dataset.rglob("*") if path.is_file() and ".run" not in path.parts)
    return {path.relative_to(dataset).as_posix(): path.read_bytes() for path in files}
