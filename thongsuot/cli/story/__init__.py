"""One continuous story in chapters; each goes on where the one before it ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from thongsuot.cli.story import january, july, june, march, september
from thongsuot.cli.story.january import setting as of_january
from thongsuot.cli.story.july import setting as of_july
from thongsuot.cli.story.june import setting as of_june
from thongsuot.cli.story.march import setting as of_march
from thongsuot.cli.story.september import setting as of_september
from thongsuot.cli.story.teller import Beat, Teller
from thongsuot.domain.refusal import Kind, Refusal


class NoSuchChapter(Refusal):
    """The story has no chapter of this number."""

    code = "no_such_chapter"
    kind = Kind.UNKNOWN


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the story: its days, its title, and who plays it."""

    number: int
    title: str
    first: date
    last: date
    people: int
    play: Callable[..., Teller]


CHAPTERS: tuple[Chapter, ...] = (
    Chapter(
        1,
        "Những ngày tháng 6/2025 ở thị trấn Tam Đường và ở tỉnh",
        of_june.FIRST,
        of_june.LAST,
        320,
        june.play,
    ),
    Chapter(
        2,
        "Sắp xếp cả tỉnh lúc 0 giờ ngày 01/07/2025: phương án, diễn tập, chuyển, cân đối, hoàn tác",
        of_july.FIRST,
        of_july.LAST,
        40,
        july.play,
    ),
    Chapter(
        3,
        "Một ngày của quầy và bàn: xã Bình Lư, thứ Hai 15/09/2025",
        of_september.DAY,
        of_september.LAST,
        24,
        september.play,
    ),
    Chapter(
        4,
        "Chuyển sang hệ thống của bộ lúc 0 giờ ngày 01/01/2026, trong khi các đối tác đang lỗi",
        of_january.FIRST,
        of_january.LAST,
        9,
        january.play,
    ),
    Chapter(
        5,
        "Bàn giao hồ sơ kế thừa của một lĩnh vực sang hệ thống của bộ, 02/03/2026",
        of_march.FIRST,
        of_march.LAST,
        0,
        march.play,
    ),
)


def chapters(upto: int | None) -> tuple[Chapter, ...]:
    """The chapters from the first up to this one; all without a number. Raises NoSuchChapter."""
    if upto is None:
        return CHAPTERS
    if upto not in {chapter.number for chapter in CHAPTERS}:
        known = ", ".join(str(chapter.number) for chapter in CHAPTERS)
        raise NoSuchChapter("chapter", given=upto, known=known)
    return tuple(chapter for chapter in CHAPTERS if chapter.number <= upto)


__all__ = ["CHAPTERS", "Beat", "Chapter", "NoSuchChapter", "Teller", "chapters"]
