from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from pipeline.reading.limits import Limits
from pipeline.reading.sources import count_entries, iter_sources, read
from pipeline.records import Failure, Source

FLAG_OFFSETS = ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8))  # where a member's flag bits stand in both of its headers


def pack(members: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def pack_named(names: list[bytes], flags: int = 0, extra: bytes = b"") -> bytes:
    """A zip whose members' names are these very bytes, as old programs write them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number, name in enumerate(names):
            member = zipfile.ZipInfo(stand_in(number, name))
            member.extra = extra
            archive.writestr(member, f"第{number}份")
    data = stream.getvalue()
    for number, name in enumerate(names):
        data = data.replace(stand_in(number, name).encode(), name)
    return set_flags(data, flags)


def stand_in(number: int, name: bytes) -> str:
    return chr(ord("A") + number) * len(name)


def set_flags(data: bytes, flags: int) -> bytes:
    changed = bytearray(data)
    for mark, offset in FLAG_OFFSETS:
        at = data.find(mark)
        while at >= 0:
            changed[at + offset : at + offset + 2] = struct.pack("<H", flags)
            at = data.find(mark, at + 1)
    return bytes(changed)


def entries(folder: Path, data: bytes, limits: Limits | None = None, **window: int) -> list[Source | Failure]:
    path = folder / "a.zip"
    path.write_bytes(data)
    return list(iter_sources(path, "a.zip", limits or Limits(), **window))  # type: ignore[arg-type]


def named(found: list[Source | Failure]) -> list[str]:
    return [entry.name if isinstance(entry, Source) else f"{entry.source} {entry.error}" for entry in found]


def test_members_come_in_the_order_of_the_archive(tmp_path: Path) -> None:
    found = entries(tmp_path, pack({"年报/": "", "年报/乙.txt": "二", "年报/甲.txt": "一"}))
    assert found == [Source("a.zip!年报/乙.txt", "二".encode()), Source("a.zip!年报/甲.txt", "一".encode())]


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("gbk", ["年报/柳树乡2023年工作总结.txt", "党支部述职报告.txt", "表.txt", "plain.txt"]),
        ("big5", ["年報/施政報告書.txt", "鄉公所工作總結.txt", "預算執行情形.txt"]),
        ("utf-8", ["年报/柳树乡2023年工作总结.txt", "党支部述职报告.txt"]),
    ],
)
def test_names_without_a_flag_are_read_as_they_were_meant(tmp_path: Path, encoding: str, names: list[str]) -> None:
    found = entries(tmp_path, pack_named([name.encode(encoding) for name in names]))
    assert named(found) == [f"a.zip!{name}" for name in names]
    assert [entry.data.decode() for entry in found if isinstance(entry, Source)] == [
        f"第{n}份" for n in range(len(names))
    ]


def test_a_name_in_the_field_for_utf8_is_believed_where_it_fits(tmp_path: Path) -> None:
    own, real = "年报.txt".encode("gbk"), "年报.txt".encode()
    for crc, expected in ((zlib.crc32(own), "a.zip!年报.txt"), (0, "a.zip!年报.txt")):
        extra = struct.pack("<HHBI", 0x7075, 5 + len(real), 1, crc) + real
        assert named(entries(tmp_path, pack_named([own], extra=extra))) == [expected]


def test_separators_of_windows_and_names_that_climb_are_only_names(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    found = entries(inside, pack_named([b"b\\c.txt", b"../../out.txt", b"/etc/out.txt"]))
    assert named(found) == ["a.zip!b/c.txt", "a.zip!../../out.txt", "a.zip!/etc/out.txt"]
    assert [path.name for path in tmp_path.rglob("*")] == ["in", "a.zip"]


def test_members_of_one_name_are_numbered(tmp_path: Path) -> None:
    assert named(entries(tmp_path, pack_named([b"a.txt", b"a.txt", b"plain", b"plain"]))) == [
        "a.zip!a.txt",
        "a.zip!a~2.txt",
        "a.zip!plain",
        "a.zip!plain~2",
    ]


def test_a_numbered_member_takes_no_name_that_another_has(tmp_path: Path) -> None:
    found = named(entries(tmp_path, pack_named([b"a.txt", b"a.txt", b"a~2.txt", b"a.txt"])))
    assert found == ["a.zip!a.txt", "a.zip!a~2.txt", "a.zip!a~2~2.txt", "a.zip!a~3.txt"]


def test_tables_and_archives_within_an_archive_are_opened(tmp_path: Path) -> None:
    inner = pack({"丙.txt": "三", "空.csv": ""})
    found = entries(
        tmp_path, pack({"甲.txt": "一", "表.csv": "编号,正文\n1,二\n2,二二\n", "内.zip": inner, "丁.txt": "四"})
    )
    assert named(found) == [
        "a.zip!甲.txt",
        "a.zip!表.csv#1",
        "a.zip!表.csv#2",
        "a.zip!内.zip!丙.txt",
        "a.zip!内.zip!空.csv EmptyFile",
        "a.zip!丁.txt",
    ]


def test_any_range_of_entries_is_what_the_whole_has_there(tmp_path: Path) -> None:
    inner = pack({"丙.txt": "三", "丁.txt": "四"})
    data = pack(
        {
            "甲.txt": "一",
            "表.jsonl": '{"text": "二"}\n{"text": \n',
            "内.zip": inner,
            "坏.zip": b"PK\x03\x04",
            "戊": "五",
        }
    )
    whole = entries(tmp_path, data)
    assert count_entries(tmp_path / "a.zip", "a.zip", Limits()) == len(whole) == 7
    for start in range(8):
        for stop in range(start, 9):
            assert entries(tmp_path, data, start=start, stop=stop) == whole[start:stop]


def test_members_out_of_range_are_not_unpacked(tmp_path: Path) -> None:
    data = bytearray(pack({f"{number}.txt": "一" for number in range(5)}, zipfile.ZIP_STORED))
    at = data.index("一".encode())
    data[at] ^= 1  # the first member's checksum is wrong, which shows when it is read
    assert named(entries(tmp_path, bytes(data), start=1)) == [f"a.zip!{number}.txt" for number in range(1, 5)]
    assert named(entries(tmp_path, bytes(data), stop=1)) == ["a.zip!0.txt Damaged"]


def test_depth_is_limited(tmp_path: Path) -> None:
    data = pack({"底.txt": "一"})
    for _ in range(4):
        data = pack({"内.zip": data})
    (failure,) = entries(tmp_path, data)
    assert isinstance(failure, Failure)
    assert failure.source == "a.zip!内.zip!内.zip!内.zip"
    assert (failure.error, failure.stage) == ("TooLarge", "read")
    assert "limits.max_depth" in failure.message
    assert named(entries(tmp_path, data, Limits(max_depth=5))) == ["a.zip!" + "内.zip!" * 4 + "底.txt"]


@pytest.mark.parametrize(
    ("limits", "named_limit"),
    [
        (Limits(max_bytes=2_000_000), "max_bytes"),
        (Limits(), "max_ratio"),
        (Limits(max_members=0), "max_members"),
    ],
)
def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, limits: Limits, named_limit: str) -> None:
    (failure,) = entries(tmp_path, pack({"弹.txt": bytes(4_000_000)}), limits)
    assert isinstance(failure, Failure)
    assert failure.error == "TooLarge"
    assert f"limits.{named_limit}" in failure.message


def test_a_bomb_within_an_archive_within_an_archive(tmp_path: Path) -> None:
    inner = pack({f"{number}.txt": bytes(4_000_000) for number in range(300)})
    (failure,) = entries(tmp_path, pack({"内.zip": inner}), Limits(max_nested_bytes=100_000, max_ratio=10_000))
    assert isinstance(failure, Failure)
    assert "limits.max_nested_bytes" in failure.message
    assert {entry.error for entry in entries(tmp_path, pack({"内.zip": inner})) if isinstance(entry, Failure)} == {
        "TooLarge"
    }


def test_overlapping_members_are_refused(tmp_path: Path) -> None:
    data = pack({"a.txt": "一" * 500}, zipfile.ZIP_STORED)
    listed, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    times = 20  # the one member is listed so often
    counts = struct.pack("<HHII", times, times, (end - listed) * times, listed)
    overlapping = data[:listed] + data[listed:end] * times + data[end : end + 8] + counts + data[-2:]
    (failure,) = entries(tmp_path, overlapping)
    assert isinstance(failure, Failure)
    assert (failure.source, failure.error) == ("a.zip", "Damaged")
    assert "overlap" in failure.message


def test_links_passwords_and_rare_methods_are_failures_of_the_member(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.create_system = 3
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("b.txt", "一", zipfile.ZIP_BZIP2)
        archive.writestr("c.txt", "二")
    found = entries(tmp_path, stream.getvalue())
    assert named(found) == ["a.zip!link.txt NotText", "a.zip!b.txt UnsupportedFormat", "a.zip!c.txt"]
    assert isinstance(found[0], Failure)
    assert found[0].stage == "skipped"
    assert named(entries(tmp_path, set_flags(pack({"a.txt": "一"}), 1))) == ["a.zip!a.txt Encrypted"]


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x03\x04" + b"\xff" * 500, pack({"a.txt": "x" * 500})[:-30]])
def test_a_broken_archive_is_one_failure(tmp_path: Path, content: bytes) -> None:
    (failure,) = entries(tmp_path, content)
    assert isinstance(failure, Failure)
    assert (failure.source, failure.stage, failure.error) == ("a.zip", "read", "Damaged")


def test_flipped_bytes_never_raise(tmp_path: Path) -> None:
    import random

    data = pack({"甲.txt": "一" * 50, "表.csv": "编号,正文\n1,二\n", "内.zip": pack({"乙.txt": "三"})})
    for seed in range(400):
        draw = random.Random(seed)
        flipped = bytearray(data)
        for _ in range(draw.randint(1, 4)):
            flipped[draw.randrange(len(data))] = draw.randrange(256)
        assert all(isinstance(entry, (Source, Failure)) for entry in entries(tmp_path, bytes(flipped)))


def test_an_office_file_under_the_suffix_of_zip_is_one_entry(tmp_path: Path) -> None:
    data = pack({"[Content_Types].xml": "x", "word/document.xml": "x"})
    assert entries(tmp_path, data) == [Source("a.zip", data)]
    assert entries(tmp_path, pack({"内.zip": data})) == [Source("a.zip!内.zip", data)]


def test_an_archive_under_another_suffix_is_opened_on_disk_and_named_within_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "年报.txt"
    path.write_bytes(pack({"甲.txt": "一"}))
    assert named(list(iter_sources(path, "年报.txt", Limits()))) == ["年报.txt!甲.txt"]
    (source,) = entries(tmp_path, pack({"内.dat": path.read_bytes()}))
    assert isinstance(source, Source)
    with pytest.raises(Exception, match=r"\.zip"):
        read(source, Limits())
