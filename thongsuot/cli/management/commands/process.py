"""`thongsuot process`: processes as files between installations, checked and drawn."""

from __future__ import annotations

import json

from thongsuot.actions import catalogue as actions
from thongsuot.actions.catalogue import exchange
from thongsuot.actions.catalogue.proposals import ProposedUse
from thongsuot.actions.load import cells
from thongsuot.cli import files
from thongsuot.cli.door import BY, Argument, Asked, Door, Told, Verb
from thongsuot.domain.bpmn import draw
from thongsuot.domain.directory import Level
from thongsuot.domain.workflow import Fault, check
from thongsuot.queries import proposals as queries
from thongsuot.records.codec import encode
from thongsuot.words.processes import fault

FILE = Argument("--file", "tệp JSON hoặc BPMN; - là đầu vào", {"metavar": "FILE", "required": True})
KEY = Argument("key", "quy trình và phiên bản, ví dụ mau-cap-xa@1")
OFFICE = Argument("--office", "cơ quan đề xuất", {"required": True, "metavar": "CODE"})
LEVELS = Argument(
    "--level",
    "cấp dùng quy trình: province, commune; lặp lại được",
    {"action": "append", "default": [], "metavar": "LEVEL"},
)


class Command(Door):
    """Processes."""

    help = "Quy trình: kết xuất, nhập, kiểm tra, vẽ BPMN."

    def verbs(self) -> tuple[Verb, ...]:
        """Everything that may be asked of processes."""
        proposing = (FILE, OFFICE, LEVELS, BY)
        return (
            Verb("export", "một quy trình ra JSON", _export, (KEY,)),
            Verb("draw", "một quy trình ra BPMN 2.0", _draw, (KEY,)),
            Verb("check", "kiểm tra tệp quy trình, JSON hoặc BPMN", _check, (FILE,)),
            Verb(
                "import",
                "nhập tệp quy trình thành đề xuất đang soạn",
                _import,
                proposing,
                acts=True,
                rehearses=True,
            ),
        )


def _export(asked: Asked) -> Told:
    found, _ = queries.process(asked.text("key"))
    told = exchange.process_file(found)
    return Told(told, [json.dumps(told, ensure_ascii=False, indent=1)])


def _draw(asked: Asked) -> Told:
    found, _ = queries.process(asked.text("key"))
    drawn = draw(found, role_names=queries.roles())
    return Told({"bpmn": drawn}, drawn.splitlines())


def _check(asked: Asked) -> Told:
    found = exchange.read_process(files.read(asked.text("file")))
    faults = check(found, roles=frozenset(queries.roles()))
    return Told({"code": found.code, "faults": encode(faults)}, _said(faults), not faults)


def _said(faults: tuple[Fault, ...]) -> list[str]:
    return [fault(one).capitalize() for one in faults] or ["Dùng được."]


def _import(asked: Asked) -> Told:
    found = exchange.read_process(files.read(asked.text("file")))
    given = asked.given.get("level")
    levels = [str(level) for level in given] if isinstance(given, list) else []
    uses = tuple(ProposedUse("", cells.one_of("level", level, Level)) for level in levels)
    number = actions.draft_process(
        office=asked.text("office"), process=found, uses=uses, by=asked.person(), at=asked.at
    )
    line = f"Đã nhập thành đề xuất số {number}, đang soạn; có hiệu lực khi có quyết định."
    return Told({"proposal": number}, [line])
