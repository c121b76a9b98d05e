from __future__ import annotations

import json

import pytest

from pipeline.batch.run import Progress
from pipeline.terminal import progress as shown


class Clock:
    """Stands in for the time of the machine."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(shown, "time", clock)
    return clock


def test_lines_tell_rate_remaining_time_and_failures(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with shown.progress(quiet=False) as tell:
        clock.now += 10
        tell(Progress("looking", 500, None, 0, 0))
        clock.now += 10
        tell(Progress("working", 200, 500, 0, 2))
    assert capsys.readouterr().err.splitlines() == [
        "looking: 500 entries, 50 a second, 0 failures",
        "working: 200 of 500 entries, 20 a second, 15 s left, 2 failures",
    ]


def test_what_an_earlier_run_did_does_not_make_the_pace_look_better(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    with shown.progress(quiet=False, log_json=True) as tell:
        tell(Progress("looking", 500, None, 0, 0))
        clock.now += 10
        tell(Progress("working", 300, 500, 290, 0))
    line = json.loads(capsys.readouterr().err.splitlines()[-1])
    assert (line["step"], line["entries"], line["total"], line["failures"]) == ("working", 300, 500, 0)
    assert (line["entries_per_second"], line["seconds_left"]) == (1.0, 200.0)


def test_lines_do_not_come_too_often_but_the_last_one_comes(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with shown.progress(quiet=False) as tell:
        for entries in range(1, 101):
            clock.now += 0.125
            tell(Progress("working", entries, 100, 0, 0))
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 3
    assert said[-1].startswith("working: 100 of 100 entries")


def test_quiet_is_quiet(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with shown.progress(quiet=True) as tell:
        clock.now += 10
        tell(Progress("working", 1, 1, 0, 0))
    assert capsys.readouterr().err == ""
