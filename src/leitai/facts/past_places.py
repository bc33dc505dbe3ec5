"""Past places checked against each other, and places from the bottom worked out (rules §8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from leitai.facts.past_results import PastResult
from leitai.problems import Problem, problem, warning


def placed(results: Sequence[PastResult]) -> tuple[list[PastResult], list[Problem]]:
    """The results with every bottom place that can be worked out, and what does not agree."""
    groups: dict[tuple[str, str], list[PastResult]] = defaultdict(list)
    for one in results:
        groups[one.row["year"], one.group].append(one)
    found: dict[str, PastResult] = {}
    problems: list[Problem] = []
    for members in groups.values():
        made, more = _group(members)
        found |= {one.row.where: one for one in made}
        problems += more
    return [found[one.row.where] for one in results], problems


def _group(members: Sequence[PastResult]) -> tuple[Sequence[PastResult], list[Problem]]:
    """One group of one year."""
    places = [int(one.row["place"]) for one in members if one.row["place"]]
    dues = {place: 1 + sum(other < place for other in places) for place in places}
    wrong = any(due != place for place, due in dues.items())
    if wrong and places.count(1) > 1 and not members[0].stated:
        return members, list(_unclear(members))
    made = [_with_bottom(one, places) for one in members]
    return made, [
        *_contradictions(members, dues),
        *(p for one in made for p in _of_bottom(one, places)),
    ]


def _unclear(members: Sequence[PastResult]) -> Iterator[Problem]:
    """Several groups seem to stand in one sheet that does not name them."""
    lacking = [one for one in members if one.row["place"] and not one.row["bottom"]]
    if lacking:
        yield problem("history.group-needed", lacking[0].group, year=lacking[0].row["year"])


def _contradictions(members: Sequence[PastResult], dues: dict[int, int]) -> Iterator[Problem]:
    """Warnings of places that leave out or repeat one: after two 3rd the next is 5th."""
    for one in members:
        place = one.row["place"]
        if place and dues[int(place)] != int(place):
            words = {"unit": one.row["unit"], "place": place, "due": str(dues[int(place)])}
            yield warning("history.places-contradict", one.row.spot("place"), **words)


def _with_bottom(one: PastResult, places: Sequence[int]) -> PastResult:
    if not one.row["place"] or one.row["bottom"]:
        return one
    return replace(one, row=one.row.having(bottom=str(_due(one, places))))


def _due(one: PastResult, places: Sequence[int]) -> int:
    """The bottom place: one more than those who are strictly worse."""
    return 1 + sum(other > int(one.row["place"]) for other in places)


def _of_bottom(one: PastResult, places: Sequence[int]) -> Iterator[Problem]:
    """A stated bottom place without a place, or another than the group's places make it."""
    row = one.row
    if row["bottom"] and not row["place"]:
        named = {"unit": row["unit"], "year": row["year"], "column": "place|bottom"}
        yield problem("year.half-placed", row.where, **named)
    elif row["bottom"] and int(row["bottom"]) != _due(one, places):
        words = {"unit": row["unit"], "bottom": row["bottom"], "due": str(_due(one, places))}
        yield warning("history.bottom-contradicts", row.spot("bottom"), **words)
