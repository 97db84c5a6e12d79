"""Our figures of a month beside a partner's: every dossier of ours stands in exactly one reason."""

from __future__ import annotations

import pytest

from tests import cast, life
from thongsuot.domain.dossier import Dossier
from thongsuot.domain.reporting.index import MonthMalformed
from thongsuot.queries.reporting import national
from thongsuot.queries.reporting.national import CounterLine, Gap
from thongsuot.records import exchange
from thongsuot.records.messages import OutboxRow
from thongsuot.records.reporting import catch_up

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]

PORTAL = "national_portal"
MONTH = "2025-09"
NIGHT = cast.moment("2025-09-30 23:00")


def line(kind: str = "dossier") -> CounterLine:
    catch_up()
    found = national.comparison(MONTH)
    (one,) = [each for each in found.counters if (each.partner, each.kind) == (PORTAL, kind)]
    return one


def owed(dossier: Dossier, **stands: object) -> None:
    rows = OutboxRow.objects.filter(partner=PORTAL, dossier__code=dossier.code, kind="dossier")
    assert rows.update(**stands) == 1


def behind(gap: Gap) -> list[tuple[str, str]]:
    return [(one.code, one.why) for one in national.missing(MONTH, PORTAL, "dossier", gap)]


def test_a_month_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(MonthMalformed):
        national.comparison("tháng 9")


def test_a_partner_that_was_not_asked_has_no_figure_and_no_zero() -> None:
    life.received()

    assert (line().ours, line().theirs, line().unexplained) == (1, None, 0)


def test_each_dossier_of_ours_is_acknowledged_or_stands_behind_one_reason() -> None:
    taken, waiting, failed, skipped, silent = (life.received() for _ in range(5))
    owed(taken, sent_at=NIGHT)
    owed(failed, set_aside_at=NIGHT, last_error="mã thủ tục lạ")
    owed(skipped, sent_at=NIGHT, is_skipped=True)
    OutboxRow.objects.filter(partner=PORTAL, dossier__code=silent.code).delete()

    found = line()

    assert (found.ours, found.acknowledged) == (5, 1)
    assert found.gaps == {Gap.NOT_OWED: 1, Gap.SKIPPED: 1, Gap.ASIDE: 1, Gap.ON_THE_WAY: 1}
    assert behind(Gap.ASIDE) == [(failed.code, "mã thủ tục lạ")]
    assert behind(Gap.NOT_OWED) == [(silent.code, "")]
    assert behind(Gap.SKIPPED) == [(skipped.code, "")]
    assert behind(Gap.ON_THE_WAY) == [(waiting.code, "")]


@pytest.mark.parametrize(("theirs", "unexplained"), [(2, 0), (1, 1), (3, -1)])
def test_what_was_acknowledged_and_is_not_counted_there_is_told(
    theirs: int, unexplained: int
) -> None:
    for _ in range(2):
        owed(life.received(), sent_at=NIGHT)
    for day, many in (("2025-09-08", 0), ("2025-09-30", theirs)):
        exchange.keep_totals(
            PORTAL,
            {"dossier": (2, many)},
            day=cast.moment(f"{day} 00:00").date(),
            at=NIGHT,
        )

    assert (line().theirs, line().unexplained) == (theirs, unexplained)


def test_of_results_only_dossiers_that_were_granted_are_asked_for() -> None:
    life.received()
    life.issued(life.received())

    assert (line("dossier").ours, line("result").ours) == (2, 1)
