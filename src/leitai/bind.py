"""Binds each indicator of a scheme to its measure, settings read and quarrels found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

from leitai.measures import MEASURES
from leitai.measures.chain import Chain
from leitai.measures.kind import Measure, Use
from leitai.near import near
from leitai.problems import Problem, Refused, problem
from leitai.scheme.document import Node, parse
from leitai.scheme.model import Indicator, Scheme
from leitai.scheme.places import quarrel
from leitai.scheme.read import scheme_from
from leitai.scheme.readers import positive_points
from leitai.scheme.settings import read_settings


@dataclass(frozen=True, eq=False)
class Part:
    """One measure at work: the whole indicator (`number` 0), or part 1, 2 … of a chain.

    `full` in line units is a part's own; None takes the sheet's.
    """

    measure: Measure
    settings: Any
    number: int = 0
    full: int | None = None


@dataclass(frozen=True, eq=False)
class Bound:
    """An indicator with its measure's parts; `chained` parts count only after full ones."""

    indicator: Indicator
    parts: tuple[Part, ...]
    chained: bool = False

    @property
    def id(self) -> str:
        """The indicator's id."""
        return self.indicator.id

    @property
    def measure(self) -> Measure:
        """The measure of an indicator that is no chain (of a chain: its first part's)."""
        return self.parts[0].measure

    @property
    def settings(self) -> Any:
        """Its settings."""
        return self.parts[0].settings

    @property
    def by_events(self) -> bool:
        """Whether it is made of recorded events rather than of a value."""
        return self.measure.lines is not None

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """Fact columns each unit must have."""
        return tuple(
            dict.fromkeys(n for part in self.parts for n in part.measure.needs(part.settings))
        )

    @cached_property
    def takes(self) -> tuple[str, ...]:
        """Fact columns a unit may have."""
        return tuple(dict.fromkeys(name for part in self.parts for name in part.measure.takes))


def bind(scheme: Scheme) -> tuple[Mapping[str, Bound], list[Problem]]:
    """Every indicator bound; an indicator with Problems is left out."""
    bound, problems = _bind(scheme)
    return bound, list(problems)


@lru_cache(maxsize=64)
def _bind(scheme: Scheme) -> tuple[Mapping[str, Bound], Sequence[Problem]]:
    """Once a scheme, since it never changes."""
    problems: list[Problem] = []
    bound: dict[str, Bound] = {}
    for indicator in scheme.indicators.values():
        found = _bound(indicator, scheme, problems)
        if found is not None:
            bound[indicator.id] = found
    return bound, problems


def wrong_measures(text: str, name: str) -> list[Problem]:
    """What is wrong with the measures of a scheme's YAML that is refused for other reasons.

    Where not even its parts can be read, each measure is read alone.
    """
    root, _ = parse(text, name)
    scheme, _ = scheme_from(root) if root else (None, ())
    if scheme is not None:
        return bind(scheme)[1]
    indicators = root and (root.mapping or {}).get("indicators")
    problems: list[Problem] = []
    for one in (indicators and indicators.items) or ():
        node = (one.mapping or {}).get("measure")
        if node is not None:
            _, settings = _read(node, problems, also=())
            for part in settings.parts if isinstance(settings, Chain) else ():
                _read(part, problems, also=("full",))
    return problems


def _bound(indicator: Indicator, scheme: Scheme, problems: list[Problem]) -> Bound | None:
    node = indicator.measure
    fulls = _full_marks(indicator, scheme)
    part = _part(node, indicator, scheme, problems, fulls, also=())
    if part is None or not isinstance(part.settings, Chain):
        return None if part is None else Bound(indicator, (part,))
    parts = _chain_parts(part.settings, indicator, scheme, problems)
    if parts is None:
        return None
    problems += _sums(parts, fulls, node.where, scheme)
    return Bound(indicator, parts, chained=part.settings.then == "if_full")


def _full_marks(indicator: Indicator, scheme: Scheme) -> tuple[int, ...]:
    """The full marks the sheets give the indicator, each once; what is refused is none."""
    marks = (sheet.full_of(indicator.id) for sheet in scheme.sheets.values())
    return tuple(dict.fromkeys(mark for mark in marks if mark is not None and mark >= 0))


def _part(
    node: Node,
    indicator: Indicator,
    scheme: Scheme,
    problems: list[Problem],
    fulls: tuple[int, ...],
    also: tuple[str, ...],
) -> Part | None:
    measure, settings = _read(node, problems, also)
    if measure is None or settings is None:
        return None
    use = Use(indicator.higher, tuple(Fraction(full) for full in fulls), scheme.scale)
    codes = dict.fromkeys(measure.quarrels(settings, use))
    problems += [_quarrel(code, node.where, indicator, scheme) for code in codes]
    return Part(measure, settings)


def _read(node: Node, problems: list[Problem], also: tuple[str, ...]) -> tuple[Measure | None, Any]:
    """The measure a node names and its settings; None where they cannot be read."""
    measure = _measure(node, problems, in_chain=bool(also))
    if measure is None:
        return None, None
    settings, found = read_settings(measure.settings, node, also=("kind", *also))
    problems += found
    return measure, settings


def _quarrel(code: str, where: str, indicator: Indicator, scheme: Scheme) -> Problem:
    if code == "too-fine":
        return problem("scheme.too-fine", where, key=indicator.id, places=scheme.scale.places)
    return quarrel(where, code, indicator=indicator.name)


def _measure(node: Node, problems: list[Problem], in_chain: bool) -> Measure | None:
    kind = (node.mapping or {}).get("kind")
    known = [name for name, one in MEASURES.items() if one.in_chain or not in_chain]
    if kind is None or not kind.text:
        problems.append(problem("scheme.required", node.where, key="kind"))
        return None
    if kind.text not in known:
        problems.append(
            problem(
                "scheme.measure-unknown", kind.where, kind=kind.text, near=near(kind.text, known)
            )
        )
        return None
    return MEASURES[kind.text]


def _chain_parts(
    chain: Chain, indicator: Indicator, scheme: Scheme, problems: list[Problem]
) -> tuple[Part, ...] | None:
    if len(chain.parts) < 2:
        problems.append(quarrel(indicator.measure.where, "chain-of-one", indicator=indicator.name))
        return None
    parts: list[Part] = []
    for number, node in enumerate(chain.parts, start=1):
        full = _own_full(node, scheme, problems)
        fulls = () if full is None else (full,)
        part = _part(node, indicator, scheme, problems, fulls, also=("full",))
        if part is not None and full is not None:
            parts.append(Part(part.measure, part.settings, number, full))
    return tuple(parts) if len(parts) == len(chain.parts) else None


def _own_full(node: Node, scheme: Scheme, problems: list[Problem]) -> int | None:
    given = (node.mapping or {}).get("full")
    if given is None:
        problems.append(problem("scheme.required", node.where, key="full"))
        return None
    try:
        units = positive_points(given) * scheme.scale.one
    except Refused as refused:
        problems.append(refused.at(given.where, key="full"))
        return None
    if units.denominator != 1:
        places = scheme.scale.places
        problems.append(problem("scheme.too-fine", given.where, key="full", places=places))
        return None
    return units.numerator


def _sums(
    parts: tuple[Part, ...], fulls: tuple[int, ...], where: str, scheme: Scheme
) -> Iterator[Problem]:
    total = sum(part.full or 0 for part in parts)
    for full in fulls:
        if full != total:
            yield problem(
                "scheme.parts-do-not-add-up",
                where,
                parts=scheme.scale.show(total),
                full=scheme.scale.show(full),
            )


Bindings = Mapping[str, Bound]
