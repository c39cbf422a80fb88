"""The calls of a tree that send text to models, by the patterns of known SDKs.

``patterns`` holds these by name, ``candidates`` are the calls that may fit one, ``matching`` finds the one that fits,
``arguments`` and ``contents`` read what the call is given, ``passed`` sees callees that are handed to other functions,
``declared`` sees decorators and derived classes, ``parts`` joins what goes out with another call, ``models`` and
``naming`` tell which models it may go to, and ``finding`` puts it together and follows wrappers to their ``callers``.
"""

from scrimp.link.calls.finding import Calls
from scrimp.link.calls.sending import Match, Part, Sending, Sent, Site

__all__ = ["Calls", "Match", "Part", "Sending", "Sent", "Site"]
