"""Fixes: from findings to changed files, or to a diff of what would change.

``rewrite`` chooses fixes that don't overlap, splices them and verifies each file; ``write`` replaces one
file, all or nothing; ``unified_diff`` shows it. What overlaps waits for the next pass, which starts from a
fresh scan.
"""

from scrimp.fix.rewrite import Outcome, Refusal, Rewrite, rewrite
from scrimp.fix.show import unified_diff
from scrimp.fix.verify import Verify, verifier
from scrimp.fix.write import FileRefusedError, reread, write

__all__ = [
    "FileRefusedError",
    "Outcome",
    "Refusal",
    "Rewrite",
    "Verify",
    "reread",
    "rewrite",
    "unified_diff",
    "verifier",
    "write",
]
