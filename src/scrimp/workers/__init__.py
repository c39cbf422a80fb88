"""Work spread over processes, with the same results in the same order for any number of them."""

from __future__ import annotations

from scrimp.workers.spread import Codec, spread, usable

__all__ = ["Codec", "spread", "usable"]
