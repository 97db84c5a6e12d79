"""Processes, rosters and plans on the screens: proposed, appraised, in force by a decision."""

from __future__ import annotations

import io

import pytest

from tests import builders, cast, life, rows
from tests.web import pages
from tests.web.conftest import SignIn
from tests.web.test_catalogue import DECISION
from thongsuot.domain.bpmn import draw
from thongsuot.domain.workflow import Act
from thongsuot.records import catalogue
from thongsuot.records.proposals import ProposalRow, ProposalStepRow
from thongsuot.records.roster import RosterRow
from thongsuot.records.simplification import PlanLineRow

TODAY = DECISION | {"valid_from": "2025-09-09"}


def form(**changes: str) -> dict[str, object]:
    """The common process as its form sends it."""
    it = builders.process("moi")
    given: dict[str, object] = {"code": "moi", "name": it.name, "levels": ["commune"]}
    for number, stage in enumerate(it.stages):
        for part in ("key", "name", "kind", "role"):
            given[f"stages.{number}.{part}"] = str(getattr(stage, part))
    for number, move in enumerate(it.moves):
        for part in ("act", "source", "target", "name"):
            given[f"moves.{number}.{part}"] = str(getattr(move, part))
    return given | changes


def proposed(sign_in: SignIn) -> str:
    """The address of a process that the leader of Bản Mây proposes."""
    made = sign_in(cast.SON).post("/quy-trinh/de-xuat", form())
    return str(made["Location"])


def decided(sign_in: SignIn, address: str) -> None:
    sign_in(cast.SON).post(address, {"step": "propose"})
    sign_in(cast.NHUNG).post(address, {"step": "appraise", "remark": "Đạt"})
    assert sign_in(cast.NHUNG).post(address, {"step": "decide"} | TODAY).status_code == 302


def test_a_process_is_written_as_tables_and_in_force_by_a_decision(sign_in: SignIn) -> None:
    address = proposed(sign_in)
    sample = pages.text(sign_in(cast.SON).get(address))

    decided(sign_in, address)
    page = pages.text(sign_in(cast.SON).get(address))
    listed = pages.text(sign_in(cast.HOA).get("/quy-trinh"))

    assert "mẫu, chưa phê duyệt" in sample
    assert "Có hiệu lực theo quyết định" in page
    assert "moi@1" in listed
    assert catalogue.process("moi@1").decision == "QĐ 30/QĐ-UBND"
    assert life.received(at=cast.moment("2025-09-09 08:00")).process_version == "moi@1"


def test_a_circle_is_said_beside_its_rows_and_what_was_typed_is_still_there(
    sign_in: SignIn,
) -> None:
    circle = {
        "moves.9.act": "propose",
        "moves.9.source": "approval",
        "moves.9.target": "work",
        "moves.9.name": "Quay lại",
    }

    answer = sign_in(cast.SON).post("/quy-trinh/de-xuat", form(action="check", **circle))
    page = pages.text(answer)

    assert "quay lại chính nó" in page
    assert pages.typed(answer, "moves.9.name") == "Quay lại"
    assert answer.content.decode().count("row-remark") == 4  # two steps, two ways
    assert not ProposalRow.objects.exists()


def test_a_process_without_a_fault_is_said_to_be_usable(sign_in: SignIn) -> None:
    page = pages.text(sign_in(cast.SON).post("/quy-trinh/de-xuat", form(action="check")))

    assert "Quy trình dùng được" in page


def test_a_step_without_a_kind_is_asked_for_beside_its_cell(sign_in: SignIn) -> None:
    answer = sign_in(cast.SON).post("/quy-trinh/de-xuat", form(**{"stages.1.kind": ""}))

    assert answer.status_code == 422
    assert pages.beside(answer, "stages.1.kind")


def test_what_the_office_returns_says_why_and_can_be_mended(sign_in: SignIn) -> None:
    address = proposed(sign_in)
    sign_in(cast.SON).post(address, {"step": "propose"})

    silent = sign_in(cast.NHUNG).post(address, {"step": "return", "remark": ""})
    sign_in(cast.NHUNG).post(address, {"step": "return", "remark": "Thiếu thời hạn"})
    page = pages.text(sign_in(cast.SON).get(address))
    mended = sign_in(cast.SON).post(f"{address}/sua", form(**{"stages.2.term": "2 ngày"}))

    assert silent.status_code == 422
    assert "ghi điều cần sửa" in pages.text(silent)
    assert "Văn phòng yêu cầu sửa: Thiếu thời hạn" in page
    assert mended["Location"] == address
    assert ProposalStepRow.objects.count() == 4


def test_steps_belong_to_whom_they_belong_to(sign_in: SignIn) -> None:
    address = proposed(sign_in)

    assert sign_in(cast.LONG).post(address, {"step": "propose"}).status_code == 403
    assert sign_in(cast.SON).post(address, {"step": "appraise"}).status_code == 403
    assert sign_in(cast.HOA).get("/quy-trinh/de-xuat").status_code == 403
    assert sign_in(cast.SON).post(address, {"step": "bay"}).status_code == 404
    assert sign_in(cast.SON).get("/de-xuat/999999").status_code == 404


def test_a_process_is_drawn_and_read_back_from_its_file(sign_in: SignIn) -> None:
    client = sign_in(cast.SON)
    drawn = client.get("/quy-trinh/chung@1/bpmn")
    told = client.get("/quy-trinh/chung@1/json")

    from_drawing = client.post(
        "/quy-trinh/de-xuat", {"action": "import", "file": io.BytesIO(drawn.content)}
    )
    from_json = client.post(
        "/quy-trinh/de-xuat", {"action": "import", "file": io.BytesIO(told.content)}
    )

    assert drawn["Content-Type"].startswith("application/xml")
    for answer in (from_drawing, from_json):
        assert pages.typed(answer, "stages.2.name") == "Thụ lý"
        assert pages.typed(answer, "moves.0.target") == "intake"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (draw(builders.process()).replace('ts:format="1"', 'ts:format="2"'), "phiên bản 2"),
        (draw(builders.process())[:400], "bị cắt cụt"),
        ("<html/>", "không phải quy trình"),
        ("", "Tệp"),
    ],
)
def test_a_bad_file_of_a_process_is_one_clear_sentence(
    sign_in: SignIn, content: str, says: str
) -> None:
    given = {"action": "import", "file": io.BytesIO(content.encode())}

    answer = sign_in(cast.SON).post("/quy-trinh/de-xuat", given)

    assert answer.status_code == 422
    assert says in pages.text(answer)


def test_the_page_of_a_process_says_what_a_new_version_would_touch(sign_in: SignIn) -> None:
    life.received()

    page = pages.text(sign_in(cast.SON).get("/quy-trinh/chung@1"))

    assert "1 hồ sơ đang chạy" in page
    assert "Tiếp nhận" in page
    assert sign_in(cast.SON).get("/quy-trinh/khong@x").status_code == 422


def test_a_roster_is_proposed_by_name_and_offered_when_work_is_given(sign_in: SignIn) -> None:
    rows.grant(cast.LAN, "handler", cast.BAN_MAY)
    given = {
        "quy-trinh": "chung",
        "named.0.stage": "intake",
        "named.1.stage": "work",
        "named.1.official": cast.TAM.account,
    }
    address = str(sign_in(cast.SON).post("/phan-cong/de-xuat", given)["Location"])

    decided(sign_in, address)
    listed = pages.text(sign_in(cast.HOA).get("/phan-cong?q=tam+minh"))
    before = pages.text(sign_in(cast.HOA).get("/phan-cong?ngay=2020-01-06"))
    dossier = life.forwarded(life.received())
    offered = sign_in(cast.PAO).get(f"/ho-so/{dossier.code}/assign")
    refused = sign_in(cast.PAO).post(
        f"/ho-so/{dossier.code}/assign",
        {"official": cast.LAN.account, "seen_version": dossier.version},
    )

    assert RosterRow.objects.get().official == cast.TAM.account
    assert "Nguyễn Minh Tâm" in listed
    assert "Ngày 06/01/2020 không có bảng phân công nào" in before
    page = offered.content.decode()
    assert page.index("Nguyễn Minh Tâm") < page.index("Chu Thị Lan")
    assert "Theo bảng phân công" in page
    assert refused.status_code == 403
    assert life.do(dossier, Act.ASSIGN, cast.PAO, official=cast.TAM.account).assignee == "tam"


def test_a_roster_begins_with_the_choice_of_a_process(sign_in: SignIn) -> None:
    first = pages.text(sign_in(cast.SON).get("/phan-cong/de-xuat"))
    empty = sign_in(cast.SON).post("/phan-cong/de-xuat", {"quy-trinh": "chung"})

    assert "Theo quy trình" in first
    assert empty.status_code == 422
    assert "ít nhất một người" in pages.text(empty)


def test_a_plan_tells_what_it_saves_and_what_carried_it_out(sign_in: SignIn) -> None:
    client = sign_in(cast.NHUNG)
    given = DECISION | {
        "plan_title": "Phương án 2025",
        "lines.0.procedure": rows.FIVE_DAYS,
        "lines.0.measure": "Bỏ bản sao chứng thực",
        "lines.0.papers_before": "2",
        "lines.0.papers_after": "1",
        "lines.0.cost_before": "900000",
        "lines.0.cost_after": "300000",
        "lines.0.cost_basis": "300 hồ sơ × 2.000 đồng",
    }

    address = str(client.post("/phuong-an/moi", given)["Location"])
    planned = pages.text(client.get(address))
    line = str(PlanLineRow.objects.get().pk)
    client.post(f"/danh-muc/{rows.FIVE_DAYS}/bai-bo", DECISION | {"fulfils": line})
    done = pages.text(client.get("/phuong-an"))

    assert "600.000 đồng/năm" in planned
    assert "chưa thực hiện" in planned
    assert "1/1" in done


def test_a_plan_that_saves_nothing_is_refused_with_what_was_typed(sign_in: SignIn) -> None:
    given = DECISION | {
        "plan_title": "Rỗng",
        "lines.0.procedure": rows.FIVE_DAYS,
        "lines.0.measure": "Không đổi gì",
    }

    answer = sign_in(cast.NHUNG).post("/phuong-an/moi", given)

    assert answer.status_code == 422
    assert "không giảm" in pages.text(answer)
    assert pages.typed(answer, "lines.0.measure") == "Không đổi gì"
