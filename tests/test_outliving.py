"""What a run leaves to the end of its process."""

from __future__ import annotations

from weakref import ref

from scrimp.outliving import outlive, outliving


class Large:
    """Stands for what takes long to be taken down."""


def test_what_outlives_a_run_goes_with_the_list_that_it_was_left_in() -> None:
    kept: list[object] = []
    with outliving(kept):
        large = Large()
        outlive(large)
        of = ref(large)
        del large

    assert of() is not None
    kept.clear()
    assert of() is None


def test_nothing_outlives_a_run_in_a_process_that_goes_on() -> None:
    large = Large()
    outlive(large)
    of = ref(large)
    del large

    assert of() is None
