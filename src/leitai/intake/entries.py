"""Adjustment entries: named, with reason and amount, ready for the steps of §9."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from leitai.bind import Bound
from leitai.facts.round import Round
from leitai.facts.rows import Row
from leitai.facts.settle import adjustment_names, level_names
from leitai.intake.events import entered
from leitai.intake.model import Entry, Key
from leitai.near import near
from leitai.points import ratio, whole
from leitai.problems import Problem, Refused, problem, warning
from leitai.scheme.model import Adjustment, Scheme
from leitai.signs import alike

_NO = "无 否 未 待 不 未批 未批准 待批 待批准 待定 暂无 暂未批准 未审批 审批中 不批准 不同意 未同意"
_YES = "是 同意 已批 已批准 批准 yes ok y no n none na null pending false true 0 〇"
_NOBODY = frozenset(f"{_NO} {_YES}".split())  # words that are nobody's name
_SAID_BETTER = ("fact.too-fine", "fact.too-many-digits", "value.too-many-points")
_WITHOUT_AMOUNT = ("unranked", "bar", "commend")


def entries(round_: Round) -> tuple[list[Entry], list[Problem]]:
    """Approved entries with their amounts; those nobody approved are only warned of."""
    found: list[Entry] = []
    problems: list[Problem] = []
    for order, row in enumerate(round_.rows("adjustments")):
        entry = _entry(row, order, round_, problems)
        if entry is None:
            continue
        if entry.approved and is_nobody(entry.approved):
            where = row.spot("approved")
            problems.append(problem("adjustment.approver-unclear", where, text=entry.approved))
        elif entry.approved:
            found.append(entry)
        else:
            title = round_.scheme.adjustments[entry.adjustment].name
            names = {"unit": round_.units[entry.unit].name, "adjustment": title}
            problems.append(warning("adjustment.not-approved", row.where, **names))
    return found, problems


def is_nobody(approved: str) -> bool:
    """Whether a text names neither a person nor an office: 待批, （无）, ——."""
    word = "".join(sign for sign in alike(approved) if sign.isalnum())
    return not word or word in _NOBODY


def _entry(row: Row, order: int, round_: Round, problems: list[Problem]) -> Entry | None:
    scheme, name = round_.scheme, row["adjustment"]
    if name not in scheme.adjustments:
        names = adjustment_names(scheme)
        words = {"adjustment": name, "near": near(name, [*names, *names.values()])}
        problems.append(problem("adjustment.unknown", row.spot("adjustment"), **words))
        return None
    kind = scheme.adjustments[name]
    amount = row["amount"] or kind.grade or kind.amount or ""
    if kind.kind == "fix" and not amount:
        amount = scheme.grades.levels[-1].id
    problems += _amount_problems(row, kind, amount, scheme)
    return Entry(
        id=row.id,
        unit=row["unit"],
        adjustment=name,
        amount=amount,
        reason=row["reason"],
        matter=row["matter"],
        basis=row["basis"] or kind.basis or "",
        approved=row["approved"],
        entered=entered(row, order),
        where=row.where,
    )


def _amount_problems(row: Row, kind: Adjustment, amount: str, scheme: Scheme) -> list[Problem]:
    where, name = row.spot("amount"), kind.name
    if kind.kind in _WITHOUT_AMOUNT:
        wrong = bool(row["amount"])
        return [problem("adjustment.amount-refused", where, amount=amount, adjustment=name)] * wrong
    if not amount:
        return [problem("adjustment.amount-missing", row.where, adjustment=name)]
    stated = kind.grade or kind.amount
    if stated and row["amount"] not in ("", stated):
        return [problem("adjustment.amount-refused", where, amount=amount, adjustment=name)]
    try:
        fits = _fits(kind.kind, amount, scheme)
    except Refused as refused:
        if refused.code in _SAID_BETTER:
            return [refused.at(where)]
        fits = False
    if fits:
        return []
    return [problem("adjustment.amount-refused", where, amount=amount, adjustment=name)]


def _fits(kind: str, amount: str, scheme: Scheme) -> bool:
    """Whether an amount is what its kind wants; raises Refused for texts that are no numbers."""
    if kind == "bonus":
        return scheme.scale.read(amount) > 0
    if kind == "demote":
        return amount == "last" or whole(amount) >= 1
    if kind == "lower":
        return whole(amount) >= 1
    return amount in level_names(scheme)


def previous(
    round_: Round, bindings: Mapping[str, Bound]
) -> tuple[dict[Key, Fraction], list[Problem]]:
    """(unit, "place" | survey indicator | bonus adjustment) → what earlier rounds left."""
    found: dict[Key, Fraction] = {}
    problems: list[Problem] = []
    bonuses = {key for key, one in round_.scheme.adjustments.items() if one.kind == "bonus"}
    surveys = {one.id for one in bindings.values() if one.measure.kind == "survey"}
    known = {"place", *bonuses, *surveys}
    for row in round_.rows("previous"):
        about = row["about"]
        if about not in known:
            problems.append(
                problem(
                    "fact.previous-unknown",
                    row.spot("about"),
                    about=row["about"],
                    near=near(row["about"], known),
                )
            )
            continue
        try:
            if about in bonuses:
                round_.scheme.scale.read(row["value"])
            value = whole(row["value"]) if about == "place" else ratio(row["value"])
        except Refused as refused:
            problems.append(refused.at(row.spot("value")))
            continue
        if (about == "place" and value < 1) or value < 0 or (about in surveys and value > 100):
            problems.append(problem("fact.previous-refused", row.spot("value"), text=row["value"]))
        found[row["unit"], about] = Fraction(value)
    return found, problems
