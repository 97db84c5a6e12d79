"""Somebody at a screen asks a partner: the question is kept, a worker puts it, nobody waits long."""

from thongsuot.actions.enquiries.papers import ask_for_papers, fetch_paper
from thongsuot.actions.enquiries.payments import (
    ask_about_payment,
    ask_about_payments,
    begin_payment,
    take_payment,
)
from thongsuot.actions.enquiries.people import ask_about_person
from thongsuot.actions.enquiries.putting import PRIORITY, QUEUE, TASK
from thongsuot.actions.enquiries.set_ups import ask_how_set_up
from thongsuot.actions.enquiries.settling import forget_enquiries, settle, take

__all__ = [
    "PRIORITY",
    "QUEUE",
    "TASK",
    "ask_about_payment",
    "ask_about_payments",
    "ask_about_person",
    "ask_for_papers",
    "ask_how_set_up",
    "begin_payment",
    "fetch_paper",
    "forget_enquiries",
    "settle",
    "take",
    "take_payment",
]
