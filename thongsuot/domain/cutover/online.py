"""Online services: which are offered whole or in part, tested the whole way before they are published.

Source: NĐ 224 Đ.14 (whole is the rule, part needs a published reason); letter of Lào Cai 4/2026.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from thongsuot.domain.catalogue import Channel, Procedure
from thongsuot.domain.refusal import Kind, Refusal


class PartNeedsReason(Refusal):
    """A service that is offered only in part says publicly why."""

    code = "part_needs_reason"


class ServiceNotTested(Refusal):
    """A service is published after a test dossier went the whole way; something of it is missing."""

    code = "service_not_tested"


class ServiceStepNotNow(Refusal):
    """As the service stands, this is not done with it."""

    code = "service_step_not_now"


class NoSuchService(Refusal):
    """No online service is registered for this procedure."""

    code = "no_such_service"
    kind = Kind.UNKNOWN


class ServiceLevel(StrEnum):
    """How much of a service is done online."""

    WHOLE = "whole"
    PART = "part"


class ServiceState(StrEnum):
    """How far a service is."""

    REGISTERED = "registered"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class ServiceStep(StrEnum):
    """What is done with a service."""

    REGISTER = "register"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


_NOW = {
    ServiceState.REGISTERED: (ServiceStep.REGISTER, ServiceStep.PUBLISH, ServiceStep.WITHDRAW),
    ServiceState.PUBLISHED: (ServiceStep.WITHDRAW,),
    ServiceState.WITHDRAWN: (ServiceStep.REGISTER,),
}
_LEADS_TO = {
    ServiceStep.REGISTER: ServiceState.REGISTERED,
    ServiceStep.PUBLISH: ServiceState.PUBLISHED,
    ServiceStep.WITHDRAW: ServiceState.WITHDRAWN,
}


class Way(StrEnum):
    """What a test dossier must have gone through: portal → here → result → portal."""

    FROM_PORTAL = "from_portal"
    RECEIVED = "received"
    RESULT = "result"
    BACK_AT_PORTAL = "back_at_portal"


@dataclass(frozen=True, slots=True)
class Journey:
    """What is known of a test dossier on its way; None is what did not happen yet."""

    dossier: str
    portal_code: str
    received_at: datetime | None
    result_at: datetime | None
    told_at: datetime | None
    reference: str = ""

    @property
    def missing(self) -> tuple[Way, ...]:
        """The parts of the way that are not behind it, in order."""
        gone = {
            Way.FROM_PORTAL: bool(self.portal_code),
            Way.RECEIVED: self.received_at is not None,
            Way.RESULT: self.result_at is not None,
            Way.BACK_AT_PORTAL: self.told_at is not None,
        }
        return tuple(way for way in Way if not gone[way])


def take(state: ServiceState | None, step: ServiceStep) -> ServiceState:
    """The state after a step. Raises ServiceStepNotNow."""
    open_now = _NOW[state] if state else (ServiceStep.REGISTER,)
    if step not in open_now:
        raise ServiceStepNotNow("step", service_step=step.value)
    return _LEADS_TO[step]


def steps_now(state: ServiceState) -> tuple[ServiceStep, ...]:
    """What may be done with a service in this state."""
    return _NOW[state]


def require_reason(level: ServiceLevel, reason: str) -> None:
    """Raises PartNeedsReason for a part without a reason. Source: NĐ 224 Đ.14."""
    if level is ServiceLevel.PART and not reason.strip():
        raise PartNeedsReason("reason")


def require_tested(way: Journey) -> None:
    """Raises ServiceNotTested unless the test dossier went the whole way."""
    if way.missing:
        raise ServiceNotTested(
            "dossier", code=way.dossier, ways=[part.value for part in way.missing]
        )


class Obstacle(StrEnum):
    """What keeps a procedure from being offered whole."""

    NO_CHANNEL = "no_channel"
    ORIGINALS = "originals"
    FEE_UNKNOWN = "fee_unknown"
    NO_RESULT = "no_result"


def obstacles(procedure: Procedure) -> tuple[Obstacle, ...]:
    """What the catalogue says against offering a procedure whole; people decide what it weighs."""
    found = {
        Obstacle.NO_CHANNEL: all(rule.channel is not Channel.ONLINE for rule in procedure.terms),
        Obstacle.ORIGINALS: any(paper.originals for paper in procedure.papers),
        Obstacle.FEE_UNKNOWN: any(
            fee.amount is None for fee in procedure.fees if fee.channel is Channel.ONLINE
        ),
        Obstacle.NO_RESULT: not procedure.results,
    }
    return tuple(one for one in Obstacle if found[one])
