"""Demotion by the slot rule: a demoted unit is served the slot base place + N (rules §9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LAST = "last"


@dataclass(frozen=True)
class Block:
    """Units that stand tied; `fall` is 0 for units nobody demoted."""

    base: int
    units: tuple[str, ...]
    fall: int

    @property
    def wanted(self) -> int:
        """The first slot it wants."""
        return self.base + self.fall


def demote(base: Mapping[str, int], falls: Mapping[str, int | str]) -> list[list[str]]:
    """Tied sets in final order, from base places and each demoted unit's N (or LAST)."""
    last = {unit for unit, fall in falls.items() if fall == LAST}
    numbers = {unit: fall for unit, fall in falls.items() if isinstance(fall, int)}
    demoted = _blocks({u: p for u, p in base.items() if u in numbers}, numbers)
    others = _blocks({u: p for u, p in base.items() if u not in falls}, {})
    order = _undemoted_first(_ties_together(_in_slots(demoted, others), others), others)
    behind = _blocks({unit: place for unit, place in base.items() if unit in last}, {})
    return [list(block.units) for block in (*order, *behind)]


def _blocks(base: Mapping[str, int], falls: Mapping[str, int]) -> list[Block]:
    """Units of equal base place and equal N, in base order."""
    members: dict[tuple[int, int], list[str]] = {}
    for unit, place in base.items():
        members.setdefault((place, falls.get(unit, 0)), []).append(unit)
    return [Block(place, tuple(units), fall) for (place, fall), units in sorted(members.items())]


def _in_slots(demoted: Sequence[Block], others: Sequence[Block]) -> list[Block]:
    """All blocks in slot order; an undemoted tie appears once for each slot it fills."""
    taken: dict[int, Block] = {}
    for block in sorted(demoted, key=lambda one: (-one.wanted, -one.base)):
        start = _free_start(block, taken)
        taken.update((start + offset, block) for offset in range(len(block.units)))
    slot = 0
    for block in others:
        for _ in block.units:
            slot = _next_free(slot, taken)
            taken[slot] = block
    return [taken[slot] for slot in sorted(taken)]


def _free_start(block: Block, taken: Mapping[int, Block]) -> int:
    """The wanted slot, or the nearest ahead, where the whole block finds room."""
    start = block.wanted
    while any(start + offset in taken for offset in range(len(block.units))):
        start -= 1
    return start


def _next_free(slot: int, taken: Mapping[int, Block]) -> int:
    slot += 1
    while slot in taken:
        slot += 1
    return slot


def _ties_together(slots: Sequence[Block], others: Sequence[Block]) -> list[Block]:
    """Each block once; a demoted block inside a tie goes ahead of it, behind its own tie."""
    order = list(dict.fromkeys(slots))
    for tie in (one for one in others if len(one.units) > 1):  # nothing fits inside one slot
        first, last = _ends(slots, tie)
        inside = [one for one in dict.fromkeys(slots[first:last]) if one != tie]
        own = [one for one in inside if one.base == tie.base]
        for one in inside:
            order.remove(one)
        ahead = [one for one in inside if one not in own]
        place = order.index(tie)
        order[place : place + 1] = [*ahead, tie, *own]
    return order


def _ends(slots: Sequence[Block], tie: Block) -> tuple[int, int]:
    """The first and last slot a tie fills."""
    filled = [number for number, block in enumerate(slots) if block == tie]
    return filled[0], filled[-1]


def _undemoted_first(order: Sequence[Block], others: Sequence[Block]) -> list[Block]:
    """No demoted block ahead of an undemoted one whose base place is equal or better."""
    made: list[Block] = []
    for block in order:
        if block.fall:
            made += [one for one in others if one.base <= block.base and one not in made]
        if block not in made:
            made.append(block)
    return made
