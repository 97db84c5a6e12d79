"""What may stop a start, each as one sentence to the operator that says how to mend it."""

from __future__ import annotations

from pathlib import Path


class CannotStart(Exception):
    """Something outside our code must change first; its text is for the operator."""


def no_binaries(oldest: int) -> CannotStart:
    return CannotStart(
        f"Không tìm thấy PostgreSQL từ bản {oldest} trở lên: hãy chạy lại `make setup` (cài kèm"
        " PostgreSQL), hoặc cài PostgreSQL của hệ điều hành, hoặc đặt PG_BIN_DIR hay DATABASE_URL."
    )


def not_binaries(folder: Path) -> CannotStart:
    return CannotStart(
        f"PG_BIN_DIR={folder} không chứa đủ initdb, pg_ctl và postgres chạy được: hãy trỏ tới thư"
        " mục bin của PostgreSQL, ví dụ /usr/lib/postgresql/15/bin."
    )


def too_old(folder: Path, version: int, oldest: int) -> CannotStart:
    return CannotStart(
        f"PostgreSQL ở {folder} là bản {version}, cần từ bản {oldest} trở lên: hãy trỏ PG_BIN_DIR"
        " tới bản mới hơn hoặc bỏ biến này."
    )


def closed_programs(folder: Path) -> CannotStart:
    return CannotStart(
        f"Người dùng chạy PostgreSQL không vào được {folder}: hãy mở quyền đi qua các thư mục đó,"
        " hoặc trỏ PG_BIN_DIR tới nơi mọi người dùng đều vào được."
    )


def foreign_folder(folder: Path) -> CannotStart:
    return CannotStart(
        f"Thư mục {folder} đã có dữ liệu không phải do Thông Suốt tạo ra nên không được dùng: hãy"
        " chuyển nó đi nơi khác, hoặc đặt THONGSUOT_VAR sang thư mục khác."
    )


def other_version(folder: Path, theirs: str, ours: int, theirs_bin: Path | None) -> CannotStart:
    where = str(theirs_bin or f"<thư mục bin của PostgreSQL {theirs}>")
    return CannotStart(
        f"Dữ liệu ở {folder} thuộc PostgreSQL bản {theirs}, máy chủ hiện có là bản {ours}; không"
        f" mở được và không bị đụng tới. Hãy xuất dữ liệu bằng bản cũ rồi nạp lại: đặt"
        f" PG_BIN_DIR={where}, chạy `thongsuot database dump TỆP`, chuyển thư mục này đi, bỏ"
        " PG_BIN_DIR, chạy `thongsuot database restore TỆP`."
    )


def belongs_to_another(folder: Path) -> CannotStart:
    return CannotStart(
        f"Thư mục {folder} thuộc về người dùng khác của máy: hãy chạy bằng đúng người dùng đã tạo"
        " ra nó, hoặc đặt THONGSUOT_VAR sang thư mục khác."
    )


def no_account(names: tuple[str, ...]) -> CannotStart:
    return CannotStart(
        "PostgreSQL không chạy dưới quyền root, mà máy này không có người dùng nào trong số"
        f" {', '.join(names)}: hãy tạo một người dùng như vậy hoặc chạy bằng người dùng thường."
    )


def cannot_write(folder: Path, reason: str) -> CannotStart:
    return CannotStart(
        f"Không ghi được vào {folder} ({reason}): hãy cấp quyền ghi, hoặc đặt THONGSUOT_VAR sang"
        " thư mục khác."
    )


def server_failed(what: str, log: Path, tail: str) -> CannotStart:
    return CannotStart(f"PostgreSQL không {what} được. Xem {log}. Những dòng cuối:\n{tail}")


def still_alive(folder: Path, pids: list[int]) -> CannotStart:
    listed = ", ".join(map(str, pids))
    return CannotStart(
        f"Tiến trình của lần chạy trước (pid {listed}) vẫn dùng {folder}: hãy đợi nó kết thúc hoặc"
        " dừng nó rồi chạy lại."
    )


def port_taken(host: str, port: int) -> CannotStart:
    return CannotStart(
        f"Cổng {port} ở {host} đang có chương trình khác dùng hoặc không được phép dùng: hãy dừng"
        " chương trình đó, hoặc đặt THONGSUOT_PORT sang cổng khác."
    )


def row_taken(port: int) -> CannotStart:
    return CannotStart(
        f"Cổng {port} và các cổng tiếp theo dành cho đối tác giả lập đang có chương trình khác dùng:"
        " hãy đặt THONGSUOT_SIMULATORS_PORT sang cổng khác, hoặc THONGSUOT_SIMULATE=no."
    )


def no_such_host(host: str) -> CannotStart:
    return CannotStart(f"THONGSUOT_HOST={host} không phải địa chỉ của máy: hãy dùng 127.0.0.1.")


def already_running(address: str) -> CannotStart:
    return CannotStart(
        f"Hệ thống đang chạy rồi ở {address}: hãy mở địa chỉ đó, hoặc dừng lần chạy kia trước."
    )


def step_failed(name: str, code: int) -> CannotStart:
    return CannotStart(f"Bước {name} không xong (mã {code}); xem lý do ở các dòng trên.")


def keeps_dying(name: str) -> CannotStart:
    return CannotStart(
        f"{name} dừng quá nhiều lần trong một phút nên hệ thống ngừng lại; xem lý do ở các dòng trên."
    )
