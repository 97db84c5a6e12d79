"""What can be told of signing certificates, and what a reorganisation makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.db.models.functions import Lower, Upper

from thongsuot.domain.certificates import (
    Certificate,
    CertificateWork,
    address_work,
    certificate_work,
)
from thongsuot.queries import directory
from thongsuot.records import certificates as records
from thongsuot.records.certificates import CertificateRow
from thongsuot.records.directory import OfficeRow
from thongsuot.records.shared_systems import SharedSystemRow, SystemEntryRow

PAGE = 50


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """A certificate as a line of the register."""

    certificate: Certificate
    office: str
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class CertificatesPage:
    """Some certificates, and the serial after which the next page begins ("" at the end)."""

    lines: tuple[CertificateLine, ...]
    next: str


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One thing to do with a certificate or a shared address at a reorganisation."""

    subject: str
    task: str
    turn: str
    office: str
    office_name: str
    serial: str
    holder: str
    heirs: tuple[str, ...]


def register(
    *, on: date, offices: frozenset[str], search: str = "", after: str = ""
) -> CertificatesPage:
    """A page of the register by serial number, of some offices; "" among them means all."""
    rows = CertificateRow.objects.order_by("serial")
    if "" not in offices:
        rows = rows.filter(office__in=offices)
    if search:
        rows = rows.filter(
            Q(serial__icontains=search) | Q(name__icontains=search) | Q(office=search)
        )
    found = list(rows.filter(serial__gt=after)[: PAGE + 1])
    names = directory.office_names(row.office for row in found)
    lines = tuple(_line(row, names, on) for row in found[:PAGE])
    return CertificatesPage(lines, found[PAGE - 1].serial if len(found) > PAGE else "")


def turn_days() -> tuple[date, ...]:
    """The days on which bodies begin or end, the last first."""
    bounds = OfficeRow.objects.annotate(start=Lower("valid"), end=Upper("valid"))
    days = {*bounds.values_list("start", flat=True), *bounds.values_list("end", flat=True)}
    return tuple(sorted((day for day in days if day is not None), reverse=True))


def work(*, on: date, offices: frozenset[str] = frozenset({""})) -> tuple[WorkLine, ...]:
    """What is still to be done for the bodies that begin, end or are renamed on a day.

    Only the directory and the registers are asked, so that it can be told of any day to come.
    """
    turns = [
        turn for turn in records.turns(on=on) if "" in offices or offices & {turn.code, *turn.heirs}
    ]
    codes = [turn.code for turn in turns]
    rows = CertificateRow.objects.filter(office__in=codes).order_by("serial")
    held = [row.value() for row in rows]
    names = directory.office_names(heir for turn in turns for heir in turn.heirs)
    certificates = certificate_work(turns, held, on=on)
    addresses = address_work(turns, _addresses(codes, on))
    return (
        *(_work_line("certificate", one, names) for one in certificates),
        *(_work_line("address", one, names) for one in addresses),
    )


def _addresses(codes: list[str], on: date) -> dict[str, list[str]]:
    systems = SharedSystemRow.objects.filter(kind="email").values("code")
    rows = SystemEntryRow.objects.filter(
        system__in=systems, kind="address", office__in=codes, valid__contains=on
    )
    found: dict[str, list[str]] = {}
    for office, key in rows.order_by("key").values_list("office", "key"):
        found.setdefault(office, []).append(key)
    return found


def _line(row: CertificateRow, names: dict[str, str], on: date) -> CertificateLine:
    return CertificateLine(
        row.value(), names.get(row.office, row.office), _state(row.value(), on), row.reason
    )


def _state(certificate: Certificate, on: date) -> str:
    if certificate.revoked_on is not None:
        return "revoked"
    if on < certificate.valid.start:
        return "later"
    return "in_force" if certificate.valid.contains(on) else "expired"


def _work_line(subject: str, work: CertificateWork, names: dict[str, str]) -> WorkLine:
    turn = work.turn
    return WorkLine(
        subject,
        work.task.value,
        turn.turn.value,
        turn.code,
        turn.name,
        work.serial,
        work.holder,
        tuple(names.get(heir, heir) for heir in turn.heirs),
    )
