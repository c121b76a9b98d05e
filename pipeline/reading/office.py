"""Word 97, WPS and OpenDocument files: LibreOffice makes Word documents of them, in a process and profile of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from pipeline.reading.docx import read_docx
from pipeline.reading.limits import Limits
from pipeline.reading.refusals import Damaged, TooLarge, missing, program_of
from pipeline.records import RawText

INSTALL = "Install it (apt-get install libreoffice-writer, or from libreoffice.org)"
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value>
</prop></item>
</oor:items>
"""


def read_converted(data: bytes, limits: Limits) -> RawText:
    """The text of a document that LibreOffice opens.

    Raises Missing where there is no LibreOffice, TooLarge where it takes too long, Damaged where it gives up.
    """
    program = program_of("LibreOffice")
    if program is None:
        raise missing("LibreOffice", "it", INSTALL)
    with TemporaryDirectory(prefix="office-") as folder:
        source = Path(folder, "document.doc")
        source.write_bytes(data)
        _convert(program, source, limits)
        made = Path(folder, "document.docx")
        if not made.is_file():
            raise Damaged("LibreOffice cannot open it. Get it again, or save it as .docx.")
        limits.check("max_bytes", made.stat().st_size, "bytes in the converted document")
        return read_docx(made.read_bytes(), limits)


def _convert(program: str, source: Path, limits: Limits) -> None:
    command = [
        program, f"-env:UserInstallation={_profile().as_uri()}", "--headless", "--norestore", "--nologo",
        "--nolockcheck", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(source.parent), str(source),
    ]  # fmt: skip
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        process_group=None if sys.platform == "win32" else 0,
        preexec_fn=_bounds(limits),
    ) as process:
        try:
            process.wait(limits.office_seconds)
        except subprocess.TimeoutExpired as error:
            raise TooLarge(
                f"LibreOffice took over {limits.office_seconds} seconds for it. Raise limits.office_seconds."
            ) from error
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and all that it started."""
    if sys.platform == "win32":
        process.kill()
        return
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


@lru_cache(maxsize=1)
def _profile() -> Path:
    """A profile of our own, in which macros, active content and links are off; it goes with this process's folder."""
    folder = Path(mkdtemp(prefix="profile-"))
    Path(folder, "user").mkdir()
    Path(folder, "user", "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    return folder


def _bounds(limits: Limits) -> Callable[[], None] | None:
    """What binds the program's memory and processor time, where the system can."""
    if sys.platform == "win32":
        return None
    import resource

    def bind(kind: int, amount: int) -> None:
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (amount if hard == resource.RLIM_INFINITY else min(amount, hard), hard))

    def bind_all() -> None:
        bind(resource.RLIMIT_CPU, limits.office_seconds)
        bind(resource.RLIMIT_DATA, limits.max_memory)
        bind(resource.RLIMIT_FSIZE, limits.max_bytes)

    return bind_all
