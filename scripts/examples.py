"""Run the examples of a page in order: its Python, its files, its commands.

A block ``python`` is run, all of a page in one namespace. A block with a file name (``toml my_rules/units.toml``) is
written to that file. Of a block ``console`` the commands that begin with ``$ report-pipeline`` are run; each must end
with status 0, or with the one that a following ``$ echo $?`` shows, and print what the page shows (``...`` stands for
anything, white space counts as one blank; a command that shows nothing may print what it likes). Other blocks need what
is not here and are left alone.
"""

from __future__ import annotations

import io
import re
import shlex
import shutil
from contextlib import redirect_stderr, redirect_stdout
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE, OutputChecker
from pathlib import Path

from pipeline.cli import main

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
STATUS = "echo $?"


SECONDS = re.compile(r"^(seconds +)\S+", re.MULTILINE)
"""What a run prints of its time: never the same twice."""


def furnish(room: Path) -> Path:
    """Put into `room` what pages take for granted: the sample archive where it lies in a clone."""
    shutil.copytree(ROOT / "corpus" / "samples", room / "corpus" / "samples")
    return room


def run_page(path: Path) -> str:
    """Run the examples of a page in the working folder; give the page as it should be.

    What a command printed stands in it where the page shows something else. Raises AssertionError where a command ends
    with another status than the page says, and whatever the Python of the page raises.
    """
    page, namespace = path.read_text(encoding="utf-8"), {"__name__": path.stem}

    def block(found: re.Match[str]) -> str:
        info, text = found["info"], found["text"]
        if info == "python":
            above = page.count("\n", 0, found.start("text"))
            exec(compile("\n" * above + text, path, "exec", dont_inherit=True), namespace)
        elif info == "console":
            return f"```console\n{run_commands(text)}```"
        elif name := info.partition(" ")[2]:
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text(text, encoding="utf-8")
        return found[0]

    return BLOCK.sub(block, page)


def run_commands(text: str) -> str:
    """Run the commands of a console block and give the block with what they printed."""
    out, steps, status = [], re.split(r"^\$ ", text, flags=re.MULTILINE), 0
    for number, step in enumerate(steps[1:], 1):
        command, _, shown = step.partition("\n")
        if command == STATUS:
            shown = f"{status}\n"
        elif command.startswith("report-pipeline "):
            status, printed = run_command(command)
            expected = number + 1 < len(steps) and steps[number + 1].startswith(STATUS)
            assert expected or status == 0, f"{command}: exit status {status}\n{printed}"
            if shown and not OutputChecker().check_output(shown, printed, ELLIPSIS | NORMALIZE_WHITESPACE):
                shown = printed
        out.append(f"$ {command}\n{shown}")
    return steps[0] + "".join(out)


def run_command(command: str) -> tuple[int, str]:
    """Exit status of a command, and what it printed to standard output, or to standard error where that is all."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            status = main(shlex.split(command, comments=True)[1:])
        except SystemExit as leaving:  # --help, or arguments that are none
            status = int(leaving.code or 0)
    printed = SECONDS.sub(r"\1...", out.getvalue() or err.getvalue())
    lines = (line.rstrip() for line in printed.splitlines())
    return status, "".join(f"{line}\n" for line in lines)


def commands_of(page: str) -> list[list[str]]:
    """Every command of ours that a page shows in a block, as its arguments."""
    found: list[list[str]] = []
    for block in BLOCK.finditer(page):
        if block["info"] in ("sh", "console", ""):
            for line in block["text"].replace("\\\n", " ").splitlines():
                for part in re.split(r" \| | && | > ", line.removeprefix("$ ")):
                    if part.startswith("report-pipeline ") and "…" not in part:
                        found.append(shlex.split(part, comments=True)[1:])
    return found


def links_of(page: str) -> list[str]:
    """Where the links of a page lead within the project."""
    prose = BLOCK.sub("", page)
    return [link for link in re.findall(r"\]\(([^)\s]+)\)", prose) if not re.match(r"[a-z]+:", link)]


def anchors_of(page: str) -> set[str]:
    """The names by which links reach the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", BLOCK.sub("", page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
