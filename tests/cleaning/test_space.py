from __future__ import annotations

import pytest

from pipeline.cleaning import Cleaner

WRAPPED = [
    "今年以来，全县上下坚持稳中求进工作总基调，扎实做好各项工",
    "作，经济运行总体平稳，社会大局和谐稳定，群众生活持续改善，",
    "主要指标好于预期。全年粮食总产量再创新高，特色产业加快发",
    "展，乡村建设有序推进，农民收入稳步提高，脱贫成果更加巩固，",
    "生态环境明显好转。城乡面貌日新月异，道路通达能力显著提",
    "升，供水供电更有保障，公共服务更加便利，文明新风吹遍乡间，",
    "基层治理水平不断提高。改革开放步伐加快，营商环境持续优",
    "化，市场主体活力迸发，对外交流日益频繁，发展后劲不断增强，",
    "干部作风明显转变。成绩来之不易，这是全县干部群众团结奋",
    "斗、共同努力的结果，我们倍感珍惜，也深知责任重大，任重道",
    "远。",
    "二、下一步工作打算",
    "坚持目标导向，聚焦重点任务，压实工作责任，确保完成全年目",
    "标。",
]


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("\u3000\u3000一、要点\r\n\u3000\u3000二、措施\r\n", "一、要点\n二、措施"),
        ("一、要点  \n\n\n\n 二、措施\t\n", "一、要点\n\n二、措施"),
        ("一、要点\r二、措施\u2028三、目标", "一、要点\n二、措施\n三、目标"),
        ("\n\n 要点", "要点"),
        ("王  五\u3000局长", "王  五\u3000局长"),
        ("一、要点\x0c二、措施", "一、要点\n二、措施"),
    ],
)
def test_line_ends_and_edges(text: str, clean: str, cleaner: Cleaner) -> None:
    assert cleaner.clean(text).text == clean


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n"])
def test_lines_that_a_layout_broke_are_joined(end: str, cleaner: Cleaner) -> None:
    clean = cleaner.clean(end.join(WRAPPED)).text
    paragraphs = [line for line in clean.split("\n") if line]
    assert paragraphs == ["".join(WRAPPED[:11]), WRAPPED[11], "".join(WRAPPED[12:])]


def test_a_line_of_a_site_above_keeps_no_layout(cleaner: Cleaner) -> None:
    lists = "去年全镇修渠64件，清淤75件，病险水", "库加固7件，机井配套12件，其他工程一并完工。"
    address = "来源：http://lib.example.org/bin/read.exe?word=&K=d2&A=2&rec=92&run=13&page=1"
    clean = cleaner.clean("\n".join(["某镇1988年概况", "", address, "", *WRAPPED, *lists])).text
    assert "\n" not in clean[clean.index(WRAPPED[0]) : clean.index(WRAPPED[10]) + len(WRAPPED[10])]
    assert "".join(lists) in clean


def test_a_long_line_that_stays_above_keeps_no_layout(cleaner: Cleaner) -> None:
    head = "（云岭省）2021年青柳县人民政府工作报告（全文）政府工作报告2021年2月3日在青柳县第十七届人民代表大会第六次会议上县长各位代表"
    clean = cleaner.clean("\n".join([head, *WRAPPED])).text.split("\n")
    assert clean[0] == head
    assert clean[1] == "".join(WRAPPED[:11])


def test_rows_of_a_table_in_a_wrapped_text_stay_apart(cleaner: Cleaner) -> None:
    rows = ["水泥         378.46万吨       11.6", "硫酸         11.36万吨        22.9"]
    clean = cleaner.clean("\n".join([*WRAPPED, *rows])).text.split("\n")
    assert clean[0] == "".join(WRAPPED[:11])
    assert clean[-2:] == rows


def test_few_lines_that_end_at_one_column_are_joined(cleaner: Cleaner) -> None:
    paragraph = (
        "全年粮食总产量达到36.5万吨,蔬菜和水果的种植面积都有所扩大,比上年增长4.2%;新建标准化大棚1200座,带动了周边3个乡镇的"
        "农户增收,人均多收入850元。畜牧业平稳,生猪出栏8.2万头,家禽出栏120万只,水产养殖面积稳定;林业方面,新造林地3万亩,"
        "抚育幼林56.5万亩,村庄绿化有了新的起色。"
    )
    lines, columns = [""], 0
    for sign in paragraph:
        columns += 1 if sign.isascii() and sign not in ",;" else 2
        if columns > 60:
            lines, columns = [*lines, ""], 2
        lines[-1] += sign
    before, after = ["某县1996年概况", "一、农业生产稳步发展"], ["二、工业生产", "各厂生产正常。"]
    assert cleaner.clean("\n".join([*before, *lines, *after])).text == "\n".join([*before, paragraph, *after])


def wrap(paragraph: str, columns: int) -> list[str]:
    """The lines of a paragraph as a page of so many columns breaks them, with two characters of indent."""
    lines, at = [""], 4
    for sign in paragraph:
        at += 1 if sign.isascii() else 2
        if at > columns:
            lines, at = [*lines, ""], 2 - sign.isascii()
        lines[-1] += sign
    return lines


NUMBERS = (
    "全年全县粮食播种面积稳定在历年的水平之上并且略有增加，地区生产总值达到182.6亿元，比上年增长6.3%，其中第一产业增加值24.35亿元，"
    "比上年增长3.1%，第二产业增加值88.27亿元，比上年增长7.4%，第三产业增加值69.98亿元，比上年增长6.2%，三次产业的结构调整为13.3:48.3:38.4，"
    "规模以上工业企业达到126家，实现利税15.84亿元，增长9.2%，外贸出口2.75亿美元，增长11.6%，城镇居民人均可支配收入23685元，增长8.4%。"
)


def test_a_line_of_chinese_characters_alone_takes_as_many_columns_as_one_of_digits(cleaner: Cleaner) -> None:
    lines = wrap(NUMBERS, 66) * 2
    assert lines[0].endswith("地区生产")
    assert len(lines[0]) < 0.8 * max(map(len, lines))
    assert cleaner.clean("\n".join(lines)).text == f"{NUMBERS}\n{NUMBERS}"


def test_a_margin_belongs_to_no_line_and_blank_lines_may_stand_at_every_second(cleaner: Cleaner) -> None:
    lines = [f"{'':12}{line}" for line in wrap(NUMBERS, 80)]
    lines = [f"{lines[0][:12]}    {lines[0][12:]}", *lines[1:]] * 3
    page = "\n".join(line + "\n" * (at % 2) for at, line in enumerate(lines))
    assert [line for line in cleaner.clean(page).text.split("\n") if line] == [NUMBERS] * 3


def test_wrapped_lines_between_long_ones_are_joined(cleaner: Cleaner) -> None:
    long = "会议要求各单位提高认识，细化措施，压实责任，" * 8 + "确保落到实处。"
    block = wrap(NUMBERS, 76)
    text = "\n".join([*[long] * 3, *block, *[long] * 2])
    assert cleaner.clean(text).text == "\n".join([*[long] * 3, NUMBERS, *[long] * 2])


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (
            "认真执行《\n河道管理条例\n》，实施《\n\n节水办法\n\n》等5部规章。\n二、水利",
            "认真执行《河道管理条例》，实施《节水办法》等5部规章。\n二、水利",
        ),
        ("合格率达到97%以上\n。\n一、工作打算", "合格率达到97%以上。\n一、工作打算"),
        ("全县（\n含开发区\n）投资12亿元。", "全县（含开发区）投资12亿元。"),
        ("他说：“干就完了。\n”\n一、工作", "他说：“干就完了。\n”\n一、工作"),
        ("工作总结\n、加强领导\n）抓好落实", "工作总结\n、加强领导）抓好落实"),
    ],
)
def test_marks_that_end_or_begin_no_line(text: str, clean: str, cleaner: Cleaner) -> None:
    assert cleaner.clean(text).text == clean


def test_headings_between_long_lines_are_no_wrapped_lines(cleaner: Cleaner) -> None:
    long = "会议要求各单位提高认识，细化措施，压实责任，" * 8 + "确保落到实处。"
    heads = [
        f"坚持以{one}为重点，统筹推进全县各项重点工程建设和管理"
        for one in ("改革", "创新", "项目", "人才", "服务", "作风")
    ]
    text = "\n".join([long, long, *heads, long])
    assert cleaner.clean(text).text == text


def test_slogans_of_one_length_are_no_wrapped_lines(cleaner: Cleaner) -> None:
    text = "\n".join(
        f"坚持以{one}为先导推动全县经济社会各项事业健康快速发展" for one in ("改革", "创新", "项目", "人才", "服务")
    )
    assert cleaner.clean(text).text == text


FEW = (
    "全场今年接待研学团队143批，门票收入86.4万元，比上年多收12.7万元，其中自驾游客占62.5%。新修木栈道3.2公里，更换警示牌1108块，"
    "聘请讲解员九名，游客投诉比上年少了四成，连续六年没有发生一起火情，得到了周边村民的一致好评。"
)


@pytest.mark.parametrize("width", [26, 30, 34, 41, 48])
@pytest.mark.parametrize("indent", ["", "\u3000\u3000"])
def test_few_lines_that_were_broken_amid_numbers_are_joined(width: int, indent: str, cleaner: Cleaner) -> None:
    paragraph = indent + FEW
    lines = [paragraph[at : at + width] for at in range(0, len(paragraph), width)]
    text = "\n".join(["青坪林场2020年旅游工作小结", *lines])
    assert cleaner.clean(text).text == f"青坪林场2020年旅游工作小结\n{FEW}"


def test_a_title_as_long_as_a_wrapped_line_is_none(cleaner: Cleaner) -> None:
    paragraph = FEW * 3
    lines = [paragraph[at : at + 26] for at in range(0, len(paragraph), 26)]
    title = "关于青坪林场2020年度森林防火和营林工作情况的报告"
    assert cleaner.clean("\n".join([title, *lines])).text == f"{title}\n{paragraph}"


@pytest.mark.parametrize(
    "lines",
    [
        [
            "青山不老水长流，护林人家住上头，一年四季守山口",
            "春栽杉树夏修枝，秋收松果冬巡逻，不许火星进山沟",
            "人人争当好哨兵，户户签下责任书，守住绿水富后人",
        ],
        [
            "关于印发青坪林场森林防火应急处置预案的通知",
            "关于调整青坪林场安全生产领导小组成员的通知",
            "关于开展青坪林场林业有害生物普查工作的通知",
        ],
        [
            "青坪管护站 护林员12名 巡护里程1830公里 林地9.6万亩",
            "黄泥管护站 护林员14名 巡护里程2045公里 林地8.3万亩",
            "石门管护站 护林员11名 巡护里程1972公里 林地7.1万亩",
        ],
        [
            "一、加强组织领导，健全三级护林网络，落实管护责任制",
            "二、加强宣传教育，营造人人护林氛围，提高防火的意识",
            "三、加强队伍建设，开展实战技能培训，提升扑救的本领",
        ],
        ["青坪林场护林员巡护用车辆燃油费用明细表共计", "2辆，每辆每月补助"],
    ],
)
def test_few_lines_of_lists_verses_and_tables_stay_apart(lines: list[str], cleaner: Cleaner) -> None:
    text = "\n".join(["青坪林场2020年工作总结", *lines, "全年没有发生火情。"])
    assert cleaner.clean(text).text == text


def test_a_page_break_amid_a_number_is_none(cleaner: Cleaner) -> None:
    before, after = (
        "青坪林场六十名护林员意外伤害险由县财政统一购买，全年共补贴2",
        "6.4万元，参保率达到百分之百。" + "各管护站要继续做好巡护工作，" * 9,
    )
    assert cleaner.clean(f"{before}\n\n{after}").text == before + after
    for head in (
        "护林员2",
        "青坪林场六十名护林员意外伤害险由县财政统一购买，全年共补贴至2020",
        "青坪林场六十名护林员意外伤害险由县财政统一购买，全年共补贴。2",
    ):
        assert cleaner.clean(f"{head}\n\n{after}").text == f"{head}\n\n{after}"


def test_lines_of_a_newspaper_column_go_on(cleaner: Cleaner) -> None:
    first = "今年以来，全镇上下团结一心。全年完成工业产值8.6亿元，同比增长7.2%。新修村道31公里，改造危桥4座。农民人均纯收入6150元，比上年增加480元。"
    second = "粮食总产量达到2.3万吨。新栽茶园1200亩，总面积1.8万亩，茶叶产值6300万元。生猪出栏4.1万头，存栏2.6万头。各村都建起了农家书屋。"
    lines = [f"\u3000\u3000{first}", "二、农业", f"\u3000\u3000{second}"]
    page = "\n".join(["\u3000\u3000" * (line != "二、农业") + "\n".join(wrap(line.strip(), 26)) for line in lines])
    assert cleaner.clean(page).text.split("\n") == [first, "二、农业", second]


@pytest.mark.parametrize(
    "lines",
    [
        [f"{one}同志参加了这次会议" for one in "张王李赵陈林黄周吴徐孙马朱胡"],
        [f"讲{one}。守规矩，做表率，不松劲" for one in "政治学习正气奉献团结大局法治"],
        [f"{one}家坪村现有农户{n}户，林地{n}亩" for n, one in enumerate("张王李赵陈林黄周吴徐孙马朱胡", 231)],
    ],
)
def test_short_lines_of_a_list_are_no_column(lines: list[str], cleaner: Cleaner) -> None:
    assert cleaner.clean("\n".join(lines)).text == "\n".join(lines)


def test_an_indented_line_starts_a_paragraph(cleaner: Cleaner) -> None:
    lines = [*WRAPPED[:4], "\u3000\u3000" + WRAPPED[4], *WRAPPED[5:]]
    assert f"\n{WRAPPED[4]}" in cleaner.clean("\n".join(lines)).text


def test_a_full_line_goes_on_behind_a_semicolon(cleaner: Cleaner) -> None:
    lines = [*WRAPPED[:3], WRAPPED[3][:-1] + "；", *WRAPPED[4:]]
    assert "".join(lines[:11]) in cleaner.clean("\n".join(lines)).text


def test_where_paragraphs_are_indented_a_full_line_goes_on_behind_a_stop(cleaner: Cleaner) -> None:
    paragraph = [WRAPPED[0], WRAPPED[1], WRAPPED[2], WRAPPED[3][:-1] + "。", *WRAPPED[4:11]]
    indented = ["\u3000\u3000" + paragraph[0][:-2], paragraph[0][-2:] + paragraph[1][:-2], *paragraph[2:]]
    clean = cleaner.clean("\n".join(indented * 4)).text
    assert [line for line in clean.split("\n") if line] == ["".join(indented).strip()] * 4


def test_short_lists_and_long_paragraphs_are_no_wrapped_lines(cleaner: Cleaner) -> None:
    names = "\n".join(f"第{n}项重点工程建设项目" for n in "甲乙丙丁戊己庚辛壬癸")
    paragraphs = "\n".join(["各村要高度重视，抓好落实" * 2, "各单位要加强协作，形成合力" * 9] * 9)
    for text in (names, paragraphs):
        assert cleaner.clean(text).text == text


def test_a_removal_survives_the_white_space_around_it(cleaner: Cleaner) -> None:
    clean = cleaner.clean("要点\n\n加V领全文\n\n\n##paidend##\n")
    assert clean.text == "要点"
    assert [removal.rule for removal in clean.removals] == ["add_contact", "doubled_signs"]


def test_no_line_of_a_site_is_run_into_a_wrapped_line(cleaner: Cleaner) -> None:
    lines = [f"第{n}批工程已在去年十月全部完工并交付各村使用群众比较满意" for n in "一二三四五六七八九十"]
    joined = "".join(lines)
    assert cleaner.clean("\n".join(lines)).text == joined
    clean = cleaner.clean("\n".join([*lines, "当前位置：首页 > 范文 > 总结", "责任编辑：小王"]))
    assert clean.text == joined


def test_a_list_of_numbers_is_no_two_paragraphs(cleaner: Cleaner) -> None:
    lines = [
        "今年的主要任务是：完成各类工程320件，其中：渠系修复42件，河道清淤17件，老旧水",
        "库加固9件；蓄水池改造26件。"
        + "各项目要按时开工，保证质量，确保在明年汛期到来之前全部投入使用，" * 3
        + "不留尾巴。",
    ]
    assert cleaner.clean("\n".join(lines)).text == "".join(lines)
    lines[0] = lines[0][:-3]
    assert cleaner.clean("\n".join(lines)).text == "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("惠 及 农 户 1 3 0 0 户 ， 补 助 2 46.5 万 元", "惠及农户1300户，补助246.5万元"),
        ("送 诊 下 乡 7 5 人 次", "送诊下乡75人次"),
        ("我办 认 真 做 好 各 项 服务，窗口 整洁", "我办认真做好各项服务，窗口 整洁"),
        ("全镇添置桌椅 2 6 0 套，合格率 9 8 . 5 %", "全镇添置桌椅 260套，合格率 98.5%"),
        ("20 24 年 全 站 核 算 G D P", "2024年全站核算GDP"),
        ("东 村 西 村 南 村 12 15 18", "东村西村南村 12 15 18"),
        ("人 口 男 女 老 少 3 5 8", "人口男女老少 3 5 8"),
        ("技改投资214,6 07万元，是20 14年的3倍", "技改投资214,607万元，是2014年的3倍"),
        ("绿地12平方公 里，外资1.7亿美 元，提高0.6个百 分点", "绿地12平方公里，外资1.7亿美元，提高0.6个百分点"),
        ("分别为15 20 21年级 和 3,5 40 人", "分别为15 20 21年级 和 3,540 人"),
        ("增设 公 里程碑，甲 20 32 乙 1,2 34", "增设 公 里程碑，甲 20 32 乙 1,2 34"),
        ("中学 4 6 9 11 人", "中学 4 6 9 11 人"),
        ("用 好 Open AI 等 工 具 和 平 台 。", "用好 Open AI 等工具和平台。"),
        ("工 作 报 告", "工 作 报 告"),
        ("造林1200亩， 占计划的八成； 抚育 900 余亩", "造林1200亩，占计划的八成；抚育 900余亩"),
        (
            "全场 12 个站，职工 86 人，增长 5.6% 左右，育苗 26 万株。",
            "全场12个站，职工86人，增长5.6%左右，育苗26万株。",
        ),
        ("全场 12 个站 职工 86 人 站房 5 座", "全场 12 个站 职工 86 人 站房 5 座"),
        ("全场12个站，职工86人，增长 5.6% 左右，育苗26万株", "全场12个站，职工86人，增长 5.6% 左右，育苗26万株"),
        ("县 政 府 工 作 报 告", "县 政 府 工 作 报 告"),
        ("王 五  赵 六\u3000局 长", "王 五  赵 六\u3000局 长"),
    ],
)
def test_what_a_scan_spaced_is_closed_up(text: str, clean: str, cleaner: Cleaner) -> None:
    cleaned = cleaner.clean(text)
    assert cleaned.text == clean
    assert not cleaned.removals
    for at, character in enumerate(clean):
        assert text[slice(*cleaned.to_source(at, at + 1))] == character


def test_short_lines_of_a_spaced_text_are_closed_up_too(cleaner: Cleaner) -> None:
    lines = [
        "一 、 文 化 体 育 活 动",
        "举 办 乒 乓 球 赛 4 场 。",
        "二 、 图 书 报 刊 借 阅",
        "借 书 8 2 册 。",
        "三 、 问 题",
    ]
    assert cleaner.clean("\n".join(lines)).text == "\n".join("".join(line.split()) for line in lines)
