"""`thongsuot token`: keys by which other software acts for an account."""

from __future__ import annotations

from thongsuot.actions.access import issue_token, revoke_token
from thongsuot.cli.door import Argument, Asked, Door, Told, Verb
from thongsuot.words import reading

ACCOUNT = Argument("--account", "tài khoản mà phần mềm làm thay", {"required": True})
NAME = Argument("--name", "tên gọi của khóa, để sau này nhận ra", {"required": True})


class Command(Door):
    """Keys for software."""

    help = "Khóa truy cập cho phần mềm."

    def verbs(self) -> tuple[Verb, ...]:
        """Everything that may be done with keys."""
        return (
            Verb("create", "cấp một khóa mới, in ra một lần", _create, (ACCOUNT, NAME), acts=True),
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


def _revoke(asked: Asked) -> Told:
    account, name = asked.text("account"), _name(asked)
    ended = revoke_token(account=account, name=name, at=asked.at)
    said = f"Đã thu hồi {ended} khóa “{name}” của {account}."
    return Told({"account": account, "name": name, "revoked": ended}, (said,))


def _name(asked: Asked) -> str:
    return reading.text("name", asked.given.get("name"), longest=80)
