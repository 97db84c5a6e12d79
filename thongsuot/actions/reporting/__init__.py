"""What is done with reports: dossiers are reckoned, reports filled, checked, sent, accepted."""

from thongsuot.actions.reporting import exporting
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
from thongsuot.actions.reporting.ordering import accept as accept_answer
from thongsuot.actions.reporting.ordering import answer, close, give_back, order
from thongsuot.actions.reporting.reckoning import catch_up
from thongsuot.actions.reporting.reminding import remind

__all__ = [
    "Contents",
    "OfReport",
    "ReportChangedMeanwhile",
    "accept",
    "accept_answer",
    "answer",
    "ask_unlock",
    "catch_up",
    "check",
    "close",
    "exporting",
    "fill",
    "give_back",
    "lock",
    "order",
    "remind",
    "restate",
    "return_",
    "submit",
    "unlock",
]
