"""The draft of a decision: brought back from an editor, kept version by version."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from thongsuot.actions import files
from thongsuot.actions.dossier.desk import act
from thongsuot.actions.dossier.keeping import World
from thongsuot.actions.files.drafts import inspect_draft
from thongsuot.domain.dossier import Dossier, resolution
from thongsuot.domain.dossier import events as e
from thongsuot.domain.duties import Person
from thongsuot.domain.workflow import Act
from thongsuot.records.reference import unchanging


@unchanging()
@transaction.atomic
def keep_draft(
    *,
    code: str,
    upload: files.Upload | None,
    note: str,
    by: Person,
    at: datetime,
    seen_version: int | None = None,
) -> Dossier:
    """Keep one more version of a dossier's draft.

    Raises NoFileGiven, what `inspect_draft` raises, DraftClosed, and what `act` raises.
    """

    def decide(dossier: Dossier, _: World) -> e.DraftKept:
        resolution.require_draft_open(dossier)
        if upload is None:
            raise files.NoFileGiven("file")
        kept = files.keep(inspect_draft(upload), by=by.account, at=at)
        return resolution.keep_draft(dossier, file=kept, note=note)

    return act(code=code, act=Act.DRAFT, decide=decide, by=by, at=at, seen_version=seen_version)
