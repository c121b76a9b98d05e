"""What every page is made of: templates, style and script as files beside this one, and the policy that binds them.

A page is one file. Nothing is fetched, and nothing runs but the scripts whose digests stand in its policy; whatever
comes from a report is escaped, and characters that would act on the text around them are shown by their number.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment

ACTING = re.compile(
    "[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Characters that are not seen but act: controls, marks that turn the direction of the text, widths of nothing."""


def number_of(character: str) -> str:
    r"""The number by which a character is shown.

    >>> number_of("\u202e")
    'U+202E'
    """
    return f"U+{ord(character):04X}"


def harmless(value: object) -> object:
    r"""A value of a report as it may stand on a page: in text, every acting character by its number.

    >>> harmless("a\u202eb")
    'a⟨U+202E⟩b'
    """
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return ACTING.sub(lambda found: f"⟨{number_of(found[0])}⟩", value)
    return "" if value is None else value


def attribute(text: str) -> str:
    """Text of a report for the value of an attribute.

    >>> attribute('a"b')
    'a&quot;b'
    """
    return escape(str(harmless(text)))


def render(template: str, style: Sequence[str], script: Sequence[str], **given: Any) -> bytes:
    """A whole page in UTF-8. `style` and `script` are names of files that it carries."""
    from markupsafe import Markup

    css, js = "\n".join(map(asset, style)), [asset(name) for name in script]
    styles = " ".join([_digest(css), *([_digest(PLOT_STYLE)] if PLOT in script else [])])
    policy = (
        f"default-src 'none'; style-src {styles}; script-src {' '.join(map(_digest, js))}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    page = environment().get_template(template)
    return page.render(policy=policy, css=Markup(css), js=[Markup(text) for text in js], **given).encode()


def data_block(value: object) -> str:
    r"""A value as JSON that may stand in a ``<script type="application/json">``: nothing in it can end the element.

    >>> str(data_block({"a": "</script>"}))
    '{"a":"\\u003c/script>"}'
    """
    from markupsafe import Markup

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    text = ACTING.sub(lambda found: json.dumps(found[0])[1:-1], text)
    return Markup(text.replace("<", "\\u003c").replace("&", "\\u0026"))


@cache
def asset(name: str) -> str:
    """The text of a style or script."""
    return files("pipeline.pages").joinpath(name).read_text(encoding="utf-8").strip()


@cache
def environment() -> Environment:
    """The templates; what they are given is escaped."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        loader=FunctionLoader(asset),
        autoescape=True,
        finalize=harmless,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


PLOT = "vendor/plot.umd.min.js"

PLOT_STYLE = """\
:where(.plot-d6a7b5) {
  --plot-background: white;
  display: block;
  height: auto;
  height: intrinsic;
  max-width: 100%;
}
:where(.plot-d6a7b5 text),
:where(.plot-d6a7b5 tspan) {
  white-space: pre;
}"""
"""The style that Observable Plot puts into each plot, so that the policy can allow this one and no other."""


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
