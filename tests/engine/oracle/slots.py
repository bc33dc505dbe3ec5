"""The slot rule of §9 as its text says it, unit by unit in a row of slots."""

from __future__ import annotations

from collections.abc import Mapping

Base = Mapping[str, int]
Falls = Mapping[str, "int | str"]


def final_order(base: Base, falls: Falls) -> list[list[str]]:
    """Tied sets in final order."""
    last = [unit for unit in base if falls.get(unit) == "last"]
    falling = {unit: int(fall) for unit, fall in falls.items() if fall != "last"}
    others = [unit for unit in base if unit not in falls]
    row = in_slots(base, falling, others)
    for place in sorted({base[unit] for unit in others}):
        row = together(row, base, falling, place)
    row = undemoted_first(row, base, falling)
    return tied(row, base, falling) + [
        [unit for unit in last if base[unit] == place]
        for place in sorted({base[unit] for unit in last})
    ]


def in_slots(base: Base, falling: Mapping[str, int], others: list[str]) -> list[str]:
    """Steps 1 to 3: demoted blocks are served their slots, the others fill what is free."""
    slots: dict[int, str] = {}
    blocks = {(base[unit], fall) for unit, fall in falling.items()}
    for place, fall in sorted(blocks, key=lambda block: (-(block[0] + block[1]), -block[0])):
        units = [unit for unit in falling if (base[unit], falling[unit]) == (place, fall)]
        size = len(units)
        starts = range(place + fall, place + fall - 2 * len(base) - max(falling.values()) - 2, -1)
        start = next(s for s in starts if not any(s + step in slots for step in range(size)))
        slots |= {start + step: unit for step, unit in enumerate(units)}
    free = (slot for slot in range(1, 2 * len(base) + 1) if slot not in slots)
    for unit in sorted(others, key=lambda unit: base[unit]):
        slots[next(free)] = unit
    return [slots[slot] for slot in sorted(slots)]


def together(row: list[str], base: Base, falling: Mapping[str, int], place: int) -> list[str]:
    """Step 4: a tie of others stays together; who stood inside goes ahead, its own tie behind."""
    tie = [unit for unit in row if base[unit] == place and unit not in falling]
    first, last = row.index(tie[0]), row.index(tie[-1])
    inside = [unit for unit in row[first:last] if unit not in tie]
    ahead = [unit for unit in inside if base[unit] != place]
    behind = [unit for unit in inside if base[unit] == place]
    return row[:first] + ahead + tie + behind + row[last + 1 :]


def undemoted_first(row: list[str], base: Base, falling: Mapping[str, int]) -> list[str]:
    """Step 5: undemoted units stand ahead of the first demoted unit they must precede."""
    made: list[str] = []
    for unit in row:
        if unit in falling:
            made += [
                other
                for other in row
                if other not in falling and other not in made and base[other] <= base[unit]
            ]
        if unit not in made:
            made.append(unit)
    return made


def tied(row: list[str], base: Base, falling: Mapping[str, int]) -> list[list[str]]:
    """Step 6: neighbours of one block share the place."""
    sets: list[list[str]] = []
    for unit in row:
        mine = (base[unit], falling.get(unit, 0))
        if sets and (base[sets[-1][0]], falling.get(sets[-1][0], 0)) == mine:
            sets[-1].append(unit)
        else:
            sets.append([unit])
    return sets
