"""Plans of reorganisation as officials read and write them: YAML with Vietnamese words."""

from thongsuot.words.plans.faults import sentence, told
from thongsuot.words.plans.reading import Read, read
from thongsuot.words.plans.writing import write

__all__ = ["Read", "read", "sentence", "told", "write"]
