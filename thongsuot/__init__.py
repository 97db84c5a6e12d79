"""Thông Suốt: a province receives and resolves its administrative procedures."""
