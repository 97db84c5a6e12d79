"""A switch in a process of its own that is killed in the middle of a batch, as a power cut would."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import datetime

from django.db import connections, transaction

from thongsuot import env
from thongsuot.queries import balance as queries
from thongsuot.queries.balance import Progress
from thongsuot.records.census import CensusRow, Fate
from thongsuot.records.dossier import DossierRow
from thongsuot.running.postgres import Address

PATIENCE = 300.0
BATCHES, WHOLE = 4, 2


def killed_switch(key: str, *, at: datetime) -> Progress:
    """Let another process switch a plan that was begun, in four batches; SIGKILL in the third.

    A dossier of that batch is locked here, so that the process is caught with some of the batch
    in its hands, whatever the speed of the machine. How far it had come.
    """
    waiting = CensusRow.objects.filter(plan__key=key, fate=Fate.WAITS.value).order_by("dossier")
    batch = max(1, waiting.count() // BATCHES)
    stone = waiting.values_list("dossier", flat=True)[WHOLE * batch + batch // 2]
    with transaction.atomic():
        DossierRow.objects.select_for_update().get(pk=stone)
        with subprocess.Popen(
            _switch(key, at=at, batch=batch), env=_same_database(), stdout=subprocess.DEVNULL
        ) as worker:
            try:
                _wait_for(worker, key, done=WHOLE * batch)
            finally:
                worker.kill()
        return queries.progress(key)


def _switch(key: str, *, at: datetime, batch: int) -> list[str]:
    words = ["reorganisation", "switch", key, "--at", at.isoformat(), "--batch", str(batch)]
    return [sys.executable, "-m", "thongsuot.cli.main", *words]


def _same_database() -> dict[str, str]:
    at = connections["default"].settings_dict
    name = str(at["NAME"])
    here = {**os.environ, env.DATABASE.name: name}
    if not env.DATABASE_URL.read():
        address = Address(str(at["HOST"]), int(at["PORT"] or 5432), str(at["USER"]))
        here[env.DATABASE_URL.name] = address.url(name)
    return here


def _wait_for(worker: subprocess.Popen[bytes], key: str, *, done: int) -> None:
    ends = time.monotonic() + PATIENCE
    while queries.progress(key).done < done:
        if worker.poll() is not None or time.monotonic() > ends:
            raise AssertionError("the switch ended before it was killed")
        time.sleep(0.05)
