"""Name the numbers of a document from left to right; later ones may carry on what earlier ones said."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.metrics.comparisons.comparing import Against, both_gaps, recounted
from pipeline.metrics.naming.antecedents import Antecedents
from pipeline.metrics.naming.candidates import BARE, CASES, KIND, KINDS
from pipeline.metrics.naming.composing import (
    ALONE,
    as_told,
    before_like,
    in_place,
    may_tell_owner,
    put_before,
    stock_of,
    swapped,
    to_head,
    turned,
    with_kind,
    without_remarks,
)
from pipeline.metrics.naming.context import Context
from pipeline.metrics.naming.dealing import Dealing
from pipeline.metrics.naming.edges import MAKE_UP, NO_NAMES, is_margin, said_before, trimmed, with_end, without_plan
from pipeline.metrics.naming.options import APART, CARRIED, OVER, Option
from pipeline.metrics.naming.ranking import NOTHING, Ranker
from pipeline.metrics.page.cues import Cues
from pipeline.metrics.page.found import Found, base_of
from pipeline.metrics.page.lexicon import Trait
from pipeline.metrics.page.page import Page
from pipeline.metrics.page.tokens import plain
from pipeline.records import Quantity

_OUGHT = ("应", "需", "须", "该", "进出口", "进口", "出口")
"""No verbs to leave out: 应还贷款5万元，剩余|2万元 is of 应还贷款, 进出口总值 no 总值."""
_UNTIL = frozenset(("到", "至", "截至", "自", "从"))
_GROWTH = "增速"
_RATES = ("速", "幅", "率", "比重", "占比")


class Naming:
    """Names the numbers of one page."""

    def __init__(
        self, page: Page, context: Context, quantities: Sequence[Quantity], ranker: Ranker, cues: Cues
    ) -> None:
        self.page, self.context, self.quantities, self.ranker = page, context, quantities, ranker
        self._types: list[int] = page.types.tolist()
        self._words, self._tags = page.lexicon.words, page.lexicon.tags
        self._ranked = ranker.rank(page, context)
        self._written, self._units = context.written.tolist(), context.units.tolist()
        self._follows, self._firsts = context.follows.tolist(), page.first.tolist()
        self._content: list[int] = context.content.tolist()
        self._changed = [change is not None for change in context.changes]
        self._alone: list[bool] = context.alone.tolist()
        self._same_unit: list[bool] = context.same_unit.tolist()
        self._listed = context.listed.tolist()
        self._shared, self._stretch = context.shared.tolist(), context.stretch.tolist()
        self._lefts = context.left.start.tolist(), context.left.end.tolist()
        self._heads = context.head.start.tolist(), context.head.end.tolist()
        self._grown = cues["increase"] | cues["decrease"]
        self._antecedents = Antecedents(page, context, quantities, self._types)
        self._dealing = Dealing(page, context, quantities, cues)

    def read(self) -> list[Found]:
        """One result a number, in order."""
        found: list[Found] = []
        context, series = self.context, -1
        made = zip(self.quantities, context.edges.tolist(), context.unit_names, context.changes, strict=True)
        for n, (quantity, edge, unit, change) in enumerate(made):
            one = Found(quantity, edge, unit, change)
            previous = self._antecedents.of(n, found)
            if items := self._dealing.items(n, found):
                one.items, series = items, n
            item = ""
            if series >= self._firsts[n] and (one.items or self._listed[n]):
                items = one.items or found[series].items or []
                item = items[n - series] if n - series < len(items) else ""
            chosen, one.margin = self.choose(n, previous, item)
            if item and series in self._dealing.sure:
                chosen = Option("item", 0, 0, chosen.score if chosen else 0.0)
            if chosen and chosen.kind == "right" and self._goes_on(n, chosen):
                chosen = chosen._replace(kind="left", start=self._heads[0][n], end=self._heads[1][n])
            if chosen and n in self.context.outside and chosen.kind.startswith("prior") and previous and previous.plain:
                chosen = Option("carried", 0, 0, chosen.score)  # 造林9万亩（其中人工造林3万亩），占任务的|95%
            if same := self._antecedents.same_as(n, found):
                previous, chosen = same, Option("carried", 0, 0, chosen.score if chosen else 0.0)
            elif chosen and self._says_no_name(n, chosen):
                chosen = chosen._replace(kind="carried" if previous and previous.name else "unit", start=0, end=0)
                if previous:
                    previous.plain = without_plan(previous.plain)
            self._take(n, one, chosen, previous, item)
            found.append(one)
        return found

    def _goes_on(self, n: int, chosen: Option) -> bool:
        """Whether the words behind a number only go on with its list: 认定科技企业58户|和种子企业1户."""
        return self._heads[1][n] > self._heads[0][n] and self._word(chosen.start) in ("和", "与", "及", "以及")

    def _says_no_name(self, n: int, chosen: Option) -> bool:
        """Whether the words chosen beside a number tell no name: 调整后|4.8亿元, 比去年的61万人次|下降."""
        kind, start, end = chosen.kind, chosen.start, chosen.end
        if kind in ("left", "left_carried", "carried_left"):
            return end - start < 3 and "".join([self._word(at) for at in range(start, end)]) in NO_NAMES
        if (
            kind not in ("right", "right_carried", "carried_verb_right")
            or start == end
            or n + 1 == len(self.quantities)
        ):
            return False
        between = self.quantities[n + 1].start - self.quantities[n].end
        words = [self._word(at) for at in range(start, end)] if between < 8 else []
        return between <= len("".join(words)) + 2 and self._grown.issuperset(words)

    def choose(self, n: int, previous: Found | None, item: str) -> tuple[Option | None, float]:
        """The best wording and how far it is ahead of the next; None where there is none to choose from."""
        places, kinds, starts, ends, best, second = self._ranked
        first = case = n * CASES
        top, next_ = best[case], second[case]
        verb, stem = (previous.verb, previous.stem) if previous is not None else ("", "")
        for other, wanted in ((1, verb), (2, stem), (3, item)):
            if wanted and (score := best[first + other]) > NOTHING:
                if score > top:
                    case, top, next_ = first + other, score, max(top, second[first + other])
                elif score > next_:
                    next_ = score
        bare = None
        unit, written, worth, place = self._units[n], self._written[n], self.ranker.bare, n * len(BARE)
        for kind, name in self.bare_names(n, previous, item):
            score = places[place + KIND[kind]] + worth(kind, name, unit, written)
            if score > top:
                bare, top, next_ = kind, score, top
            elif score > next_:
                next_ = score
        margin = min(top - next_, 99.0)
        if bare is not None:
            return Option(bare, 0, 0, top), margin
        if kinds[case] < 0:
            return None, margin
        return Option(KINDS[kinds[case]], starts[case], ends[case], top), margin

    def bare_names(self, n: int, previous: Found | None, item: str) -> list[tuple[str, str]]:
        """The kinds of wording that stand on no words of their own, each with the name that its score looks at."""
        unit = self.quantities[n].unit
        alike = previous is not None and (previous.rule != "unit" or previous.quantity.unit == unit)
        carried = previous.plain if previous is not None and alike else ""
        out = [("item", item)] if item else []
        attributes = self.context.attributes
        if attributes and (attribute := attributes.get(n)):
            out.append(("attribute", attribute))
            if carried and previous is not None:
                out.append(("attribute_carried", put_before(attribute, carried.removeprefix(previous.verb))))
        if carried:
            out.append(("carried", carried))
            if self._shared[n] or self._alone[n]:
                out.append(("carried_share", carried + "占比"))
            if previous is not None and previous.base:
                out.append(("base", previous.base))
        out += self.context.thresholds.get(n, ())
        if of_unit := self.context.of_units[n]:
            out.append(("unit", of_unit))
        return out

    def _in_full(self, n: int, option: Option, previous: Found | None, item: str) -> str:
        """The name of a wording, less what is at its edges, with what its clause only tells the owner or the head of."""
        name, kind = self.name_of(n, option, previous, item), option.kind
        if previous is not None and (
            (kind == "left" and may_tell_owner(name)) or (kind == "carried" and self._content[n])
        ):
            own = self.text_of(self._lefts[0][n], self._lefts[1][n] if kind == "carried" else option.end)
            told = self.text_of(self._lefts[0][n - 1], self._lefts[1][n - 1])
            name = as_told(name, kind, own, told, previous, self.context.unit_names[n])
        elif kind == "left" and previous is not None and previous.change == "increase":
            name = stock_of(name, self.text_of(self._lefts[0][n], option.end), previous.plain)
        elif kind not in ALONE:
            name = turned(name)
        if option.end - option.start > 1 and self._is_until(option.start):
            name = name.removeprefix(self._word(option.start))
        if kind == "left" and self._tags[self._types[option.start]] == "p":
            inner = [self._tags[t] for t in self._types[option.start + 1 : option.end]]
            name = name.removeprefix("对") if inner and all(tag[0] in "nbt" for tag in inner) else name
        elif kind == "left":
            name = with_end(name, [*map(self._word, range(option.end, self._lefts[1][n]))], self.quantities[n].unit)
        elif kind in ("right", "verb_right"):
            name = to_head(name, self.page.onward(option.start, option.end, self.quantities[n].end))
        return trimmed(self._dealing.whole(n, option, name))

    def name_of(self, n: int, option: Option, previous: Found | None, item: str) -> str:
        """A wording in full, with what it is a mean over where only that stands before the number."""
        if (told := self.context.ahead.get(n)) and option.kind not in APART:
            return told
        if gap := self._own_gap(n, option):
            return gap[0] + gap[1]
        if previous is not None and (counted := self._recounted(n, option.kind, previous)) is not None:
            return counted
        name, mean = self._wording(n, option, previous, item), self.context.means.get(n, "")
        if other := self._against(n, option.kind, name):
            whole = self._whole(option, previous, name)
            whole = "" if whole in other.words else whole  # 完成省下达任务的|97%
            if other.words.startswith("完成"):
                whole = whole.removeprefix("完成") or whole
            return self._rated(n, whole, previous) + other.words
        if previous is not None and option.kind in ("left", "item"):
            return in_place(name, previous.name)
        if option.kind in ("prior", "carried") and self._alone[n] and not name.endswith("占比"):
            return name + "占比"
        if option.kind not in OVER:
            held = option.kind == "left" and not self._changed[n]  # 增速快于上年同期|1个百分点
            return self._rated(n, name, previous) if held else name
        return (mean if "均" not in name else "") + self._rated(n, name, previous)

    def _own_gap(self, n: int, option: Option) -> tuple[str, str] | None:
        """The rate that the clause of a gap names itself, where what an earlier clause tells was chosen, and the gap."""
        if n not in self.context.own_gaps:
            return None
        earlier = option.kind in CARRIED or option.kind.startswith(("prior", "topic", "base"))
        earlier = earlier or (option.kind == "left" and self.quantities[n].unit != "百分点")
        return self.context.own_gaps.get(n) if earlier else None

    def _recounted(self, n: int, kind: str, previous: Found) -> str | None:
        """The name of a number that counts heads of what the number before counts the cases of, or the rest of its like."""
        start, end = self._lefts[0][n], self._lefts[1][n]
        if end - start == 1 and self._word(start) in ("其他", "其它"):
            return self._word(start) + previous.base
        head = self.context.recounts.get(n)
        if not head or (kind != "carried" and (start < end or not previous.counts_cases())):
            return None
        return None if MAKE_UP.fullmatch(previous.plain) else previous.plain + recounted(previous.plain, head)

    def _rated(self, n: int, name: str, previous: Found | None) -> str:
        """A name with the rate that a gap or a change in 百分点 is of: that said before it, or the growth just told."""
        rate = self.context.rates.get(n, "")
        if not rate and previous is not None and self.quantities[n].unit == "百分点" and previous.change:
            rate = _GROWTH if previous.quantity.unit == "%" and self._follows[n] else ""
        elif previous is not None and both_gaps(self.context.against, n - 1) and _GROWTH in previous.name:
            rate = _GROWTH
        return name if name.endswith(_RATES) else name + rate

    def _against(self, n: int, kind: str, name: str = "") -> Against | None:
        """What a number is measured against, where it is the only one that is so and the words chosen do not tell."""
        other = self.context.against.get(n)
        if other is None or kind in APART or (self._dealing.run(n) > 1 and n + 1 not in self.context.against):
            return None
        told = (other.sort == "plan" and kind == "left" and (not name or name not in other.words)) or (
            other.sort == "share" and kind not in OVER
        )
        return None if told else other

    def _whole(self, option: Option, previous: Found | None, name: str) -> str:
        """What is measured of a number that is measured against something: what stands before, or what the number before tells."""
        if option.kind in ("prior_left", "topic_left", "prior_share", "topic_share"):
            return self.text_of(option.start, option.end)
        return name if previous is None or option.kind in ("prior", "topic") else previous.plain

    def _wording(self, n: int, option: Option, previous: Found | None, item: str) -> str:
        kind = option.kind
        if option.start == option.end:
            return next((name for bare, name in self.bare_names(n, previous, item) if bare == kind), "")
        stretch = self._not_yet(option.start) + self.text_of(option.start, option.end)
        if kind in ("left", "right", "topic", "prior"):
            return stretch
        if kind.endswith("share"):
            return stretch + "占比"
        if kind == "verb_right":
            return self._word(self._lefts[1][n] - 1) + stretch
        if kind == "item_left":
            return item if item.endswith(stretch) else item + stretch
        if kind == "right_carried":
            return stretch + base_of(previous, True, True)
        if kind in ("carried_left", "left_carried"):
            does = bool(self.page.traits[option.start] & Trait.VERB)
            base = base_of(previous, does, does or kind == "left_carried")
            return base + stretch if kind == "carried_left" else before_like(stretch, self._word(option.end - 1), base)
        if kind == "carried_swap":
            return swapped(previous.stem, stretch, previous.plain, previous.verb) if previous is not None else stretch
        if kind.startswith("carried_verb"):
            return (previous.verb if previous is not None else "") + stretch
        at = self._stretch[n]
        if at < 0:
            return stretch
        own = self.text_of(self._lefts[0][n], self._lefts[1][n])
        return with_kind(stretch, self._word(at), self._tags[self._types[at]], own)

    def text_of(self, start: int, end: int) -> str:
        """The words of a stretch, put together."""
        name = "".join(map(self._words.__getitem__, self._types[start:end]))
        return name if name.isalnum() else without_remarks(plain(name))

    def _is_until(self, at: int) -> bool:
        """Whether a word only leads in a date, which is none of the words behind it: 到|2025年|森林覆盖率."""
        word = self._word(at)
        return word in _UNTIL and bool(self.page.word_starts[at + 1] - self.page.word_starts[at] > len(word))

    def _not_yet(self, at: int) -> str:
        """未 where it stands before the words of a name, 尚未|整改问题 is no 整改问题; how before a rate: 及时|受理率."""
        return said_before(self._word(at - 1), [self._words[t] for t in self._types[at : at + 4]]) if at else ""

    def _word(self, at: int) -> str:
        return self._words[self._types[at]]

    def _take(self, n: int, one: Found, chosen: Option | None, previous: Found | None, item: str) -> None:
        """Note the chosen wording, and what of it the numbers that follow may carry on."""
        one.least = one.margin
        if chosen is None:  # neither words nor a unit
            one.rule = "unit"
            return
        kind, unit, one.score = chosen.kind, one.quantity.unit, chosen.score
        one.name, one.rule = self._in_full(n, chosen, previous, item), kind
        one.plain = one.name
        if previous is not None and n in self.context.recounts and one.name.startswith(previous.plain):
            one.plain = previous.plain
        elif gap := self._own_gap(n, chosen):
            one.plain = gap[0]
        elif n in self.context.against and self._against(n, kind, wording := self._wording(n, chosen, previous, item)):
            one.plain = self._whole(chosen, previous, wording)
        elif previous and ((kind == "carried" and n not in self.context.rates) or is_margin(one.name, previous.plain)):
            one.plain = previous.plain
        again = previous is not None and previous.name.endswith(one.name)
        if again and unit in ("户", "人") and MAKE_UP.fullmatch(one.name):
            one.name, one.rule = self.context.of_units[n], "unit"
            return
        if previous is not None:
            if kind in ("carried", "carried_share"):
                one.base = previous.base
            elif kind in ("left_carried", "carried_left"):
                one.base = base_of(previous, False, kind == "left_carried")
            elif kind == "left" and self._same_unit[n] and (self._listed[n] or self._dealing.run(n) > 1):
                one.base = base_of(previous, False, True)
        if kind in CARRIED and previous is not None:
            one.verb, one.least = previous.verb, min(previous.least, one.margin)
            one.stem = previous.stem if kind in ("carried", "carried_share", "carried_swap") else ""
        elif kind == "verb_right":
            one.verb = self._verb(self._lefts[1][n] - 1)
        elif chosen.end - chosen.start > 1:
            not_yet, verb = self._not_yet(chosen.start), self._verb(chosen.start)
            one.verb = not_yet + verb if verb else ""
            if kind in ("left", "prior", "topic"):
                one.stem = not_yet + self.text_of(chosen.start, chosen.end - 1)

    def _verb(self, at: int) -> str:
        """A verb that a name begins with; one of change is none to carry on, since the change itself goes on."""
        traits, word = int(self.page.traits[at]), self._word(at)
        return word if traits & Trait.VERB and not traits & (Trait.UP | Trait.DOWN) and word not in _OUGHT else ""
