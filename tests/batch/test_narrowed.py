"""A dataset that is gone on with takes in what it took in before, and more where more is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from archives import bytes_of, put_reports

from pipeline.batch.run import Order, Progress, Summary, run_on
from pipeline.batch.selection import Selection
from pipeline.batch.spread import Spread
from pipeline.config import load_config
from pipeline.errors import UsageError

Run = Callable[..., Summary]


@pytest.fixture
def run(one_worker: Spread) -> Run:
    return partial(run_on, one_worker)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = put_reports(tmp_path / "archive", 5)
    (folder / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    rows = "\n".join(f"{n},全镇新增企业{n}家。" for n in range(1, 5))
    (folder / "rows.csv").write_text(f"编号,正文\n{rows}\n", encoding="utf-8")
    return folder


def order(archive: Path, dataset: Path, **more: object) -> Order:
    config = load_config(options={"batch.shard_entries": 3})
    return Order(inputs=(str(archive),), dataset=dataset, config=config, **more)  # type: ignore[arg-type]


class Stop(Exception):
    """Stands for Ctrl-C."""


def test_a_selection_that_is_widened_is_what_a_fresh_run_gives(run: Run, archive: Path, tmp_path: Path) -> None:
    run(order(archive, tmp_path / "out", selection=Selection(limit=4)))
    run(order(archive, tmp_path / "out", resume=True))
    run(order(archive, tmp_path / "fresh"))
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "fresh")


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [
        ({}, {"limit": 3}, "begun with the whole archive, and --limit 3 would take rows away. Go on without it"),
        ({}, {"include": ("*rows.csv*",)}, r"--include '\*rows\.csv\*' would take rows away"),
        ({}, {"sample": 0.5}, "--sample 0.5 would take"),
        ({"limit": 7}, {"limit": 6}, "begun with --limit 7, and --limit 6 .* Go on with --limit 7"),
        ({"exclude": ("*.png",)}, {"exclude": ("*.png", "*.csv")}, "Go on with --exclude"),
        ({"limit": 2}, {"include": ("*.csv*",)}, "begun with --limit 2"),
    ],
)
def test_a_selection_that_is_narrowed_is_refused(
    run: Run, archive: Path, tmp_path: Path, then: dict[str, object], now: dict[str, object], said: str
) -> None:
    out = tmp_path / "out"
    run(order(archive, out, selection=Selection(**then)))  # type: ignore[arg-type]
    before = bytes_of(out)
    with pytest.raises(UsageError, match=said):
        run(order(archive, out, resume=True, selection=Selection(**now)))  # type: ignore[arg-type]
    assert bytes_of(out) == before


def test_a_run_that_was_stopped_is_not_narrowed_either(run: Run, archive: Path, tmp_path: Path) -> None:
    def stop(at: Progress) -> None:
        if at.step == "working":
            raise Stop

    with pytest.raises(Stop):
        run(order(archive, tmp_path / "out"), stop)
    with pytest.raises(UsageError, match="would take rows away"):
        run(order(archive, tmp_path / "out", resume=True, selection=Selection(limit=1)))


def test_metadata_that_are_not_given_again_are_refused(run: Run, archive: Path, tmp_path: Path) -> None:
    table = tmp_path / "m.csv"
    table.write_text("source,地区\narchive/rows.csv#2,某县\n", encoding="utf-8")
    asked = order(archive, tmp_path / "out")
    run(asked)
    run(replace(asked, resume=True, metadata=table))
    before = bytes_of(tmp_path / "out")
    with pytest.raises(UsageError, match=r"begun with the metadata m\.csv, which would go\. Give --metadata again"):
        run(replace(asked, resume=True))
    assert bytes_of(tmp_path / "out") == before
