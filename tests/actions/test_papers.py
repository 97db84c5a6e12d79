"""Papers scanned, excepted and reused, with what the province then holds of a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders, cast, life, rows, scans
from thongsuot.actions.dossier import papers, receive
from thongsuot.actions.files import FileCutOff, NoFileGiven, Upload
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.refusals import AlreadyHeld, NothingHeld
from thongsuot.domain.duties import NotYourDuty, Person
from thongsuot.domain.workflow import Act
from thongsuot.records import dossier as records
from thongsuot.records import papers as held
from thongsuot.records.files import FileRow

pytestmark = pytest.mark.usefixtures("province", "store")

BIRTH = "Giấy khai sinh"
NEXT_DAY = cast.moment("2025-09-09 08:00")
LATER = cast.moment("2025-09-09 08:10")


def with_birth(at: object = None) -> Dossier:
    """A dossier of Mrs Mỷ with her certificate of birth, or a later one."""
    moment = NEXT_DAY if at else cast.MONDAY
    asked = life.request(submission=builders.submission(received_at=moment))
    object.__setattr__(asked.submission, "papers", (e.PaperGiven("Tờ khai"), e.PaperGiven(BIRTH)))
    return receive(request=asked, by=cast.HOA, at=moment)


def scan(d: Dossier, *uploads: Upload, paper: str = BIRTH, by: Person = cast.HOA) -> Dossier:
    """Scanned at the counter, ten minutes later."""
    return papers.add_scans(
        code=d.code,
        paper=paper,
        uploads=uploads or (Upload("khai sinh.pdf", scans.pdf(2)),),
        is_checked=True,
        by=by,
        at=d.received_at + life.PACE,
    )


def test_several_files_come_in_as_one_and_each_stands_in_the_story() -> None:
    d = scan(with_birth(), Upload("trang 1.png", scans.picture()), Upload("2.pdf", scans.pdf(3)))

    names = [(one.paper, one.file.name, one.file.pages) for one in d.scans if one.file]
    assert names == [(BIRTH, "trang 1.png", 1), (BIRTH, "2.pdf", 3)]
    assert records.find(d.code).events.filter(name="digitised").count() == 2


def test_one_bad_file_among_several_leaves_nothing_behind(store: Path) -> None:
    d = with_birth()

    with pytest.raises(FileCutOff):
        scan(d, Upload("tốt.pdf", scans.pdf()), Upload("cụt.pdf", scans.pdf()[:-100]))

    assert records.find(d.code).version == 1
    assert not FileRow.objects.exists()
    assert not [file for file in store.rglob("*") if file.is_file()]


def test_nothing_is_kept_for_whom_it_is_no_duty_or_without_a_file() -> None:
    d = with_birth()

    with pytest.raises(NotYourDuty):
        scan(d, by=cast.KHACH)
    with pytest.raises(NoFileGiven):
        papers.add_scans(
            code=d.code, paper=BIRTH, uploads=(), is_checked=True, by=cast.HOA, at=NEXT_DAY
        )
    assert not FileRow.objects.exists()


def test_what_was_scanned_once_is_held_and_taken_into_the_next_dossier() -> None:
    first = scan(with_birth())
    second = with_birth(NEXT_DAY)

    taken = papers.reuse(code=second.code, paper=BIRTH, by=cast.HOA, at=LATER)

    (found,) = held.held_by(cast.MY.number, on=NEXT_DAY.date(), besides=second.code)
    assert (found.paper, found.dossier) == (BIRTH, first.code)
    assert [(one.origin, one.file) for one in taken.scans] == [(first.code, first.scans[0].file)]


def test_the_form_that_is_written_for_each_dossier_is_not_held() -> None:
    first = scan(with_birth(), paper="Tờ khai")

    assert "Tờ khai" in first.digitised
    assert held.held_by(cast.MY.number, on=NEXT_DAY.date()) == ()


def test_nothing_is_held_of_somebody_else() -> None:
    scan(with_birth())

    assert held.held_by("012190000999", on=NEXT_DAY.date()) == ()
    assert held.held_by("", on=NEXT_DAY.date()) == ()


def test_a_supplement_does_not_ask_for_what_is_held_unless_the_law_gives_a_reason() -> None:
    scan(with_birth())
    second = with_birth(NEXT_DAY)
    ask = {"missing": [BIRTH], "reason": "thiếu"}

    with pytest.raises(AlreadyHeld):
        life.do(second, Act.ASK_SUPPLEMENT, cast.HOA, LATER, **ask)
    life.do(second, Act.ASK_SUPPLEMENT, cast.HOA, LATER, **ask, asked_again_because="inaccurate")

    assert held.held_by(cast.MY.number, on=NEXT_DAY.date()) == ()
    with pytest.raises(NothingHeld):
        papers.reuse(code=second.code, paper=BIRTH, by=cast.HOA, at=LATER + life.PACE)


def test_a_paper_may_be_asked_for_again_in_the_dossier_that_brought_it() -> None:
    d = scan(with_birth())

    asked = life.do(d, Act.ASK_SUPPLEMENT, cast.HOA, missing=[BIRTH], reason="mờ, không đọc được")

    assert len(asked.supplements) == 1


def test_why_a_paper_is_not_scanned_stands_in_the_story() -> None:
    d = papers.leave_unscanned(
        code=with_birth().code,
        paper=BIRTH,
        why=e.ScanException.PRESENTED_ONLY,
        basis="",
        by=cast.HOA,
        at=NEXT_DAY,
    )

    assert d.unscanned[0].basis == "TT 03/2025/TT-VPCP Đ.5.2.b"


def test_a_fee_is_collected_until_the_result_is_in_the_applicants_hands() -> None:
    d = life.issued(life.received())

    paid = life.do(
        d,
        Act.COLLECT_FEE,
        cast.HOA,
        what="Lệ phí hộ tịch",
        amount=8000,
        how="cash",
        receipt_number="0000123",
    )

    assert [(fee.name, fee.amount) for fee in paid.fees] == [("Lệ phí hộ tịch", 8000)]
    assert rows.count("records_paperheldrow") == 0
