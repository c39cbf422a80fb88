"""Runs a composite action as GitHub's runner does: its own expression library, bash, and files for what steps say.

What it can't do (other actions, other shells) it refuses, so that no test passes over it.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from node import Node
from ruamel.yaml import YAML
from runner import Command, commands

SHELLS = {"bash": ["bash", "--noprofile", "--norc", "-eo", "pipefail"]}
"""What a runner starts for ``shell``, before the file with the script."""
PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM", "PIP_*", "SSL_*")
STEP_KEYS = {"id", "name", "if", "shell", "env", "run"}

Values = Mapping[str, str]


@dataclass(frozen=True)
class Expressions:
    """GitHub's expression library, installed in a folder."""

    node: Node
    folder: Path

    def texts(self, templates: Values, context: Mapping[str, Any], *, failed: bool = False) -> dict[str, str]:
        """Templates with what stands in ``${{ }}`` evaluated."""
        question = {"context": context, "failed": failed, "templates": list(templates.values())}
        done = subprocess.run(
            [self.node.program, str(self.folder / "evaluate.mjs")],
            input=json.dumps(question).encode(),
            capture_output=True,
            check=False,
        )
        assert not done.returncode, done.stderr.decode()
        return dict(zip(templates, json.loads(done.stdout), strict=True))


@dataclass
class Run:
    """What a run of the action left."""

    code: int = 0
    log: str = ""
    summary: str = ""
    outputs: Values = field(default_factory=dict)

    @property
    def annotations(self) -> list[Command]:
        """What the runner would show at files and lines, or at the top of the job."""
        return [each for each in commands(self.log) if each.name in {"error", "warning", "notice"}]


@dataclass(frozen=True)
class Job:
    """Where an action runs: the workspace, the runner's temporary folder, and what the platform tells."""

    workspace: Path
    temporary: Path
    event_name: str
    payload: Mapping[str, Any]
    token: str = ""
    variables: Values = field(default_factory=dict)

    def context(self, action: Path) -> dict[str, Any]:
        """The contexts ``github`` and ``runner``, as far as actions are given them."""
        return {
            "github": {
                "event_name": self.event_name,
                "event": self.payload,
                "token": self.token,
                "workspace": str(self.workspace),
                "action_path": str(action),
            },
            "runner": {"temp": str(self.temporary), "os": "Linux"},
        }


@dataclass(frozen=True)
class CompositeAction:
    """An ``action.yml`` that can be run."""

    folder: Path
    expressions: Expressions

    def run(self, job: Job, inputs: Values | None = None) -> Run:
        """Run the steps in turn; after one that failed only those that ask for it."""
        definition = YAML(typ="safe").load((self.folder / "action.yml").read_text("utf-8"))
        assert definition["runs"]["using"] == "composite"
        context = job.context(self.folder)
        defaults = {name: str(each.get("default", "")) for name, each in definition["inputs"].items()}
        unknown = set(inputs or {}) - set(defaults)
        assert not unknown, f"the action has no such inputs: {unknown}"
        context["inputs"] = {**self.expressions.texts(defaults, context), **(inputs or {})}
        context["steps"] = {}
        run = Run()
        for step in definition["runs"]["steps"]:
            self._step(step, job, context, run)
        promised = {name: each["value"] for name, each in definition["outputs"].items()}
        run.outputs = self.expressions.texts(promised, context, failed=bool(run.code))
        return run

    def _step(self, step: Mapping[str, Any], job: Job, context: dict[str, Any], run: Run) -> None:
        assert not step.keys() - STEP_KEYS, f"this runner doesn't know {step.keys() - STEP_KEYS}"
        condition = f"${{{{ {step.get('if', 'success()')} }}}}"
        env = {f"env.{name}": str(value) for name, value in step.get("env", {}).items()}
        templates = {"if": condition, "run": step["run"], **env}
        texts = self.expressions.texts(templates, context, failed=bool(run.code))
        if texts["if"] == "false":
            return
        files = _Files.made(job.temporary)
        script = files.folder / "script.sh"
        script.write_text(texts["run"], "utf-8")
        env = {name.removeprefix("env."): text for name, text in texts.items() if name.startswith("env.")}
        done = subprocess.run(
            [*SHELLS[step["shell"]], str(script)],
            cwd=job.workspace,
            env=self._environment(job, files) | env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        run.log += done.stdout.decode("utf-8", "replace")
        run.code = run.code or done.returncode
        run.summary += files.summary.read_text("utf-8")
        if "id" in step:
            context["steps"][step["id"]] = {"outputs": assignments(files.output.read_text("utf-8"))}

    def _environment(self, job: Job, files: _Files) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if any(name == each or (each.endswith("*") and name.startswith(each[:-1])) for each in PASSED_ON)
        }
        event = files.folder / "event.json"
        event.write_text(json.dumps(job.payload), "utf-8")
        return {
            **kept,
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(self.folder),
            "GITHUB_EVENT_NAME": job.event_name,
            "GITHUB_EVENT_PATH": str(event),
            "GITHUB_OUTPUT": str(files.output),
            "GITHUB_REPOSITORY": job.payload["repository"]["full_name"],
            "GITHUB_STEP_SUMMARY": str(files.summary),
            "GITHUB_WORKSPACE": str(job.workspace),
            "RUNNER_OS": "Linux",
            "RUNNER_TEMP": str(job.temporary),
            **job.variables,
        }


@dataclass(frozen=True)
class _Files:
    """The files through which a step tells the runner something; each step has its own."""

    folder: Path

    @classmethod
    def made(cls, temporary: Path) -> _Files:
        folder = temporary / f"step-{len(list(temporary.glob('step-*')))}"
        folder.mkdir()
        files = cls(folder)
        files.output.touch()
        files.summary.touch()
        return files

    @property
    def output(self) -> Path:
        return self.folder / "output"

    @property
    def summary(self) -> Path:
        return self.folder / "summary"


def assignments(text: str) -> dict[str, str]:
    """What a file of ``name=value`` lines, or ``name<<END`` … ``END`` for several, assigns."""
    values: dict[str, str] = {}
    lines = iter(text.splitlines())
    for line in lines:
        name, heredoc, end = line.partition("<<")
        if heredoc and "=" not in name:
            values[name] = "\n".join(iter(lambda: next(lines), end))
            continue
        name, equals, value = line.partition("=")
        assert equals, f"the runner would refuse this line: {line!r}"
        values[name] = value
    return values
