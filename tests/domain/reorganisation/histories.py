"""Random histories of bodies: one sound plan after another, of every kind of operation."""

from __future__ import annotations

import random
from datetime import date, timedelta

from tests.domain.reorganisation.worlds import BEGIN
from thongsuot.domain.directory import Level, Office, OfficeKind
from thongsuot.domain.identifiers import OfficeCode
from thongsuot.domain.reorganisation import (
    Abolish,
    Bodies,
    Create,
    DossierFacts,
    Merge,
    MoveFunction,
    OfPlace,
    Operation,
    Plan,
    Recode,
    Rename,
    Reparent,
    Share,
    Split,
    ToBody,
    Which,
)
from thongsuot.domain.spans import Span

ROOT = "H99"
FIELDS = ("Hộ tịch", "Đất đai", "Dược", "Đường bộ")


class History:
    """A province that is re-arranged again and again."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - a test's dice
        self.next_code, self.next_place = 100, 90000
        self.day = date(2005, 1, 1)
        offices = {_office(ROOT, OfficeKind.PROVINCE, "", "")}
        for _ in range(self.chance.randint(3, 8)):
            offices.add(_office(self._code(), OfficeKind.COMMUNE, ROOT, self._place()))
        for _ in range(self.chance.randint(1, 3)):
            offices.add(_office(self._code(), OfficeKind.DEPARTMENT, ROOT, ""))
        self.bodies = Bodies(frozenset(offices), frozenset())

    def facts(self, office: str) -> DossierFacts:
        """A dossier at a body."""
        standing = self.bodies.standing(self.day - timedelta(days=1)).values()
        places = [one.place for one in standing if one.place] or [""]
        return DossierFacts(
            office,
            procedure=f"1.00000{self.chance.randint(1, 5)}",
            field=self.chance.choice(FIELDS),
            place=self.chance.choice(places),
            levels=frozenset({self.chance.choice([Level.COMMUNE, Level.PROVINCE])}),
        )

    def plan(self) -> Plan:
        """A sound plan over the bodies of today, some time later."""
        self.day += timedelta(days=self.chance.randint(1, 400))
        free = sorted(set(self.bodies.standing(self.day)) - {ROOT})
        self.chance.shuffle(free)
        stays = set(free[: max(1, len(free) // 3)])
        operations: list[Operation] = []
        made: list[str] = []
        for _ in range(self.chance.randint(0, 3)):
            made.append(self._code())
            operations.append(self._create(made[-1]))
        heirs = [*stays, *made]
        while len(free) > len(stays) and self.chance.random() < 0.8:
            operations += self._any(free.pop(), free, heirs, stays)
        if not operations:
            operations.append(Rename(ROOT, f"Tên {self.day}"))
        self.chance.shuffle(operations)
        return Plan(f"p{self.day}", "", "99", self.day, ("NQ",), tuple(operations))

    def _any(  # noqa: PLR0911 - one arm for each kind of operation
        self, body: str, free: list[str], heirs: list[str], stays: set[str]
    ) -> list[Operation]:
        if body in stays:
            return []
        choose = self.chance.choice
        match self.chance.randrange(6):
            case 0:
                also = free.pop() if len(free) > len(stays) and free[-1] not in stays else None
                bodies = (body, also) if also else (body,)
                return [Merge(bodies, choose(heirs))]
            case 1:
                own = choose([True, False])
                return [Split(body, self._shares(heirs), body if own else choose(heirs))]
            case 2:
                of_place = Share(Which(level=Level.COMMUNE), OfPlace())
                return [Abolish(body, (of_place, *self._shares(heirs)), choose(heirs))]
            case 3:
                return [MoveFunction(body, self._shares(heirs))]
            case 4:
                return [Recode(body, self._code())]
            case _:
                return [Rename(body, f"Tên {self.day}"), Reparent(body, ROOT)]

    def _shares(self, heirs: list[str]) -> tuple[Share, ...]:
        fields = self.chance.sample(FIELDS, k=self.chance.randint(1, len(FIELDS)))
        return tuple(
            Share(Which(fields=frozenset({name})), ToBody(self.chance.choice(heirs)))
            for name in fields
        )

    def _create(self, code: str) -> Create:
        kind = self.chance.choice([OfficeKind.COMMUNE, OfficeKind.DEPARTMENT])
        is_commune = kind is OfficeKind.COMMUNE
        level = Level.COMMUNE if is_commune else Level.PROVINCE
        return Create(
            code, f"Cơ quan {code}", kind, level, ROOT, self._place() if is_commune else ""
        )

    def _code(self) -> str:
        self.next_code += 1
        return f"{ROOT}.{self.next_code}"

    def _place(self) -> str:
        self.next_place += 1
        return str(self.next_place)


def _office(code: str, kind: OfficeKind, parent: str, place: str) -> Office:
    return Office(
        OfficeCode.parse(code),
        f"Cơ quan {code}",
        kind,
        Level.COMMUNE if kind is OfficeKind.COMMUNE else Level.PROVINCE,
        OfficeCode.parse(parent) if parent else None,
        place,
        Span(BEGIN),
        "tạm",
    )
