"""How fast the readers are: files a second, and which share of the time is spent in our own code.

    python scripts/benchmark_readers.py FOLDER

FOLDER holds files to read. The first figure is of the clock, with the reading process apart; the second of the
processor, in one process; the share is told function by function, without what libraries do for us.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import time
from collections import Counter
from pathlib import Path

from pipeline.flow import attempt
from pipeline.reading import READERS, Limits, iter_sources, read
from pipeline.reading.media import media_type_of
from pipeline.records import RawText, Source

OURS = f"{Path(__file__).parent.parent / 'pipeline'}/"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    sources = [source for path in sorted(folder.iterdir()) for source in iter_sources(path, path.name, Limits())]
    texts = [source for source in sources if isinstance(source, Source)]
    print_speed(texts)
    print_share(texts)


def print_speed(sources: list[Source]) -> None:
    """Files and characters a second, and what came of them."""
    limits = Limits()
    read(sources[0], limits)  # starts the process
    began = time.perf_counter()
    found = [attempt(lambda source: read(source, limits), source) for source in sources]
    seconds = time.perf_counter() - began
    ended = Counter("read" if isinstance(one, RawText) else one.error for one in found)
    chars = sum(len(one.text) for one in found if isinstance(one, RawText))
    print(f"{len(found) / seconds:,.1f} files/s, {chars / seconds:,.0f} characters/s, {dict(ended)}")


def print_share(sources: list[Source]) -> None:
    """The share of our own functions in the time of the readers, what they call in libraries left out."""
    limits, profile = Limits(), cProfile.Profile()
    kinds = [(READERS[media_type_of(source.data, source.name)], source.data) for source in sources]
    kinds[0][0](kinds[0][1], limits)  # imports
    began = time.process_time()
    for reader, data in kinds:
        reader(data, limits)
    print(f"{len(kinds) / (time.process_time() - began):,.1f} files a second of the processor")
    profile.enable()
    for reader, data in kinds[: len(kinds) // 4]:
        reader(data, limits)
    profile.disable()
    times = pstats.Stats(profile).get_stats_profile()
    ours = sum(one.tottime for one in times.func_profiles.values() if one.file_name.startswith(OURS))
    print(f"{ours / times.total_tt:.0%} of {times.total_tt:.1f} s in our code")


if __name__ == "__main__":
    main()
