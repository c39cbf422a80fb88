"""Tokens and costs of what was linked: ``sizes`` counts, ``costs`` prices, ``measurement`` puts both together."""

from scrimp.measure.measurement import DEFAULT_CALLS, DEFAULT_MODEL, DEFAULT_OUTPUT, Measurement
from scrimp.measure.sizes import Size, Sizer, followed_by

__all__ = ["DEFAULT_CALLS", "DEFAULT_MODEL", "DEFAULT_OUTPUT", "Measurement", "Size", "Sizer", "followed_by"]
