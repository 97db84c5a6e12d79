"""Training that officials attended, and operating rules that each acknowledged by name.

Source: letter of Lai Châu 6/2025 (UBND-HCC) points 1 and 3.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from thongsuot.domain.refusal import Kind, Refusal

_SHA256 = re.compile(r"[0-9a-f]{64}")


class NoSuchLesson(Refusal):
    """No training and no rules are registered under this number."""

    code = "no_such_lesson"
    kind = Kind.UNKNOWN


class AcknowledgedByOneself(Refusal):
    """Rules are acknowledged by whoever is bound by them, never for another; training is noted."""

    code = "acknowledged_by_oneself"


class FingerprintMalformed(Refusal):
    """The fingerprint of a file is 64 digits and letters a to f."""

    code = "fingerprint_malformed"
    kind = Kind.MALFORMED


class LessonKind(StrEnum):
    """A training session, or operating rules."""

    TRAINING = "training"
    RULES = "rules"


@dataclass(frozen=True, slots=True)
class Lesson:
    """A training session or operating rules of a day; `office` "" is for everybody.

    Refuses: FingerprintMalformed.
    """

    kind: LessonKind
    title: str
    on: date
    office: str = ""
    sha256: str = ""

    def __post_init__(self) -> None:
        if self.sha256 and not _SHA256.fullmatch(self.sha256):
            raise FingerprintMalformed("sha256")


def require_acknowledgeable(lesson: Lesson) -> None:
    """Only rules are acknowledged by oneself. Raises AcknowledgedByOneself."""
    if lesson.kind is not LessonKind.RULES:
        raise AcknowledgedByOneself("lesson", title=lesson.title)


def require_attendable(lesson: Lesson) -> None:
    """Only a training session is noted for others. Raises AcknowledgedByOneself."""
    if lesson.kind is not LessonKind.TRAINING:
        raise AcknowledgedByOneself("lesson", title=lesson.title)
