"""The papers of a dossier on one page: scan, say why not, take what is held, collect the fee."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header

from thongsuot.actions import dossier as actions
from thongsuot.actions import enquiries, postal
from thongsuot.actions.dossier import papers as acts
from thongsuot.actions.files import Upload
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.dossier.events import ScanException
from thongsuot.domain.dossier.reasons import fold
from thongsuot.domain.exchange import EnquiryKind
from thongsuot.domain.files import MediaType, StoredFile
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workflow import Act
from thongsuot.queries import connections as connected
from thongsuot.queries import enquiries as asking
from thongsuot.queries import papers as queries
from thongsuot.queries import payments
from thongsuot.queries import postal as orders
from thongsuot.queries.enquiries import EnquiryLine
from thongsuot.web.desk import new_key
from thongsuot.web.door import Visit, official, plain, show
from thongsuot.web.refusals import Problem, problems, status_of
from thongsuot.web.views.dossier import head, read_page
from thongsuot.web.views.enquiries import asked_on, named_on
from thongsuot.words import reading
from thongsuot.words.enquiries import PAYMENT as PAYMENT_STATE
from thongsuot.words.enquiries import POST_DONE
from thongsuot.words.labels import PAPER_STATE, PAYMENT, SCAN_EXCEPTION
from thongsuot.words.screens import PAPERS_DONE, money

# A file is looked at alone, in a page that may run and load nothing; browsers show no PDF in a
# sandbox, and what a PDF holds never runs as a page of ours.
BARE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
SANDBOX = f"sandbox; {BARE}"
SHOWN_IN_PLACE = frozenset({MediaType.PDF, MediaType.JPEG, MediaType.PNG})
SCAN_FIELDS = ("paper", "basis", "why", "valid_until", "is_checked")
FEE_FIELDS = ("what", "amount", "how", "receipt_series", "receipt_number", "reference", "basis")
POST_FIELDS = ("postal.name", "postal.address", "postal.phone", "postal.province")
# The fields of each form on the page, beside which is said what is wrong.
FIELDS: dict[str, tuple[str, ...]] = {
    "scan": ("files", "valid_until"),
    "leave": ("why", "basis"),
    "fee": FEE_FIELDS,
    "pay": ("what", "amount"),
    "post": POST_FIELDS,
}
# What is done by a partner while the official waits, or does not.
OF_STORE = (EnquiryKind.PAPERS, EnquiryKind.PAPER_FILE)
ASKED = frozenset({"pay", "paid", "store", "fetch"})
POSTED = frozenset({"post", "unpost"})


@official
def papers(visit: Visit, code: str) -> HttpResponse:
    """The papers of a dossier; each form on the page does one thing."""
    wrong: tuple[Refusal, ...] = ()
    if visit.request.method == "POST":
        try:
            if _action(visit.request.POST) in ASKED:
                return _ask(visit, plain(code), visit.request.POST)
            if _action(visit.request.POST) in POSTED:
                return _post(visit, plain(code), visit.request.POST)
            made = _act(visit, plain(code), visit.request.POST)
        except Refusal as refusal:
            if refusal.kind is Kind.FORBIDDEN:
                raise
            wrong = (refusal,)
        else:
            messages.success(visit.request, PAPERS_DONE[_action(visit.request.POST)])
            return redirect("papers", code=made.code)
    return _page(visit, plain(code), wrong)


@official
def file(visit: Visit, code: str, sha256: str) -> HttpResponse:
    """One file of a dossier: shown in place, or handed out with `?tai=1`."""
    token = visit.reading(plain(code))
    stored, content = queries.file_of(
        plain(code), plain(sha256), account=visit.by.account, at=visit.at, reading=token
    )
    return handed(visit, stored, content)


def handed(visit: Visit, stored: StoredFile, content: bytes) -> HttpResponse:
    """A file shown in place where that is safe, else handed out; always with `?tai=1`."""
    is_download = "tai" in visit.request.GET or stored.media_type not in SHOWN_IN_PLACE
    answer = HttpResponse(content, content_type=stored.media_type.value)
    answer["Content-Disposition"] = content_disposition_header(is_download, stored.name) or ""
    is_pdf = stored.media_type is MediaType.PDF
    answer["Content-Security-Policy"] = BARE if is_pdf else SANDBOX
    answer["X-Content-Type-Options"] = "nosniff"
    answer["X-Frame-Options"] = "SAMEORIGIN"
    return answer


def _ask(visit: Visit, code: str, post: QueryDict) -> HttpResponse:
    """Put a question to a partner, and go back to the papers with it."""
    asked = _asking(visit, code, post)
    title = "online-title" if _action(post) in ("pay", "paid") else "papers-title"
    return redirect(f"{reverse('papers', kwargs={'code': code})}?hoi={asked}#{title}")


def _post(visit: Visit, code: str, post: QueryDict) -> HttpResponse:
    """Order the post, or call it off."""
    if _action(post) == "unpost":
        postal.cancel(number=plain(post.get("order")), by=visit.by, at=visit.at)
    else:
        given = {name.partition(".")[2]: plain(post.get(name)) for name in POST_FIELDS}
        postal.order(code=code, **given, by=visit.by, at=visit.at)
    messages.success(visit.request, POST_DONE[_action(post)])
    return redirect("papers", code=code)


def _asking(visit: Visit, code: str, post: QueryDict) -> int:
    match _action(post):
        case "pay":
            return enquiries.begin_payment(
                code=code,
                what=plain(post.get("what")),
                amount=plain(post.get("amount")),
                key=plain(post.get("key")),
                by=visit.by,
                at=visit.at,
            )
        case "paid":
            reference = plain(post.get("reference"))
            return enquiries.ask_about_payment(reference=reference, by=visit.by, at=visit.at)
        case "fetch":
            return enquiries.fetch_paper(
                code=code,
                paper=plain(post.get("paper")),
                offered_in=reading.number("offered_in", plain(post.get("offered_in"))),
                place=reading.number("place", plain(post.get("place"))),
                by=visit.by,
                at=visit.at,
            )
        case _:
            dossier = read_page(visit, code).dossier
            return enquiries.ask_for_papers(
                name=dossier.applicant.name,
                number=dossier.applicant.number,
                procedure=dossier.procedure,
                office=dossier.office,
                key=f"store:{plain(post.get('key'))}",
                by=visit.by,
                at=visit.at,
            )


def _act(visit: Visit, code: str, post: QueryDict) -> Dossier:
    paper = plain(post.get("paper"))
    match _action(post):
        case "scan":
            return _scan(visit, code, paper, post)
        case "leave":
            why = reading.text("why", post.get("why", ""))
            if why not in set(ScanException):
                raise reading.BadField.holding("why", why, reading.Expected.TEXT)
            return acts.leave_unscanned(
                code=code,
                paper=paper,
                why=ScanException(why),
                basis=plain(post.get("basis")),
                by=visit.by,
                at=visit.at,
            )
        case "reuse":
            return acts.reuse(code=code, paper=paper, by=visit.by, at=visit.at)
        case _:
            given = {name: plain(post.get(name)) for name in FEE_FIELDS}
            return actions.make(
                code=code,
                move=Act.COLLECT_FEE.value,
                given={name: value for name, value in given.items() if value},
                by=visit.by,
                at=visit.at,
            )


def _scan(visit: Visit, code: str, paper: str, post: QueryDict) -> Dossier:
    chosen = visit.request.FILES.getlist("files")
    return acts.add_scans(
        code=code,
        paper=paper,
        uploads=[Upload(one.name or "", one.read()) for one in chosen],
        is_checked="is_checked" in post,
        valid_until=reading.maybe(reading.day, post.dict(), "valid_until"),
        by=visit.by,
        at=visit.at,
    )


def _page(visit: Visit, code: str, wrong: tuple[Refusal, ...]) -> HttpResponse:
    told = read_page(visit, code)
    token = visit.reading(told.dossier.code)
    found = queries.page(told.dossier, at=visit.at, reading=token)
    post = visit.request.POST
    typed = {name: plain(post.get(name)) for name in (*FEE_FIELDS, *SCAN_FIELDS)}
    action = _action(post) if wrong else ""
    told_wrong = problems(wrong, FIELDS.get(action, ()))
    place = _place(action, typed["paper"], found)
    askable = asking.askable(at=visit.at)
    asked = named_on(visit)
    context: dict[str, object] = {
        "head": head(visit, told),
        "payable": EnquiryKind.PAYMENT in askable,
        "online": [
            (one, PAYMENT_STATE[one.state], money(one.amount))
            for one in payments.payments(told.dossier.code, reading=token)
        ],
        "postable": connected.is_connected(postal.POST, at=visit.at),
        "orders": orders.orders(told.dossier.code, reading=token),
        "posted": {name.partition(".")[2]: plain(post.get(name)) for name in POST_FIELDS},
        "post_errors": {
            one.field.partition(".")[2]: one.sentence
            for one in told_wrong
            if one.field.startswith("postal.")
        },
        "storable": EnquiryKind.PAPERS in askable,
        "offers": _offers(asked, found),
        "fetches": asking.fetches(told.dossier.code, at=visit.at),
        "enquiry": asked_on(asked) if asked else None,
        "is_of_store": asked is not None and asked.kind in OF_STORE,
        "key": new_key(),
        "found": found,
        "states": PAPER_STATE,
        "exceptions": SCAN_EXCEPTION,
        "payments": PAYMENT,
        "paid": money(found.paid),
        "fees": [(fee, PAYMENT[fee.how.value], money(fee.amount)) for fee in told.dossier.fees],
        "due": [(fee.note, _amount(fee.amount)) for fee in found.due],
        "can_scan": told.dossier.is_open,
        "typed": typed,
        "wrong_action": action,
        "errors": {problem.field: problem.sentence for problem in told_wrong if problem.field},
        "problems": tuple(
            Problem(f"{place}-{one.field}" if one.field else "", one.sentence) for one in told_wrong
        ),
    }
    return show(visit, "dossier/papers.html", context, status=status_of(wrong) if wrong else 200)


def _offers(
    asked: EnquiryLine | None, found: queries.PapersPage
) -> list[tuple[asking.StoreOffer, str]]:
    """What the store offers, each with the paper of the checklist that has its name."""
    names = {fold(line.line.name): line.line.name for line in found.lines}
    return [(one, names.get(fold(one.title), "")) for one in asking.store_offers(asked)]


def _place(action: str, paper: str, found: queries.PapersPage) -> str:
    """The form on the page that was sent: that of a paper has the paper's number."""
    named = (str(each.number) for each in found.lines if each.line.name == paper)
    return f"{action}-{next(named, '')}" if action in ("scan", "leave") else action


def _action(post: QueryDict) -> str:
    action = post.get("action", "")
    return action if action in PAPERS_DONE or action in ASKED | POSTED else "fee"


def _amount(amount: int | None) -> str:
    return money(amount) if amount is not None else "–"
