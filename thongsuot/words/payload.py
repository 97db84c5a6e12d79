"""JSON as it comes from outside: read once, and refused in a sentence when it is none."""

from __future__ import annotations

import json
from typing import NoReturn

from thongsuot.domain.refusal import Kind, Refusal

DEEPEST = 20


class JsonMalformed(Refusal):
    """The text is no JSON, or JSON that two readers may read in two ways."""

    code = "json_malformed"
    kind = Kind.MALFORMED

    @classmethod
    def because(cls, why: str, position: int = 0) -> JsonMalformed:
        """The refusal with the reason, and the character at which it was seen."""
        return cls("body", why=why, position=position + 1)


def parse(raw: bytes) -> object:
    """What a JSON text says. Raises JsonMalformed."""
    try:
        given = raw.decode()
        value = json.loads(given, object_pairs_hook=_once, parse_constant=_no_number)
    except UnicodeDecodeError as wrong:
        raise JsonMalformed.because("not_utf8", wrong.start) from None
    except json.JSONDecodeError as wrong:
        raise JsonMalformed.because("syntax", wrong.pos) from None
    except ValueError:  # a whole number of thousands of digits
        raise JsonMalformed.because("too_long_a_number") from None
    except RecursionError:
        raise JsonMalformed.because("too_deep") from None
    if _depth(value) > DEEPEST:
        raise JsonMalformed.because("too_deep")
    return value


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise JsonMalformed.because("name_given_twice")
    return found


def _no_number(_: str) -> NoReturn:
    """NaN and the infinities are no JSON, whatever Python reads."""
    raise JsonMalformed.because("not_a_number")


def _depth(value: object) -> int:
    """How many objects and lists lie within each other."""
    deepest, waiting = 0, [(value, 1)]
    while waiting:
        item, depth = waiting.pop()
        if not isinstance(item, dict | list):
            continue
        deepest = max(deepest, depth)
        inner = item.values() if isinstance(item, dict) else item
        waiting.extend((part, depth + 1) for part in inner)
    return deepest
