"""Those who handle next what a plan handed over are told, until they have looked at it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from thongsuot.actions.reorganisation.ground import local_day
from thongsuot.domain.duties import Person
from thongsuot.records import access
from thongsuot.records import reorganisation as records
from thongsuot.records.access import AccountRow
from thongsuot.records.custody import PassedSeenRow, PassedToRow


@transaction.atomic
def look_at_passed(key: str, *, by: Person, at: datetime) -> str:
    """Note that somebody looked at what a plan handed over to their bodies; the plan's key.

    What is handed over later is told anew. Raises NoSuchReorganisation.
    """
    plan = records.find(key)
    offices = access.duties(by.account).offices(by.account, local_day(at))
    account = AccountRow.objects.get(username=by.account)
    for passed in PassedToRow.objects.filter(plan=plan, office__in=offices):
        PassedSeenRow.objects.update_or_create(
            passed=passed, account=account, defaults={"many": passed.many, "at": at}
        )
    return plan.key
