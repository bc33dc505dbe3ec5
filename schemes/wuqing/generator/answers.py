"""The survey as single answers: 540 respondents, each asked about eight departments."""

import itertools
from collections import Counter

STRATA = {"企业": (200, 6000), "群众": (220, 12000), "两代表一委员": (120, 2000)}  # asked, frame
CHANNELS = {"网上问卷": 0.5, "电话访问": 0.3, "实地调查": 0.2}
CELLS = {(s, c): round(STRATA[s][0] * CHANNELS[c]) for s in STRATA for c in CHANNELS}
HAND = 8
LITTLE_KNOWN = {"例经济13局": 20, "例综合11局": 7}  # departments few respondents had dealt with
QUESTIONS = ["服务质量满意度", "办事效率满意度", "服务企业满意度"]
ANSWERS = ["非常满意", "满意", "基本满意", "不满意", "非常不满意", "不了解"]
BOUNDS = [0.72, 0.48, 0.28, 0.14, -9.0]


def hands(dice, names, respondents):
    """Departments dealt from shuffled decks, eight different ones to each respondent."""
    decks = (dice.shuffled(names) for _ in itertools.count())
    dealt = (deck[i : i + HAND] for deck in decks for i in range(0, len(names), HAND))
    return list(itertools.islice(dealt, respondents))


def answer(dice, level):
    if dice.roll() < 0.03:
        return "不了解"
    feeling = 0.30 + 0.55 * level + dice.between(-0.28, 0.28) + dice.between(-0.28, 0.28)
    return next(given for given, bound in zip(ANSWERS, BOUNDS, strict=False) if feeling >= bound)


def dealt(dice, names):
    """The departments asked about in each stratum and channel."""
    known = [name for name in names if name not in LITTLE_KNOWN]
    asked = {cell: hands(dice, known, respondents) for cell, respondents in CELLS.items()}
    for name, few in LITTLE_KNOWN.items():  # one department more for some respondents
        for number, cell in zip(range(few), itertools.cycle(CELLS), strict=False):
            asked[cell][number // len(CELLS)].append(name)
    return asked


def answers(period):
    dice, counts, names = period.dice("survey"), Counter(), period.names("departments")
    for cell, asked in dealt(dice, names).items():
        for name, question in itertools.product(itertools.chain(*asked), QUESTIONS):
            counts[name, question, *cell, answer(dice, period.levels[name])] += 1
    keys = itertools.product(names, QUESTIONS, STRATA, CHANNELS, ANSWERS)
    given = [[*key, counts[key]] for key in keys if counts[key]]
    period.write("answers", "单位 指标 分层 渠道 答案 份数", given)
    period.write("frame", "分层 总数", [[stratum, size] for stratum, (_, size) in STRATA.items()])
