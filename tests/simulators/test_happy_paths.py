"""Each simulated partner over real HTTP: what it takes stands in its book, what it has is told."""

from __future__ import annotations

import base64
import hashlib
import json
import smtplib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from tests.exchange.partners import SECRET, USER, Partners, Reply, bearer, signed, simulated

CODE = "000.00.01.H35-260102-0001"
DOSSIER: dict[str, Any] = {
    "MaHoSo": CODE,
    "MaTTHC": "9.900001",
    "TenTTHC": "Thủ tục giả lập số 1 (dữ liệu bịa)",
    "MaLinhVuc": "G15-GL01",
    "TenLinhVuc": "Lĩnh vực giả lập 1",
    "KenhThucHien": "1",
    "DinhDanhCHS": [{"LoaiDinhDanh": "1", "SoDinhDanh": "012090000001"}],
    "NgayTiepNhan": "20260102080000",
    "NgayHenTra": "20260109170000",
    "TrangThaiHoSo": "2",
    "HinhThuc": "0",
    "DonViXuLy": "Sở giả lập số 1",
    "NoiNopHoSo": "2",
    "HoSoCoThanhPhanSoHoa": "0",
    "TaiKhoanDuocXacThucVoiVNeID": "0",
    "DuocThanhToanTrucTuyen": "0",
}
STEP = {
    "MaHoSo": CODE,
    "NguoiXuLy": "Người bịa",
    "ThoiDiemXuLy": "20260102090000",
    "NoiDungXuLy": "Tiếp nhận hồ sơ",
    "TrangThai": "2",
}


@pytest.fixture(scope="module")
def partners() -> Iterator[Partners]:
    """All of them, for this file."""
    with simulated() as found:
        yield found


@pytest.fixture(autouse=True)
def _empty(partners: Partners) -> None:
    for name in {*partners.addresses} - {"portal_facade"}:
        partners.forget(name)


@contextmanager
def listening(answer: dict[str, Any]) -> Iterator[tuple[str, list[tuple[str, Any]]]]:
    """An address of ours that takes what partners send."""
    came: list[tuple[str, Any]] = []

    class Talk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            came.append((self.path, json.loads(body)))
            said = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Talk)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", came
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def portal(partners: Partners, service: str, *, at: str = "integration", **what: Any) -> Any:
    """A call of the portal's adapter in a new session."""
    headers = {"dstcode": "DVCQG"}
    login = {"username": USER, "password": SECRET}
    session = partners.call("national_portal", "POST", "/auth", login, headers=headers).json
    asked = {"session": session["session"], "madonvi": "000.00.00.H35", "service": service, **what}
    return partners.call("national_portal", "POST", f"/{at}", asked, headers=headers).json


def create(partners: Partners, **other: str) -> Any:
    return portal(partners, "DongBoHoSoMC", isUpdating="False", data=[{**DOSSIER, **other}])


def test_the_portal_takes_a_dossier_its_steps_and_its_totals(partners: Partners) -> None:
    made = create(partners)
    again = create(partners)
    changed = portal(
        partners, "DongBoHoSoMC", isUpdating="True", data=[{**DOSSIER, "TrangThaiHoSo": "4"}]
    )
    stepped = [portal(partners, "CapNhatTienDoHoSoMC", data=[STEP]) for _ in range(2)]
    totals = {"Thang": "1", "Nam": "2026", "Madonvi": "000.00.00.H35", "LoaiThongKe": "1"}
    counted = portal(partners, "DongBoThongKeHoSo", data=[{**totals, "SoNhanTrongKy": "1"}])

    assert (made["error_code"], again["error_code"], changed["error_code"]) == ("0", "3", "0")
    assert "đã tồn tại" in again["message"]
    assert all("thành công" in one["message"] for one in (*stepped, counted))
    assert portal(partners, "TraCuuHoSo", mahoso=CODE)["result"][0]["TrangThaiHoSo"] == "4"
    # A step has no number of its own: what is sent twice is there twice.
    assert len(partners.book("national_portal", "steps")[CODE]) == 2


@pytest.mark.parametrize(
    ("key", "value"),
    [("TrangThaiHoSo", ""), ("TrangThaiHoSo", "12"), ("KenhThucHien", "0"), ("NgayTiepNhan", "")],
)
def test_the_portal_refuses_what_it_cannot_read_and_keeps_nothing(
    partners: Partners, key: str, value: str
) -> None:
    assert create(partners, **{key: value})["error_code"] == "-1"
    assert partners.book("national_portal", "dossiers") == {}


def test_the_portal_knows_its_sessions_and_its_catalogues(partners: Partners) -> None:
    asked = {"session": "none", "madonvi": "x", "service": "LayDanhSachTTHC"}
    expired = partners.call(
        "national_portal", "POST", "/share", asked, headers={"dstcode": "DVCQG"}
    ).json
    procedures = portal(partners, "LayDanhSachTTHC", at="share")
    one = portal(partners, "LayThuTuc", at="share", maTTHC="9.900001")

    assert expired["error_code"] == "-4"
    assert procedures["error_code"] == 0
    assert one["result"][0]["TENTTHC"].endswith("(dữ liệu bịa)")


def test_the_portal_sends_applications_and_takes_notices_only_about_them(
    partners: Partners,
) -> None:
    with listening({"error_code": 0, "message": ""}) as (address, came):
        partners.callback("national_portal", address)
        (sent,) = partners.push("national_portal")
        partners.push("national_portal", again=sent["MaHoSo"])
    notice = {"MaHoSo": sent["MaHoSo"], "MaHoSoDonVi": CODE, "TrangThai": "2"}
    taken = portal(
        partners, "DongBoTrangThaiHoSo", type="2", data={**notice, "NgayXuLy": "20260102100000"}
    )
    stranger = portal(
        partners,
        "DongBoTrangThaiHoSo",
        type="2",
        data={**notice, "MaHoSo": "?", "NgayXuLy": "20260102100000"},
    )

    assert [path for path, _ in came] == ["/nps/createdossierfromdvcqg"] * 2
    assert came[0] == came[1]
    assert "của chúng tôi" in came[0][1]["data"]["DinhDang"]
    assert (taken["error_code"], stranger["error_code"]) == ("0", "-1")


def test_the_portal_sends_land_tax_papers(partners: Partners) -> None:
    notice = {"FileThongBaoThue": base64.b64encode(b"<x><MA_HSO>1</MA_HSO></x>").decode()}

    with listening({"error_code": 0, "message": ""}) as (address, came):
        partners.callback("national_portal", address)
        partners.push("national_portal", service="NhanThongBaoThueDat", data=notice)

    assert [(path, told["data"]) for path, told in came] == [("/nps/nhantbthuedvcqg", notice)]


def test_the_facade_wraps_json_in_json_and_writes_the_portals_book(partners: Partners) -> None:
    headers = bearer(partners, "portal_facade")
    path = "/api/SynsTTHCC/DongBoHoSoMC?MaDinhDanhDV=000.00.00.H35&isUpdating=False"

    made = partners.call("portal_facade", "POST", path, [DOSSIER], headers=headers).json
    asked = partners.call(
        "portal_facade",
        "GET",
        f"/KetNoiMotCuaQuocGia/TraCuuHoSo?maHoSo={CODE}",
        headers=headers,
    ).json

    assert json.loads(made["message"])["error_code"] == "0"
    assert json.loads(asked["message"])["result"][0]["MaHoSo"] == CODE
    assert [*partners.book("national_portal", "dossiers")] == [CODE]


def test_igate_gives_its_own_identifiers_and_knows_no_key_of_ours(partners: Partners) -> None:
    token = "/auth/realms/digo/protocol/openid-connect/token"
    headers = bearer(partners, "ministry_igate", token)
    dossier = {"code": CODE, "procedure": {"code": "9.900001"}, "agency": {"code": "x"}}
    dossier |= {"applicant": {"data": {"fullname": "Người bịa", "identityNumber": "1"}}}

    def call(method: str, path: str, data: Any = None) -> Any:
        return partners.call("ministry_igate", method, path, data, headers=headers).json

    made = [call("POST", "/pa/dossier", dossier) for _ in range(2)]
    partners.place("ministry_igate", code=CODE, dossierStatus={"id": 2, "name": "Đang xử lý"})
    found = call("GET", f"/pa/dossier/search?spec=page&size=10&code={CODE}")
    ended = call("PUT", "/pa/dossier/--force-end-process", [{"id": made[0]["id"], "code": CODE}])
    partners.place("ministry_igate", procedure="9.900001", processingTime=5)
    read = call("GET", "/bd/procedure-process-definition?procedure-id=9.900001")

    assert made[0]["id"] != made[1]["id"]
    assert found["totalElements"] == 2
    assert {one["dossierStatus"]["id"] for one in found["content"]} == {2}
    assert ended == {"affectedRows": 1}
    assert read["content"][0]["processingTime"] == 5


def test_a_file_goes_to_igate_and_comes_back(partners: Partners) -> None:
    token = "/auth/realms/digo/protocol/openid-connect/token"
    headers = bearer(partners, "ministry_igate", token)

    own = _upload(partners, "ministry_igate", "/fi/file", headers).json["id"]

    fetched = partners.call("ministry_igate", "GET", f"/fi/file/{own}", headers=headers)
    assert fetched.body == b"%PDF-\x00\xff"


def test_the_ministrys_bus_takes_documents_and_traces(partners: Partners) -> None:
    headers = bearer(partners, "ministry_lgsp")
    document = {"docCode": CODE, "docTypeCode": "9.900001", "citizenName": "Người bịa"}
    trace = {"docCode": CODE, "userName": "Người bịa", "dateCreated": "x", "comment": "x"}

    early = partners.call("ministry_lgsp", "POST", "/UpdateDocumentTraces", trace, headers=headers)
    kept = partners.call(
        "ministry_lgsp",
        "POST",
        "/SyncDocument",
        {**document, "dateReceived": "2026-01-02"},
        headers=headers,
    )
    late = partners.call("ministry_lgsp", "POST", "/UpdateDocumentTraces", trace, headers=headers)

    assert [one.json["status"] for one in (early, kept, late)] == [404, 200, 200]
    assert {one.status for one in (early, kept, late)} == {200}


def test_the_polled_ministry_tells_its_own_dossiers_in_its_own_codes(partners: Partners) -> None:
    partners.place("ministry_polled", MaHoSo="G17-1", KenhThucHien=0)
    partners.place("ministry_polled", MaHoSo="G17-2", NgayTiepNhan="20/01/2026 09:00:00")
    token = bearer(partners, "ministry_polled")
    path = "/apiGTVT/danhsachhoso?Start=-1&End=-1&ReceiveFromDate=01/01/2026"
    path += f"&ReceiveToDate=05/01/2026&APIKey={SECRET}"

    def ask(**headers: str) -> Any:
        return partners.call("ministry_polled", "GET", path, headers=token | headers).json

    told = ask(MaDonVi="G17", ApiKey=SECRET)

    assert (told["total"], told["data"][0]["KenhThucHien"]) == (1, 0)
    assert [
        ask(**headers)["error_code"]
        for headers in (
            {"ApiKey": SECRET},
            {"MaDonVi": "G17"},
            {"MaDonVi": "G17", "ApiKey": "x"},
            {"MaDonVi": "G99", "ApiKey": SECRET},
        )
    ] == [-300, -301, -302, -303]


def test_the_land_software_takes_a_dossier_and_calls_back(partners: Partners) -> None:
    form = {"grant_type": "password", "username": USER, "password": SECRET}
    token = partners.call("land", "POST", "/token", urlencode(form).encode()).json["access_token"]
    dossier = {"SoBienNhan": "BN1", "MaHoSoMotCua": CODE, "NgayTiepNhan": "x", "NgayHenTra": "x"}

    taken = partners.call(
        "land",
        "POST",
        "/api/TiepNhanHoSo",
        {**dossier, "ThongTinNguoiNopDon": {"HoTen": "Người bịa"}},
        headers={"Authorization": f"Bearer {token}"},
    ).json
    with listening({"status": "ok"}) as (address, came):
        partners.callback("land", address)
        partners.push("land", service="DongBoTrangThaiKetThuc", SoBienNhan="BN1")

    assert taken["status"]["success"] is True
    assert came == [("/DongBoTrangThaiKetThuc", {"SoBienNhan": "BN1", "SecurityCode": SECRET})]


def test_the_store_lists_papers_of_a_person_and_hands_them_over(partners: Partners) -> None:
    headers = bearer(partners, "document_store")
    asked = {"SoDinhDanhChuSoHuu": "012090000001", "HoTenNguoiYeuCau": "Cán bộ bịa"}
    asked |= {"KenhThucHien": "1", "SoDinhDanhNguoiYeuCau": "x", "MaThuTuc": "9.900001"}

    told = partners.call("document_store", "POST", "/GetKetQuaGiayTo", asked, headers=headers).json
    (paper,) = told["result"]["DanhSachGiayToKetQua"]
    (file,) = paper["DanhSachTepDinhKem"]
    wanted = {"CoQuanChuQuan": paper["CoQuanChuQuan"], "DuongDan": file["DuongDan"]}
    text = partners.call("document_store", "POST", "/GetGiayToByUrl", wanted, headers=headers).json

    assert told["errorCode"] == "0"
    assert base64.b64decode(text).startswith(b"%PDF")


EDXML = (
    b'<edXML:edXML xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016">'
    b"<edXML:edXMLEnvelope/></edXML:edXML>"
)


def test_the_axis_carries_documents_both_ways_and_forgets_after_the_receipt(
    partners: Partners,
) -> None:
    def call(path: str, body: Any = None, **told: str) -> Reply:
        return partners.call("document_axis", "POST", path, body or b"", headers=signed(**told))

    digest = hashlib.sha256(EDXML).hexdigest()
    out = {"from": "000.00.00.H35", "to": "000.00.00.G15", "messagetype": "edoc"}
    sent = call("/sendEdoc", EDXML, **out, **{"hash-file": digest}).json
    partners.place("document_axis", to="000.00.00.H35", subject="Văn bản bịa")
    (row,) = call("/getReceivedEdocList", to="000.00.00.H35").json["data"]
    document = call("/getEdoc", docId=row["docId"]).body
    done = call("/updateStatus", docId=row["docId"], status="done").json

    assert (sent["ErrorCode"], done["ErrorCode"]) == ("0", "0")
    assert [*partners.book("document_axis", "sent")] == [sent["DocId"]]
    assert "Văn bản bịa" in document.decode()
    assert call("/getReceivedEdocList", to="000.00.00.H35").json["data"] == []


def test_the_axis_registers_and_closes_codes_of_bodies(partners: Partners) -> None:
    def call(path: str, body: Any = None) -> Any:
        return partners.call("document_axis", "POST", path, body or b"", headers=signed()).json

    body = {"code": "000.00.77.H35", "name": "Sở bịa"}
    opened, again = call("/registerAgency", body), call("/registerAgency", body)
    known = {one["code"] for one in call("/getSynchronizeUnit")["data"]}
    closed = call("/deleteAgency", body)

    assert [one["ErrorCode"] for one in (opened, again, closed)] == ["0", "-3", "0"]
    assert body["code"] in known
    assert body["code"] not in {one["code"] for one in call("/getAgenciesList")["data"]}


@pytest.mark.parametrize(
    ("body", "told", "code"),
    [
        (EDXML, {"hash-file": "0"}, "-5"),
        (EDXML.replace(b"edXML:", b""), {}, "-6"),
        (b"<!DOCTYPE x>" + EDXML, {}, "-6"),
    ],
)
def test_the_axis_refuses_what_differs_from_its_digest_or_its_form(
    partners: Partners, body: bytes, told: dict[str, str], code: str
) -> None:
    out = {"from": "a", "to": "b", "hash-file": hashlib.sha256(body).hexdigest(), **told}

    reply = partners.call("document_axis", "POST", "/sendEdoc", body, headers=signed(**out))

    assert reply.json["ErrorCode"] == code
    assert partners.book("document_axis", "sent") == {}


def test_the_axis_refuses_a_call_whose_headers_were_changed(partners: Partners) -> None:
    headers = signed(docId="a") | {"XroadVnpt-docId": "b"}

    reply = partners.call("document_axis", "POST", "/getEdoc", b"", headers=headers)

    assert reply.json["ErrorCode"] == "-1"


def test_the_procedure_database_is_read_by_cursor_and_published_to(partners: Partners) -> None:
    base = "/api/v1/submitting/formality/list-all-public-formality-by-citizen"
    name = "procedure_database"

    first = partners.call(name, "POST", base, {"limit": 2, "lastId": None, "q": ""})
    rest = partners.call(name, "POST", base, {"limit": 2, "lastId": first.json["data"]["lastId"]})
    items = [*first.json["data"]["items"], *rest.json["data"]["items"]]
    asked = "/api/v1/configuring/formality/get-formality-by-citizen"
    one = partners.call(name, "POST", asked, {"id": items[0]["id"]}).json["data"]
    entry = {"codeNotation": "9.H35.000001", "name": "Thủ tục đặc thù bịa"}
    headers = {"Authorization": f"Bearer {SECRET}"}
    path = "/thong-suot/publish/formality"
    published = partners.call(name, "POST", path, entry, headers=headers)
    found = partners.call(name, "POST", base, {"limit": 200, "q": "đặc thù"}).json["data"]

    assert (first.status, published.status) == (201, 201)
    assert len({one["id"] for one in items}) == first.json["data"]["total"] == 3
    assert rest.json["data"]["lastId"] is None
    assert one["cases"][0]["code"] == "9.900001.01"
    assert [row["codeNotation"] for row in found["items"]] == ["9.H35.000001"]


def test_the_national_counters_count_what_the_portal_has(partners: Partners) -> None:
    create(partners)
    path = "/api/v1/reporting/evaluation/dvc-progress-tree"

    told = partners.call("procedure_database", "POST", path, {}).json["data"]["parent"]

    assert told["totalReceived"] == 1


def _sealed(**message: str) -> dict[str, str]:
    init = (
        *("LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "SoTien", "LoaiHinhThanhToan"),
        *("MaKenhThanhToan", "MaThietBi", "NgonNgu", "MaTienTe", "MaNganHang"),
        *("ThongTinGiaoDich", "ThoiGianGD", "Ip"),
    )
    asked = ("LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "ThoiGianGD")
    names = init if message["LoaiBanTin"] == "INIT" else asked
    text = "|".join([*(message.get(name, "") for name in names), SECRET])
    return {**message, "MaXacThuc": hashlib.sha256(text.encode()).hexdigest()}


def test_a_payment_is_begun_paid_confirmed_and_asked(partners: Partners) -> None:
    base = {"PhienBan": "1.0.6", "MaDoiTac": USER, "MaThamChieu": "R1", "SoTien": "15000"}

    def send(kind: str) -> Reply:
        return partners.call("payment", "POST", "/payment", _sealed(LoaiBanTin=kind, **base))

    def within(reply: Reply) -> Any:
        return json.loads(reply.json["message"])

    begun, again, open_ = within(send("INIT")), within(send("INIT")), within(send("QUERY"))
    with listening({"MaLoi": "00"}) as (address, came):
        partners.callback("payment", address)
        partners.push("payment", MaThamChieu="R1")
    (path, confirmed) = came[0]

    assert (begun["MaLoi"], again["MaLoi"], open_["MaLoi"]) == ("00", "02", "01")
    assert urlsplit(begun["UrlThanhToan"]).path == "/pay/R1"
    assert (path, confirmed["MaLoi"], confirmed["SoTien"]) == ("/confirm", "00", "15000")
    assert within(send("QUERY"))["MaLoi"] == "00"
    assert send("GET_BILL").body.startswith(b"%PDF")


def test_a_payment_message_with_a_wrong_seal_is_refused(partners: Partners) -> None:
    message = {"LoaiBanTin": "INIT", "MaDoiTac": USER, "MaThamChieu": "R1", "SoTien": "1"}

    reply = partners.call("payment", "POST", "/payment", {**message, "MaXacThuc": "0" * 64})

    assert json.loads(reply.json["message"])["MaLoi"] == "99"
    assert partners.book("payment", "requests") == {}


def test_the_population_database_answers_soap_within_json(partners: Partners) -> None:
    headers = bearer(partners, "population")
    asked = {"HoVaTen": "NGUYENVANBIA", "SoDinhDanh": "012090000001", "Nam": "1990"}
    asked |= {"MaTichHop": "1", "MaDVC": "1", "MaCanBo": "hoa", "MaYeuCau": "1"}

    def ask(**other: str) -> str:
        data = {**asked, **other}
        path = "/TraCuuThongTinCongDan"
        reply = partners.call("population", "POST", path, data, headers=headers)
        return str(reply.json["message"])

    assert "<SoDinhDanh>012090000001</SoDinhDanh>" in ask()
    assert "<CongDan>" not in ask(HoVaTen="TRANVANBIA")
    assert [*partners.book("population", "questions")] == ["1"]


def test_the_post_takes_orders_cancels_them_and_tells_their_way(partners: Partners) -> None:
    headers = {"access_token": SECRET}
    side = ("Province", "Address", "Name", "Tel")
    order = {f"{who}{what}": "x" for who in ("Sender", "Receiver") for what in side}
    order |= {"CustomerCode": "C", "OrderNumber": "O1"}

    def call(path: str, data: Any) -> Any:
        return partners.call("postal", "POST", path, data, headers=headers).json

    taken, again = call("/order", order), call("/order", order)
    cancelled = call("/cancel", {"CustomerCode": "C", "OrderNumber": "O1"})
    first = call("/track", {"pageSize": 1, "lastId": "0" * 24})
    rest = call("/track", {"pageSize": 1000, "lastId": first["lastId"]})

    assert [one["Status"] for one in (taken, again, cancelled)] == ["100", "101", "110"]
    assert (len(first["data"]), len(rest["data"])) == (1, 1)


def test_the_mail_server_keeps_letters(partners: Partners) -> None:
    where = urlsplit(partners.address("mail"))

    with smtplib.SMTP(where.hostname or "", where.port or 0, timeout=5) as line:
        line.sendmail("a@example.vn", ["b@example.vn"], b"Subject: Bia\r\n\r\nchao\r\n")

    ((letter,),) = partners.book("mail", "letters").values()
    assert (letter["value"]["subject"], letter["value"]["text"].strip()) == ("Bia", "chao")


def _upload(partners: Partners, name: str, path: str, headers: dict[str, str]) -> Reply:
    body = (
        b"--gach\r\nContent-Disposition: form-data; name=file; filename=bao-cao.pdf\r\n"
        b"Content-Type: application/pdf\r\n\r\n%PDF-\x00\xff\r\n--gach--\r\n"
    )
    kind = {"Content-Type": "multipart/form-data; boundary=gach"}
    return partners.call(name, "POST", path, body, headers=headers | kind)


def test_the_report_system_takes_a_file(partners: Partners) -> None:
    headers = {"Authorization": f"Bearer {SECRET}"}

    told = _upload(partners, "reports", "/upload/tinh", headers).json

    assert told["files"][0]["sha256"] == hashlib.sha256(b"%PDF-\x00\xff").hexdigest()
    assert [*partners.book("reports", "files")] == ["tinh/bao-cao.pdf"]


def test_the_security_server_passes_a_call_on_and_says_which_it_answers(
    partners: Partners,
) -> None:
    form = urlencode(
        {"grant_type": "client_credentials", "client_id": USER, "client_secret": SECRET}
    ).encode()
    path = "/r1/VN-GIALAP/GOV/BO-GIALAP/TTHC/ministry_lgsp/token"
    headers = {"X-Road-Client": "VN-GIALAP/GOV/H35/THONGSUOT", "X-Road-Id": "id-1"}

    passed = partners.call(
        "security_server", "POST", path, form, headers=headers | {"X-Road-Issue": CODE}
    )
    anonymous = partners.call("security_server", "POST", path, form)
    unknown = partners.call(
        "security_server", "GET", "/r1/VN-GIALAP/GOV/A/B/nobody", headers=headers
    )

    assert "accessToken" in passed.json
    assert (passed.headers["X-Road-Id"], len(passed.headers["X-Road-Request-Hash"])) == ("id-1", 88)
    assert anonymous.headers["X-Road-Error"] == "Client.BadRequest"
    assert unknown.headers["X-Road-Error"].startswith("Server.ClientProxy")
    assert partners.book("security_server", "messages")["id-1"][0]["value"]["issue"] == CODE
