"""The sheets of the indicator workbook: their titles, their columns, what offices call them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leitai.signs import half_width

_LONGEST = 60  # signs of a heading worth looking at
_BRACKET = re.compile(r"[(\[【〔].*", re.DOTALL)
_UNIMPORTANT = re.compile(r"[\s_*-]+")


@dataclass(frozen=True)
class Column:
    """A column: `key` in code, its heading, and further headings that offices use."""

    key: str
    name: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A sheet: `key` in code, its title, further titles, its columns, those it must have.

    `spread` are columns whose merged cells say the same for every row they cover; with `blocks`
    rows without a name belong to the named one above, so that merged cells mean nothing.
    """

    key: str
    name: str
    columns: tuple[Column, ...]
    needed: tuple[str, ...]
    others: tuple[str, ...] = ()
    spread: tuple[str, ...] = ()
    blocks: bool = False

    def is_called(self, title: str) -> bool:
        """Whether a sheet's title is this table's."""
        return bare(title) in (self.name, *self.others)

    def column(self, heading: str) -> Column | None:
        """The column a heading names: 分值（镇街） is 分值's."""
        word = bare(heading)
        return next((one for one in self.columns if word in (one.name, *one.others)), None)


def bare(text: str) -> str:
    """A title or heading without brackets, blanks and stars."""
    return _UNIMPORTANT.sub("", _BRACKET.sub("", half_width(text[:_LONGEST]))).casefold()


def _columns(text: str) -> tuple[Column, ...]:
    """Columns from "key=名称|又名|又名 …"."""
    pairs = (word.split("=") for word in text.split())
    named = ((key, names.split("|")) for key, names in pairs)
    return tuple(Column(key, names[0], tuple(names[1:])) for key, names in named)


MARKS = "marks"
MORE = "more"
TABLES = {
    table.key: table
    for table in (
        Table(
            "indicators",
            "指标",
            _columns(
                "item=考核项目|项目|一级指标|考核内容 "
                "name=指标|指标名称|考核指标|二级指标|三级指标 "
                "marks=分值|权重|满分|标准分|基本分 "
                "measure=计分办法|计分方法|评分办法|评分标准|计分标准|考核办法 "
                "department=责任部门|考评责任部门|考评部门|牵头部门|责任单位|数据来源 "
                "basis=依据|考核依据|文件依据|政策依据 direction=方向|指标方向 "
                "unit_of_measure=计量单位 area=重点领域 battle=攻坚战 id=编号|指标编号 more=其他"
            ),
            needed=("name", "marks", "measure"),
            others=("指标体系", "指标体系表", "考核指标", "考核指标体系"),
            spread=("item", "measure", "department", "basis", "direction", "area", "battle"),
        ),
        Table("items", "考核项目", _columns("name=考核项目|名称|项目 id=编号"), needed=("name",)),
        Table(
            "series",
            "系列和类别",
            _columns(
                "name=系列 group=类别 sheet=评分表 scale_to=折算总分 tie_breakers=并列时依次比较 "
                "rated_by=只由这些评议组评议 own_sheets=个别单位另用评分表 id=系列编号 "
                "group_id=类别编号 more=其他"
            ),
            needed=("name", "sheet"),
            others=("系列", "系列与类别"),
            blocks=True,
        ),
        Table(
            "sheets", "评分表", _columns("id=评分表 used=用于 total=总分"), needed=("id", "total")
        ),
        Table(
            "levels",
            "等次",
            _columns(
                "name=等次|名称 top=前列比例 bottom=末位比例 at_least=分数不低于 id=编号 more=其他"
            ),
            needed=("name",),
        ),
        Table(
            "adjustments",
            "调整",
            _columns(
                "name=调整|名称 kind=类别 amount=幅度 cap=每期加分上限 annual_cap=全年加分上限 "
                "grade=等次 step=环节 when=触发条件 department=责任部门 basis=依据 id=编号 "
                "more=其他"
            ),
            needed=("name", "kind"),
            spread=("kind", "step", "department", "basis"),
        ),
        Table(
            "tags",
            "重点领域和战役",
            _columns("kind=类别 name=名称 campaign=所属战役 id=编号 more=其他"),
            needed=("kind", "name"),
            spread=("kind", "campaign"),
        ),
        Table("units", "单位名称", _columns("name=名称|单位 id=编号"), needed=("name", "id")),
        Table("settings", "其他设置", _columns("key=设置 value=内容"), needed=("key", "value")),
    )
}
FOR_READERS = ("序号", "备注", "remarks", "no.", "计分办法说明", "说明", "用于")
ASIDE = ("说明", "填表说明", "编制说明", "封面", "目录", "readme")
AREA, CAMPAIGN, BATTLE = "重点领域", "战役", "攻坚战"
