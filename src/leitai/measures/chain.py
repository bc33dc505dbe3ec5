"""chain 组合: parts with marks of their own, the later ones only after full ones (rules §4)."""

from __future__ import annotations

from dataclasses import dataclass

from leitai.measures.kind import Label, Measure
from leitai.scheme.document import Node
from leitai.scheme.readers import as_it_stands, one_of
from leitai.scheme.settings import list_of, setting


@dataclass(frozen=True)
class Chain:
    """Parts, each a measure with its own full marks; read by `measures.bind`."""

    parts: tuple[Node, ...] = setting(list_of(as_it_stands))
    then: str = setting(one_of("if_full", "always"), "if_full")


MEASURE = Measure(
    kind="chain",
    settings=Chain,
    in_chain=False,
    labels={
        "parts": Label("各部分", form="list", parts={"full": Label("满分")}, measure=True),
        "then": Label("后面各部分", {"if_full": "前面满分才计", "always": "一律计"}),
    },
    words={
        "zh": {
            "name": "组合法",
            "reason": "第{part}部分：",
            "closed": "第{part}部分：前面的部分未得满分，不计分",
        },
        "en": {
            "name": "chain",
            "reason": "part {part}: ",
            "closed": "part {part}: an earlier part is short of full marks, so it earns nothing",
        },
    },
)
