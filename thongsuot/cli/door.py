"""The door for operators: a noun, its verbs, one clock, and refusals in one line."""

from __future__ import annotations

import getpass
from argparse import SUPPRESS
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from thongsuot.actions.access import open_reading
from thongsuot.cli.arguments import Arguments
from thongsuot.cli.telling import as_text, refuse, write
from thongsuot.domain.duties import Person
from thongsuot.domain.looks import Purpose, ReadingToken
from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.domain.workdays import VIETNAM
from thongsuot.records import access
from thongsuot.records.calendar import mark
from thongsuot.records.codec import Json
from thongsuot.words import reading

SIMULATED_IN = ("demo", "test")


class SimulatedClockNotAllowed(Refusal):
    """A moment may be given only where nothing is real."""

    code = "simulated_clock_not_allowed"
    kind = Kind.FORBIDDEN


@dataclass(frozen=True, slots=True)
class Asked:
    """What a verb was asked, with the one moment at which it acts."""

    at: datetime
    given: Mapping[str, object]

    def text(self, name: str) -> str:
        """A text, "" where it was not given. Raises BadField, FieldTooLong."""
        return reading.if_given(reading.text, self.given, name, "")

    def flag(self, name: str) -> bool:
        """Whether a switch was set."""
        return self.given.get(name) is True

    def day(self) -> date:
        """The day of `--on`, or today. Raises BadField."""
        return reading.if_given(reading.day, self.given, "on", self.at.date())

    def person(self) -> Person:
        """The one who acts (`--by`). Raises NoSuchAccount."""
        return access.account(self.text("by")).person()

    def reading(self, about: str) -> ReadingToken:
        """Log that the operator of this machine looks. Raises NoSuchDossier."""
        operator = Person(f"cli:{getpass.getuser()}", "")
        return open_reading(
            by=operator, about=about, purpose=Purpose.MAINTAIN, at=self.at, door="cli"
        )


@dataclass(frozen=True, slots=True)
class Told:
    """What a verb found or did: for machines, for people, and whether all is well."""

    data: Json
    lines: Iterable[str]
    is_sound: bool = True


@dataclass(frozen=True, slots=True)
class Answers:
    """Many answers, each a line of JSON as soon as it is known."""

    each: Iterable[Json]


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing that may be asked of a noun."""

    name: str
    help: str
    run: Callable[[Asked], Told | Answers]
    arguments: tuple[Argument, ...] = ()
    acts: bool = False
    rehearses: bool = False


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a verb."""

    name: str
    help: str
    settings: Mapping[str, Any] = field(default_factory=dict)


BY = Argument("--by", "tài khoản của người làm việc này", {"metavar": "ACCOUNT", "required": True})
REASON = Argument("--reason", "lý do bằng chữ", {"required": True})
ON = Argument("--on", "ngày cần xem, mặc định hôm nay", {"metavar": "DATE"})


class Door(BaseCommand):
    """A noun of the command line; a subclass lists its verbs."""

    requires_system_checks = ()

    def verbs(self) -> tuple[Verb, ...]:
        """Everything that may be asked of this noun."""
        raise NotImplementedError

    def create_parser(self, prog_name: str, subcommand: str, **_: Any) -> CommandParser:
        """The same words however the command was started."""
        del prog_name
        parser = Arguments(prog=f"thongsuot {subcommand}", description=self.help)
        for option in ("--settings", "--pythonpath"):
            parser.add_argument(option, help=SUPPRESS)
        parser.add_argument("--verbosity", default=1, type=int, help=SUPPRESS)
        for option in ("--traceback", "--no-color", "--force-color"):
            parser.add_argument(option, action="store_true", help=SUPPRESS)
        self.add_arguments(parser)
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        """A sub-parser for each verb, with what all of them take."""
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB", title="việc")
        for verb in self.verbs():
            sub = verbs.add_parser(verb.name, help=verb.help, description=verb.help)
            for argument in verb.arguments:
                sub.add_argument(argument.name, help=argument.help, **argument.settings)
            _add_common(sub, verb)

    def handle(self, *_: Any, **options: Any) -> None:
        """Ask the verb, tell what it says, and end with 1 if something is not sound."""
        verb = next(verb for verb in self.verbs() if verb.name == options["verb"])
        try:
            is_sound = self._tell(_run(verb, options), as_json=options["json"])
        except Refusal as refusal:
            refuse(refusal, as_json=options["json"], out=self.stdout, err=self.stderr)
        if not is_sound:
            raise SystemExit(1)

    def _tell(self, told: Told | Answers, *, as_json: bool) -> bool:
        if isinstance(told, Answers):
            write((as_text(answer) for answer in told.each), self.stdout)
            return True
        write([as_text(told.data)] if as_json else told.lines, self.stdout)
        return told.is_sound


def now() -> datetime:
    """The real moment: the command line takes the clock here, once a command."""
    return datetime.now(VIETNAM)


def moment(simulated: str | None) -> datetime:
    """The moment at which a verb acts: now, or a simulated one where nothing is real.

    Raises SimulatedClockNotAllowed, BadField.
    """
    if simulated is None:
        return now()
    if mark() not in SIMULATED_IN:
        raise SimulatedClockNotAllowed("at", mark=mark())
    return reading.moment("at", simulated).astimezone(VIETNAM)


def _run(verb: Verb, options: Mapping[str, Any]) -> Told | Answers:
    asked = Asked(at=moment(options.get("at")), given=options)
    if not options.get("dry_run"):
        return verb.run(asked)
    with transaction.atomic():
        told = verb.run(asked)
        transaction.set_rollback(True)
        return told


def _add_common(parser: CommandParser, verb: Verb) -> None:
    parser.add_argument("--json", action="store_true", help="trả lời bằng một dòng JSON")
    if verb.rehearses:
        parser.add_argument("--dry-run", action="store_true", help="chỉ thử, không ghi gì")
    if verb.acts:
        parser.add_argument(
            "--at", metavar="MOMENT", help="thời điểm giả lập, chỉ trong cơ sở dữ liệu demo, test"
        )
