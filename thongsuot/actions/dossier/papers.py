"""The papers of a dossier: scanned with their files, excepted by the law, or taken from what we hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from thongsuot.actions import files
from thongsuot.actions.dossier.desk import Decide, act
from thongsuot.actions.dossier.keeping import World, day_of
from thongsuot.domain.dossier import Dossier, papers
from thongsuot.domain.dossier import events as e
from thongsuot.domain.duties import Person
from thongsuot.domain.workflow import Act
from thongsuot.records import papers as records
from thongsuot.records.reference import unchanging


@unchanging()
def add_scans(
    *,
    code: str,
    paper: str,
    uploads: Sequence[files.Upload],
    is_checked: bool,
    by: Person,
    at: datetime,
    seen_version: int | None = None,
    valid_until: date | None = None,
) -> Dossier:
    """Add scanned files to a paper: all of them or none.

    Raises NoFileGiven, what `actions.files.inspect` raises, NotDigitisable, PaperIsSecret, and
    what `act` raises.
    """
    if not uploads:
        raise files.NoFileGiven("files")
    good = [files.inspect(upload) for upload in uploads]

    def adding(file: files.Inspected) -> Decide:
        def decide(dossier: Dossier, _: World) -> e.Digitised:
            papers.require_scannable(dossier, paper)
            kept = files.keep(file, by=by.account, at=at)
            return papers.add_scan(
                dossier, paper=paper, file=kept, is_checked=is_checked, valid_until=valid_until
            )

        return decide

    with transaction.atomic():
        for file in good:
            dossier = act(
                code=code,
                act=Act.DIGITISE,
                decide=adding(file),
                by=by,
                at=at,
                seen_version=seen_version,
            )
            seen_version = dossier.version
    return dossier


def leave_unscanned(
    *, code: str, paper: str, why: e.ScanException, basis: str, by: Person, at: datetime
) -> Dossier:
    """Note why a paper of the dossier is not scanned.

    Raises NotDigitisable, PaperScannedAlready, and what `act` raises.
    """

    def decide(dossier: Dossier, _: World) -> e.ScanExcepted:
        return papers.leave_unscanned(dossier, paper=paper, why=why, basis=basis)

    return act(code=code, act=Act.DIGITISE, decide=decide, by=by, at=at)


def reuse(*, code: str, paper: str, by: Person, at: datetime) -> Dossier:
    """Take a paper into the dossier that the province holds for its applicant.

    Raises NothingHeld, and what `act` raises.
    """

    def decide(dossier: Dossier, _: World) -> e.PaperReused:
        on = day_of(at)
        held = records.held_by(dossier.applicant.number, on=on, besides=dossier.code)
        return papers.reuse(dossier, paper=paper, held=held, on=on)

    return act(code=code, act=Act.DIGITISE, decide=decide, by=by, at=at)


def take_from_store(
    *,
    code: str,
    paper: str,
    upload: files.Upload,
    body: str,
    number: str,
    kind: str,
    by: Person,
    at: datetime,
) -> Dossier:
    """Take a paper into the dossier that came from the electronic document store.

    Raises what `actions.files.inspect` raises, DossierEnded, and what `act` raises.
    """
    good = files.inspect(upload)

    def decide(dossier: Dossier, _: World) -> e.PaperFetched:
        kept = files.keep(good, by=by.account, at=at)
        return papers.fetch(dossier, paper=paper, file=kept, body=body, number=number, code=kind)

    return act(code=code, act=Act.DIGITISE, decide=decide, by=by, at=at)
