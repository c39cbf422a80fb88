"""Answers customers with the help pages that search found."""

from anthropic import Anthropic
from support.tone import HOUSE_STYLE

client = Anthropic()

ANSWER = (
    """You answer customers of Northwind, a company that rents camping gear.

Use only the help articles below. If they don't hold the answer, say so and offer to hand over to a person.

# What you may promise
- Refunds within 14 days of the return, to the card that was charged.
- A replacement by express if gear arrives damaged and the customer sends a photo.
- Nothing else. Discounts, free days and upgrades are decided by a person.

# How to answer
1. Answer the question in the first sentence.
2. Give the steps, one a line, with the names of buttons as they stand on the page.
3. Link the article that you used, once, at the end.

"""
    + HOUSE_STYLE
)


def answer(question: str, articles: str, customer: str) -> str:
    reply = client.messages.create(
        model="claude-sonnet-4-5",
        max_tokens=600,
        system=ANSWER,
        messages=[
            {
                "role": "user",
                "content": f"Help articles:\n{articles}\n\nCustomer: {customer}\nQuestion: {question}",
            }
        ],
    )
    return reply.content[0].text
