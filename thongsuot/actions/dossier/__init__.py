"""Acts on a dossier: load, decide, append, each in one transaction."""

from thongsuot.actions.dossier.desk import accept_due, act, change_process, notice_due
from thongsuot.actions.dossier.elsewhere import send_elsewhere
from thongsuot.actions.dossier.entry import FIELDS as ENTERED
from thongsuot.actions.dossier.entry import read_reception, take_in
from thongsuot.actions.dossier.moves import MOVES, Field, FieldKind, Move, make
from thongsuot.actions.dossier.reception import (
    Reception,
    decline,
    open_child,
    preview,
    receive,
    require_received_here,
    take_over,
)

__all__ = [
    "ENTERED",
    "MOVES",
    "Field",
    "FieldKind",
    "Move",
    "Reception",
    "accept_due",
    "act",
    "change_process",
    "decline",
    "make",
    "notice_due",
    "open_child",
    "preview",
    "read_reception",
    "receive",
    "require_received_here",
    "send_elsewhere",
    "take_in",
    "take_over",
]
