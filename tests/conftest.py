"""What every test may rely on: how many examples hypothesis tries, where published results lie."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile(
    "leitai",
    max_examples=int(os.environ.get("LEITAI_EXAMPLES", "100")),
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    print_blob=True,
)
settings.load_profile("leitai")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of published results to reproduce; the test is skipped where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("../shared/data is absent: published results cannot be compared")
    return folder
