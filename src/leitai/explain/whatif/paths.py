"""Addresses inside a scheme: indicators.pm25.measure.parts.1.step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leitai.explain.whatif.changes import Setting
from leitai.near import near
from leitai.problems import Problem, problem
from leitai.scheme.document import Plain, entry_names
from leitai.scheme.model import DEFAULT_LEVELS
from leitai.signs import quoted

_LISTED = 12


def with_settings(
    plain: Mapping[str, Plain], settings: list[Setting]
) -> tuple[dict[str, Plain], list[Problem]]:
    """The scheme with other values at some addresses; addresses that lead nowhere as Problems."""
    scheme: Plain = _written_out(plain, settings)
    problems: list[Problem] = []
    for one in settings:
        steps = _steps(scheme, one.path, new=False) or _steps(scheme, one.path, new=True)
        if steps:
            scheme = _put(scheme, steps, one.value)
        else:
            problems.append(_unknown(scheme, one))
    assert isinstance(scheme, dict)
    return scheme, problems


def found_at(plain: Mapping[str, Plain], one: Setting) -> tuple[list[str], Plain | None]:
    """Names of the things on the way to an address, and what is written there (None: nothing)."""
    value: Plain = _written_out(plain, [one])
    steps = _steps(value, one.path, new=False)
    names: list[str] = []
    for step in steps:
        value = _children(value)[step]
        name = value.get("name") if isinstance(value, dict) else None
        names += [name] if isinstance(name, str) else []
    return names, value if steps else None


def _written_out(plain: Mapping[str, Plain], settings: list[Setting]) -> dict[str, Plain]:
    """The scheme with what it leaves to the defaults written down where an address needs it."""
    made = dict(plain)
    begun = {one.path.partition(".")[0] for one in settings}
    if "points" in begun:
        made.setdefault("points", {})
    if "grades" in begun:
        grades = made.get("grades", {})
        assert isinstance(grades, dict)
        made["grades"] = {"levels": _default_levels(), **grades}
    return made


def _default_levels() -> list[Plain]:
    return [
        {
            "id": one.id,
            "name": one.name,
            **{
                end: f"{share * 100}%"
                for end, share in (("top", one.top), ("bottom", one.bottom))
                if share is not None
            },
        }
        for one in DEFAULT_LEVELS
    ]


def _children(value: Plain) -> dict[str, Plain]:
    """What stands inside a value, by its name in an address."""
    if isinstance(value, dict):
        return value
    return {} if isinstance(value, str) else dict(zip(entry_names(value), value, strict=True))


def _steps(value: Plain, path: str, *, new: bool) -> tuple[str, ...]:
    """The names on the way to an address, none where it leads nowhere; ids may hold points.

    With `new` the last may be a key that is not written yet.
    """
    children = _children(value)
    if path in children:
        return (path,)
    for name in sorted((one for one in children if path.startswith(f"{one}.")), key=len)[::-1]:
        rest = _steps(children[name], path[len(name) + 1 :], new=new)
        if rest:
            return (name, *rest)
    return (path,) if new and path and isinstance(value, dict) and "." not in path else ()


def _put(value: Plain, steps: Sequence[str], new: Plain) -> Plain:
    """The value with something else at the end of some steps."""
    if not steps:
        return new
    name, *rest = steps
    if isinstance(value, dict):
        return {**value, name: _put(value.get(name, ""), rest, new)}
    assert isinstance(value, list)
    named = zip(entry_names(value), value, strict=True)
    return [_put(one, rest, new) if called == name else one for called, one in named]


def _unknown(scheme: Plain, one: Setting) -> Problem:
    """The Problem of an address: how far it leads, and what stands there."""
    reached, value, rest = "", scheme, one.path
    while found := [name for name in _children(value) if rest.startswith(f"{name}.")]:
        name = max(found, key=len)
        value, rest = _children(value)[name], rest[len(name) + 1 :]
        reached = f"{reached}.{name}".lstrip(".")
    names = list(_children(value))
    shown = ", ".join(names[:_LISTED]) + (" …" if len(names) > _LISTED else "")
    nearest = near(rest.partition(".")[0], names)
    words = {"path": quoted(one.path), "near": nearest, "reached": reached or "scheme"}
    return problem("whatif.path-unknown", one.where, known=shown or "—", **words)
