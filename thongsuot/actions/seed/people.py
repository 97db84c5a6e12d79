"""Invented people: names as they are given in Lai Châu, numbers that nobody can have."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from thongsuot.actions.seed.chance import Chance, Weighted
from thongsuot.domain.dossier.events import Applicant

# No province has the code 000, and no network begins with 000: what is invented shows it.
NUMBER_PREFIX = "000"
PHONE_PREFIX = "000"

AUTHORITY = "giấy ủy quyền (dữ liệu bịa)"

_HAMLETS = ("Bản", "Thôn", "Tổ dân phố số")


@dataclass(frozen=True, slots=True)
class Naming:
    """How one of the peoples of the province names men and women."""

    surnames: Weighted[str]
    men: tuple[tuple[str, ...], tuple[str, ...]]
    women: tuple[tuple[str, ...], tuple[str, ...]]

    def name(self, chance: Chance) -> str:
        """Surname, middle name, given name."""
        middles, givens = self.men if chance.happens(0.5) else self.women
        return f"{chance.weighted(self.surnames)} {chance.one(middles)} {chance.one(givens)}"


@dataclass(frozen=True, slots=True)
class Names:
    """The peoples of the province by their share."""

    peoples: Weighted[Naming]

    def name(self, chance: Chance) -> str:
        """A full name, of nobody."""
        return chance.weighted(self.peoples).name(chance)

    def applicant(self, chance: Chance, *, place: str) -> Applicant:
        """Somebody who applies, living in this commune."""
        hamlet = f"{chance.one(_HAMLETS)} {int(chance.between(1, 12))}"
        applicant = Applicant(
            name=self.name(chance),
            number=NUMBER_PREFIX + chance.digits(9),
            phone=PHONE_PREFIX + chance.digits(7) if chance.happens(0.9) else "",
            address=f"{hamlet}, {place}",
            proxy=self.name(chance) if chance.happens(0.06) else "",
        )
        return replace(applicant, proxy_paper=AUTHORITY) if applicant.proxy else applicant


def read_names(file: Path) -> Names:
    """The names as they lie in the data folder."""
    data = json.loads(file.read_text())
    common = (data["kinh_given_names_male"], data["kinh_given_names_female"])
    shares: Mapping[str, float] = data["ethnic_share_lai_chau_estimate"]
    groups: Mapping[str, Mapping[str, object]] = data["groups"]
    return Names(
        Weighted.of(
            (_naming(group, *common), shares.get(people, 0.0)) for people, group in groups.items()
        )
    )


def _naming(group: Mapping[str, object], men: list[str], women: list[str]) -> Naming:
    surnames = group["surnames"]
    if not isinstance(surnames, dict):
        raise TypeError("surnames come with their weights")
    return Naming(
        Weighted.of(surnames.items()),
        (_texts(group["male_middle"]), _texts(group.get("male") or men)),
        (_texts(group["female_middle"]), _texts(group.get("female") or women)),
    )


def _texts(given: object) -> tuple[str, ...]:
    if not isinstance(given, Iterable):
        raise TypeError("names come as a list")
    return tuple(str(name) for name in given)
