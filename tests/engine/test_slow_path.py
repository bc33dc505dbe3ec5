"""Integer columns and fractions give the same digits, also where columns are too narrow."""

from __future__ import annotations

from pathlib import Path

import pytest

from leitai.cli.round_folder import load_round
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
    for one, other in zip(fast.points.worked, slow.points.worked, strict=True):
        for index in one.points.is_not_null().arg_true():
            assert one.evidence(index) == other.evidence(index)
            assert one.case(index) == other.case(index)
            assert one.held(index) == other.held(index)
