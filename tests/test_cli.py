from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from laws import read_table

from pipeline.cli import main
from pipeline.commands import run

DIRTY = "某某乡2023年D建工作总结\n一、基本情况\n全乡共有D员##paidend##430名，比上年增长5.2%。\n加V：wenku_demo 领取全文1000篇\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(DIRTY, encoding="utf-8")
    return path


def command(*arguments: object, **more: object) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    return subprocess.run(line, capture_output=True, encoding="utf-8", timeout=120, check=False, **more)  # type: ignore[call-overload,no-any-return]


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    heavy = "{'numpy', 'pyarrow', 'spacy', 'sklearn', 'skops', 'jieba', 'rich', 'jinja2', 'pandas', 'pipeline.rules'}"
    script = f"import sys, pipeline, pipeline.cli; pipeline.cli.parser(); print(*{heavy} & sys.modules.keys())"
    assert subprocess.check_output([sys.executable, "-c", script], text=True).strip() == ""


def test_help_gives_examples_and_exit_status() -> None:
    for verb in ([], ["run"]):
        shown = command(*verb, "--help").stdout
        assert "examples:\n  report-pipeline run " in shown
    assert "130 interrupted" in command("--help").stdout


def test_version_is_the_distributions(capsys: pytest.CaptureFixture[str]) -> None:
    from importlib.metadata import version

    with pytest.raises(SystemExit) as leaving:
        main(["--version"])
    assert leaving.value.code == 0
    assert capsys.readouterr().out == f"report-pipeline {version('report-pipeline')}\n"


def test_run_writes_a_dataset_and_prints_its_sum(report: Path, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    done = command("run", report, tmp_path / "logo.png", "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "entries     2 = 1 documents + 0 failed + 1 skipped, being no texts\n" in done.stdout
    assert "metrics     2" in done.stdout
    assert "2 of 2 entries" in done.stderr
    assert [row["value"] for row in read_table(tmp_path / "out", "metrics")] == [430, 5.2]


def test_what_would_be_done_is_told_and_nothing_is_written(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    assert main(["run", str(tmp_path), "-o", str(tmp_path / "out"), "--dry-run", "--exclude", "*.png"]) == 0
    shown = capsys.readouterr().out
    assert "entries     1\n" in shown
    assert f"bytes       {len(DIRTY.encode())}\n" in shown
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("more", "files", "entries"),
    [
        ([], "4", "4, 1 of them cannot be opened, 1 would be skipped, being no texts"),
        (["--limit", "2"], "2 looked at, until there were entries enough", "2, 1 of them cannot be opened"),
        (["--limit", "9"], "4", "4, 1 of them cannot be opened, 1 would be skipped, being no texts"),
    ],
)
def test_what_would_be_done_is_counted_as_the_run_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str], files: str, entries: str
) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "a.txt").write_text(DIRTY, encoding="utf-8")
    (archive / "b.txt").touch()
    (archive / "c.csv").write_text("县,户数\n甲,12\n乙,7\n", encoding="utf-8")
    (archive / "d.txt").write_text(DIRTY, encoding="utf-8")
    given = ["run", str(archive), "-o", str(tmp_path / "out"), "--workers", "1", *more]
    assert main([*given, "--dry-run"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[:2] == [f"files       {files}", f"entries     {entries}"]
    assert main([*given, "--quiet"]) == 1
    failed, skipped = (int("cannot be opened" in entries), int("skipped" in entries))
    told = f"+ {failed} failed" + (f" + {skipped} skipped, being no texts" if skipped else "")
    assert told in capsys.readouterr().out.splitlines()[0]


@pytest.mark.parametrize("more", [["--dry-run"], []])
def test_patterns_that_leave_nothing_are_told_how_to_be_given(
    report: Path, tmp_path: Path, more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["run", str(report), "-o", str(tmp_path / "out"), "--workers", "1", "--quiet", *more]
    assert main([*given, "--include", "report"]) == 2
    assert "must match a whole name, as in documents.source: give '*2023*'" in capsys.readouterr().err
    assert main([*given, "--include", "*report*"]) == 0


def test_status_tells_how_far_a_dataset_is(report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.txt").touch()
    given = [str(tmp_path / "empty.txt"), str(report), "-o", str(tmp_path / "out"), "--log-json", "--limit", "2"]
    assert main(["run", *given]) == 1
    told = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert told[-1].items() >= {"step": "working", "entries": 2, "total": 2, "failures": 1}.items()
    assert main(["status", str(tmp_path / "out")]) == 0
    shown = capsys.readouterr().out
    assert "state       complete\n" in shown
    assert "entries     2 of 2 in 1 parts\n" in shown
    assert "  read, EmptyFile: 1\n" in shown
    (tmp_path / "out" / "manifest.json").unlink()
    assert main(["status", str(tmp_path / "out")]) == 1
    assert "not complete: go on with the same command and --resume" in capsys.readouterr().out


def test_failed_entries_alone_make_the_status_1(report: Path, tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / f"empty{number}.txt").touch()
    (tmp_path / "a_logo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    done = command("run", tmp_path, "-o", tmp_path / "out", "--quiet")
    assert (done.returncode, done.stderr) == (1, "")
    assert "entries     6 = 1 documents + 4 failed + 1 skipped, being no texts\n" in done.stdout
    named = [line for line in done.stdout.splitlines() if line.startswith("failed      ")]
    assert named == [f"failed      {tmp_path.name}/empty{number}.txt: It has 0 bytes" for number in range(3)]
    assert "the table failures names all of them" in done.stdout


def test_derived_tables_that_go_are_told_with_how_to_make_them_again(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "out")
    assert main(["run", str(report), "-o", out, "--quiet"]) == 0
    assert main(["duplicates", out]) == 0
    report.write_text(DIRTY.replace("430", "431"), encoding="utf-8")
    capsys.readouterr()
    assert main(["run", str(report), "-o", out, "--quiet", "--resume"]) == 0
    again = f"gone        duplicates, made of other rows; make it again: report-pipeline duplicates {out}\n"
    assert again in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "{tmp}/none", "-o", "{tmp}/out"], "There is no "),
        (["run", "{tmp}/report.txt", "-o", "{tmp}"], "holds other files than a dataset. Name a folder"),
        (["run", "{tmp}", "-o", "{tmp}"], "is an INPUT. Name a folder of its own for the dataset with -o"),
        (["run", "{tmp}/report.txt", "-o", "{tmp}/my.toml"], "my.toml is a file. Name a folder"),
        (["run", "{tmp}/report.txt", "-o", "{tmp}/my.toml", "--overwrite"], "my.toml is a file. Name a folder"),
        (["run", "{tmp}/report.txt", "-o", "{tmp}/out", "--scheduler", "tcp://x:1"], "has no scheduler. Use --engine"),
        (["status", "{tmp}"], "holds no dataset. Name the folder"),
        (["run", "{tmp}/report.txt", "-o", "{tmp}/out", "--engine", "slurm"], "no engine slurm. Engines: local, dask"),
        (["run", "{tmp}/report.txt", "-o", "{tmp}/out", "--config", "{tmp}/no.toml"], "cannot be read"),
        (["run", "{tmp}/report.txt", "-o", "{tmp}/out", "--metadata", "{tmp}/no.csv"], "cannot be read"),
        (["run", "{tmp}/report.txt", "-o", "{tmp}/out", "--model-dir", "{tmp}/mine"], "is no folder. Name the folder"),
        (["run", "{tmp}/report.txt", "-o", "{tmp}/out", "--model-dir", "{tmp}"], "holds no models. Name the folder"),
        (["show", "{tmp}/report.txt", "--model-dir", "{tmp}"], "one or more of adverts, metrics, role, topic"),
        (["show", "{tmp}/none.txt"], "There is no "),
        (["show", "{tmp}/report.txt", "--html", "{tmp}/report.txt"], "is there already. Name another with --html, or"),
        (["clean", "{tmp}/report.txt", "-o", "{tmp}"], "Name a folder that is new or empty"),
        (["clean", "{tmp}/report.txt", "-o", "{tmp}/my.toml/out"], "cannot be written (Not a directory)"),
        (["panel", "{tmp}/none", "--indicator", "gdp", "-o", "{tmp}/a.xlsx"], "is neither .csv nor .parquet"),
    ],
)
def test_wrong_use_is_one_line_and_status_2(
    report: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (report.parent / "my.toml").touch()
    before = sorted(report.parent.iterdir())
    assert main([argument.format(tmp=report.parent) for argument in arguments]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("report-pipeline: ")
    assert said in shown.err
    assert shown.err.count("\n") == 1
    assert sorted(report.parent.iterdir()) == before


@pytest.mark.parametrize("state", [".run", "documents"])
@pytest.mark.parametrize("verb", ["show", "explain", "clean"])
def test_a_dataset_is_no_text(verb: str, state: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "data" / state).mkdir(parents=True)
    (tmp_path / "data" / "manifest.json").write_text("{}", encoding="utf-8")
    assert main([verb, str(tmp_path / "data"), *(["-o", "-"] if verb == "clean" else [])]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "data is a dataset that run has written. Name the reports that it was made of" in shown.err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["run"],
        ["run", "x"],
        ["run", "x", "-o", "y", "--workers", "0"],
        ["fly"],
        ["run", "x", "-o", "y", "--sample", "2"],
    ],
)
def test_what_the_grammar_refuses_is_one_line_and_status_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as leaving:
        main(arguments)
    assert leaving.value.code == 2
    said = capsys.readouterr().err
    assert said.startswith("report-pipeline: ")
    assert said.endswith(" --help.\n")
    assert said.count("\n") == 1


def test_an_interruption_tells_how_to_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "run", interrupted)
    assert main(["run", "my archive", "-o", "out", "--include", "*2023*", "--overwrite"]) == 130
    [command] = re.findall(r"go on with: (.*)", capsys.readouterr().err)
    assert command == "report-pipeline run 'my archive' -o out --include '*2023*' --resume"


def test_a_text_on_standard_input_is_an_archive_of_one(tmp_path: Path) -> None:
    done = command("run", "-", "-o", tmp_path / "out", input=DIRTY)
    assert done.returncode == 0, done.stderr
    assert [row["source"] for row in read_table(tmp_path / "out", "documents")] == ["-"]


def test_config_file_and_options_reach_the_run(report: Path, tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text("[batch]\nshard_entries = 9\n[limits]\nmax_depth = 1\n")
    given = ["run", str(report), "-o", str(tmp_path / "out"), "--config", str(tmp_path / "my.toml"), "--quiet"]
    assert main([*given, "--shard-size", "4", "--no-source-text"]) == 0
    config = json.loads((tmp_path / "out" / "manifest.json").read_text())["config"]
    assert (config["batch"]["shard_entries"], config["limits"]["max_depth"]) == (4, 1)
    assert config["dataset"]["source_text"] is False


def test_a_named_text_column_is_read(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("甲,乙\n全镇23个村。,全镇有党员430名。\n", encoding="utf-8")
    assert main(["run", str(tmp_path / "t.csv"), "-o", str(tmp_path / "out"), "--text-column", "甲", "--quiet"]) == 0
    assert [row["text"] for row in read_table(tmp_path / "out", "documents")] == ["全镇23个村。"]


def test_the_columns_that_there_are_are_told_where_the_named_one_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "t.csv").write_text("标号,所述\n7,全镇23个村。\n", encoding="utf-8")
    assert main(["run", str(tmp_path / "t.csv"), "-o", str(tmp_path / "out"), "--text-column", "丙", "--quiet"]) == 1
    assert "It has no column '丙': its columns are '标号', '所述'" in capsys.readouterr().out


def test_clean_writes_texts_where_the_entries_were(report: Path, tmp_path: Path) -> None:
    done = command("clean", report, "-o", tmp_path / "clean")
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "clean" / "report.txt").read_text(encoding="utf-8")
    assert "党员430名" in text
    assert "paidend" not in text
    assert "wenku_demo" not in text


def test_clean_gives_to_standard_output(report: Path, tmp_path: Path) -> None:
    main(["clean", str(report), "-o", str(tmp_path / "clean")])
    done = command("clean", "-", "-o", "-", input=DIRTY)
    assert done.stdout.rstrip("\n") == (tmp_path / "clean" / "report.txt").read_text(encoding="utf-8").rstrip("\n")


def test_diff_shows_what_goes_and_what_comes(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clean", str(report), "--diff"]) == 0
    shown = capsys.readouterr().out
    assert "全乡共有[-D-]{+党+}员[-##paidend##-]430名" in shown
    assert "基本情况" not in shown
    assert len(shown.splitlines()) == 4  # the name, and the three lines that change


def test_show_prints_outline_labels_and_metrics(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(report)]) == 0
    shown = capsys.readouterr().out
    for part in ("一、基本情况", "party_building", "430名", "2023", "increase"):
        assert part in shown, part


def test_explain_names_rule_and_source_of_each_edit_and_record(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", str(report)]) == 0
    shown = capsys.readouterr().out
    edits = pipeline_edits()
    for edit in edits:
        assert f"{edit.start}–{edit.end} " in shown
        assert edit.rule in shown
    place = DIRTY.index("430名")
    assert f"{place}–{place + 4} " in shown
    assert shown.count("metric  ") == 2


def test_explain_names_the_rule_of_a_passage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "report.txt"
    report.write_text("各项工作顺利。我们也清醒地看到，还存在不少困难：路窄桥老。\n", encoding="utf-8")
    assert main(["explain", str(report)]) == 0
    shown = capsys.readouterr().out
    assert "[我们也清醒地看到，还存在不少困难：路窄桥老。]" in shown
    assert "problems_clear_sight" in shown


def pipeline_edits() -> list[object]:
    import pipeline

    return [edit for edit in pipeline.clean(DIRTY).edits if edit.kind != "space"]


@pytest.mark.parametrize("verb", ["show", "explain"])
def test_what_a_report_holds_cannot_command_the_terminal(
    tmp_path: Path, verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "[red]evil.txt"
    path.write_text("某镇工作总结\n一、情况\x1b[2J\n全镇有\x07430个\u202e村。\n", encoding="utf-8")
    assert main([verb, str(path)]) == 0
    shown = capsys.readouterr().out
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)
    assert "[red]evil.txt" in shown


def test_one_report_that_cannot_be_read_is_status_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.txt").touch()
    assert main(["show", str(tmp_path / "empty.txt")]) == 1
    assert "empty.txt: It has 0 bytes" in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="a closed pipe is told otherwise elsewhere")
def test_a_reader_that_leaves_early_is_no_error(report: Path) -> None:
    line = f"'{sys.executable}' -m pipeline show '{report}' | head -n 1"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_names_of_clean_files_stay_below_out_and_apart() -> None:
    from pipeline.terminal.clean import file_name

    taken: set[str] = set()
    names = [file_name(source, taken) for source in ("../a.txt", "a.txt", "A.txt", "/a:b.txt", "a*b.txt", "!..!/")]
    assert len({name.as_posix().casefold() for name in names}) == len(names)
    assert all(not name.is_absolute() and ".." not in name.parts for name in names)
    long = [
        file_name(source, taken) for source in ("年" * 300 + "/报" * 3 + "告" * 300 + end for end in (".txt", ".docx"))
    ]
    assert long[0] != long[1]
    assert all(len(part.encode()) <= 255 for name in long for part in name.parts)


def test_main_leaves_the_streams_of_its_caller_alone(monkeypatch: pytest.MonkeyPatch, report: Path) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert main(["show", str(report)]) == 0


def test_metadata_that_correct_nothing_are_told(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "m.csv").write_text(f"source,place,year,region\n{report.name},别县,2019,川东\n", encoding="utf-8")
    given = [
        "run",
        str(report),
        "-o",
        str(tmp_path / "out"),
        "--quiet",
        "--workers",
        "1",
        "--metadata",
        str(tmp_path / "m.csv"),
    ]
    assert main(given) == 0
    assert "metadata    place, year: kept in documents.meta" in capsys.readouterr().out
    [document] = read_table(tmp_path / "out", "documents")
    assert document["place"] != "别县"
    assert json.loads(document["meta"]) == {"place": "别县", "region": "川东", "year": "2019"}
