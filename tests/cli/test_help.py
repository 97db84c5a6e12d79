"""What the command line says of itself is changed on purpose or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import ask
from thongsuot.cli.door import Door
from thongsuot.cli.management.commands import (
    access,
    archive,
    calendar,
    catalogue,
    cutover,
    demo,
    difference,
    directory,
    doctor,
    dossier,
    evidence,
    exchange,
    handover,
    migration,
    process,
    reconcile,
    reorganisation,
    report,
    routing,
    seed,
    simulate,
    systems,
    token,
)

NOUNS: dict[str, Door] = {
    "access": access.Command(),
    "archive": archive.Command(),
    "calendar": calendar.Command(),
    "catalogue": catalogue.Command(),
    "cutover": cutover.Command(),
    "demo": demo.Command(),
    "difference": difference.Command(),
    "directory": directory.Command(),
    "doctor": doctor.Command(),
    "dossier": dossier.Command(),
    "evidence": evidence.Command(),
    "exchange": exchange.Command(),
    "handover": handover.Command(),
    "migration": migration.Command(),
    "process": process.Command(),
    "reconcile": reconcile.Command(),
    "reorganisation": reorganisation.Command(),
    "report": report.Command(),
    "routing": routing.Command(),
    "seed": seed.Command(),
    "simulate": simulate.Command(),
    "systems": systems.Command(),
    "token": token.Command(),
}
# These do one thing each, without a verb to say so.
WITHOUT_VERBS = {"demo", "doctor", "reconcile", "seed", "simulate"}
KEPT = Path(__file__).parent / "help"


@pytest.mark.parametrize("noun", NOUNS)
def test_the_help_of_a_noun_and_its_verbs_is_as_kept(
    noun: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    verbs = [] if noun in WITHOUT_VERBS else [verb.name for verb in NOUNS[noun].verbs()]

    said = "\n".join(ask(noun, *words, "--help").out for words in ([], *([verb] for verb in verbs)))

    assert said == (KEPT / f"{noun}.txt").read_text(), f"write it anew: {said}"


@pytest.mark.parametrize("noun", NOUNS)
def test_everything_that_is_asked_can_be_asked_for_machines(noun: str) -> None:
    for verb in NOUNS[noun].verbs():
        assert "--json" in ask(noun, *([] if noun in WITHOUT_VERBS else [verb.name]), "--help").out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["calendar"], "argument_needed"),
        (["calendar", "fly"], "argument_unknown"),
        (["calendar", "due", "--fly", "high"], "argument_unknown"),
        (["calendar", "due", "--term"], "argument_needed"),
        (["calendar", "due", "extra"], "argument_unknown"),
        (["calendar", "show"], "argument_needed"),
        (["dossier", "show"], "argument_needed"),
        (["token", "create", "--account", "hoa"], "argument_needed"),
        (["doctor", "--fly"], "argument_unknown"),
    ],
)
def test_a_command_that_cannot_be_read_is_refused_in_vietnamese(
    words: list[str], code: str
) -> None:
    as_json = ask(*words, "--json")
    as_line = ask(*words)

    assert (as_json.code, as_json.refusal, as_json.err) == (1, code, "")
    assert (as_line.code, as_line.out) == (1, "")
    assert len(as_line.err.splitlines()) == 1
    assert "--help" in as_line.err
