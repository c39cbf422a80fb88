"""The action as a runner sees it; what takes long to make is made once for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Project
from hooks.composite import CompositeAction, Expressions
from hooks.hosted import Hosted
from node import Node

ROOT = Path(__file__).parents[2]


@pytest.fixture
def hosted(project: Project, tmp_path: Path) -> Hosted:
    """A platform's repository, apart from the settings of this machine."""
    return Hosted.made(tmp_path / "hosted")


@pytest.fixture(scope="session")
def action(node: Node, tmp_path_factory: pytest.TempPathFactory) -> CompositeAction:
    """The action of this repository."""
    folder = node.install(Path(__file__).parent / "expressions", tmp_path_factory.mktemp("expressions"))
    return CompositeAction(ROOT, Expressions(node, folder))


@pytest.fixture(scope="session")
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The runner's folder for what lasts as long as a job, the environment with scrimp among it."""
    return tmp_path_factory.mktemp("runner")
