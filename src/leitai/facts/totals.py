"""Rows of totals that were pasted along with the facts."""

from __future__ import annotations

from functools import lru_cache

from leitai.signs import REMEMBERED, half_width

_CHINESE = "合计 总计 小计 共计 累计 总和 汇总 平均 平均值 平均数 平均分 均值 合计数 总数"
_ENGLISH = "total totals subtotal subtotals grandtotal sum average avg mean"
_WORDS = frozenset(_CHINESE.split() + _ENGLISH.split())
_ENDINGS = ("合计", "总计", "小计", "共计")


@lru_cache(maxsize=REMEMBERED)
def is_total(cell: str, *, by_ending: bool = True) -> bool:
    """Whether a cell in place of a unit's name heads a row of totals: 合计, 镇街小计, Total.

    Without `by_ending` only the words themselves do: an indicator may be called 信访量合计.
    """
    word = "".join(half_width(cell).casefold().split()).strip(":-=")
    return word in _WORDS or (by_ending and word.endswith(_ENDINGS))
