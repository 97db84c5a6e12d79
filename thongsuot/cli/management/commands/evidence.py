"""`thongsuot evidence`: what was brought in, certified under one signature, checked by anybody."""

from __future__ import annotations

from pathlib import Path

from thongsuot.actions import evidence as actions
from thongsuot.cli.door import BY, Argument, Asked, Door, Told, Verb
from thongsuot.cli.files import FileUnreadable
from thongsuot.words.refusals import Json

FILE = Argument("file", "tệp bằng chứng", {"metavar": "FILE"})


class Command(Door):
    """Evidence."""

    help = "Bằng chứng bàn giao: mỗi hồ sơ một giấy xác nhận, cả đợt một chữ ký."

    def verbs(self) -> tuple[Verb, ...]:
        """Make a key, certify, check."""
        return (
            Verb(
                "new-key",
                "tạo khóa ký mới; giữ kín tệp này",
                _new_key,
                (Argument("file", "tệp khóa sẽ ghi", {"metavar": "FILE"}),),
            ),
            Verb(
                "make",
                "lập bằng chứng cho một đợt chuyển",
                _make,
                (
                    Argument("run", "số của đợt chuyển", {"metavar": "RUN", "type": int}),
                    FILE,
                    Argument("--key", "tệp khóa ký", {"metavar": "FILE", "required": True}),
                    BY,
                ),
                acts=True,
            ),
            Verb(
                "verify",
                "kiểm bằng chứng; kết thúc bằng 1 khi có chỗ không khớp",
                _verify,
                (
                    FILE,
                    Argument("--key", "khóa công khai phải đúng", {"metavar": "KEY"}),
                ),
            ),
        )


def _new_key(asked: Asked) -> Told:
    public = actions.new_key(Path(asked.text("file")))
    return Told({"public": public}, [f"Khóa công khai để đưa cho bên kiểm: {public}"])


def _make(asked: Asked) -> Told:
    run = asked.given.get("run")
    made = actions.make(
        run if isinstance(run, int) else 0,
        key=Path(asked.text("key")),
        by=asked.person(),
        at=asked.at,
    )
    Path(asked.text("file")).write_bytes(actions.as_bytes(made))
    told: dict[str, Json] = {"count": made["count"], "root": made["root"]}
    return Told(told, [f"Đã lập {made['count']} giấy xác nhận, gốc {made['root']}."])


def _verify(asked: Asked) -> Told:
    name = asked.text("file")
    try:
        content = Path(name).read_bytes()
    except OSError as reason:
        raise FileUnreadable("file", given=name, why=reason.strerror or "") from None
    about, wrong = actions.verify(content, key=asked.text("key"))
    told: dict[str, Json] = {**about, "wrong": [*wrong]}
    lines = [f"Đợt {about['batch']}, {about['count']} hồ sơ, lập {about['made_at']}: chữ ký đúng."]
    lines += [f"{code}: giấy xác nhận không khớp gốc đã ký." for code in wrong]
    lines += [] if wrong else ["Mọi giấy xác nhận đều khớp gốc đã ký."]
    return Told(told, lines, is_sound=not wrong)
