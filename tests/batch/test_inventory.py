from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from pipeline.batch.inventory import Item, entries, find_roots, walk
from pipeline.config import load_config
from pipeline.errors import UsageError
from pipeline.records import Failure, Source


def put(path: Path, text: str = "正文") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def names(*inputs: Path, leave_out: Path | None = None) -> list[str]:
    return [item.name for item in walk(find_roots(map(str, inputs)), leave_out)]


def test_a_folder_is_walked_in_the_order_of_its_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/县/1.txt", "a.txt", "c/2.txt", "B.txt"):
        put(tmp_path / "in" / name)
    expected = ["in/B.txt", "in/a/z.txt", "in/a/县/1.txt", "in/a.txt", "in/b.txt", "in/c/2.txt"]
    assert names(tmp_path / "in") == expected


def test_what_is_named_twice_is_taken_once_by_the_name_nearest_to_it(tmp_path: Path) -> None:
    for name in ("a/1.txt", "a/b/2.txt", "a/b/3.txt"):
        put(tmp_path / "in" / name)
    folder, within, one = tmp_path / "in" / "a", tmp_path / "in" / "a" / "b", tmp_path / "in" / "a" / "1.txt"
    assert names(folder, folder) == ["a/1.txt", "a/b/2.txt", "a/b/3.txt"]
    assert names(folder, one) == ["a/b/2.txt", "a/b/3.txt", "1.txt"]
    assert names(within, folder) == ["b/2.txt", "b/3.txt", "a/1.txt"]
    assert names(folder, within) == ["a/1.txt", "b/2.txt", "b/3.txt"]
    (tmp_path / "link").symlink_to(folder)
    assert names(folder, tmp_path / "link") == ["a/1.txt", "a/b/2.txt", "a/b/3.txt"]


def test_inputs_that_end_alike_are_numbered(tmp_path: Path) -> None:
    for parent in "xyz":
        put(tmp_path / parent / "a" / "1.txt")
        put(tmp_path / parent / "one.txt")
    put(tmp_path / "a~2" / "1.txt")
    folders = [tmp_path / "x" / "a", tmp_path / "y" / "a", tmp_path / "a~2", tmp_path / "z" / "a"]
    assert names(*folders) == ["a/1.txt", "a~3/1.txt", "a~2/1.txt", "a~4/1.txt"]
    assert names(tmp_path / "x" / "one.txt", tmp_path / "y" / "one.txt") == ["one.txt", "one~2.txt"]


def test_where_an_input_lies_does_not_change_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "in" / "1.txt")
    monkeypatch.chdir(tmp_path / "in")
    assert names(Path(".")) == names(tmp_path / "in") == names(Path("../in")) == ["in/1.txt"]


def test_a_pattern_is_spelt_out(tmp_path: Path) -> None:
    for name in ("2020/a.txt", "2021/a.txt", "2021/b.csv"):
        put(tmp_path / name)
    assert names(tmp_path / "*" / "*.txt") == ["a.txt", "a~2.txt"]
    assert names(tmp_path / "**" / "*.csv") == ["b.csv"]


def test_a_file_with_a_pattern_in_its_name_is_that_file(tmp_path: Path) -> None:
    assert names(put(tmp_path / "[附件]报告.txt")) == ["[附件]报告.txt"]


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"There is no .*none\*"):
        find_roots([str(tmp_path / "none*")])
    with pytest.raises(UsageError, match=r"There is no 青柳县[\s\S]{,200}…\. Name a file"):
        find_roots(["青柳县2023年政府工作报告\n" + "全县平稳。" * 5_000])


def test_the_dataset_itself_is_no_input(tmp_path: Path) -> None:
    put(tmp_path / "in" / "1.txt")
    put(tmp_path / "in" / "out" / "metrics" / "part.parquet")
    assert names(tmp_path / "in", leave_out=tmp_path / "in" / "out") == ["in/1.txt"]


@pytest.mark.parametrize("sign", [(".run/begun.json",), ("manifest.json", "documents/part-00000.parquet")])
def test_another_dataset_below_an_input_is_skipped_whole(tmp_path: Path, sign: tuple[str, ...]) -> None:
    put(tmp_path / "in" / "1.txt")
    for name in (*sign, "pages/x.html"):
        put(tmp_path / "in" / "before" / name)
    items = list(walk(find_roots([str(tmp_path / "in")])))
    assert [item.name for item in items] == ["in/1.txt", "in/before"]
    [failure] = entries(items[1], load_config())
    assert isinstance(failure, Failure)
    assert (failure.source, failure.stage, failure.error) == ("in/before", "skipped", "Dataset")


def test_standard_input_is_one_text(tmp_path: Path) -> None:
    spooled = put(tmp_path / "stdin.txt")
    assert find_roots(["-"], spooled) == [Item(str(spooled), "-")]


@pytest.mark.skipif(os.name != "posix", reason="links and pipes need POSIX")
def test_links_and_pipes_end_as_failures_and_loops_end(tmp_path: Path) -> None:
    put(tmp_path / "in" / "1.txt")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "dead").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "in" / "pipe")
    items = list(walk(find_roots([str(tmp_path / "in")])))
    assert [item.name for item in items] == ["in/1.txt", "in/dead", "in/pipe"]
    found = [entry for item in items for entry in entries(item, load_config())]
    assert [isinstance(entry, Failure) and entry.stage for entry in found] == [False, "skipped", "skipped"]


@pytest.mark.skipif(os.name != "posix", reason="only POSIX has file names that are no text")
def test_a_name_in_another_encoding_is_read(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode("报告.txt".encode("gbk"))).write_text("正文")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    assert names(tmp_path) == [f"{tmp_path.name}/报告.txt"]


def test_a_range_of_entries_is_the_same_as_all_of_them_cut(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for number in range(7):
            archive.writestr(f"{number}.txt", f"第{number}份")
    item, config = Item(str(tmp_path / "a.zip"), "a.zip"), load_config()
    everything = list(entries(item, config))
    assert [e.name for e in everything if isinstance(e, Source)] == [f"a.zip!{n}.txt" for n in range(7)]
    assert list(entries(item, config, 2, 5)) == everything[2:5]
