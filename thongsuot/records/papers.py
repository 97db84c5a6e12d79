"""What the province holds for a person, so that nobody is asked for it twice."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from thongsuot.domain.dossier import Dossier, Entry
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.papers import Held, is_reusable
from thongsuot.domain.dossier.reasons import fold
from thongsuot.domain.files import MediaType, StoredFile
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records.catalogue import procedure_version
from thongsuot.records.dossier import DossierRow
from thongsuot.records.files import FileRow


class PaperHeldRow(models.Model):
    """A paper or a result of a person, in the dossier by which we came to hold it."""

    person = models.CharField(max_length=20)
    words = models.TextField()
    paper = models.TextField()
    dossier = models.ForeignKey(DossierRow, on_delete=models.PROTECT)
    version = models.PositiveIntegerField()
    office = models.CharField(max_length=35)
    day = models.DateField()
    file = models.ForeignKey(FileRow, null=True, on_delete=models.PROTECT)
    file_name = models.CharField(max_length=120, blank=True)
    number = models.TextField(blank=True)
    valid_until = models.DateField(null=True)
    is_valid = models.BooleanField(default=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["person", "day"], condition=Q(is_valid=True), name="paper_held_by_person"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "version", "words"], name="paper_held_once")
        ]

    def value(self) -> Held:
        """The paper that this row stands for."""
        return Held(
            paper=self.paper,
            file=_stored(self.file, self.file_name),
            dossier=self.dossier.code,
            office=self.office,
            day=self.day,
            number=self.number,
            valid_until=self.valid_until,
        )


def hold(row: DossierRow, after: Dossier, entry: Entry) -> None:
    """Note what one more event makes us hold, or no longer rely on."""
    if not after.applicant.number:
        return
    match entry.event:
        case e.Digitised(paper=paper, file=StoredFile() as file, valid_until=until):
            _add(row, after, entry, paper, file=file, valid_until=until)
        case e.PaperFetched(paper=paper, file=file, number=number):
            _add(row, after, entry, paper, file=file, number=number)
        case e.ResultIssued(number=number):
            version = procedure_version(after.procedure, after.procedure_version)
            for name in dict.fromkeys(result.name for result in version.results):
                _add(row, after, entry, name, number=number)
        case e.SupplementAsked(missing=missing, asked_again_because=e.AskedAgain.INACCURATE):
            inaccurate = [_words(line) for line in missing]
            held = PaperHeldRow.objects.filter(person=after.applicant.number)
            held.filter(words__in=inaccurate).update(is_valid=False)


def held_by(person: str, *, on: date, besides: str = "") -> tuple[Held, ...]:
    """What is held for a person and valid on a day, the newest first; not of one dossier."""
    if not person:
        return ()
    rows = PaperHeldRow.objects.filter(person=person, is_valid=True).exclude(dossier__code=besides)
    valid = rows.filter(Q(valid_until=None) | Q(valid_until__gte=on))
    found = valid.select_related("dossier", "file").order_by("-day", "-id")
    newest: dict[str, Held] = {}
    for row in found:
        newest.setdefault(row.words, row.value())
    return tuple(newest.values())


def _add(
    row: DossierRow,
    after: Dossier,
    entry: Entry,
    paper: str,
    *,
    file: StoredFile | None = None,
    number: str = "",
    valid_until: date | None = None,
) -> None:
    if not is_reusable(paper):
        return
    PaperHeldRow.objects.create(
        person=after.applicant.number,
        words=_words(paper),
        paper=paper,
        dossier=row,
        version=after.version,
        office=entry.office,
        day=entry.occurred_at.astimezone(VIETNAM).date(),
        file=FileRow.objects.get(sha256=file.sha256) if file else None,
        file_name=file.name if file else "",
        number=number,
        valid_until=valid_until,
    )


def _words(paper: str) -> str:
    return " ".join(fold(paper))


def _stored(row: FileRow | None, name: str) -> StoredFile | None:
    if row is None:
        return None
    return StoredFile(row.sha256, name, MediaType(row.media_type), row.size, row.pages)
