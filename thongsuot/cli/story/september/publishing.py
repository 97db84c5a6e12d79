"""The catalogue: a term becomes shorter by a decision; what is under way keeps the old one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from thongsuot.actions.catalogue import procedures
from thongsuot.cli.story.september.setting import Setting, on
from thongsuot.cli.story.teller import Scene
from thongsuot.domain.catalogue import Procedure
from thongsuot.domain.deadline import Term
from thongsuot.domain.decisions import Decision
from thongsuot.domain.publication import NothingAmended
from thongsuot.queries import publication

CORRECTION = "1.012796"
SHORTER = Term.parse("6 ngày làm việc")


def a_term_made_shorter(here: Setting) -> Scene:
    """Drafted, its impact looked at, decided; whoever comes afterwards is promised less time."""
    t = here.teller
    yield on(15, "15:00")
    page = publication.page(CORRECTION, on=t.now.date())
    draft = procedures.as_draft(page.shown)
    decision = Decision(
        number="01/QĐ-VD",
        issued_on=date(2025, 9, 15),
        issuer="Chủ tịch Ủy ban nhân dân tỉnh (ví dụ, không có thật)",
        title="Quyết định ví dụ: rút ngắn thời hạn đính chính Giấy chứng nhận",
        valid_from=date(2025, 9, 17),
    )
    procedures.draft_procedure(procedure=draft, by=here.bureau, at=t.now)
    t.cannot(NothingAmended, lambda: _amend(here, decision))
    procedures.draft_procedure(procedure=_shortened(draft), by=here.bureau, at=t.now)
    touched = page.impact
    t.note(
        "",
        f"Dự thảo sửa thủ tục {CORRECTION} còn {SHORTER}; ảnh hưởng: "
        f"{touched.open_dossiers} hồ sơ đang giải quyết giữ hạn cũ, "
        f"{len(touched.processes)} quy trình, {len(touched.rosters)} danh sách phân công.",
    )
    _amend(here, decision)
    t.acts["amend"] += 1
    t.note("", f"{decision.title}, số {decision.number}, hiệu lực từ 17/09/2025.")
    yield on(17, "08:00")
    d = here.to_desk(here.receive(CORRECTION))
    t.note(d.code, f"Người đến sau quyết định: thời hạn {d.term}; hồ sơ ngày 15/09 vẫn 8 ngày.")


def _amend(here: Setting, decision: Decision) -> None:
    procedures.amend(code=CORRECTION, decision=decision, by=here.bureau, at=here.teller.now)


def _shortened(draft: Procedure) -> Procedure:
    return replace(draft, terms=tuple(replace(rule, term=SHORTER) for rule in draft.terms))


SCENES = (a_term_made_shorter,)
