"""Why the text of a call is not, or not all, in what was read."""

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
