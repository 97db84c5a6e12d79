"""From a moment on a field is received elsewhere; what came before is finished here.

Source: letters of Lai Châu 12/2025 (UBND-HCC) and Lào Cai 4/2026.
"""

from thongsuot.domain.cutover.rules import (
    Because,
    BelongsElsewhere,
    Destination,
    FieldAct,
    FieldStep,
    Ground,
    ReceptionSystem,
    Rule,
    RuleOfNothing,
    StepBeforeNow,
    StepNotNow,
    SystemState,
    acts_now,
    destination,
    field_destination,
    take,
)

__all__ = [
    "Because",
    "BelongsElsewhere",
    "Destination",
    "FieldAct",
    "FieldStep",
    "Ground",
    "ReceptionSystem",
    "Rule",
    "RuleOfNothing",
    "StepBeforeNow",
    "StepNotNow",
    "SystemState",
    "acts_now",
    "destination",
    "field_destination",
    "take",
]
