"""The catalogue and its processes, changed and exchanged from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import cast, rows
from tests.cli.terminal import Said, ask

pytestmark = pytest.mark.usefixtures("province")

BY = ("--by", cast.NHUNG.account)
AT = ("--at", "2025-09-08T08:00")
DECISION = (
    *("--number", "QĐ 30/QĐ-UBND", "--issued-on", "2025-09-05"),
    *("--issuer", "Chủ tịch UBND tỉnh", "--valid-from", "2025-10-01"),
)
OWN = {
    "code": "3.000901.H99",
    "name": "Hỗ trợ làm nhà cho hộ nghèo",
    "field": "Bảo trợ xã hội",
    "levels": ["commune"],
    "origin": "provincial",
    "terms": [{"channel": "in_person", "term": "5 ngày làm việc"}],
    "papers": [{"name": "Đơn đề nghị", "originals": 1}],
    "results": [{"name": "Quyết định hỗ trợ"}],
}


def written(folder: Path, body: object, name: str = "tep.json") -> str:
    file = folder / name
    file.write_text(body if isinstance(body, str) else json.dumps(body))
    return str(file)


def drafts(folder: Path, **changes: object) -> Said:
    body = {"format": "thongsuot.catalogue", "format_version": 1, "procedures": [OWN], **changes}
    file = written(folder, body)
    return ask("catalogue", "import", "--file", file, *BY, *AT, "--json")


def test_an_imported_procedure_is_in_force_by_a_decision_and_until_another(
    tmp_path: Path,
) -> None:
    assert drafts(tmp_path).json == {"drafts": 1}

    made = ask("catalogue", "publish", "3.000901", *DECISION, *BY, *AT)
    shown = ask("catalogue", "show", "3.000901", "--on", "2025-10-01", "--json")
    early = ask("catalogue", "show", "3.000901", "--on", "2025-09-30", "--json")

    assert "Công bố 3.000901.H99 theo QĐ 30/QĐ-UBND" in made.out
    assert shown.json["name"] == OWN["name"]
    assert early.refusal == "procedure_not_yet_in_force"


def test_an_amendment_a_replacement_and_a_repeal_end_what_was_in_force(tmp_path: Path) -> None:
    base = rows.FIVE_DAYS
    drafts(tmp_path, procedures=[OWN | {"code": base}])

    amended = ask("catalogue", "amend", base, *DECISION, *BY, *AT, "--json")
    other = ("--by-code", rows.NO_TERM)
    replaced = ask("catalogue", "replace", rows.LINKED, *other, *DECISION, *BY, *AT, "--json")
    repealed = ask("catalogue", "repeal", rows.AT_PROVINCE, *DECISION, *BY, *AT, "--json")

    assert amended.json["begun"]["version"] == 2
    assert replaced.json["replaced_by"] == rows.NO_TERM
    assert repealed.json["ended"]["valid"]["end"] == "2025-10-01"


def test_what_was_exported_is_imported_as_drafts(tmp_path: Path) -> None:
    told = ask("catalogue", "export", "--on", "2025-09-08", "--json").json

    again = drafts(tmp_path, **told)

    assert again.json == {"drafts": len(told["procedures"])}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"format_version": 2}, "format_from_another_version"),
        ({"format": "thongsuot.process"}, "file_of_another_kind"),
        ({"procedures": [OWN | {"code": "khai sinh"}]}, "procedure_code_malformed"),
        ({"procedures": [OWN | {"terms": [{"channel": "bay"}]}]}, "choice_unknown"),
        ({"procedures": "nhiều"}, "bad_field"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_nothing_behind(
    tmp_path: Path, change: dict[str, object], code: str
) -> None:
    said = drafts(tmp_path, **change)

    assert (said.code, said.refusal) == (1, code)
    assert rows.count("records_proceduredraftrow") == 0


def test_whoever_does_not_keep_the_catalogue_is_refused() -> None:
    other = ("--by", cast.SON.account)

    said = ask("catalogue", "repeal", rows.FIVE_DAYS, *DECISION, *other, *AT, "--json")

    assert said.refusal == "catalogue_duty_needed"


@pytest.mark.parametrize(("verb", "name"), [("export", "p.json"), ("draw", "p.bpmn")])
def test_a_process_goes_out_as_a_file_and_comes_in_as_a_proposal(
    tmp_path: Path, verb: str, name: str
) -> None:
    told = ask("process", verb, "chung@1")
    file = written(tmp_path, told.out, name)

    checked = ask("process", "check", "--file", file, "--json")
    proposing = ("--office", cast.BAN_MAY, "--level", "commune", "--by", cast.SON.account)
    came = ask("process", "import", "--file", file, *proposing, *AT, "--json")

    assert checked.json == {"code": "chung", "faults": []}
    assert came.json["proposal"] > 0


def test_a_process_with_a_circle_is_one_clear_sentence(tmp_path: Path) -> None:
    told = ask("process", "export", "chung@1", "--json").json
    back = {"act": "propose", "source": "approval", "target": "work", "name": ""}
    file = written(tmp_path, told | {"moves": [*told["moves"], back]})

    said = ask("process", "check", "--file", file)

    assert said.code == 1
    assert len(said.out.splitlines()) == 1
    assert "quay lại chính nó" in said.out


@pytest.mark.parametrize("content", ["", "<a>", "<definitions/>", '{"format":'])
def test_a_file_that_is_no_process_is_refused(tmp_path: Path, content: str) -> None:
    said = ask("process", "check", "--file", written(tmp_path, content), "--json")

    assert said.refusal in {"process_unreadable", "json_malformed"}
