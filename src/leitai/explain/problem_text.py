"""Problems as sentences: the place, then what is wrong and what to do."""

from __future__ import annotations

from leitai.explain.words import catalogue, joined, say
from leitai.facts.tables import TABLES
from leitai.problems import Problem

# Their parts stand between "|".
_LISTS = ("columns", "groups", "ids", "items", "known", "levels", "series", "units")
_OF_A_KIND = ("scheme.id-unknown", "workbook.name-unknown", "workbook.name-unclear")


def problem_text(one: Problem, lang: str) -> str:
    """One Problem as a line of text, its place in front."""
    args = {name: _word(one.code, name, value, lang) for name, value in one.args.items()}
    if "quarrel" in one.args:
        args["why"] = say(lang, f"quarrel.{one.args['quarrel']}", **args)
    sentence = say(lang, one.code, **args)
    between = "：" if lang == "zh" else ": "
    return f"{one.where}{between}{sentence}" if one.where else sentence


def _word(code: str, name: str, value: str, lang: str) -> str:
    """An argument that is itself a code, in words; others as they are."""
    words = catalogue(lang)
    if name == "wanted":
        return words.get(f"wanted.{value}", value)
    if name == "column":
        return joined(lang, [_column(part, lang) for part in value.split("|")])
    if name in _LISTS:
        return joined(lang, value.split("|"))
    if name == "kind" and code in _OF_A_KIND:
        return words[f"kind.{value}"]
    if name == "fallback":
        return words[f"fallback.{value}"]
    if name == "reason" and code == "panel.ballot-void":
        return words[f"void.{value}"]
    return value


def _column(name: str, lang: str) -> str:
    """A column as its heading in that language."""
    if lang == "zh":
        for table in TABLES.values():
            for column in table.columns:
                if column.name == name:
                    return column.zh
    return catalogue(lang).get(f"column.{name}", name)
