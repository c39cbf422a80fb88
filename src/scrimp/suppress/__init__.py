"""Findings that comments hide, and rules about these comments.

``comments`` takes them from the facts of a tree, ``hide`` marks what they hide, and ``judge`` says which of them hide
nothing. Nothing is dropped: a finding that is hidden stays, with who hides it, why, and until when.
"""

from scrimp.suppress.comments import OWN, Comment, comments, hide
from scrimp.suppress.judging import KINDS, Rules, judge

__all__ = ["KINDS", "OWN", "Comment", "Rules", "comments", "hide", "judge"]
