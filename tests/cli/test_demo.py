"""The story: played in a database of its own, the same again for the same seed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from django.db import connections
from psycopg import sql

from thongsuot import env
from thongsuot.running.postgres import Address

FEW = ("--people", "6", "--seed", "2", "--json")


@dataclass(frozen=True, slots=True)
class Theatre:
    """A server, and the name of a database on it that belongs to nobody else."""

    server: Address
    database: str

    def play(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Play the story in a process of its own, as `make demo` does."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        here = {
            "DATABASE_URL": self.server.url(self.database),
            "THONGSUOT_DATABASE": self.database,
        }
        return subprocess.run(
            [sys.executable, "-m", "thongsuot.cli.main", "demo", *words],
            env=kept | here,
            cwd=env.ROOT,
            capture_output=True,
            text=True,
            check=False,
        )

    def told(self) -> Any:
        """What the whole story with few people tells at its end."""
        said = self.play(*FEW)
        assert said.returncode == 0, said.stdout[-2000:] + said.stderr
        return json.loads(said.stdout)

    def create(self) -> None:
        """Make the database, empty."""
        self._on_server("CREATE DATABASE {}")

    def drop(self) -> None:
        """Drop it, whoever is still there."""
        self._on_server("DROP DATABASE IF EXISTS {} WITH (FORCE)")

    def execute(self, statement: sql.SQL) -> list[tuple[Any, ...]]:
        """One statement in the database, outside of the story."""
        with psycopg.connect(self.server.url(self.database), autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def _on_server(self, statement: Any) -> None:
        with psycopg.connect(self.server.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(self.database)))


@pytest.fixture(scope="module")
def theatre(django_db_modify_db_settings: None) -> Iterator[Theatre]:
    """The server of this run, and a name that nobody else uses."""
    at = connections["default"].settings_dict
    server = Address(at["HOST"], int(at["PORT"] or 5432), at["USER"])
    theatre = Theatre(server, f"story_{os.getpid()}_demo")
    yield theatre
    theatre.drop()


@pytest.fixture(scope="module")
def story(theatre: Theatre) -> Any:
    """The story with few people, played once for several tests."""
    return theatre.told()


def test_the_story_shows_every_way_in_and_every_kind_of_term(story: Any) -> None:
    tally = story["tally"]

    assert set(tally["by_channel"]) == {"in_person", "online", "post"}
    assert {"working_day", "day", "hour", "month", ""} <= set(tally["by_term"])
    assert tally["procedures"] >= 20
    assert tally["received_elsewhere"] >= 5


def test_the_story_has_late_ones_waiting_ones_and_every_end(story: Any) -> None:
    tally = story["tally"]

    assert tally["ended_late"] >= 1
    assert {"3", "4", "7", "9", "10"} <= set(tally["by_status"])
    assert tally["owed"] > tally["dossiers"]
    assert tally["unsent"] == 0


def test_everything_in_the_story_is_what_its_events_say(story: Any) -> None:
    assert story["different"] == []
    assert story["tally"]["code_gaps"] == 0


def test_what_the_rules_forbid_is_tried_and_refused(story: Any) -> None:
    told = " ".join(note["text"] for note in story["notes"])

    assert story["refused"] >= 20
    assert "sắp xếp đơn vị hành chính" in told
    assert "nhập muộn" in told


def test_every_clock_of_the_story_is_what_its_days_add_up_to(story: Any) -> None:
    assert story["astray"] == []
    assert story["clocks"] >= 50


@pytest.mark.parametrize(
    "told",
    [
        "có bí mật nhà nước",
        "đã nộp bằng bản điện tử",
        "văn bản thẩm định, ý kiến của cơ quan khác",
        "chỉ xuất trình để đối chiếu",
        "không phải nộp lần hai",
        "hãy dùng lại, không yêu cầu nộp lần nữa",
        "quầy không nhận trùng",
        "Xã Bản Bo giải quyết, quầy Bình Lư trả kết quả",
        "mở ba hồ sơ con",
        "tiền mặt, biên lai",
        "chuyển khoản, mã",
        "Miễn lệ phí",
        "trong một tệp PDF",
        "In sổ tiếp nhận ngày 15/09/2025",
        "hồ sơ đang giải quyết giữ hạn cũ",
        "gửi thẳng Ủy ban nhân dân tỉnh Lai Châu, bản 1",
        "bản 1 vẫn nguyên vẹn",
        "qua SMTP: “Đã có kết quả hồ sơ",
        "Tra cứu ở /tra-cuu",
        "chấm 5 trên 5",
    ],
)
def test_the_day_of_a_counter_and_a_desk_shows(story: Any, told: str) -> None:
    assert any(told in note["text"] for note in story["notes"])


@pytest.mark.parametrize(
    "told",
    [
        "Nạp đúng như diễn tập (khớp)",
        "đến mức ý nghĩa: không khác",
        "kiểm ngoại tuyến khớp",
        "hồ sơ mở đổi cơ quan theo phương án, 0 hồ sơ khác lệch",
        "84 thao tác",
        "không thể nhập hay giao việc cho chính mình",
        "chưa có ai giữ vai trò handler",
        "lần hai: 0 chỗ hổng",
        "theo mục “còn lại”: 2",
        "người khác phải phê duyệt",
        "mục chưa sẵn sàng ở các quầy",
        "chưa đến lúc chuyển",
        "nay còn khác 0",
        "kill -9 tiến trình chuyển giữa lượt thứ ba: Đã chuyển",
        "với một lần chuyển không bị ngắt trên bản sao: khác 0",
        "về thẳng Ủy ban nhân dân xã Bình Lư",
        "✓ Hạn trả kết quả không đổi",
        "ban-giao-H35.21.31-H35.102.xlsx",
        "do Ủy ban nhân dân xã Bình Lư tiếp tục giải quyết",
        "hạn giữ nguyên",
        "từ ngày đó nộp hồ sơ tại",
        "nay là H35.102",
        "việc cần sửa thì lập phương án mới",
        "hoàn tác riêng thao tác 78",
        "Cơ quan đã kết thúc còn 0 hồ sơ",
    ],
)
def test_the_day_on_which_the_districts_end_shows(story: Any, told: str) -> None:
    assert any(told in note["text"] for note in story["notes"])


@pytest.mark.parametrize(
    "told",
    [
        "đối tác giả lập (bịa ra để thử",
        "exchange check: ministry_igate",
        "Mọi kết nối đã đủ để gửi",
        "gửi hết, đã nhận",
        "ở bộ “9 ngày”",
        "đối chiếu lại cả ba lĩnh vực: khớp",
        "cơ quan chưa sẵn sàng; hoàn thành các mục còn thiếu",
        "1.013225 nhận lúc 23:59:59 31/12/2025: Hệ thống thông tin giải quyết TTHC của tỉnh",
        "1.013225 nhận lúc 00:00:00 01/01/2026: Hệ thống thông tin giải quyết TTHC tập trung",
        "không nhận ở đây: mời nộp tại https://motcuabxd.moc.gov.vn",
        "xét theo lúc nhận, làm ở đây",
        "times_out_after 10%",
        "không liên lạc được suốt 72 giờ",
        "chỉ đọc, không đổi gì ở đây",
        "Cảnh báo lệch, Hạn trả",
        "cảnh báo tự hết, còn 0",
        "Giữ lại, không bỏ: Đối tác",
        "nhận lại: còn giữ 0",
        "còn nợ mọi đối tác và còn giữ lại 0",
        "bước đúng một lần, đúng thứ tự; khác 0",
        "chênh 0",
        "exchange verify: sổ nguyên vẹn",
        "đã đưa về tỉnh; còn mở 0",
    ],
)
def test_the_turn_of_the_year_shows(story: Any, told: str) -> None:
    assert any(told in note["text"] for note in story["notes"])


def test_played_again_with_the_same_seed_it_is_the_same_story(theatre: Theatre, story: Any) -> None:
    assert theatre.told() == story


def test_a_database_that_is_no_demo_is_not_dropped_for_a_story(theatre: Theatre) -> None:
    real = Theatre(theatre.server, f"story_{os.getpid()}_real")
    real.create()
    real.execute(sql.SQL("CREATE TABLE records_markrow AS SELECT 1 AS id, 'live' AS kind"))

    try:
        said = real.play(*FEW)
        kept = real.execute(sql.SQL("SELECT kind FROM records_markrow"))
    finally:
        real.drop()

    assert said.returncode == 1
    assert json.loads(said.stdout)["refusal"]["code"] == "not_a_demo_database"
    assert kept == [("live",)]


@pytest.mark.parametrize(
    "told",
    [
        "Sổ Excel của một bàn (Hạ tầng kỹ thuật, bịa) theo mẫu chung: đọc 60",
        "Kế thừa từ “igate-cu”",
        "Bàn giao lĩnh vực Hạ tầng kỹ thuật sang Hệ thống thông tin giải quyết TTHC tập trung",
        "không điền giá trị giả",
        "cần một người khác duyệt",
        "Có người nhận xử lý sau khi đóng băng nên ở lại (1)",
        "Bộ lỗi nửa ngày rồi trả lời: chọn",
        "chờ 0; chênh 0",
        "mỗi hồ sơ một lần; khác 0",
        "kiểm ngoại tuyến bằng verify_evidence.py khớp",
        "Bộ báo: Đã xử lý xong",
    ],
)
def test_the_hand_over_of_a_field_to_a_ministry_shows(story: Any, told: str) -> None:
    assert any(told in note["text"] for note in story["notes"])


def test_a_chapter_that_was_never_written_is_refused(theatre: Theatre) -> None:
    said = theatre.play("--chapter", "99", "--json")

    assert said.returncode == 1
    assert json.loads(said.stdout)["refusal"]["code"] == "no_such_chapter"
