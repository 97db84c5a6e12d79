"""Procedures, processes, rosters and plans come into force by decision, and by whose duty it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests import builders, cast, life, rows
from thongsuot.actions import catalogue as actions
from thongsuot.actions import mirror
from thongsuot.actions.catalogue.plans import PlanEmpty
from thongsuot.actions.catalogue.procedures import as_draft
from thongsuot.actions.catalogue.proposals import ProposedUse
from thongsuot.domain.catalogue import (
    NoSuchProcedure,
    Origin,
    Paper,
    Procedure,
    ProcedureRepealed,
    Result,
    in_force,
)
from thongsuot.domain.decisions import Decision
from thongsuot.domain.directory import Level
from thongsuot.domain.identifiers import ProcedureCode
from thongsuot.domain.proposals import (
    CatalogueDutyNeeded,
    NoSuchProposal,
    ProposalNotThere,
    RemarkNeeded,
)
from thongsuot.domain.publication import AlreadyPublished, NothingAmended
from thongsuot.domain.roster import LaterRosterExists, Named, NotOnRoster
from thongsuot.domain.simplification import AlreadyFulfilled, Burden, PlanLine, PlanOfAnother
from thongsuot.domain.spans import Span
from thongsuot.domain.workflow import Act, BadProcess, Move, NoProcess
from thongsuot.records import catalogue, proposals
from thongsuot.records.decisions import (
    DecisionRow,
    NoSuchDraft,
    ProcedureChangeRow,
    ProcedureDraftRow,
)
from thongsuot.records.errands import ErrandRow
from thongsuot.records.roster import RosterRow
from thongsuot.records.simplification import NoSuchPlan, PlanLineRow
from thongsuot.records.spans import to_range

AT = cast.moment("2025-09-08 08:00")
TODAY = AT.date()
DAY = date(2025, 10, 1)
ONE = ProcedureCode.parse("3.000901.H99")
OWN = replace(
    builders.procedure(),
    code=ONE,
    origin=Origin.PROVINCIAL,
    results=(Result("Văn bản chấp thuận"),),
    valid=Span(DAY),
)


@pytest.fixture(autouse=True)
def province(db: None) -> None:
    """The province of Mây Trắng."""
    rows.province()


def decision(day: date = DAY, number: str = "QĐ 30/QĐ-UBND") -> Decision:
    return Decision(number, date(2025, 9, 5), "Chủ tịch UBND tỉnh", "Công bố danh mục", day)


def draft(value: Procedure = OWN) -> None:
    actions.draft_procedure(procedure=value, by=cast.NHUNG, at=AT)


def amended(*, paper: str = "Ảnh 3x4") -> None:
    """The procedure of five days, with one paper more."""
    before = catalogue.procedure_version(rows.FIVE_DAYS, 1)
    after = replace(before, papers=(*before.papers, Paper(paper)), results=OWN.results)
    draft(as_draft(after))
    actions.amend(code=rows.FIVE_DAYS, decision=decision(), by=cast.NHUNG, at=AT)


def test_a_draft_is_in_force_only_by_a_decision_and_from_its_day() -> None:
    draft()
    assert catalogue.versions(ONE.base) == []

    actions.publish(code=ONE.base, decision=decision(), by=cast.NHUNG, at=AT)

    assert catalogue.procedure(ONE, on=DAY).decision == "QĐ 30/QĐ-UBND"
    assert not ProcedureDraftRow.objects.exists()
    assert ProcedureChangeRow.objects.get().kind == "publish"


def test_only_the_office_changes_the_catalogue() -> None:
    with pytest.raises(CatalogueDutyNeeded):
        actions.draft_procedure(procedure=OWN, by=cast.SON, at=AT)
    draft()
    with pytest.raises(CatalogueDutyNeeded):
        actions.publish(code=ONE.base, decision=decision(), by=cast.HOA, at=AT)
    with pytest.raises(CatalogueDutyNeeded):
        actions.repeal(code=rows.FIVE_DAYS, decision=decision(), by=cast.KHACH, at=AT)

    assert not DecisionRow.objects.exists()


def test_what_was_refused_leaves_nothing_behind() -> None:
    with pytest.raises(NoSuchDraft):
        actions.publish(code=ONE.base, decision=decision(), by=cast.NHUNG, at=AT)
    draft()
    actions.publish(code=ONE.base, decision=decision(), by=cast.NHUNG, at=AT)
    draft()
    with pytest.raises(AlreadyPublished):
        actions.publish(code=ONE.base, decision=decision(number="QĐ 31"), by=cast.NHUNG, at=AT)

    assert DecisionRow.objects.count() == 1
    assert ProcedureDraftRow.objects.count() == 1


def test_a_dossier_under_way_keeps_the_version_it_began_with() -> None:
    before = life.received()

    amended()
    later = life.received(at=cast.moment("2025-10-06 08:00"))

    assert (before.procedure_version, later.procedure_version) == (1, 2)
    assert life.do(before, Act.FORWARD, cast.HOA).procedure_version == 1


def test_versions_never_overlap() -> None:
    amended()

    first, second = sorted(catalogue.versions(rows.FIVE_DAYS), key=lambda v: v.version)

    assert first.valid.end == second.valid.start == DAY
    assert in_force([first, second], code=rows.FIVE_DAYS, on=date(2025, 9, 30)) == first


def test_a_draft_that_changes_nothing_is_no_amendment() -> None:
    before = replace(catalogue.procedure_version(rows.FIVE_DAYS, 1), results=OWN.results)
    draft(as_draft(before))
    actions.amend(code=rows.FIVE_DAYS, decision=decision(), by=cast.NHUNG, at=AT)
    draft(as_draft(before))

    with pytest.raises(NothingAmended):
        later = decision(date(2025, 11, 1))
        actions.amend(code=rows.FIVE_DAYS, decision=later, by=cast.NHUNG, at=AT)


def test_a_repealed_procedure_is_received_no_more() -> None:
    actions.repeal(code=rows.FIVE_DAYS, decision=decision(), by=cast.NHUNG, at=AT)

    with pytest.raises(ProcedureRepealed):
        life.received(at=cast.moment("2025-10-06 08:00"))
    with pytest.raises(NoSuchProcedure):
        actions.repeal(code="9.999999", decision=decision(), by=cast.NHUNG, at=AT)


def test_a_replaced_procedure_names_the_one_that_took_its_place() -> None:
    actions.replace_by(
        code=rows.FIVE_DAYS, other=rows.AT_PROVINCE, decision=decision(), by=cast.NHUNG, at=AT
    )

    assert ProcedureChangeRow.objects.get().replaced_by == rows.AT_PROVINCE
    assert catalogue.versions(rows.FIVE_DAYS)[0].valid.end == DAY


def test_procedures_of_another_installation_come_as_drafts() -> None:
    count = actions.import_procedures(procedures=[OWN], by=cast.NHUNG, at=AT)

    assert count == 1
    assert catalogue.versions(ONE.base) == []
    assert ProcedureDraftRow.objects.get().value().name == OWN.name


def proposed_process(version: int = 1) -> int:
    """The common process of the commune, shorter by the seal, as the department proposes it."""
    uses = (ProposedUse("", Level.COMMUNE),)
    process = replace(builders.process(version=version, decision=""), name="Quy trình mới")
    return actions.draft_process(
        office=cast.BAN_MAY, process=process, uses=uses, by=cast.SON, at=AT
    )


def in_force_by(number: int, day: date = DAY) -> None:
    actions.propose(number=number, by=cast.SON, at=AT)
    actions.appraise(number=number, remark="Đạt", by=cast.NHUNG, at=AT)
    actions.decide(number=number, decision=decision(day), by=cast.NHUNG, at=AT)


def test_a_process_is_in_force_as_its_next_version_from_the_day_of_the_decision() -> None:
    before = life.received()

    in_force_by(proposed_process())
    later = life.received(at=cast.moment("2025-10-06 08:00"))

    assert before.process_version == "chung@1"
    assert later.process_version == "chung@2"
    assert catalogue.process("chung@2").decision == "QĐ 30/QĐ-UBND"


def test_a_process_with_a_circle_is_not_even_proposed() -> None:
    circle = Move(Act.PROPOSE, "approval", "work", "Quay lại")
    process = builders.process("vong", moves=(*builders.MOVES, circle), decision="")
    number = actions.draft_process(
        office=cast.BAN_MAY, process=process, uses=(), by=cast.SON, at=AT
    )

    with pytest.raises(BadProcess) as refused:
        actions.propose(number=number, by=cast.SON, at=AT)

    assert "approval" in str(refused.value.facts["fault"])
    assert proposals.find(number).state == "drafted"


def test_no_step_of_a_proposal_is_left_out_and_each_is_kept() -> None:
    number = proposed_process()
    with pytest.raises(ProposalNotThere):
        actions.decide(number=number, decision=decision(), by=cast.NHUNG, at=AT)
    actions.propose(number=number, by=cast.SON, at=AT)
    with pytest.raises(RemarkNeeded):
        actions.send_back(number=number, remark="", by=cast.NHUNG, at=AT)
    actions.send_back(number=number, remark="Thiếu bước văn thư", by=cast.NHUNG, at=AT)

    row = proposals.find(number)

    assert (row.state, row.remark) == ("returned", "Thiếu bước văn thư")
    assert [step.step for step in row.steps.order_by("id")] == ["edit", "propose", "return"]
    with pytest.raises(NoSuchProposal):
        proposals.find(number + 1)


def test_a_body_proposes_for_itself_alone_and_appraises_nothing() -> None:
    number = proposed_process()

    with pytest.raises(CatalogueDutyNeeded):
        actions.propose(number=number, by=cast.LONG, at=AT)
    with pytest.raises(CatalogueDutyNeeded):
        actions.appraise(number=number, remark="", by=cast.SON, at=AT)


def roster(*named: Named, day: date = TODAY) -> int:
    """The roster of Bản Mây, in force from a day."""
    number = actions.draft_roster(
        office=cast.BAN_MAY, process="chung", named=named, by=cast.SON, at=AT
    )
    actions.propose(number=number, by=cast.SON, at=AT)
    actions.appraise(number=number, remark="", by=cast.NHUNG, at=AT)
    actions.decide(number=number, decision=decision(day), by=cast.NHUNG, at=AT)
    return number


def test_work_is_given_only_to_people_of_the_roster_in_force() -> None:
    rows.grant(cast.LAN, "handler", cast.BAN_MAY)
    roster(Named("work", cast.LAN.account))
    dossier = life.forwarded(life.received())

    with pytest.raises(NotOnRoster):
        life.do(dossier, Act.ASSIGN, cast.PAO, official=cast.TAM.account)
    given = life.do(dossier, Act.ASSIGN, cast.PAO, official=cast.LAN.account)

    assert given.assignee == cast.LAN.account


def test_a_step_is_done_by_the_people_of_the_roster_or_who_stands_in_for_them() -> None:
    rows.grant(cast.LAN, "leader", cast.BAN_MAY)
    roster(Named("approval", cast.LAN.account))
    dossier = life.proposed(life.received())

    with pytest.raises(NotOnRoster):
        life.do(dossier, Act.APPROVE, cast.SON)
    rows.substitution(cast.LAN, cast.KHACH, builders.ALWAYS)

    assert life.do(dossier, Act.APPROVE, cast.KHACH).stage == "issue"


def test_a_roster_of_another_office_or_of_tomorrow_says_nothing_here_today() -> None:
    rows.grant(cast.LAN, "handler", cast.BAN_MAY)
    roster(Named("work", cast.LAN.account), day=DAY)

    assert life.assigned(life.received()).assignee == cast.TAM.account


def test_a_new_roster_takes_the_place_of_the_one_before_and_days_go_forward() -> None:
    roster(Named("work", cast.TAM.account))
    roster(Named("work", cast.SON.account), day=DAY)

    lines = {row.official: row.value().valid for row in RosterRow.objects.all()}

    assert lines == {"tam": Span(AT.date(), DAY), "son": Span(DAY)}
    with pytest.raises(LaterRosterExists):
        roster(Named("work", cast.TAM.account), day=AT.date())


def test_postgresql_itself_refuses_to_name_somebody_twice_for_a_step() -> None:
    roster(Named("work", cast.TAM.account))
    row = RosterRow.objects.get()
    row.pk, row.valid = None, to_range(Span(DAY))

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_roster_is_for_a_process_that_exists() -> None:
    with pytest.raises(NoProcess):
        actions.draft_roster(
            office=cast.BAN_MAY,
            process="khong-co",
            named=(Named("work", "tam"),),
            by=cast.SON,
            at=AT,
        )


def plan(procedure: str = rows.FIVE_DAYS) -> int:
    """A plan for one procedure; the number of its line."""
    line = PlanLine(
        procedure, Burden(papers=2, cost=90), Burden(papers=1, cost=30), "Bỏ bản sao", "1 × 90"
    )
    number = actions.decide_plan(
        title="Phương án 2025", lines=(line,), decision=decision(), by=cast.NHUNG, at=AT
    )
    return PlanLineRow.objects.get(plan=number).pk


def test_a_plan_is_followed_to_the_decision_that_carries_it_out() -> None:
    number = plan()
    actions.repeal(
        code=rows.FIVE_DAYS, decision=decision(number="QĐ 40"), by=cast.NHUNG, at=AT, fulfils=number
    )

    assert PlanLineRow.objects.get().value().amended_by == "QĐ 40"
    assert PlanLineRow.objects.get().value().saved == 60


def test_a_line_is_carried_out_once_and_by_its_own_procedure() -> None:
    number = plan()
    with pytest.raises(PlanOfAnother):
        actions.repeal(
            code=rows.AT_PROVINCE, decision=decision(), by=cast.NHUNG, at=AT, fulfils=number
        )
    with pytest.raises(NoSuchPlan):
        actions.repeal(
            code=rows.AT_PROVINCE, decision=decision(), by=cast.NHUNG, at=AT, fulfils=number + 1
        )
    PlanLineRow.objects.update(amended_by=DecisionRow.objects.first())
    with pytest.raises(AlreadyFulfilled):
        actions.repeal(
            code=rows.FIVE_DAYS, decision=decision(), by=cast.NHUNG, at=AT, fulfils=number
        )

    assert catalogue.versions(rows.AT_PROVINCE)[0].valid.end is None


def test_a_plan_speaks_of_procedures_that_exist() -> None:
    with pytest.raises(PlanEmpty):
        actions.decide_plan(title="Rỗng", lines=(), decision=decision(), by=cast.NHUNG, at=AT)
    with pytest.raises(NoSuchProcedure):
        plan("9.999999")


def test_what_was_simplified_is_owed_to_the_national_database() -> None:
    number = plan()
    actions.repeal(
        code=rows.FIVE_DAYS, decision=decision(number="QĐ 40"), by=cast.NHUNG, at=AT, fulfils=number
    )

    mirror.owe_publications(at=AT)

    owed = ErrandRow.objects.get(kind="publish_simplified")
    assert (owed.payload["decisionNo"], owed.payload["papersAfter"]) == ("QĐ 40", 1)
