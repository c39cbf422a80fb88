"""Files that hold one prompt each: every host language, format and template language, and how text is written in it.

What a host says is independent of scrimp's readers: where its prompt begins and ends in the file, and how a
character, a line end and a hole are spelled there.
"""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from ruamel.yaml import YAML

Line: TypeAlias = Sequence[str | tuple[str]]
"""Texts, and holes as tuples of their name."""

BACKSLASHED = {"\\": "\\\\", '"': '\\"'}
BRACED = {"{": "{{", "}": "}}"}
HARMLESS = {"{": "(", "}": ")", "%": "&", "$": "&", "<": "(", ">": ")", "#": "&"}
"""For template languages without an escape that all of them know."""


@dataclass(frozen=True)
class Host:
    """``head`` and ``tail`` are the file around the prompt's text, with all that quotes it.

    ``hole`` is how the hole ``NAME`` is written; ``spelled`` are characters that are written otherwise, and ``also``
    ways that some may be written besides. Lines are parted by ``between``, which may hold a margin. What stands
    ``around`` them belongs to the prompt's text, too.
    """

    path: str
    head: str
    tail: str
    hole: str = ""
    spelled: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[str, str] = field(default_factory=dict)
    between: str = "\n"
    around: tuple[str, str] = ("", "")
    parses: Callable[[str], object] = str

    def line(self, line: Line, *, otherwise: bool = False) -> str:
        """A line of the prompt as it is written here."""
        table = str.maketrans({**self.spelled, **(self.also if otherwise else {})})
        return "".join(
            part.translate(table) if isinstance(part, str) else self.hole.replace("NAME", part[0])
            for part in line
        )

    def body(self, lines: Sequence[Line], *, otherwise: bool = False) -> str:
        """The prompt as it is written here."""
        first, last = self.around
        return first + self.between.join(self.line(line, otherwise=otherwise) for line in lines) + last

    def holes(self, body: str) -> list[str]:
        """The holes of a body, in order."""
        if not self.hole:
            return []
        return re.findall(re.escape(self.hole).replace("NAME", r"\w+"), body)


def _python(code: str) -> object:
    return ast.parse(code.removeprefix("\ufeff"))


def _json(text: str) -> object:
    return json.loads(text.removeprefix("\ufeff"), strict=False)


def _yaml(text: str) -> object:
    return YAML(typ="safe", pure=True).load(text.removeprefix("\ufeff"))


def _toml(text: str) -> object:
    return tomllib.loads(text.removeprefix("\ufeff"))


QUOTED = {**BACKSLASHED, "\t": "\\t"}
UNICODE = {"é": "\\u00e9", "“": "\\u201c"}
TRIPLE = {"\\": "\\\\", '"': "'"}
CALL = "OpenAI().chat.completions.create(model='gpt-4o', messages=[{'role': 'system', 'content': %s}])\n"
PY = "from openai import OpenAI\n\nlog = 'done  \\n'\n"
PYTHON = {
    "python triple": Host("a.py", PY + 'PROMPT = """', '"""\n' + CALL % "PROMPT", "", TRIPLE, UNICODE, parses=_python),
    "python f": Host("a.py", PY + 'PROMPT = f"""', '"""\n' + CALL % "PROMPT", "{NAME}", {**TRIPLE, **BRACED}, UNICODE, parses=_python),
    "python f with formats": Host("a.py", PY + "PROMPT = F'''", "'''\n" + CALL % "PROMPT", "{NAME!r:>10}", {**TRIPLE, **BRACED, "'": '"'}, parses=_python),
    "python raw": Host("a.py", PY + 'PROMPT = r"""', '"""\n' + CALL % "PROMPT", "", {'"': "'"}, around=("", " "), parses=_python),
    "python raw f": Host("a.py", PY + 'PROMPT = rf"""', '"""\n' + CALL % "PROMPT", "{NAME}", {'"': "'", **BRACED}, around=("", " "), parses=_python),
    "python format": Host("a.py", PY + 'PROMPT = """', '"""\n' + CALL % "PROMPT.format(a=a, b=b, c=c)", "{NAME}", {**TRIPLE, **BRACED}, parses=_python),
    "python percent": Host("a.py", PY + 'PROMPT = """', '"""\n' + CALL % "PROMPT % dict(a=a, b=b, c=c)", "%(NAME)s", {**TRIPLE, "%": "%%"}, parses=_python),
    "python dollar": Host("a.py", "from string import Template\n" + PY + 'PROMPT = Template("""', '""")\n' + CALL % "PROMPT.substitute(a=a, b=b, c=c)", "${NAME}", {**TRIPLE, "$": "$$"}, parses=_python),
    "python dedent": Host("a.py", "import textwrap\n" + PY + 'def f(a, b, c):\n    return textwrap.dedent(f"""\\\n        ', '""")\n' + CALL % "f(1, 2, 3)", "{NAME}", {**TRIPLE, **BRACED}, between="\n        ", parses=_python),
    "python indented": Host("a.py", PY + 'def f(a, b, c):\n    prompt = f"""', '"""\n    return ' + CALL % "prompt", "{NAME}", {**TRIPLE, **BRACED}, between="\n        ", around=("\n        ", "\n    "), parses=_python),
    "python in a row": Host("a.py", PY + 'PROMPT = (\n    f"', '"\n)\n' + CALL % "PROMPT", "{NAME}", {**QUOTED, **BRACED}, UNICODE, '\\n"\n    f"', parses=_python),
    "python on one line": Host("a.py", PY + "PROMPT = '", "'\n" + CALL % "PROMPT", "", {"\\": "\\\\", "'": "\\'", "\t": "\\t"}, UNICODE, "\\n", parses=_python),
    "python sum": Host("a.py", PY + 'PROMPT = "', '"\n' + CALL % "PROMPT", "", QUOTED, {}, '\\n" + "', parses=_python),
    "python join": Host("a.py", PY + 'PROMPT = "\\n".join([\n    "', '",\n])\n' + CALL % "PROMPT", "", QUOTED, {}, '",\n    "', parses=_python),
    "python jinja": Host("a.py", "from jinja2 import Template\n" + PY + 'PROMPT = """', '"""\n' + CALL % "Template(PROMPT).render(a=a, b=b, c=c)", "{{ NAME }}", {**TRIPLE, **HARMLESS}, parses=_python),
    "notebook": Host("a.ipynb", '{"cells": [{"cell_type": "code", "source": ["from openai import OpenAI\\n", "PROMPT = f\'\'\'', '\'\'\'\\n", "' + CALL.strip() % "PROMPT" + '"]}], "metadata": {}, "nbformat": 4}', "{NAME}", {"\\": "\\\\\\\\", '"': '\\"', "'": '\\"', "\t": "\\t", **BRACED}, {}, '\\n", "', parses=_json),
}  # fmt: skip

JS_CALL = "new OpenAI().chat.completions.create({model: 'gpt-4o', messages: [{role: 'system', content: prompt}]});\n"
JS = "import OpenAI from 'openai';\nconst log = 'done  \\n';\n"
BACKTICKED = {"\\": "\\\\", "`": "\\`", "$": "\\$"}
JAVASCRIPT = {
    "javascript template": Host("a.js", JS + "const prompt = `", "`;\n" + JS_CALL, "${NAME}", BACKTICKED, UNICODE),
    "javascript on one line": Host("a.mjs", JS + 'const prompt = "', '";\n' + JS_CALL, "", QUOTED, UNICODE, "\\n"),
    "javascript sum": Host("a.js", JS + "const prompt = '", "';\n" + JS_CALL, "", {"\\": "\\\\", "'": "\\'"}, {}, "\\n' +\n  '"),
    "javascript join": Host("a.js", JS + 'const prompt = [\n  "', '",\n].join("\\n");\n' + JS_CALL, "", QUOTED, {}, '",\n  "'),
    "typescript": Host("a.ts", JS + "const prompt: string = `", "`;\n" + JS_CALL, "${NAME}", BACKTICKED),
    "tsx": Host("a.tsx", JS + "const view = <b>two  blanks</b>;\nconst prompt = `", "`;\n" + JS_CALL, "${NAME}", BACKTICKED),
    "vue": Host("a.vue", "<template>\n  <p>two  </p>\n</template>\n<script setup lang=\"ts\">\n" + JS + "const prompt = `", "`;\n" + JS_CALL + "</script>\n", "${NAME}", BACKTICKED),
    "svelte": Host("a.svelte", "<script>\n" + JS + "const prompt = `", "`;\n" + JS_CALL + "</script>\n<p>two  </p>\n", "${NAME}", {**BACKTICKED, "<": "("}),
}  # fmt: skip

GO = 'package a\n\nimport "fmt"\n\nvar log = "done  \\n"\n\n'
GO_TAIL = '\n\nfunc ask(client *openai.Client) {\n\tclient.CreateChatCompletion(ctx, openai.ChatCompletionRequest{Model: "gpt-4o", Messages: []openai.ChatCompletionMessage{{Role: "system", Content: systemPrompt}}})\n}\n'
JAVA = 'package maps;\n\nimport dev.langchain4j.model.openai.OpenAiChatModel;\n\nclass Maps {\n    static final String LOG = "done  \\n";\n    static final String SYSTEM_PROMPT = '
JAVA_TAIL = ';\n    String ask() { return OpenAiChatModel.builder().modelName("gpt-4o").build().chat(SystemMessage.from(SYSTEM_PROMPT)); }\n}\n'
CS = 'using OpenAI.Chat;\n\nclass Maps\n{\n    string log = "done  \\n";\n    string Ask(string a, string b, string c)\n    {\n        var prompt = '
CS_TAIL = ';\n        return new ChatClient("gpt-4o", key).CompleteChat([new SystemChatMessage(prompt)]).Content[0].Text;\n    }\n}\n'
RUBY_TAIL = '\nOpenAI::Client.new.chat(parameters: { model: "gpt-4o", messages: [{ role: "system", content: SYSTEM_PROMPT }] })\n'
PHP_TAIL = ";\nOpenAI::client($key)->chat()->create(['model' => 'gpt-4o', 'messages' => [['role' => 'system', 'content' => $prompt]]]);\n"
RUST = 'use async_openai::Client;\n\nconst LOG: &str = "done  \\n";\n'
COMPILED = {
    "go raw": Host("a.go", GO + "const systemPrompt = `", "`" + GO_TAIL, "", {"`": "'"}),
    "go on one line": Host("a.go", GO + 'const systemPrompt = "', '"' + GO_TAIL, "", QUOTED, UNICODE, "\\n"),
    "go sum": Host("a.go", GO + 'const systemPrompt = "', '"' + GO_TAIL, "", QUOTED, {}, '\\n" +\n\t"'),
    "go printf": Host("a.go", GO + 'var systemPrompt = fmt.Sprintf(`', '`, a, b, c, d, e, f)' + GO_TAIL, "%s", {"`": "'", "%": "%%"}),
    "java block": Host("Maps.java", JAVA + '"""\n        ', '"""' + JAVA_TAIL, "", {"\\": "\\\\", '"': "'"}, UNICODE, "\n        "),
    "java on one line": Host("Maps.java", JAVA + '"', '"' + JAVA_TAIL, "", QUOTED, UNICODE, "\\n"),
    "java sum": Host("Maps.java", JAVA + '"', '"' + JAVA_TAIL, "", QUOTED, {}, '\\n"\n        + "'),
    "csharp interpolated": Host("Maps.cs", CS + '$"', '"' + CS_TAIL, "{NAME}", {**QUOTED, **BRACED}, UNICODE, "\\n"),
    "csharp verbatim": Host("Maps.cs", CS + '@"', '"' + CS_TAIL, "", {'"': '""'}),
    "csharp verbatim interpolated": Host("Maps.cs", CS + '$@"', '"' + CS_TAIL, "{NAME}", {'"': '""', **BRACED}),
    "csharp raw": Host("Maps.cs", CS + '"""\n            ', '\n            """' + CS_TAIL, "", {'"': "'"}, {}, "\n            "),
    "csharp raw interpolated": Host("Maps.cs", CS + '$$"""\n            ', '\n            """' + CS_TAIL, "{{NAME}}", {'"': "'", "{": "(", "}": ")"}, {}, "\n            "),
    "ruby": Host("a.rb", 'SYSTEM_PROMPT = "', '"' + RUBY_TAIL, "#{NAME}", {**BACKSLASHED, "#": "\\#"}, UNICODE, "\\n"),
    "ruby heredoc": Host("a.rb", "SYSTEM_PROMPT = <<~TEXT\n  ", "\nTEXT" + RUBY_TAIL, "#{NAME}", {"\\": "\\\\", "#": "\\#"}, {}, "\n  "),
    "ruby plain heredoc": Host("a.rb", "SYSTEM_PROMPT = <<'TEXT'\n", "\nTEXT" + RUBY_TAIL, "", {"\\": "/"}),
    "php": Host("a.php", '<?php\n$log = "done  \\n";\n$prompt = "', '"' + PHP_TAIL, "{$NAME}", {**BACKSLASHED, "$": "\\$"}, {}),
    "php heredoc": Host("a.php", "<?php\n$prompt = <<<TEXT\n  ", "\n  TEXT" + PHP_TAIL, "{$NAME}", {"\\": "\\\\", "$": "\\$"}, {}, "\n  "),
    "php nowdoc": Host("a.php", "<?php\n$prompt = <<<'TEXT'\n", "\nTEXT" + PHP_TAIL),
    "rust": Host("a.rs", RUST + 'const SYSTEM_PROMPT: &str = "', '";\n', "", BACKSLASHED, {"é": "\\u{e9}"}),
    "rust continued": Host("a.rs", RUST + 'const SYSTEM_PROMPT: &str = "', '";\n', "", BACKSLASHED, {}, "\\n\\\n    "),
    "rust raw": Host("a.rs", RUST + 'const SYSTEM_PROMPT: &str = r#"', '"#;\n', "", {'"': "'"}),
    "rust format": Host("a.rs", RUST + 'fn f(a: &str, b: &str, c: &str) -> String {\n    let system_prompt = format!("', '");\n    system_prompt\n}\n', "{NAME}", {**BACKSLASHED, **BRACED}),
}  # fmt: skip

DATA = {
    "yaml literal": Host("prompts/a.yaml", "log: 'done  '\nsystem_prompt: |\n  ", "\nother: 'two  '\n", "", {}, {}, "\n  ", parses=_yaml),
    "yaml folded": Host("prompts/a.yaml", "system_prompt: >\n  ", "\nother: 'two  '\n", "", {}, {}, "\n  ", parses=_yaml),
    "yaml quoted": Host("prompts/a.yaml", 'system_prompt: "', '"\nother: "two  "\n', "", QUOTED, {"é": "\\u00e9"}, "\\n", parses=_yaml),
    "yaml single quoted": Host("prompts/a.yaml", "system_prompt: '", "'\nother: 'two  '\n", "", {"'": "''", "\t": " "}, {}, "\n\n  ", parses=_yaml),
    "yaml jinja": Host("prompts/a.yaml", "- role: system\n  content: |\n    ", "\n- role: user\n  content: 'two  '\n", "{{ NAME }}", HARMLESS, {}, "\n    ", parses=_yaml),
    "toml block": Host("prompts/a.toml", 'log = "done  "\nsystem_prompt = """\n', '"""\nother = "two  "\n', "", {"\\": "\\\\", '"': "'"}, UNICODE, "\n", parses=_toml),
    "toml literal": Host("prompts/a.toml", "system_prompt = '''\n", "'''\n[x]\nother = 'two  '\n", "", {"'": '"'}, {}, "\n", parses=_toml),
    "toml quoted": Host("prompts/a.toml", 'system_prompt = "', '"\n', "", QUOTED, {}, "\\n", parses=_toml),
    "json": Host("prompts/a.json", '{"log": "done  ", "system_prompt": "', '", "other": [1, "two  "]}', "", QUOTED, UNICODE, "\\n", parses=_json),
    "json messages": Host("prompts/a.json", '{"model": "gpt-4o", "messages": [{"role": "system", "content": "', '"}]}', "{{NAME}}", {**QUOTED, **HARMLESS}, {}, "\\n", parses=_json),
}  # fmt: skip

FILES = {
    "jinja": Host("prompts/a.j2", "{# two  #}", "{% if x %}two  {% endif %}\n", "{{ NAME }}", HARMLESS),
    "jinja with loops": Host("prompts/a.jinja", "{%- for x in xs %}\n", "\n{% else %}\nNone.\n{% endfor -%}\n", "{{ NAME | trim }}", HARMLESS),
    "mustache": Host("prompts/a.mustache", "{{! two  }}", "\n{{#x}}two  {{/x}}\n", "{{NAME}}", HARMLESS),
    "handlebars": Host("prompts/a.hbs", "{{#if x}}", "{{/if}}\n", "{{{NAME}}}", HARMLESS),
    "liquid": Host("prompts/a.prompty", "---\nname: a\ntemplate: liquid\n---\nsystem:\n", "\n\nuser:\n{{ question }}  \n", "{{ NAME }}", HARMLESS),
    "prompty": Host("a.prompty", "---\nname: a  \nmodel:\n  api: chat\n---\nsystem:\n", "\n\nuser:\n{{question}}\n", "{{NAME}}", HARMLESS),
    "dotprompt": Host("prompts/a.prompt", "---\nmodel: googleai/gemini-2.5-flash\n---\n\n{{role \"system\"}}\n", "\n{{role \"user\"}}\n{{question}}\n", "{{NAME}}", HARMLESS),
    "baml": Host("baml_src/a.baml", "function Ask(a: string, b: string, c: string) -> string {\n  client Small\n  prompt #\"\n    ", "\n  \"#\n}\n", "{{ NAME }}", {**HARMLESS, '"': "'"}, {}, "\n    "),
    "poml": Host("a.poml", "<poml>\n  <task>", "</task>\n  <p> two  </p>\n</poml>\n", "{{NAME}}", {**HARMLESS, "&": "&amp;"}),
    "agents": Host("AGENTS.md", "# Rules\n\n", "\n"),
    "markdown": Host("prompts/a.md", "---\nname: a  \n---\n", "\n", "{{NAME}}", HARMLESS),
    "text": Host("prompts/a.txt", "", "\n", "{NAME}", HARMLESS),
    "string template": Host("prompts/a.st", "", "\n", "{NAME}", HARMLESS),
}  # fmt: skip

HOSTS: Mapping[str, Host] = {**PYTHON, **JAVASCRIPT, **COMPILED, **DATA, **FILES}
