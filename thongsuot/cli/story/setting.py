"""What the settings of all chapters share: desks with their people, and the usual way of a dossier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from thongsuot.cli.story.cast import CLERK, COUNTER, DESKS, HANDLER, INTAKE, LEADER
from thongsuot.cli.story.counter import Wanted
from thongsuot.cli.story.teller import Teller
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.workdays import VIETNAM
from thongsuot.domain.workflow import Act

USUAL = Wanted()


def desks(*names: str) -> dict[str, str]:
    """The people behind the counter of a body, by role."""
    return dict(zip(DESKS, names, strict=True))


def moment(day: date, clock: str) -> datetime:
    """A moment in the office's time."""
    return datetime.combine(day, time.fromisoformat(clock), VIETNAM)


@dataclass(frozen=True, slots=True)
class Common:
    """The steps that dossiers take in every chapter."""

    teller: Teller

    def to_desk(self, d: Dossier, **way: object) -> Dossier:
        """On to the body that resolves: forwarded, confirmed where it comes from elsewhere, assigned."""
        t = self.teller
        d = t.act(d, Act.FORWARD, COUNTER)
        if d.competent_received_at is None:
            d = t.act(d, Act.ARRIVE, INTAKE)
        handler = t.cast.holder(d.competent_office, HANDLER)
        return t.act(d, Act.ASSIGN, INTAKE, official=handler.account, **way)

    def decide(self, d: Dossier, number: str) -> Dossier:
        """Proposed, signed and sealed."""
        t = self.teller
        d = t.act(d, Act.PROPOSE, HANDLER, proposal="Hồ sơ đủ điều kiện, trình lãnh đạo ký.")
        d = t.act(d, Act.APPROVE, LEADER)
        return t.act(d, Act.ISSUE_RESULT, CLERK, number=number)

    def hand_over(self, d: Dossier, how: str = "in_person") -> Dossier:
        """The applicant has what came of it."""
        return self.teller.act(d, Act.HAND_OVER, COUNTER, to=d.applicant.name, how=how)
