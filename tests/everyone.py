"""Somebody for each role that ships, and a thing of each kind that an address may name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import builders, cast, life, reports, rows, scans
from tests.architecture.rights import roles, written
from thongsuot.actions import (
    catalogue,
    evidence,
    handover,
    inbox,
    incidents,
    messages,
    migration,
    reconciliation,
    reporting,
    shared_systems,
    training,
)
from thongsuot.actions.dossier.papers import add_scans
from thongsuot.actions.files import Upload
from thongsuot.actions.reorganisation import keep
from thongsuot.actions.reporting.exporting import OfCell, Rows
from thongsuot.domain.decisions import Decision
from thongsuot.domain.duties import Person
from thongsuot.domain.exchange import Arrival, Patience, Refused
from thongsuot.domain.reconciliation import ReconcileLevel
from thongsuot.domain.reporting.orders import OrderDocument, OrderTask
from thongsuot.domain.simplification import Burden, PlanLine
from thongsuot.domain.training import Lesson, LessonKind
from thongsuot.records.access import AccountRow, RoleRow
from thongsuot.records.applications import ApplicationRow
from thongsuot.records.dossier import DossierRow
from thongsuot.records.handover import HandoverLineRow, HandoverRow
from thongsuot.records.messages import InboxRow
from thongsuot.records.report_exports import ReportExportRow
from thongsuot.records.shared_systems import FindingRow

NOW = cast.moment("2025-09-10 09:00")
PLAN = f"""phương án: mau
tên: Hai xã thành một (bịa ra để thử)
tỉnh: "90"
hiệu lực: 2025-10-01
căn cứ: [QĐ thử số 1]
thao tác:
- việc: nhập
  cơ quan: [{cast.NAM_SUONG}]
  vào: {cast.BAN_MAY}
"""
OLD_EXPORT = f"""Mã hồ sơ,Mã thủ tục,Mã cơ quan giải quyết,Người nộp,Ngày tiếp nhận,Ngày hẹn trả,Trạng thái
CU-1,{rows.FIVE_DAYS},{cast.BAN_MAY},Giàng Thị Mỷ,01/09/2025,08/09/2025,Đang xử lý
CU-2,9.999999,Phòng lạ,Giàng Thị Mỷ,01/09/2025,08/09/2025,Đã trả kết quả
"""
EVERYWHERE = {"office", "inspector", "admin", "operator"}


def province() -> Mapping[str, str]:
    """The province of Mây Trắng with everyone in it; what the samples of the matrix stand for."""
    rows.province()
    for role in roles():
        _somebody(role)
    made = (_decided(), _scanned(), _found(), _exchanged(), _reported(), _brought_in(), _gone())
    return {**written()["samples"], **{key: value for each in made for key, value in each.items()}}


def account(role: str) -> str:
    """The name by which the somebody of a role signs in."""
    return f"vai.{role}"


def _decided() -> dict[str, str]:
    """A proposal of the body, and a plan of the Office."""
    proposal = catalogue.draft_process(
        office=cast.BAN_MAY,
        process=builders.process("moi", decision=""),
        uses=(),
        by=cast.SON,
        at=NOW,
    )
    decision = Decision("QĐ 1", NOW.date(), "Chủ tịch UBND tỉnh", "", NOW.date())
    line = PlanLine(rows.FIVE_DAYS, Burden(papers=2), Burden(papers=1), "Bỏ bản sao")
    plan = catalogue.decide_plan(
        title="Phương án", lines=(line,), decision=decision, by=cast.NHUNG, at=NOW
    )
    return {"proposal": str(proposal), "plan": str(plan)}


def _scanned() -> dict[str, str]:
    """A dossier at the counter, one of its papers scanned."""
    dossier = add_scans(
        code=life.received().code,
        paper="Tờ khai",
        uploads=[Upload("to-khai.pdf", scans.pdf())],
        is_checked=True,
        by=cast.HOA,
        at=NOW,
    )
    kept = next(scan.file for scan in dossier.scans if scan.file)
    return {"dossier": dossier.code, "file": kept.sha256}


def _found() -> dict[str, str]:
    """A flow through a body that is gone, an incident, and rules to acknowledge."""
    rows.shared_system()
    rows.system_entry("flow", "VB-1", cast.BAN_MAY, other=cast.PROVINCE, via=[cast.BAN_CU])
    person = Person(account("operator"), "operator")
    shared_systems.record_findings(by=person, at=NOW)
    incident = incidents.find(
        what="Mất mạng", system="", found_at=NOW, found_by="Trực", by=person, at=NOW
    )
    rules = Lesson(LessonKind.RULES, "Quy chế vận hành", NOW.date())
    lesson = training.add(lesson=rules, by=person, at=NOW)
    plan = keep(PLAN, person, NOW)
    return {
        "reorganisation": plan.key,
        "finding": str(FindingRow.objects.get().pk),
        "incident": str(incident),
        "lesson": str(lesson),
    }


def _exchanged() -> dict[str, str]:
    """A message that was set aside, one thing that nobody understood, and a connection."""
    rows.connected("national_portal")
    parcel, *_ = messages.take("national_portal", at=NOW, lease=timedelta(minutes=5), limit=1)
    refused = messages.Attempt(parcel, Refused("-1", "thiếu mã"), NOW)
    messages.note([refused], patience=Patience(), at=NOW)
    inbox.take_in(Arrival("national_portal", "X-1", "unheard_of", {"a": 1}), at=NOW)
    arrival = InboxRow.objects.get(key="X-1").pk
    return {"message": str(parcel.number), "arrival": str(arrival), **_filed()}


def _filed() -> dict[str, str]:
    """An application that somebody filed online with the body of the counter."""
    inbox.take_in(rows.application(), at=NOW)
    return {"application": str(ApplicationRow.objects.get().pk)}


def _reported() -> dict[str, str]:
    """The report of the commune for a quarter, sent."""
    reports.known()
    by = Person(account("office"), "office")
    sent = reports.sent(cast.BAN_MAY, by=by, at=NOW)
    order = reporting.order(
        document=OrderDocument("01/CĐ-UBND", "Rà soát hồ sơ", "UBND tỉnh", NOW.date()),
        tasks=[OrderTask(1, "Rà soát hồ sơ quá hạn", NOW)],
        units=[cast.BAN_MAY, cast.NAM_SUONG],
        by=by,
        at=NOW,
    )
    cell = OfCell(sent.definition.key, "II.06a", sent.window.key, cast.BAN_MAY, "total", "3", NOW)
    export = reporting.exporting.ask(cell=cell, kind="csv", account=by.account, at=NOW)
    row = ReportExportRow.objects.get(pk=export)
    reporting.exporting.make(
        number=export,
        of=lambda _: Rows(0, (("Mã hồ sơ", 20),), ()),
        at=NOW,
        now=lambda: row.asked_at,
    )
    return {
        "report": sent.definition.key,
        "period": sent.window.key,
        "version": "1",
        "order": str(order),
        "export": str(export),
    }


def _brought_in() -> dict[str, str]:
    """An old system's export, read and not yet mapped."""
    run = migration.read_upload(
        "xuat.csv",
        OLD_EXPORT.encode(),
        layout="mau-chung",
        system="he-cu",
        told_at=NOW,
        by=Person(account("operator"), "operator"),
        at=NOW,
    )
    migration.propose(run.pk, by=Person(account("operator"), "operator"), at=NOW)
    compared = reconciliation.ask(
        f"run:{run.pk}",
        "records",
        level=ReconcileLevel.KEYS,
        by=Person(account("operator"), "operator"),
        at=NOW,
    )
    return {"migration": str(run.pk), "reconciliation": str(compared)}


def _gone() -> dict[str, str]:
    """A hand-over that is over, its one dossier acknowledged and certified."""
    person = Person(account("operator"), "operator")
    dossier = DossierRow.objects.latest("pk")
    row = HandoverRow.objects.create(
        field="Hộ tịch",
        received_before=NOW,
        system="bo-x",
        system_name="Hệ thống của bộ X",
        partner="bo-x",
        decision="CV 12 (bịa)",
        state="closed",
        chosen=1,
        planned_by=person.account,
        planned_at=NOW,
    )
    HandoverLineRow.objects.create(
        handover=row,
        dossier=dossier,
        version=1,
        state="there",
        seq=2,
        reference="64f0",
        settled_at=NOW,
    )
    with TemporaryDirectory() as folder:
        key = Path(folder, "khoa.pem")
        evidence.new_key(key)
        handover.certify(row.pk, key=key, by=person, at=NOW)
    return {"handover": str(row.pk)}


def _somebody(role: str) -> None:
    person = Person(account(role), role)
    AccountRow.objects.create(
        username=person.account,
        name=person.name,
        office=cast.BAN_MAY,
        reception_point=cast.AT_BAN_MAY if role == "counter" else "",
    )
    shipped = roles()[role]
    held = {"acts": shipped["acts"].split(), "rights": shipped["rights"].split()}
    RoleRow.objects.update_or_create(
        code=role, defaults=held, create_defaults={"name": role, "source": rows.SOURCE, **held}
    )
    rows.grant(person, role, "" if role in EVERYWHERE else cast.BAN_MAY)
