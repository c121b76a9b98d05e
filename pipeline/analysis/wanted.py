"""Which metrics are asked for: codes of known indicators, their names, codes of groups, or names of one's own."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from difflib import get_close_matches
from functools import lru_cache

from pipeline.dataset.stored import Stored
from pipeline.errors import UsageError
from pipeline.language.names import Wordings, bare
from pipeline.rules import Rules
from pipeline.rules.schema import Indicator, MetricCue

RATE = "ratio"
_GROUP = re.compile(r"g[0-9a-f]{10}")
_CODE = re.compile("[a-z][a-z0-9_]*")


class Wanted:
    """Indicators by what was asked: ``code_of`` tells which of them a metric is of."""

    def __init__(self, asked: Sequence[str], stored: Stored, rules: Rules) -> None:
        """Raises UsageError where nothing of the dataset can be meant."""
        table = {row.id: row for row in rules.table(Indicator)}
        by_form = {bare(form): row.id for row in table.values() for form in (*row.written, *row.growth)}
        self._wordings = Wordings(rules.table(MetricCue))
        self._head = lru_cache(65536)(self._wordings.head)
        self._rates = {row.id for row in table.values() if row.dimension == RATE}
        self._codes: set[str] = set()
        self._heads: dict[str, str] = {}
        self._names: dict[tuple[str, str], str] = {}
        self._asked: dict[str, str] = {}
        groups = _groups(stored, {word for word in asked if word not in table and _GROUP.fullmatch(word)})
        own = _codes_in(stored, {word for word in asked if word not in table and _CODE.fullmatch(word)} - groups.keys())
        for word in asked:
            heads = [wording.text for wording in self._wordings.of(word)]
            code = (
                word
                if word in table or word in own
                else next((by_form[head] for head in heads if head in by_form), None)
            )
            if word in groups:
                self._names |= dict.fromkeys(groups[word], word)
            elif code:
                self._codes.add(code)
            else:
                code = self._heads.setdefault(heads[-1], word)
            self._asked[word] = code or word
        if not asked:
            raise UsageError("No indicator is named. Give --indicator a code (gdp) or a name (地区生产总值).")
        self.standard = {code: table[code].written[0] for code in self._codes if code in table}

    def code_of(self, indicator: str | None, name: str, dimension: str | None) -> str | None:
        """The wanted code, or the name as it was asked for, that a metric belongs to; None where it is not wanted."""
        if indicator is not None:
            return indicator if indicator in self._codes else None
        if found := self._names.get((name, dimension or "")):
            return found
        return self._heads.get(self._head(name)) if self._heads else None

    def unanswered(self, found: Collection[str], rules: Rules) -> list[str]:
        """A sentence for each indicator asked for that is not among the codes `found`, with known ones like it."""
        said = []
        for word, code in self._asked.items():
            if code in found:
                continue
            name = self.standard.get(code)
            known = f" ({name if word == code else code})" if name else ", and no known indicator has that name"
            like = ", ".join(other for other in near([name or word], rules) if other != code)
            said.append(f"No metric answers to {word}{known}{like and f'; like it: {like}'}.")
        return said

    def is_rate(self, code: str) -> bool:
        """Whether the level of an indicator is itself a percentage (城镇化率)."""
        return code in self._rates or code.endswith(("率", "比重", "占比", "比例"))

    def is_flow(self, code: str) -> bool:
        """Whether an indicator counts what was added (城镇新增就业), so that its level is what others call a change."""
        return "新增" in self.standard.get(code, code)


def near(asked: Sequence[str], rules: Rules, most: int = 5) -> list[str]:
    """Codes of known indicators that may have been meant: by part of a name, or by a code or name that is like it.

    >>> "gdp" in near(["gpd"], Rules())
    True
    """
    by_form = {form: row.id for row in rules.table(Indicator) for form in (row.id, *row.written, *row.growth)}
    found: dict[str, None] = {}
    for word in asked:
        forms = [form for form in by_form if word in form]
        found |= dict.fromkeys(by_form[form] for form in (*forms, *get_close_matches(word, by_form, most)))
    return list(found)[:most]


def _codes_in(stored: Stored, codes: set[str]) -> set[str]:
    """Which codes metrics of a dataset have, though no table of rules that is at hand knows them: it was made with others."""
    batches = stored.batches("metrics", ["indicator"]) if codes else ()
    return codes & {code for batch in batches for code in batch.column(0).unique().to_pylist()}


def _groups(stored: Stored, codes: set[str]) -> dict[str, list[tuple[str, str]]]:
    """Names and dimensions of groups of the table ``indicators``, where it is there."""
    groups: dict[str, list[tuple[str, str]]] = {}
    if codes and "indicators" in stored.tables:
        for batch in stored.batches("indicators", ["name", "dimension", "code"]):
            for row in batch.to_pylist():
                if row["code"] in codes:
                    groups.setdefault(row["code"], []).append((row["name"], row["dimension"] or ""))
    return groups
