"""What people outside see: letters, the public lookup, a rating; and the day's register."""

from __future__ import annotations

from thongsuot.actions import feedback, lookup
from thongsuot.cli.story.counter import Wanted
from thongsuot.cli.story.post_office import letters_go
from thongsuot.cli.story.september.setting import COMMUNE, DAY, Setting, on
from thongsuot.cli.story.teller import Scene
from thongsuot.domain.feedback import RatedTooEarly
from thongsuot.domain.looks import Purpose
from thongsuot.domain.lookup import LookupNothingFound
from thongsuot.queries import lookup as queries
from thongsuot.queries import register_paper
from thongsuot.words.lookup import sentence

ADDRESS = "192.0.2.15"  # kept for examples: nobody's
HOURS = range(8, 18)
DAYS = (15, 16, 17, 18, 19, 22)


def the_post_goes_each_hour(here: Setting) -> Scene:
    """The worker sends what is owed, over SMTP to a post office on this machine."""
    t = here.teller
    for day in DAYS:
        for hour in HOURS:
            yield on(day, f"{hour:02}:00")
            sent = letters_go(here.letters.port, at=t.now)
            t.acts["letter"] += sent
            for letter in here.letters.letters[-sent:] if sent else ():
                subject = " ".join(letter["Subject"].split())
                t.note("", f"Thư đến {letter['To']} qua SMTP: “{subject}”.")


def somebody_looks_it_up(here: Setting) -> Scene:
    """Without an account: a wrong proof finds nothing, the right one gets one sentence."""
    t = here.teller
    yield on(15, "10:00")
    asking = here.somebody("nguoi.nop.ba@vidu.test")
    d = here.to_desk(here.receive("1.013313", Wanted(applicant=asking)))
    yield on(15, "19:30")
    proof, wrong = asking.phone[-4:], "9999" if asking.phone[-4:] != "9999" else "0000"
    t.cannot(
        LookupNothingFound,
        lambda: lookup.look_up(code=d.code, proof=wrong, address=ADDRESS, at=t.now),
        d.code,
    )
    token = lookup.look_up(code=d.code, proof=proof, address=ADDRESS, at=t.now)
    page = queries.answer(at=t.now, reading=token)
    told = sentence(
        page.dossier,
        office=page.office,
        place=page.return_point,
        missing=page.missing,
        at=t.now,
    )
    t.note(d.code, f"Tra cứu ở /tra-cuu bằng 4 số cuối điện thoại: {told}")
    t.cannot(RatedTooEarly, lambda: _rate(here, d.code), d.code)
    yield on(17, "10:00")
    d = here.decide(d, "93/XN-UBND")
    yield on(17, "14:30")
    here.hand_over(d)
    yield on(17, "20:10")
    _rate(here, d.code)
    t.note(d.code, "Người nộp chấm 5 trên 5: “Nhanh, cán bộ hướng dẫn rõ.”")


def the_register_of_the_day(here: Setting) -> Scene:
    """At the end of the day the register comes out as PDF and as a workbook."""
    t = here.teller
    yield on(15, "17:15")
    sizes = {}
    for kind in ("PDF", "XLSX"):
        made = register_paper.made(
            COMMUNE,
            first=DAY,
            last=DAY,
            as_workbook=kind == "XLSX",
            account=here.counter.account,
            by=here.counter.name,
            at=t.now,
            reading=here.look(here.counter, register_paper.ABOUT, Purpose.EXPORT),
        )
        sizes[kind] = f"{kind} {len(made) / 1024:.0f} kB"
    t.note("", f"In sổ tiếp nhận ngày 15/09/2025 của xã: {', '.join(sizes.values())}.")


def _rate(here: Setting, code: str) -> None:
    said = "Nhanh, cán bộ hướng dẫn rõ."
    feedback.rate(code=code, score="5", comment=said, at=here.teller.now)
    here.teller.acts["rate"] += 1


SCENES = (the_post_goes_each_hour, somebody_looks_it_up, the_register_of_the_day)
