from __future__ import annotations

import math
import re
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from pipeline.analysis.terms import count_terms, top_words
from pipeline.analysis.wordlists import Category, Counts, Term, read_stop_words, read_terms
from pipeline.cli import main
from pipeline.dataset.stored import Stored, open_dataset
from pipeline.errors import UsageError

TERMS = [
    Term("生态", "environment", "text"),
    Term("生态环境", "environment", "text"),
    Term("污染", "environment", "text"),
    Term(r"PM2\.?5", "environment", "regex"),
    Term("就业", "jobs", "word"),
]


def sentences(dataset: Path) -> pd.DataFrame:
    documents = pd.read_parquet(dataset / "documents", columns=["doc_id", "source", "year_covered"])
    return pd.read_parquet(dataset / "sentences").merge(documents, on="doc_id", how="left")


def test_counts_equal_those_of_another_way(dataset: Path) -> None:
    samples = sentences(dataset)
    found = count_terms(open_dataset(dataset), TERMS, ["document"]).to_pandas()
    environment = found[found.category == "environment"].set_index("doc_id")
    pattern = re.compile(r"生态环境|生态|污染|PM2\.?5")
    for doc_id, group in samples.groupby("doc_id"):
        row = environment.loc[doc_id]
        assert row.matches == sum(len(pattern.findall(text)) for text in group.text)
        assert row.sentences_with == sum(pattern.search(text) is not None for text in group.text)
        assert row.sentences == len(group)
        assert row.characters == len(re.sub(r"\s", "", "".join(group.text)))
        assert row.words == sum(bool(re.search(r"\w", word)) for words in group.words for word in words)
    assert environment.matches.sum() > 0
    jobs = found[found.category == "jobs"].matches.sum()
    assert jobs == sum(word == "就业" for words in samples.words for word in words)


def test_every_group_has_a_row_for_every_category_and_term(stored: Stored) -> None:
    found = count_terms(stored, TERMS, ["region"], each=True).to_pandas()
    assert len(found) == 2 * len(TERMS)
    east = found[found.region == "川东"].set_index("term")
    assert east.loc["生态", "matches"] == 2
    assert east.loc["污染", "matches"] == 0
    assert set(found.documents) == {1, 2}


def test_groups_of_sections_add_up_to_the_whole(stored: Stored) -> None:
    whole = count_terms(stored, TERMS, []).to_pandas()
    for by in (["section"], ["topic"], ["year_covered", "role"], ["passage", "role"]):
        parts = count_terms(stored, TERMS, by).to_pandas()
        for column in ("matches", "words", "characters", "sentences"):
            assert parts.groupby("category")[column].sum().tolist() == whole[column].tolist()


@pytest.mark.parametrize(
    ("text", "words", "counts"),
    [
        ("生态环境好", ["生态环境", "好"], Counts(1, {"生态": 1, "生态环境": 1})),
        ("生态和PM25、PM2.5", ["生态", "和", "PM25", "、", "PM2.5"], Counts(3, {"生态": 1, r"PM2\.?5": 2})),
        ("经济", ["经济"], None),
    ],
)
def test_a_stretch_of_text_counts_once_in_its_category(text: str, words: list[str], counts: Counts | None) -> None:
    assert Category(TERMS[:4]).count(text, words) == counts


def test_words_are_those_of_the_segmenter() -> None:
    assert Category(TERMS[4:]).count("就业率", ["就业率"]) is None
    assert Category(TERMS[4:]).count("就业好", ["就业", "好"]) == Counts(1, {"就业": 1})


def test_the_commonest_words_and_what_marks_a_group(stored: Stored, archive: Path) -> None:
    samples = sentences(archive)
    found = top_words(stored, 5, ["source"], frozenset({"增长"})).to_pandas()
    assert "增长" not in set(found.word)
    for source, group in found.groupby("source"):
        words = Counter(word for words in samples[samples.source == source].words for word in words)
        assert [words[word] for word in group.word] == group["count"].tolist()
        assert group["count"].tolist() == sorted(group["count"], reverse=True)
    for row in found.itertuples():
        assert row.keyness == pytest.approx(row.share * (math.log(4 / (1 + row.groups_with)) + 1))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("word\n生态\n", "no column term"),
        ("term\n\n", "names no terms"),
        ("term,kind\n生态,wort\n", "wort is no kind of term"),
        ("term,kind\n(生态,regex\n", "no regular expression"),
        ("term,kind\n生*,regex\n", "matches an empty text"),
        ("term,category\n生态,a\n生态,a\n", "stands twice in a"),
        ("term,category\n生态,\n生态,生态\n", "stands twice in 生态"),
    ],
)
def test_a_faulty_list_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "my.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        read_terms(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_list_as_excel_writes_it_is_read(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "my.csv").write_bytes("term;category\r\n生态;环境\r\n".encode(encoding))
    (tmp_path / "stop.txt").write_bytes("环境\r\n".encode(encoding))
    assert read_terms(tmp_path / "my.csv") == [Term("生态", "环境", "text")]
    assert read_stop_words(tmp_path / "stop.txt") == {"环境"}


@pytest.mark.parametrize("text", ["term\n生态\n污染\n", "term,category,kind\n生态,,\n污染, ,text\n"])
def test_a_term_without_a_category_is_one_of_its_own(stored: Stored, tmp_path: Path, text: str) -> None:
    path = tmp_path / "my.csv"
    path.write_text(text, encoding="utf-8")
    assert read_terms(path) == [Term("生态", "生态", "text"), Term("污染", "污染", "text")]
    assert set(count_terms(stored, read_terms(path), []).to_pandas().category) == {"生态", "污染"}


def test_an_unknown_group_is_refused(stored: Stored) -> None:
    with pytest.raises(UsageError, match="nothing called themes"):
        count_terms(stored, TERMS, ["themes"])


def test_the_command(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "my.csv").write_text("term,group\n生态,environment\n", encoding="utf-8-sig")
    out = tmp_path / "counts.csv"
    assert main(["terms", str(archive), "--terms", str(tmp_path / "my.csv"), "--by", "region", "-o", str(out)]) == 0
    assert pd.read_csv(out).matches.tolist() == [2, 1]
    (tmp_path / "stop.txt").write_text("全县\n", encoding="utf-8")
    capsys.readouterr()
    assert main(["terms", str(archive), "--top", "3", "--stop", str(tmp_path / "stop.txt")]) == 0
    assert "全县" not in capsys.readouterr().out
