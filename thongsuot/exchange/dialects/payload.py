"""What every dialect asks of a message of ours, before it puts it into a partner's words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from thongsuot.domain.catalogue import Channel
from thongsuot.domain.dossier import Status
from thongsuot.domain.dossier.events import ApplicantKind, Payment
from thongsuot.domain.exchange import Parcel, Refused, ValueMissing
from thongsuot.domain.messages import VERSION
from thongsuot.domain.workdays import VIETNAM
from thongsuot.exchange.connector import Connection
from thongsuot.words import labels

Words = Mapping[str, Any]

# The closed sets of our values; those of procedures, fields and bodies are the catalogues'.
VALUES: Mapping[str, tuple[str, ...]] = {
    "status": tuple(one.value for one in Status),
    "channel": tuple(one.value for one in Channel),
    "applicant_kind": tuple(one.value for one in ApplicantKind),
    "payment": tuple(one.value for one in Payment),
}


def wrong_version(parcel: Parcel) -> Refused | None:
    """A message made by an older release tells too little: people mend it."""
    if parcel.payload.get("message_version") == VERSION:
        return None
    return Refused("message_version", f"cần bản tin dạng {VERSION}; hãy tạo lại bản tin của hồ sơ")


def known(to: Connection, where: str, given: str | None) -> str:
    """What a partner insists on. Raises ValueMissing: it is waited for, never made up."""
    if not given:
        raise ValueMissing(where, partner=to.partner)
    return given


def content(told: Words) -> str:
    """What was done, in words, with what the official wrote."""
    return ": ".join(filter(None, (labels.EVENT[told["event"]], told["words"])))


def day_of(parcel: Parcel) -> date:
    """The day whose names of values hold for a message: that of its fact."""
    return parcel.owed_at.astimezone(VIETNAM).date()


def without_blanks(words: Words) -> dict[str, Any]:
    """Only what we know: a key without a value says less than no key."""
    return {key: value for key, value in words.items() if value not in ("", None, [], {})}
