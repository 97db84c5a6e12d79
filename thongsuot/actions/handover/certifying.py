"""What was handed over is certified: a certificate a dossier, one signed root over the batch."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from thongsuot.actions.cutover import require_keeper
from thongsuot.actions.evidence import NothingToCertify, read_key, sealed, told
from thongsuot.domain.dossier import replay
from thongsuot.domain.duties import Person
from thongsuot.domain.evidence import certificates, head
from thongsuot.domain.handover import HandoverPending, LineState
from thongsuot.domain.reconciliation import portrait
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.records import dossier as dossiers
from thongsuot.records import handover as records
from thongsuot.records.handover import HandoverLineRow, HandoverRow


class NotCertified(Refusal):
    """No certificate was made of this dossier's hand-over."""

    code = "handover_not_certified"
    kind = Kind.UNKNOWN


@transaction.atomic
def certify(number: int, *, key: Path, by: Person, at: datetime) -> dict[str, Any]:
    """Certify every dossier that the ministry acknowledged, as it left; the evidence as one file.

    Personal data stands in it only as digests.
    Raises NoSuchHandover, NotYourRight, HandoverPending, NothingToCertify, KeyUnreadable.
    """
    require_keeper(by, at)
    row = records.find(number, lock=True)
    books = row.books()
    if not books.is_settled:
        raise HandoverPending("handover", given=number, pending=books.pending)
    secret = read_key(key)
    lines = list(_there(row))
    if not lines:
        raise NothingToCertify("run", run=number)
    top, made = certificates([_as_it_left(row, line) for line in lines])
    row.evidence = sealed(head(f"handover/{row.pk}", at.isoformat(), len(lines), top), secret)
    row.save(update_fields=["evidence"])
    for line, one in zip(lines, made, strict=True):
        line.certificate = {
            "dossier": dict(one.dossier),
            "index": one.index,
            "path": list(one.path),
        }
    HandoverLineRow.objects.bulk_update(lines, ["certificate"], batch_size=500)
    return _as_evidence(row)


def evidence_of(number: int) -> dict[str, Any]:
    """The evidence of a hand-over as its file holds it. Raises NoSuchHandover, NotCertified."""
    return _as_evidence(records.find(number))


def certificate_of(number: int, code: str) -> dict[str, Any]:
    """One dossier's certificate, a file that is checked like the whole.

    Raises NoSuchHandover, NotCertified.
    """
    row = records.find(number)
    line = _there(row).filter(dossier__code=code).first()
    if not row.evidence or line is None or line.certificate is None:
        raise NotCertified("code", given=code)
    return {**row.evidence, "certificates": [line.certificate]}


def _as_evidence(row: HandoverRow) -> dict[str, Any]:
    """Raises NotCertified."""
    if not row.evidence:
        raise NotCertified("handover", given=row.pk)
    return {**row.evidence, "certificates": [line.certificate for line in _there(row)]}


def _there(row: HandoverRow) -> Any:
    lines = row.lines.filter(state=LineState.THERE.value)
    return lines.select_related("dossier").order_by("dossier__code")


def _as_it_left(row: HandoverRow, line: HandoverLineRow) -> Mapping[str, Any]:
    """A dossier as it stood here last, and what the ministry called it."""
    entries = dossiers.entries_of(line.dossier)[: line.seq - 1]
    now = replay(entries)
    if now is None:
        raise ValueError(f"{line.dossier.code} has no events")
    return {
        **told(portrait(now, entries)),
        "handover": row.pk,
        "system": row.system,
        "reference": line.reference,
        "sent_form": line.form,
        "acknowledged_at": line.settled_at.isoformat() if line.settled_at else "",
    }
