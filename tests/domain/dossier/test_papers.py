"""The papers of a dossier: scanned, excepted, reused, and never asked for twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests import builders, cast
from thongsuot.domain.catalogue import Paper
from thongsuot.domain.dossier import Dossier, clock, papers
from thongsuot.domain.dossier import events as e
from thongsuot.domain.dossier.papers import Held, PaperState
from thongsuot.domain.dossier.refusals import (
    AlreadyHeld,
    NotDigitisable,
    NothingHeld,
    PaperIsSecret,
    PaperScannedAlready,
)
from thongsuot.domain.files import MediaType, StoredFile

FILE = StoredFile("ab" * 32, "to-khai.pdf", MediaType.PDF, 900, 2)
BIRTH = Held("Giấy khai sinh", FILE, "H99.102-240305-0007", cast.NAM_SUONG, date(2024, 3, 5))
TODAY = date(2025, 9, 8)


def with_papers(*names: str) -> Dossier:
    return replace(builders.received(), papers=tuple(e.PaperGiven(name) for name in names))


def test_each_paper_says_as_what_it_is_here() -> None:
    d = with_papers("Tờ khai", "Căn cước", "Ý kiến của Sở", "Ảnh")
    for event in (
        papers.add_scan(d, paper="Tờ khai", file=FILE, is_checked=True),
        papers.leave_unscanned(d, paper="Căn cước", why=e.ScanException.PRESENTED_ONLY),
        papers.leave_unscanned(d, paper="Ý kiến của Sở", why=e.ScanException.OPINION_REPLY),
        papers.reuse(d, paper="Giấy khai sinh", held=[BIRTH], on=TODAY),
    ):
        d = builders.after(d, event)

    lines = papers.checklist(d, [Paper("Giấy khai sinh"), Paper("Sổ hộ khẩu")])

    assert {line.name: line.state for line in lines} == {
        "Giấy khai sinh": PaperState.HELD,
        "Sổ hộ khẩu": PaperState.MISSING,
        "Tờ khai": PaperState.SCANNED,
        "Căn cước": PaperState.SHOWN_ONLY,
        "Ý kiến của Sở": PaperState.NOT_SCANNED,
        "Ảnh": PaperState.TO_SCAN,
    }


@pytest.mark.parametrize("why", list(e.ScanException))
def test_an_exception_from_scanning_names_its_point_of_the_law(why: e.ScanException) -> None:
    told = papers.leave_unscanned(with_papers("Căn cước"), paper="Căn cước", why=why)

    assert told.basis.startswith("TT 03/2025/TT-VPCP Đ.5.2.")
    assert papers.leave_unscanned(
        with_papers("Căn cước"), paper="Căn cước", why=why, basis="Luật X Đ.3"
    ).basis == ("Luật X Đ.3")


def test_whoever_scans_vouches_for_it_or_does_not() -> None:
    d = with_papers("Tờ khai")

    sure = papers.add_scan(d, paper="Tờ khai", file=FILE, is_checked=True)
    unsure = papers.add_scan(d, paper="Tờ khai", file=FILE, is_checked=False)

    assert (sure.checked, unsure.checked) == (("complete", "in_order", "legible"), ())


def test_a_secret_paper_never_enters_the_system() -> None:
    d = with_papers("Bản đồ")
    d = builders.after(d, papers.leave_unscanned(d, paper="Bản đồ", why=e.ScanException.SECRET))

    with pytest.raises(PaperIsSecret):
        papers.add_scan(d, paper="Bản đồ", file=FILE, is_checked=True)


def test_what_was_scanned_needs_no_exception_and_a_strange_paper_has_no_state() -> None:
    d = with_papers("Tờ khai")
    d = builders.after(d, papers.add_scan(d, paper="Tờ khai", file=FILE, is_checked=True))

    with pytest.raises(PaperScannedAlready):
        papers.leave_unscanned(d, paper="Tờ khai", why=e.ScanException.PRESENTED_ONLY)
    with pytest.raises(NotDigitisable):
        papers.leave_unscanned(d, paper="Khác", why=e.ScanException.PRESENTED_ONLY)


def test_only_what_is_held_and_valid_is_reused() -> None:
    expired = replace(BIRTH, valid_until=date(2025, 9, 7))

    told = papers.reuse(with_papers(), paper="giấy KHAI sinh", held=[BIRTH], on=TODAY)

    assert (told.from_dossier, told.from_day, told.file) == (BIRTH.dossier, BIRTH.day, FILE)
    with pytest.raises(NothingHeld):
        papers.reuse(with_papers(), paper="Giấy khai sinh", held=[expired], on=TODAY)
    with pytest.raises(NothingHeld):
        papers.reuse(with_papers(), paper="Căn cước", held=[BIRTH], on=TODAY)


def ask(*missing: str, again: e.AskedAgain | None = None) -> e.SupplementAsked:
    return clock.ask_supplement(
        builders.received(),
        missing=missing,
        reason="thiếu",
        basis="",
        policies=builders.POLICIES,
        held=(BIRTH,),
        again=again,
    )


def test_what_the_province_holds_is_not_asked_for_a_second_time() -> None:
    with pytest.raises(AlreadyHeld) as refused:
        ask("Ảnh", "giấy khai sinh")

    assert refused.value.facts["dossier"] == BIRTH.dossier
    assert ask("Ảnh").missing == ("Ảnh",)


@pytest.mark.parametrize("why", list(e.AskedAgain))
def test_it_may_be_asked_for_again_for_a_reason_of_the_law_and_that_is_kept(
    why: e.AskedAgain,
) -> None:
    assert ask("Giấy khai sinh", again=why).asked_again_because is why


@pytest.mark.parametrize(
    ("name", "reusable"),
    [
        ("Giấy khai sinh", True),
        ("Tờ khai đăng ký khai sinh", False),
        ("Đơn xin thường trú", False),
        ("Phiếu khai báo", False),
        ("Giấy đề nghị", False),
        ("…", False),
    ],
)
def test_what_is_written_anew_for_each_dossier_is_not_held(name: str, reusable: bool) -> None:
    assert papers.is_reusable(name) is reusable
