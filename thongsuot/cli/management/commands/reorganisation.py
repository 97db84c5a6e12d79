"""`thongsuot reorganisation`: plans of reorganisation, built from the data and checked."""

from __future__ import annotations

from django.conf import settings

from thongsuot.actions.reorganisation.building import build_plan
from thongsuot.actions.reorganisation.checking import Checked, check
from thongsuot.cli import files
from thongsuot.cli.door import Argument, Asked, Door, Told, Verb
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.records.codec import Json, encode
from thongsuot.words import plans
from thongsuot.words.reorganisation import counted, gap_sentence

FILE = Argument("file", "tệp phương án, - là dữ liệu đưa vào")
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
    raw = files.read(asked.text("file"))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotText("file", given=asked.text("file")) from None
    found = check(text, data=settings.DATA_DIR)
    return Told(_as_json(found), _as_lines(found), is_sound=found.is_whole)


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
