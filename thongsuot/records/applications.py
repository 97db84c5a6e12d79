"""Online applications that a partner sent, until the counter has answered each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import models

from thongsuot.domain.applications import Application, ApplicationState, NoSuchApplication
from thongsuot.domain.dossier.events import Applicant, ApplicantKind
from thongsuot.domain.duties import Person
from thongsuot.domain.exchange import Arrival
from thongsuot.records.messages import InboxRow


class ApplicationRow(models.Model):
    """One application as it was filed elsewhere, and what the counter made of it.

    `code` is the partner's own, `office` the body it was filed with, `check_by` when the counter
    must have answered. `papers` are the names and, as it came, the content of what was filed.
    """

    partner = models.CharField(max_length=40)
    code = models.CharField(max_length=80)
    arrival = models.ForeignKey(InboxRow, on_delete=models.PROTECT, related_name="applications")
    procedure = models.CharField(max_length=60)
    procedure_name = models.CharField(max_length=1000)
    office = models.CharField(max_length=40)
    applicant = models.JSONField()
    papers = models.JSONField(default=list)
    submitted_at = models.DateTimeField()
    came_at = models.DateTimeField()
    check_by = models.DateTimeField()
    state = models.CharField(max_length=12)
    dossier = models.CharField(max_length=60, blank=True, default="")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "code"], name="applied_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "accepted", "refused"]),
                name="application_states",
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "check_by"],
                condition=models.Q(state="waiting"),
                name="applications_to_check",
            )
        ]

    def value(self) -> Application:
        """The application that this row stands for."""
        who = dict(self.applicant)
        return Application(
            partner=self.partner,
            code=self.code,
            procedure=self.procedure,
            procedure_name=self.procedure_name,
            office=self.office,
            applicant=Applicant(**{**who, "kind": ApplicantKind(who["kind"])}),
            papers=tuple(paper["name"] for paper in self.papers),
            submitted_at=self.submitted_at,
            came_at=self.came_at,
            check_by=self.check_by,
            state=ApplicationState(self.state),
            dossier=self.dossier,
        )


def of_code(partner: str, code: str) -> ApplicationRow | None:
    """The application of a partner's code, ours alone; none where it did not come yet."""
    rows = ApplicationRow.objects.select_for_update()
    return rows.filter(partner=partner, code=code).first()


def find(number: int, *, lock: bool = False) -> ApplicationRow:
    """An application. Raises NoSuchApplication."""
    rows = ApplicationRow.objects.select_for_update() if lock else ApplicationRow.objects.all()
    row = rows.filter(pk=number).first()
    if row is None:
        raise NoSuchApplication("application", given=number)
    return row


def keep(
    row: ApplicationRow | None,
    application: Application,
    arrival: Arrival,
    *,
    papers: Sequence[tuple[str, str, str]],
) -> None:
    """Keep what was filed, in place of what was filed before under the same code."""
    ApplicationRow.objects.update_or_create(
        partner=application.partner,
        code=application.code,
        defaults={
            "arrival": InboxRow.objects.get(partner=arrival.partner, key=arrival.key),
            "procedure": application.procedure,
            "procedure_name": application.procedure_name,
            "office": application.office,
            "applicant": asdict(application.applicant),
            "papers": [
                {"name": name, "base64": content, "url": url} for name, content, url in papers
            ],
            "submitted_at": application.submitted_at,
            "came_at": row.came_at if row else application.came_at,
            "check_by": application.check_by,
            "state": application.state.value,
        },
    )


def lacking_papers() -> Iterator[ApplicationRow]:
    """The applications that wait with papers whose content is not here, the oldest first."""
    rows = ApplicationRow.objects.filter(state=ApplicationState.WAITING)
    return rows.filter(papers__contains=[{"base64": ""}]).order_by("pk").iterator(50)


def is_elsewhere(paper: Mapping[str, Any]) -> bool:
    """Whether a paper came as an address whose content is not here."""
    return bool(paper.get("url")) and not paper["base64"]


def contents(row: ApplicationRow) -> Iterator[tuple[str, str]]:
    """The papers whose content came along, still as it came."""
    return ((paper["name"], paper["base64"]) for paper in row.papers if paper["base64"])


def settle(
    row: ApplicationRow, state: ApplicationState, dossier: str, *, by: Person, at: datetime
) -> None:
    """How it was answered; the content of its papers is with the dossier now, or not needed."""
    row.state, row.dossier = state.value, dossier
    row.settled_at, row.settled_by = at, by.account
    row.papers = [{"name": paper["name"], "base64": ""} for paper in row.papers]
    row.save(update_fields=["state", "dossier", "settled_at", "settled_by", "papers"])
