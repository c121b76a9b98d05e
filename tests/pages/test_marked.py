from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from pipeline.pages.marked import Kind, Mark, marked


class Text(HTMLParser):
    """The text of a page as it was given: what marks put in is left out, badges are read back. Tags must nest."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.open.append((tag, dict(attributes).get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if any(tag == "ins" for tag, _ in self.open):
            return
        acting = self.open and self.open[-1][1] == "acting"
        self.text += chr(int(data[2:], 16)) if acting else data


def text_of(html: str) -> str:
    parser = Text()
    parser.feed(html)
    parser.close()
    assert not parser.open
    return parser.text


def mark(start: int, end: int, kind: Kind) -> Mark:
    tag = f'<span class="{kind.name.lower()}">'
    after = "<ins>put in</ins>" if kind is Kind.RESTORATION else ""
    return Mark(start, end, kind, tag, tag, "</span>", after)


SIGNS = st.characters(codec="utf-8", exclude_characters="\x00") | st.sampled_from("<>&\"'\n\r\u202e\ufeff\u2028增长5%")


@given(st.data())
def test_the_text_of_the_page_is_the_text_that_was_given(data: st.DataObject) -> None:
    text = data.draw(st.text(SIGNS, max_size=40))
    place = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(place, place, st.sampled_from(Kind)), max_size=8))
    marks = [mark(min(a, b), max(a, b), kind) for a, b, kind in spans if a != b]
    anchors = dict.fromkeys(data.draw(st.lists(place, max_size=3)), '<span id="s"></span>')
    assert text_of(marked(text, marks, anchors)) == text


@given(st.text(SIGNS, max_size=40))
def test_no_character_acts_on_the_text_around_it(text: str) -> None:
    html = marked(text, [], {})
    assert not set(html) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u200f\ufeff\x00\x1b")
    assert html.count("<") == 2 * (html.count("<p ") + html.count("<span "))


def test_marks_nest_where_spans_cross_lines_and_each_other() -> None:
    text = "一、增长\n五点\n二%。"
    marks = [mark(0, 4, Kind.HEADING), mark(5, 10, Kind.METRIC), mark(6, 7, Kind.RESTORATION)]
    assert marked(text, marks, {0: "<a></a>"}).splitlines() == [
        '<p class="head"><a></a><span class="heading">一、增长</span></p>',
        '<p class="body"><span class="metric">五<span class="restoration">点</span><ins>put in</ins></span></p>',
        '<p class="body"><span class="metric">二%</span>。</p>',
    ]


def test_lines_are_set_by_what_stands_in_them() -> None:
    text = "标题\n正文\n　　有缩进\n\n广告"
    html = marked(text, [mark(0, 2, Kind.HEADING), mark(13, 15, Kind.REMOVAL)], {})
    classes = [line.split('"')[1] for line in html.splitlines()]
    assert classes == ["head", "body", "own", "blank", "gone"]
