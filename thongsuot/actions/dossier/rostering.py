"""Where a roster is in force, a step is done by the people whom it names."""

from __future__ import annotations

from datetime import datetime

from thongsuot.actions.dossier.keeping import day_of
from thongsuot.domain import roster as rules
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.workflow import Process
from thongsuot.records import roster


def require_on_roster(
    dossier: Dossier,
    process: Process,
    *,
    stage: str,
    office: str,
    officials: tuple[str, ...],
    at: datetime,
) -> None:
    """One of these people is named for the step, where a roster speaks of it. Raises NotOnRoster."""
    on = day_of(at)
    rules.require(
        roster.duties(office, process.code, on=on),
        officials=officials,
        stage=stage,
        procedure=dossier.procedure,
        on=on,
    )
