"""`thongsuot exchange`: what we owe to partners, and the ledger of what passed between us."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from thongsuot import env
from thongsuot.actions import inbox
from thongsuot.actions import messages as actions
from thongsuot.cli.door import BY, Argument, Asked, Door, Told, Verb
from thongsuot.exchange import checking, connections, simulated
from thongsuot.exchange.outbox import Round, send_due
from thongsuot.queries import messages as queries
from thongsuot.queries.messages import PartnerLine
from thongsuot.records.codec import Json, encode
from thongsuot.words import reading
from thongsuot.words.exchange import FAULT, told_of
from thongsuot.words.moments import short

PARTNER = Argument("--partner", "chỉ đối tác này", {"metavar": "CODE"})
TO = Argument("partner", "mã đối tác", {"metavar": "CODE"})
NUMBER = Argument("number", "số của thông điệp", {"type": int, "nargs": 1, "metavar": "N"})
NUMBERS = Argument("number", "số của các thông điệp", {"type": int, "nargs": "+", "metavar": "N"})
REASON = Argument("--reason", "lý do", {"required": True, "metavar": "LÝ DO"})
CONTROL = Argument(
    "--control", "địa chỉ điều khiển của bộ giả lập", {"required": True, "metavar": "URL"}
)
HERE = Argument(
    "--here", "địa chỉ của chính hệ thống này, để đối tác giả lập gửi đến", {"metavar": "URL"}
)
SIMULATED = env.ROOT / "data" / "partners" / "simulated.toml"
SINCE = Argument("--since", "từ thời điểm này", {"required": True, "metavar": "MOMENT"})
ROUNDS = 1_000


class Command(Door):
    """Exchange with partners."""

    help = "Trao đổi với hệ thống khác: đang nợ gì, gửi, gửi lại, kiểm tra sổ."

    def verbs(self) -> tuple[Verb, ...]:
        """Everything that may be asked or done about the exchange."""
        return (
            Verb("status", "đang nợ đối tác nào bao nhiêu thông điệp, từ khi nào", _status),
            Verb(
                "verify",
                "sổ trao đổi có bị sửa, bớt dòng không; kết thúc bằng 1 khi có",
                _verify,
                (PARTNER,),
            ),
            Verb(
                "check",
                "kết nối, bí mật và bảng chuyển đổi có thiếu gì không, trước khi gửi",
                _check,
                (PARTNER,),
            ),
            Verb(
                "simulated",
                "nối với bộ đối tác giả lập (bịa ra để thử)",
                _simulated,
                (CONTROL, HERE),
                acts=True,
            ),
            Verb("send", "gửi ngay mọi thông điệp đã đến lượt", _send, (TO,)),
            Verb(
                "replay",
                "gửi lại thông điệp đã để riêng",
                _replay,
                (NUMBERS, REASON, BY),
                acts=True,
            ),
            Verb(
                "replay-since",
                "gửi lại mọi thông điệp phải gửi từ một thời điểm, khi nơi nhận tự bỏ bản trùng",
                _replay_since,
                (TO, SINCE, REASON, BY),
                acts=True,
            ),
            Verb(
                "skip",
                "không gửi thông điệp đã để riêng nữa",
                _skip,
                (NUMBER, REASON, BY),
                acts=True,
            ),
            Verb("retake", "thử nhận lại bản gửi đến đang giữ", _retake, (NUMBER, BY), acts=True),
        )


def _numbers(asked: Asked) -> list[int]:
    return cast(list[int], asked.given["number"])


def _status(_: Asked) -> Told:
    found = queries.standing()
    partners: list[Json] = [encode(line) for line in found]
    return Told({"partners": partners}, _lines(found))


def _lines(found: Iterable[PartnerLine]) -> Iterator[str]:
    for line in found:
        since = f", cũ nhất {short(line.oldest)}" if line.oldest else ""
        yield f"{line.partner}: {told_of(line.waiting, line.doubtful, line.aside)}{since}"
        yield f"  đã nhận {line.acknowledged}, bỏ qua {line.skipped}, giữ lại {line.quarantined}"


def _verify(asked: Asked) -> Told:
    found = queries.verify(asked.text("partner"))
    lines = [f"{f.partner}, dòng {f.number}: {FAULT[f.kind]}." for f in found]
    return Told(
        {"faults": [encode(fault) for fault in found]},
        lines or ["Sổ trao đổi nguyên vẹn."],
        is_sound=not found,
    )


def _check(asked: Asked) -> Told:
    found = checking.check(asked.text("partner"), at=asked.at)
    lines = [f"{fault.partner}: {fault.said}" for fault in found]
    return Told(
        {"faults": [encode(fault) for fault in found]},
        lines or ["Mọi kết nối đã đủ để gửi."],
        is_sound=not found,
    )


def _simulated(asked: Asked) -> Told:
    done = simulated.connect(
        asked.text("control"), here=asked.text("here"), file=SIMULATED, at=asked.at
    )
    said = f"Đã nối với {len(done)} đối tác giả lập (bịa ra để thử): {', '.join(done)}."
    return Told({"connected": list(done)}, [said if done else "Không có gì đổi."])


def _send(asked: Asked) -> Told:
    partner = asked.text("partner")
    connector, manners = connections.opened(partner, at=asked.at)
    total = Round()
    for _ in range(ROUNDS):
        done = send_due(partner, connector, at=asked.at, manners=manners)
        total = total.and_then(done)
        if not done.tried or done.is_away:
            break
    away = ["Đối tác không liên lạc được; mọi thông điệp vẫn còn nợ."] if total.is_away else []
    said = f"Đã nhận {total.acknowledged}, gửi lại sau {total.later}, để riêng {total.aside}."
    return Told({"sent": encode(total)}, [said, *away], is_sound=not total.is_away)


def _replay(asked: Asked) -> Told:
    done = actions.replay(
        _numbers(asked), reason=asked.text("reason"), by=asked.person(), at=asked.at
    )
    return Told({"replayed": list(done)}, [f"Sẽ gửi lại {len(done)} thông điệp."])


def _replay_since(asked: Asked) -> Told:
    done = actions.replay_since(
        asked.text("partner"),
        since=reading.moment("since", asked.text("since")),
        reason=asked.text("reason"),
        by=asked.person(),
        at=asked.at,
    )
    return Told({"replayed": done}, [f"Sẽ gửi lại {done} thông điệp."])


def _skip(asked: Asked) -> Told:
    [number] = _numbers(asked)
    actions.skip(number=number, reason=asked.text("reason"), by=asked.person(), at=asked.at)
    return Told({"skipped": number}, [f"Không gửi thông điệp {number} nữa."])


def _retake(asked: Asked) -> Told:
    [number] = _numbers(asked)
    state = inbox.try_again(number=number, by=asked.person(), at=asked.at)
    is_taken = state == inbox.TAKEN_IN
    said = "Đã nhận." if is_taken else "Vẫn chưa nhận được; xem lý do ở danh sách giữ lại."
    return Told({"state": state}, [said], is_sound=is_taken)
