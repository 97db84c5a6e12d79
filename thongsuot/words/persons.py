"""Personal data as lists may show it."""


def masked(number: str) -> str:
    """A personal number with only its first and last digits."""
    return f"{number[:3]}{'•' * max(len(number) - 5, 0)}{number[-2:]}" if number else ""
