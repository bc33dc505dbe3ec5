"""Settings written in the notation of the indicator workbook: 完成率法；保底 40%；封顶 105%."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leitai.measures import MEASURES
from leitai.measures.kind import Label
from leitai.scheme.document import Plain
from leitai.workbook.quoting import in_notation

Labels = Mapping[str, Label]
NOTHING = "无"


def measure_text(plain: Plain, more: Labels | None = None) -> str:
    """A measure with its settings; `more` are settings it has besides, as a part of a chain."""
    assert isinstance(plain, Mapping)
    measure = MEASURES[str(plain["kind"])]
    settings = {key: one for key, one in plain.items() if key != "kind"}
    labels = {**measure.labels, **(more or {})}
    return "；".join([measure.words["zh"]["name"], *_clauses(settings, labels)])


def settings_text(plain: Plain, labels: Labels) -> str:
    """Settings, parted by semicolons."""
    assert isinstance(plain, Mapping)
    return "；".join(_clauses(plain, labels))


def value_text(plain: Plain, label: Label) -> str:
    """What stands behind the name of a setting."""
    if label.measure or label.parts:
        several = [plain] if label.form == "one" else plain
        return "".join(f"（{_nested(one, label)}）" for one in several) or NOTHING
    if isinstance(plain, Mapping):
        pairs = (f"{in_notation(key)} {_word(one)}" for key, one in plain.items())
        return "、".join(pairs) or NOTHING
    if isinstance(plain, str):
        return label.words.get(plain) or _word(plain, tuple(label.words.values()))
    return "、".join(_word(one) for one in plain) or NOTHING


def _clauses(settings: Mapping[str, Plain], labels: Labels) -> list[str]:
    named = ((labels[key], one) for key, one in settings.items())
    pairs = ((label, value_text(one, label)) for label, one in named)
    return [f"{label.name}{'' if text[0] == '（' else ' '}{text}" for label, text in pairs]


def _nested(plain: Plain, label: Label) -> str:
    return measure_text(plain, label.parts) if label.measure else settings_text(plain, label.parts)


def _word(plain: Plain, taken: Sequence[str] = ()) -> str:
    """A text as a word that none of the notation's own words is."""
    assert isinstance(plain, str)
    own = plain == NOTHING or plain in taken
    return f'"{plain}"' if own else in_notation(plain)
