"""The one generator of volume data: invented dossiers, the same ones for the same seed."""

from thongsuot.actions.seed.sowing import (
    BadSowing,
    Grown,
    NotADatabaseToSow,
    NothingToSowOn,
    Sowing,
    sow,
)

__all__ = ["BadSowing", "Grown", "NotADatabaseToSow", "NothingToSowOn", "Sowing", "sow"]
