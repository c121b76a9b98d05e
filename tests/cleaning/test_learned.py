"""What the trained model takes, what it leaves, and that it is the one that its card and the corpus tell of."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest

from pipeline.cleaning import Classifier, Cleaner
from pipeline.cleaning.features import rows_of
from pipeline.errors import ConfigError
from pipeline.kit import build_cleaner, models_folder
from pipeline.records import Span
from pipeline.rules import Rules

ROOT = Path(__file__).parents[2]
CASES = tomllib.loads((Path(__file__).parent / "learned.toml").read_text(encoding="utf-8"))
CARD = tomllib.loads((models_folder() / "adverts" / "card.toml").read_text(encoding="utf-8"))
BEFORE, AFTER = "一、发展壮大集体经济，村均增收三万元。", "（二）存在的问题。干部队伍年龄偏大。"


@pytest.fixture(scope="module")
def trained() -> Cleaner:
    return build_cleaner(Rules())


@pytest.mark.parametrize("line", CASES["lines"])
def test_a_line_that_no_rule_knows_goes(line: str, trained: Cleaner, cleaner: Cleaner) -> None:
    text = f"{BEFORE}\n{line}\n{AFTER}"
    assert cleaner.clean(text).text == text
    clean = trained.clean(text)
    assert clean.text == f"{BEFORE}\n{AFTER}"
    assert [removal.rule for removal in clean.removals] == ["advert_model"]
    assert 0.5 < clean.removals[0].score <= 1


@pytest.mark.xfail(strict=True, reason="no cue speaks against it")
@pytest.mark.parametrize("line", CASES["known_failures"])
def test_a_line_without_any_cue_goes(line: str, trained: Cleaner) -> None:
    assert trained.clean(f"{BEFORE}\n{line}\n{AFTER}").text == f"{BEFORE}\n{AFTER}"


@pytest.mark.parametrize("sentence", CASES["sentences"])
def test_a_last_sentence_goes_and_its_paragraph_stays(sentence: str, trained: Cleaner) -> None:
    assert trained.clean(f"{BEFORE}{sentence}\n{AFTER}").text == f"{BEFORE}\n{AFTER}"


@pytest.mark.parametrize("bracket", CASES["brackets"])
def test_a_bracket_goes_from_within_a_sentence(bracket: str, trained: Cleaner) -> None:
    assert trained.clean(f"全县增收{bracket}三万元，群众满意。").text == "全县增收三万元，群众满意。"


@pytest.mark.parametrize("line", CASES["body"])
def test_body_stays_alone_and_beside_junk(line: str, trained: Cleaner) -> None:
    assert trained.clean(f"{BEFORE}\n{line}\n{AFTER}").text == f"{BEFORE}\n{line}\n{AFTER}"
    junk = CASES["lines"][0]
    assert trained.clean(f"{BEFORE}\n{junk}\n{line}\n{junk}\n{AFTER}").text == f"{BEFORE}\n{line}\n{AFTER}"


def test_reading_a_text_gives_the_evidence_that_was_trained() -> None:
    from skops.io import load

    folder = models_folder() / "adverts"
    model = load(folder / "model.skops", trusted=[])["junk"]
    classifier = Classifier.load(folder)
    for line in (*CASES["lines"], *CASES["body"]):
        text = f"{BEFORE}\n{line}\n{AFTER}"
        span = Span(len(BEFORE) + 1, len(BEFORE) + 1 + len(line))
        said = classifier.read(text).score(span, 2, 3)
        assert np.isclose(said, model.decision_function(rows_of([line], [(2, 3)]))[0], atol=1e-3)


def test_the_model_is_of_the_corpus_that_lies_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    train = __import__("train_adverts")
    rows = [*train.junk_rows(ROOT / "corpus" / "adverts"), *train.body_rows(ROOT / "corpus")]
    assert train.corpus_digest(rows) == CARD["corpus_sha256"]
    sys.modules.pop("train_adverts")


def test_rows_are_many_and_of_many_families() -> None:
    assert CARD["junk_rows"] >= 1500
    assert CARD["junk_families"] >= 120
    assert CARD["body_rows"] >= 4000
    assert CARD["families_left_out"]["recall_all"] >= 0.7


def test_a_folder_without_a_model_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="No model"):
        Classifier.load(tmp_path)
