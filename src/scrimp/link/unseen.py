"""Why the text of a call is not, or not all, in what was read, and why its model isn't known for sure."""

from __future__ import annotations

from scrimp.link.calls import Sending
from scrimp.link.calls.sending import MOST_CALLERS


def unseen(sending: Sending, text: str) -> tuple[str, str, str] | None:
    """What a call sends unseen, the reason, and the kind of it (see ``Unresolved``); ``None`` if something is seen.

    ``text`` is how much of its request is known (see ``Request``), ``""`` if the call makes none.
    """
    what = f"{sending.sdk.sdk}.{sending.function}"
    if sending.remote is not None:
        return f"{what} {sending.remote}".rstrip(), "the prompt is kept outside of the repository", "remote"
    if sending.cut:
        return what, f"only the first {MOST_CALLERS} calls of the function around it were followed", "call"
    if text not in ("passthrough", "unknown"):
        return None
    if text == "unknown":
        return what, "its text is not known", "call"
    brought = sorted(name for _, _, name in sending.sent.parameters)
    by = f": {', '.join(brought)}" if brought else ""
    return what, f"its messages come from outside{by}", "call"


def undecided(sending: Sending) -> tuple[str, str, str] | None:
    """A call to one model or another, with the reason and the kind of it; ``None`` if it names one or none."""
    names = sending.models.names
    if not names or (len(names) == 1 and not sending.models.is_open):
        return None
    several = f"its model is one of {', '.join(names)}" if len(names) > 1 else f"its model is {names[0]}"
    other = ", unless something that can't be read names another" if sending.models.is_open else ""
    return f"{sending.sdk.sdk}.{sending.function}", several + other, "model"
