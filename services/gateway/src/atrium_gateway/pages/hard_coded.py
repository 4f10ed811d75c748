"""Text that reaches a page past the catalogues: in templates, in scripts of the browser, in modules of the pages.

`translation check` runs it. What is meant to be the same in every language stands in `KEPT`, with the reason.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, nodes

PACKAGE = Path(__file__).parent.parent
SERVICE = PACKAGE.parents[1]
SCRIPTS = SERVICE / "frontend" / "islands"
ZONES = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")

KEPT: Mapping[str, str] = {
    "Atrium": "the product's name",
    "English": "a language is named in itself",
    "Deutsch": "a language is named in itself",
    **dict.fromkeys(ZONES, "the first part of time zones' names"),
    **dict.fromkeys(("Enter", "Escape"), "a key of the keyboard"),
    **dict.fromkeys(("Location", "Vary", "Accept"), "a header"),
}
#: Folders and modules that are not looked at.
APART: Mapping[str, str] = {
    "pages/samples": "made-up work of made-up people, on no page of a portal",
    "pages/templates/components": "the style page, for developers; its samples are written in both languages",
    "pages/translation.py": "a developer's command",
    "pages/hard_coded.py": "a developer's command",
}

GETTEXT = frozenset({"_", "gettext", "ngettext", "_n", "pgettext"})
#: Problems and their faults are told in the reader's language by their code (`problem_words`).
UNSEEN = GETTEXT | {"TypeVar", "Fault", "ProblemField"}
DOCUMENTING = frozenset({"description", "examples", "summary"})
#: Attributes that are read out or shown.
SPOKEN = frozenset({"title", "alt", "placeholder", "label", "aria-label", "aria-description", "aria-valuetext"})
SPOKEN_DATA = re.compile(r"data-(words|lost|say|label)")
BUTTONS = frozenset({"submit", "button", "reset"})
UNREAD = frozenset({"script", "style"})
WORD = re.compile(r"[^\W\d_]{2,}")
#: A capital and small letters, a word that only sentences have, or the end of one: no class, address or key of ours is
#: written so.
WORDED = re.compile(
    r"^[A-ZÄÖÜ][a-zäöüß]{2,}(-[a-z]+)?(?=$|[ ,.:;?!…])|[a-zäöü]{3}[.?!…]$"
    r"|\w (a|an|the|of|to|is|in|with|for|by|and|or|der|die|das|und|ist|zu|von|mit|für|bei)( \w|$)"
)
ATTRIBUTE = re.compile(r'[\w:-]+="[^"]*"')

TYPESCRIPT = re.compile(
    r"//[^\n]*|/\*.*?\*/|(?P<quote>['\"`])(?P<text>(?:\\.|(?!(?P=quote)).)*)(?P=quote)|(?<=[(=,]) ?/(?:\\.|[^/\n\\])+/",
    re.DOTALL,
)
#: What a literal right behind it is shown as.
SINK = re.compile(
    r"(\.(textContent|innerText|innerHTML|title|alt|placeholder|ariaLabel|label)\s*=|append\(|alert\(|"
    r"setAttribute\(\s*['\"](title|alt|placeholder|aria-(label|description|valuetext))['\"],)\s*$"
)


class _Printed(HTMLParser):
    """Words of a page's text and of its spoken attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unread += tag in UNREAD
        given = {name: value or "" for name, value in attrs}
        for name, value in given.items():
            is_label = name == "value" and tag == "input" and given.get("type") in BUTTONS
            if (name in SPOKEN or SPOKEN_DATA.match(name) or is_label) and WORD.search(value):
                self.found.append(f"{name}={value.strip()}")

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in UNREAD

    def handle_data(self, data: str) -> None:
        # A block or a macro may hold nothing but attributes.
        text = " ".join(ATTRIBUTE.sub(" ", data).split())
        if not self._unread and WORD.search(text):
            self.found.append(text)


def in_template(template: str) -> list[str]:
    """Words that a template prints without gettext: as text, in a spoken attribute, or by an expression."""
    env = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)
    printed = _Printed()
    printed.feed("".join(value if kind == "data" else " " for _line, kind, value in env.lex(template)))
    printed.close()
    return [text for text in printed.found + list(_expressed(env.parse(template))) if text not in KEPT]


def _expressed(tree: nodes.Node) -> Iterator[str]:
    """Literals within expressions, but for what is passed to gettext."""
    if isinstance(tree, nodes.Call) and isinstance(tree.node, nodes.Name) and tree.node.name in GETTEXT:
        return
    if isinstance(tree, nodes.Const) and isinstance(tree.value, str) and WORDED.search(tree.value):
        yield tree.value
    for child in tree.iter_child_nodes():
        yield from _expressed(child)


def in_script(script: str) -> list[str]:
    """Literals of a script that read as words, and any that are put straight into the page."""
    found = []
    for match in TYPESCRIPT.finditer(script):
        text = match["text"]
        if text is None or text in KEPT:
            continue
        plain = re.sub(r"\$\{[^}]*\}", " ", text).strip()
        if WORDED.search(plain) or (WORD.search(plain) and SINK.search(script[: match.start()])):
            found.append(text)
    return found


def in_module(module: str) -> list[str]:
    """Literals of a module of the pages that read as words."""
    return list(_literals(ast.parse(module)))


def _literals(tree: ast.AST) -> Iterator[str]:
    if isinstance(tree, ast.Constant) and isinstance(tree.value, str):
        if WORDED.search(tree.value) and tree.value not in KEPT:
            yield tree.value
    elif not _is_unseen(tree):
        for name, value in ast.iter_fields(tree):
            if name not in {"annotation", "returns"}:
                for child in value if isinstance(value, list) else [value]:
                    yield from _literals(child) if isinstance(child, ast.AST) else ()


def _is_unseen(tree: ast.AST) -> bool:
    """Passed to gettext, or documentation, or no text at all."""
    if isinstance(tree, ast.Call):
        function = tree.func
        return (function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")) in UNSEEN
    if isinstance(tree, ast.Assign):
        return any(isinstance(target, ast.Name) and target.id == "EXAMPLE" for target in tree.targets)
    is_docstring = isinstance(tree, ast.Expr) and isinstance(tree.value, ast.Constant)
    return isinstance(tree, ast.Raise) or is_docstring or (isinstance(tree, ast.keyword) and tree.arg in DOCUMENTING)


def everywhere() -> Iterator[str]:
    """What the whole product says past its catalogues, with where."""
    looks = (
        (PACKAGE.rglob("*.html"), in_template),
        (SCRIPTS.rglob("*.ts"), in_script),
        ((PACKAGE / "pages").rglob("*.py"), in_module),
    )
    for paths, look in looks:
        for path in sorted(path for path in paths if not _is_apart(path)):
            where = path.relative_to(SERVICE)
            yield from (f"{where}: {text!r} is not translated" for text in look(path.read_text()))


def _is_apart(path: Path) -> bool:
    return any(path.is_relative_to(PACKAGE / apart) for apart in APART)
