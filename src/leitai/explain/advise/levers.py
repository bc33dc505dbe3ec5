"""What a unit could improve: a figure, deductions, awards, ratings, satisfaction, bonus."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from leitai.bind import Bound
from leitai.board import Board
from leitai.points import MAX_DIGITS

FIGURE, DEDUCTION, AWARD, OPINION, BONUS = "figure", "deduction", "award", "opinion", "bonus"
FINEST = 100  # ratings and satisfaction are tried in hundredths


@dataclass(frozen=True)
class Lever:
    """One thing that one unit could do better, in `most` steps of `step` from `now`.

    `name` is an indicator's id, or an adjustment's for a bonus. `step` is negative where less is
    better. Deductions, awards and bonus are in points.
    """

    kind: str
    name: str
    now: Fraction
    step: Fraction
    most: int

    def after(self, steps: int) -> Fraction:
        """The value after so many steps."""
        return self.now + self.step * steps


def levers(board: Board, unit: str) -> list[Lever]:
    """Everything the unit could improve that would count in its total."""
    scheme = board.round.scheme
    sheet = scheme.sheet_of(unit, board.round.units[unit].series)
    found = [
        _of_indicator(board, unit, board.bindings[name])
        for name in sheet.full
        if (unit, name) not in board.taken.exempt
    ]
    return [one for one in (*found, *_bonuses(board, unit)) if one is not None and one.most > 0]


def _of_indicator(board: Board, unit: str, bound: Bound) -> Lever | None:
    kind = bound.measure.kind
    if kind == "deduct":
        return _deductions(board, unit, bound)
    if kind == "award":
        return _awards(board, unit, bound)
    if kind in ("panel", "survey"):
        return _opinion(board, unit, bound)
    return None if bound.by_events else _figure(board, unit, bound)


def _deductions(board: Board, unit: str, bound: Bound) -> Lever:
    """Fewer points deducted."""
    scale = board.round.scheme.scale
    lost = sum(event.units for event in board.taken.events.get((unit, bound.id), ()))
    return Lever(DEDUCTION, bound.id, Fraction(lost, scale.one), Fraction(-1, scale.one), lost)


def _awards(board: Board, unit: str, bound: Bound) -> Lever:
    """One more award."""
    scheme = board.round.scheme
    full = scheme.sheet_of(unit, board.round.units[unit].series).full[bound.id]
    earned = board.points_of(unit, bound.id) or 0
    return Lever(AWARD, bound.id, Fraction(0), Fraction(1, scheme.scale.one), max(full - earned, 0))


def _opinion(board: Board, unit: str, bound: Bound) -> Lever | None:
    """A better rating or satisfaction; none where too few answers were scored in its stead."""
    tallies = board.taken.tallies.get((unit, bound.id), ())
    survey = bound.measure.kind == "survey"
    if survey and tallies[0].n < bound.settings.score_from:
        return None
    now = board.taken.scores[unit, bound.id]
    best = Fraction(100) if survey else bound.settings.highest
    return Lever(OPINION, bound.id, now, Fraction(1, FINEST), (best - now) * FINEST // 1)


def _figure(board: Board, unit: str, bound: Bound) -> Lever | None:
    """A better actual value, up to twice the best figure anybody in the group has or is asked."""
    at = board.round.layout.index[unit]
    numbers = board.taken.values.columns[bound.id, "actual"]
    now = numbers.values[at]
    rows = board.round.layout.members(board.round.units[unit].group)
    seen = [0, now]
    for fact in ("actual", "target", "previous"):
        column = board.taken.values.columns.get((bound.id, fact))
        if column is not None:
            scale = Fraction(10**numbers.decimals, 10**column.decimals)
            seen += [one * scale // 1 for one in column.values.gather(rows) if one is not None]
    seen += [one * 10**numbers.decimals // 1 for one in _fixed(bound)]
    coarse = 10 ** max(len(str(abs(now))) - MAX_DIGITS, 0)  # no more digits than may be typed
    now, seen = now // coarse, [one // coarse for one in seen]
    one, beyond = Fraction(coarse, 10**numbers.decimals), 10**MAX_DIGITS - 1
    if bound.indicator.higher:
        return Lever(FIGURE, bound.id, now * one, one, min(2 * max(seen), beyond) - now)
    least = max(min(seen) * 2, -beyond)  # 0 is in `seen`
    return Lever(FIGURE, bound.id, now * one, -one, now - least)


def _fixed(bound: Bound) -> Iterator[Fraction]:
    """The limits a measure's settings name in the unit of measure."""
    for part in bound.parts:
        for name in ("satisfactory", "unacceptable"):
            limit = getattr(part.settings, name, None)
            if limit is not None and limit.share is None:
                yield limit.points
        for band in getattr(part.settings, "bands", ()):
            yield from (b.points for b in (band.from_, band.to) if b and b.share is None)


def _bonuses(board: Board, unit: str) -> Iterator[Lever]:
    """One more bonus entry of each kind, as far as its cap has room."""
    scale = board.round.scheme.scale
    mine = [line for line in board.bonus if line.unit == unit]
    for name, kind in board.round.scheme.adjustments.items():
        if kind.kind == "bonus" and kind.cap is not None and not kind.amount:
            used = sum(line.units for line in mine if line.indicator == name)
            room = kind.cap * scale.one // 1 - used
            yield Lever(BONUS, name, Fraction(0), Fraction(1, scale.one), max(room, 0))
