"""A plan is written so that officials read it, and read so that every slip is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.reorganisation.histories import History
from tests.domain.reorganisation.test_heirs import WHOLE
from thongsuot.domain.reorganisation import (
    Becomes,
    LongerTerm,
    Merge,
    PlanFault,
    PlanFaultKind,
    Stated,
    Subject,
)
from thongsuot.words import plans
from thongsuot.words.plans.faults import SENTENCES
from thongsuot.words.plans.text import LARGEST

HEAD = "phương án: p\ntên: t\ntỉnh: 12\nhiệu lực: 2025-07-01\ncăn cứ: NQ 1\n"


def said(text: str) -> list[str]:
    return [plans.sentence(fault) for fault in plans.read(text).faults]


def test_what_is_written_reads_back() -> None:
    assert plans.read(plans.write(WHOLE)).plan == WHOLE


@settings(max_examples=50, deadline=None)
@given(st.integers(min_value=0), st.text(max_size=30))
def test_any_plan_reads_back(seed: int, title: str) -> None:
    stated = Stated(Subject.ACCOUNTS, Becomes.FOLLOWS_BODY, "H99.101")
    plan = History(seed).plan()
    merge = Merge(("H99.1", "H99.2"), "H99.3", (stated,))
    plan = replace(
        plan,
        title=f"x{' '.join(title.split())}",
        longer_term=LongerTerm(5, "NQ 2: điều 3"),
        operations=(*plan.operations, merge),
    )

    read = plans.read(plans.write(plan))

    assert [plans.sentence(fault) for fault in read.faults] == []
    assert read.plan == plan
    assert read.plan is not None
    assert read.plan.seal == plan.seal


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("\tphương án: p", 1, "Tab"),
        ("phương án: p: q", 1, "dấu hai chấm"),
        ('phương án: "p', 1, "dấu nháy đóng"),
        ("phương án: p\n---\ntên: t\n", 3, "nhiều văn bản"),
        ("phương án: &a p\ntên: *a", 1, "&"),
        ("phương án: !!python/object:x y", 1, "nhãn"),
        ("phương án: " + "[" * 20 + "]" * 20, 1, "quá sâu"),
        ("", 1, "phương án"),
        ("- một", 1, "các mục có tên"),
        (HEAD + "lạ: 1\n", 6, "“lạ”"),
        (HEAD + "tên: lần nữa\n", 6, "hai lần"),
        (HEAD + "thao tác: một\n", 6, "danh sách"),
        (HEAD + "thao tác:\n- việc: bay\n", 7, "“bay”"),
        (HEAD + "thao tác:\n- việc: nhập\n  cơ quan: H1\n", 7, "“vào”"),
        (HEAD + "thao tác:\n- việc: nhập\n  cơ quan: {a: b}\n  vào: H1\n", 8, "“cơ quan”"),
        (HEAD + "hạn thêm:\n  số ngày làm việc: năm\n  căn cứ: x\n", 7, "số nguyên"),
        (HEAD.replace("phương án: p", "phương án: Của Tôi"), 1, "gạch ngang"),
        (HEAD.replace("tên: t", f"tên: {'t' * 201}"), 2, "200 ký tự"),
        (HEAD.replace("2025-07-01", "01/07/2025"), 4, "2025-07-01"),
    ],
)
def test_a_slip_is_one_sentence_with_its_line(text: str, line: int, word: str) -> None:
    found = said(text)

    matching = [one for one in found if word in one]
    assert len(matching) == 1, found
    assert matching[0].startswith(f"Dòng {line}: ")
    assert len(found) == 1


def test_every_slip_of_a_text_is_told_at_once() -> None:
    text = "phương án: p\ntên: t\nlạ: 1\nthao tác:\n- việc: bay\n- 5\n"

    assert [one.split(":")[0] for one in said(text)] == [
        "Dòng 1", "Dòng 1", "Dòng 3", "Dòng 5", "Dòng 6",
    ]  # fmt: skip


def test_numbers_are_read_as_they_were_typed() -> None:
    text = HEAD + (
        "thao tác:\n- việc: lập\n  mã: H35.101\n  tên: No\n  loại: ủy ban xã\n  cấp: xã\n"
        "  thuộc: H35\n  địa bàn: 03388\n"
    )

    plan = plans.read(text).plan

    assert plan is not None
    assert getattr(plan.operations[0], "place", "") == "03388"
    assert getattr(plan.operations[0], "name", "") == "No"


def test_a_text_that_is_too_large_is_not_read() -> None:
    (fault,) = plans.read("#" * (LARGEST + 1)).faults

    assert fault.kind is PlanFaultKind.TOO_LARGE


@given(st.text())
def test_any_nonsense_ends_in_sentences(text: str) -> None:
    assert all(one.strip() for one in said(text))


def test_every_fault_has_a_sentence() -> None:
    facts = dict.fromkeys(
        ("why", "longest", "key", "wanted", "given", "on", "body", "first", "second", "start"), "x"
    )
    facts |= {"end": "x", "bodies": "x", "parent": "x", "place": "x"}
    facts |= {"subject": "accounts", "becomes": "closes", "operation": "merge"}

    assert set(SENTENCES) == set(PlanFaultKind)
    for kind in PlanFaultKind:
        assert plans.sentence(PlanFault(kind, 3, facts)).startswith("Dòng 3: ")
        assert "{" not in plans.sentence(PlanFault(kind, 0, facts))
