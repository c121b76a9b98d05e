"""Datasette over the database of a dataset, on 127.0.0.1 and nowhere else."""

from __future__ import annotations

import asyncio
import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import PipelineError, UsageError
from pipeline.explore.database import NAME, database_of, inspected, metadata_of
from pipeline.explore.queries import QUERIES

HOST = "127.0.0.1"
HERE = Path(__file__).parent
SETTINGS = {
    "facet_time_limit_ms": 200,
    "sql_time_limit_ms": 5000,
    "suggest_facets": False,  # tries out every column of a page
    "default_page_size": 50,
    "max_returned_rows": 2000,
    "truncate_cells_html": 200,
    "max_csv_mb": 0,
    "num_sql_threads": 4,
    "default_cache_ttl": 0,
}


def serve(dataset: Path, port: int, *, browser: bool, tell: Callable[[str], None]) -> None:
    """Serve until interrupted; `tell` is told the address once the server listens. Port 0 takes a free one.

    Raises UsageError where there is no dataset or the port is taken, PipelineError where a package is missing.
    """
    try:
        import datasette_plot
        import uvicorn
        from datasette.app import Datasette
        from datasette.plugins import pm

        from pipeline.explore import plugin
    except ModuleNotFoundError as error:
        raise PipelineError(
            f"To explore, {error.name} is missing. Install it: python -m pip install 'report-pipeline[explore]'"
        ) from error
    with _listen(port) as listening:
        path = database_of(dataset)
        if not pm.has_plugin(plugin.__name__):
            pm.register(plugin, plugin.__name__)
        pm.unregister(
            datasette_plot
        )  # it would fetch thousands of rows for every page; explore.js loads it when asked to
        app = Datasette(
            immutables=[str(path)],
            inspect_data={NAME: inspected(path)},
            metadata=metadata_of(path),
            config={"databases": {NAME: {"queries": {name: query._asdict() for name, query in QUERIES.items()}}}},
            settings=SETTINGS,
            template_dir=str(HERE / "templates"),
            static_mounts=[
                ("explore", str(HERE / "static")),
                ("plot", str(Path(datasette_plot.__file__).parent / "static")),
            ],
        )
        address = f"http://{HOST}:{listening.getsockname()[1]}/{NAME}"

        async def run() -> None:
            await app.invoke_startup()
            plugin.words_asked_for("准备")  # the first search would wait for the dictionary
            server = uvicorn.Server(uvicorn.Config(app.app(), log_level="warning", lifespan="on"))
            tell(address)
            if browser:
                webbrowser.open(address)
            await server.serve(sockets=[listening])

        asyncio.run(run())


def _listen(port: int) -> socket.socket:
    """A socket that is bound already, so that what is told is where the server is."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError as error:
        listening.close()
        raise UsageError(f"Port {port} is taken ({error.strerror}). Name another with --port, or 0 for any.") from error
    listening.listen()
    return listening
