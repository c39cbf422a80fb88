"""Puts the passages that were found into an order."""

import json

from openai import OpenAI

client = OpenAI()


def build_prompt(question: str, passages: str) -> str:
    return "\n".join(
        [
            "You rank passages of help pages by how well they answer a question.",
            "A passage that answers it in full comes first, one that only mentions the topic last.",
            "Passages that have nothing to do with the question are left out.",
            'Answer with JSON: {"order": [numbers of the passages, best first]}.',
            f"Question: {question}",
            "Passages, numbered:",
            passages,
        ]
    )


def rank(question: str, passages: str) -> list[int]:
    reply = client.responses.create(
        model="gpt-5-nano",
        input=build_prompt(question, passages),
        max_output_tokens=120,
    )
    return json.loads(reply.output_text)["order"]
