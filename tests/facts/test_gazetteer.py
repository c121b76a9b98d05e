from __future__ import annotations

import pytest

from pipeline.facts.gazetteer import Gazetteer, short_names
from pipeline.rules import Rules
from pipeline.rules.schema import PlaceName

RULES = Rules()
GAZETTEER = Gazetteer(RULES)


def code_of(said: str) -> str | None:
    place = GAZETTEER.resolve(GAZETTEER.find(said, short=True))
    return place.code if place else None


@pytest.mark.parametrize(("row", "name"), [(r, n) for r in RULES.table(PlaceName) for n in r.examples])
def test_further_names_stand_for_their_place(row: PlaceName, name: str) -> None:
    place = GAZETTEER.resolve(GAZETTEER.find(name, short=True), year=row.until or None)
    assert (place.code if place else "") == row.code
    assert place is None or row.level in ("", place.level)


@pytest.mark.parametrize("row", [row for row in RULES.table(PlaceName) if not row.code], ids=lambda row: row.id)
def test_a_place_that_is_no_more_has_a_name_of_its_own(row: PlaceName) -> None:
    today = [place.name for place in GAZETTEER.places if place.name in row.written]
    assert len(today) == (1 if row.until else 0)


@pytest.mark.parametrize(
    ("said", "year", "code"),
    [("双桥区", 2010, None), ("双桥区", 2019, "130802"), ("承德市双桥区", 2010, "130802"), ("巢湖市", 2019, "340181"), ("巢湖市", 2008, "")],
)  # fmt: skip
def test_a_name_that_two_places_had_in_a_year_has_no_code(said: str, year: int, code: str | None) -> None:
    place = GAZETTEER.resolve(GAZETTEER.find(said, short=True), year=year)
    assert (place.code if place else None) == code


def test_every_place_has_a_code_of_six_digits_of_its_own() -> None:
    codes = [place.code for place in GAZETTEER.places]
    assert len(set(codes)) == len(codes) > 3000
    assert all(len(code) == 6 and code.isdigit() for code in codes)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("恩施州", "422800"), ("恩施市", "422801"), ("黔东南", "522600"), ("吉林", "220000"), ("吉林省吉林市", "220200"),
        ("柳河县", "220524"), ("东莞市", "441900"), ("朝阳区", None), ("鼓楼区", None), ("长春市朝阳区", "220104"),
        ("和平", None), ("三江侗族自治县", "450226"), ("三江县", "450226"),
    ],
)  # fmt: skip
def test_a_name_has_a_code_where_one_place_bears_it(said: str, code: str | None) -> None:
    assert code_of(said) == code


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("黔东南苗族侗族自治州", "黔东南"),
        ("延边朝鲜族自治州", "延边"),
        ("广西壮族自治区", "广西"),
        ("重庆市", "重庆"),
        ("神农架林区", "神农架"),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert short_names(name)[0] == short


def test_the_place_that_a_text_names_most_is_one_with_the_seat_of_the_speaker() -> None:
    text = "深化合作，扩大合作，加强合作，推进合作。三亚经济向好，美丽三亚建设深入推进，三亚面貌一新。"
    place = GAZETTEER.most_named(text, "市")
    assert place is not None
    assert place.name == "三亚市"
    assert GAZETTEER.most_named("三亚和海口，三亚和海口，三亚和海口。", "市") is None
    assert GAZETTEER.most_named(text, "州") is None
