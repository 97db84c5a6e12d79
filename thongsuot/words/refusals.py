"""One Vietnamese sentence for each refusal: what is wrong, where, how to mend it."""

from thongsuot.domain.refusal import Refusal

SENTENCES: dict[str, str] = {
    # -- identifiers
}


def sentence(refusal: Refusal) -> str:
    """The refusal as one sentence for the person at the door."""
    return SENTENCES[refusal.code].format_map({**refusal.facts, "where": refusal.where})
