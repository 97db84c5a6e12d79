"""Small files of data in a folder, as somebody would hand them in."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from thongsuot.actions.load.reading import Shape

OFFICE: Mapping[str, str] = {
    "code": "H99",
    "name": "Ủy ban nhân dân tỉnh Mây Trắng",
    "kind": "province",
    "level": "province",
    "parent": "",
    "place": "",
    "valid_from": "2020-01-01",
    "valid_to": "",
    "is_provisional": "",
    "source": "bịa ra để thử",
}
PROCEDURE: Mapping[str, str] = {
    "code": "1.000101.H99",
    "name": "Cấp giấy xác nhận nguồn nước",
    "field": "Thủy lợi",
    "levels": "commune",
    "origin": "provincial",
    "decision": "12/QĐ-UBND",
    "valid_from": "2023-01-01",
    "valid_to": "",
    "source": "bịa ra để thử",
}
CHANNEL: Mapping[str, str] = {
    "code": "1.000101.H99",
    "channel": "in_person",
    "time": "5",
    "unit": "Ngày làm việc",
    "case": "",
    "is_step": "",
    "fee_shown": "Miễn phí",
    "fee": "0",
    "currency": "VND",
    "fee_note": "",
    "quality": "ok",
}
PAPER: Mapping[str, str] = {
    "code": "1.000101.H99",
    "case": "",
    "name": "Đơn đề nghị",
    "form": "Mẫu số 01",
    "originals": "1",
    "copies": "0",
}


def table(folder: Path, shape: Shape, *lines: Mapping[str, str]) -> Path:
    """A table with these lines, under the name that its kind has."""
    file = folder / shape.path
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, shape.columns)
        writer.writeheader()
        writer.writerows(lines)
    return file


def empty(folder: Path, shapes: Sequence[Shape]) -> None:
    """Tables that hold only their first line."""
    for shape in shapes:
        table(folder, shape)
