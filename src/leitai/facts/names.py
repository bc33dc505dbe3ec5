"""Names and ids of units or indicators: which one a cell means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leitai.signs import alike


@dataclass(frozen=True)
class Names:
    """Names by id (`known`), ids by name (`ids`) and by a name that looks the same (`similar`)."""

    known: Mapping[str, str]
    ids: Mapping[str, tuple[str, ...]]
    similar: Mapping[str, tuple[str, ...]]

    def meant(self, word: str) -> tuple[str, ...]:
        """The ids a cell may mean: one is good, none is unknown, several are ambiguous."""
        if word in self.known:
            return (word,)
        return self.ids.get(word) or self.similar.get(alike(word), ())

    @property
    def words(self) -> list[str]:
        """Every name and id."""
        return [*self.known.values(), *self.known]


def names_of(known: Mapping[str, str]) -> Names:
    """Names from a mapping of ids to names."""
    ids: dict[str, tuple[str, ...]] = {}
    similar: dict[str, tuple[str, ...]] = {}
    for one, name in known.items():
        ids[name] = (*ids.get(name, ()), one)
        for word in dict.fromkeys((alike(name), alike(one))):
            similar[word] = (*similar.get(word, ()), one)
    return Names(known, ids, similar)


def labels(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """What a cell says for each id: the name, or the id itself where the name would not do."""
    names = Counter(name for _, name in pairs)
    ids = {one for one, _ in pairs}
    return {one: one if names[name] > 1 or name in ids else name for one, name in pairs}
