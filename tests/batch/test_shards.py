from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.batch.inventory import Item
from pipeline.batch.shards import Shard, cut_shards
from pipeline.batch.survey import Entry, Surveyed

sizes = st.lists(st.lists(st.integers(0, 30), max_size=8), max_size=8)


def files_of(archive: list[list[int]]) -> list[Surveyed]:
    return [
        Surveyed(Item(f"/{f}", f"{f}"), tuple(Entry(f"{f}!{e}", f"{f}-{e}", size, e) for e, size in enumerate(found)))
        for f, found in enumerate(archive)
    ]


def spelt_out(shard: Shard) -> list[str]:
    return [f"{piece.item.name}!{number}" for piece in shard.slices for number in piece.numbers]


@given(sizes, st.integers(1, 9), st.integers(1, 50))
def test_every_entry_is_in_one_shard_in_order_and_within_bounds(
    archive: list[list[int]], most_entries: int, most_bytes: int
) -> None:
    files = files_of(archive)
    size_of = {entry.name: entry.size for file in files for entry in file.entries}
    shards = list(cut_shards(files, most_entries, most_bytes))
    assert [name for shard in shards for name in spelt_out(shard)] == list(size_of)
    assert [shard.number for shard in shards] == list(range(len(shards)))
    for shard in shards:
        assert list(shard.names) == spelt_out(shard)
        assert 1 <= len(shard.names) <= most_entries
        assert len(shard.names) == 1 or sum(size_of[name] for name in shard.names) <= most_bytes


def test_a_shard_is_known_by_what_is_in_it() -> None:
    one, other = files_of([[1, 2], [3]]), files_of([[1, 2], [4]])
    changed = [other[0], Surveyed(other[1].item, (Entry("1!0", "changed", 3, 0),))]
    digests = [[shard.digest for shard in cut_shards(files, 2, 99)] for files in (one, other, changed)]
    assert digests[0] == digests[1]
    assert digests[0][0] == digests[2][0]
    assert digests[0][1] != digests[2][1]
