"""XML from partners: no document type, no entities, nothing fetched, bounded depth."""

from __future__ import annotations

from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from thongsuot.exchange.transports.http import Unreadable

DEEPEST = 60


def read(content: bytes | str) -> Element:
    """The root of a document; names are `{namespace}name`. Raises Unreadable.

    Encoded text has to say its encoding or be UTF-8.
    """
    reader = _Reader()
    try:
        reader.parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as wrong:
        raise Unreadable(f"not XML: {type(wrong).__name__}") from None
    return reader.builder.close()


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along these names, whatever their namespace; None where it breaks off."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if local(one) == name), None)
    return element


def text(element: Element | None, *path: str) -> str:
    """The text at the end of a path, without blanks around; "" where there is none."""
    found = child(element, *path)
    return (found.text or "").strip() if found is not None else ""


class _Reader:
    """Builds the tree; what could reach beyond the document is refused where it begins."""

    def __init__(self) -> None:
        self.builder, self._depth = TreeBuilder(), 0
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self.builder.data
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.ExternalEntityRefHandler = self._refuse_reference

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Unreadable("XML too deep")
        self.builder.start(_named(name), {_named(key): one for key, one in attributes.items()})

    def _end(self, name: str) -> None:
        self._depth -= 1
        self.builder.end(_named(name))

    def _refuse_reference(self, *_: object) -> int:
        raise Unreadable("XML that refers to something outside")

    def _refuse(self, *_: object) -> None:
        raise Unreadable("XML with a document type or entities")


def _named(name: str) -> str:
    return f"{{{name}" if "}" in name else name
