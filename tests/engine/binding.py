"""One indicator bound to a measure, on sheets of different full marks."""

from __future__ import annotations

from leitai.bind import Bound, bind
from leitai.problems import Problem
from leitai.scheme.document import parse
from leitai.scheme.model import Scheme
from leitai.scheme.read import scheme_from

LOWER = "lower_is_better"
SCHEME = """
scheme: small
version: "1"
name: 小方案
items: {work: {name: 工作}}
indicators:
  - id: done
    name: 完成量
    item: work
    direction: DIRECTION
    unit_of_measure: 吨
    measure: {SETTINGS}
sheets: {SHEETS}
series: [SERIES]
"""


def bound(
    settings: str, direction: str = "higher_is_better", marks: tuple[str, ...] = ("20",)
) -> tuple[Bound | None, list[Problem], Scheme]:
    """The indicator, what is refused of its measure, and the scheme it stands in."""
    sheets = ", ".join(f"sheet{at}: {{done: '{full}'}}" for at, full in enumerate(marks))
    series = [f"{{id: s{at}, name: 系列{at}, sheet: sheet{at}}}" for at in range(len(marks))]
    text = SCHEME.replace("DIRECTION", direction).replace("SETTINGS", settings)
    text = text.replace("SHEETS", sheets).replace("SERIES", ", ".join(series))
    root, unread = parse(text, "scheme.yaml")
    assert root is not None, unread
    scheme, refused = scheme_from(root)
    assert scheme is not None, refused
    bindings, problems = bind(scheme)
    return bindings.get("done"), problems, scheme


def quarrels(settings: str, direction: str = "higher_is_better") -> list[str]:
    """What is refused of a measure with 20 and with 10 full marks, as codes."""
    _, problems, _ = bound(settings, direction, ("20", "10"))
    return [one.args.get("quarrel", one.code) for one in problems]
