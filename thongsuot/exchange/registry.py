"""Kinds of connectors: one table, so that a partner is added by configuration alone."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from thongsuot.domain.refusal import Kind, Refusal
from thongsuot.exchange.connector import Connection, Connector, Make

KINDS: dict[str, str] = {
    "cloudevents": "thongsuot.exchange.connectors.cloudevents.CloudEvents",
    "national_portal": "thongsuot.exchange.connectors.national_portal.NationalPortal",
    "document_axis": "thongsuot.exchange.connectors.document_axis.DocumentAxis",
    "document_store": "thongsuot.exchange.connectors.document_store.DocumentStore",
    "payment": "thongsuot.exchange.connectors.payment.Payment",
    "postal": "thongsuot.exchange.connectors.postal.Postal",
    "reports": "thongsuot.exchange.connectors.reports.Reports",
    "procedure_database": "thongsuot.exchange.connectors.procedure_database.ProcedureDatabase",
    "population": "thongsuot.exchange.connectors.population.Population",
    "portal_facade": "thongsuot.exchange.connectors.portal_facade.PortalFacade",
    "mail": "thongsuot.exchange.connectors.mail.Mail",
    "ministry_igate": "thongsuot.exchange.connectors.ministry_igate.MinistryIgate",
    "ministry_lgsp": "thongsuot.exchange.connectors.ministry_lgsp.MinistryLgsp",
    "ministry_polled": "thongsuot.exchange.connectors.ministry_polled.MinistryPolled",
    "land": "thongsuot.exchange.connectors.land.Land",
}


class KindUnknown(Refusal):
    """The configuration of a partner names a kind of connector that there is not."""

    code = "connector_kind_unknown"
    kind = Kind.UNKNOWN


def connector(connection: Connection) -> Connector:
    """The connector of a connection. Raises KindUnknown."""
    path = KINDS.get(connection.kind)
    if path is None:
        raise KindUnknown("kind", given=connection.kind, partner=connection.partner)
    module, name = path.rsplit(".", 1)
    return cast(Make, getattr(import_module(module), name))(connection)
