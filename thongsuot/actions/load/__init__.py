"""Data from files: whole files or nothing, and of every line what became of it."""

from thongsuot.actions.load.report import RefusedLine, Report
from thongsuot.actions.load.running import load_files, load_shipped, load_texts
from thongsuot.actions.load.sources import Subject

__all__ = ["RefusedLine", "Report", "Subject", "load_files", "load_shipped", "load_texts"]
