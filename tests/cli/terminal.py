"""A terminal in which a test asks and reads what was said."""

from __future__ import annotations

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from django.core.management import call_command


@dataclass(frozen=True, slots=True)
class Said:
    """What a command wrote, and the code with which it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one line of JSON that it wrote."""
        (line,) = self.out.splitlines()
        return json.loads(line)

    @property
    def answers(self) -> list[Any]:
        """Every line of JSON that it wrote."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def refusal(self) -> str:
        """The code of the refusal that it told as JSON."""
        return str(self.json["refusal"]["code"])


def ask(*words: str, piped: bytes = b"") -> Said:
    """Run one command as `thongsuot` would."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    stdin = io.TextIOWrapper(io.BytesIO(piped))
    with redirect_stdout(out), redirect_stderr(err), patch.object(sys, "stdin", stdin):
        try:
            call_command(*words)
        except SystemExit as end:
            code = int(end.code or 0)
    return Said(code, out.getvalue(), err.getvalue())
