"""One wasteful prompt in each host language, and where people write the comment that hides its waste.

In a row ``@C`` stands for the comment's words, and the text of the prompt for ``@T`` as it is, for ``@E`` as a literal
of one line, for ``@2`` and ``@4`` indented; ``@1`` and ``@R`` are its first line and the others.
"""

from __future__ import annotations

import json
from typing import Final, NamedTuple

BLANKS: Final = (
    "Review the change that is given.   \nName each problem once. \t \t\nBe brief about it, and kind."
)
CLEAN: Final = "Review the change that is given.\nName each problem once.\nBe brief about it, and kind."
REASON: Final = "the evaluation was run with it"


class Example(NamedTuple):
    """A file of a language, with the comment in a place where people write it."""

    path: str
    row: str

    def text(self, prompt: str, comment: str) -> str:
        """The file with a prompt and a comment."""
        first, _, rest = prompt.partition("\n")
        row = self.row
        for mark, value in (
            ("@T", prompt),
            ("@E", prompt.replace("\t", "\\t").replace("\n", "\\n")),
            ("@2", _indented(prompt, 2)),
            ("@4", _indented(prompt, 4)),
            ("@1", first),
            ("@R", rest),
            ("@C", comment),
        ):
            row = row.replace(mark, value)
        return _notebook(row) if self.path.endswith(".ipynb") else row


def _indented(text: str, by: int) -> str:
    return "\n".join(" " * by + line for line in text.split("\n"))


def _notebook(code: str) -> str:
    cell = {"cell_type": "code", "source": code.splitlines(keepends=True)}
    return json.dumps({"cells": [cell], "nbformat": 4}, indent=1)


EXAMPLES: Final = tuple(
    Example(*each)
    for each in (
        ("a.py", 'PROMPT = """@T"""  # @C\n'),
        ("a.py", 'PROMPT = """@T"""  # noqa: E501  # @C\n'),
        ("a.py", '# @C\nPROMPT = """@T"""\n'),
        ("a.py", '# @C\n# and more is said here\nPROMPT = """@T"""\n'),
        ("a.py", 'PROMPT = (  # @C\n    """@T"""\n)\n'),
        ("a.py", 'PROMPT = dedent(\n    """@T"""\n)  # @C\n'),
        ("a.py", 'def prompt():\n    # @C\n    return dedent("""@T""")\n'),
        ("a.py", 'PROMPTS = {\n    "one_prompt": """@T""",  # @C\n}\n'),
        ("a.ts", "export const PROMPT = `@T`; // @C\n"),
        ("a.js", "/* @C */\nexport const PROMPT = `@T`;\n"),
        ("a.jsx", "/**\n * @C\n */\nexport const PROMPT = `@T`;\n"),
        ("a.vue", "<script>\n// @C\nconst PROMPT = `@T`\n</script>\n<template></template>\n"),
        ("a.svelte", "<script>\nconst PROMPT = `@T` // @C\n</script>\n"),
        ("a.go", "package a\n\n// @C\nconst Prompt = `@T`\n"),
        ("A.java", 'class A {\n  static final String PROMPT = "@E"; // @C\n}\n'),
        ("A.cs", 'class A {\n  // @C\n  const string Prompt = "@E";\n}\n'),
        ("A.cs", 'class A {\n  // @C\n  const string Prompt = """\n@4\n    """;\n}\n'),
        ("a.rb", '# @C\nPROMPT = "@E"\n'),
        ("a.rb", "PROMPT = <<~TEXT # @C\n@2\nTEXT\n"),
        ("a.php", '<?php\n$prompt = "@E"; # @C\n'),
        ("a.php", "<?php\n$prompt = <<<'TEXT'\n@T\nTEXT; // @C\n"),
        ("a.rs", '// @C\nconst PROMPT: &str = "@E";\n'),
        ("a.ipynb", '# @C\nPROMPT = """@T"""\n'),
        ("a.ipynb", 'PROMPT = """@T"""  # @C\n'),
        ("prompts/a.yaml", "# @C\nsystem: |\n@2\n"),
        ("prompts/a.yaml", "system: |  # @C\n@2\n"),
        ("prompts/a.toml", '# @C\nsystem_prompt = """@T"""\n'),
        ("prompts/a.jsonc", '{\n  // @C\n  "system": "@E"\n}\n'),
        ("prompts/a.j2", "@1{# @C #}\n@R {{ change }}\n"),
        ("prompts/a.hbs", "@1{{!-- @C --}}\n@R {{change}}\n"),
        ("prompts/a.toml", 'system_prompt = """@T"""  # @C\n'),
        ("prompts/a.mustache", "@1{{! @C }}\n@R {{change}}\n"),
        ("a.poml", '<poml>\n<!-- @C -->\n<task whiteSpace="pre">@T</task>\n</poml>\n'),
        ("a.tsx", "const prompt = `@T`; // @C\nexport const A = () => <p>{prompt}</p>;\n"),
        ("a.astro", "---\nconst prompt = `@T`; // @C\n---\n<p/>\n"),
        ("prompts/a.md", "---\nname: review\n# @C\n---\n@T\n"),
        ("AGENTS.md", "---\nname: review\n# @C\n---\n@T\n"),
        ("a.prompty", "---\nname: review\n# @C\n---\nsystem:\n@T\n"),
        ("a.prompt", "---\nmodel: googleai/gemini-2.5-flash\n# @C\n---\n@T {{change}}\n"),
        (
            "a.baml",
            'function F(x: string) -> string {\n  client "openai/gpt-4o"\n  // @C\n  prompt #"\n@4\n  "#\n}\n',
        ),
        (
            "a.baml",
            'function F(x: string) -> string {\n  client "openai/gpt-4o"\n  prompt #"\n    @1{# @C #}\n@R\n  "#\n}\n',
        ),
    )
)
"""Each has one finding of FMT002, which the comment hides; with ``CLEAN`` there is nothing to hide."""
