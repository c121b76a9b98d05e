from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.batch import ledger
from pipeline.batch.ledger import Done, Ledger


def done(number: int, key: str = "k") -> Done:
    return Done(number, key, {"metrics": "00ff"}, {"metrics": 3}, 1, 20)


def write(path: Path, *lines: Done) -> bytes:
    with Ledger(path) as ledger:
        for line in lines:
            ledger.record(line)
    return path.read_bytes()


def test_what_was_recorded_is_known_again_and_the_last_word_counts(tmp_path: Path) -> None:
    path = tmp_path / "ledger"
    write(path, done(1), done(0), done(1, "later"))
    assert Ledger(path).done == {0: done(0), 1: done(1, "later")}


def test_a_torn_line_does_not_spoil_the_next(tmp_path: Path) -> None:
    path = tmp_path / "ledger"
    path.write_bytes(write(path, done(0), done(1))[:-9])
    write(path, done(2))
    assert Ledger(path).done == {0: done(0), 2: done(2)}


def test_a_line_with_other_fields_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ledger"
    write(path, done(0), done(1))
    monkeypatch.setattr(ledger, "asdict", lambda done: {"shard": done.shard, "words": 7})
    write(path, done(1, "later"))
    monkeypatch.undo()
    assert Ledger(path).done == {}


def test_the_same_line_again_is_not_written_twice(tmp_path: Path) -> None:
    path = tmp_path / "ledger"
    assert write(path, done(0)) == write(path, done(0))


def test_shards_beyond_the_last_are_forgotten(tmp_path: Path) -> None:
    write(tmp_path / "ledger", done(2), done(0), done(1))
    ledger = Ledger(tmp_path / "ledger")
    assert list(ledger.keep(2)) == [done(0), done(1)]


@given(st.data())
def test_a_spoilt_byte_costs_at_most_its_neighbours(tmp_path_factory: object, data: st.DataObject) -> None:
    path = Path(tmp_path_factory.mktemp("ledger")) / "ledger"  # type: ignore[attr-defined]
    lines = [done(n) for n in range(4)]
    content = bytearray(write(path, *lines))
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    known = Ledger(path).done
    assert all(lines[number] == line for number, line in known.items())
    assert len(known) >= 2
