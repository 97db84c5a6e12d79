"""Formulas of forms: read by a small grammar into a tree, and worked out; never run as code.

sum = product (("+" | "-") product)*; product = part (("*" | "/") part)*;
part = number | "[" column "]" | "(" sum ")" | "-" part
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from thongsuot.domain.refusal import Kind, Refusal

LONGEST = 500
DEEPEST = 50
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|\[(?P<cell>[^\[\]]{1,40})\]|(?P<sign>[-+*/()]))"
)


class FormulaMalformed(Refusal):
    """A formula is not written by the grammar; the place from which it cannot be read is named."""

    code = "formula_malformed"
    kind = Kind.MALFORMED


class FormulaRefersToNothing(Refusal):
    """A formula names a column that the form does not have."""

    code = "formula_refers_to_nothing"
    kind = Kind.MALFORMED


class FormulaCycle(Refusal):
    """Formulas lead round in a circle, so none of them can be worked out."""

    code = "formula_cycle"
    kind = Kind.MALFORMED


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a column of the same row."""

    column: str


@dataclass(frozen=True, slots=True)
class Worked:
    """Two parts and what is done with them."""

    sign: str
    left: Node
    right: Node


Node = Number | Cell | Worked


def parse(text: str) -> Node:
    """The tree of a formula. Raises FormulaMalformed."""
    reader = _Reader(text, _tokens(text))
    tree = reader.sum(0)
    if reader.at < len(reader.tokens):
        raise reader.fault()
    return tree


def cells(tree: Node) -> frozenset[str]:
    """The columns that a formula names."""
    match tree:
        case Number():
            return frozenset()
        case Cell(column):
            return frozenset({column})
        case Worked(_, left, right):
            return cells(left) | cells(right)


def value(tree: Node, of: Callable[[str], Fraction | None]) -> Fraction | None:
    """What a formula comes to; nothing where a part is empty or is divided by zero."""
    match tree:
        case Number(number):
            return number
        case Cell(column):
            return of(column)
        case Worked(sign, left, right):
            one, other = value(left, of), value(right, of)
            if one is None or other is None:
                return None
            return _worked(sign, one, other)


def order(formulas: Mapping[str, Node], *, known: frozenset[str]) -> tuple[str, ...]:
    """The columns in the order in which their formulas can be worked out.

    `known` are the columns that are counted or filled in.
    Raises FormulaRefersToNothing, FormulaCycle.
    """
    needs = {column: cells(tree) for column, tree in formulas.items()}
    for column, named in needs.items():
        for missing in sorted(named - known - formulas.keys()):
            raise FormulaRefersToNothing("formula", column=column, given=missing)
    done: list[str] = []
    left = dict(needs)
    while left:
        ready = [column for column, named in left.items() if not named & left.keys()]
        if not ready:
            raise FormulaCycle("formula", known=sorted(left))
        done += ready
        left = {column: named for column, named in left.items() if column not in ready}
    return tuple(done)


def _worked(sign: str, one: Fraction, other: Fraction) -> Fraction | None:
    match sign:
        case "+":
            return one + other
        case "-":
            return one - other
        case "*":
            return one * other
        case _:
            return one / other if other else None


def _tokens(text: str) -> list[tuple[str, str, int]]:
    """What a formula is made of: kind, text, where it begins."""
    if len(text) > LONGEST:
        raise FormulaMalformed("formula", given=text[:60], rest=text[60:90])
    found: list[tuple[str, str, int]] = []
    at = 0
    while text[at:].strip():
        token = _TOKEN.match(text, at)
        if token is None:
            raise FormulaMalformed("formula", given=text, rest=text[at:].strip()[:30])
        kind = token.lastgroup or ""
        found.append((kind, token[kind], token.start(kind)))
        at = token.end()
    return found


@dataclass(slots=True)
class _Reader:
    """Reads a formula from left to right."""

    text: str
    tokens: list[tuple[str, str, int]]
    at: int = 0

    def sum(self, depth: int) -> Node:
        tree = self.product(depth)
        while sign := self.taken("+-"):
            tree = Worked(sign, tree, self.product(depth))
        return tree

    def product(self, depth: int) -> Node:
        tree = self.part(depth)
        while sign := self.taken("*/"):
            tree = Worked(sign, tree, self.part(depth))
        return tree

    def part(self, depth: int) -> Node:
        if depth > DEEPEST or self.at >= len(self.tokens):
            raise self.fault()
        if self.taken("-"):
            return Worked("-", Number(Fraction(0)), self.part(depth + 1))
        if self.taken("("):
            tree = self.sum(depth + 1)
            if not self.taken(")"):
                raise self.fault()
            return tree
        kind, text, _ = self.tokens[self.at]
        if kind == "sign":
            raise self.fault()
        self.at += 1
        return Number(Fraction(text)) if kind == "number" else Cell(text.strip())

    def taken(self, signs: str) -> str:
        """The sign that comes next, if it is one of these."""
        if self.at < len(self.tokens):
            kind, text, _ = self.tokens[self.at]
            if kind == "sign" and text in signs:
                self.at += 1
                return text
        return ""

    def fault(self) -> FormulaMalformed:
        """The formula cannot be read from here."""
        begins = self.tokens[self.at][2] if self.at < len(self.tokens) else len(self.text)
        return FormulaMalformed("formula", given=self.text, rest=self.text[begins:][:30] or "…")
