from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import tarfile
from pathlib import Path

import pytest
from test_archives import named, pack

from pipeline.reading import Limits, count_entries, iter_sources
from pipeline.records import Failure, Source

PACKERS = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}


def tar(members: dict[str, bytes | str], form: int = tarfile.GNU_FORMAT, encoding: str = "utf-8") -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=form, encoding=encoding) as archive:
        for name, content in members.items():
            data = content.encode() if isinstance(content, str) else content
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return stream.getvalue()


def entries(
    folder: Path, name: str, data: bytes, limits: Limits | None = None, **window: int
) -> list[Source | Failure]:
    path = folder / name
    path.write_bytes(data)
    return list(iter_sources(path, name, limits or Limits(), **window))  # type: ignore[arg-type]


MEMBERS: dict[str, bytes | str] = {
    "年报/乙.txt": "二",
    "表.csv": "编号,正文\n1,三\n2,四\n",
    "内.zip": pack({"丙.txt": "五"}),
    "甲.txt": "一",
}
WHOLE = ["年报/乙.txt", "表.csv#1", "表.csv#2", "内.zip!丙.txt", "甲.txt"]


@pytest.mark.parametrize("packer", ["", *PACKERS])
@pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_members_come_in_the_order_of_the_archive(tmp_path: Path, packer: str, form: int) -> None:
    data = tar(MEMBERS, form)
    name = f"a.tar.{packer}" if packer else "a.tar"
    found = entries(tmp_path, name, PACKERS[packer](data) if packer else data)
    assert named(found) == [f"{name}!{member}" for member in WHOLE]
    assert [entry.data.decode() for entry in found if isinstance(entry, Source)] == ["二", "三", "四", "五", "一"]
    assert count_entries(tmp_path / name, name, Limits()) == 5
    for start in range(5):
        assert (
            entries(tmp_path, name, (tmp_path / name).read_bytes(), start=start, stop=start + 2)
            == found[start : start + 2]
        )


@pytest.mark.parametrize("encoding", ["gbk", "big5"])
def test_names_are_read_as_they_were_meant(tmp_path: Path, encoding: str) -> None:
    name = {"gbk": "年报/柳树乡2023年工作总结.txt", "big5": "年報/施政報告書.txt"}[encoding]
    assert named(entries(tmp_path, "a.tar", tar({name: "一"}, encoding=encoding))) == [f"a.tar!{name}"]


@pytest.mark.parametrize("packer", PACKERS)
def test_a_packed_file_is_the_one_file_in_it(tmp_path: Path, packer: str) -> None:
    pack_it = PACKERS[packer]
    assert entries(tmp_path, f"甲.txt.{packer}", pack_it("一".encode())) == [
        Source(f"甲.txt.{packer}!甲.txt", "一".encode())
    ]
    table = pack_it("编号,正文\n1,三\n".encode())
    assert named(entries(tmp_path, f"表.csv.{packer}", table)) == [f"表.csv.{packer}!表.csv#1"]


def test_links_devices_and_names_that_climb(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, kind in (("a.txt", tarfile.SYMTYPE), ("b.txt", tarfile.LNKTYPE), ("c.txt", tarfile.FIFOTYPE)):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
        for name in ("../../out.txt", "/out.txt", "/out.txt"):
            member = tarfile.TarInfo(name)
            member.size = 3
            archive.addfile(member, io.BytesIO("一".encode()))
    inside = tmp_path / "in"
    inside.mkdir()
    found = entries(inside, "a.tar", stream.getvalue())
    assert named(found) == [
        "a.tar!a.txt NotText", "a.tar!b.txt NotText", "a.tar!c.txt NotText",
        "a.tar!../../out.txt", "a.tar!/out.txt", "a.tar!/out~2.txt",
    ]  # fmt: skip
    assert [path.name for path in tmp_path.rglob("*")] == ["in", "a.tar"]


@pytest.mark.parametrize("packer", PACKERS)
def test_bombs_are_refused(tmp_path: Path, packer: str) -> None:
    bomb = PACKERS[packer](bytes(30_000_000))
    assert named(entries(tmp_path, f"a.{packer}", bomb, Limits(max_ratio=100))) == [f"a.{packer}!a TooLarge"]
    within = PACKERS[packer](tar({"弹.zip": bytes(30_000_000), "甲.txt": "一"}))
    (*_, failure) = entries(tmp_path, f"a.tar.{packer}", within, Limits(max_ratio=100))
    assert isinstance(failure, Failure)
    assert failure.error == "TooLarge"


def test_depth_and_members_are_limited(tmp_path: Path) -> None:
    data = tar({"底.txt": "一"})
    for _ in range(4):
        data = tar({"内.tar": data})
    assert named(entries(tmp_path, "a.tar", data)) == ["a.tar!" + "内.tar!" * 2 + "内.tar TooLarge"]
    (*found, failure) = entries(tmp_path, "a.tar", tar({f"{n}.txt": "一" for n in range(5)}), Limits(max_members=3))
    assert len(found) == 3
    assert isinstance(failure, Failure)
    assert "limits.max_members" in failure.message


@pytest.mark.parametrize("packer", ["", *PACKERS])
def test_flipped_and_cut_bytes_never_raise(tmp_path: Path, packer: str) -> None:
    data = PACKERS[packer](tar(MEMBERS)) if packer else tar(MEMBERS)
    for seed in range(150):
        draw = random.Random(seed)
        broken = bytearray(data[: draw.randrange(len(data) // 4, len(data) + 1)])
        for _ in range(draw.randrange(4)):
            broken[draw.randrange(len(broken))] = draw.randrange(256)
        found = entries(tmp_path, "a.tar", bytes(broken), Limits(max_ratio=1000))
        assert all(isinstance(entry, (Source, Failure)) for entry in found)
