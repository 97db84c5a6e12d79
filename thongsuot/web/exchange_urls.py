"""The addresses of the exchange: what is owed, what came, names of values, connections, ledger."""

from django.urls import URLPattern, path

from thongsuot.web.views import (
    arrivals,
    composing,
    connections,
    errands,
    ledger,
    messages,
    value_maps,
)

urlpatterns: list[URLPattern] = [
    path("trao-doi", messages.partners, name="exchange"),
    path("trao-doi/thong-diep", messages.messages, name="messages"),
    path("trao-doi/thong-diep/<int:number>", messages.message, name="message"),
    path("trao-doi/den", arrivals.arrivals, name="arrivals"),
    path("trao-doi/den/<int:number>", arrivals.arrival, name="arrival"),
    path("trao-doi/viec-khac", errands.errands, name="errands"),
    path("trao-doi/van-ban", errands.documents, name="documents"),
    path("trao-doi/van-ban/gui", composing.compose, name="send-document"),
    path("trao-doi/van-ban/<int:number>/tep/<str:sha256>", errands.file, name="document-file"),
    path("trao-doi/bang-chuyen", value_maps.value_maps, name="value-maps"),
    path("trao-doi/ket-noi", connections.connections, name="connections"),
    path("trao-doi/ket-noi/<str:partner>", connections.connection, name="connection"),
    path("trao-doi/so", ledger.ledger, name="ledger"),
    path("trao-doi/so/tep.xlsx", ledger.workbook, name="ledger-workbook"),
]
