"""What annotated texts teach of adverts: which of their rows the cleaner took for the other thing."""

from __future__ import annotations

from typing import Any

from pipeline.cleaning import Cleaner
from pipeline.cleaning.training.corrections import corrections_of, mistakes_of
from pipeline.cleaning.training.rows import Row
from pipeline.gold.documents import Annotated
from pipeline.rules import Rules

KEPT = "想要同款总结的朋友请到小站首页慢慢挑"
TEXT = f"某镇工作总结\n全镇修路三公里，群众出行更方便。{KEPT}\n加V：wenku_demo 领取全文1000篇\n##paidbegin##安全生产形势稳定。\n"
CLEANER = Cleaner(Rules())


def span(quote: str, kind: str, **more: Any) -> dict[str, Any]:
    start = TEXT.index(quote)
    return {"start": start, "end": start + len(quote), "kind": kind, **more}


def annotated(*removed: dict[str, Any]) -> Annotated:
    return Annotated("demo", TEXT, {"removed": list(removed)})


ADVERT = span("加V：wenku_demo 领取全文1000篇", "advert")
MARKER = span("##paidbegin##", "paywall_marker")


def test_junk_that_stays_is_a_mistake_in_its_place() -> None:
    found = list(mistakes_of(annotated(ADVERT, MARKER, span(KEPT, "advert")), CLEANER))
    assert found == [Row(KEPT, "demo", "advert", "clause")]


def test_body_that_goes_is_a_mistake_and_counts_as_plain_body() -> None:
    found = list(mistakes_of(annotated(MARKER), CLEANER))
    assert found == [Row("加V：wenku_demo 领取全文1000篇", "demo", "body", "line")]


def test_what_good_readers_differ_on_and_what_rules_alone_find_teaches_nothing() -> None:
    found = corrections_of(
        [annotated(ADVERT, span("##paidbegin##", "paywall_marker"), span(KEPT, "advert", optional=True))], CLEANER
    )
    assert found.wrong == []
    assert KEPT not in {row.text for row in found.rows}
    assert "##paidbegin##" not in {row.text for row in found.rows}


def test_all_junk_and_all_body_are_rows_and_a_mistake_is_no_second_row() -> None:
    found = corrections_of([annotated(ADVERT, MARKER, span(KEPT, "advert"))], CLEANER)
    kinds = {row.text: row.kind for row in found.rows}
    assert kinds["加V：wenku_demo 领取全文1000篇"] == "advert"
    assert kinds["全镇修路三公里，群众出行更方便。"] == kinds["某镇工作总结"] == "look-alike"
    assert [row.kind for row in found.rows if row.text == KEPT] == ["advert"]


def test_texts_without_removals_annotated_teach_nothing() -> None:
    assert corrections_of([Annotated("demo", TEXT, {"metrics": []})], CLEANER).rows == []
