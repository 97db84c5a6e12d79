"""Old systems are brought in: read, mapped, rehearsed, loaded, balanced, signed."""

from thongsuot.actions.migration.generating import Generated, generate
from thongsuot.actions.migration.layouts import layout, layouts
from thongsuot.actions.migration.loading import load, rehearse
from thongsuot.actions.migration.mapping import as_csv, decide, propose
from thongsuot.actions.migration.mapping import sign as sign_maps
from thongsuot.actions.migration.signing import sign as sign_result
from thongsuot.actions.migration.steps import read

__all__ = [
    "Generated",
    "as_csv",
    "decide",
    "generate",
    "layout",
    "layouts",
    "load",
    "propose",
    "read",
    "rehearse",
    "sign_maps",
    "sign_result",
]
