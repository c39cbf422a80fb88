"""Runs side by side on one cache: what each says is right, whatever the others do to it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from store.trials import Trials


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_runs_on_one_cache_get_nothing_wrong(tmp_path: Path) -> None:
    trials = Trials(tmp_path / "trials", seed=2611, variants=3)
    trials.make(40, width=4)
    assert trials.wrong == []
    assert trials.runs == 40
