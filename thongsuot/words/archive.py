"""What an archive says of itself, for whoever opens it years from now."""

from __future__ import annotations

README = """KHO LƯU TRỮ HỒ SƠ (thongsuot-archive-1)

Tệp ZIP này đọc được bằng mọi phần mềm, không cần Thông Suốt.

manifest.json   số hồ sơ, số sự kiện, số tệp và mã băm SHA-256 của từng phần
dossiers.jsonl  mỗi dòng một hồ sơ (JSON, UTF-8), xếp theo mã hồ sơ:
                code      mã hồ sơ
                events    các sự kiện theo đúng thứ tự: name (tên), body (nội dung),
                          occurred_at (lúc xảy ra), recorded_at (lúc ghi), by (ai),
                          office (cơ quan), source_system, on_behalf_of
                files     mã băm các tệp của hồ sơ
                told_by   nguyên văn điều hệ thống cũ kể (content), và mã cũ, mã mới,
                          quy tắc chuyển (mapped)
maps.jsonl      bảng ánh xạ mã của các hệ thống cũ, mỗi dòng một mã, có hiệu lực theo ngày
files/          nội dung tệp; tên tệp là mã băm SHA-256 của chính nội dung đó

Trạng thái của hồ sơ là kết quả của các sự kiện, tính lại từ đầu đến cuối.
Chi tiết: docs/formats/archive.md trong mã nguồn.
"""
