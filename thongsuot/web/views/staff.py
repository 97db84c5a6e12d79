"""Accounts and posts, for administrators."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from thongsuot.actions import access as keys
from thongsuot.actions import accounts as actions
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.spans import Span
from thongsuot.queries import directory, staff
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.forms.fields import FieldLine, Option, Widget, with_errors
from thongsuot.web.refusals import problems, status_of
from thongsuot.words import reading

NEW = ("username", "name", "office", "reception_point")
POST = ("role", "where", "first", "last")
EVERYWHERE = "*"


@official
def accounts(visit: Visit) -> HttpResponse:
    """Every account, by the name of signing in."""
    search, after = (plain(visit.request.GET.get(name)) for name in ("q", "after"))
    page = staff.accounts(visit.by, on=visit.on, search=search, after=after)
    following = urlencode({"q": search, "after": page.next})
    context: dict[str, object] = {
        "here": "staff",
        "lines": page.lines,
        "search": search,
        "next": f"?{following}" if page.next else "",
    }
    return show(visit, "access/accounts.html", context)


@official
def opening(visit: Visit) -> HttpResponse:
    """The form of a new account; its first password is shown once."""
    values = {name: plain(visit.request.POST.get(name)) for name in NEW}
    staff.accounts(visit.by, on=visit.on)
    if visit.request.method != "POST":
        return _opening(visit, values)
    try:
        password = actions.open_account(
            username=reading.parsed("username", actions.read_username, values["username"]),
            name=reading.text("name", values["name"], longest=120),
            office=reading.text("office", values["office"], longest=35),
            reception_point=values["reception_point"],
            by=visit.by,
            at=visit.at,
        )
    except Refusal as refusal:
        if refusal.kind is Kind.FORBIDDEN:
            raise
        return _opening(visit, values, (refusal,))
    return _told_password(visit, values["username"], password)


@official
def account(visit: Visit, username: str) -> HttpResponse:
    """One account with its posts and keys, and what an administrator does to it."""
    if visit.request.method != "POST":
        return _account(visit, username, {})
    values = {
        name: plain(visit.request.POST.get(name)) for name in (*POST, "do", "number", "token")
    }
    try:
        if values["do"] == "reset_password":
            password = actions.reset_password(account=username, by=visit.by, at=visit.at)
            return _told_password(visit, username, password)
        _acts(visit, username, values)[reading.text("do", values["do"])]()
    except KeyError:
        return _account(visit, username, values)
    except Refusal as refusal:
        if refusal.kind is Kind.FORBIDDEN:
            raise
        return _account(visit, username, values, (refusal,))
    messages.success(visit.request, "Đã ghi nhận; người này cần đăng nhập lại.")
    return redirect("account", username=username)


def _acts(
    visit: Visit, username: str, values: Mapping[str, str]
) -> dict[str, Callable[[], object]]:
    by, at = visit.by, visit.at
    return {
        "close": lambda: actions.set_active(account=username, is_active=False, by=by, at=at),
        "open": lambda: actions.set_active(account=username, is_active=True, by=by, at=at),
        "reset_factor": lambda: actions.reset_factor(account=username, by=by, at=at),
        "grant": lambda: _grant(visit, username, values),
        "end_grant": lambda: actions.end_grant(
            account=username, number=reading.number("number", values["number"]), by=by, at=at
        ),
        "revoke": lambda: _revoke(visit, username, values),
    }


def _grant(visit: Visit, username: str, values: Mapping[str, str]) -> None:
    where = reading.text("where", values["where"])
    last = reading.maybe(reading.day, values, "last")
    end = last + timedelta(days=1) if last else None
    actions.grant(
        account=username,
        role=reading.text("role", values["role"]),
        office="" if where == EVERYWHERE else where,
        valid=Span(reading.day("first", values["first"]), end),
        by=visit.by,
        at=visit.at,
    )


def _revoke(visit: Visit, username: str, values: Mapping[str, str]) -> None:
    staff.account(visit.by, username, on=visit.on)
    keys.revoke_token(account=username, name=values["token"], at=visit.at)


def _opening(visit: Visit, values: dict[str, str], wrong: tuple[Refusal, ...] = ()) -> HttpResponse:
    points = tuple(Option(p.key, p.name) for p in directory.reception_points(on=visit.on))
    lines = (
        FieldLine(
            "username",
            "Tên đăng nhập",
            value=values["username"],
            hint="chữ thường không dấu, số, dấu chấm; ví dụ thuly.binhlu",
            is_required=True,
        ),
        FieldLine("name", "Họ và tên", value=values["name"], is_required=True),
        FieldLine(
            "office",
            "Cơ quan",
            Widget.SELECT,
            values["office"],
            _offices(visit),
            empty="— chọn —",
            is_required=True,
        ),
        FieldLine(
            "reception_point",
            "Quầy",
            Widget.SELECT,
            values["reception_point"],
            points,
            empty="không ngồi quầy",
        ),
    )
    found = problems(wrong, [line.name for line in lines])
    context: dict[str, object] = {"here": "staff", "fields": with_errors(lines, found)}
    status = status_of(wrong) if wrong else 200
    return show(visit, "access/opening.html", context | {"problems": found}, status=status)


def _account(
    visit: Visit, username: str, values: Mapping[str, str], wrong: tuple[Refusal, ...] = ()
) -> HttpResponse:
    page = staff.account(visit.by, username, on=visit.on)
    names = directory.office_names({page.line.office, *(g.office for g in page.grants)})
    where = (Option(EVERYWHERE, "Mọi cơ quan"), *_offices(visit))
    roles = tuple(Option(code, name) for code, name in staff.roles())
    lines = (
        FieldLine(
            "role",
            "Vai trò",
            Widget.SELECT,
            values.get("role", ""),
            roles,
            "— chọn —",
            is_required=True,
        ),
        FieldLine("where", "Tại", Widget.SELECT, values.get("where", page.line.office), where),
        FieldLine(
            "first",
            "Từ ngày",
            Widget.DAY,
            values.get("first", "") or visit.on.isoformat(),
            is_required=True,
        ),
        FieldLine(
            "last",
            "Đến hết ngày",
            Widget.DAY,
            values.get("last", ""),
            hint="để trống nếu chưa định",
        ),
    )
    found = problems(wrong, [line.name for line in lines])
    context: dict[str, object] = {
        "here": "staff",
        "page": page,
        "office": names.get(page.line.office, page.line.office),
        "grants": [(grant, names.get(grant.office, grant.office)) for grant in page.grants],
        "is_self": username == visit.by.account,
        "fields": with_errors(lines, found),
        "problems": found,
    }
    return show(visit, "access/account.html", context, status=status_of(wrong) if wrong else 200)


def _offices(visit: Visit) -> tuple[Option, ...]:
    return tuple(Option(str(o.code), o.name) for o in directory.offices(on=visit.on))


def _told_password(visit: Visit, username: str, password: str) -> HttpResponse:
    """The new password, once."""
    return show(
        visit, "access/new_password.html", {"here": "staff", "account": username, "new": password}
    )
