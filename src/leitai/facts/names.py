"""Names and ids of units or indicators: which one a cell means."""

from __future__ import annotations

from collections.abc import Mapping
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
