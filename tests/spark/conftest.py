"""Spark for the tests of this folder; each is skipped, saying so, where PySpark or Java is absent."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from leitai.spark.cluster import session
from tests.cli.conftest import leitai as leitai

HERE = Path(__file__).parent


def lacking() -> str:
    """Why nothing here can run, "" where it can."""
    if find_spec("pyspark") is None:
        return "PySpark is absent here: `python3 dev.py test --spark` runs these"
    if shutil.which("java") is None:
        return "Java is absent: Spark needs Java 17 or newer"
    return ""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    why = lacking()
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("default"))  # what others are warned of
            if why:
                item.add_marker(pytest.mark.skip(reason=why))


@pytest.fixture
def spark() -> Iterator[Any]:
    """Spark in this machine."""
    with session() as started:
        yield started
