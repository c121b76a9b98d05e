"""The whole loop: what a person corrects in an export is learnt, and the mistake is gone in the next run."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from laws import read_table

from pipeline.batch.run import Order, run_on
from pipeline.batch.spread import Spread
from pipeline.cli import main
from pipeline.config import load_config

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
ADVERT = "〔景区周边民宿特价68起，订房找阿洄〕"
TEXTS = (
    CORPUS / "gold/held_out/texts/city_2009.txt",
    CORPUS / "gold/held_out/texts/city_2016.txt",
    CORPUS / "gold/scraped/texts/24_scenic_template.txt",
)
Row = dict[str, str]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A part of the corpus, so that a model is trained in seconds."""
    folder = tmp_path_factory.mktemp("corpus")
    for name in ("sections", "adverts", "names/texts", "words"):
        (folder / name).mkdir(parents=True)
    blocks = sorted((CORPUS / "sections").glob("*.txt"))[0].read_text(encoding="utf-8").split("\n== ")
    (folder / "sections" / "some.txt").write_text("\n== ".join(blocks[:30]), encoding="utf-8")
    for path in (CORPUS / "adverts").glob("*.tsv"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        (folder / "adverts" / path.name).write_text("".join(lines[:80]), encoding="utf-8")
    for path in sorted((CORPUS / "names").glob("b_*.ann"))[:3]:
        for part in (f"{path.stem}.ann", f"{path.stem}.json", f"texts/{path.stem}.txt"):
            shutil.copy(CORPUS / "names" / part, folder / "names" / part)
    return folder


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("loop") / "archive"
    folder.mkdir()
    for text in TEXTS:
        shutil.copy(text, folder)
    return folder


@pytest.fixture(scope="module")
def run(archive: Path, one_worker: Spread) -> Callable[[str, Path | None], Path]:
    """Make a dataset of the archive, with our models or those in a folder over them."""

    def make(name: str, models: Path | None) -> Path:
        dataset = archive.parent / name
        config = load_config(options={"models.folder": str(models or "")})
        run_on(one_worker, Order(inputs=(str(archive),), dataset=dataset, config=config))
        return dataset

    return make


@pytest.fixture(scope="module")
def before(run: Callable[[str, Path | None], Path]) -> Path:
    return run("before", None)


def correct(dataset: Path, work: Path, edit: Callable[[list[Row]], list[Row]]) -> Path:
    """Export, edit the table, import."""
    assert main(["annotate", "export", str(dataset), "--to", "csv", "-o", str(work / "out")]) == 0
    table = work / "out" / "marks.csv"
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with table.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(edit(rows))
    assert main(["annotate", "import", str(table), "-o", str(work / "gold")]) == 0
    return work / "gold"


def learn(what: str, gold: Path, corpus: Path, capsys: pytest.CaptureFixture[str]) -> str:
    models = gold.parent / "models"
    assert main(["train", what, "--gold", str(gold), "--corpus", str(corpus), "-o", str(models)]) == 0
    shown = capsys.readouterr()
    assert "training" in shown.err
    assert all(line.endswith(" …") for line in shown.err.splitlines())
    return shown.out


def test_a_corrected_role_is_right_in_the_next_run(
    before: Path,
    run: Callable[[str, Path | None], Path],
    small: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def headed(dataset: Path) -> dict[str, str]:
        return {row["heading"]: row["role"] for row in read_table(dataset, "sections")}

    heading = "一、就业和社会保障类"
    assert headed(before)[heading] == "measures"

    def edit(rows: list[Row]) -> list[Row]:
        return [row | {"role": "plans"} if row["quote"] == heading else row for row in rows]

    gold = correct(before, tmp_path, edit)
    assert "corrections 1, of which 0 still stand" in learn("sections", gold, small, capsys)
    assert headed(run("sections", tmp_path / "models"))[heading] == "plans"


def test_an_advert_that_stayed_goes_in_the_next_run(
    before: Path,
    run: Callable[[str, Path | None], Path],
    small: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def stays(dataset: Path) -> bool:
        return any(ADVERT in row["text"] for row in read_table(dataset, "documents"))

    assert stays(before)

    def edit(rows: list[Row]) -> list[Row]:
        more = {"document": "24_scenic_template", "label": "advert", "quote": ADVERT}
        return [*rows, dict.fromkeys(rows[0], "") | more]

    gold = correct(before, tmp_path, edit)
    assert "corrections 1, of which" in learn("adverts", gold, small, capsys)
    assert not stays(run("adverts", tmp_path / "models"))


def test_corrected_names_are_right_in_the_next_run(
    before: Path,
    run: Callable[[str, Path | None], Path],
    small: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def named(dataset: Path) -> dict[str, str]:
        return {row["quantity"]: row["name"] for row in read_table(dataset, "metrics")}

    assert named(before)["417家"] == "企业"

    def edit(rows: list[Row]) -> list[Row]:
        checked = [row for row in rows if row["document"] == "city_2009"]  # the others nobody has looked at
        return [row | {"name": "帮助企业"} if row["name"] == "企业" else row for row in checked]

    gold = correct(before, tmp_path, edit)
    assert [path.name for path in gold.glob("*.json")] == ["city_2009.json"]
    assert "of which 0 still stand" in learn("metrics", gold, small, capsys)
    assert named(run("metrics", tmp_path / "models"))["417家"] == "帮助企业"
