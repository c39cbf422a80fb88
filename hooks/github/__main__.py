"""The one step of the GitHub Action: find what to compare with, let scrimp judge, and hand on what it says.

It needs Python 3.11 and git, and imports nothing but the standard library and its neighbours: it is run as
``python3 -I FOLDER``, so that no file of the repository that is judged can take the place of a module.
"""

from __future__ import annotations

import os
import sys
import traceback

import judge
import outputs
from problem import Problem, annotation
from settings import TOKEN, Settings

INTERNAL_ERROR = 3


def main() -> int:
    """The exit code of the step: scrimp's own, or 2 where it could not even be asked, and 3 for a bug."""
    try:
        settings = Settings.of(os.environ)
        os.environ.pop(TOKEN, None)  # programs that are started from here get it only where they need it
        return judge.run(settings)
    except Problem as problem:
        print(problem.command, flush=True)
        code = problem.code
    except Exception:  # noqa: BLE001  whatever it is, Python's own exit code 1 would say that a budget is broken
        print(annotation("error", f"this is a bug in scrimp's action:\n{traceback.format_exc()}"), flush=True)
        code = INTERNAL_ERROR
    outputs.write(outputs.NOTHING_JUDGED, os.environ)
    return code


if __name__ == "__main__":
    sys.exit(main())
