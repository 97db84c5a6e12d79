"""`thongsuot reorganisation`: plans of reorganisation, built, checked, rehearsed, approved."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from thongsuot.actions.reorganisation import approve, keep, rehearse
from thongsuot.actions.reorganisation.building import build_plan
from thongsuot.actions.reorganisation.checking import Checked, check
from thongsuot.actions.reorganisation.listing import workbook
from thongsuot.actions.reorganisation.rehearsal import Rehearsal
from thongsuot.cli import files
from thongsuot.cli.door import BY, Argument, Asked, Door, Told, Verb
from thongsuot.cli.switching import VERBS
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.reorganisation import Gap, Subject
from thongsuot.domain.reorganisation.course import PlanState
from thongsuot.records.codec import Json, encode
from thongsuot.words import plans
from thongsuot.words.plans import keys
from thongsuot.words.reorganisation import counted, due_sentence, gap_sentence

FILE = Argument("file", "tệp phương án, - là dữ liệu đưa vào")
PLAN = Argument("plan", "tệp phương án, - là dữ liệu đưa vào, hoặc mã phương án đã lưu")
SHOWN = 20  # gaps on a terminal; --json has them all


class NotText(Refusal):
    """The text of a plan is UTF-8."""

    code = "plan_not_text"
    kind = Kind.MALFORMED


class Command(Door):
    """Plans of reorganisation."""

    help = "Phương án sắp xếp bộ máy."

    def verbs(self) -> tuple[Verb, ...]:
        """Everything that may be asked of plans."""
        return (
            Verb(
                "build",
                "dựng phương án của một tỉnh từ dữ liệu địa bàn",
                _build,
                (
                    Argument(
                        "--province",
                        "tên không dấu (lai-chau) hoặc mã tỉnh (12)",
                        {"required": True, "metavar": "NAME"},
                    ),
                    Argument("--on", "ngày có hiệu lực", {"required": True, "metavar": "DATE"}),
                ),
            ),
            Verb("check", "tìm lỗi, chỗ hổng và đếm", _check, (FILE,)),
            Verb(
                "rehearse",
                "diễn tập trên dữ liệu đang chạy, không khóa ai",
                _rehearse,
                (
                    PLAN,
                    BY,
                    Argument("--xlsx", "ghi cả danh sách ra tệp Excel", {"metavar": "FILE"}),
                ),
                acts=True,
            ),
            Verb(
                "approve",
                "người thứ hai phê duyệt phương án đã diễn tập",
                _approve,
                (
                    Argument("key", "mã phương án"),
                    BY,
                    Argument(
                        "--waive",
                        "lý do cho qua các mục chưa sẵn sàng ở quầy",
                        {"metavar": "REASON"},
                    ),
                ),
                acts=True,
            ),
            *VERBS,
        )


def _build(asked: Asked) -> Told:
    built = build_plan(province=asked.text("province"), on=asked.day(), data=settings.DATA_DIR)
    text = plans.write(built.plan, names=built.names)
    told: dict[str, Json] = {
        "plan": built.plan.id,
        "seal": built.plan.seal,
        "is_provisional": built.ground.is_provisional,
        "text": text,
    }
    return Told(told, text.removesuffix("\n").split("\n"))


def _check(asked: Asked) -> Told:
    found = check(_text(asked.text("file")), data=settings.DATA_DIR)
    return Told(_as_json(found), _as_lines(found), is_sound=found.is_whole)


def _text(name: str) -> str:
    """The text of a file. Raises FileUnreadable, FileTooLarge, NotText."""
    try:
        return files.read(name).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotText("file", given=name) from None


def _rehearse(asked: Asked) -> Told:
    given, by = asked.text("plan"), asked.person()
    if given == files.PIPED_IN or Path(given).suffix in (".yaml", ".yml"):
        given = keep(_text(given), by, asked.at).key
    found = rehearse(given, by, asked.at)
    if file := asked.text("xlsx"):
        Path(file).write_bytes(workbook(found, by=by.name))
    return Told(_rehearsal_as_json(found), _rehearsal_as_lines(found), is_sound=found.is_whole)


def _approve(asked: Asked) -> Told:
    key = asked.text("key")
    approve(key, asked.person(), asked.at, asked.text("waive"))
    told: dict[str, Json] = {"plan": key, "state": PlanState.APPROVED.value}
    return Told(told, [f"Phương án {key} đã được phê duyệt."])


def _rehearsal_as_json(found: Rehearsal) -> Json:
    totals: dict[str, Json] = dict(sorted(found.totals.items()))
    return {
        "plan": found.plan,
        "seal": found.seal,
        "at": found.at.isoformat(),
        "is_whole": found.is_whole,
        "totals": totals,
        "by_fallback": found.by_fallback,
        "longer_term": encode(found.longer),
        "counts": [encode(one) for one in found.counts],
        "gaps": [{**_plain(gap), "dossier": dossier} for gap, dossier in found.gaps],
        "dossiers": [dict(one._asdict()) for one in found.dossiers],
        "moves": [
            {
                "operation": move.operation,
                "subject": move.subject.value,
                "key": move.key,
                "from": move.body,
                "to": move.to,
                "before": move.before,
                "after": move.after,
                "rule": move.rule,
                "step": move.step.value,
            }
            for move in found.moves
        ],
    }


def _plain(gap: Gap) -> dict[str, Json]:
    told = encode(gap)
    return told if isinstance(told, dict) else {}


def _rehearsal_as_lines(found: Rehearsal) -> list[str]:
    lines = [f"{gap_sentence(gap)} {dossier}".strip() for gap, dossier in found.gaps[:SHOWN]]
    if len(found.gaps) > SHOWN:
        lines.append(f"… và {len(found.gaps) - SHOWN} chỗ hổng nữa; xem bằng --json.")
    lines += [
        f"{keys.SUBJECTS[subject].capitalize()}: {found.totals.get(subject.value, 0)}"
        for subject in Subject
        if found.totals.get(subject.value)
    ]
    if found.by_fallback:
        lines.append(f"  trong đó {found.by_fallback} hồ sơ đi theo mục “còn lại”")
    lines.append(due_sentence(found.longer))
    if found.is_whole:
        lines.append(f"Phương án {found.plan} không có chỗ hổng; người khác có thể phê duyệt.")
    else:
        lines.append(f"Phương án {found.plan} còn {len(found.gaps)} chỗ hổng.")
    return lines


def _as_json(found: Checked) -> Json:
    return {
        "plan": found.plan.id if found.plan else "",
        "seal": found.plan.seal if found.plan else "",
        "is_whole": found.is_whole,
        "is_provisional": found.is_provisional,
        "faults": [dict(plans.told(fault)) for fault in found.faults],
        "gaps": [encode(gap) for gap in found.gaps],
        "counts": dict(found.counts),
    }


def _as_lines(found: Checked) -> list[str]:
    lines = [plans.sentence(fault) for fault in found.faults]
    lines += [gap_sentence(gap) for gap in found.gaps[:SHOWN]]
    if len(found.gaps) > SHOWN:
        lines.append(f"… và {len(found.gaps) - SHOWN} chỗ hổng nữa; xem bằng --json.")
    lines += [counted(name, count) for name, count in found.counts]
    if found.is_provisional:
        lines.append("Cơ quan của tỉnh này chưa nạp: mã tạm, chưa có nguồn.")
    if found.plan is not None and found.is_whole:
        lines.append(f"Phương án {found.plan.id} không có lỗi, không có chỗ hổng.")
    return lines
