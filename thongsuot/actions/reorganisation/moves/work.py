"""What bodies resolve: their competences pass on."""

from __future__ import annotations

from thongsuot.actions.reorganisation.ground import Ground
from thongsuot.actions.reorganisation.moves.move import (
    Begins,
    Ends,
    Found,
    Move,
    continued,
    open_on_eve,
)
from thongsuot.domain.reorganisation import (
    Becomes,
    DossierFacts,
    Gap,
    Subject,
)
from thongsuot.records.catalogue import ProcedureRow
from thongsuot.records.codec import Json
from thongsuot.records.routing import CompetenceRow


def competences(ground: Ground) -> Found:
    """Who is named for a field or a procedure: the heir that its dossiers have."""
    found, held = Found(), ground.held(Subject.PROCESSES)
    fields = dict(ProcedureRow.objects.values_list("base", "field"))
    there = set(
        CompetenceRow.objects.filter(valid__contains=ground.day).values_list(
            "procedure", "case", "field", "office"
        )
    )
    for row in open_on_eve(CompetenceRow.objects.filter(office__in=held), ground.day):
        one = held[row.office]
        if one.answer.becomes is Becomes.STAYS and row.office in ground.after:
            continue
        name = row.field or fields.get(row.procedure, "")
        answer = ground.heirs.of(DossierFacts(row.office, row.procedure, name))
        if isinstance(answer, Gap):
            found.gaps.append(answer)
            continue
        if answer.body == row.office:
            continue
        before: dict[str, Json] = {
            "office": row.office,
            "procedure": row.procedure,
            "field": row.field,
        }
        about = (row.procedure, row.case, row.field)
        is_new = (*about, answer.body) not in there
        begins = (Begins(continued(row, ground.day, office=answer.body)),) if is_new else ()
        there.add((*about, answer.body))
        found.moves.append(
            Move(
                answer.operation,
                Subject.PROCESSES,
                f"{row.office}:{row.procedure or row.field}:{row.pk}"[-80:],
                before,
                before | {"office": answer.body},
                answer.rule,
                (Ends(row), *begins),
                body=row.office,
                to=answer.body,
            )
        )
    return found
