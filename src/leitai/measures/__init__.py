"""Measures: how facts become points, one file a kind; this folder is their registry (rules §4)."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from leitai.measures.kind import Measure


def _found() -> dict[str, Measure]:
    """Every MEASURE in this folder, by kind."""
    modules = (import_module(f"{__name__}.{one.name}") for one in iter_modules(__path__))
    measures = [module.MEASURE for module in modules if hasattr(module, "MEASURE")]
    return {one.kind: one for one in measures}


MEASURES = _found()
