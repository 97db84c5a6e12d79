"""The one simulated clock: scenes wait for their moment, and act through the house's actions."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from thongsuot.actions import dossier as actions
from thongsuot.actions import staff
from thongsuot.actions.dossier import Reception
from thongsuot.actions.seed.course import Step, acting_office
from thongsuot.cli.story.cast import Cast
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.duties import Person
from thongsuot.domain.refusal import Refusal
from thongsuot.domain.spans import Span
from thongsuot.domain.workflow import Act
from thongsuot.words.refusals import sentence

AN_HOUR = timedelta(hours=1)
DAYTIME = range(7, 19)

# A scene says when it goes on; between two moments it acts.
Scene = Iterator[datetime]


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth telling at the end: when, about which dossier, in a sentence."""

    at: datetime
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Beat:
    """How far the story has come."""

    at: datetime
    received: int
    acts: int
    noticed: int


class Teller:
    """Plays scenes in the order of their moments, hour by hour, each act made by its official."""

    def __init__(self, cast: Cast, *, listen: Callable[[Beat], None] = lambda _: None) -> None:
        self.cast = cast
        self.told = ""  # the dossier whose clock is told at the end
        self.notes: list[Note] = []
        self.acts: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self._away: dict[str, tuple[Span, Person]] = {}
        self._listen = listen
        self._agenda: list[tuple[datetime, int, Scene]] = []
        self._order = count()
        self._now: datetime | None = None

    @property
    def now(self) -> datetime:
        """The moment of the story."""
        if self._now is None:
            raise ValueError("the story has not begun")
        return self._now

    def add(self, scene: Scene) -> None:
        """Let a scene wait for its next moment; one that has none is over."""
        moment = next(scene, None)
        if moment is not None:
            heapq.heappush(self._agenda, (moment, next(self._order), scene))

    def play(self, start: datetime, end: datetime) -> None:
        """Play every scene that goes on before the end; hour by hour the system notices."""
        hour = start
        while hour <= end:
            while self._agenda and self._agenda[0][0] < hour:
                self._now, _, scene = heapq.heappop(self._agenda)
                self.add(scene)
            self._now = hour
            if hour.hour in DAYTIME:
                self.acts["notice"] += actions.notice_due(at=hour)
                self._listen(self._beat())
            hour += AN_HOUR

    def receive(self, request: Reception, by: Person) -> Dossier:
        """The counter takes a dossier in now."""
        dossier = actions.receive(request=request, by=by, at=self.now)
        self.acts["receive"] += 1
        return dossier

    def decline(self, request: Reception, reason: str, by: Person) -> Dossier:
        """The counter does not take a dossier in."""
        dossier = actions.decline(request=request, reason=reason, by=by, at=self.now)
        self.acts["decline"] += 1
        return dossier

    def act(self, d: Dossier, act: Act, role: str, **given: object) -> Dossier:
        """Whoever holds the role where the dossier is now makes this act."""
        office = acting_office(d, Step(act, role, self.now, given))
        return self.act_as(self._present(self.cast.holder(office, role)), d, act, **given)

    def act_as(self, person: Person, d: Dossier, act: Act, **given: object) -> Dossier:
        """This person makes an act."""
        after = actions.make(code=d.code, move=act.value, given=given, by=person, at=self.now)
        self.acts[act.value] += 1
        return after

    def open_child(self, parent: Dossier, request: Reception, by: Person) -> Dossier:
        """Open an interlinked procedure under a dossier."""
        child = actions.open_child(parent=parent.code, request=request, by=by, at=self.now)
        self.acts["open_child"] += 1
        return child

    def away(self, absent: Person, substitute: Person, during: Span) -> None:
        """During these days one stands in for another."""
        staff.stand_in(absent=absent.account, substitute=substitute.account, during=during)
        self._away[absent.account] = (during, substitute)

    def cannot(self, kind: type[Refusal], attempt: Callable[[], object], code: str = "") -> None:
        """Somebody tries what the rules refuse, and is told why."""
        try:
            attempt()
        except kind as refusal:
            self.refused[refusal.code] += 1
            self.note(code, f"Hệ thống từ chối: {sentence(refusal)}")
            return
        raise AssertionError(f"{kind.code} was not refused")

    def note(self, code: str, text: str) -> None:
        """Remember something for the end."""
        self.notes.append(Note(self.now, code, text))

    def _present(self, person: Person) -> Person:
        during, substitute = self._away.get(person.account, (None, person))
        return substitute if during is not None and self.now.date() in during else person

    def _beat(self) -> Beat:
        acts = sum(self.acts.values()) - self.acts["notice"]
        received = sum(self.acts[way] for way in ("receive", "decline", "open_child"))
        return Beat(self.now, received, acts, self.acts["notice"])
