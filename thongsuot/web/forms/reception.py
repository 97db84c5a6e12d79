"""The form of the counter: keeps what was typed, and reads it once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from django.http import QueryDict

from thongsuot.actions.dossier import Reception
from thongsuot.actions.dossier.moves import BadField, FieldNeeded
from thongsuot.domain.catalogue import Channel, Procedure
from thongsuot.domain.dossier.events import Applicant, PaperGiven, PlaceGiven
from thongsuot.domain.dossier.reception import Submission
from thongsuot.domain.identifiers import PersonNumber
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries.counter import Counter
from thongsuot.web.door import plain

Value = TypeVar("Value")

# As long as the tables keep them.
LONGEST: dict[str, int] = {
    "applicant.name": 200,
    "applicant.phone": 20,
    "applicant.email": 120,
    "applicant.address": 300,
    "applicant.proxy": 200,
}
MANY_PAPERS = 999


class FieldTooLong(Refusal):
    """What was entered is longer than the record keeps."""

    code = "field_too_long"
    kind = Kind.MALFORMED


@dataclass(slots=True)
class Reader:
    """Reads fields one after another and remembers what is wrong with each."""

    values: Mapping[str, str]
    refusals: list[Refusal] = field(default_factory=list)

    def text(self, name: str) -> str:
        """A text, not longer than the record keeps."""
        text, longest = self.values.get(name, ""), LONGEST.get(name, 0)
        if longest and len(text) > longest:
            self.refusals.append(FieldTooLong(name, field=name, length=len(text), longest=longest))
        return text

    def needed(self, name: str) -> str:
        """A text that cannot be left empty."""
        text = self.text(name)
        if not text:
            self.refusals.append(FieldNeeded(name, field=name))
        return text

    def moment(self, name: str) -> datetime | None:
        """A moment, if one was entered."""
        return self.read(name, lambda text: datetime.fromisoformat(text).replace(tzinfo=VIETNAM))

    def count(self, name: str) -> int:
        """How many, 0 where it was left empty."""
        return self.read(name, _count) or 0

    def read(self, name: str, parse: Callable[[str], Value]) -> Value | None:
        """What a field holds, if anything was entered."""
        text = self.values.get(name, "")
        try:
            return parse(text) if text else None
        except Refusal as refusal:
            refusal.where = name
            self.refusals.append(refusal)
        except ValueError:
            self.refusals.append(BadField(name, field=name, given=text[:80]))
        return None


def typed(post: QueryDict) -> dict[str, str]:
    """What was typed, every field of it."""
    return {name: plain(post.get(name)) for name in post}


def read(
    values: Mapping[str, str], counter: Counter, *, at: datetime
) -> tuple[Reception, tuple[Refusal, ...]]:
    """What the counter entered, and everything that is wrong with it."""
    reader = Reader(values)
    submission = Submission(
        applicant=_applicant(reader),
        place=PlaceGiven(reader.text("place"), ""),
        channel=reader.read("channel", Channel) or Channel.IN_PERSON,
        received_at=reader.moment("received_at") or at,
        case=reader.needed("case") if counter.procedure.cases else "",
        papers=(*_papers(reader, counter.procedure), *_more_papers(reader)),
        late_entry_reason=reader.text("late_entry_reason"),
        appointment=reader.moment("appointment"),
        appointment_basis=reader.text("appointment_basis"),
    )
    body = reader.text("competent_office") if counter.own else reader.needed("competent_office")
    reception = Reception(
        procedure=counter.procedure.code,
        submission=submission,
        receiving_point=counter.point.key,
        competent_office=body,
        return_point=reader.text("return_point"),
    )
    return reception, tuple(reader.refusals)


def _applicant(reader: Reader) -> Applicant:
    number = reader.read("applicant.number", PersonNumber.parse)
    return Applicant(
        name=reader.needed("applicant.name"),
        number=number.format() if number else "",
        phone=reader.text("applicant.phone"),
        email=reader.text("applicant.email"),
        address=reader.text("applicant.address"),
        proxy=reader.text("applicant.proxy"),
    )


def _papers(reader: Reader, procedure: Procedure) -> tuple[PaperGiven, ...]:
    """The papers ticked; their numbers are those of the whole procedure, whatever the case."""
    case = reader.values.get("case", "")
    return tuple(
        PaperGiven(
            paper.name, reader.count(f"originals-{number}"), reader.count(f"copies-{number}")
        )
        for number, paper in enumerate(procedure.papers)
        if paper.case in ("", case) and f"has-{number}" in reader.values
    )


def _more_papers(reader: Reader) -> tuple[PaperGiven, ...]:
    names = reader.text("more_papers").splitlines()
    return tuple(PaperGiven(name.strip(), originals=1) for name in names if name.strip())


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > MANY_PAPERS:
        raise ValueError(text)
    return int(text)
