"""What is done with reports: dossiers are reckoned, reports filled, checked, sent, accepted."""

from thongsuot.actions.reporting.life import (
    Contents,
    OfReport,
    ReportChangedMeanwhile,
    accept,
    ask_unlock,
    check,
    fill,
    lock,
    restate,
    return_,
    submit,
    unlock,
)
from thongsuot.actions.reporting.reckoning import catch_up

__all__ = [
    "Contents",
    "OfReport",
    "ReportChangedMeanwhile",
    "accept",
    "ask_unlock",
    "catch_up",
    "check",
    "fill",
    "lock",
    "restate",
    "return_",
    "submit",
    "unlock",
]
