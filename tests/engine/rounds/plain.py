"""Plain rounds for check-ups: points are what is written down, nothing else moves them."""

from __future__ import annotations

from typing import Any

from leitai.checkup.draft import Draft, draft_of
from leitai.checkup.findings import Finding
from leitai.checkup.run import check_board, check_draft
from leitai.scheme.read import scheme_from
from tests.engine.rounds.made import Cells, Made, assembled, board_of, node_of

COMPLETION = {"kind": "completion"}


def indicator(name: str, measure: dict[str, Any] | None = None, **more: str) -> dict[str, Any]:
    """An indicator that has all that nobody should miss."""
    about = {"item": "work", "department": "bureau", "basis": "第一条"}
    return {"id": name, "name": f"{name} 指标", **about, "measure": measure or COMPLETION, **more}


def scheme(indicators: list[dict[str, Any]], sheets: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A scheme whose first sheet is that of its only series."""
    series = {"id": "towns", "name": "镇街", "sheet": next(iter(sheets)), **more.pop("towns", {})}
    return {
        "scheme": "plain",
        "version": "1",
        "name": "简单方案",
        "items": {"work": {"name": "工作"}, "order": {"name": "秩序"}},
        "indicators": indicators,
        "sheets": sheets,
        "series": [series],
        **more,
    }


def units(names: list[str], series: str = "towns") -> list[Cells]:
    return [{"unit": name, "name": f"{name}镇", "series": series} for name in names]


def numbered(n: int) -> list[str]:
    return [f"u{number:02}" for number in range(1, n + 1)]


def scored(points: dict[str, dict[str, str]], fulls: dict[str, str], **more: Any) -> Made:
    """Units with these points of indicators with these full marks: actual of target = full."""
    rows = [
        {
            "id": f"{unit}-{name}",
            "unit": unit,
            "indicator": name,
            "actual": earned,
            "target": fulls[name],
        }
        for unit, by_name in points.items()
        for name, earned in by_name.items()
    ]
    indicators = more.pop("indicators", [indicator(name) for name in fulls])
    facts = {"values": rows, **more.pop("facts", {})}
    return Made(scheme(indicators, {"all": fulls}, **more), units(list(points)), facts)


def in_draft(made: Made, *, known: bool = True) -> tuple[Finding, ...]:
    """What a check-up says of the scheme alone."""
    return check_draft(draft(made, known=known))


def draft(made: Made, *, known: bool = True) -> Draft:
    """The scheme with its units, or as if nobody had listed them."""
    scheme_, problems = scheme_from(node_of(made.scheme))
    assert scheme_ is not None, problems
    units_ = {}
    if known:
        round_, problems = assembled(made)
        assert round_ is not None, problems
        units_ = dict(round_.units)
    found, problems = draft_of(scheme_, units_)
    assert problems == []
    return found


def on_facts(made: Made) -> tuple[Finding, ...]:
    """What a check-up says of a round."""
    return check_board(board_of(made))


def of(findings: tuple[Finding, ...], code: str) -> list[Finding]:
    return [one for one in findings if one.code == code]


def args(findings: tuple[Finding, ...], code: str) -> list[dict[str, Any]]:
    return [dict(one.args) for one in of(findings, code)]


def severities(findings: tuple[Finding, ...], code: str) -> list[str]:
    return [one.severity for one in of(findings, code)]
