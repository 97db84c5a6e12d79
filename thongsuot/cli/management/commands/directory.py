"""`thongsuot directory`: who exists on which day, and who carries on whose work."""

from __future__ import annotations

from thongsuot.cli.door import ON, Argument, Asked, Door, Told, Verb
from thongsuot.domain.reorganisation import Passing
from thongsuot.queries import directory as queries
from thongsuot.records.codec import Json, encode
from thongsuot.words.labels import LEVEL
from thongsuot.words.moments import day as day_words
from thongsuot.words.reorganisation import step_sentence
from thongsuot.words.routing import because

CODE = Argument("code", "mã cơ quan, mới hay cũ")


class Command(Door):
    """Offices."""

    help = "Cơ quan, theo từng ngày."

    def verbs(self) -> tuple[Verb, ...]:
        """Everything that may be asked of the directory."""
        return (
            Verb("show", "một cơ quan vào một ngày", _show, (CODE, ON)),
            Verb(
                "heirs",
                "cơ quan nào tiếp nhận công việc",
                _heirs,
                (
                    CODE,
                    ON,
                    Argument("--procedure", "mã thủ tục", {"metavar": "CODE"}),
                    Argument("--place", "mã xã, phường, cũ hay mới", {"metavar": "CODE"}),
                ),
            ),
        )


def _show(asked: Asked) -> Told:
    code, on = asked.text("code"), asked.day()
    office = queries.get(code, on=on)
    until = f"đến hết ngày trước {day_words(office.valid.end)}" if office.valid.end else "đến nay"
    lines = [
        f"{office.code}  {office.name}",
        f"{LEVEL[office.level]}, thuộc {office.parent or 'không cơ quan nào'}",
        f"Từ {day_words(office.valid.start)} {until}",
        f"Nguồn: {office.source}",
    ]
    if office.is_provisional:
        lines.append("Mã: tạm, chưa có nguồn")
    return Told(queries.show(code, on=on), lines)


def _heirs(asked: Asked) -> Told:
    on = asked.day()
    found = queries.heirs_of_work(
        asked.text("code"), on=on, procedure=asked.text("procedure"), place=asked.text("place")
    )
    lines = [f"{day_words(on)}: {', '.join(found.offices)}"]
    lines += [
        f"  {step_sentence(why) if isinstance(why, Passing) else because(why)}."
        for why in found.because
    ]
    told: dict[str, Json] = {
        "code": asked.text("code"),
        "on": on.isoformat(),
        "heirs": [*found.offices],
        "is_decided": found.is_decided,
        "because": [encode(why) for why in found.because],
        "plan": found.plan,
    }
    return Told(told, lines)
