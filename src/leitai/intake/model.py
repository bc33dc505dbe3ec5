"""What evaluation reads: facts typed, checked and keyed by unit and indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

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


@dataclass(frozen=True)
class Intake:
    """Facts ready for scoring. Keys are (unit, indicator).

    `values` the rows of values; `events` what each unit has on an event indicator; `scores` panel
    and survey scores; `tallies` what they were made of; `exempt` who is not assessed and why;
    `previous` final places ("place"), survey scores and bonus credits of earlier rounds.
    """

    values: Mapping[Key, Row]
    events: Mapping[Key, Sequence[Event]]
    scores: Mapping[Key, Fraction]
    tallies: Mapping[Key, Sequence[Tally]]
    exempt: Mapping[Key, Exemption]
    entries: Sequence[Entry]
    previous: Mapping[Key, Fraction]
    nil: Mapping[Key, str]
