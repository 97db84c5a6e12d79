"""`thongsuot archive`: everything about dossiers in one file that is read without us."""

from __future__ import annotations

from pathlib import Path

from thongsuot.actions import archive as actions
from thongsuot.cli.door import BY, Argument, Asked, Door, Told, Verb
from thongsuot.records.codec import Json

FILE = Argument("file", "tệp kho lưu trữ (.zip)", {"metavar": "FILE"})


class Command(Door):
    """Archives."""

    help = "Kho lưu trữ: xuất trọn hồ sơ ra một tệp, kiểm, nạp lại."

    def verbs(self) -> tuple[Verb, ...]:
        """Out, checked, in."""
        return (
            Verb(
                "export",
                "xuất hồ sơ, sự kiện, tệp, bảng ánh xạ",
                _export,
                (
                    FILE,
                    Argument("--system", "chỉ hồ sơ của hệ thống cũ này", {"metavar": "CODE"}),
                    BY,
                ),
                acts=True,
            ),
            Verb("verify", "kiểm kho lưu trữ, không ghi gì", _verify, (FILE,)),
            Verb(
                "import", "nạp kho lưu trữ; chạy lại không nhân đôi", _import, (FILE, BY), acts=True
            ),
        )


def _export(asked: Asked) -> Told:
    file = Path(asked.text("file"))
    made = actions.export(
        file,
        system=asked.text("system"),
        by=asked.person(),
        at=asked.at,
        reading=asked.reading(actions.ABOUT),
    )
    lines = [f"Đã xuất {made.dossiers} hồ sơ, {made.events} sự kiện, {made.files} tệp."]
    lines += [f"Thiếu tệp {sha256[:12]} trong kho tệp." for sha256 in made.missing_files]
    return Told(_as_json(made), lines)


def _verify(asked: Asked) -> Told:
    manifest = actions.verify(Path(asked.text("file")))
    line = f"Kho lưu trữ lành: {manifest['dossiers']} hồ sơ, {manifest['events']} sự kiện."
    return Told(manifest, [line])


def _import(asked: Asked) -> Told:
    came = actions.bring_in(Path(asked.text("file")), by=asked.person(), at=asked.at)
    lines = [f"Đã nạp {came.dossiers} hồ sơ, {came.events} sự kiện; đã có {came.already_there}."]
    return Told(_as_json(came), lines)


def _as_json(one: actions.Archived) -> dict[str, Json]:
    return {
        "dossiers": one.dossiers,
        "events": one.events,
        "files": one.files,
        "already_there": one.already_there,
        "missing_files": [*one.missing_files],
    }
