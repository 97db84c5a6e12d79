"""Two accounts of the same dossiers are compared, and what differs is mended by people."""

from thongsuot.actions.reconciliation.comparing import Reconciled, compared, reconcile
from thongsuot.actions.reconciliation.sides import ExportNotBroughtIn, SideUnknown

__all__ = ["ExportNotBroughtIn", "Reconciled", "SideUnknown", "compared", "reconcile"]
