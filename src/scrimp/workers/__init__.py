"""Work for processes that can be ended, with the same results for any number of them."""

from __future__ import annotations

from scrimp.workers.answering import Answering
from scrimp.workers.confine import Limits, Lost
from scrimp.workers.crew import Codec, Crew, Meanwhile, usable
from scrimp.workers.memory import give_back

__all__ = ["Answering", "Codec", "Crew", "Limits", "Lost", "Meanwhile", "give_back", "usable"]
