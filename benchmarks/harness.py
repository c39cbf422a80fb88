"""What the benchmarks share: pinned downloads, the scrimp of this environment, and fair timing."""

from __future__ import annotations

import hashlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
DOWNLOADS = HERE / "downloads"
ARCHIVES = DOWNLOADS / "archives"
AUDITS = DOWNLOADS / "audits"

JUDGED = (0, 1, 3)
"""Exit codes of a scrimp run that has an answer: clean, findings, incomplete."""


class BenchmarkError(Exception):
    """Something that a benchmark needs is not to be had."""


@dataclass(frozen=True)
class Wheel:
    """A published wheel, pinned by its hash."""

    package: str
    version: str
    sha256: str

    @property
    def name(self) -> str:
        return f"{self.package}-{self.version}"

    def unpacked(self) -> Path:
        """The folder with the wheel's files, downloaded and unpacked if it isn't there yet."""
        target = trees() / self.name
        if not target.exists():
            with zipfile.ZipFile(self._archive()) as wheel:
                temporary = Path(tempfile.mkdtemp(dir=DOWNLOADS))
                wheel.extractall(temporary)
            temporary.rename(target)
        return target

    def _archive(self) -> Path:
        with tempfile.TemporaryDirectory(dir=DOWNLOADS) as folder:
            run(
                [
                    *PIP,
                    "download",
                    "--quiet",
                    "--no-deps",
                    "--only-binary",
                    ":all:",
                    "--dest",
                    folder,
                    self._pin,
                ]
            )
            (downloaded,) = Path(folder).iterdir()
            digest = hashlib.sha256(downloaded.read_bytes()).hexdigest()
            if digest != self.sha256:
                raise BenchmarkError(f"{downloaded.name}: sha256 is {digest}, not {self.sha256}")
            ARCHIVES.mkdir(exist_ok=True)
            return Path(shutil.move(downloaded, ARCHIVES / downloaded.name))

    @property
    def _pin(self) -> str:
        return f"{self.package}=={self.version}"


def trees() -> Path:
    """The folder of unpacked packages.

    It is a git repository of its own, without commits: the one around it ignores the downloads, and scrimp
    doesn't read what git ignores.
    """
    folder = DOWNLOADS / "trees"
    if not (folder / ".git").exists():
        run(["git", "init", "--quiet", "--template=", folder])
    return folder


PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")


def run(command: Sequence[str | Path], **options: object) -> None:
    """Run a command that must succeed, its output shown."""
    sys.stdout.flush()
    done = subprocess.run([str(word) for word in command], check=False, **options)  # type: ignore[call-overload]
    if done.returncode:
        raise BenchmarkError(f"exit code {done.returncode}: {' '.join(map(str, command))}")


def scrimp() -> str:
    """The scrimp command that is installed beside the running Python."""
    command = shutil.which("scrimp", path=str(Path(sys.executable).parent))
    if command is None:
        raise BenchmarkError(
            f"no scrimp beside {sys.executable}: run this with the Python of scrimp's environment"
        )
    return command


def audit(tree: Path) -> Path:
    """Audit a tree from scratch; returns the file with the JSON document."""
    AUDITS.mkdir(parents=True, exist_ok=True)
    output = AUDITS / f"{tree.name}.json"
    command = [scrimp(), "audit", ".", "--format", "json", "--no-cache", "--output", str(output)]
    output.unlink(missing_ok=True)  # an audit that fails must not be scored by an older one
    done = subprocess.run(command, cwd=tree, check=False)
    if done.returncode not in JUDGED or not output.exists():
        raise BenchmarkError(f"exit code {done.returncode}: {' '.join(command)} (in {tree})")
    if done.returncode == 3:
        print(f'note: the audit of {tree.name} is incomplete: see "skipped" in {output}')
    return output


@dataclass(frozen=True)
class Timings:
    """Wall times of one command, in seconds, each of a fresh process."""

    name: str
    seconds: Sequence[float]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    def __str__(self) -> str:
        low, high = min(self.seconds), max(self.seconds)
        return f"{self.name}: median {self.median:.3f} s ({low:.3f} to {high:.3f}, {len(self.seconds)} runs)"


def interleaved(commands: dict[str, list[str]], rounds: int, cwd: Path = HERE) -> list[Timings]:
    """Time commands in turns (A B A B …), so that a slow moment of the machine hits all alike.

    One round before is not counted: it fills the file system's cache and compiles bytecode.
    """
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds + 1):
        for name, command in commands.items():
            seconds[name].append(timed(command, cwd))
    return [Timings(name, times[1:]) for name, times in seconds.items()]


def timed(command: list[str], cwd: Path) -> float:
    """The wall time of one process, in seconds."""
    # Installed packages have their bytecode; a shell that keeps Python from writing it would have us compile each time.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(DOWNLOADS / "bytecode")
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=cwd, env=environment, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    elapsed = time.perf_counter() - start
    if done.returncode not in JUDGED:
        raise BenchmarkError(f"{' '.join(command)}: {done.stderr.decode(errors='replace').strip()}")
    return elapsed


def report_ratio(one: Timings, other: Timings) -> None:
    """Print both and how many times the other's median the one takes."""
    print(one, other, sep="\n")
    print(f"{one.name} / {other.name} = {one.median / other.median:.2f}")


def main(benchmark: Callable[[], None]) -> None:
    """Run a benchmark; what keeps it from running is told in one line, with exit code 2."""
    try:
        benchmark()
    except (BenchmarkError, OSError) as error:
        print(f"benchmark: {error}", file=sys.stderr)
        sys.exit(2)


def environment_python(folder: Path) -> Path:
    """The Python of a virtual environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
