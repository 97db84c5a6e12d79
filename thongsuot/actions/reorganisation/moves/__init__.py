"""Everything but dossiers that a plan moves: one list for the rehearsal and for the switch."""

from thongsuot.actions.reorganisation.moves.by_hand import addresses, certificates, systems
from thongsuot.actions.reorganisation.moves.move import Begins, Change, Ends, Look, Move, Sets
from thongsuot.actions.reorganisation.moves.offices import bodies, counters, reports
from thongsuot.actions.reorganisation.moves.people import accounts, roles, rosters, substitutions
from thongsuot.actions.reorganisation.moves.work import competences

__all__ = [
    "LOOKS",
    "Begins",
    "Change",
    "Ends",
    "Move",
    "Sets",
    "accounts",
    "counters",
    "rosters",
]

# In this order they are switched: bodies stand before anything is given to them.
LOOKS: dict[str, Look] = {
    "bodies": bodies,
    "counters": counters,
    "accounts": accounts,
    "roles": roles,
    "substitutions": substitutions,
    "rosters": rosters,
    "competences": competences,
    "certificates": certificates,
    "addresses": addresses,
    "systems": systems,
    "reports": reports,
}
