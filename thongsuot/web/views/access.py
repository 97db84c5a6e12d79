"""Signing in by password and second factor, signing out, and one's own password."""

from __future__ import annotations

import segno
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from thongsuot.actions import signing
from thongsuot.domain.refusal import Refusal
from thongsuot.queries import sessions as queries
from thongsuot.records.access import AccountRow
from thongsuot.web import door, gate
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.forms.fields import FieldLine, Widget, with_errors
from thongsuot.web.refusals import Problem, problems, status_of
from thongsuot.words.access import FIELD, NEW_WORD_HOLDS, NO_OTHERS, OTHERS_ENDED
from thongsuot.words.refusals import sentence


class SignInForm(AuthenticationForm):
    """Asks for a name and a password, and says the same whichever was wrong."""

    user_cache: AccountRow | None

    def clean(self) -> dict[str, object]:
        """Try the password, unless the name or the address is locked."""
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if name and password and self.request is not None:
            try:
                self.user_cache = signing.sign_in(
                    name=name, password=password, address=gate.address(self.request), at=door.now()
                )
            except Refusal as refusal:
                raise ValidationError(sentence(refusal), code=refusal.code) from refusal
        return self.cleaned_data


sign_in = LoginView.as_view(
    template_name="access/sign_in.html",
    authentication_form=SignInForm,
    redirect_authenticated_user=True,
)
sign_out = LogoutView.as_view(http_method_names=["post", "options"])


def _field(name: str, widget: Widget = Widget.TEXT, keys: str = "") -> FieldLine:
    label, hint = FIELD[name]
    return FieldLine(name, label, widget, hint=hint, is_required=True, keys=keys)


CODE = _field("code", keys="numeric")
PASSWORDS = (
    _field("old", Widget.PASSWORD, "current-password"),
    _field("new", Widget.PASSWORD, "new-password"),
    _field("again", Widget.PASSWORD, "new-password"),
)


@official
def second_factor(visit: Visit) -> HttpResponse:
    """Asks for the code of the app, once a session, before any other page."""
    if gate.is_verified(visit.request):
        return redirect("worklist")
    if not signing.has_factor(account=visit.by.account):
        return redirect("security")
    wrong: tuple[Refusal, ...] = ()
    if visit.request.method == "POST":
        try:
            signing.verify_factor(
                account=visit.by.account,
                code=plain(visit.request.POST.get("code")),
                address=gate.address(visit.request),
                at=visit.at,
            )
        except Refusal as refusal:
            wrong = (refusal,)
        else:
            gate.set_verified(visit.request)
            return redirect(_next(visit.request))
    return _asked(visit, "access/second_factor.html", (CODE,), wrong)


@official
def security(visit: Visit) -> HttpResponse:
    """Turns the second factor on: the square for the app, a code to confirm, recovery codes once."""
    wrong: tuple[Refusal, ...] = ()
    if signing.has_factor(account=visit.by.account):
        return show(visit, "access/security.html", {"is_on": True})
    if visit.request.method == "POST":
        try:
            codes = signing.confirm_factor(
                account=visit.by.account, code=plain(visit.request.POST.get("code")), at=visit.at
            )
        except Refusal as refusal:
            wrong = (refusal,)
        else:
            gate.set_verified(visit.request)
            return show(visit, "access/recovery_codes.html", {"codes": codes})
    square = segno.make(signing.begin_factor(account=visit.by.account), error="m")
    uri = square.svg_data_uri(scale=5, border=2)
    secret = signing.secret_of(account=visit.by.account)
    return _asked(visit, "access/security.html", (CODE,), wrong, square=uri, secret=secret)


class PasswordsDiffer(Refusal):
    """The new password was not typed twice alike."""

    code = "passwords_differ"


@official
def password(visit: Visit) -> HttpResponse:
    """Changes one's password; every other session of the account ends."""
    wrong: tuple[Refusal, ...] = ()
    if visit.request.method == "POST":
        try:
            _change(visit)
        except Refusal as refusal:
            wrong = (refusal,)
        else:
            messages.success(visit.request, NEW_WORD_HOLDS)
            return redirect("worklist")
    return _asked(visit, "access/password.html", PASSWORDS, wrong)


def _change(visit: Visit) -> None:
    given = visit.request.POST
    if given.get("new") != given.get("again"):
        raise PasswordsDiffer("again")
    signing.change_password(
        account=visit.by.account,
        old=given.get("old", ""),
        new=given.get("new", ""),
        address=gate.address(visit.request),
        at=visit.at,
    )
    signing.end_other_sessions(account=visit.by.account, this=_key(visit))
    _keep_session(visit)


@official
def sessions(visit: Visit) -> HttpResponse:
    """Where one is signed in, and signing out everywhere but here."""
    account = visit.by.account
    if visit.request.method == "POST":
        count = signing.end_other_sessions(account=account, this=_key(visit))
        _keep_session(visit)
        told = OTHERS_ENDED.format(count=count) if count else NO_OTHERS
        messages.success(visit.request, told)
        return redirect("sessions")
    lines = queries.sessions(account, at=visit.at, this=_key(visit))
    return show(visit, "access/sessions.html", {"lines": lines})


def _key(visit: Visit) -> str:
    return visit.request.session.session_key or ""


def _keep_session(visit: Visit) -> None:
    """This session goes on although the account's sessions were ended."""
    is_verified = gate.is_verified(visit.request)
    user = AccountRow.objects.get(username=visit.by.account)
    update_session_auth_hash(visit.request, user)
    if is_verified:
        gate.set_verified(visit.request)


def _asked(
    visit: Visit,
    template: str,
    lines: tuple[FieldLine, ...],
    wrong: tuple[Refusal, ...],
    **more: object,
) -> HttpResponse:
    found: tuple[Problem, ...] = problems(wrong, [line.name for line in lines])
    context = {"fields": with_errors(lines, found), "problems": found, **more}
    return show(visit, template, context, status=status_of(wrong) if wrong else 200)


def _next(request: HttpRequest) -> str:
    """Where somebody wanted to go, if that is ours."""
    wanted = request.GET.get("next", "")
    hosts = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(wanted, hosts, require_https=request.is_secure())
    return wanted if is_ours else "/"
