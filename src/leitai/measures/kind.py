"""What a kind of measure is: its settings, its function, its sentences (rules §4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeAlias

from leitai.columns import Exact, Inputs, Mask
from leitai.points import PointScale
from leitai.scheme.readers import Limit

Words: TypeAlias = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Check:
    """What must not be (`warning`: what should be said) for a unit; `code` names the Problem.

    `of_group`: it holds for a whole comparison group and is said once.
    """

    mask: Mask
    code: str
    warning: bool = False
    of_group: bool = False


@dataclass(frozen=True)
class Score:
    """What a measure makes of its inputs, a column each.

    `points` in line units, not yet rounded; `evidence` are the figures its sentence names; `cases`
    are sentences that replace the ordinary one where they hold; `held` says where a `floor` or a
    `cap` acted; `checks` what may be wrong.
    """

    points: Exact
    evidence: Mapping[str, Exact]
    cases: Mapping[str, Mask] = field(default_factory=dict)
    held: Mapping[str, Mask] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True)
class Label:
    """What the indicator workbook calls a setting, and what stands behind the name there.

    `words` are what it says for texts that are words of the scheme (`none`: 无). `form` is "one"
    value, a "list" of them, or a "map" from names that are somebody's own. Where a value has
    settings itself, `parts` are theirs; with `measure` it is a whole measure, `parts` besides.
    """

    name: str
    words: Mapping[str, str] = field(default_factory=dict)
    form: str = "one"
    parts: Mapping[str, Label] = field(default_factory=dict)
    measure: bool = False


YES_NO = {"yes": "是", "no": "否"}
NONE = {"none": "无"}
FLOOR, CAP, PEERS_MIN = Label("保底"), Label("封顶", NONE), Label("最少单位数")


def in_words(limit: Limit, lang: str) -> str:
    """A limit as people read it, for measures that describe lists of them."""
    if limit.share == 1:
        return "满分" if lang == "zh" else "full marks"
    if lang == "zh":
        return f"{limit.text}分" if limit.share is None else f"满分的{limit.text}"
    return f"{limit.text} points" if limit.share is None else f"{limit.text} of full"


def held_between(reached: Exact, floor: Exact, cap: Exact | None) -> dict[str, Mask]:
    """Where a floor or a cap acted on what was reached."""
    held = {"floor": reached < floor}
    return held if cap is None else {**held, "cap": reached > cap}


@dataclass(frozen=True)
class Event:
    """One recorded deduction, award or bonus entry; `units` are line units, positive."""

    source: str
    units: int
    reason: str
    matter: str
    entered: tuple[bool, str, int]
    case: str = ""


@dataclass(frozen=True)
class EventLine:
    """A line an event measure writes; `source` is "" for what a limit did."""

    kind: str
    units: int
    source: str = ""
    reason: str = ""
    case: str = ""

    @property
    def written(self) -> tuple[str, int, str, str, str]:
        """What its ledger line says."""
        return self.kind, self.units, self.source, self.reason, self.case


@dataclass(frozen=True)
class Use:
    """Where a measure is used: direction, full marks on each sheet in line units, their scale.

    `of_ratio` says that the value measured is a pure ratio (a growth), whose bounds carry %.
    """

    higher: bool
    fulls: tuple[Fraction, ...]
    scale: PointScale
    of_ratio: bool = False

    def value(self, limit: Limit, full: Fraction) -> Fraction:
        """A limit in line units."""
        return limit.points * self.scale.one if limit.share is None else limit.share * full

    def units(self, limit: Limit, full: int) -> int:
        """A limit that becomes a line: rounded once where it is a share of full."""
        return self.scale.line(self.value(limit, Fraction(full)))

    def too_fine(self, limit: Limit) -> bool:
        """Whether bare points are finer than the lines."""
        return limit.share is None and (limit.points * self.scale.one).denominator != 1

    def odd_bounds(self, bounds: Iterable[Limit | None]) -> bool:
        """Whether a bound has a % that the value measured has not, or lacks it."""
        return any(b is not None and (b.share is not None) != self.of_ratio for b in bounds)

    def above_full(self, limit: Limit) -> bool:
        """Whether somewhere the limit lies above the full marks."""
        return any(self.value(limit, full) > full for full in self.fulls)

    def quarrels(self, floor: Limit, cap: Limit | None) -> Iterator[str]:
        """What a floor and a cap may not be: above the full marks, under the floor."""
        if self.above_full(floor):
            yield "floor-above-full"
        if cap is not None and self.differs(floor, cap):
            yield "cap-under-floor"

    def differs(self, low: Limit, high: Limit) -> bool:
        """Whether somewhere `high` lies under `low`."""
        return any(self.value(high, full) < self.value(low, full) for full in self.fulls)


Quarrels: TypeAlias = Iterator[str]
Most: TypeAlias = Callable[[Any, Use, Fraction], Fraction | None]


def full_at_most(_settings: Any, _use: Use, full: Fraction) -> Fraction | None:
    """For measures that give full marks at most."""
    return full


def cap_at_most(settings: Any, use: Use, full: Fraction) -> Fraction | None:
    """For measures that go up to their cap, without limit where there is none."""
    return None if settings.cap is None else use.value(settings.cap, full)


def no_quarrels(_settings: Any, _use: Use) -> Quarrels:
    """For measures whose settings cannot contradict each other."""
    return iter(())


@dataclass(frozen=True)
class Measure:
    """One kind of §4. To add one: a file like its neighbours in this folder, nothing else.

    `needs` are the fact columns each unit must have; `takes` those it may have. `score` is for
    measures of columns, `lines` for measures of events. `relative` says whether it compares with
    peers (then the settings carry `peers_min`). `words` has per language `name`, `rule` (the
    measure as a sentence) and `reason` (a result as a sentence), and any further `cases`.
    `describe` puts settings into words where their own texts do not do; `in_unit` names the
    evidence that is in the indicator's unit of measure. `most` is what can be earned at most of
    full marks in line units (a coefficient aside), None without limit; `labels` are the Chinese
    names of the settings in the indicator workbook.
    """

    kind: str
    settings: type[Any]
    words: Words
    needs: Callable[[Any], Sequence[str]] = lambda _settings: ("actual",)
    takes: Sequence[str] = ()
    score: Callable[[Any, Inputs], Score] | None = None
    lines: Callable[[Any, Sequence[Event], int, Use], list[EventLine]] | None = None
    relative: Callable[[Any], bool] = lambda _settings: False
    quarrels: Callable[[Any, Use], Quarrels] = no_quarrels
    most: Most = full_at_most
    describe: Callable[[Any, str], Mapping[str, str]] = lambda _settings, _lang: {}
    in_unit: Sequence[str] = ()
    in_chain: bool = True
    labels: Mapping[str, Label] = field(default_factory=dict)
