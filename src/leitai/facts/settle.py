"""Settles what facts may write in two ways: names become ids, percent signs go (case-format).

Units and indicators are resolved before; this does the scheme's other names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from leitai.facts.rows import Row
from leitai.facts.spelling import one_spelling
from leitai.points import decimal_text, exact
from leitai.problems import Problem, Refused, warning
from leitai.scheme.model import Scheme

PERCENT = ("%", "％", "百分比", "percent")
Settle = Callable[[Row, Scheme], dict[str, str]]


def settle(
    tables: Mapping[str, Sequence[Row]], scheme: Scheme
) -> tuple[dict[str, tuple[Row, ...]], list[Problem]]:
    """The same tables with one way of writing left; percent signs out of place as Problems."""
    problems: list[Problem] = []
    made: dict[str, tuple[Row, ...]] = {}
    for table, rows in one_spelling(tables).items():
        change = _BY_TABLE.get(table, _nothing)
        made[table] = tuple(_settled(row, scheme, change, problems) for row in rows)
    return made, problems + _mixed_percents(tables.get("values", ()), scheme)


def _settled(row: Row, scheme: Scheme, change: Settle, problems: list[Problem]) -> Row:
    try:
        changed = change(row, scheme)
    except Refused as refused:
        problems.append(refused.at(row.where))
        return row
    return row.having(**changed) if changed else row


def _mixed_percents(rows: Sequence[Row], scheme: Scheme) -> list[Problem]:
    """Warnings of indicators measured in %, some of whose values carry the sign and some not.

    Where cells of a workbook are formatted differently, 0.885 beside 88.5% may mean the same.
    """
    bare: dict[str, Row] = {}
    signed: set[str] = set()
    for row in rows:
        if scheme.indicators[row["indicator"]].unit_of_measure in PERCENT:
            for column in ("actual", "target", "previous"):
                if row[column].endswith("%"):
                    signed.add(row["indicator"])
                elif row[column]:
                    bare.setdefault(row["indicator"], row)
    return [
        warning("fact.percent-mixed", row.where, indicator=scheme.indicators[one].name)
        for one, row in bare.items()
        if one in signed
    ]


def _nothing(_row: Row, _scheme: Scheme) -> dict[str, str]:
    return {}


def _values(row: Row, scheme: Scheme) -> dict[str, str]:
    """Percent signs dropped where the unit of measure is %, turned for coefficients."""
    columns = ("actual", "target", "previous", "coefficient")
    return {
        column: _percent(row, column, scheme) for column in columns if row[column].endswith("%")
    }


def _percent(row: Row, column: str, scheme: Scheme) -> str:
    number = row[column][:-1].strip()
    if column == "coefficient":
        decimals = len(number.partition(".")[2])
        return decimal_text(int(exact(number) * 10**decimals), decimals + 2)
    indicator = scheme.indicators[row["indicator"]]
    if indicator.unit_of_measure not in PERCENT:
        raise Refused(
            "fact.percent-unexpected",
            text=row[column],
            indicator=indicator.name,
            measured_in=indicator.unit_of_measure or "—",
        )
    return number


def _adjustments(row: Row, scheme: Scheme) -> dict[str, str]:
    adjustment = id_of(row["adjustment"], adjustment_names(scheme))
    kind = scheme.adjustments.get(adjustment)
    if row["amount"] and kind is not None and kind.kind in ("cap", "fix"):
        return {"adjustment": adjustment, "amount": id_of(row["amount"], level_names(scheme))}
    return {"adjustment": adjustment}


def _tallies(row: Row, _scheme: Scheme) -> dict[str, str]:
    """Merged groups in one order: `other` first, then those merged into it."""
    other, *merged = (part.strip() for part in row["group"].split("+"))
    return {"group": "+".join([other, *sorted(merged)])} if merged else {}


def _previous(row: Row, scheme: Scheme) -> dict[str, str]:
    names = {one.id: one.name for one in scheme.indicators.values()}
    return {"about": id_of(row["about"], {"place": "名次", **names, **adjustment_names(scheme)})}


def _quarters(row: Row, scheme: Scheme) -> dict[str, str]:
    return {"grade": id_of(row["grade"], {"not-assessed": "未评", **level_names(scheme)})}


def _history(row: Row, _scheme: Scheme) -> dict[str, str]:
    return {"imported": "yes"} if row["imported"] == "是" else {}


_BY_TABLE: Mapping[str, Settle] = {
    "values": _values,
    "adjustments": _adjustments,
    "tallies": _tallies,
    "previous": _previous,
    "quarters": _quarters,
    "history": _history,
}


def adjustment_names(scheme: Scheme) -> dict[str, str]:
    """Names of adjustments by id."""
    return {key: one.name for key, one in scheme.adjustments.items()}


def level_names(scheme: Scheme) -> dict[str, str]:
    """Names of grade levels by id."""
    return {level.id: level.name for level in scheme.grades.levels}


def id_of(text: str, names: Mapping[str, str]) -> str:
    """The id a text states as id or name; a text that is neither as it is."""
    if text in names:
        return text
    return next((key for key, name in names.items() if name == text), text)
