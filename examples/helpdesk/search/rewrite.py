"""Turns a customer's question into queries."""

from pathlib import Path

from google import genai
from jinja2 import Template

client = genai.Client()
TEMPLATE = Template((Path(__file__).parent / "prompts" / "rewrite.jinja").read_text())


def rewrite(question: str, language: str) -> list[str]:
    reply = client.models.generate_content(
        model="gemini-2.5-flash",
        contents=TEMPLATE.render(question=question, language=language),
    )
    return reply.text.splitlines()
