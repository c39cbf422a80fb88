"""What kind of text a text is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrimp.tokens.kinds import Kind, kind_of

PROSE = "You are a careful assistant. Answer in one sentence, and cite the passage that you used."


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", Kind.PROSE),
        (PROSE, Kind.PROSE),
        (PROSE + " “Yes” – no… 🙂 → café", Kind.PROSE),
        ("- **Never** guess.\n- Say so instead, and ask the user for what is missing.", Kind.PROSE),
        ("def total(items):\n    return sum(item.price for item in items)", Kind.CODE),
        ("<div class='card'><a href='/x'>Home</a></div>", Kind.CODE),
        ('{"name": "Ada", "born": 1815, "tags": ["math", "poetry"]}', Kind.JSON),
        ('{\n  "street" : "Long Road",\n  "city" : "Utrecht"\n}', Kind.JSON),
        ("Du bist ein sorgfältiger Assistent. Antworte in einem Satz und füge die Quelle an.", Kind.LATIN),
        ("Bạn là một trợ lý cẩn thận. Hãy trả lời bằng một câu.", Kind.LATIN),
        ("Anda adalah asisten yang teliti. Jawab dengan satu kalimat.", Kind.LATIN),
        ("Je bent een zorgvuldige assistent. Antwoord met een zin van ten hoogste tien woorden.", Kind.LATIN),
        ("Svar med en setning og ikke gjett om du ikke vet det.", Kind.LATIN),
        ("Sei un assistente attento. Rispondi con una frase che non superi il limite.", Kind.LATIN),
        ("Save file. Delete item. Rename folder. Copy link.", Kind.PROSE),
        ("Visit Las Vegas, Los Angeles and La Jolla with the whole family.", Kind.PROSE),
        ("The die is cast on the den of the man who was met by him.", Kind.PROSE),
        (
            "Translate the text into German, e.g. 'der Hund und die Katze', and say which word you were unsure of.",
            Kind.PROSE,
        ),
        ("Ты внимательный помощник. Отвечай одним предложением.", Kind.NON_LATIN),
        ("你是一个细心的助手。请用一句话回答。", Kind.NON_LATIN),
        ("أنت مساعد دقيق. أجب بجملة واحدة.", Kind.NON_LATIN),
        ('{"имя": "Ада", "город": "Лондон"}', Kind.NON_LATIN),
    ],
)
def test_a_texts_kind_is_told_from_its_characters(text: str, kind: Kind) -> None:
    assert kind_of(text) is kind


@given(st.text())
def test_every_text_has_a_kind(text: str) -> None:
    assert kind_of(text) in Kind
