"""Edits of texts between two runs, carried over to what was linked, so that a check of few files links nothing anew.

``likeness`` tells the edit that made one version of a file of another, ``moves`` where the rest of the file stands
since, ``traits`` what linking makes of a wording, and ``carrying`` puts new wordings in the place of old ones.
"""
