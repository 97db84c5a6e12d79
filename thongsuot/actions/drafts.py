"""What is typed at the counter is kept until it is sent or thrown away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from thongsuot.domain.duties import Person
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.records.access import IdempotencyRow
from thongsuot.records.drafts import DraftRow


def save_draft(
    *, by: Person, procedure: ProcedureCode, typed: Mapping[str, str], key: str, at: datetime
) -> None:
    """Keep a form as it was typed; one that was sent meanwhile is no draft any more."""
    if IdempotencyRow.objects.filter(account__username=by.account, key=key).exists():
        return
    DraftRow.objects.update_or_create(
        account=by.account,
        procedure=procedure.base,
        defaults={"typed": dict(typed), "saved_at": at},
    )


def forget_draft(*, by: Person, procedure: ProcedureCode) -> None:
    """Throw a draft away; none is none."""
    DraftRow.objects.filter(account=by.account, procedure=procedure.base).delete()
