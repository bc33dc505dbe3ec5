"""What evaluation reads: facts typed, checked and keyed by unit and indicator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from leitai.facts.numbers import Numbers
from leitai.facts.round import Round
from leitai.facts.rows import Row
from leitai.measures.kind import Event
from leitai.stats.tally import Tally

Key = tuple[str, str]


@dataclass(frozen=True)
class Exemption:
    """Why a unit is not assessed on an indicator; `source` is "" for too few survey answers."""

    reason: str
    basis: str = ""
    source: str = ""


@dataclass(frozen=True)
class Entry:
    """One adjustment entry (§9); `amount` as text after the scheme's own was filled in."""

    id: str
    unit: str
    adjustment: str
    amount: str
    reason: str
    matter: str
    basis: str
    approved: str
    entered: tuple[bool, str, int]
    where: str


@dataclass(frozen=True, eq=False)
class Values(Mapping[Key, Row]):
    """The rows of values by (unit, indicator), and their numbers by (indicator, fact).

    A value that came in a column has its row made when somebody asks for it.
    """

    rows: Mapping[Key, Row]
    columns: Mapping[Key, Numbers]
    round: Round = field(repr=False)

    def __getitem__(self, key: Key) -> Row:
        row = self.rows.get(key) or self.round.figure_row(*key)
        if row is None:
            raise KeyError(key)
        return row

    def __iter__(self) -> Iterator[Key]:
        yield from self.rows
        yield from ((row["unit"], row["indicator"]) for row in self.round.figure_rows())

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def source(self, unit: str, indicator: str) -> str:
        """The id of the fact, "" where there is none."""
        row = self.rows.get((unit, indicator))
        if row is None and self.round.figures:
            row = self.round.figure_row(unit, indicator)
        return row.id if row else ""


@dataclass(frozen=True)
class Intake:
    """Facts ready for scoring. Keys are (unit, indicator).

    `values` the rows of values; `events` what each unit has on an event indicator; `scores` panel
    and survey scores; `tallies` what they were made of; `exempt` who is not assessed and why;
    `previous` final places ("place"), survey scores and bonus credits of earlier rounds.
    """

    values: Values
    events: Mapping[Key, Sequence[Event]]
    scores: Mapping[Key, Fraction]
    tallies: Mapping[Key, Sequence[Tally]]
    exempt: Mapping[Key, Exemption]
    entries: Sequence[Entry]
    previous: Mapping[Key, Fraction]
    nil: Mapping[Key, str]
