"""What if: every reason why a unit's result would be another, and what cannot be changed."""

from __future__ import annotations

import pytest

from leitai.board import Board
from leitai.casebook.read import read_case
from leitai.evaluate import evaluate
from leitai.explain.difference import difference
from leitai.explain.whatif.apply import changed_round
from leitai.explain.whatif.assumed import assumed, assumed_text
from leitai.explain.whatif.changes import Added, Change, Gone, Setting, Value, read_changes
from leitai.explain.whatif.said import said
from leitai.explain.whatif.text import unit_text, whatif_text
from leitai.facts.round import Round
from leitai.problems import Problem, Refused, blocking
from leitai.seal.plain import plain_figures, plain_round

CASE = """
case: 六镇
working: 产出 80、72、64、56、48、40，最优 20、20、10、10、8、8，总分 100、92、74、66、56、48
scheme:
  scheme: s
  version: "1"
  name: 方案
  items: {work: {name: 工作}}
  indicators:
    - {id: output, name: 产出, item: work, measure: {kind: completion}}
    - {id: best, name: 最优, item: work, measure: {kind: best_ratio}}
  sheets: {towns: {output: "80", best: "20"}}
  series: [{id: towns, name: 镇街, sheet: towns}]
  adjustments:
    star: {name: 亮点, kind: bonus}
    relief: {name: 帮扶, kind: demote}
    limit: {name: 限等, kind: cap, grade: good}
    aside: {name: 不排名, kind: unranked}
GRADES
units: {jia: 甲镇, yi: 乙镇, bing: 丙镇, ding: 丁镇, wu: 戊镇, ji: 己镇}
facts:
  values:
    - {unit: jia, indicator: output, actual: "10", target: "10", id: v1}
    - {unit: yi, indicator: output, actual: "9", target: "10"}
    - {unit: bing, indicator: output, actual: "8", target: "10"}
    - {unit: ding, indicator: output, actual: "7", target: "10"}
    - {unit: wu, indicator: output, actual: "6", target: "10"}
    - {unit: ji, indicator: output, actual: "5", target: "10"}
    - {unit: jia, indicator: best, actual: "10"}
    - {unit: yi, indicator: best, actual: "10"}
    - {unit: bing, indicator: best, actual: "5"}
    - {unit: ding, indicator: best, actual: "5"}
    - {unit: wu, indicator: best, actual: "4"}
    - {unit: ji, indicator: best, actual: "4"}
FACTS
expect: {}
"""


def round_of(facts: str = "", grades: str = "", text: str = CASE) -> Round:
    case, problems = read_case(text.replace("FACTS", facts).replace("GRADES", grades), "case.yaml")
    assert case is not None, problems
    assert case.round is not None, case.problems
    return case.round


def board_of(round_: Round) -> Board:
    board, problems = evaluate(round_)
    assert board is not None, problems
    return board


def changes(*options: str) -> list[Change]:
    """Changes typed as `fact 甲镇,产出,actual=9`."""
    return [said(*option.split(" ", 1)) for option in options]  # type: ignore[arg-type]


def told(round_: Round, *options: str, lang: str = "zh") -> list[str]:
    """What a what-if says comes of it."""
    lines = whole(round_, *options, lang=lang)
    return lines[lines.index("试算结果：" if lang == "zh" else "Then:") + 1 :]


def whole(round_: Round, *options: str, lang: str = "zh") -> list[str]:
    """All that a what-if says."""
    made, problems = changed_round(round_, changes(*options))
    assert made is not None, problems
    boards = board_of(round_), board_of(made)
    done = assumed((round_, made), changes(*options))
    change = difference(*(plain_figures(board) for board in boards))
    return list(whatif_text(boards, done, change, lang))


def why(round_: Round, unit: str, *options: str) -> list[str]:
    """A unit's place and total, its grade where that changed, and every reason."""
    made, problems = changed_round(round_, changes(*options))
    assert made is not None, problems
    boards = board_of(round_), board_of(made)
    change = difference(*(plain_figures(board) for board in boards))
    one = next(one for one in change.units if made.name_of(one.unit) == unit)
    return list(unit_text(boards, one, "zh"))


def adjust(unit: str, adjustment: str, amount: str = "") -> str:
    """The option that adds an approved adjustment."""
    more = f",amount={amount}" if amount else ""
    return f"add adjustments:unit={unit},adjustment={adjustment},reason=试,approved=办公室{more}"


def entry(unit: str, adjustment: str, amount: str = "") -> str:
    """The same as a fact of the case."""
    more = f', amount: "{amount}"' if amount else ""
    row = f"{{unit: {unit}, adjustment: {adjustment}, reason: 试, approved: 办公室, id: a1{more}}}"
    return f"  adjustments: [{row}]"


def test_a_better_figure_passes_a_unit_and_both_are_told_why() -> None:
    assert told(round_of(), "fact 丁镇,产出,actual=9") == [
        "共2个单位名次变化，0个单位等次变化，1个单位得分变化",
        "丁镇：第4名 → 第3名，总分66.00 → 82.00",
        "  “产出”56.00 → 72.00：本单位的数据变了",
        "  超过或追平丙镇",
        "丙镇：第3名 → 第4名，总分74.00 → 74.00",
        "  被丁镇超过",
    ]


def test_the_same_in_english() -> None:
    assert told(round_of(), "fact 丁镇,产出,actual=9", lang="en") == [
        "2 units changed place, 0 changed grade, 1 changed points",
        "丁镇: place 4 → place 3, total 66.00 → 82.00",
        "  “产出” 56.00 → 72.00: its own facts changed",
        "  passes or draws level with 丙镇",
        "丙镇: place 3 → place 4, total 74.00 → 74.00",
        "  passed by 丁镇",
    ]


def test_whose_points_change_but_neither_place_nor_grade_is_counted_only() -> None:
    lines = told(round_of(), "fact 甲镇,最优,actual=20")
    assert lines[0] == "共0个单位名次变化，0个单位等次变化，5个单位得分变化"
    assert lines[1:] == ["另有5个单位得分变化，名次和等次不变：乙镇、丙镇、丁镇、戊镇、己镇"]


def test_many_units_are_named_only_in_part() -> None:
    rows = "\n".join(
        f'    - {{unit: u{n}, indicator: {name}, actual: "1", target: "10"}}'
        for n in range(4)
        for name in ("output", "best")
    )
    units = "".join(f", u{n}: 增{n}镇" for n in range(4))
    round_ = round_of(rows, text=CASE.replace("己镇}", f"己镇{units}}}"))
    assert told(round_, "fact 甲镇,最优,actual=20")[-1] == (
        "另有9个单位得分变化，名次和等次不变："
        "乙镇、丙镇、丁镇、戊镇、己镇、增0镇、增1镇、增2镇等9个单位"
    )


CONDITION = (
    'grades: {levels: [{id: a, name: 优, top: "30%", at_least: "95"}, {id: good, name: 良}]}'
)
EXEMPT = "  exemptions: [{unit: bing, indicator: best, reason: 无此项, basis: 第九条}]"


@pytest.mark.parametrize(
    ("facts", "option", "unit", "lines"),
    [
        ("", "set indicators.output.measure.threshold=60%", "己镇",
         ["己镇：名次不变（第6名），总分48.00 → 8.00", "“产出”40.00 → 0.00：计分办法变了"]),
        ("", "set sheets.towns.best=40", "丁镇",
         ["丁镇：名次不变（第4名），总分66.00 → 76.00", "“最优”10.00 → 20.00：计分办法变了"]),
        ("", adjust("丁镇", "star", "10"), "丁镇",
         ["丁镇：第4名 → 第3名，总分66.00 → 76.00", "加分项 0.00 → 10.00", "超过或追平丙镇"]),
        ("", "fact 丁镇,产出,actual=8", "丁镇",
         ["丁镇：第4名 → 第3名，总分66.00 → 74.00", "“产出”56.00 → 64.00：本单位的数据变了",
          "超过或追平丙镇"]),
        ("", adjust("甲镇", "aside"), "甲镇",
         ["甲镇：第1名 → 不参加排名，总分100.00 → 100.00", "等次：优秀 → —", "变为不参加排名"]),
        ("", adjust("甲镇", "aside"), "丙镇",
         ["丙镇：第3名 → 第2名，总分74.00 → 74.00", "原在前面的甲镇变为不参加排名"]),
        (entry("jia", "aside"), "without a1", "甲镇",
         ["甲镇：不参加排名 → 第1名，总分100.00 → 100.00", "等次：— → 优秀", "变为参加排名"]),
        (entry("jia", "aside"), "fact 甲镇,产出,actual=9", "甲镇",
         ["甲镇：仍不参加排名，总分100.00 → 92.00", "“产出”80.00 → 72.00：本单位的数据变了"]),
        (entry("jia", "aside"), "without a1", "丙镇",
         ["丙镇：第2名 → 第3名，总分74.00 → 74.00", "甲镇变为参加排名，排在前面"]),
        ("", adjust("甲镇", "relief", "1"), "甲镇",
         ["甲镇：第1名 → 第2名，总分100.00 → 100.00", "等次：优秀 → 良好", "被乙镇超过", "应降低的名次：0 → 1",
          "名次跨过等次名额线：最高等次1个，最低等次1个"]),
        ("", adjust("甲镇", "relief", "1"), "乙镇",
         ["乙镇：第2名 → 第1名，总分92.00 → 92.00", "等次：良好 → 优秀",
          "超过或追平甲镇", "因其他单位降低名次，排列与原来不同", "名次跨过等次名额线：最高等次1个，最低等次1个"]),
        (entry("jia", "relief", "1"), "without a1", "甲镇",
         ["甲镇：第2名 → 第1名，总分100.00 → 100.00", "等次：良好 → 优秀", "超过或追平乙镇", "应降低的名次：1 → 0",
          "名次跨过等次名额线：最高等次1个，最低等次1个"]),
        (entry("wu", "relief", "1"), "fact 戊镇,产出,actual=4", "戊镇",
         ["戊镇：名次不变（第6名），总分56.00 → 40.00", "“产出”48.00 → 32.00：本单位的数据变了",
          "按总分（降低名次之前）被己镇超过", "应降低的名次未变，实际降低的变了"]),
        ("", adjust("甲镇", "limit"), "甲镇",
         ["甲镇：名次不变（第1名），总分100.00 → 100.00", "等次：优秀 → 良好",
          "等次的调整事项：— → 限等"]),
        (entry("jia", "limit"), "without a1", "甲镇",
         ["甲镇：名次不变（第1名），总分100.00 → 100.00", "等次：良好 → 优秀",
          "等次的调整事项：限等 → —"]),
        ("", "set grades.levels.excellent.top=50%", "乙镇",
         ["乙镇：名次不变（第2名），总分92.00 → 92.00", "等次：良好 → 优秀",
          "等次名额变了：最高等次1个 → 3个，最低等次1个 → 1个"]),
        ("", "set grades.levels.excellent.at_least=101", "甲镇",
         ["甲镇：名次不变（第1名），总分100.00 → 100.00", "等次：优秀 → 良好", "等次的条件变了"]),
        ("", "fact 乙镇,产出,actual=10", "甲镇",
         ["甲镇：名次不变（第1名），总分100.00 → 100.00", "等次：优秀 → 良好",
          "名次未变，并列的单位或不得评为最高等次的单位变了"]),
        ("", "fact 甲镇,最优,actual=40", "丙镇",
         ["丙镇：名次不变（第3名），总分74.00 → 66.50", "“最优”10.00 → 2.50：同组其他单位的数据变了"]),
        ("", "set series.towns.scale_to=200", "丙镇",
         ["丙镇：名次不变（第3名），总分74.00 → 148.00",
          "总分 74.00 → 148.00：各指标得分未变，折算、修约的办法变了"]),
    ],
)  # fmt: skip
def test_every_reason_is_told(facts: str, option: str, unit: str, lines: list[str]) -> None:
    found = why(round_of(facts), unit, option)
    assert [line.strip() for line in found] == lines


def exempt_round() -> Round:
    """丙镇 is exempt from 最优."""
    row = '    - {unit: bing, indicator: best, actual: "5"}\n'
    return round_of(EXEMPT, text=CASE.replace(row, ""))


def test_an_exempt_unit_is_credited_otherwise() -> None:
    assert why(exempt_round(), "丙镇", "fact 丙镇,产出,actual=9") == [
        "丙镇：名次不变（第3名），总分80.00 → 90.00",
        "  “产出”64.00 → 72.00：本单位的数据变了",
        "  “最优”16.00 → 18.00：免考核，按其余指标的得分率折算",
    ]


@pytest.mark.parametrize("rank_on", ["printed", "exact"])
def test_a_total_may_cross_the_condition_of_a_grade_without_moving(rank_on: str) -> None:
    round_ = round_of(grades=f"  {CONDITION}\n  points: {{rank_on: {rank_on}}}")
    assert why(round_, "甲镇", "fact 甲镇,产出,actual=9.3") == [
        "甲镇：名次不变（第1名），总分100.00 → 94.40",
        "  等次：优 → 良",
        "  “产出”80.00 → 74.40：本单位的数据变了",
        "  总分跨过等次的分数条件",
    ]


def test_a_row_taken_back_and_put_in_again_changes_only_its_source() -> None:
    again = "add values:unit=甲镇,indicator=产出,actual=10,target=10,id=v2"
    assert told(round_of(), "without v1", again) == [
        "共0个单位名次变化，0个单位等次变化，0个单位得分变化",
        "甲镇：数字相同，但得分明细或其来源有变化",
    ]


def test_no_difference_is_told_as_such() -> None:
    assert told(round_of(), "fact jia,output,实际值=10.0") == ["结果完全相同"]


def test_who_is_passed_by_total_but_not_in_the_end_is_told_apart_from_who_gives_way() -> None:
    round_ = round_of(entry("ding", "relief", "2"))
    assert told(round_, "fact 丁镇,产出,actual=9") == [
        "共2个单位名次变化，2个单位等次变化，1个单位得分变化",
        "丁镇：第6名 → 第5名，总分66.00 → 82.00",
        "  等次：一般 → 良好",
        "  “产出”56.00 → 72.00：本单位的数据变了",
        "  超过或追平己镇",
        "  按总分（降低名次之前）超过或追平丙镇",
        "  名次跨过等次名额线：最高等次1个，最低等次1个",
        "己镇：第5名 → 第6名，总分48.00 → 48.00",
        "  等次：良好 → 一般",
        "  被丁镇超过",
        "  因其他单位降低名次，排列与原来不同",
        "  名次跨过等次名额线：最高等次1个，最低等次1个",
        "另有1个单位只有基础名次、基础倒数名次、单项得分或名次变化：丙镇",
    ]


@pytest.mark.parametrize(
    ("facts", "option", "line"),
    [
        ("", "fact 丁镇,产出,target=20", "“丁镇”的“产出”：目标值由10改为20"),
        ("", "fact 丁镇,产出,coefficient=1.1", "“丁镇”的“产出”：系数由空白改为1.1"),
        (entry("ding", "relief", "2"), "without a1",
         "去掉调整 a1：单位丁镇，调整帮扶，幅度2，原因试，批准人办公室"),
        ("", adjust("丁镇", "limit"), "增加调整：单位丁镇，调整限等，原因试，批准人办公室"),
        ("", "set adjustments.star.cap=5", "方案 adjustments.star.cap：由未写改为5"),
        ("", "set grades.levels.excellent.top=50%",
         "方案 grades.levels.excellent.top（优秀）：由30%改为50%"),
        ("", "set indicators.output.measure.floor=1",
         "方案 indicators.output.measure.floor：由未写改为1"),
        ("", "set sheets.towns.best=20", "所写的内容与现在的相同，没有改动"),
        ("", "fact 丁镇,产出,actual=7", "所写的内容与现在的相同，没有改动"),
    ],
)  # fmt: skip
def test_what_is_assumed_is_told_first(facts: str, option: str, line: str) -> None:
    assert whole(round_of(facts), option)[:3] == ["试算假定：", f"  {line}", "试算结果："]


def test_a_figure_is_assumed_in_its_unit_and_a_setting_with_its_parts() -> None:
    text = CASE.replace("name: 产出,", "name: 产出, unit_of_measure: 万元,")
    round_ = round_of(text=text)
    made, problems = changed_round(round_, changes("fact 丁镇,产出,actual=8"))
    assert made is not None, problems
    options: list[Change] = [
        Setting("indicators.output.measure", {"kind": "completion", "floor": "0"}, "")
    ]
    assert [
        assumed_text((round_, made), one, "en") for one in assumed((round_, made), options)
    ] == [
        "  actual of “产出” of “丁镇”: 7万元 → 8万元",
        (
            '  scheme indicators.output.measure (产出): {"kind": "completion"} → '
            '{"kind": "completion", "floor": "0"}'
        ),
    ]


def problems_of(*options: str, text: str = CASE) -> list[Problem]:
    """The Problems of changes that cannot be made; the round itself stays as it was."""
    round_ = round_of(text=text)
    before = plain_round(round_)
    made, problems = changed_round(round_, changes(*options))
    assert plain_round(round_) == before
    if made is not None:
        board, found = evaluate(made)
        assert board is None
        problems += found
    return problems


@pytest.mark.parametrize(
    ("option", "code", "args"),
    [
        ("fact 甲镇镇,产出,actual=9", "fact.unit-unknown", {"unit": "甲镇镇", "near": "甲镇"}),
        ("fact 甲镇,产出额,actual=9", "fact.indicator-unknown", {"indicator": "产出额", "near": "产出"}),
        ("fact 甲镇,产出,actuel=9", "fact.heading-unknown", {"heading": "actuel", "near": "actual"}),
        ("fact 甲镇,产出,unit=乙镇", "fact.heading-unknown", {"heading": "unit"}),
        ("fact 甲镇,产出,actual=九", "fact.not-a-number", {"text": "九"}),
        ("fact 甲镇,产出,actual=1,000", "fact.thousands-separator", {"text": "1,000"}),
        ("without v9", "whatif.fact-unknown", {"fact": "v9", "near": ""}),
        ("without case.yaml:9999", "whatif.fact-unknown", {"fact": "case.yaml:9999"}),
        ("add 事件:unit=甲镇", "fact.table-unknown", {"name": "事件"}),
        ("add units:unit=x,name=新镇,series=towns", "whatif.units-stay", {}),
        ("add values:unit=丙镇,indicator=产出,actual=1", "fact.duplicate", {"same": "丙镇 · 产出"}),
        ("add values:unit=,indicator=,actual=", "whatif.says-nothing", {}),
        ("add events:unit=甲镇,indicator=产出,points=1", "fact.heading-missing", {"column_name": "reason"}),
        ("add 调整:单位=甲镇,调整=帮忙,原因=无,批准人=办公室", "adjustment.unknown", {"adjustment": "帮忙"}),
        ("set grades.levels.excellant.top=40%", "whatif.path-unknown",
         {"near": "excellent", "reached": "grades.levels", "path": "grades.levels.excellant.top"}),
        ("set sheets.towns.output.full=1", "whatif.path-unknown", {"reached": "sheets.towns.output", "known": "—"}),
        ("set indicator.output.measure=1", "whatif.path-unknown", {"near": "indicators", "reached": "scheme"}),
        ("set indicators.output.measure.flor=1", "scheme.key-unknown", {"key": "flor", "near": "floor"}),
        ("set sheets.towns.output=很多", "scheme.value-refused", {"value": "很多"}),
        ("set adjustments.limit.grade=bad", "scheme.id-unknown", {"id": "bad"}),
        ("set sheets.towns=output", "scheme.value-refused", {}),
    ],
)  # fmt: skip
def test_what_cannot_be_changed_is_a_problem_at_the_change(
    option: str, code: str, args: dict[str, str]
) -> None:
    found = next(one for one in problems_of(option) if one.code == code)
    assert args.items() <= found.args.items()
    assert found.where.startswith("scheme." if code.startswith("scheme.") else f"--{option}")


def test_all_problems_come_at_once_and_nothing_is_touched() -> None:
    codes = [one.code for one in problems_of("without v9", "set x.y=1", "fact 甲镇,产山,actual=1")]
    assert codes == ["whatif.path-unknown", "whatif.fact-unknown", "fact.indicator-unknown"]


def test_two_changes_of_one_thing_are_refused_however_they_name_it() -> None:
    top = "set grades.levels.excellent.top"
    asked = ["fact 甲镇,产出,actual=9", f"{top}=40%", "fact jia,output,实际值=8", f"{top}=50%"]
    found = [one for one in problems_of(*asked) if one.code == "whatif.said-twice"]
    assert [(one.where, one.args["first"]) for one in found] == [
        ("--fact jia,output,实际值=8", "--fact 甲镇,产出,actual=9"),
        (f"--{top}=50%", f"--{top}=40%"),
    ]


def test_the_same_may_be_added_more_than_once() -> None:
    round_ = round_of()
    added = adjust("甲镇", "limit")
    made, problems = changed_round(round_, changes(added, added, added))
    assert made is not None
    assert not blocking(problems)
    rows = made.rows("adjustments")[-3:]
    assert [row.id.removeprefix(f"--{added}") for row in rows] == ["", " (2)", " (3)"]
    assert {row.where for row in rows} == {f"--{added}"}


def test_what_has_no_figures_of_its_own_is_told() -> None:
    made, (one,) = changed_round(exempt_round(), changes("fact 丙镇,最优,actual=1"))
    assert (made, one.code, one.args) == (
        None,
        "whatif.no-value",
        {"unit": "丙镇", "indicator": "最优"},
    )


def test_an_id_that_two_tables_use_is_ambiguous_and_its_place_is_not() -> None:
    round_ = round_of(entry("jia", "star", "1").replace("id: a1", "id: v1"))
    _, problems = changed_round(round_, changes("without v1"))
    assert [one.code for one in problems] == ["whatif.fact-ambiguous"]
    place = round_.rows("adjustments")[0].where
    assert place in problems[0].args["places"]
    made, _ = changed_round(round_, changes(f"without {place}"))
    assert made is not None
    assert (len(made.rows("adjustments")), len(made.rows("values"))) == (0, 12)


@pytest.mark.parametrize(
    ("option", "change"),
    [
        ("fact 甲镇，产出，actual＝9", Value("甲镇", "产出", {"actual": "9"}, "--fact 甲镇，产出，actual＝9")),
        ("without  e1 ", Gone("e1", "--without  e1 ")),
        ("set a.b=c=d", Setting("a.b", "c=d", "--set a.b=c=d")),
        ("add 扣分：unit=甲镇，reason=迟报，且未说明,points=1",
         Added("扣分", {"unit": "甲镇", "reason": "迟报，且未说明", "points": "1"},
               "--add 扣分：unit=甲镇，reason=迟报，且未说明,points=1")),
    ],
)  # fmt: skip
def test_changes_are_read_as_they_are_typed(option: str, change: Change) -> None:
    assert said(*option.split(" ", 1)) == change  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "option",
    ["fact 甲镇,产出=9", "fact 甲镇,,actual=9", "fact 甲镇,产出,actual", "fact =", "without ", "set =1",
     "set a.b", "add unit=甲镇", "add :unit=甲镇", "add events:unit", "add events:unit=a,unit=b",
     "add events:=a", "add events"],
)  # fmt: skip
def test_what_is_not_clear_is_refused_with_an_example(option: str) -> None:
    with pytest.raises(Refused) as caught:
        said(*option.split(" ", 1))  # type: ignore[arg-type]
    assert caught.value.code == f"whatif.{option.split(' ')[0]}-unclear"


FILE = """fact:
  - {unit: 甲镇, indicator: 产出, actual: "9", target: "12"}
without: [e1]
add:
  events: [{unit: 甲镇, indicator: 差错, points: "1", reason: 漏报}]
set:
  indicators.output.measure: {kind: attain}
  grades.tie: include
"""


def test_a_file_of_changes_says_all_four_kinds() -> None:
    found, problems = read_changes(FILE, "changes.yaml")
    assert (found, problems) == (
        [
            Value("甲镇", "产出", {"actual": "9", "target": "12"}, "changes.yaml:2"),
            Gone("e1", "changes.yaml:3"),
            Added(
                "events",
                {"unit": "甲镇", "indicator": "差错", "points": "1", "reason": "漏报"},
                "changes.yaml:5",
            ),
            Setting("indicators.output.measure", {"kind": "attain"}, "changes.yaml:7"),
            Setting("grades.tie", "include", "changes.yaml:8"),
        ],
        [],
    )


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["scheme.empty"]),
        ("facts: []", ["scheme.key-unknown"]),
        ("fact: [{unit: a, indicator: b}]", ["whatif.fact-unclear"]),
        ("fact: [a]", ["scheme.value-refused"]),
        ("fact: [{unit: [a], indicator: b, actual: c}]", ["scheme.value-refused"]),
        ("without: ['']\nfact: [{unit: a, actual: b}]", ["whatif.fact-unclear", "scheme.value-refused"]),
        ("set: a=b", ["scheme.value-refused"]),
        ("set: {a: b, a: c}", ["scheme.key-doubled"]),
    ],
)  # fmt: skip
def test_a_file_of_changes_that_is_ill_written_has_problems(text: str, codes: list[str]) -> None:
    found, problems = read_changes(text, "changes.yaml")
    assert [one.code for one in problems] == codes
    assert found == []


def test_ids_in_an_address_may_hold_points_and_defaults_may_be_named() -> None:
    round_ = round_of()
    dotted = round_of(text=CASE.replace("output", "out.put"))
    made, problems = changed_round(dotted, changes("set indicators.out.put.measure.floor=50%"))
    assert made is not None, problems
    assert made.scheme.plain["indicators"][0]["measure"]["floor"] == "50%"  # type: ignore[index, call-overload]
    for option in ("set points.total_places=1", "set grades.tie=include", "set made_up=yes"):
        made, problems = changed_round(round_, changes(option))
        assert made is not None, problems
    made, _ = changed_round(round_, changes("set grades.levels.fair.bottom=20%"))
    assert made is not None
    assert made.scheme.plain["grades"] == {
        "levels": [
            {"id": "excellent", "name": "优秀", "top": "30%"},
            {"id": "good", "name": "良好"},
            {"id": "fair", "name": "一般", "bottom": "20%"},
        ]
    }


def test_parts_of_a_chain_are_numbered_from_1() -> None:
    chain = "{kind: chain, parts: [{kind: completion, full: '30'}, {kind: attain, full: '50'}]}"
    round_ = round_of(text=CASE.replace("{kind: completion}", chain))
    options = ("set indicators.output.measure.parts.1.full=40", "set indicators.output.measure.parts.2.full=40")  # fmt: skip
    made, problems = changed_round(round_, changes(*options))
    assert made is not None, problems
    measure = made.scheme.indicators["output"].measure.plain()
    assert [part["full"] for part in measure["parts"]] == ["40", "40"]  # type: ignore[index, call-overload, union-attr]


def test_a_scheme_whose_words_change_settles_all_facts_anew() -> None:
    made, problems = changed_round(round_of(), changes("set indicators.best.id=other"))
    assert made is None
    assert {one.code for one in problems} == {"scheme.id-unknown", "scheme.indicator-unused"}
    renamed = changes("set indicators.best.name=最佳", "fact 甲镇,最优,actual=9")
    made, problems = changed_round(round_of(), renamed)
    assert made is not None, problems
    assert made.rows("values")[6].cells == {"unit": "jia", "indicator": "best", "actual": "9"}
