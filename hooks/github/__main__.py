"""The one step of the GitHub Action: find what to compare with, let scrimp judge, and hand on what it says.

It needs Python 3.11 and git, and imports nothing but the standard library and its neighbours: it is run as
``python3 -I FOLDER``, so that no file of the repository that is judged can take the place of a module.
"""

from __future__ import annotations

import os
import sys

import judge
import outputs
from problem import Problem
from settings import TOKEN, Settings


def main() -> int:
    """The exit code of the step: scrimp's own, or 2 where it could not even be asked."""
    try:
        settings = Settings.of(os.environ)
        os.environ.pop(
            TOKEN, None
        )  # no program that is started from here gets it, but for those it is meant for
        return judge.run(settings)
    except Problem as problem:
        print(problem.command, flush=True)
        outputs.write(outputs.NOTHING_JUDGED, os.environ)
        return problem.code


if __name__ == "__main__":
    sys.exit(main())
