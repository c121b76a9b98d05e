from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.kit import models_folder


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["annotate", "export", "{tmp}", "--to", "csv", "-o", "{tmp}/out"], "holds no dataset"),
        (["annotate", "export", "{dataset}", "--to", "csv", "-o", "{tmp}"], "Name a folder that is new or empty"),
        (["annotate", "import", "{tmp}/none.csv", "-o", "{tmp}/gold"], "There is no "),
        (["annotate", "import", "{tmp}/other.csv", "-o", "{tmp}/gold"], "lacks the columns label, quote"),
        (["annotate", "import", "{tmp}/other.json", "-o", "{tmp}/gold"], "is no JSON export of Label Studio"),
        (["annotate", "import", "{tmp}/nobody.json", "-o", "{tmp}/gold"], "No document is checked"),
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
