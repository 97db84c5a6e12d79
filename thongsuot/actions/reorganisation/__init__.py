"""Plans of reorganisation: built, checked, rehearsed on live data, approved, switched."""

from thongsuot.actions.reorganisation.course import approve, keep, rehearse

__all__ = ["approve", "keep", "rehearse"]
