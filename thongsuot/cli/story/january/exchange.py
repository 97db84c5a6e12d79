"""What goes between us and the partners, hour by hour, as the workers do it; and what people decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from thongsuot.actions import messages
from thongsuot.cli.story.town import Town
from thongsuot.domain.duties import Person
from thongsuot.domain.exchange import ValueMissing
from thongsuot.exchange import connections
from thongsuot.exchange.connector import Collecting
from thongsuot.exchange.dialects.payload import content
from thongsuot.exchange.dialects.portal_words import moment_of
from thongsuot.exchange.inbox import fetch, understand
from thongsuot.exchange.outbox import send_due
from thongsuot.records.messages import OutboxRow

MOST_ROUNDS = 2_000
THERE, NOT_THERE = "đối chiếu: đối tác đã có", "đối chiếu: đối tác chưa có"
INHERITED = "hồ sơ kế thừa không có số định danh; hệ thống cũ đã báo, không điền số giả"
# Where a partner keeps the steps of a dossier, and what tells one from another: a step has no
# number there, so its moment and its words.
STEPS: Mapping[str, tuple[str, str, str]] = {
    "national_portal": ("steps", "ThoiDiemXuLy", "NoiDungXuLy"),
    "ministry_lgsp": ("traces", "dateCreated", "comment"),
}


@dataclass(frozen=True, slots=True)
class Exchange:
    """Sends and fetches at moments of the story."""

    town: Town

    def round(self, *, at: datetime, at_once: int = 1) -> None:
        """One round with everybody: what is due goes out, what lies ready is taken in.

        One call after the other, so that the faults of a seed strike the same calls again.
        """
        for partner in connections.to_send_to(at=at):
            connector, manners = connections.opened(partner, at=at)
            ways = replace(manners, at_once=at_once)
            for _ in range(MOST_ROUNDS):
                done = send_due(partner, connector, at=at, manners=ways)
                if not done.acknowledged or done.is_away:
                    break
            if isinstance(connector, Collecting):
                fetch(partner, connector, at=at)
            understand(partner, connector, at=at)

    def decide(self, *, by: Person, at: datetime) -> None:
        """People look at the partner for what waits for them: what it has is not sent again."""
        waiting = OutboxRow.objects.filter(sent_at=None, set_aside_at__isnull=False)
        for row in waiting.select_related("dossier").order_by("pk"):
            if is_untellable(row):
                messages.skip(number=row.pk, reason=INHERITED, by=by, at=at)
            elif step_of(row) and step_of(row) in self.steps(row.partner).get(row.dossier.code, []):
                messages.skip(number=row.pk, reason=THERE, by=by, at=at)
            else:
                messages.replay([row.pk], reason=NOT_THERE, by=by, at=at)

    def steps(self, partner: str) -> dict[str, list[str]]:
        """The steps of each dossier that a partner has, in the order of their coming."""
        if partner not in STEPS:
            return {}
        kind, moment, words = STEPS[partner]
        book = self.town.book(partner, kind)
        return {
            code: [f"{step[moment]} {step[words]}" for step in steps]
            for code, steps in book.items()
        }


def is_untellable(row: OutboxRow) -> bool:
    """Whether what an old system left out keeps a partner from taking it: nothing is made up."""
    return row.last_error.startswith(ValueMissing.code)


def step_of(row: OutboxRow) -> str:
    """How a message's step is told from others at its partner; "" where it is none there."""
    if row.kind != "progress" or row.partner not in STEPS:
        return ""
    occurred_at = str(row.payload["occurred_at"])
    moment = moment_of(occurred_at) if row.partner == "national_portal" else occurred_at
    return f"{moment} {content(row.payload)}"
