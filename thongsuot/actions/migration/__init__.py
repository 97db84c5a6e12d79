"""Old systems are brought in: read, mapped, rehearsed, loaded, balanced, signed."""

from thongsuot.actions.migration.asking import TASK, ask, do_asked
from thongsuot.actions.migration.generating import (
    PAPERS_AT_MOST,
    STEPS_AT_MOST,
    Generated,
    generate,
)
from thongsuot.actions.migration.layouts import layout, layouts
from thongsuot.actions.migration.loading import load, rehearse
from thongsuot.actions.migration.mapping import as_csv, decide, propose, settle
from thongsuot.actions.migration.mapping import sign as sign_maps
from thongsuot.actions.migration.signing import close
from thongsuot.actions.migration.signing import sign as sign_result
from thongsuot.actions.migration.steps import read, read_upload

__all__ = [
    "PAPERS_AT_MOST",
    "STEPS_AT_MOST",
    "TASK",
    "Generated",
    "as_csv",
    "ask",
    "close",
    "decide",
    "do_asked",
    "generate",
    "layout",
    "layouts",
    "load",
    "propose",
    "read",
    "read_upload",
    "rehearse",
    "settle",
    "sign_maps",
    "sign_result",
]
