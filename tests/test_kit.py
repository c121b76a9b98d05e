from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import kit
from pipeline.config import load_config


def test_the_digest_of_rules_is_of_every_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kit, "_digest", lambda paths: " ".join(path.name for path in paths))
    tables = Path(kit.__file__).parent / "rules"
    ours = {path.name for path in tables.iterdir() if path.is_file() and path.suffix != ".py"}
    assert set(kit.knowledge_digests(load_config())["rules"].split()) == ours
