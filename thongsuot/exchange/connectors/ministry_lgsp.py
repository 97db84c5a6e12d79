"""A ministry behind a WSO2 bus: whole documents, and traces that have no number.

Nothing can be asked there. A document replaces the one before; a trace would stand there twice,
so that one in doubt waits for people. Source: the bus of a ministry, `SyncDocument` and
`UpdateDocumentTraces`; dates are written in ISO, which no public text contradicts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from thongsuot.domain.exchange import Acknowledged, Failed, Outcome, Parcel, Refused
from thongsuot.domain.messages import MessageKind
from thongsuot.domain.workdays import VIETNAM
from thongsuot.exchange.connector import Connection, Sent, spoken
from thongsuot.exchange.dialects.payload import (
    VALUES,
    content,
    day_of,
    known,
    without_blanks,
    wrong_version,
)
from thongsuot.exchange.transports.answers import text, written
from thongsuot.exchange.transports.http import Unreadable
from thongsuot.exchange.transports.session import Bearer, Session, token

NEEDED = ("consumer_key",)
MAPS = ("status", "applicant_kind")
DONE = "200"
NOT_AS_THEY_WANT = frozenset({"400", "422"})


class MinistryLgsp:
    """Settings: `consumer_key`, `token_path`; the secret `consumer_secret`."""

    def __init__(self, connection: Connection) -> None:
        self._to = connection
        self._http = connection.http()
        self._calls = Bearer(self._http, Session(self._sign_in))

    def send(self, parcel: Parcel, /) -> Sent:
        """The document as it stands, then the step that it made; a value without name is raised."""
        if wrong := wrong_version(parcel):
            return Sent(wrong)
        document = written(self._document(parcel))
        trace = b"" if self.may_repeat(parcel) else written(self._trace(parcel))
        whole = self._say("/SyncDocument", document, may_repeat=True)
        if not trace or not isinstance(whole.outcome, Acknowledged):
            return whole
        step = self._say("/UpdateDocumentTraces", trace, may_repeat=False)
        return Sent(step.outcome, whole.request + step.request, whole.answer + step.answer)

    def form(self, parcel: Parcel, /) -> Mapping[str, Any]:
        """The dossier as it would go. Raises ValueMissing, ValueUnmapped, MapUnknown."""
        return self._document(parcel)

    def may_repeat(self, parcel: Parcel, /) -> bool:
        """A document replaces the one before; a trace does not."""
        return parcel.kind != MessageKind.PROGRESS

    def faults(self, on: datetime, /) -> Iterable[str]:
        """What the settings and the maps lack."""
        yield from (f"thiếu cấu hình {name}" for name in NEEDED if not self._to.setting(name))
        for name in MAPS:
            yield from self._to.gaps(name, VALUES[name], on.astimezone(VIETNAM).date())

    def _say(self, path: str, body: bytes, *, may_repeat: bool) -> Sent:
        return spoken(
            lambda: self._calls.call("POST", path, body=body), body, _meant, may_repeat=may_repeat
        )

    def _document(self, parcel: Parcel) -> dict[str, Any]:
        told, on = parcel.payload, day_of(parcel)
        who, asked = told["applicant"], told["supplements"]
        words = {
            "docTypeCode": self._to.named("procedure", told["procedure"], on),
            "docTypeName": known(self._to, "procedure_name", told["procedure_name"]),
            "docCode": told["code"],
            "citizenName": known(self._to, "applicant.name", who["name"]),
            "applicantsId": known(self._to, "applicant.number", who["number"]),
            "applicantsType": self._to.named("applicant_kind", who["kind"], on),
            "address": who["address"],
            "email": who["email"],
            "phone": who["phone"],
            "compendium": told["procedure_name"],
            "dateReceived": known(self._to, "received_at", told["received_at"]),
            "dateAppointed": told["due_at"],
            "isSuccess": told["outcome"] == "granted",
            "successDate": told["ended_at"] if told["outcome"] == "granted" else None,
            "isReturned": bool(told["handed_over_at"]),
            "returnedDate": told["handed_over_at"],
            "finishedDate": told["ended_at"],
            "status": self._to.named("status", told["status"], on),
            "processingOrganName": told["competent_office_name"],
            "hasSupplementary": bool(asked),
            "requireSupplementaryDate": asked[-1]["asked_at"] if asked else None,
            "docFees": [{"feeName": f["name"], "price": str(f["amount"])} for f in told["fees"]],
            "docPapers": [
                {"paperName": paper["name"], "amount": paper["originals"] + paper["copies"]}
                for paper in told["papers"]
            ],
            "supplementaries": [
                _supplement(told["code"], number, one) for number, one in enumerate(asked, start=1)
            ],
            **self._in_charge("organIncharge", told, on),
        }
        return without_blanks(words)

    def _trace(self, parcel: Parcel) -> dict[str, Any]:
        told, on = parcel.payload, day_of(parcel)
        words = {
            "docCode": told["code"],
            "userName": known(self._to, "by", told["by_name"] or told["holder_name"]),
            "dateCreated": told["occurred_at"],
            "comment": content(told),
            "status": self._to.named("status", told["status"], on),
            **self._in_charge("organizationIncharge", told, on),
        }
        return without_blanks(words)

    def _in_charge(self, name: str, told: Mapping[str, Any], on: date) -> dict[str, Any]:
        return {
            f"{name}IdLevel1": self._to.named("office", told["competent_office"], on),
            f"{name}Name": told["competent_office_name"],
        }

    def _sign_in(self) -> str:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._to.setting("consumer_key"),
            "client_secret": self._to.secret("consumer_secret"),
        }
        return token(self._http, self._to.setting("token_path", "/token"), form)


def _meant(told: Mapping[str, Any]) -> Outcome:
    """Success is the status in the body; that of HTTP says nothing."""
    status, message = text(told.get("status")), text(told.get("message"))
    if status == DONE:
        return Acknowledged()
    if status in NOT_AS_THEY_WANT:
        return Refused(status, message)
    if not status:
        raise Unreadable("no status")
    return Failed(f"{status} {message}".strip())


def _supplement(code: str, number: int, one: Mapping[str, Any]) -> dict[str, Any]:
    return without_blanks(
        {
            "supplementaryId": f"{code}/{number}",
            "sendComment": "; ".join(filter(None, (one["reason"], *one["missing"]))),
            "sendDate": one["asked_at"],
            "receivedDate": one["answered_at"],
            "isReceived": bool(one["answered_at"]),
            "papers": ", ".join(one["papers"]),
            "oldDateAppointed": one["due_before"],
            "newDateAppointed": one["due_after"],
        }
    )
