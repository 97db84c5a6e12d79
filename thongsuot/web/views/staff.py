"""Accounts and posts, for administrators."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from thongsuot.actions import accounts as actions
from thongsuot.domain.duties import Right
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.spans import Span
from thongsuot.queries import access_log, directory, staff
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.forms.fields import FieldLine, Option, Widget, with_errors
from thongsuot.web.refusals import problems, status_of
from thongsuot.words import access as words
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
        "offices": directory.office_names(line.office for line in page.lines),
        "points": directory.counter_names({line.reception_point for line in page.lines}),
        "search": search,
        "next": f"?{following}" if page.next else "",
    }
    return show(visit, "access/accounts.html", context)


@official
def changes(visit: Visit) -> HttpResponse:
    """What administrators did to accounts and posts, the newest first."""
    asked = {name: plain(visit.request.GET.get(name)) for name in ("account", "before")}
    page = access_log.changes(
        visit.by,
        on=visit.on,
        account=asked["account"],
        before=reading.if_given(reading.number, asked, "before", 0),
    )
    following = urlencode({"account": asked["account"], "before": page.next})
    context: dict[str, object] = {
        "here": "staff" if Right.ACCOUNTS in visit.desk.rights else "looks",
        "account": asked["account"],
        "lines": [
            (line, words.CHANGE.get(line.what, line.what), words.details(line.details))
            for line in page.lines
        ],
        "next": f"?{following}" if page.next else "",
    }
    return show(visit, "access/changes.html", context)


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
    messages.success(visit.request, words.ACCOUNT_CHANGED)
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
        "revoke": lambda: actions.revoke_token(
            account=username, name=values["token"], by=by, at=at
        ),
        "sign_out": lambda: actions.sign_out(account=username, by=by, at=at),
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


def _opening(visit: Visit, values: dict[str, str], wrong: tuple[Refusal, ...] = ()) -> HttpResponse:
    points = tuple(Option(p.key, p.name) for p in directory.reception_points(on=visit.on))
    lines = (
        _line("username", values, is_required=True),
        _line("name", values, is_required=True),
        _select("office", values["office"], _offices(visit), words.CHOOSE, is_required=True),
        _select("reception_point", values["reception_point"], points, words.NO_COUNTER),
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
    where = (Option(EVERYWHERE, words.EVERY_OFFICE), *_offices(visit))
    roles = tuple(Option(code, name) for code, name in staff.roles())
    days = {
        "first": values.get("first", "") or visit.on.isoformat(),
        "last": values.get("last", ""),
    }
    lines = (
        _select("role", values.get("role", ""), roles, words.CHOOSE, is_required=True),
        _select("where", values.get("where", page.line.office), where),
        _line("first", days, Widget.DAY, is_required=True),
        _line("last", days, Widget.DAY),
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


def _line(
    name: str, values: Mapping[str, str], widget: Widget = Widget.TEXT, *, is_required: bool = False
) -> FieldLine:
    label, hint = words.FIELD[name]
    return FieldLine(name, label, widget, values[name], hint=hint, is_required=is_required)


def _select(
    name: str,
    chosen: str,
    options: tuple[Option, ...],
    empty: str = "",
    *,
    is_required: bool = False,
) -> FieldLine:
    label, hint = words.FIELD[name]
    return FieldLine(
        name, label, Widget.SELECT, chosen, options, empty, hint=hint, is_required=is_required
    )


def _offices(visit: Visit) -> tuple[Option, ...]:
    return tuple(Option(str(o.code), o.name) for o in directory.offices(on=visit.on))


def _told_password(visit: Visit, username: str, password: str) -> HttpResponse:
    """The new password, once."""
    return show(
        visit, "access/new_password.html", {"here": "staff", "account": username, "new": password}
    )
