"""What is noted beside a term or a fee that the national database gives only in part."""

NO_TERM = "CSDLQG không ghi thời hạn; người tiếp nhận hẹn ngày và ghi căn cứ"


def no_unit(given: str) -> str:
    """A number that has no unit is no term."""
    return f"CSDLQG ghi “{given}” không có đơn vị; người tiếp nhận hẹn ngày và ghi căn cứ"


def steps(given: tuple[str, ...]) -> str:
    """Terms of single steps are not the term of the whole."""
    return (
        f"CSDLQG chỉ ghi thời hạn từng bước ({' + '.join(given)}); "
        "người tiếp nhận hẹn ngày và ghi căn cứ"
    )


def fee(shown: str, note: str) -> str:
    """What the national database shows of a fee whose amount is not certain."""
    return " – ".join(part for part in (f"CSDLQG ghi: {shown}" if shown else "", note) if part)
