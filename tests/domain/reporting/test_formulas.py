"""Formulas of forms are read, checked and worked out, never run."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.domain.reporting.formulas import (
    FormulaCycle,
    FormulaMalformed,
    FormulaRefersToNothing,
    Node,
    cells,
    order,
    parse,
    value,
)


def worked(text: str, **cells: int) -> Fraction | None:
    known = {name.removeprefix("c"): Fraction(number) for name, number in cells.items()}
    return value(parse(text), known.get)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[4] +",
        "[4] [5]",
        "4 5",
        "(4",
        "4)",
        "[]",
        "[4",
        "__import__('os')",
        "[4] ** 2",
        "1e9",
        "lambda: 1",
        "(" * 200 + "1" + ")" * 200,
        "-" * 200 + "1",
        "1+" * 300 + "1",
    ],
)
def test_what_the_grammar_does_not_know_is_refused(text: str) -> None:
    with pytest.raises(FormulaMalformed):
        parse(text)


def test_a_formula_that_names_no_column_of_the_form_is_refused() -> None:
    with pytest.raises(FormulaRefersToNothing) as refused:
        order({"3": parse("[4] + [99]")}, known=frozenset({"4"}))

    assert refused.value.facts == {"column": "3", "given": "99"}


def test_formulas_that_lead_round_in_a_circle_are_refused() -> None:
    circle = {"1": parse("[2]"), "2": parse("[3] + 1"), "3": parse("[1]")}

    with pytest.raises(FormulaCycle):
        order(circle, known=frozenset())


def test_formulas_are_worked_out_in_the_order_in_which_they_need_each_other() -> None:
    formulas = {"3": parse("[7] + [11]"), "7": parse("[8]"), "11": parse("[8] * 2")}

    found = order(formulas, known=frozenset({"8"}))

    assert found.index("3") == 2


def test_signs_bind_as_at_school() -> None:
    assert worked("2 + 3 * 4") == 14
    assert worked("(2 + 3) * 4") == 20
    assert worked("10 - 4 - 3") == 3
    assert worked("-[4] + 1", c4=3) == -2
    assert worked("[4] / [5] * 100", c4=1, c5=3) == Fraction(100, 3)


def test_what_is_empty_or_divided_by_nothing_comes_to_nothing() -> None:
    assert worked("[4] + 1") is None
    assert worked("1 / [5]", c5=0) is None


numbers = st.integers(0, 99).map(str)
trees = st.recursive(
    st.one_of(numbers, numbers.map(lambda n: f"[{n}]")),
    lambda inner: st.builds(
        lambda a, sign, b: f"({a} {sign} {b})", inner, st.sampled_from("+-*/"), inner
    ),
    max_leaves=12,
)


@given(trees)
def test_every_formula_of_the_grammar_is_read_with_the_cells_that_it_names(text: str) -> None:
    tree: Node = parse(text)

    assert cells(tree) == {part.partition("]")[0] for part in text.split("[")[1:]}
    value(tree, lambda _: Fraction(1))
