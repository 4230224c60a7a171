"""Normalises rich text as its editor would store it, for comparing two versions.

Draftail reads HTML into blocks of marked text and writes it anew, so saving alone changes the order
of attributes and tags, entities, white space and paragraph keys. The constants follow
`wagtail.admin.rich_text.converters.html_to_contentstate`.
"""

import re
from html.parser import HTMLParser
from typing import Any, Final

# As the editor's: a no-break space is none of it.
WHITE_SPACE: Final = re.compile(r"([ \t\n\f\r]+)")
INLINE: Final = frozenset(
    {"a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "mark", "q", "s", "small"}
    | {"span", "strong", "sub", "sup", "u"}
)
VOID: Final = frozenset({"br", "embed", "hr", "img"})
PARAGRAPH_KEY: Final = "data-block-key"

# A tag of text with its attributes, such as bold or a link.
Mark = tuple[str, tuple[tuple[str, str], ...]]
Run = tuple[str, frozenset[Mark]]


def rich_text_words(html: str) -> list[Any]:
    """Return the blocks of rich text and their texts; an empty list where it shows nothing.

    In order: a tag is `[tag, attributes]` or `[/tag]`, a text `{"text": …, "marks": …}`.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.tokens()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._found: list[Any] = []
        self._depth = 0
        self._marks: list[Mark] = []
        # The words and white space of the current block, each with its marks.
        self._pieces: list[Run] = []

    def tokens(self) -> list[Any]:
        self._end_block()
        shows = any(isinstance(token, dict) or token[0] in VOID for token in self._found)
        return self._found if shows else []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = sorted((name, value or "") for name, value in attrs if name != PARAGRAPH_KEY)
        if tag in INLINE:
            self._marks.append((tag, tuple(kept)))
        else:
            self._end_block()
            self._found.append([tag, kept])
            self._depth += tag not in VOID

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in INLINE:
            at = next((n for n, mark in enumerate(self._marks) if mark[0] == tag), None)
            if at is not None:
                del self._marks[at]
        elif tag not in VOID:
            self._end_block()
            self._found.append([f"/{tag}"])
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        marks = frozenset(self._marks)
        self._pieces += [(piece, marks) for piece in WHITE_SPACE.split(data) if piece]

    def handle_comment(self, data: str) -> None:
        self._end_block()
        self._found.append(["!", data])

    def handle_decl(self, decl: str) -> None:
        self.handle_comment(decl)

    def unknown_decl(self, data: str) -> None:
        self.handle_comment(data)

    def handle_pi(self, data: str) -> None:
        self.handle_comment(data)

    def _end_block(self) -> None:
        """Add the text of the current block; between words is one space, marked where both are."""
        runs: list[Run] = []
        is_apart = False
        for piece, marks in self._pieces:
            if WHITE_SPACE.fullmatch(piece):
                is_apart = True
                continue
            if is_apart and runs:
                _append(runs, " ", runs[-1][1] & marks)
            _append(runs, piece, marks)
            is_apart = False
        self._pieces = []
        words = [{"text": text, "marks": sorted(marks)} for text, marks in runs]
        # The editor puts text that is in no block into a paragraph.
        self._found += words if self._depth or not words else [["p", []], *words, ["/p"]]


def _append(runs: list[Run], text: str, marks: frozenset[Mark]) -> None:
    if runs and runs[-1][1] == marks:
        text = runs.pop()[0] + text
    runs.append((text, marks))
