"""Fixes: from findings to changed files, or to a diff of what would change.

``rewrite`` chooses fixes that don't overlap, splices them and verifies each file; ``broken`` tells which prompts they
do more to, once all is linked anew; ``write`` replaces files, all or nothing; ``unified_diff`` shows one. What overlaps
waits for the next pass, which starts from the text that the pass before has made.
"""

from scrimp.fix.prompts import broken, paths_of
from scrimp.fix.rewrite import Outcome, Refusal, rewrite
from scrimp.fix.shift import splice
from scrimp.fix.show import difference, unified_diff
from scrimp.fix.verify import Verify, comment_verifier, verifier
from scrimp.fix.write import FileRefusedError, Rewrite, reread, write

__all__ = [
    "FileRefusedError",
    "Outcome",
    "Refusal",
    "Rewrite",
    "Verify",
    "broken",
    "comment_verifier",
    "difference",
    "paths_of",
    "reread",
    "rewrite",
    "splice",
    "unified_diff",
    "verifier",
    "write",
]
