"""Nothing waits any more: closed, certified, checked without us; the ministry goes on by itself."""

from __future__ import annotations

import subprocess
import sys

from thongsuot import env
from thongsuot.actions import evidence, handover
from thongsuot.cli.story.cast import HANDLER
from thongsuot.cli.story.march.handing import now_of, sheet
from thongsuot.cli.story.march.setting import PARTNER, Setting, on
from thongsuot.cli.story.teller import Scene
from thongsuot.domain.dossier.refusals import HeldByAnotherSystem
from thongsuot.domain.handover import LineState
from thongsuot.domain.workflow import Act
from thongsuot.queries import handover as queries
from thongsuot.records.remote import RemoteDossierRow

KEY, PROOF = "khoa-ban-giao.pem", "bang-chung-ban-giao.json"
DONE = {"id": 4, "name": "Đã xử lý xong (giả lập)"}


def it_is_closed_and_certified(here: Setting) -> Scene:
    """One certificate a dossier under one signature; a script without our code checks it."""
    t = here.teller
    yield on(3, "10:00")
    books = handover.close(here.number, by=here.approver, at=t.now).books()
    t.note("", f"Đóng đợt bàn giao: {sheet(books)}")
    key, proof = here.papers / KEY, here.papers / PROOF
    key.unlink(missing_ok=True)
    public = evidence.new_key(key)
    made = handover.certify(here.number, key=key, by=here.planner, at=t.now)
    proof.write_bytes(evidence.as_bytes(made))
    script = env.ROOT / "scripts" / "verify_evidence.py"
    program = [sys.executable, str(script), str(proof), public]
    checked = subprocess.run(program, capture_output=True, text=True, check=False)
    if checked.returncode:
        raise AssertionError(checked.stdout + checked.stderr)
    t.note(
        "",
        f"  Bằng chứng bàn giao: {made['count']} giấy xác nhận dưới một chữ ký, kiểm ngoại tuyến "
        f"bằng verify_evidence.py khớp ({PROOF}).",
    )


def the_ministry_goes_on(here: Setting) -> Scene:
    """Here it is read only, and follows what the ministry tells of it."""
    t = here.teller
    yield on(4, "08:00")
    line = queries.lines(here.number, state=LineState.THERE.value)[0]
    here.town.place(
        PARTNER,
        code=line.code,
        dossierStatus=DONE,
        completedDate="2026-03-04T07:45:00.000+0700",
        updatedDate="2026-03-04T07:50:00.000+0700",
    )
    here.exchange.round(at=t.now)
    there = RemoteDossierRow.objects.get(partner=PARTNER, code=line.code)
    if not there.is_over:
        raise AssertionError(f"what the ministry did with {line.code} is not heard")
    t.note(line.code, f"Bộ báo: {there.raw_status}; ở đây chỉ xem.")
    d = now_of(line.code)
    t.cannot(HeldByAnotherSystem, lambda: t.act(d, Act.CLAIM, HANDLER))


SCENES = (it_is_closed_and_certified, the_ministry_goes_on)
