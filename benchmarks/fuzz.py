"""Coverage-guided fuzzing of all readers: fuzz.py [--seconds N] [--corpus FOLDER]

atheris (``pip install 'scrimp[fuzz]'``, Linux) watches which lines of the readers an input reaches, and keeps those
that reach new ones. Half of the inputs are bytes as they are, half choose among what languages and formats are made of.
What is found is what the tests of jumbles ask for too: a reader that raises, tells a place that isn't there, or answers
differently when asked again. The input is then left in the folder of the corpus, as ``crash-…``.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import harness

SECONDS = 60
MOST_BYTES = 4096

sys.path.insert(0, str(harness.HERE.parent / "tests"))


def fuzz(seconds: int, corpus: Path) -> None:
    try:
        import atheris  # noqa: PLC0415  (an extra)
    except ImportError:
        raise harness.BenchmarkError("atheris is not installed: pip install 'scrimp[fuzz]'") from None
    with atheris.instrument_imports(include=["scrimp.readers"]):
        from readers.jumbles import PARTS, PATHS, assert_sound  # noqa: PLC0415  (what is imported here is watched)

        from scrimp.readers import READERS, reader_named  # noqa: PLC0415

        for name in READERS:
            reader_named(name)

    def one(data: bytes) -> None:
        choices = atheris.FuzzedDataProvider(data)
        path = choices.PickValueInList(list(PATHS))
        if choices.ConsumeBool():
            text = choices.ConsumeUnicode(MOST_BYTES)
        else:
            text = "".join(
                choices.PickValueInList(list(PARTS)) for _ in range(choices.ConsumeIntInRange(0, 60))
            )
        assert_sound(path, text)

    corpus.mkdir(parents=True, exist_ok=True)
    limits = [f"-max_total_time={seconds}", f"-max_len={MOST_BYTES}", "-len_control=0", "-timeout=10"]
    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={corpus}/", str(corpus)], one)
    atheris.Fuzz()


def benchmark() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=int, default=SECONDS)
    arguments.add_argument("--corpus", type=Path, default=harness.DOWNLOADS / "fuzz")
    given = arguments.parse_args()
    fuzz(given.seconds, given.corpus)


if __name__ == "__main__":
    harness.main(benchmark)
