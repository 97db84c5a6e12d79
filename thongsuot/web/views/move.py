"""One act on a dossier: its form, and the act itself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect

from thongsuot.actions import dossier as actions
from thongsuot.actions.dossier.moves import FieldKind, Move, find
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workflow import Act
from thongsuot.queries import access, directory, proposals
from thongsuot.queries.dossier import DossierPage
from thongsuot.web.acts import act_line
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.forms import move as forms
from thongsuot.web.forms.fields import Option, with_errors
from thongsuot.web.refusals import problems, status_of
from thongsuot.web.story import named, story
from thongsuot.web.views.dossier import head, read_page
from thongsuot.words import reading
from thongsuot.words.labels import ACT, ASKED_AGAIN, CHANNEL, PAYMENT
from thongsuot.words.screens import DRAFT_CHOICE, MADE, ON_ROSTER, OPINION


class MoveNotOpen(Refusal):
    """The act is not open to this person on this dossier now."""

    code = "move_not_open"


@official
def move(visit: Visit, code: str, act: str) -> HttpResponse:
    """The form of an act; sent back filled in, the act is made."""
    chosen = find(act)
    if visit.request.method == "POST":
        return _make(visit, plain(code), chosen)
    told = read_page(visit, plain(code))
    if chosen.act not in told.acts:
        raise MoveNotOpen("act", act=ACT[act], code=told.dossier.code)
    return _form(visit, told, chosen, _defaults(told.dossier, chosen))


def _make(visit: Visit, code: str, chosen: Move) -> HttpResponse:
    values = forms.typed(chosen, visit.request.POST)
    wrong = forms.refusals(chosen, values)
    if not wrong:
        try:
            made = actions.make(
                code=code,
                move=chosen.act.value,
                given=forms.given(values),
                by=visit.by,
                at=visit.at,
                seen_version=_seen(visit.request.POST),
            )
        except Refusal as refusal:
            wrong = (refusal,)
        else:
            messages.success(visit.request, MADE.format(act=ACT[chosen.act.value]))
            return redirect("dossier", code=made.code)
    told = read_page(visit, code)
    if any(refusal.kind is Kind.FORBIDDEN for refusal in wrong):
        raise wrong[0]
    return _form(visit, told, chosen, values, wrong)


def _form(
    visit: Visit,
    told: DossierPage,
    chosen: Move,
    values: dict[str, str],
    wrong: tuple[Refusal, ...] = (),
) -> HttpResponse:
    found = problems(wrong, ["target", *(field.name for field in chosen.fields)])
    lines = forms.lines(chosen, values, _choices(visit, told, chosen))
    if not told.dossier.drafts:
        lines = tuple(line for line in lines if line.name != "draft")
    last = told.timeline[-1:]
    codes = named(last)
    context: dict[str, object] = {
        "head": head(visit, told),
        "act": act_line(chosen.act, branches=told.branches),
        "fields": with_errors(lines, found),
        "problems": found,
        "was_first": story(last, told.officials | directory.office_names(codes))
        if any(refusal.kind is Kind.CONFLICT for refusal in wrong)
        else (),
    }
    status = status_of(wrong) if wrong else 200
    return show(visit, "dossier/move.html", context, status=status)


def _seen(post: QueryDict) -> int:
    """The version that the person was looking at. Raises FieldNeeded, BadField."""
    return reading.number("seen_version", post.get("seen_version", ""))


def _defaults(it: Dossier, chosen: Move) -> dict[str, str]:
    match chosen.act:
        case Act.HAND_OVER:
            return {"to": it.applicant.proxy or it.applicant.name, "how": "in_person"}
        case Act.STOP:
            return {"channel": "in_person"}
        case Act.GIVE_OPINION if len(it.opinions_open) == 1:
            return {"opinion": str(it.opinions_open[0].number)}
        case _:
            return {}


def _choices(visit: Visit, told: DossierPage, chosen: Move) -> dict[str, tuple[Option, ...]]:
    """What may be chosen in the fields of an act."""
    it = told.dossier
    own = {
        Act.DIGITISE: {"paper": _undigitised(it)},
        Act.GIVE_OPINION: {"opinion": _opinions(it)},
        Act.APPROVE: {"draft": _drafts(it)},
        Act.ASK_SUPPLEMENT: {"asked_again_because": _options(ASKED_AGAIN)},
        Act.COLLECT_FEE: {"how": _options(PAYMENT)},
    }
    by_kind = {field.name: _of_kind(visit, it, field.kind) for field in chosen.fields}
    ways = tuple(Option(way.target, way.name) for way in told.branches.get(chosen.act, ()))
    return by_kind | own.get(chosen.act, {}) | ({"target": ways} if ways else {})


def _of_kind(visit: Visit, it: Dossier, kind: FieldKind) -> tuple[Option, ...]:
    match kind:
        case FieldKind.OFFICIAL:
            working = access.officials(it.office, on=visit.on)
            named = proposals.offered(it, on=visit.on)
            return tuple(
                Option(
                    o.account,
                    f"{o.name} – {', '.join(o.roles)}",
                    group=ON_ROSTER[o.account in named] if named else "",
                )
                for o in sorted(working, key=lambda o: o.account not in named)
            )
        case FieldKind.OFFICE:
            others = [o for o in directory.offices(on=visit.on) if o.code.canonical != it.office]
            return tuple(Option(str(o.code), o.name) for o in others)
        case FieldKind.CHANNEL:
            return tuple(Option(value, label) for value, label in CHANNEL.items())
        case _:
            return ()


def _options(labels: dict[str, str]) -> tuple[Option, ...]:
    return tuple(Option(value, label) for value, label in labels.items())


def _drafts(it: Dossier) -> tuple[Option, ...]:
    """The versions of the draft, the newest first, each by the digest of its content."""
    numbered = list(enumerate(it.drafts, 1))
    return tuple(
        Option(
            file.sha256,
            DRAFT_CHOICE.format(number=number, name=file.name, digest=file.sha256[:8]),
        )
        for number, file in reversed(numbered)
    )


def _undigitised(it: Dossier) -> tuple[Option, ...]:
    return tuple(Option(p.name, p.name) for p in it.papers if p.name not in it.digitised)


def _opinions(it: Dossier) -> tuple[Option, ...]:
    return tuple(
        Option(str(o.number), OPINION.format(number=o.number, of=o.of)) for o in it.opinions_open
    )
