"""Work spread over processes that can be ended, with the same results in the same order for any number of them."""

from __future__ import annotations

from scrimp.workers.answering import Answering
from scrimp.workers.confine import Limits, Lost
from scrimp.workers.memory import give_back
from scrimp.workers.spread import Codec, Meanwhile, spread, usable

__all__ = ["Answering", "Codec", "Limits", "Lost", "Meanwhile", "give_back", "spread", "usable"]
