"""What we add to Datasette: nobody but this machine is answered, nothing but our own scripts runs, and evidence in place."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from functools import cache
from math import isfinite
from secrets import token_urlsafe
from typing import Any

from datasette import hookimpl
from jinja2 import Environment
from jinja2.ext import Extension
from markupsafe import Markup

from pipeline.analysis.measures import is_of_parts
from pipeline.explore.database import NAME
from pipeline.explore.evidence import report_of, surroundings_of

Scope = MutableMapping[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]
EVIDENCE = re.compile(rf"/{NAME}/(metrics/[0-9a-f]+,\d+|documents/[0-9a-f]+)")
VALUES = frozenset({"value", "value_min", "value_max", "base_value"})
HOSTS = ("127.0.0.1", "localhost")
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class Nonces(Extension):
    """Gives each script of a template the nonce of the answer; what a text brings along has none and does not run.

    The one button of Datasette's that has its script in an attribute gets it from explore.js.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Before anything is put into the template."""
        source = source.replace('onclick="openColumnChooser()"', "data-choose-columns")
        return source.replace("<script", '<script nonce="{{ csp_nonce }}"')


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Let every template pass through `Nonces`."""
    env.add_extension(Nonces)


@hookimpl
def asgi_wrapper() -> Callable[[App], App]:
    """Refuse requests under another host's name (DNS rebinding) or that would write; send the policy with the rest."""

    def wrap(app: App) -> App:
        async def guarded(scope: Scope, receive: Any, send: Any) -> None:
            if scope["type"] != "http":
                return await app(scope, receive, send)
            host = dict(scope["headers"]).get(b"host", b"").decode("latin-1").rpartition(":")[0]
            if host not in HOSTS or scope["method"] not in ("GET", "HEAD"):
                return await _refuse(send)
            scope["csp_nonce"] = nonce = token_urlsafe(16)
            policy = POLICY.format(nonce=nonce).encode()

            async def send_guarded(message: MutableMapping[str, Any]) -> None:
                if message["type"] == "http.response.start":
                    more = [(b"content-security-policy", policy), (b"x-content-type-options", b"nosniff")]
                    message["headers"] = [*message.get("headers", []), *more, (b"referrer-policy", b"no-referrer")]
                await send(message)

            return await app(scope, receive, send_guarded)

        return guarded

    return wrap


@hookimpl(trylast=True)
def prepare_connection(conn: Any) -> None:
    """Search by words: what is asked for is cut into words as the texts were. And what a panel leaves out."""
    conn.create_function("escape_fts", 1, words_asked_for, deterministic=True)
    conn.create_function("is_of_parts", 3, _is_of_parts, deterministic=True)


@hookimpl
def extra_css_urls() -> Sequence[str]:
    """Our style."""
    return ["/explore/explore.css"]


@hookimpl
def extra_js_urls() -> Sequence[dict[str, object]]:
    """Our script."""
    return [{"url": "/explore/explore.js", "module": True}]


@hookimpl
def render_cell(value: object, column: str, table: str | None) -> Markup | None:
    """The way from the row of a query to its evidence, sentences whole, numbers without an exponent or an empty .0."""
    if column == "evidence" and isinstance(value, str) and EVIDENCE.fullmatch(value):
        return Markup('<a href="{}">evidence</a>').format(value)
    if (column == "sentence" or (table, column) == ("sentences", "text")) and isinstance(value, str):
        return Markup("{}").format(value)
    if column in VALUES and isinstance(value, float) and isfinite(value):
        return Markup("{}").format(f"{int(value) if value.is_integer() else value:,}")
    return None


@hookimpl
def extra_template_vars(
    datasette: Any, request: Any, database: str | None, table: str | None, view_name: str
) -> Callable[[], Awaitable[dict[str, Any]]]:
    """The nonce; on the page of a metric its surroundings, on that of a document its text with all metrics."""

    async def found() -> dict[str, Any]:
        said: dict[str, Any] = {"csp_nonce": request.scope.get("csp_nonce", "") if request else ""}
        if view_name == "row" and database == NAME:
            keys = request.url_vars["pks"].split(",")
            base = datasette.get_database(NAME)
            if table == "metrics":
                said["evidence"] = await surroundings_of(base, *keys)
            elif table == "documents":
                said["report"] = await report_of(base, keys[0])
        return said

    return found


def words_asked_for(query: str) -> str:
    """A query as FTS5 takes it: each run of characters a phrase of its words, all of which must be there.

    The last word of a phrase may go on, since the texts may hold it as the beginning of a longer one (高标准农田建设).
    Without words it is the empty phrase, which no sentence holds.

    >>> words_asked_for("高标准农田 乡村投资"), words_asked_for("")
    ('"高标准农田"* "乡村 投资"*', '""')
    """
    segment = _segmenter()
    runs = ([word for s in segment(run, ()) for word in s.words] for run in query.replace('"', " ").split())
    return " ".join(f'"{" ".join(words)}"*' for words in runs if words) or '""'


def _is_of_parts(name: str, sentence: str, quantity: str) -> bool:
    return is_of_parts({"name": name, "sentence": sentence, "quantity": quantity})


@cache
def _segmenter() -> Any:
    from pipeline.rules import Rules
    from pipeline.segmentation import Segmenter

    return Segmenter(Rules().words()).segment


async def _refuse(send: Any) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": b"This server answers its own machine alone, and only reads.\n"})
