"""The catalogue changes by decision: procedures, processes, rosters, simplification plans."""

from thongsuot.actions.catalogue.plans import decide_plan
from thongsuot.actions.catalogue.procedures import (
    amend,
    draft_procedure,
    import_procedures,
    publish,
    repeal,
    replace_by,
)
from thongsuot.actions.catalogue.proposals import (
    appraise,
    decide,
    draft_process,
    draft_roster,
    edit,
    propose,
    send_back,
)

__all__ = [
    "amend",
    "appraise",
    "decide",
    "decide_plan",
    "draft_procedure",
    "draft_process",
    "draft_roster",
    "edit",
    "import_procedures",
    "propose",
    "publish",
    "repeal",
    "replace_by",
    "send_back",
]
