from __future__ import annotations

import pytest

from pipeline.cleaning import Cleaner
from pipeline.rules import Rules


@pytest.fixture(scope="session")
def cleaner() -> Cleaner:
    return Cleaner(Rules())
