"""Plans of reorganisation: built, checked, rehearsed on live data, approved, switched."""

from thongsuot.actions.reorganisation.course import approve, keep
from thongsuot.actions.reorganisation.rehearsal import rehearse

__all__ = ["approve", "keep", "rehearse"]
