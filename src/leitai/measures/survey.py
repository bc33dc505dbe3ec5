"""survey 满意度: full × score ÷ 100, the score from a survey's answers (rules §4, §7)."""

from __future__ import annotations

from fractions import Fraction

from leitai.columns import Inputs
from leitai.measures.kind import NONE, Label, Measure, Quarrels, Score, Use
from leitai.stats.survey import Survey


def score(_p: Survey, x: Inputs) -> Score:
    """Points of §4."""
    marks = x.fact("score")
    return Score((x.full * marks).over(100), {"score": marks})


def quarrels(p: Survey, _use: Use) -> Quarrels:
    """Scores off 0..100, channel shares that are no whole, hiding what is scored."""
    if not p.scores or any(not 0 <= value <= 100 for value in p.scores.values()):
        yield "answer-off-scale"
    if p.channels is not None and sum(p.channels.values()) != 1:
        yield "channels-not-whole"
    if p.score_from < 1:
        yield "score-from-zero"
    if p.hide_below > p.score_from:
        yield "hidden-but-scored"
    if set(p.scores) & set(p.dont_know):
        yield "answer-scored-and-excluded"


def describe(p: Survey, lang: str) -> dict[str, str]:
    """What stands in for too few answers."""
    zh, en = {
        "exempt": ("不计分，按免于考核折算", "credited as if exempt"),
        "group_mean": ("按同组平均满意度计", "take the group's mean satisfaction"),
        "last_round": ("按上期满意度计", "take last round's satisfaction"),
    }[p.fallback]
    return {"fallback": zh if lang == "zh" else en}


MEASURE = Measure(
    kind="survey",
    settings=Survey,
    needs=lambda _p: ("score",),
    score=score,
    quarrels=quarrels,
    most=lambda p, _use, full: full * max(p.scores.values()) * Fraction(1, 100),
    describe=describe,
    in_chain=False,
    labels={
        "scores": Label("答案分值", form="map"),
        "dont_know": Label("不计答案", form="list"),
        "channels": Label("渠道", NONE, form="map"),
        "hide_below": Label("少于几份不公开"),
        "score_from": Label("几份起计分"),
        "fallback": Label(
            "不足时", {"exempt": "免考核", "group_mean": "同组平均", "last_round": "上期"}
        ),
    },
    words={
        "zh": {
            "name": "满意度调查",
            "rule": "得分＝满分×满意度得分÷100；有效答卷不足{score_from}份的，{fallback}",
            "reason": "满意度{score}分（有效答卷{n}份），得{points}分",
            "group_mean": "有效答卷{n}份{own}，不足{score_from}份，按同组平均满意度{score}分计，"
            "得{points}分",
            "last_round": "有效答卷{n}份{own}，不足{score_from}份，按上期满意度{score}分计，"
            "得{points}分",
        },
        "en": {
            "name": "satisfaction survey",
            "rule": "full × satisfaction ÷ 100; fewer than {score_from} answers {fallback}",
            "reason": "satisfaction {score} ({n} answers): {points} points",
            "group_mean": "{n} answers{own}, fewer than {score_from}: the group mean satisfaction "
            "{score} stands in: {points} points",
            "last_round": "{n} answers{own}, fewer than {score_from}: last round's satisfaction "
            "{score} stands in: {points} points",
        },
    },
)
