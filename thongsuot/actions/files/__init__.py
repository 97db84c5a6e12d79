"""Files come in: looked at before anything is kept, and kept once by their content."""

from thongsuot.actions.files.inspection import (
    FileCutOff,
    FileEmpty,
    FileEncrypted,
    FileMislabelled,
    FileTooLarge,
    FileTypeUnknown,
    ImageTooLarge,
)
from thongsuot.actions.files.store import Inspected, NoFileGiven, Upload, inspect, keep

__all__ = [
    "FileCutOff",
    "FileEmpty",
    "FileEncrypted",
    "FileMislabelled",
    "FileTooLarge",
    "FileTypeUnknown",
    "ImageTooLarge",
    "Inspected",
    "NoFileGiven",
    "Upload",
    "inspect",
    "keep",
]
