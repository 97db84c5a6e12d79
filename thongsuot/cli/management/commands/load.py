"""`thongsuot load`: data from files, with a report of every line and why it was refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from thongsuot import env
from thongsuot.actions.load import Report, Subject, load_files, load_shipped
from thongsuot.cli.door import Argument, Asked, Door, Told, Verb
from thongsuot.records.codec import Json
from thongsuot.words import reading

DATA = env.ROOT / "data"
SHOWN = 20

FILES = Argument(
    "files",
    "tệp cần nạp; không ghi tệp nào là nạp dữ liệu đi kèm",
    {"nargs": "*", "metavar": "FILE"},
)
AS_OF = Argument(
    "--as-of", "ngày nội dung mới thay nội dung cũ", {"metavar": "DATE", "dest": "as_of"}
)


class Command(Door):
    """Files of data."""

    help = "Nạp dữ liệu từ tệp; báo từng dòng bị từ chối và lý do."

    def verbs(self) -> tuple[Verb, ...]:
        """Everything that can be loaded."""
        return (
            Verb("all", "mọi dữ liệu đi kèm", _all, (), acts=True, rehearses=True),
            *(
                Verb(
                    subject.value,
                    f"tệp về {HELP[subject]}",
                    _loader(subject),
                    (FILES, AS_OF),
                    acts=True,
                    rehearses=True,
                )
                for subject in Subject
            ),
        )


HELP = {
    Subject.DIRECTORY: "đơn vị hành chính, cơ quan, điểm tiếp nhận, đường dây nóng",
    Subject.CALENDAR: "ngày nghỉ, giờ làm việc, quy định, lý do bị cấm",
    Subject.ACCESS: "vai trò, hệ thống đối tác",
    Subject.CATALOGUE: "thủ tục và quy trình",
    Subject.SYSTEMS: "hệ thống dùng chung, quy chế, tài khoản, luồng và đường truyền",
    Subject.PARTNERS: "kết nối với đối tác và bảng chuyển đổi giá trị",
    Subject.REPORTS: "báo cáo, biểu mẫu và cách tính",
    Subject.CUTOVER: "hệ thống tiếp nhận của bộ, nơi tiếp nhận từng lĩnh vực theo thời điểm",
}


def told(reports: Sequence[Report]) -> Told:
    """What became of the files, for machines and for people."""
    return Told({"files": [_as_json(report) for report in reports]}, _lines(reports))


def _all(asked: Asked) -> Told:
    return told(load_shipped(DATA, at=asked.at))


def _loader(subject: Subject) -> Callable[[Asked], Told]:
    def run(asked: Asked) -> Told:
        files = asked.given.get("files")
        paths = [Path(name) for name in files] if isinstance(files, list) else []
        if not paths:
            return told(load_shipped(DATA, at=asked.at, subjects=frozenset({subject})))
        as_of = reading.if_given(reading.day, asked.given, "as_of", None)
        reports = load_files(paths, folder=DATA, subject=subject, at=asked.at, as_of=as_of)
        return told(reports)

    return run


def _as_json(report: Report) -> Json:
    return {
        "file": report.file,
        "sha256": report.sha256,
        "read": report.read,
        "loaded": report.loaded,
        "unchanged": report.unchanged,
        "refused": len(report.refused),
        "is_known": report.is_known,
        "refused_lines": [
            {"line": line.line, "code": line.code, "message": line.message, "content": line.content}
            for line in report.refused
        ],
    }


def _lines(reports: Sequence[Report]) -> Iterator[str]:
    for report in reports:
        if report.is_known:
            yield f"{report.file}: đã nạp trước đây, không có gì mới"
            continue
        yield (
            f"{report.file}: đọc {report.read}, nạp {report.loaded}, giữ nguyên "
            f"{report.unchanged}, từ chối {len(report.refused)}"
        )
        for line in report.refused[:SHOWN]:
            yield f"  dòng {line.line}: {line.message}"
        if len(report.refused) > SHOWN:
            yield f"  … và {len(report.refused) - SHOWN} dòng nữa; xem hết bằng --json"
