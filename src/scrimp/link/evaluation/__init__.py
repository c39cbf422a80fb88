"""Evaluation: what expressions of the tree come to, as far as they are text, without running anything."""

from __future__ import annotations

from scrimp.link.evaluation.evaluator import Evaluator

__all__ = ["Evaluator"]
