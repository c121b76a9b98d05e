from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading.pages import Glyph, Page, lay_out

WIDTH, HEIGHT, SIZE, STEP = 595.0, 842.0, 10.0, 16.0
LEFT, COLUMNS = 80.0, 40  # the left margin in points, characters a line
CLAUSE = st.text("全镇党员发展产业户亩元年乡村", min_size=3, max_size=30)
TEXT = st.lists(CLAUSE, min_size=1, max_size=8).map("，".join)
WRAPPED = "户" * 100  # a text shows its margins where a paragraph of it was wrapped
PARAGRAPHS = st.lists(TEXT, max_size=12, unique=True).map(lambda paragraphs: [WRAPPED, *paragraphs])


def line(text: str, left: float, base: float) -> list[Glyph]:
    """Full-width characters side by side, blanks left out."""
    places = ((char, left + at * SIZE) for at, char in enumerate(text))
    return [Glyph(char, x, x + SIZE, base, SIZE) for char, x in places if char != " "]


def wrapped(paragraph: str) -> list[str]:
    """A paragraph with its indent, broken at the width of the page as Word does: no comma begins a line."""
    lines, rest = list[str](), "  " + paragraph
    while len(rest) > COLUMNS:
        end = COLUMNS
        while rest[end] in "，。、" and end > 2:
            end -= 1
        lines.append(rest[:end])
        rest = rest[end:]
    return [*lines, rest]


def printed(paragraphs: Sequence[str], head: str = "", rows: int = 40) -> list[Page]:
    """Paragraphs on pages, each with a running head and its number."""
    lines = [part for paragraph in paragraphs for part in wrapped(paragraph)]
    pages = []
    for number, start in enumerate(range(0, len(lines), rows), 1):
        glyphs = line(head, LEFT, HEIGHT - 40)
        for at, text in enumerate(lines[start : start + rows]):
            glyphs += line(text, LEFT, HEIGHT - 80 - at * STEP)
        pages.append(Page(WIDTH, HEIGHT, [*glyphs, *line(f"—{number}—" if head else "", WIDTH / 2, 30)]))
    return pages


@given(PARAGRAPHS)
def test_paragraphs_come_back_as_they_were_before_they_were_wrapped(paragraphs: list[str]) -> None:
    assert lay_out(printed(paragraphs)).paragraphs == paragraphs


@given(PARAGRAPHS, st.integers(3, 9))
def test_paragraphs_run_over_the_ends_of_pages(paragraphs: list[str], rows: int) -> None:
    laid_out = lay_out(printed(paragraphs, "柳树乡年鉴", rows))
    body = "".join(laid_out.paragraphs)
    pages = len(printed(paragraphs, "柳树乡年鉴", rows))
    assert body.replace("柳树乡年鉴", "") == "".join(paragraphs)
    if pages >= 3:
        assert laid_out.paragraphs == paragraphs
        assert set(laid_out.notes) == {
            f"left out at the edge of pages: {words!r} × {pages}" for words in ("柳树乡年鉴", "—#—")
        }


def test_the_head_of_two_numbered_pages_is_no_body_where_it_stands_apart() -> None:
    paragraphs = [WRAPPED, "全镇发展党员十户", "乡村产业稳步发展", "全镇产业户户增收"]
    pages = printed(paragraphs, "柳树乡年鉴", 4)
    assert len(pages) == 2
    assert lay_out(pages).paragraphs == paragraphs
    close = [
        page._replace(glyphs=[g._replace(base=HEIGHT - 64) if g.base == HEIGHT - 40 else g for g in page.glyphs])
        for page in pages
    ]
    assert "柳树乡年鉴" in lay_out(close).paragraphs[0]


@given(st.lists(st.tuples(st.sampled_from("全镇党员12a，。"), st.floats(0, 595), st.floats(0, 842)), max_size=60))
def test_wherever_characters_stand_none_is_lost_untold(places: list[tuple[str, float, float]]) -> None:
    page = Page(WIDTH, HEIGHT, [Glyph(char, x, x + SIZE, y, SIZE) for char, x, y in places])
    laid_out = lay_out([page])
    got = sorted("".join("".join(laid_out.paragraphs).split()))
    twice = [
        at for at in range(1, len(places))
        if places[at][0] == places[at - 1][0] and abs(places[at][1] - places[at - 1][1]) < SIZE
    ]  # fmt: skip
    assert laid_out.notes or len(places) - len(twice) <= len(got) <= len(places)


def test_a_number_that_stands_alone_on_one_page_is_body() -> None:
    page = Page(WIDTH, HEIGHT, [*line("全镇户数", LEFT, 700), *line("312", LEFT, 60)])
    assert lay_out([page]) == (["全镇户数", "312"], [])


def test_a_table_keeps_its_cells_apart_and_its_rows_on_lines_of_their_own() -> None:
    glyphs = [glyph for row, (a, b) in enumerate([("指标", "数值"), ("户数", "一百户")])
              for glyph in (*line(a, LEFT, 700 - row * STEP), *line(b, LEFT + 200, 700 - row * STEP))]  # fmt: skip
    assert lay_out([Page(WIDTH, HEIGHT, glyphs)]).paragraphs == ["指标\t数值", "户数\t一百户"]


def test_signs_of_another_font_that_are_drawn_later_stand_where_they_belong() -> None:
    body = line("完成 两不愁 任务", LEFT, 700)
    quotes = [Glyph("“", LEFT + 20, LEFT + 30, 700.5, 12), Glyph("”", LEFT + 60, LEFT + 70, 700.5, 12)]
    assert lay_out([Page(WIDTH, HEIGHT, [*body, *quotes])]).paragraphs == ["完成“两不愁”任务"]


def test_two_columns_are_read_one_after_the_other() -> None:
    left, right = "左栏文字写在这里足够长了吧共二十字左右罢", "右栏文字写在这里足够长了吧共二十字左右罢"
    rows = range(12)
    glyphs = [g for n in rows for g in (*line(left, 60, 700 - n * STEP), *line(right, 310, 700 - n * STEP))]
    text = "".join(lay_out([Page(WIDTH, HEIGHT, glyphs)]).paragraphs)
    assert text == left * 12 + right * 12


def test_numbered_items_are_not_joined_though_the_line_above_is_full() -> None:
    rows = ["（一）" + "全" * 36 + "。", "（二）" + "镇" * 36 + "。", "三是" + "村" * 38, "庄" * 12 + "。"]
    glyphs = [glyph for n, row in enumerate(rows) for glyph in line(row, LEFT, 700 - n * STEP)]
    assert lay_out([Page(WIDTH, HEIGHT, glyphs)]).paragraphs == [rows[0], rows[1], rows[2] + rows[3]]
