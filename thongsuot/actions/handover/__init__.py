"""Dossiers are handed over to the systems of ministries, and followed to the last of them."""

from thongsuot.actions.handover.asking import TASK, ask, done, wanted
from thongsuot.actions.handover.certifying import certificate_of, certify, evidence_of
from thongsuot.actions.handover.deciding import approve, close, withdraw
from thongsuot.actions.handover.drafting import Checked, Draft, begin_check, drafts, end_check, note
from thongsuot.actions.handover.following import follow, follow_all
from thongsuot.actions.handover.planning import plan
from thongsuot.actions.handover.sending import send
from thongsuot.actions.handover.shapes import shape_for

__all__ = [
    "TASK",
    "Checked",
    "Draft",
    "approve",
    "ask",
    "begin_check",
    "certificate_of",
    "certify",
    "close",
    "done",
    "drafts",
    "end_check",
    "evidence_of",
    "follow",
    "follow_all",
    "note",
    "plan",
    "send",
    "shape_for",
    "wanted",
    "withdraw",
]
