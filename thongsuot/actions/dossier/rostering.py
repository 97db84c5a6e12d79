"""Where a roster is in force, a step is done by the people whom it names."""

from __future__ import annotations

from datetime import date, datetime

from thongsuot.actions.dossier.keeping import day_of
from thongsuot.domain import roster as rules
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.workflow import Process, Stage
from thongsuot.records import access, roster


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


def require_role(official: str, stage: Stage, *, office: str, procedure: str, on: date) -> None:
    """Whoever gets a dossier may do what its stage asks. Raises NotOfRole.

    A roster names people among those who hold the role; it gives nobody a role.
    """
    held = access.duties(official)
    held.require_role(
        official, stage.role, office=office, procedure=procedure, on=on, stage=stage.name
    )
