"""Prints what a year came to: the rewards of every unit, the consequences for the last."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import JustifyMethod

from leitai.board import Board
from leitai.cli.screen import out, print_table, print_text, table
from leitai.explain.outcomes import consequence_sentence, relieved_sentence
from leitai.explain.standing import grade_name
from leitai.explain.words import say
from leitai.points import decimal_text, shown
from leitai.scheme.year import Rewards
from leitai.year import CENTS, Outcomes

_REWARDS = ("unit", "grade", "coefficient", "headcount", "amount-of-money")


def print_outcomes(board: Board, groups: Sequence[str], lang: str) -> None:
    """Rewards and consequences of the groups asked for; nothing for rounds that are no year."""
    made, rule = board.outcomes, board.round.scheme.year
    if made is None or rule is None:
        return
    units = [one.unit for group in groups for one in board.members(group)]
    if rule.rewards is not None:
        _print_rewards(board, made, rule.rewards, units, lang)
    if rule.consequences:
        _print_consequences(board, made, units, lang)


def _print_rewards(
    board: Board, made: Outcomes, rule: Rewards, units: Sequence[str], lang: str
) -> None:
    sides: dict[str, JustifyMethod] = {"unit": "left", "grade": "left"}
    printed = table([(say(lang, f"head.{head}"), sides.get(head, "right")) for head in _REWARDS])
    for unit in units:
        reward = made.rewards.get(unit)
        cells = [reward.coefficient, reward.headcount, reward.amount] if reward else ["—"] * 3
        name = board.round.units[unit].name
        printed.add_row(name, grade_name(board, board.results[unit].grade), *cells)
    out.print()
    print_table(say(lang, "outcome.rewards", base=shown(rule.base, 18)), printed)
    total = sum(made.rewards[unit].cents for unit in units if unit in made.rewards)
    print_text(say(lang, "outcome.rewards-total", amount=decimal_text(total, CENTS)))


def _print_consequences(board: Board, made: Outcomes, units: Sequence[str], lang: str) -> None:
    out.print()
    print_text(say(lang, "outcome.consequences"), style="bold cyan")
    lines: list[tuple[str, str]] = []
    for unit in units:
        if unit in made.consequences:
            lines.append((unit, consequence_sentence(board, made.consequences[unit], unit, lang)))
        if unit in made.runs and unit in made.relieved:
            lines.append((unit, relieved_sentence(made, unit, lang)))
    for unit, text in lines:
        name = board.round.units[unit].name
        print_text(say(lang, "outcome.line", unit=name, text=text))
    if not lines:
        print_text(say(lang, "outcome.nobody"))
