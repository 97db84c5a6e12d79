"""What data and notes know of a reception point; every note by name and moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models

from thongsuot.domain.readiness import (
    ReadinessCheck,
    ReadinessFact,
    ReadinessItem,
    ReadinessNote,
    ReadinessVerdict,
    assess,
)
from thongsuot.records.access import AccountRow, GrantRow
from thongsuot.records.certificates import CertificateRow
from thongsuot.records.contacts import OfficeContactRow
from thongsuot.records.roster import RosterRow
from thongsuot.records.shared_systems import SharedSystemRow, SystemEntryRow
from thongsuot.records.training import LessonRow, LessonTakenRow
from thongsuot.words.systems import NO_RULES, NO_TRAINING

Facts = dict[ReadinessItem, ReadinessFact]


class ReadinessNoteRow(models.Model):
    """One note of an item; never changed, never removed (a trigger sees to it)."""

    point = models.CharField(max_length=40, db_index=True)
    item = models.CharField(max_length=12)
    verdict = models.CharField(max_length=10)
    remark = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    def value(self) -> ReadinessNote:
        """The note that this row stands for."""
        return ReadinessNote(
            ReadinessItem(self.item), ReadinessVerdict(self.verdict), self.remark, self.by, self.at
        )


def notes(points: list[str], *, at: datetime) -> dict[str, dict[ReadinessItem, ReadinessNote]]:
    """The last note of each item of each point, as known at a moment."""
    found: dict[str, dict[ReadinessItem, ReadinessNote]] = {}
    rows = ReadinessNoteRow.objects.filter(point__in=points, at__lte=at).order_by("at", "id")
    for row in rows:
        found.setdefault(row.point, {})[ReadinessItem(row.item)] = row.value()
    return found


@dataclass(frozen=True, slots=True)
class _Official:
    account: str
    name: str


def checks(
    points: Mapping[str, str], *, at: datetime, on: date
) -> dict[str, tuple[ReadinessCheck, ...]]:
    """Every item of each reception point, given with its office, as known at a moment."""
    offices = set(points.values())
    people = _people(list(points), on)
    known = _of_offices(offices, on)
    learning = _Learning(on, {one.account for group in people.values() for one in group})
    noted = notes(list(points), at=at)
    return {
        key: assess(
            {**known[office], **_of_people(people.get(key, []), office, learning)},
            noted.get(key, {}),
        )
        for key, office in points.items()
    }


def _people(points: list[str], on: date) -> Mapping[str, list[_Official]]:
    """Who receives at each point on a day."""
    receiving = GrantRow.objects.filter(role__acts__contains=["receive"], valid__contains=on)
    rows = AccountRow.objects.filter(
        reception_point__in=points, is_active=True, pk__in=receiving.values("account")
    )
    found: dict[str, list[_Official]] = {}
    for row in rows.order_by("name", "username"):
        found.setdefault(row.reception_point, []).append(_Official(row.username, row.name))
    return found


def _of_offices(offices: set[str], on: date) -> dict[str, Facts]:
    rosters = Counter(
        RosterRow.objects.filter(office__in=offices, valid__contains=on).values_list(
            "office", flat=True
        )
    )
    certificates = Counter(
        row.office
        for row in CertificateRow.objects.filter(office__in=offices, holder="body")
        if row.value().is_in_force(on)
    )
    hotlines = Counter(
        OfficeContactRow.objects.filter(office__in=offices, valid__contains=on)
        .exclude(hotline="")
        .values_list("office", flat=True)
    )
    links = _links(offices, on)
    found: dict[str, Facts] = {}
    for office in offices:
        found[office] = {
            ReadinessItem.ROSTER: _some(rosters[office]),
            ReadinessItem.CERTIFICATES: _some(certificates[office]),
            ReadinessItem.HOTLINE: _some(hotlines[office]),
        }
        # Without a line of the inventory, somebody notes the link by name.
        if links[office]:
            found[office][ReadinessItem.LINK] = _some(links[office])
    return found


def _links(offices: set[str], on: date) -> Counter[str]:
    networks = SharedSystemRow.objects.filter(kind="network").values("code")
    rows = SystemEntryRow.objects.filter(system__in=networks, kind="link", valid__contains=on)
    ends = (end for pair in rows.values_list("office", "other") for end in set(pair))
    return Counter(end for end in ends if end in offices)


class _Learning:
    """Which sessions and rules hold on a day, and who attended or acknowledged them."""

    def __init__(self, on: date, accounts: set[str]) -> None:
        self._lessons = list(LessonRow.objects.filter(on__lte=on).order_by("on", "id"))
        taken = LessonTakenRow.objects.filter(account__in=accounts)
        self._taken = set(taken.values_list("lesson_id", "account"))

    def of(self, kind: str, office: str) -> list[int]:
        return [row.pk for row in self._lessons if row.kind == kind and row.office in ("", office)]

    def has_taken(self, account: str, lesson: int) -> bool:
        return (lesson, account) in self._taken


def _of_people(people: list[_Official], office: str, learning: _Learning) -> Facts:
    sessions, rules = learning.of("training", office), learning.of("rules", office)
    trained = [p for p in people if any(learning.has_taken(p.account, s) for s in sessions)]
    bound = [p for p in people if rules and all(learning.has_taken(p.account, r) for r in rules)]
    return {
        ReadinessItem.ACCOUNTS: _some(len(people)),
        ReadinessItem.TRAINING: _all_of(people, trained, "" if sessions else NO_TRAINING),
        ReadinessItem.RULES: _all_of(people, bound, "" if rules else NO_RULES),
    }


def _all_of(people: list[_Official], done: list[_Official], none: str) -> ReadinessFact:
    missing = (none,) if none else tuple(p.name for p in people if p not in done)
    return ReadinessFact(bool(people) and not missing, len(done), missing)


def _some(count: int) -> ReadinessFact:
    return ReadinessFact(count > 0, count)
