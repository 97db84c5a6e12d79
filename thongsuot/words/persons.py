"""Personal data as lists may show it."""


def masked_name(name: str) -> str:
    """A name of which only the last word is whole: G. T. Mỷ; a single word keeps its first letter."""
    *before, last = name.split() or [""]
    if not before:
        return f"{last[:1]}•••" if last else ""
    return " ".join([*(f"{word[:1]}." for word in before), last])


def masked(number: str) -> str:
    """A personal number with only its first and last digits."""
    return f"{number[:3]}{'•' * max(len(number) - 5, 0)}{number[-2:]}" if number else ""
