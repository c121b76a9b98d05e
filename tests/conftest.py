"""What several tests start from: the sample archive, a dataset made of it, and texts that lie beside the project."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from pipeline.batch.engines import ENGINES
from pipeline.batch.run import Order, run_on
from pipeline.batch.spread import Spread
from pipeline.config import load_config
from pipeline.dataset.export import export

if TYPE_CHECKING:
    from playwright.sync_api import Browser

collect_ignore_glob = ["*conftest.py"]  # no doctests in them, and two files of one name cannot both be modules

# Properties are laws about results, not about a busy machine's time: the same examples on any machine.
settings.register_profile("laws", deadline=None, derandomize=True)
settings.load_profile("laws")

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def samples() -> Path:
    return ROOT / "corpus" / "samples"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real reports that are not part of the project."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder of real reports beside the project is not there")
    return folder


@pytest.fixture(scope="session")
def one_worker() -> Iterator[Spread]:
    """A worker that is there already, for tests whose subject is not how it comes and goes."""
    with ENGINES["local"](1) as spread:
        yield spread


@pytest.fixture(scope="session")
def dataset(samples: Path, one_worker: Spread, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples as a dataset; nobody writes into it."""
    folder = tmp_path_factory.mktemp("samples") / "dataset"
    config = load_config(options={"batch.shard_entries": 5})
    run_on(one_worker, Order(inputs=(str(samples),), dataset=folder, config=config))
    return folder


@pytest.fixture(scope="session")
def edition(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public edition of the samples; nobody writes into it but the explorer."""
    return export(dataset, "parquet", tmp_path_factory.mktemp("public") / "edition", public=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser without a window, which speaks to nobody of its own accord."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        pytest.skip("no Chromium here (apt-get install chromium)")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=program, args=quiet)
        yield chromium
        chromium.close()
