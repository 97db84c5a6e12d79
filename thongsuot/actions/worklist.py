"""What somebody keeps of the work list: filters by name."""

from __future__ import annotations

from django.db import transaction

from thongsuot.domain.duties import Person
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.records.access import AccountRow
from thongsuot.records.worklist import SavedFilterRow
from thongsuot.words import reading

FILTERS_AT_MOST, LONGEST_NAME = 20, 60


class TooManyFilters(Refusal):
    """A list of filters that is longer than the screen helps nobody."""

    code = "too_many_filters"


class NoSuchFilter(Refusal):
    """The person keeps no filter of this number."""

    code = "no_such_filter"
    kind = Kind.UNKNOWN


@transaction.atomic
def keep_filter(*, name: object, asked: str, by: Person) -> str:
    """Keep a filter by a name; the same name means the new one. Raises TooManyFilters, FieldNeeded."""
    known = reading.text("name", name, longest=LONGEST_NAME)
    account = AccountRow.objects.select_for_update().get(username=by.account)
    kept = SavedFilterRow.objects.filter(account=account)
    if kept.exclude(name=known).count() >= FILTERS_AT_MOST:
        raise TooManyFilters("name", most=FILTERS_AT_MOST)
    SavedFilterRow.objects.update_or_create(account=account, name=known, defaults={"asked": asked})
    return known


def forget_filter(*, number: int, by: Person) -> str:
    """Forget a filter of one's own; its name. Raises NoSuchFilter."""
    row = SavedFilterRow.objects.filter(pk=number, account__username=by.account).first()
    if row is None:
        raise NoSuchFilter("number", given=number)
    row.delete()
    return row.name
