"""A project in a folder of its own, and scrimp's command line run in it as a shell would run it.

The example call is priced so that cents are by hand: a text's words are its tokens, a million input tokens cost
$1, a million output tokens $10, and a call is made a million times a month. So one input token a call is $1 a
month, and one output token $10.
"""

from __future__ import annotations

import gc
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tree.repository import Repository

from scrimp import cli

EIGHT = "one two three four five six seven eight"
"""Eight words and, in the vocabulary of gpt-4o, eight tokens."""
SAY_WHETHER_IT_LINKED = """
import atexit, sys
atexit.register(lambda: print("linked:", "scrimp.link.assemble" in sys.modules, file=sys.stderr))
"""
"""Python statements, after which a process tells at its end whether it linked a tree."""
PRICED = """\
prices: {gpt-4o: {input: 1.00, output: 10.00}}
prompts:
  - match: "**"
    calls_per_month: 1_000_000
    output_tokens: 100
    variables: {question: 40}
"""


def call(system: str = EIGHT, user: str = "{question}", model: str = "gpt-4o", more: str = "") -> str:
    """A module whose one call sends a system prompt and a user template; ``more`` are further arguments."""
    return f'''\
from openai import OpenAI

SYSTEM = """{system}"""
USER = "{user} nine ten eleven twelve"


def answer(question):
    return OpenAI().chat.completions.create(
        model="{model}",
        messages=[
            {{"role": "system", "content": SYSTEM}},
            {{"role": "user", "content": USER.format(question=question)}},
        ],{more}
    )
'''


@dataclass(frozen=True)
class Outcome:
    """What a run left: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The JSON that was printed, valid by the schema that is shipped."""
        return valid(self.out)


def valid(text: str) -> Any:
    """A JSON report, validated against the schema that is shipped."""
    document = json.loads(text)
    _validator().validate(document)
    return document


@cache
def _validator() -> Draft202012Validator:
    schema = files("scrimp.reporters").joinpath("scrimp-1.schema.json").read_text("utf-8")
    return Draft202012Validator(json.loads(schema))


class Project(Repository):
    """A folder to run scrimp in."""

    def scrimp(self, *arguments: str, stdin: bytes = b"") -> Outcome:
        """Run the command line in this process, in the project's folder."""
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
        thresholds = gc.get_threshold()
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.root)
            patch.setattr(sys, "argv", ["scrimp", *arguments])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            try:
                with pytest.raises(SystemExit) as caught:
                    cli.run()
            finally:
                gc.set_threshold(*thresholds)
        return Outcome(int(caught.value.code or 0), _written(out), _written(err))

    def report(self, *arguments: str, code: int = 0) -> Any:
        """The JSON document of a run that must end with an exit code."""
        outcome = self.scrimp(*arguments, "--format", "json")
        assert outcome.code == code, outcome.out + outcome.err
        return outcome.document

    def shell(self, *arguments: str, python: str = "", stdin: bytes = b"", **environment: str) -> Outcome:
        """Run the command line in a process of its own, after some Python statements."""
        program = f"{python}\nfrom scrimp.cli import run\nrun()"
        done = subprocess.run(
            [sys.executable, "-P", "-c", program, *arguments],  # -P as for an installed script
            cwd=self.root,
            input=stdin,
            capture_output=True,
            env={**os.environ, **environment},
            check=False,
        )
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())

    def text(self, path: str) -> str:
        """What a file holds."""
        return (self.root / path).read_bytes().decode()


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()
