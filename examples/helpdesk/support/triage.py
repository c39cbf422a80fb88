"""Sorts tickets into queues."""

from openai import OpenAI

client = OpenAI()

QUEUES = ["billing", "delivery", "damage", "booking", "other"]

TRIAGE = """You sort support tickets of a company that rents camping gear into exactly one queue.

billing: charges, refunds, invoices, vouchers
delivery: parcels that are late, lost or sent to the wrong place
damage: gear that arrived broken, or broke on the trip
booking: new, changed or cancelled reservations
other: everything else, and whatever you are not sure about

Answer with one word, the name of the queue."""


def triage(subject: str, body: str) -> str:
    reply = client.chat.completions.create(
        model="gpt-5-mini",
        max_completion_tokens=20,
        messages=[
            {"role": "system", "content": TRIAGE},
            {"role": "user", "content": f"Subject: {subject}\n\n{body}"},
        ],
    )
    queue = reply.choices[0].message.content.strip().lower()
    return queue if queue in QUEUES else "other"
