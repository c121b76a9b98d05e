from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from office_files import docx, p

from pipeline.errors import ReadError
from pipeline.reading import Limits, iter_sources, read
from pipeline.reading.isolation import Child, Children, _children
from pipeline.reading.media import DOCX
from pipeline.reading.refusals import Damaged, TooLarge
from pipeline.records import Failure, Source

PAGE = Source("a.html", "<p>全镇平稳。</p>".encode())


def text_by(children: Children, page: str = "<p>全镇平稳。</p>") -> str:
    (answer,) = children.ask(order("a"), page.encode(), Limits())
    return str(answer["raw"][0])


linux = pytest.mark.skipif(sys.platform != "linux", reason="the system bounds memory and processor time on Linux only")


def order(name: str) -> dict[str, str]:
    return {"media_type": "text/html", "name": name}


def test_a_process_serves_one_document_after_the_other() -> None:
    children = Children()
    assert [text_by(children, f"<p>第{n}份</p>") for n in range(3)] == ["第0份", "第1份", "第2份"]
    (child,) = children._free
    children.stop()
    assert child._process.returncode is not None


def test_a_document_that_kills_its_process_is_one_failure_and_the_next_is_read() -> None:
    class Doomed(Child):
        """Dies over every document, as a C library would have it."""

        def ask(self, *args):  # type: ignore[no-untyped-def]
            threading.Timer(0, os.kill, (self._process.pid, signal.SIGSEGV)).start()
            self._process.wait()
            return super().ask(*args)

    children = Children()
    children._free.append(Doomed())
    with pytest.raises(ReadError):
        list(children.ask(order("a"), PAGE.data, Limits()))
    assert text_by(children) == "全镇平稳。"
    children.stop()


def test_a_process_that_earlier_documents_spoilt_is_not_believed() -> None:
    children = Children()
    list(children.ask(order("a"), PAGE.data, Limits()))
    children._free[0]._process.kill()
    assert text_by(children) == "全镇平稳。"
    children.stop()


@linux
@pytest.mark.parametrize("mebibytes", [60, 110, 250])  # where different libraries meet the bound and word it as they do
def test_memory_is_bounded_whatever_a_library_says_of_the_want_of_it(mebibytes: int) -> None:
    limits = Limits(max_memory=mebibytes * 2**20, max_ratio=10_000)
    children = Children()
    with pytest.raises(TooLarge, match=r"limits\.max_memory"):
        list(children.ask(order("a") | {"media_type": DOCX}, docx(p("甲") * 400_000), limits))
    children.stop()


@linux
def test_time_is_bounded() -> None:
    slow = Source("a.html", ("<p>全镇平稳。" * 400_000).encode())
    with pytest.raises(TooLarge, match=r"limits\.max_seconds"):
        read(slow, Limits(max_seconds=0))
    assert read(PAGE, Limits()).text == "全镇平稳。"


def test_what_a_reader_says_is_raised_here() -> None:
    with pytest.raises(Damaged, match="broken or cut off"):
        read(Source("a.docx", docx(p("甲"))[:-50], media_type=None), Limits())
    with pytest.raises(TooLarge, match=r"limits\.max_chars"):
        read(Source("a.html", b"<p>" + "一".encode() * 50), Limits(max_chars=40))


def test_a_process_that_cannot_start_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/true")
    with pytest.raises(ReadError, match="does not start"):
        list(Children().ask(order("a"), PAGE.data, Limits()))


def test_a_table_may_be_left_in_the_middle(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"正文": [f"第{n}份" for n in range(20_000)]}), path)
    found = list(iter_sources(path, "a.parquet", Limits(), start=5, stop=7))
    assert found == [Source(f"a.parquet#{n}", f"第{n - 1}份".encode(), "text/plain", {}) for n in (6, 7)]
    assert read(PAGE, Limits()).text == "全镇平稳。"


def test_a_child_may_write_no_file_and_leaves_none(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1" + bytes(50) + b"PAR1")
    (failure,) = iter_sources(path, "a.parquet", Limits())
    assert isinstance(failure, Failure)
    assert failure.error == "Damaged"
    assert list(tmp_path.iterdir()) == [path]
    room = Path(_children(os.getpid())._free[0]._room.name)
    assert not list(room.iterdir())


def test_columns_of_any_type_come_over(tmp_path: Path) -> None:
    from datetime import date
    from decimal import Decimal

    columns = {
        "正文": ["一、概况"],
        "日期": [date(2023, 1, 5)],
        "金额": [Decimal("1.50")],
        "图": [b"\xff"],
        "空": [None],
    }
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table(columns), path)
    (entry,) = iter_sources(path, "a.parquet", Limits())
    assert isinstance(entry, Source)
    assert entry.meta == {"日期": "2023-01-05", "金额": "1.50", "图": "b'\\xff'", "空": None}
