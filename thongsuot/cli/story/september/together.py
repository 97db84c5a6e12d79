"""Many of one kind: taken in, assigned and handed over in runs, decided on by a leader who saw each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from thongsuot.actions import leading, together
from thongsuot.actions.leading import NotSeen
from thongsuot.cli.story.cast import CLERK, HANDLER, INTAKE
from thongsuot.cli.story.counter import Wanted
from thongsuot.cli.story.september.setting import COMMUNE, Setting, on
from thongsuot.cli.story.teller import Scene
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.duties import Person
from thongsuot.domain.looks import Purpose
from thongsuot.domain.workflow import Act
from thongsuot.queries import printing
from thongsuot.queries import together as queries
from thongsuot.records import dossier as records
from thongsuot.words import together as words
from thongsuot.words.refusals import sentence

PROCEDURE = "1.012531"
HOUSEHOLDS = 8
DECIDED, LEFT_FOR_PICTURES = 6, 2


def of_one_kind(here: Setting) -> Scene:
    """Eight households bring the same; what is the same for all is done once, in runs."""
    t = here.teller
    yield on(15, "13:45")
    codes = _taken_in(here)
    counter, intake = here.counter, t.cast.holder(COMMUNE, INTAKE)
    yield on(15, "13:50")
    _together(here, Act.FORWARD, codes, {}, by=counter)
    yield on(15, "14:05")
    shared = {"official": here.handler.account}
    _together(here, Act.ASSIGN, codes, shared, by=intake)
    t.note(
        codes[0],
        f"Chuyển rồi phân công {len(codes)} hồ sơ, mỗi việc một lượt, hệ thống ghi từng dòng.",
    )
    yield on(16, "10:00")
    for code in codes[:DECIDED]:
        t.act(_now(code), Act.PROPOSE, HANDLER, proposal="Đủ điều kiện, trình lãnh đạo ký.")
    yield on(16, "15:00")
    _decided(here, codes[:DECIDED])
    yield on(17, "08:30")
    for number, code in enumerate(codes[:DECIDED], 21):
        t.act(_now(code), Act.ISSUE_RESULT, CLERK, number=f"{number}/QĐ-UBND")
    yield on(18, "08:00")
    _together(here, Act.HAND_OVER, codes[: DECIDED - LEFT_FOR_PICTURES], {}, by=counter)
    yield on(22, "16:30")
    for code in codes[DECIDED:]:
        t.act(_now(code), Act.PROPOSE, HANDLER, proposal="Đã xác minh thực địa, trình lãnh đạo ký.")


def _taken_in(here: Setting) -> list[str]:
    """The counter types eight lines; the receipts come out as one print."""
    t = here.teller
    requests = [_as_typed(here) for _ in range(HOUSEHOLDS)]
    run = together.begin_receptions(
        requests=requests,
        title=words.TITLE[Act.RECEIVE.value].format(procedure=PROCEDURE),
        by=here.counter,
        office=COMMUNE,
        key=f"story-receive-{t.now:%d%H%M}",
        at=t.now,
    )
    _worked(here, run, here.counter)
    codes = list(queries.page(run, account=here.counter.account).received)
    tokens = [here.look(here.counter, code, Purpose.PRINT) for code in codes]
    _, paper = printing.several(
        codes, "receipt", account=here.counter.account, at=t.now, readings=tokens
    )
    t.acts["receive"] += len(codes)
    t.note(
        codes[0],
        f"Nhận {len(codes)} hồ sơ cùng loại trong một lượt, đến {codes[-1]}; in {len(codes)} giấy "
        f"hẹn trong một tệp PDF ({len(paper) / 1024:.0f} kB).",
    )
    return codes


def _as_typed(here: Setting) -> dict[str, object]:
    """A line of the counter's table."""
    made = here.people.make(PROCEDURE, here.teller.now, Wanted())
    who = made.submission.applicant
    return {
        "procedure": PROCEDURE,
        "case": made.submission.case,
        "place": made.submission.place.given,
        "receiving_point": made.receiving_point,
        "applicant": {
            "name": who.name,
            "number": who.number,
            "phone": who.phone,
            "address": who.address,
        },
        "papers": [
            {"name": p.name, "originals": p.originals, "copies": p.copies}
            for p in made.submission.papers
        ],
    }


def _decided(here: Setting, codes: Sequence[str]) -> None:
    """The leader looks at all but one and decides on all: the one unseen stays."""
    t = here.teller
    for code in codes[1:]:
        here.look(here.leader, code, Purpose.HANDLE)
    listed = _listed(codes)
    made = leading.approve_seen(chosen=listed.items(), by=here.leader, at=t.now)
    unseen = next(one for one in made if isinstance(one.why_not, NotSeen))
    t.refused[NotSeen.code] += 1
    t.note(unseen.code, f"Hệ thống từ chối: {sentence(unseen.why_not)}" if unseen.why_not else "")
    here.look(here.leader, unseen.code, Purpose.HANDLE)
    again = _listed([unseen.code])
    leading.approve_seen(chosen=again.items(), by=here.leader, at=t.now)
    t.acts[Act.APPROVE.value] += len(codes)
    t.note(codes[-1], f"Lãnh đạo xem từng hồ sơ rồi duyệt {len(codes)} hồ sơ cùng loại.")


def _together(
    here: Setting, act: Act, codes: Sequence[str], shared: Mapping[str, object], *, by: Person
) -> None:
    run = together.begin(
        act=act.value,
        seen=_listed(codes),
        shared=shared,
        by=by,
        office=COMMUNE,
        key=f"story-{act.value}-{here.teller.now:%d%H%M}",
        at=here.teller.now,
    )
    _worked(here, run, by)
    here.teller.acts[act.value] += len(codes)


def _worked(here: Setting, run: int, by: Person) -> None:
    """What the worker does with a run."""
    while together.do_next(run=run, at=here.teller.now):
        pass
    for line in queries.page(run, account=by.account).lines:
        if line.state != "done":
            raise AssertionError(f"run {run}, line {line.number}: {line.said}")


def _now(code: str) -> Dossier:
    return next(iter(records.replayed([records.find(code)])))


def _listed(codes: Sequence[str]) -> dict[str, int]:
    """The dossiers in the versions that are on the screen now."""
    return {code: records.find(code).version for code in codes}


SCENES = (of_one_kind,)
