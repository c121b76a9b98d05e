from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipeline.annotate.given import read_checked
from pipeline.cli import main
from pipeline.kit import models_folder


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["annotate", "export", "{tmp}", "--to", "csv", "-o", "{tmp}/out"], "holds no dataset"),
        (["annotate", "export", "{dataset}", "--to", "csv", "-o", "{tmp}"], "Name a folder that is new or empty"),
        (["annotate", "import", "{tmp}/none.csv", "-o", "{tmp}/gold"], "There is no "),
        (["annotate", "import", "{tmp}", "-o", "{tmp}/gold"], "is a folder"),
        (["annotate", "import", "{tmp}/other.csv", "-o", "{tmp}/gold"], "lacks the columns label, quote"),
        (["annotate", "import", "{tmp}/other.json", "-o", "{tmp}/gold"], "is no JSON export of Label Studio"),
        (["annotate", "import", "{tmp}/nobody.json", "-o", "{tmp}/gold"], "No document is checked"),
        (
            ["annotate", "import", "{tmp}/marks.xlsx", "-o", "{tmp}/gold"],
            "is a workbook. In Excel, save it as CSV UTF-8",
        ),
        (["annotate", "import", "{tmp}/broken.csv", "-o", "{tmp}/gold"], "is no text. Save the table as CSV UTF-8"),
        (["evaluate", "{dataset}"], "Name what it should agree with: --gold GOLD"),
        (["evaluate", "{tmp}", "--gold", "{tmp}"], "holds no dataset"),
        (["evaluate", "{dataset}", "--gold", "{tmp}/none"], "There is no gold in"),
        (["train", "metrics"], "There is nothing to learn from"),
        (["train", "adverts", "--labels", "{tmp}/other.csv"], "--labels are of sections"),
        (["train", "metrics", "--gold", "{tmp}", "-o", str(models_folder())], "holds our own models"),
        (["train", "sections", "--gold", "{tmp}/none", "-o", "{tmp}/mine"], "There is no gold in"),
    ],
)
def test_wrong_use_is_one_line_and_status_2(
    dataset: Path, tmp_path: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other.csv").write_text("document,x\na,b\n", encoding="utf-8")
    (tmp_path / "other.json").write_text('{"a": 1}', encoding="utf-8")
    (tmp_path / "nobody.json").write_text("[]", encoding="utf-8")
    (tmp_path / "marks.xlsx").write_bytes(b"PK\x03\x04\xff\xfe")
    (tmp_path / "broken.csv").write_bytes(b"document,label,quote\n\xff\xff\xff")
    before = sorted(tmp_path.iterdir())
    assert main([argument.format(tmp=tmp_path, dataset=dataset) for argument in arguments]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err
    assert shown.err.count("\n") == 1
    assert sorted(tmp_path.iterdir()) == before


def test_the_refused_make_the_status_1(dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["annotate", "export", str(dataset), "--to", "csv", "--sample", "1", "-o", str(tmp_path / "out")]) == 0
    table = tmp_path / "out" / "marks.csv"
    document = table.read_text(encoding="utf-8-sig").splitlines()[1].split(",")[0]
    with table.open("a", encoding="utf-8") as file:
        file.write(f"{document},,advert,,一句不在文中的话\r\n")
    capsys.readouterr()
    assert main(["annotate", "import", str(table), "-o", str(tmp_path / "gold")]) == 1
    assert "the quote is not in the text" in capsys.readouterr().out


def test_two_people_who_keep_the_name_of_the_export_are_two(
    dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["annotate", "export", str(dataset), "--to", "csv", "--only", "metrics", "-o", "li"]) == 0
    shutil.copytree("li", "wang")
    table = tmp_path / "wang" / "marks.csv"
    rows = table.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    gone = next(number for number, row in enumerate(rows) if ",metric," in row and row.count(",") == rows[0].count(","))
    table.write_text("".join(rows[:gone] + rows[gone + 1 :]), encoding="utf-8", newline="")
    assert main(["annotate", "import", "li/marks.csv", "wang/marks.csv", "-o", "gold"]) == 0
    said = (tmp_path / "gold" / "conflicts.csv").read_text(encoding="utf-8-sig").splitlines()
    assert said[1].endswith(",there,li/marks.csv: yes,wang/marks.csv: no")
    golds = [json.loads(path.read_text(encoding="utf-8")) for path in (tmp_path / "gold").glob("*.json")]
    assert sum(metric.get("optional", False) for gold in golds for metric in gold["metrics"]) == 1


def test_a_file_that_is_named_twice_is_one_persons(
    dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["annotate", "export", str(dataset), "--to", "csv", "--sample", "1", "-o", "li"]) == 0
    [once] = read_checked([Path("li/marks.csv"), tmp_path / "li" / "marks.csv"])
    assert once.by == "marks.csv"


def test_a_dataset_without_documents_has_nothing_to_correct(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    assert main(["run", str(tmp_path / "a.png"), "-o", str(tmp_path / "ds"), "--quiet", "--workers", "1"]) == 0
    assert main(["annotate", "export", str(tmp_path / "ds"), "--to", "csv", "-o", str(tmp_path / "out")]) == 2
    assert "holds no documents: there is nothing to correct" in capsys.readouterr().err


def test_a_corpus_that_is_none_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "gold" / "texts").mkdir(parents=True)
    (tmp_path / "gold" / "texts" / "a.txt").write_text("甲", encoding="utf-8")
    (tmp_path / "gold" / "a.json").write_text('{"source": "a.txt", "removed": [], "restored": []}', encoding="utf-8")
    own = ["--gold", str(tmp_path / "gold"), "--corpus", str(tmp_path / "nosuch"), "-o", str(tmp_path / "mine")]
    assert main(["train", "adverts", *own]) == 2
    assert "nosuch does not hold both adverts and body of reports" in capsys.readouterr().err
