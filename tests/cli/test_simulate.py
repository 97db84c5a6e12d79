"""`thongsuot simulate` hands over to the simulators, and they end when asked."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request

import pytest

from tests.cli.terminal import ask
from thongsuot import env

PROGRAM = [sys.executable, "-m", "thongsuot.cli.main", "simulate", "--json", "--port"]


def test_it_says_where_everybody_is_and_ends_when_asked() -> None:
    with subprocess.Popen([*PROGRAM, "0"], cwd=env.ROOT, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        told = json.loads(running.stdout.readline())
        with urllib.request.urlopen(told["control"], timeout=5) as answer:  # noqa: S310 - loopback
            listed = json.load(answer)["partners"]
        running.terminate()
        code = running.wait(10)

    assert code == 0
    assert {one["name"]: one["address"] for one in listed} == told["partners"]


@pytest.mark.parametrize("port", ["mười", "-1"])
def test_a_port_that_is_no_number_is_refused(port: str) -> None:
    said = ask("simulate", f"--port={port}", "--json")

    assert (said.code, said.refusal) == (1, "bad_field")


def test_a_port_that_cannot_be_is_one_sentence() -> None:
    ran = subprocess.run(
        [*PROGRAM, "65530"],
        cwd=env.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.strip().splitlines()[-1].startswith("Không mở được các đối tác giả lập")
