"""The verbs of a switch: it runs in the foreground, is balanced, and is taken back."""

from __future__ import annotations

import sys
from dataclasses import asdict

from thongsuot.actions.reorganisation import switching, undoing
from thongsuot.cli.door import BY, ON, Argument, Asked, Told, Verb
from thongsuot.domain.workdays import VIETNAM
from thongsuot.queries import balance as queries
from thongsuot.queries.balance import Balance, Progress
from thongsuot.queries.then_and_now import open_by_body
from thongsuot.records import access
from thongsuot.records.codec import Json, encode
from thongsuot.words import balance as words
from thongsuot.words import reading, refusals
from thongsuot.words.reorganisation import due_sentence

KEY = Argument("key", "tên phương án")


def _switch(asked: Asked) -> Told:
    key = asked.text("key")
    by = access.account(asked.text("by")).person() if asked.text("by") else None
    batch = asked.given.get("batch")
    switching.switch(
        key=key,
        by=by,
        at=asked.at,
        tell=lambda _: _show(queries.progress(key)),
        limit=reading.number("batch", batch) if batch is not None else None,
    )
    found = queries.progress(key)
    return Told(_progress_json(found), [_progress_line(found)], is_sound=not found.remaining)


def _show(found: Progress) -> None:
    sys.stderr.write(f"  {_progress_line(found)}\n")


def _progress(asked: Asked) -> Told:
    found = queries.progress(asked.text("key"))
    lines = [_progress_line(found)]
    lines += [
        f"  {one.office} {one.name}: {words.figure(one.done)} / {words.figure(one.total)}"
        for one in found.bodies
        if one.done < one.total
    ]
    return Told(_progress_json(found), lines)


def _progress_line(found: Progress) -> str:
    return words.progress_sentence(
        done=found.done, total=found.total, percent=found.percent, held=found.held
    )


def _progress_json(found: Progress) -> Json:
    return {
        "plan": found.plan,
        "state": found.state,
        "total": found.total,
        "done": found.done,
        "remaining": found.remaining,
        "held": found.held,
        "bodies": [encode(one) for one in found.bodies],
    }


def _balance(asked: Asked) -> Told:
    found = queries.balance(asked.text("key"), on=asked.at.astimezone(VIETNAM).date())
    return Told(balance_json(found), balance_lines(found), is_sound=found.closes)


def balance_json(found: Balance) -> Json:
    """A balance for machines."""
    return {
        "plan": found.plan,
        "state": found.state,
        "closes": found.closes,
        "sentence": found.sentence,
        "longer_term": encode(found.longer),
        "total": dict(asdict(found.total)),
        "lines": [dict(asdict(line)) | {"closes": line.closes} for line in found.lines],
        "checks": [dict(asdict(one)) | {"holds": one.holds} for one in found.checks],
    }


def balance_lines(found: Balance) -> list[str]:
    """A balance for people: one sentence, the checks, a line for each body."""
    lines = [found.sentence]
    lines += [due_sentence(found.longer)] if found.longer else []
    lines += [words.check_line(c.key, looked_at=c.looked_at, wrong=c.wrong) for c in found.checks]
    for line in found.by_body:
        mark = "=" if line.closes else "≠"
        lines.append(
            f"  {line.office} {found.names.get(line.office, '')}: {words.figure(line.before)} {mark} "
            f"{words.figure(line.passed)} bàn giao + {words.figure(line.stays)} ở lại + "
            f"{words.figure(line.finished + line.withdrawn + line.refused)} đã xong + "
            f"{words.figure(line.held)} giữ lại + {words.figure(line.waits)} chưa đến lượt"
        )
    return lines


def _undo(asked: Asked) -> Told:
    number = asked.given.get("operation")
    done = undoing.undo(
        key=asked.text("key"),
        operation=number if isinstance(number, int) else None,
        by=asked.person(),
        at=asked.at,
    )
    lines = words.undone_sentences(
        operations=done.operations,
        dossiers=done.dossiers,
        received_since=done.received_since,
        refused=[refusals.sentence(why) for _, why in done.refused],
    )
    told: Json = {
        "operations": list(done.operations),
        "dossiers": done.dossiers,
        "received_since": done.received_since,
        "refused": [
            {"operation": n, "code": why.code, "sentence": refusals.sentence(why)}
            for n, why in done.refused
        ],
    }
    return Told(told, lines, is_sound=not done.refused)


def _open_by_body(asked: Asked) -> Told:
    found = open_by_body(on=asked.day(), today=asked.at.astimezone(VIETNAM).date())
    lines = [f"{one.office} {one.name}: {words.figure(one.dossiers)}" for one in found]
    total = sum(one.dossiers for one in found)
    told: Json = {"total": total, "bodies": [encode(one) for one in found]}
    return Told(told, [*lines, f"Tổng: {words.figure(total)} hồ sơ đang mở."])


BY_OR_APPROVER = Argument(
    "--by", "người cho chuyển, mặc định là người phê duyệt", {"metavar": "ACCOUNT"}
)
BATCH = Argument("--batch", "số hồ sơ mỗi lượt, mặc định 2000", {"metavar": "N"})
OPERATION = Argument(
    "--operation", "số thao tác, mặc định cả phương án", {"type": int, "metavar": "N"}
)
VERBS = (
    Verb(
        "switch",
        "chuyển từ thời điểm của phương án, hoặc chuyển tiếp phần còn lại",
        _switch,
        (KEY, BY_OR_APPROVER, BATCH),
        acts=True,
    ),
    Verb("progress", "đã chuyển bao nhiêu, còn bao nhiêu", _progress, (KEY,)),
    Verb("balance", "cân đối trước và sau khi chuyển", _balance, (KEY,), acts=True),
    Verb("undo", "hoàn tác một thao tác hoặc cả phương án", _undo, (KEY, OPERATION, BY), acts=True),
    Verb(
        "open",
        "hồ sơ đang mở theo cơ quan của một ngày, trước hay sau sắp xếp; tổng không đổi",
        _open_by_body,
        (ON,),
    ),
)
