"""A small province in the database: everything that acts and questions need, and no dossier."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import connection

from tests import builders, cast, scans
from tests.domain.calendars import holidays
from thongsuot.domain.catalogue import Channel, Procedure
from thongsuot.domain.directory import Level, Office, OfficeKind
from thongsuot.domain.duties import Person
from thongsuot.domain.exchange import Arrival
from thongsuot.domain.identifiers import OfficeCode
from thongsuot.domain.spans import Span
from thongsuot.domain.workdays import CalendarDay
from thongsuot.domain.workflow import Act, ChildLink, Process
from thongsuot.records.access import AccountRow, GrantRow, RoleRow, SubstitutionRow
from thongsuot.records.calendar import (
    MarkRow,
    OfficeHoursRow,
    PhraseRow,
    PolicyRow,
    save_calendar,
)
from thongsuot.records.catalogue import ProcessRow, ProcessUseRow, save_procedure, save_process
from thongsuot.records.cutover import CutoverRuleRow, ReceptionSystemRow
from thongsuot.records.directory import (
    OfficeAliasRow,
    PlaceRow,
    PlaceSuccessionRow,
    ReceptionPointRow,
    SuccessionRow,
    save_office,
)
from thongsuot.records.exchange import ConnectionRow, ValueMapRow
from thongsuot.records.messages import PartnerRow
from thongsuot.records.shared_systems import SharedSystemRow, SystemEntryRow
from thongsuot.records.spans import to_range

SOURCE = "bịa ra để thử"
PASSWORD = "mat-khau-thu"
ALWAYS = builders.ALWAYS
MERGED_ON = date(2025, 7, 1)
BEFORE = Span(date(2020, 1, 1), MERGED_ON)
SINCE = Span(MERGED_ON)
KNOWN_AT = cast.moment("2025-07-01 00:00")
CALENDAR = "thu-1"

FIVE_DAYS = "1.000101"
AT_PROVINCE = "1.000202"
NO_TERM = "1.000303"
REPEALED = "1.000404"
FUTURE = "1.000505"
REORGANISING = "1.000606"
LINKED = "1.000707"
BRANCHING = "1.000808"

ROLES: dict[str, tuple[Act, ...]] = {
    "counter": (
        Act.RECEIVE,
        Act.DECLINE,
        Act.DIGITISE,
        Act.FORWARD,
        Act.ASK_SUPPLEMENT,
        Act.RECEIVE_SUPPLEMENT,
        Act.SETTLE_FINANCIAL_DUTY,
        Act.COLLECT_FEE,
        Act.STOP,
        Act.HAND_OVER,
        Act.OPEN_CHILD,
    ),
    "intake": (Act.ARRIVE, Act.ASSIGN, Act.SEND_BACK),
    "handler": (
        Act.ARRIVE,
        Act.CLAIM,
        Act.DIGITISE,
        Act.DRAFT,
        Act.PROPOSE,
        Act.ASK_OPINION,
        Act.GIVE_OPINION,
        Act.ASK_SUPPLEMENT,
        Act.RAISE_FINANCIAL_DUTY,
        Act.APOLOGISE,
        Act.OPEN_CHILD,
    ),
    "leader": (
        Act.ASSIGN,
        Act.DRAFT,
        Act.APPROVE,
        Act.SEND_BACK,
        Act.REFUSE,
        Act.GIVE_OPINION,
        Act.APOLOGISE,
    ),
    "clerk": (Act.ISSUE_RESULT, Act.SEND_BACK),
    "office": (Act.CHANGE_PROCESS, Act.ACCEPT_DUE),
    "operator": (Act.BEGIN_INCIDENT, Act.END_INCIDENT),
}
POSTS: tuple[tuple[Person, str, str], ...] = (
    (cast.HOA, "counter", cast.BAN_MAY),
    (cast.PAO, "intake", cast.BAN_MAY),
    (cast.TAM, "handler", cast.BAN_MAY),
    (cast.SON, "leader", cast.BAN_MAY),
    (cast.LAI, "clerk", cast.BAN_MAY),
    (cast.SUNG, "counter", cast.NAM_SUONG),
    (cast.HA, "counter", cast.CENTRE),
    (cast.HUY, "intake", cast.DEPARTMENT),
    (cast.DUNG, "handler", cast.DEPARTMENT),
    (cast.LONG, "leader", cast.DEPARTMENT),
    (cast.MAI, "clerk", cast.DEPARTMENT),
    (cast.BINH, "leader", cast.CONSTRUCTION),
    (cast.NHUNG, "office", ""),
    (cast.MINH, "operator", ""),
)
POLICY_VALUES = {
    "transfer_next_morning_from": "15:00",
    "supplements_at_most": "1",
    "extensions_at_most": "1",
    "apology_lead_days": "1",
    "apology_lead_counted_in": "calendar_days",
    "near_working_hours": "8",
    "online_check_working_hours": "8",
}


def province() -> None:
    """The whole province of Mây Trắng, in a database marked as one for tests."""
    MarkRow.objects.create(id=1, kind="test")
    _directory()
    calendar()
    _rules()
    _people()
    _catalogue()
    partner("national_portal")


def _directory() -> None:
    commune = OfficeKind.COMMUNE, Level.COMMUNE
    department = OfficeKind.DEPARTMENT, Level.PROVINCE
    office(cast.PROVINCE, "UBND tỉnh Mây Trắng", OfficeKind.PROVINCE, Level.PROVINCE)
    office(cast.CENTRE, "Trung tâm PVHCC tỉnh", OfficeKind.SERVICE_CENTRE, Level.PROVINCE)
    office(cast.DEPARTMENT, "Sở Nông nghiệp và Môi trường", *department)
    office(cast.CONSTRUCTION, "Sở Xây dựng", *department)
    office(cast.BAN_CU, "UBND xã Bản Cũ", *commune, valid=BEFORE)
    office(cast.BAN_MAY, "UBND xã Bản Mây", *commune, valid=SINCE)
    office(cast.NAM_SUONG, "UBND xã Nậm Sương", *commune, valid=SINCE)
    SuccessionRow.objects.create(
        kind="merged", old=cast.BAN_CU, new=cast.BAN_MAY, on=MERGED_ON, source=SOURCE
    )
    OfficeAliasRow.objects.create(alias="H99.01.01", code=cast.BAN_MAY, source=SOURCE)
    reception_point(cast.AT_CENTRE, cast.CENTRE)
    reception_point(cast.AT_BAN_MAY, cast.BAN_MAY, SINCE)
    reception_point(cast.AT_NAM_SUONG, cast.NAM_SUONG, SINCE)
    reception_point("MC-H99.091", cast.BAN_CU)  # its office is closed, the counter was forgotten
    place(cast.OLD_PLACE, "Bản Cũ", BEFORE)
    place(cast.PLACE, "Bản Mây", SINCE)
    PlaceSuccessionRow.objects.create(
        old=cast.OLD_PLACE,
        new=cast.PLACE,
        on=MERGED_ON,
        is_whole=True,
        is_suggested=True,
        source=SOURCE,
    )


def calendar(version: str = CALENDAR, *, extra: Iterable[CalendarDay] = ()) -> None:
    """A version of the calendar, with the office hours of the whole province."""
    OfficeHoursRow.objects.get_or_create(
        office="",
        defaults={
            "valid": to_range(Span(date(2018, 6, 21))),
            "intervals": [["07:30", "11:30"], ["13:30", "17:00"]],
            "source": SOURCE,
        },
    )
    save_calendar(
        version=version,
        days=[*holidays(), *extra],
        years=[2023, 2024, 2025, 2026, 2027],
        source=SOURCE,
        at=KNOWN_AT,
    )


def _rules() -> None:
    PolicyRow.objects.bulk_create(
        PolicyRow(key=key, value=value, valid=to_range(ALWAYS), source=SOURCE, certainty="bịa")
        for key, value in POLICY_VALUES.items()
    )
    PhraseRow.objects.bulk_create(
        PhraseRow(
            first=[*phrase.first],
            then=[*phrase.then],
            within=phrase.within,
            valid=to_range(phrase.valid),
            source=phrase.source,
        )
        for phrase in builders.PHRASES
    )


def _people() -> None:
    roles = RoleRow.objects.bulk_create(
        RoleRow(code=code, name=code, acts=[act.value for act in acts], source=SOURCE)
        for code, acts in ROLES.items()
    )
    without_a_post = ((cast.LAN, "", cast.BAN_MAY), (cast.KHACH, "", cast.BAN_MAY))
    password = make_password(PASSWORD)
    accounts = AccountRow.objects.bulk_create(
        AccountRow(
            username=person.account,
            name=person.name,
            office=where or cast.PROVINCE,
            reception_point=f"MC-{where}" if role == "counter" else "",
            password=password,
        )
        for person, role, where in (*POSTS, *without_a_post)
    )
    known, held = {a.username: a for a in accounts}, {role.code: role for role in roles}
    GrantRow.objects.bulk_create(
        GrantRow(
            account=known[person.account], role=held[role], office=where, valid=to_range(ALWAYS)
        )
        for person, role, where in POSTS
    )


def _catalogue() -> None:
    common = process(builders.process(), level=Level.COMMUNE)
    ProcessUseRow.objects.create(
        procedure="", level="province", process=common, valid=to_range(ALWAYS)
    )
    linked = builders.process("lien-thong", children=[ChildLink(FIVE_DAYS, "work")])
    process(linked, procedure=LINKED, level=Level.COMMUNE)
    process(builders.branching_process(), procedure=BRANCHING, level=Level.COMMUNE)
    at_province = frozenset({Level.PROVINCE})
    procedure(builders.procedure(FIVE_DAYS))
    procedure(builders.procedure(AT_PROVINCE, term="10 ngày làm việc", levels=at_province))
    procedure(builders.procedure(NO_TERM, term=None, channels=[Channel.IN_PERSON]))
    procedure(builders.procedure(REPEALED, valid=BEFORE))
    procedure(builders.procedure(FUTURE, valid=Span(date(2027, 1, 1))))
    procedure(builders.procedure(REORGANISING, about_reorganisation=True))
    procedure(builders.procedure(LINKED))
    procedure(builders.procedure(BRANCHING))


def office(code: str, name: str, kind: OfficeKind, level: Level, *, valid: Span = ALWAYS) -> None:
    """One version of an office."""
    value = Office(
        code=OfficeCode.parse(code),
        name=name,
        kind=kind,
        level=level,
        parent=None if code == cast.PROVINCE else OfficeCode.parse(cast.PROVINCE),
        place="",
        valid=valid,
        source=SOURCE,
    )
    save_office(value, recorded_at=KNOWN_AT)


def reception_point(key: str, where: str, valid: Span = ALWAYS) -> None:
    """A counter of an office."""
    ReceptionPointRow.objects.create(
        key=key, name=f"Quầy {where}", office=where, valid=to_range(valid), source=SOURCE
    )


def place(code: str, name: str, valid: Span) -> None:
    """One version of a commune on the map."""
    PlaceRow.objects.create(
        code=code,
        name=name,
        kind="xã",
        parent="90",
        province="90",
        search=name.lower(),
        valid=to_range(valid),
        source=SOURCE,
    )


def grant(person: Person, role: str, where: str, valid: Span = ALWAYS) -> None:
    """A role held in an office ("" for every one)."""
    GrantRow.objects.create(
        account=AccountRow.objects.get(username=person.account),
        role=RoleRow.objects.get(code=role),
        office=where,
        valid=to_range(valid),
    )


def substitution(absent: Person, substitute: Person, during: Span) -> None:
    """During an absence, one does another's duties."""
    SubstitutionRow.objects.create(
        absent=AccountRow.objects.get(username=absent.account),
        substitute=AccountRow.objects.get(username=substitute.account),
        during=to_range(during),
    )


def procedure(value: Procedure) -> None:
    """One version of a procedure."""
    save_procedure(value, search=value.name.lower(), source=SOURCE)


def process(
    value: Process, *, procedure: str = "", level: Level, valid: Span = ALWAYS
) -> ProcessRow:
    """A process, and what it resolves."""
    row = save_process(value, source=SOURCE)
    ProcessUseRow.objects.create(
        procedure=procedure, level=level.value, process=row, valid=to_range(valid)
    )
    return row


def partner(
    code: str,
    kinds: Iterable[str] = ("dossier", "progress", "result"),
    events: Iterable[str] = (),
    fields: Iterable[str] = (),
) -> None:
    """A system that is owed messages."""
    PartnerRow.objects.create(
        code=code,
        name=code,
        kinds=[*kinds],
        events=[*events],
        fields=[*fields],
        valid=to_range(ALWAYS),
        source=SOURCE,
    )


def shared_system(code: str = "bao-cao", *, direct_from: date | None = MERGED_ON) -> None:
    """A system that the bodies of the province share."""
    SharedSystemRow.objects.create(
        code=code,
        name=f"Hệ thống {code}",
        kind="report",
        keeper=cast.PROVINCE,
        direct_from=direct_from,
        direct_source=SOURCE,
        source=SOURCE,
    )


def system_entry(
    kind: str,
    key: str,
    where: str,
    *,
    other: str = "",
    via: Iterable[str] = (),
    system: str = "bao-cao",
) -> SystemEntryRow:
    """Something set up for a body in a shared system."""
    return SystemEntryRow.objects.create(
        system=system,
        kind=kind,
        key=key,
        office=where,
        other=other,
        via=list(via),
        valid=to_range(ALWAYS),
        source=SOURCE,
    )


def reception_system(code: str = "bo-x", *, state: str = "live", partner: str = "") -> None:
    """A system of a ministry that receives dossiers."""
    ReceptionSystemRow.objects.create(
        code=code,
        name=f"Hệ thống {code}",
        body="Bộ X",
        protocol="thử",
        state=state,
        test_address="https://thu.bo-x.example",
        live_address="https://motcua.bo-x.example",
        partner=partner,
        valid=to_range(ALWAYS),
        source=SOURCE,
    )


def moved(since: str, *, field: str = "Hộ tịch", procedure: str = "", system: str = "bo-x") -> None:
    """From a moment on a field, or a procedure, is received by a system."""
    CutoverRuleRow.objects.create(
        field="" if procedure else field,
        procedure=procedure,
        system=system,
        since=cast.moment(since),
        decision="CV 12 (bịa)",
        source=SOURCE,
    )


def count(table: str) -> int:
    """How many rows a table has, asked of PostgreSQL itself."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a name of ours
        return int(cursor.fetchone()[0])


def connected(partner: str, **other: object) -> ConnectionRow:
    """A partner is spoken to, at an address where nobody is."""
    given = {
        "partner": partner,
        "version": 1,
        "kind": "national_portal",
        "address": "http://127.0.0.1:9/",
        "state": "live",
        "since": KNOWN_AT,
        "decided_by": SOURCE,
    }
    return ConnectionRow.objects.create(**given | other)


def translation(partner: str, map_: str, ours: str, theirs: str, **other: object) -> None:
    """A name of one of our values at a partner."""
    given = {"valid": to_range(ALWAYS), "source": SOURCE}
    ValueMapRow.objects.create(partner=partner, map=map_, ours=ours, theirs=theirs, **given | other)


def application(code: str = "G22.99.99-250908-000001", **said: object) -> Arrival:
    """An application of Mrs Mỷ, filed online with Bản Mây, in neutral words."""
    paper = {"name": "don.pdf", "base64": base64.b64encode(scans.pdf()).decode()}
    body: dict[str, object] = {
        "code": code,
        "procedure": FIVE_DAYS,
        "office": cast.BAN_MAY,
        "submitted_at": cast.MONDAY.isoformat(),
        "applicant": {"kind": "person", "name": cast.MY.name, "number": cast.MY.number},
        "papers": [paper],
    }
    return Arrival("national_portal", f"key-{code}", "application", body | said)
