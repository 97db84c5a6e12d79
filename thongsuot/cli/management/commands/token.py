"""`thongsuot token`: keys by which other software acts for an account."""

from __future__ import annotations

from thongsuot.actions.access import issue_token, revoke_token
from thongsuot.cli.door import Argument, Asked, Door, Told, Verb
from thongsuot.queries.staff import tokens
from thongsuot.records.codec import encode
from thongsuot.words import reading
from thongsuot.words.moments import short

ACCOUNT = Argument("--account", "tài khoản mà phần mềm làm thay", {"required": True})
OF = Argument("--account", "chỉ khóa của tài khoản này")
NAME = Argument("--name", "tên gọi của khóa, để sau này nhận ra", {"required": True})


class Command(Door):
    """Keys for software."""

    help = "Khóa truy cập cho phần mềm."

    def verbs(self) -> tuple[Verb, ...]:
        """Everything that may be done with keys."""
        return (
            Verb("create", "cấp một khóa mới, in ra một lần", _create, (ACCOUNT, NAME), acts=True),
            Verb("list", "các khóa đã cấp, không kèm khóa", _list, (OF,)),
            Verb("revoke", "thu hồi khóa theo tên", _revoke, (ACCOUNT, NAME), acts=True),
        )


def _create(asked: Asked) -> Told:
    account, name = asked.text("account"), _name(asked)
    token = issue_token(account=account, name=name, at=asked.at)
    lines = (
        token,
        "Khóa chỉ hiện lần này: giữ lại ngay, gửi trong tiêu đề Authorization: Bearer <khóa>.",
    )
    return Told({"account": account, "name": name, "token": token}, lines)


def _list(asked: Asked) -> Told:
    found = tokens(asked.text("account"))
    lines = [
        f"{line.account}  {line.name}  cấp {short(line.created_at)}"
        + (f"  thu hồi {short(line.revoked_at)}" if line.revoked_at else "")
        for line in found
    ]
    return Told([encode(line) for line in found], lines or ["Chưa cấp khóa nào."])


def _revoke(asked: Asked) -> Told:
    account, name = asked.text("account"), _name(asked)
    ended = revoke_token(account=account, name=name, at=asked.at)
    said = f"Đã thu hồi {ended} khóa “{name}” của {account}."
    return Told({"account": account, "name": name, "revoked": ended}, (said,))


def _name(asked: Asked) -> str:
    return reading.text("name", asked.given.get("name"), longest=80)
