"""Edits of texts between two runs, carried over to what was linked, so that a check of few files links nothing anew.

``likeness`` tells the edit that made one version of a file of another, ``reworded`` what of a text changed, and
``moves`` where the rest of the file stands since. ``refusals`` keep back what linking may decide otherwise, by the
``traits`` of a wording among others, and ``carrying`` puts new wordings in the place of old ones.
"""
