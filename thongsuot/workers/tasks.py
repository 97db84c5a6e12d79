"""The tasks: parse, one action, done; each may run twice and knows arguments yet to come."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.jobs import Job, Status

from thongsuot.actions import (
    access,
    dossier,
    enquiries,
    handover,
    incidents,
    links,
    lookup,
    mirror,
    remote,
    reporting,
    signing,
    together,
)
from thongsuot.actions import migration as migrations
from thongsuot.actions import reconciliation as comparisons
from thongsuot.actions.reorganisation import asking_back, switching
from thongsuot.actions.reporting import declaring
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.exchange import applications, books, connections, handing, inbox, outbox, totals
from thongsuot.exchange.bodies import agree
from thongsuot.exchange.connector import Collecting, Connector, Registering
from thongsuot.exchange.enquiries import put
from thongsuot.exchange.mirror import Mirrorable, read
from thongsuot.queries.reporting import long_list
from thongsuot.queries.reporting.months import month_totals
from thongsuot.records.report_exports import ReportExportRow
from thongsuot.words.refusals import sentence

MOST_ATTEMPTS = 10
SENDING_FOR = timedelta(minutes=1)
JOBS_ARE_KEPT_FOR_HOURS = 72
logger = logging.getLogger(__name__)


def now() -> datetime:
    """The real moment: a worker takes the clock here, once a task."""
    return datetime.now(VIETNAM)


@app.task(name="notice_due", queueing_lock="notice_due")
def notice_due(**_: object) -> int:
    """Note which dossiers became near or late; how many."""
    return dossier.notice_due(at=now())


@app.task(name="reckon", queueing_lock="reckon")
def reckon(**_: object) -> int:
    """Reckon for reports the dossiers about which something was recorded; how many."""
    return reporting.catch_up()


@app.task(name="remind", queueing_lock="remind")
def remind(**_: object) -> int:
    """Remind bodies of reports and tasks that are due or late; how many reminders were new."""
    return reporting.remind(at=now())


@app.task(name=reporting.exporting.TASK, retry=RetryStrategy(max_attempts=MOST_ATTEMPTS, wait=10))
def make_long_list(export: int, **_: object) -> int:
    """Make the file of a long list as somebody asked; how many rows."""

    def of(row: ReportExportRow) -> reporting.exporting.Rows:
        reporting.catch_up()
        asked = long_list.asked(row)
        total = long_list.many(asked, row=row.row, column=row.column)
        rows = long_list.lines(asked, row=row.row, column=row.column)
        return reporting.exporting.Rows(total, long_list.COLUMNS, rows)

    return reporting.exporting.make(number=export, of=of, at=now(), now=now)


@app.task(name="forget_long_lists", queueing_lock="forget_long_lists")
def forget_long_lists(**_: object) -> int:
    """Remove lists that were asked for some days ago; how many."""
    return reporting.exporting.forget(at=now())


@app.task(name=together.TASK, retry=RetryStrategy(max_attempts=MOST_ATTEMPTS, wait=10))
def do_together(run: int, **_: object) -> int:
    """Make the lines of a run that wait, one after the other; how many."""
    made = 0
    while together.do_next(run=run, at=now()):
        made += 1
    return made


@app.task(name=migrations.TASK, retry=RetryStrategy(max_attempts=MOST_ATTEMPTS, wait=10))
def migrate(run: int, **_: object) -> int:
    """Rehearse or load an old system's export as somebody asked; how many rows have ended."""
    return migrations.do_asked(run, at=now())


@app.task(name=handover.TASK, retry=RetryStrategy(max_attempts=MOST_ATTEMPTS, wait=10))
def hand_over(number: int, **_: object) -> None:
    """Check or send a hand-over to a ministry, as somebody asked on its page."""
    handing.do_asked(number, at=now())


@app.task(name="follow_handovers", queueing_lock="follow_handovers")
def follow_handovers(**_: object) -> int:
    """Take over what ministries answered of dossiers handed to them; how many."""
    return handover.follow_all(at=now())


@app.task(name=comparisons.TASK, retry=RetryStrategy(max_attempts=MOST_ATTEMPTS, wait=10))
def reconcile(reconciliation: int, **_: object) -> int:
    """Make a comparison of two accounts that somebody asked for; how much differs."""
    at = now()
    return comparisons.do_asked(reconciliation, at=at, partner=books.opener(at=at))


@app.task(name="go_on_with_incidents", queueing_lock="go_on_with_incidents")
def go_on_with_incidents(**_: object) -> int:
    """Stop, or let run on, the clocks of dossiers chosen for an incident; how many."""
    return incidents.go_on(at=now())


@app.task(name="check_links", queueing_lock="check_links")
def check_links(**_: object) -> int:
    """Look whether the files that partners fetch are whole, and renew their addresses; how many broken."""
    return links.check(at=now()).broken


@app.task(name="compare_remote", queueing_lock="compare_remote")
def compare_remote(**_: object) -> int:
    """Compare what is held here and elsewhere anew; how many dossiers."""
    return remote.compare_all(at=now())


@app.task(name="send_owed", queueing_lock="send_owed")
def send_owed(**_: object) -> int:
    """Have what we owe sent, each partner by a job of its own; how many partners."""
    partners = connections.to_send_to(at=now())
    for partner in partners:
        with contextlib.suppress(AlreadyEnqueued):
            send_to.configure(queueing_lock=f"send_to:{partner}").defer(partner=partner)
    return len(partners)


@app.task(name="send_to")
def send_to(partner: str, **_: object) -> int:
    """Send what is due to one partner, for at most a minute; how many were acknowledged."""
    begun, acknowledged = now(), 0
    connector, manners = connections.opened(partner, at=begun)
    while now() < begun + SENDING_FOR:
        done = outbox.send_due(partner, connector, at=now(), manners=manners)
        acknowledged += done.acknowledged
        if not done.tried or done.is_away:
            break
    return acknowledged


@app.task(name=enquiries.TASK, queue=enquiries.QUEUE, priority=enquiries.PRIORITY)
def answer_enquiry(enquiry: int, **_: object) -> str:
    """Put one question to its partner while somebody waits; how it stands then."""
    at = now()

    def opened(partner: str) -> Connector:
        connector, _ = connections.opened(partner, at=at)
        return connector

    return put(number=enquiry, open_=opened, at=at, now=now)


@app.task(name="ask_about_payments", queueing_lock="ask_about_payments")
def ask_about_payments(**_: object) -> int:
    """Have the platform asked about payments of which no word came; how many."""
    return enquiries.ask_about_payments(at=now())


@contextlib.contextmanager
def _others_go_on(partner: str) -> Iterator[None]:
    """A connection that is set up wrongly is told in the log and stops no other."""
    try:
        yield
    except Refusal as refusal:
        logger.warning("partner %s left out: %s", partner, sentence(refusal))


@app.task(name="agree_on_bodies", queueing_lock="agree_on_bodies")
def agree_on_bodies(**_: object) -> int:
    """Owe the document axis the codes of bodies that opened or closed; how many."""
    at, owed = now(), 0
    for partner in connections.to_send_to(at=at):
        with _others_go_on(partner):
            connector, _manners = connections.opened(partner, at=at)
            if isinstance(connector, Registering):
                owed += sum(agree(connector, at=at))
    return owed


@app.task(name="mirror_procedures", queueing_lock="mirror_procedures")
def mirror_procedures(**_: object) -> int:
    """Read the national procedure database, and owe it what is ours; how much changed there."""
    at, changed = now(), 0
    for partner in connections.to_send_to(at=at):
        with _others_go_on(partner):
            connector, _manners = connections.opened(partner, at=at)
            if isinstance(connector, Mirrorable):
                changed += read(connector, at=at, now=now).changed
        if partner == mirror.DATABASE:
            mirror.owe_publications(at=now())
    return changed


@app.task(name="declare_totals", queueing_lock="declare_totals")
def declare_totals(**_: object) -> int:
    """Declare the figures of the month that is over to the portal, once; how many dossiers came."""
    at = now()
    month = at.date().replace(day=1) - timedelta(days=1)
    if declaring.PORTAL not in connections.to_send_to(at=at) or declaring.is_declared(month):
        return 0
    totals = month_totals(month, known_at=at)
    declaring.declare(totals, at=at)
    return totals.received


@app.task(name="forget_enquiries", queueing_lock="forget_enquiries")
def forget_enquiries(**_: object) -> int:
    """Forget old questions to partners and what was answered; how many."""
    return enquiries.forget_enquiries(at=now())


@app.task(name="fetch_ready", queueing_lock="fetch_ready")
def fetch_ready(**_: object) -> int:
    """Have what partners keep ready fetched, each by a job of its own; how many partners."""
    partners = connections.to_fetch_from(at=now())
    for partner in partners:
        with contextlib.suppress(AlreadyEnqueued):
            fetch_from.configure(queueing_lock=f"fetch_from:{partner}").defer(partner=partner)
    return len(partners)


@app.task(name="fetch_from")
def fetch_from(partner: str, **_: object) -> int:
    """Take in what lies ready at one partner; how many things came."""
    connector, _manners = connections.opened(partner, at=now())
    if not isinstance(connector, Collecting):
        return 0
    done = inbox.fetch(partner, connector, at=now())
    return done.taken_in + done.quarantined


@app.task(name="compare_totals", queueing_lock="compare_totals")
def compare_totals(**_: object) -> int:
    """Compare yesterday's figures with each partner that tells its own; how many differ."""
    at = now()
    return sum(
        totals.compare(partner, day=at.date() - timedelta(days=1), at=at)
        for partner in connections.to_count_with(at=at)
    )


@app.task(name="read_pushed", queueing_lock="read_pushed")
def read_pushed(**_: object) -> int:
    """Have what partners pushed read, each by a job of its own; how many partners."""
    partners = inbox.to_read()
    for partner in partners:
        with contextlib.suppress(AlreadyEnqueued):
            read_from.configure(queueing_lock=f"read_from:{partner}").defer(partner=partner)
    return len(partners)


@app.task(name="read_from")
def read_from(partner: str, **_: object) -> int:
    """Read what one partner pushed and nobody has read yet; how many things were made of it."""
    connector, _manners = connections.opened(partner, at=now())
    return inbox.understand(partner, connector, at=now()).taken_in


@app.task(name="fetch_papers", queueing_lock="fetch_papers")
def fetch_papers(**_: object) -> int:
    """Fetch the papers of online applications that came as addresses; how many."""
    at = now()
    return applications.fetch_papers(partial(connections.line_to, at=at), at=at)


@app.task(name="go_on_with_switches", queueing_lock="go_on_with_switches")
def go_on_with_switches(**_: object) -> int:
    """Begin the reorganisations whose instant has come, go on with what was stopped; how many."""
    return switching.go_on(at=now())


@app.task(name=asking_back.TASK, retry=RetryStrategy(max_attempts=MOST_ATTEMPTS, wait=10))
def undo_reorganisation(undo: int, **_: object) -> int:
    """Take back what somebody asked for of a plan; how many dossiers went back."""
    return asking_back.carry_out(undo, at=now())


@app.task(name="forget_lookups", queueing_lock="forget_lookups")
def forget_lookups(**_: object) -> int:
    """Forget old tries to look dossiers up; how many."""
    return lookup.forget_tries(at=now())


@app.task(name="forget_answers", queueing_lock="forget_answers")
def forget_answers(**_: object) -> int:
    """Forget the keys of requests that nobody repeats any more; how many."""
    return access.forget_answers(at=now())


@app.task(name="forget_attempts", queueing_lock="forget_attempts")
def forget_attempts(**_: object) -> int:
    """Forget attempts to sign in that no limit looks at any more; how many."""
    return signing.forget_attempts(at=now())


@app.task(name="forget_sessions", queueing_lock="forget_sessions")
def forget_sessions(**_: object) -> int:
    """Forget sessions that are over; how many."""
    return signing.forget_sessions(at=now())


@app.task(name="forget_jobs", queueing_lock="forget_jobs", pass_context=True)
async def forget_jobs(context: JobContext, /, **_: object) -> None:
    """Forget jobs done some days ago; what failed stays to be looked at."""
    await context.app.job_manager.delete_old_jobs(nb_hours=JOBS_ARE_KEPT_FOR_HOURS)


@app.task(name="retry_stalled", queueing_lock="retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, /, **_: object) -> int:
    """Queue again what a worker was doing when it was killed; how many."""
    stalled = list(await context.app.job_manager.get_stalled_jobs())
    for job in stalled:
        await _retry(context, job)
    return len(stalled)


async def _retry(context: JobContext, job: Job) -> None:
    """Queue a job again, unless it kills workers or another one waits to do the same."""
    logger.warning("job %s (%s) stalled after %s attempts", job.id, job.task_name, job.attempts)
    if job.attempts >= MOST_ATTEMPTS:
        await _set_aside(context, job)
        return
    try:
        await context.app.job_manager.retry_job(job)
    except UniqueViolation:
        await _set_aside(context, job)


async def _set_aside(context: JobContext, job: Job) -> None:
    await context.app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)
