"""A process is loaded when it can be walked from reception to the end, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import cast
from thongsuot import env
from thongsuot.actions.load import Report, Subject, load_files, load_shipped
from thongsuot.actions.load.reading import NotToml
from thongsuot.domain.workflow import check
from thongsuot.records.access import RoleRow
from thongsuot.records.catalogue import ProcessRow, ProcessUseRow

pytestmark = pytest.mark.django_db

DATA = env.ROOT / "data"
WHOLE = (DATA / "processes" / "cap_xa.toml").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def roles() -> None:
    load_shipped(DATA, at=cast.MONDAY, subjects=frozenset({Subject.ACCESS}))


def _load(folder: Path, content: str, name: str = "thu.toml") -> Report:
    file = folder / name
    file.write_text(content, encoding="utf-8")
    (report,) = load_files([file], folder=folder, subject=Subject.CATALOGUE, at=cast.MONDAY)
    return report


def test_a_process_comes_with_where_it_is_used(tmp_path: Path) -> None:
    report = _load(tmp_path, WHOLE)

    process = ProcessRow.objects.get().value()
    assert (report.loaded, report.refused) == (1, ())
    assert check(process) == ()
    assert ProcessUseRow.objects.get().level == "commune"


def test_without_a_decision_it_stays_a_sample(tmp_path: Path) -> None:
    _load(tmp_path, WHOLE)

    row = ProcessRow.objects.get()
    assert row.decision == ""
    assert row.source == "mẫu, chưa phê duyệt"


@pytest.mark.parametrize(
    ("was", "becomes", "refused"),
    [
        ('to = "end"', 'to = "nowhere"', "bad_process"),
        ('role = "leader"', 'role = "vua"', "bad_process"),
        ('kind = "work"', 'kind = "rest"', "choice_unknown"),
        ("version = 1", 'version = "một"', "bad_field"),
        ('level = "commune"', 'level = "commune"\ncolour = "đỏ"', "field_unknown"),
        ("[[use]]", "[use]", "bad_field"),
    ],
)
def test_a_process_with_a_fault_is_refused_whole(
    tmp_path: Path, was: str, becomes: str, refused: str
) -> None:
    assert was in WHOLE

    report = _load(tmp_path, WHOLE.replace(was, becomes))

    assert [line.code for line in report.refused] == [refused]
    assert not ProcessRow.objects.exists()
    assert not ProcessUseRow.objects.exists()


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotToml):
        _load(tmp_path, WHOLE + '"')


def test_another_process_for_the_same_use_is_refused_whole(tmp_path: Path) -> None:
    _load(tmp_path, WHOLE)

    report = _load(tmp_path, WHOLE.replace("mau-cap-xa", "khac"), "khac.toml")

    assert [line.code for line in report.refused] == ["content_differs"]
    assert list(ProcessRow.objects.values_list("code", flat=True)) == ["mau-cap-xa"]


def test_every_shipped_process_passes_its_check_and_names_roles_that_exist() -> None:
    reports = load_shipped(DATA, at=cast.MONDAY, subjects=frozenset({Subject.CATALOGUE}))

    processes = [row.value() for row in ProcessRow.objects.all()]
    known = frozenset(RoleRow.objects.values_list("code", flat=True))
    assert [r for r in reports if r.file.endswith(".toml") and r.refused] == []
    assert len(processes) == len(list((DATA / "processes").glob("*.toml")))
    assert [check(process, roles=known) for process in processes if check(process)] == []
    assert any(process.opinions for process in processes)
    assert any(process.children for process in processes)
