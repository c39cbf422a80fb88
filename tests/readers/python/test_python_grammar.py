"""The fields by whose numbers nodes are asked are the grammar's."""

from __future__ import annotations

import pytest

from scrimp.readers.python import tree
from scrimp.readers.python.grammar import FIELD


@pytest.mark.parametrize("field", FIELD.__struct_fields__)
def test_a_field_has_the_number_by_which_the_grammar_knows_it(field: str) -> None:
    language = tree(b"x = 1").language

    assert language.field_name_for_id(getattr(FIELD, field)) == field


def test_a_child_is_found_by_the_number_of_its_field() -> None:
    assignment = tree(b"x = 1").root_node.children[0].children[0]

    assert assignment.child_by_field_id(FIELD.left) == assignment.child_by_field_name("left")
    assert assignment.child_by_field_id(FIELD.type) is None
