"""Everything that runs by itself, with the reason for each line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from procrastinate.contrib.django import app
from procrastinate.tasks import Task

from thongsuot.workers import tasks


@dataclass(frozen=True, slots=True)
class Line:
    """A task, when it runs (in UTC, seven hours behind the office), and why by itself."""

    task: Task[..., Any, Any]
    cron: str
    why: str


SCHEDULE = (
    Line(
        tasks.notice_due,
        "* * * * *",
        "an official must see within a minute that a dossier became near or late",
    ),
    Line(
        tasks.reckon,
        "* * * * *",
        "a report asked for at the end of a week should not first count the whole week",
    ),
    Line(
        tasks.remind,
        "*/5 * * * *",
        "a deadline may be at 11:00 on a Sunday, and whoever owes a report should not find it out late",
    ),
    Line(
        tasks.retry_stalled,
        "*/2 * * * *",
        "a worker that was killed leaves its job half done, and nobody else would take it up",
    ),
    Line(
        tasks.forget_answers,
        "17 20 * * *",
        "kept answers hold people's data, and nobody repeats a request after a month",
    ),
    Line(
        tasks.forget_attempts,
        "22 20 * * *",
        "who tried to sign in from where is nobody's business once it locks nobody out",
    ),
    Line(
        tasks.go_on_with_incidents,
        "* * * * *",
        "an incident may touch thousands of dossiers, and no request waits for all their clocks",
    ),
    Line(
        tasks.check_links,
        "5 19 * * *",
        "an address that partners keep must not end, nor lead to a file that is gone unseen",
    ),
    Line(
        tasks.compare_remote,
        "40 * * * *",
        "ours may have moved on since a partner spoke, and a difference is an alarm within the hour",
    ),
    Line(
        tasks.read_pushed,
        "* * * * *",
        "what a partner pushed is only kept at the door; a counter should see it within a minute",
    ),
    Line(
        tasks.fetch_papers,
        "* * * * *",
        "a counter has eight hours for an application, and reads its papers before it answers",
    ),
    Line(
        tasks.send_owed,
        "* * * * *",
        "partners, and applicants by letter, should know within a minute, and one away holds up no other",
    ),
    Line(
        tasks.follow_handovers,
        "* * * * *",
        "a dossier that a ministry refused goes on here within minutes, and nobody asks for it",
    ),
    Line(
        tasks.fetch_ready,
        "* * * * *",
        "what a partner keeps ready should be seen within minutes, and none of them calls us",
    ),
    Line(
        tasks.compare_totals,
        "12 18 * * *",
        "a message lost without a trace shows only in the sums, and the day is over by then",
    ),
    Line(
        tasks.go_on_with_switches,
        "* * * * *",
        "a reorganisation takes effect at an instant, and goes on after whatever stopped it",
    ),
    Line(
        tasks.forget_lookups,
        "37 20 * * *",
        "tries hold addresses of people, and no limit looks at them after a month",
    ),
    Line(
        tasks.ask_about_payments,
        "* * * * *",
        "a confirmation may be lost, and who paid must not be asked to pay again",
    ),
    Line(
        tasks.agree_on_bodies,
        "7 * * * *",
        "a body that opens or closes is known on the document axis within the hour",
    ),
    Line(
        tasks.mirror_procedures,
        "52 19 * * *",
        "what the centre publishes is compared with ours before the counters open",
    ),
    Line(
        tasks.declare_totals,
        "22 19 * * *",
        "the portal holds what is declared of a month against what was synchronised of it",
    ),
    Line(
        tasks.forget_enquiries,
        "42 20 * * *",
        "what a national database said of somebody is looked at again with a new question",
    ),
    Line(
        tasks.forget_sessions,
        "32 20 * * *",
        "who was signed in from where is nobody's business once the session is over",
    ),
    Line(
        tasks.forget_long_lists,
        "47 20 * * *",
        "a list of a million rows is fetched once and would fill the store",
    ),
    Line(
        tasks.forget_jobs,
        "27 20 * * *",
        "a job a minute fills the table for nothing",
    ),
)

for _line in SCHEDULE:
    app.periodic(cron=_line.cron)(_line.task)
