"""`thongsuot migration`: old systems are brought in, step by step, and proved."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from thongsuot.actions import migration as actions
from thongsuot.cli import files
from thongsuot.cli.door import BY, Argument, Asked, Door, Told, Verb
from thongsuot.cli.files import FileUnreadable
from thongsuot.domain.migration import Balance, Books
from thongsuot.queries import migration as queries
from thongsuot.records.codec import Json
from thongsuot.words import reading
from thongsuot.words.migration import BALANCE, DEFECT_NAME, KIND, OUTCOME, STATE

RUN = Argument("run", "số của đợt chuyển", {"metavar": "RUN", "type": int})
LAYOUT = Argument("--layout", "cách đọc; xem bằng thongsuot migration layouts", {"required": True})
FILES = Argument("--files", "thư mục chứa tệp kèm theo hồ sơ cũ", {"metavar": "FOLDER"})
PROCESSES = Argument(
    "--processes",
    "số tiến trình cùng chuẩn bị dòng; không ghi là mỗi bộ xử lý một",
    {"type": int, "default": os.cpu_count() or 1, "metavar": "N"},
)
SHOWN = 20


class Command(Door):
    """Old systems."""

    help = "Chuyển dữ liệu hệ thống cũ vào: đọc, ánh xạ, diễn tập, nạp, cân sổ, ký."

    def verbs(self) -> tuple[Verb, ...]:
        """Every step of a migration, in its order."""
        return (*_trying(), *_reading_in(), *_bringing_in(), *_ending())


def _trying() -> tuple[Verb, ...]:
    steps = f"số bước tiến trình mỗi hồ sơ, nhiều nhất {actions.STEPS_AT_MOST}"
    papers = f"số tệp mỗi hồ sơ nêu tên, nhiều nhất {actions.PAPERS_AT_MOST}"
    made = (
        Argument("file", "tệp hoặc thư mục sẽ ghi", {"metavar": "FILE"}),
        LAYOUT,
        Argument("--dossiers", "số hồ sơ", {"type": int, "default": 1000}),
        Argument("--defects", "lỗi cài vào: all, none hoặc tên lỗi", {"default": "all"}),
        Argument("--seed", "số gieo; cùng số ra cùng tệp", {"type": int, "default": 1}),
        Argument("--steps", steps, {"type": int, "default": 3}),
        Argument("--papers", papers, {"type": int, "default": 0}),
    )
    return (
        Verb("layouts", "các cách đọc tệp của hệ thống cũ", _layouts),
        Verb("generate", "tạo tệp xuất bịa để thử", _generate, made, acts=True),
    )


def _reading_in() -> tuple[Verb, ...]:
    read = (
        Argument("file", "tệp hoặc thư mục xuất ra", {"metavar": "FILE"}),
        LAYOUT,
        Argument("--system", "tên hệ thống cũ, ví dụ igate-cu", {"required": True}),
        Argument(
            "--told-at",
            "thời điểm xuất tệp; không ghi là bây giờ",
            {"metavar": "MOMENT", "dest": "told_at"},
        ),
        BY,
    )
    mapped = (
        RUN,
        Argument("--write", "ghi bảng ánh xạ ra tệp CSV", {"metavar": "FILE"}),
        Argument("--read", "nhận bảng đã điền", {"metavar": "FILE"}),
        Argument("--sign", "ký bảng hiện tại", {"action": "store_true"}),
        BY,
    )
    looked = "đọc tệp xuất, giữ từng dòng, cho biết trong đó có gì"
    translated = "ánh xạ mã cũ: đề xuất, ghi ra bảng, nhận bảng đã điền, ký"
    return (
        Verb("profile", looked, _profile, read, acts=True),
        Verb("map", translated, _map, mapped, acts=True),
    )


def _bringing_in() -> tuple[Verb, ...]:
    given = (RUN, FILES, PROCESSES, BY)
    return (
        Verb("rehearse", "diễn tập: từng dòng sẽ ra sao", _rehearse, given, acts=True),
        Verb("load", "nạp theo từng lô", _load, given, acts=True),
        Verb("resume", "nạp tiếp đợt bị ngắt", _load, given, acts=True),
    )


def _ending() -> tuple[Verb, ...]:
    outcomes = {"choices": [*OUTCOME], "metavar": "OUTCOME"}
    rehearsed = {"action": "store_true", "dest": "rehearsed"}
    shown = (
        RUN,
        Argument("--rows", "liệt kê dòng theo kết quả", outcomes),
        Argument("--rehearsed", "xem lần diễn tập", rehearsed),
        Argument("--after", "từ sau dòng số", {"type": int, "default": 0}),
    )
    balance = "sổ cân đối và từng dòng; kết thúc bằng 1 khi sổ chưa cân"
    return (
        Verb("report", balance, _report, shown),
        Verb("sign", "ký kết quả; cần hai người", _sign, (RUN, BY), acts=True),
        Verb("close", "đóng đợt khi không còn hồ sơ chờ", _close, (RUN, BY), acts=True),
    )


def _number(asked: Asked, name: str = "run") -> int:
    given = asked.given.get(name)
    return given if isinstance(given, int) else 0


def _files(asked: Asked) -> Path | None:
    """Raises FileUnreadable."""
    given = asked.text("files")
    if given and not Path(given).is_dir():
        raise FileUnreadable("files", given=given, why="")
    return Path(given) if given else None


def _progress(reached: int) -> None:
    sys.stderr.write(f"… {reached} dòng\n")


def _layouts(_: Asked) -> Told:
    known = actions.layouts()
    told: list[Json] = [
        {
            "code": one.code,
            "version": one.version,
            "name": one.name,
            "knowledge": one.knowledge.value,
            "unknown": list(one.unknown),
            "source": one.source,
        }
        for one in known
    ]
    lines = [f"{one.code} (bản {one.version}): {one.name}" for one in known]
    return Told({"layouts": told}, lines)


def _generate(asked: Asked) -> Told:
    made = actions.generate(
        Path(asked.text("file")),
        layout=asked.text("layout"),
        dossiers=_number(asked, "dossiers"),
        defects=asked.text("defects"),
        seed=_number(asked, "seed"),
        steps=_number(asked, "steps"),
        papers=_number(asked, "papers"),
        told_at=asked.at,
    )
    planted = sum(made.planted.values())
    data: dict[str, Json] = {
        "dossiers": made.dossiers,
        "rows": made.rows,
        "planted": dict(made.planted),
    }
    return Told(data, [f"Đã ghi {made.rows} dòng bịa, cài {planted} lỗi."])


def _profile(asked: Asked) -> Told:
    run = actions.read(
        Path(asked.text("file")),
        layout=asked.text("layout"),
        system=asked.text("system"),
        told_at=reading.if_given(reading.moment, asked.given, "told_at", asked.at),
        by=asked.person(),
        at=asked.at,
        tell=_progress,
    )
    new = actions.propose(run.pk, by=asked.person(), at=asked.at)
    page = queries.run(run.pk)
    data: dict[str, Json] = {
        "run": run.pk,
        "state": run.state,
        "profile": run.profile,
        "proposed": new,
        "undecided": len(page.undecided),
    }
    return Told(data, _profile_lines(page, new))


def _profile_lines(page: queries.MigrationPage, new: int) -> Iterator[str]:
    head = page.head
    yield f"Đợt {head.number}: {head.books.read} dòng từ {head.source}. {STATE[head.state]}."
    yield f"Mã lặp lại: {page.profile.get('repeated_codes', 0)}."
    yield f"Bảng ánh xạ: thêm {new} mã, còn {len(page.undecided)} mã chờ người quyết định."
    for line in page.undecided[:SHOWN]:
        hint = f" – {line.rule}" if line.rule else ""
        yield f"  {KIND[line.kind]}: {line.theirs} ({line.many} dòng){hint}"
    if len(page.undecided) > SHOWN:
        yield f"  … và {len(page.undecided) - SHOWN} mã nữa; ghi ra bằng migration map --write"


def _map(asked: Asked) -> Told:
    number, by = _number(asked), asked.person()
    new = actions.propose(number, by=by, at=asked.at)
    data: dict[str, Json] = {"run": number, "proposed": new}
    lines = [f"Thêm {new} mã vào bảng ánh xạ."] if new else []
    if file := asked.text("read"):
        text = files.read(file).decode("utf-8-sig", errors="replace")
        changed = actions.decide(number, text, by=by, at=asked.at)
        data["changed"] = changed
        lines.append(f"Đã nhận {changed} dòng thay đổi.")
    if file := asked.text("write"):
        Path(file).write_text(actions.as_csv(number), encoding="utf-8-sig")
        lines.append(f"Đã ghi bảng ánh xạ ra {file}.")
    if asked.flag("sign"):
        signers = actions.sign_maps(number, by=by, at=asked.at)
        data["signers"] = list(signers)
        lines.append(f"Người đã ký bảng hiện tại: {', '.join(signers)}.")
    left = len(queries.run(number).undecided)
    data["undecided"] = left
    lines.append(f"Còn {left} mã chưa có ánh xạ.")
    return Told(data, lines)


def _rehearse(asked: Asked) -> Told:
    number = _number(asked)
    books = actions.rehearse(
        number,
        by=asked.person(),
        at=asked.at,
        tell=_progress,
        files=_files(asked),
        processes=_number(asked, "processes"),
    )
    return _told(number, books, "Diễn tập")


def _load(asked: Asked) -> Told:
    number = _number(asked)
    books = actions.load(
        number,
        by=asked.person(),
        at=asked.at,
        tell=_progress,
        files=_files(asked),
        processes=_number(asked, "processes"),
    )
    return _told(number, books, "Nạp")


def _told(number: int, books: Books, what: str) -> Told:
    found = queries.run(number).found
    counts: dict[str, Json] = {line.defect: line.many for line in found}
    data: dict[str, Json] = {"run": number, "books": _json(books), "found": counts}
    lines = [f"{what} đợt {number}:", *_books(books)]
    lines += [f"  {DEFECT_NAME[one.defect]}: {one.many}" for one in found]
    return Told(data, lines, is_sound=books.is_balanced)


def _json(books: Books) -> Json:
    return dict(queries.as_json(books))


def _books(books: Books) -> Iterator[str]:
    parts = " + ".join(
        f"{OUTCOME[name].lower()} {many}"
        for name, many in queries.as_json(books).items()
        if name in OUTCOME
    )
    yield f"Đọc {books.read} = {parts}" + (f"; còn {books.pending}" if books.pending else "")


def _report(asked: Asked) -> Told:
    number, outcome = _number(asked), asked.text("rows")
    rehearsed = asked.flag("rehearsed")
    page = queries.run(number)
    books = page.rehearsed if rehearsed and page.rehearsed else page.head.books
    rows = (
        queries.rows(number, outcome=outcome, is_rehearsal=rehearsed, after=_number(asked, "after"))
        if outcome
        else ()
    )
    data: dict[str, Json] = {
        "run": number,
        "state": page.head.state,
        "books": _json(books),
        "balance": dict(queries.balance_json(page.balance)),
        "found": {line.defect: line.many for line in page.found},
        "rows": [
            {
                "number": row.number,
                "file": row.file,
                "line": row.line,
                "code": row.code,
                "outcome": row.outcome,
                "reasons": list(row.reasons),
            }
            for row in rows
        ],
    }
    lines = [f"Đợt {number}: {STATE[page.head.state]}.", *_books(books), _balance(page.balance)]
    lines += [f"  {DEFECT_NAME[one.defect]}: {one.many}" for one in page.found]
    for row in rows:
        lines.append(f"{row.file} dòng {row.line} · {row.code}: {OUTCOME[row.outcome]}")
        lines += [f"  {reason}" for reason in row.reasons]
    return Told(data, lines, is_sound=books.is_balanced and page.balance.may_be_signed)


def _balance(balance: Balance) -> str:
    named = [f"{name.lower()} {getattr(balance, key)}" for key, name in BALANCE]
    return f"Cân đối hồ sơ: {named[0]} = {' + '.join(named[1:])}; chênh lệch {balance.difference}."


def _close(asked: Asked) -> Told:
    number = _number(asked)
    balance = actions.close(number, by=asked.person(), at=asked.at)
    data: dict[str, Json] = {"run": number, "balance": dict(queries.balance_json(balance))}
    return Told(data, [_balance(balance), f"Đã đóng đợt {number}."])


def _sign(asked: Asked) -> Told:
    number = _number(asked)
    signers = actions.sign_result(number, by=asked.person(), at=asked.at)
    data: dict[str, Json] = {"run": number, "signers": list(signers)}
    return Told(data, [f"Người đã ký kết quả đợt {number}: {', '.join(signers)}."])
