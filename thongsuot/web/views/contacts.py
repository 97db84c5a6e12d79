"""How people reach each office: announced by the Office, with the day and the source."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from thongsuot.actions.contacts import announce
from thongsuot.domain.directory import Contact, NoSuchOffice
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.queries import notices
from thongsuot.queries.notices import ContactLine
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.forms.fields import FieldLine, Widget, with_errors
from thongsuot.web.refusals import problems, status_of
from thongsuot.words import notices as words
from thongsuot.words import reading


@official
def contacts(visit: Visit) -> HttpResponse:
    """Every office with its hotline and its mailbox; those without stand out."""
    lines = notices.contacts(visit.by, on=visit.on)
    missing = sum(not line.hotline for line in lines)
    context: dict[str, object] = {"here": "contacts", "lines": lines, "missing": missing}
    return show(visit, "access/contacts.html", context)


@official
def contact(visit: Visit, code: str) -> HttpResponse:
    """What one office announces, and the form to say it anew from a day on."""
    line = _line(visit, plain(code))
    if visit.request.method != "POST":
        typed = {"hotline": line.hotline, "mailbox": line.mailbox, "first": visit.on.isoformat()}
        return _form(visit, line, typed)
    values = {name: plain(visit.request.POST.get(name)) for name in words.FIELD}
    try:
        first = reading.day("first", values["first"])
        announce(
            office=line.code,
            contact=Contact(
                reading.if_given(partial(reading.text, longest=40), values, "hotline", ""),
                reading.if_given(partial(reading.text, longest=120), values, "mailbox", ""),
            ),
            first=first,
            source=reading.text("source", values["source"], longest=200),
            by=visit.by,
            at=visit.at,
        )
    except Refusal as refusal:
        if refusal.kind is Kind.FORBIDDEN:
            raise
        return _form(visit, line, values, (refusal,))
    told = words.ANNOUNCED.format(office=line.name, day=f"{first:%d/%m/%Y}")
    messages.success(visit.request, told)
    return redirect("contacts")


def _line(visit: Visit, code: str) -> ContactLine:
    lines = notices.contacts(visit.by, on=visit.on)
    found = next((line for line in lines if line.code == code), None)
    if found is None:
        raise NoSuchOffice("code", given=code)
    return found


def _form(
    visit: Visit, line: ContactLine, values: Mapping[str, str], wrong: tuple[Refusal, ...] = ()
) -> HttpResponse:
    widgets = {"first": Widget.DAY}
    keys = {"hotline": "tel", "mailbox": "email"}
    fields = tuple(
        FieldLine(
            name,
            label,
            widgets.get(name, Widget.TEXT),
            values.get(name, ""),
            hint=hint,
            is_required=name in ("first", "source"),
            keys=keys.get(name, ""),
        )
        for name, (label, hint) in words.FIELD.items()
    )
    found = problems(wrong, list(words.FIELD))
    context: dict[str, object] = {
        "here": "contacts",
        "line": line,
        "fields": with_errors(fields, found),
        "problems": found,
    }
    return show(visit, "access/contact.html", context, status=status_of(wrong) if wrong else 200)
