"""The tables facts come in: names, columns and headings in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Column:
    """One column: `name` in code and English headings, `zh` in Chinese headings."""

    name: str
    zh: str
    required: bool = False


@dataclass(frozen=True)
class Table:
    """One table of facts; `others` are further Chinese names it may carry."""

    name: str
    zh: str
    columns: tuple[Column, ...]
    others: tuple[str, ...] = ()

    @cached_property
    def needed(self) -> tuple[Column, ...]:
        """The columns every row fills in; a panel's row of values has no actual value."""
        return tuple(one for one in self.required if (self.name, one.name) != ("values", "actual"))

    @cached_property
    def required(self) -> tuple[Column, ...]:
        """The columns a row cannot do without."""
        return tuple(column for column in self.columns if column.required)


def _columns(text: str) -> tuple[Column, ...]:
    """Columns from "name*=中文 …", the star marking what is required."""
    pairs = (word.split("=") for word in text.split())
    return tuple(Column(name.rstrip("*"), zh, name.endswith("*")) for name, zh in pairs)


TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table("units", "单位", _columns("unit*=单位编号 name*=名称 series*=系列 group=类别")),
        Table(
            "values",
            "数据",
            _columns(
                "unit*=单位 indicator*=指标 actual*=实际值 target=目标值 previous=基期值 "
                "coefficient=系数 id=编号 by=填报人 source=来源"
            ),
        ),
        Table(
            "events",
            "扣分",
            _columns(
                "unit*=单位 indicator*=指标 points*=分值 reason*=原因 matter=事项 "
                "entered=录入日期 id=编号 by=填报人 source=来源"
            ),
            others=("加分", "扣分加分"),
        ),
        Table("nil_returns", "零报告", _columns("indicator*=指标 unit=单位 by=填报人 id=编号")),
        Table(
            "exemptions",
            "免考核",
            _columns("unit*=单位 indicator*=指标 reason*=原因 basis*=依据 by=填报人 id=编号"),
        ),
        Table(
            "late",
            "迟报",
            _columns("unit*=单位 about*=迟报事项 days=天数 reason=原因 entered=录入日期 id=编号"),
        ),
        Table(
            "ballots",
            "评议票",
            _columns(
                "rater*=评议人 rater_group*=评议组 rater_unit=评议人单位 unit*=单位 "
                "indicator*=指标 mark*=评分"
            ),
        ),
        Table(
            "answers",
            "答卷",
            _columns(
                "unit*=单位 indicator*=指标 stratum=分层 channel=渠道 answer*=答案 count*=份数"
            ),
        ),
        Table("frame", "抽样框", _columns("stratum*=分层 size*=总数")),
        Table(
            "tallies",
            "汇总",
            _columns(
                "unit*=单位 indicator*=指标 group=评议组 n*=有效数 mean*=平均分 spread=离散 id=编号"
            ),
        ),
        Table(
            "adjustments",
            "调整",
            _columns(
                "unit*=单位 adjustment*=调整 amount=幅度 reason*=原因 matter=事项 basis=依据 "
                "approved=批准人 entered=录入日期 id=编号"
            ),
        ),
        Table("previous", "上期", _columns("unit*=单位 about*=内容 value*=数值")),
        Table("quarters", "季度等次", _columns("unit*=单位 quarter*=季度 grade*=等次 reason=原因")),
        Table(
            "heads",
            "负责人",
            _columns("unit*=单位 head*=负责人 since=任职日期 id=编号"),
            others=("主要负责人",),
        ),
        Table("headcounts", "人数", _columns("unit*=单位 headcount*=人数 id=编号")),
        Table(
            "history",
            "历史结果",
            _columns(
                "unit*=单位 year*=年度 place=名次 bottom=倒数名次 base_place=基础名次 "
                "base_bottom=基础倒数名次 grade=等次 total=总分 head=负责人 imported=导入 id=编号"
            ),
        ),
        Table("successions", "沿革", _columns("unit*=单位 year*=年度 predecessor*=前身 id=编号")),
    )
}
