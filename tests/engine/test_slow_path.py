"""Integer columns and fractions give the same digits, also where columns are too narrow."""

from __future__ import annotations

from pathlib import Path

import pytest

from leitai.cli.files import load_round
from leitai.evaluate import evaluate
from leitai.scoring import work
from leitai.seal.plain import plain_board

ROUND = Path(__file__).parents[2] / "schemes" / "wuqing" / "2019" / "2019Q1"


def test_the_real_sized_round_is_the_same_on_both_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    round_, _ = load_round(ROUND)
    assert round_ is not None
    fast, _ = evaluate(round_)
    monkeypatch.setattr(work, "_sorted", lambda parts, _layout, _scale: ([], list(parts)))
    slow, _ = evaluate(round_)
    assert fast is not None
    assert slow is not None
    assert plain_board(fast) == plain_board(slow)
    evidence = [[one.evidence(i) for i in range(106)] for one in fast.points.worked]
    assert evidence == [[one.evidence(i) for i in range(106)] for one in slow.points.worked]
    cases = [[one.case(i) for i in range(106)] for one in fast.points.worked]
    assert cases == [[one.case(i) for i in range(106)] for one in slow.points.worked]
