from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import load_config
from pipeline.errors import ConfigError
from pipeline.reading import Limits


def write(folder: Path, text: str) -> Path:
    path = folder / "my.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_our_defaults_are_complete_and_the_readers_own() -> None:
    config = load_config()
    assert config.limits == Limits()
    assert config.dataset.source_text
    assert config.batch.shard_entries > 1


def test_file_lies_over_defaults_and_options_over_both(tmp_path: Path) -> None:
    path = write(tmp_path, "[batch]\nshard_entries = 7\nshard_bytes = 9\n[limits]\nmax_depth = 1\n")
    config = load_config(path, {"batch.shard_bytes": 11})
    assert (config.batch.shard_entries, config.batch.shard_bytes, config.limits.max_depth) == (7, 11, 1)
    assert config.limits.max_bytes == Limits().max_bytes


def test_rules_are_looked_for_beside_the_file(tmp_path: Path) -> None:
    config = load_config(write(tmp_path, '[rules]\nfolder = "mine"\n'))
    assert Path(config.rules.folder) == tmp_path / "mine"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[batch]\nshards = 7", "no key shards. Known keys: shard_entries, shard_bytes"),
        ("[bacth]\nshard_entries = 7", r"no \[bacth\]. Known sections: rules, reading, limits"),
        ("batch = 7", r"Write \[batch\]"),
        ('[batch]\nshard_entries = "7"', "batch.shard_entries is '7'. Give it as int"),
        ("[batch]\nshard_entries = true", "batch.shard_entries is True. Give it as int"),
        ("[dataset]\nsource_text = 0", "dataset.source_text is 0. Give it as bool"),
        ("[batch]\nshard_entries = 0", "Give a number from 1 up"),
        ("[batch", "is not TOML"),
    ],
)
def test_what_is_not_known_is_refused_by_name(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        load_config(write(tmp_path, text))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml cannot be read"):
        load_config(tmp_path / "none.toml")


def test_digest_tells_every_setting(tmp_path: Path) -> None:
    plain = load_config().digest()
    assert load_config().digest() == plain
    for section, values in load_config().as_dict().items():
        for key, value in values.items():
            other = not value if isinstance(value, bool) else value + 1 if isinstance(value, int) else f"{value}x"
            assert load_config(options={f"{section}.{key}": other}).digest() != plain, key
