"""The words by which names are made whole, as patterns."""

from __future__ import annotations

from pipeline.language.uses import Uses
from pipeline.rules import Rules
from pipeline.rules.schema import NameCue, Noun

_OF_PLACE = "全[国省市县区州旗镇乡村年]"


class NameWords:
    """The tables of nouns and of cues of names as patterns; built once. See ``nouns.toml`` and ``name_cues.toml``."""

    def __init__(self, rules: Rules) -> None:
        uses = Uses([*rules.table(Noun), *rules.table(NameCue)])
        self._of_things(uses)
        self._of_measures(uses)
        self._of_labels(uses)
        self._of_people(uses)
        self._of_sorts(uses)
        self._of_some(uses)
        self._of_works(uses)
        self._of_money(uses)

    def _of_things(self, uses: Uses) -> None:
        """What is said of households, projects, cases and the like, of which a clause leaves the noun out."""
        pattern = uses.pattern
        self.household = pattern("%s", "household")
        """What is said of households that are not called so: 涉及|91户, 退出不符合条件的|7户."""
        self.stage = pattern("(?:(?:已|未|新|如期|累计|集中)?(?:%s)|%s)的?", "begun", "stage")
        """What some of the projects told before are."""
        self.projects = pattern("(?P<noun>(?:%s)?(?:项目|(?<=重[点大])工程))(?:数|个数)?$", "project")
        self.lawsuit, self.heard = pattern(".*(?:%s)类?", "lawsuit"), pattern("%s", "heard")
        """What cases are about, and what a court does with them."""
        self.assessed = pattern("%s", "assessed")
        self.handled = pattern(
            "[，、；]?(?:其中|目前|现|截至目前)?[，：]?(?:问题)?(?P<how>(?:已经?|正在?|尚未|未|仍在|均已|现已)?)(?P<does>%s)的?(?:有|为|共)?",
            "handled",
        )
        """What was done with some of those counted before, in a clause that has no noun."""
        self.goods = pattern("(?P<made>%s)(?:增长|增产|减产|下降)?", "goods")
        """What is made or grown, of which more or less is only made: 油料|增长5%."""
        self.traded = pattern("%s", "traded")
        self.said_of = pattern(
            "(?P<noun>%s)(?:全部|均|都|先后|全面|相继|已|在)*(?P<what>(?:%s).{2,}|%s)",
            "counted",
            "said_on",
            "said_alone",
        )
        """What is counted, and what is said of it behind."""
        self.amounts = uses.words("amount")

    def _of_measures(self, uses: Uses) -> None:
        """What a clause measures of a thing that is told before it."""
        pattern = uses.pattern
        self.measure = pattern(
            "[，、；：]?(?:(?:[0-9]{4}年|[一二三四五六七八九○〇零]{4}年|今年|去年|全年|当年|年底|年末|目前|实现|完成|预计|累计|其|但|而|却|仍|首次)*)"
            "(?P<measure>%s)(?:首次|已|仍|就)?(?:达到?|突破|为|有|约|超过?|实现|完成|跨过)*",
            "measure",
        )
        """A clause that tells a measure and nothing else."""
        self.yields = frozenset(uses.words("yield"))
        self.grown = pattern(
            "(?:全[国省市县区州旗镇乡]|今年|去年|全年|我[省市县])*(?P<thing>%s)(?![，、和及]|作物)[^，。；：0-9、]{0,24}，",
            "grown",
        )
        """What a sentence begins with and tells of: 棉花在大旱之年增产，总产量达到|9万担."""
        self.place_part = pattern("(?:%s)(?:全[镇乡县村市区鎮鄉縣])?(?:人[数數口])?$", "place_part")
        self.front = pattern("%s", "front")
        """What stands before the rest of a name and is part of it."""
        self.yearly_mean = pattern("年均(?P<of>%s)值?[^，。；：、0-9]*$", "yearly_mean")
        self.speaker = pattern("(?:^|\n)[ \u3000]*(?P<who>[一-龥]{0,6}?(?:%s))[：:]", "speaker")
        """Who speaks, which nothing is a name of."""
        self.account = pattern("(?:^|[\n。；])[^，。；：\n]{0,6}?(?P<of>%s)[：:]", "account")

    def _of_labels(self, uses: Uses) -> None:
        """Labels at the head of a line, and what clauses behind them say of no more than that."""
        pattern = uses.pattern
        self.label = pattern(
            "(?:^|[\n。；;，,])[ \u3000]*(?:[●•◆■▲★※◎○▪·]+[ \u3000]*|[0-9]{1,2}[.．、]|（[0-9一二三四五六七八九十]{1,2}）|[①-⑳]|[一二三四五六七八九]是)?"
            "(?P<topic>(?!%s)[一-龥]{2,7}(?<![年为是有楚的了下上中前后表看间个]))[：:]$",
            "no_label",
        )
        self.topic_end = pattern("(?<=..)(?:%s)$", "topic_end")
        self.deed = pattern(
            f"(?:{_OF_PLACE}|共|已|累计|今年|先后|依法|目前|实际)*(?P<deed>%s)(?:了|共|达)?",
            "deed",
        )
        self.labelled = pattern(
            f"(?:{_OF_PLACE}|共|已|累计|今年|年末|当年|可?实现|完成|预计|取得|创)*(?P<measure>%s)(?:预计|可?达到?|为|约|完成|实现|突破|共)*",
            "labelled",
        )
        self.self_done = pattern("(?:%s)$", "self_done")
        """Ends of topics that are done themselves: 危房改造."""

    def _of_people(self, uses: Uses) -> None:
        """Schools, and groups of people with what some of them are."""
        pattern = uses.pattern
        kind, of_kind = "(?:%s)*(?:%s)", ("school_quality", "school")
        self.schools = pattern(
            f"(?:现有|共有|设有?|有|办有)?(?P<kind>{kind}(?:(?<=[业工等科])(?:学校|院校))?)(?:学校)?", *of_kind
        )
        self.school_label = pattern(
            f"(?:^|\n)[ \u3000]*(?:[-—–]+|[●■◆·•*])[ \u3000]*(?P<kind>{kind})(?:教育|学校)?[。：:]", *of_kind
        )
        """A label of which the sentences behind it tell: ——小学。校数17所；招生800人."""
        self.school_headed = pattern(
            f"(?:^|\n)(?:全[省市县区旗州乡镇])?(?P<kind>{kind})(?:（[^（）\n]{{2,20}}）)?(?:共?有|现有|共计)$", *of_kind
        )
        """What a line opens with, before 学校: 全县高中阶段教育（含中职）共有|学校6所."""
        self.of_school = pattern("%s", "of_school")
        """What is told of schools, in a clause that does not say of which."""
        self.trait = pattern(
            "[，、；,;（(和及]*(?:其中|另有)?[，：:]?(?P<trait>%s)的?(?:有|为|共|达到?|分别为?|约|近|超过?)*", "trait"
        )
        """What some of a group are, and no noun of their own."""
        self.group = pattern("[一-龥“”]{2,14}(?:%s)|%s", "group", "group_alone")
        self.chosen = pattern("^(?:%s)+(?=..)", "chosen")

    def _of_sorts(self, uses: Uses) -> None:
        """Amounts that are told by sorts, and what these are."""
        pattern = uses.pattern
        self.whole = pattern("(?P<thing>.*?)(?P<measure>%s)(?:总额|总计|合计|额)?(?:预算|计划|任务)?$", "sorted")
        """An amount that has sorts: what it is measured of, and as what."""
        making, selling = (pattern("[一-龥、]{0,8}?(?:%s)", use) for use in ("making", "selling"))
        self.spending = pattern("[一-龥、]{0,8}(?:%s)", "spending")
        self.sorts = {"零售额": selling, "组织收入": pattern("%s", "collecting")} | dict.fromkeys(
            ("增加值", "总产值", "产值", "国民收入", "营业收入", "销售收入"), making
        )
        """The sorts of amounts that are not those of spending."""

    def _of_some(self, uses: Uses) -> None:
        """What tells that a number is not all that there is of what it names."""
        pattern = uses.pattern
        way = "(?P<way>(?:新|净)?(?:%s)|%s)"
        self.entry = pattern(
            f"[，、；（]?(?:{_OF_PLACE}|其中|同时|又|另|当年|全年|今年|年内|再|已|共|累计)*{way}(?:了|共|约)?",
            "joins",
            "leaves",
        )
        """A clause that says of so many that they came in or went out, and nothing else."""
        self.entry_head = pattern(way, "joins", "leaves")
        self.charged = pattern("(?:依法|共|已)?(?:%s)", "charged")
        """What is done to those who are charged with a crime."""
        self.fought = pattern(
            "(?:^|[，,。；：、\n])[^，,。；：、\n0-9]{0,10}?(?:%s)了?(?P<crime>(?!力度)[^，,。；：！？\n0-9的]{0,24}?(?:%s))[，,](?:依法|全年|累计|共|已)*(?:%s)$",
            "fights",
            "crime_end",
            "charged",
        )
        """A clause that tells what crime is fought, and the word by which its number is told."""
        self.deed_end = pattern("(?:%s)$", "deed_end")
        """Last words of what is done: so much of it is done whatever is said of it."""
        self.treats = pattern("(?:%s)了?$", "treats")
        """What is done to some of a kind, before their number: 引进|1200名高校毕业生, 对|25家规上工业企业."""
        self.holds = pattern("(?:%s)$", "holds")
        """What all of a kind stand behind: 现有|126家规上工业企业分布在5个园区."""
        self.hospital, self.lodging = pattern("%s", "hospital"), pattern("%s", "lodging")
        """Whose beds are meant, where their name does not tell: 敬老院6所，床位|320张."""
        self.holiday, self.of_holiday = pattern("%s", "holiday"), pattern("%s", "of_holiday")
        """A part of the year, so that what was made in it is no sum of a year: 国庆期间|接待游客46.8万人次."""

    def _of_works(self, uses: Uses) -> None:
        """Works, and what measures them."""
        pattern = uses.pattern
        work = "(?:其中|目前)?((?![全各每新续现]|校园|边界)[^，、的和与及]{1,12}?(?:%s))"
        self.work_measures = tuple({word[-2:] for word in uses.words("work_measure")})
        """What the names of numbers end in that measure a work, in two characters."""
        self.work_measured = pattern(f"{work}（?(?:%s)[^，、]{{0,3}}", "work", "work_measure")
        self.work_built = pattern(
            f"{work}(?:如期|顺利|全线|正式|已经?|全面|主体)*(?:%s)[^，、]{{0,4}}", "work", "built"
        )
        self.bare_measure = pattern("(?:项目|工程)?(?:%s)[^，、]{0,3}", "work_measure")

    def _of_money(self, uses: Uses) -> None:
        """Money of which only is told what is done with it, and nouns that say what it is."""
        self.set_aside = uses.pattern(
            "(?:^|[^一-龥])(?:其中|另有?|[^，。；：、\n]{0,8}?(?P<verb>%s))(?:了|约|近|逾|专门)*$", "set_aside"
        )
        self.money = uses.pattern("(?:%s)$", "money")
