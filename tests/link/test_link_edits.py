"""Edits carried over to what was linked give what linking anew gives, or are refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import dedent

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from readers_examples import read

from scrimp.link import link
from scrimp.link.edits.carrying import carried
from scrimp.link.edits.likeness import edit
from scrimp.link.edits.moves import UncarriedError
from scrimp.model.prompts import Linked
from scrimp.model.segments import (
    BranchSegment,
    InlineSegment,
    LoopSegment,
    MemberSegment,
    Segment,
    TextSegment,
)

APP = '''
    from openai import OpenAI
    from prompts import RULES, SYSTEM

    client = OpenAI()
    ASK = "Please answer the following question of the user: {question}"

    def answer(question):
        """Answer one question."""
        return client.chat.completions.create(
            model="gpt-4o",
            messages=[
                {"role": "system", "content": SYSTEM + RULES},
                {"role": "user", "content": ASK.format(question=question)},
            ],
        )
    '''
PROMPTS = '''
    from textwrap import dedent

    SYSTEM = """You are a careful clerk of a small library.
    You know each of its books, and you like to talk of them."""

    RULES = dedent("""
        Follow these rules in all that you say:
        never tell the end of a story, and mention the author of each book.
        """)

    INDENTED = """
        You read what people write to the library, and mark
        every word of it that you find hard to understand.
        """

    NAMED = "You are {NAME} and help people to find a book.".replace("NAME", "Anna")
    '''


@dataclass(frozen=True)
class Tree:
    """Files by path, and what is linked of them."""

    files: dict[str, str]

    @classmethod
    def of(cls, files: dict[str, str]) -> Tree:
        return cls({path: dedent(text) for path, text in files.items()})

    def linked(self) -> Linked:
        return link({path: read(path, text) for path, text in self.files.items()})

    def edited(self, path: str, before: str, after: str) -> Tree:
        assert self.files[path].count(before) == 1
        return self.put(path, self.files[path].replace(before, after))

    def put(self, path: str, text: str) -> Tree:
        return Tree({**self.files, path: text})

    def carried(self, other: Tree) -> Linked:
        """What is linked of this tree with the edits that make the other one of it."""
        changed = [path for path, text in self.files.items() if other.files[path] != text]
        edits = {
            path: edit(path, read(path, self.files[path]), read(path, other.files[path])) for path in changed
        }
        linked = self.linked()
        return carried(linked, msgspec.msgpack.encode(linked), edits)


ANSWERS = '''
    from pydantic import BaseModel, Field

    class Author(BaseModel):
        """Somebody who wrote a book."""
        name: str = Field(description="The name as it stands on the cover of the book")

    class Book(BaseModel):
        """A book of the library, as it is told of."""
        title: str = Field(description="The title of the book without what follows its colon")
        author: Author

    agent = Agent(output_type=Book)
    '''
LIBRARY = Tree.of({"app.py": APP, "prompts.py": PROMPTS, "answers.py": ANSWERS})


def told(linked: Linked) -> tuple[object, ...]:
    """A linked tree without the lines that evidence names."""
    prompts = [
        replace(each, segments=_whole(each.segments), evidence=(), samples=()) for each in linked.prompts
    ]
    return prompts, linked.requests, [replace(each, evidence="") for each in linked.payloads]


def _whole(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Segments whose texts tell of each character where it was written, however that is kept."""
    return tuple(map(_told, segments))


def _told(segment: Segment) -> Segment:
    match segment:
        case TextSegment():
            return replace(segment, pieces=tuple(_characters(segment)))
        case InlineSegment() | LoopSegment() | MemberSegment():
            return replace(segment, body=_whole(segment.body))
        case BranchSegment():
            return replace(segment, alternatives=tuple(map(_whole, segment.alternatives)))
    return segment


def _characters(segment: TextSegment) -> Iterator[tuple[int, int, int, int]]:
    for start, end, written, written_end in segment.pieces:
        if end - start == written_end - written:
            yield from (
                (at, at + 1, written + at - start, written + at - start + 1) for at in range(start, end)
            )
        else:
            yield start, end, written, written_end


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("prompts.py", "careful clerk", "careful and very friendly clerk"),
        ("answers.py", "without what", "and the subtitle, without anything of what"),
        ("answers.py", "Somebody who wrote", "Someone that wrote"),
        ("prompts.py", "careful clerk", "clerk"),
        ("prompts.py", "books, and", "books.\nYou have read them all, and"),
        ("prompts.py", "never tell", "never ever tell"),
        ("prompts.py", "every word", "every\n        single word"),
        ("app.py", "Please answer the", "Answer, in two sentences, the"),
        ("prompts.py", "talk of them.", "talk of them. Never lie."),
        ("prompts.py", "You are a", "Listen: you are a"),
        ("prompts.py", "Follow these", "Please follow these"),
        ("app.py", "from openai", "# All calls of the library.\nfrom openai"),
        ("app.py", "Answer one question.", "Answer one question of a user."),
    ],
)
def test_what_is_carried_over_is_what_linking_anew_gives(path: str, before: str, after: str) -> None:
    edited = LIBRARY.edited(path, before, after)
    assert told(LIBRARY.carried(edited)) == told(edited.linked())


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        pytest.param("prompts.py", "careful clerk", "careful {role}", id="a new placeholder"),
        pytest.param("app.py", "{question}", "{questions}", id="another placeholder"),
        pytest.param("app.py", '"gpt-4o"', '"gpt-4o-mini"', id="another model"),
        pytest.param("app.py", "SYSTEM + RULES", "RULES + SYSTEM", id="another order"),
        pytest.param("prompts.py", "never tell", "NAME never tell", id="a text that code replaces"),
        pytest.param("prompts.py", "in all", "\nin all", id="a line of an indented text"),
        pytest.param("prompts.py", "of them.", "of them. ", id="white space at the end"),
        pytest.param("app.py", "def answer(question):", "def answer(question, more):", id="a parameter"),
        pytest.param("app.py", "following question", "", id="what may be too short"),
    ],
)
def test_more_than_wording_is_refused(path: str, before: str, after: str) -> None:
    edited = LIBRARY.edited(path, before, after)
    if path == "app.py" and not after:
        edited = LIBRARY.edited(
            path, "Please answer the following question of the user: {question}", "{question}"
        )
    with pytest.raises(UncarriedError):
        LIBRARY.carried(edited)


def test_edits_of_several_files_are_carried_over_together() -> None:
    edited = LIBRARY.edited("app.py", "Please answer", "Please do answer").edited(
        "prompts.py", "small library", "very small library"
    )
    assert told(LIBRARY.carried(edited)) == told(edited.linked())


def test_what_moves_into_another_arm_is_refused() -> None:
    tree = Tree.of(
        {
            "app.py": """
                from openai import OpenAI

                def ask(brief):
                    rules = "Answer all that you are asked in full."
                    if brief:
                        tone = "Speak as friendly as you can to them."
                        rules = "Answer in a few words, and no more."
                    else:
                        print(brief)
                    OpenAI().responses.create(model="gpt-4o", instructions=rules, input=tone)
                """
        }
    )
    text = tree.files["app.py"]
    line = next(each for each in text.splitlines(keepends=True) if "few words" in each)
    moved = tree.put(
        "app.py", text.replace(line, "").replace("        print(brief)\n", f"        print(brief)\n{line}")
    )
    with pytest.raises(UncarriedError):
        tree.carried(moved)


def test_a_copy_that_is_no_prompt_is_refused() -> None:
    tree = Tree.of(
        {
            "app.py": """
                from enum import Enum
                from openai import OpenAI
                from pydantic import BaseModel

                class Tone(str, Enum):
                    WARM = "warm and friendly as if to a good old friend"
                    COOL = "cool and distant as if to a complete stranger"

                class Letter(BaseModel):
                    tone: Tone

                OpenAI().beta.chat.completions.parse(
                    model="gpt-4o",
                    messages=[{"role": "user", "content": "Which tone does the letter have that follows here?"}],
                    response_format=Letter,
                )
                """
        }
    )
    with pytest.raises(UncarriedError):
        tree.carried(tree.edited("app.py", "good old friend", "good old and dear friend"))


TEXTS = (
    'SYSTEM = """{}"""\n',
    'SYSTEM = f"""{}{{name}} you are. And now some more words."""\n',
    'SYSTEM = dedent("""\n    {}\n    and some more words\n    """)\n',
    'SYSTEM = "{}".strip()\n',
    'SYSTEM = ("{}"\n    " and some more words of it")\n',
    'SYSTEM = "Speak to {{name}} now: {} and so on".format(name=name)\n',
    'SYSTEM = " ".join(["{}", "and some more words of it"])\n',
    'SYSTEM = "{}".replace("wolf", "sheep")\n',
    'SYSTEM = "Say {{{{ to }}}} open: {} and so on".format(name=name)\n',
)
CALL = """
from textwrap import dedent
from openai import OpenAI
{}
OpenAI().chat.completions.create(model="gpt-4o", messages=[{{"role": "system", "content": SYSTEM}}])
"""
WORDS = st.lists(
    st.sampled_from(
        ["you", "are", "a", "wolf", "name", "please", "\\n", "{name}", "{{", "}}", "%s", "the", " "]
    ),
    min_size=4,
    max_size=14,
)


@given(st.sampled_from(TEXTS), WORDS, WORDS, st.data())
def test_whatever_is_edited_is_carried_over_truly_or_refused(
    frame: str, one: list[str], other: list[str], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(one)))
    until = data.draw(st.integers(at, len(one)))
    put = other[: data.draw(st.integers(0, 4))]
    before, after = (" ".join(words) for words in (one, [*one[:at], *put, *one[until:]]))
    old, new = (Tree({"app.py": CALL.format(_framed(frame, text))}) for text in (before, after))
    try:
        found = old.carried(new)
    except UncarriedError:
        return
    assert told(found) == told(new.linked())


def _framed(frame: str, text: str) -> str:
    start, _, end = frame.partition("{}")
    return (
        f"{start}{text}{end}".replace("{{", "{").replace("}}", "}") if 'f"' in frame else start + text + end
    )
