"""What must hold between the catalogs and the code; each rule returns what breaks it, one line each."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from bot.words import slug

# Messages that are found by convention (`bot/say.py`, `bot/nudge/`), so no sentence of code names them in full.
CONVENTIONS = ("command", "choice", "form", "field", "option", "role", "verb")
# Arguments that count things named after them, so that one of them reads otherwise than several.
COUNTS = frozenset(
    {"count", "n", "hours", "minutes", "days", "weeks", "months", "years", "times", "places", "characters", "offers"}
    | {"members", "people", "colleagues", "rooms", "communities", "requests", "messages"}
)
SENTENCE = 3
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")


# ---------------------------------------------------------------- catalogs


@dataclass
class Entry:
    """A message or term of one language. patterns: "" or the attribute's name -> its pattern."""

    id: str
    where: str
    patterns: dict[str, ftl.Pattern]


Catalog = Mapping[str, Entry]


def language(path: Path) -> str:
    return path.stem.rpartition(".")[2]


def read(sources: Mapping[str, str]) -> Catalog:
    """One language. sources: where -> Fluent source."""
    catalog: dict[str, Entry] = {}
    for where, source in sources.items():
        for entry in FluentParser().parse(source).body:
            if isinstance(entry, ftl.Message | ftl.Term):
                name = f"-{entry.id.name}" if isinstance(entry, ftl.Term) else entry.id.name
                patterns = {"": entry.value} if entry.value else {}
                patterns |= {attribute.id.name: attribute.value for attribute in entry.attributes}
                catalog[name] = Entry(name, where, patterns)
    return catalog


class _Seen(Visitor):
    """What a pattern holds."""

    def __init__(self, node: ftl.BaseNode) -> None:
        self.variables: set[str] = set()
        self.selected: set[str] = set()
        self.references: set[str] = set()
        self.texts: list[str] = []
        self.visit(node)

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802 - the visitor's naming
        self.variables.add(node.id.name)

    def visit_SelectExpression(self, node: ftl.SelectExpression) -> None:  # noqa: N802
        if isinstance(node.selector, ftl.VariableReference):
            self.selected.add(node.selector.id.name)
        self.generic_visit(node)

    def visit_MessageReference(self, node: ftl.MessageReference) -> None:  # noqa: N802
        self.references.add(node.id.name)

    def visit_TermReference(self, node: ftl.TermReference) -> None:  # noqa: N802
        self.references.add(f"-{node.id.name}")
        self.generic_visit(node)

    def visit_TextElement(self, node: ftl.TextElement) -> None:  # noqa: N802
        self.texts.append(node.value)


def differences(first: Catalog, second: Catalog, name: str) -> Iterator[str]:
    """What `second` (the language `name`) lacks, or says with other variables."""
    for entry in first.values():
        other = second.get(entry.id)
        if other is None:
            yield f"{entry.where}: {entry.id} is missing in {name}"
            continue
        for attribute, pattern in entry.patterns.items():
            shown = f"{entry.id}.{attribute}" if attribute else entry.id
            if attribute not in other.patterns:
                yield f"{entry.where}: {shown} is missing in {name}"
            elif missing := _Seen(pattern).variables - _Seen(other.patterns[attribute]).variables:
                yield f"{other.where}: {shown} does not use {', '.join(sorted(missing))} in {name}"


def missing_plurals(catalog: Catalog) -> Iterator[str]:
    """Counting arguments that stand before a word with no selector of their own."""
    for entry in catalog.values():
        for pattern in entry.patterns.values():
            selected = _Seen(pattern).selected
            for variable, following in _followed(pattern):
                if variable in COUNTS - selected and re.match(r"[\s\u00a0\u202f]+[^\W\d]", following):
                    yield f"{entry.where}: {entry.id} counts ${variable} without a plural"


def _followed(pattern: ftl.Pattern) -> Iterator[tuple[str, str]]:
    """Every variable of a pattern, variants of selectors included, with the text right after it."""
    elements: Sequence[ftl.TextElement | ftl.Placeable] = pattern.elements
    for index, element in enumerate(elements):
        if not isinstance(element, ftl.Placeable):
            continue
        after = elements[index + 1] if index + 1 < len(elements) else None
        if isinstance(element.expression, ftl.VariableReference):
            yield element.expression.id.name, after.value if isinstance(after, ftl.TextElement) else ""
        elif isinstance(element.expression, ftl.SelectExpression):
            for variant in element.expression.variants:
                yield from _followed(variant.value)


def plain_spaces(catalog: Catalog) -> Iterator[str]:
    """French typography: the space before : ; ? ! » and after « does not break. ("!community" is a command.)"""
    for entry in catalog.values():
        for pattern in entry.patterns.values():
            for text in _Seen(pattern).texts:
                if re.search(r" [:;?!»](?!\w)|« ", text):
                    yield f"{entry.where}: {entry.id} has a plain space by a mark: {text.strip()!r}"


ONE_TERM: Mapping[str, str] = {
    r"plates?-formes?": "plateforme",
    r"robots?": "bot",
    r"listes? (du personnel|de (l’|votre )entreprise|des (personnes|salariés|employés))": "annuaire du personnel",
    r"annuaires? de (l’|votre )entreprise": "annuaire du personnel",
    r"(canal|canaux)": "salon",
    r"(champs?)": "rubrique",
    r"(e-mails?|emails?|mails?|mél)": "courriel",
    r"(configurations?|paramétrages?)": "réglages",
}
"""In French one thing has one name: other names for it, as a regular expression -> the name."""


def other_terms(catalog: Catalog) -> Iterator[str]:
    """A thing is called by its one name (`ONE_TERM`)."""
    for entry in catalog.values():
        for pattern in entry.patterns.values():
            for text in _Seen(pattern).texts:
                for other, term in ONE_TERM.items():
                    found = re.search(rf"(?<![\w`.-]){other}(?![\w`-])", text, re.IGNORECASE)
                    if found:
                        yield f"{entry.where}: {entry.id} says {found[0]!r} where others say {term!r}"


def addressed(catalog: Catalog) -> Iterator[str]:
    """What a rubric of the profile is called is read by others too, so that it speaks to nobody."""
    for entry in catalog.values():
        if entry.id.startswith("profile-field-"):
            for pattern in entry.patterns.values():
                if any(re.search(r"\b(vous|votre|vos)\b", text) for text in _Seen(pattern).texts):
                    yield f"{entry.where}: {entry.id} speaks to its reader"


# ---------------------------------------------------------------- code


@dataclass
class Code:
    """What code says about messages.

    constants: every string that is no docstring. patterns: f-strings that build an id. named: (where, id) that stand
    where a message's id stands. facts: ids of lines shown as facts. questions: names. sentences: written inline.
    """

    constants: set[str] = field(default_factory=set)
    patterns: set[str] = field(default_factory=set)
    named: set[tuple[str, str]] = field(default_factory=set)
    facts: set[tuple[str, str]] = field(default_factory=set)
    questions: set[tuple[str, str]] = field(default_factory=set)
    options: set[tuple[str, str]] = field(default_factory=set)
    asked: set[tuple[str, str]] = field(default_factory=set)
    sentences: list[str] = field(default_factory=list)


# Where a message's id stands: function -> keyword, or position.
_ID_ARGUMENTS: Mapping[str, tuple[str | int, ...]] = {
    "Refused": (0,),
    "WrongValueError": (0, "how"),
    "message": (0,),
    "say": (0,),
    "Line": ("id",),
    "Pick": ("label",),
    "Term": ("term",),
    "text": (1,),
    "voice": (0,),
    "said": (0,),
}
# Where final text stands, which only catalogs may give.
_READ = ("text", "label", "hint", "title", "alt", "body", "alt_text", "submit", "cancel", "help", "help_epilogue")
# Where the command line prints, and how its help is declared.
_PRINTED = ("line", "note", "table", "Wrong")
_SHOWN = (
    "App",
    "Parameter",
    "command",
    "Group",
    "Part",
    "Line",
    "Choice",
    "Option",
    "FormField",
    "Form",
    "Picture",
    "say",
    "Refused",
    "dict",
)


def scan(sources: Mapping[str, str]) -> Code:
    """Read Python. sources: where -> source."""
    code = Code()
    for where, source in sources.items():
        tree = ast.parse(source)
        docstrings = {id(node) for node in _docstrings(tree)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                code.constants.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                code.patterns |= _pattern(node)
            elif isinstance(node, ast.Call):
                _call(code, f"{where}:{node.lineno}", node)
            elif isinstance(node, ast.Dict):
                pairs = [
                    (k.value, v) for k, v in zip(node.keys, node.values, strict=True) if isinstance(k, ast.Constant)
                ]
                code.sentences += _sentences(f"{where}:{node.lineno}", pairs)
    return code


def _docstrings(tree: ast.Module) -> Iterator[ast.Constant]:
    """Docstrings, and strings that stand alone below what they explain."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def _pattern(node: ast.JoinedStr) -> set[str]:
    """A regular expression for the ids an f-string may build, if it begins like one."""
    parts = [re.escape(str(v.value)) if isinstance(v, ast.Constant) else ".+" for v in node.values]
    known = re.match(r"([a-z]{2,})\\-", parts[0]) if parts else None
    return {"".join(parts)} if known and known[1] not in CONVENTIONS else set()


def _call(code: Code, where: str, call: ast.Call) -> None:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    keywords = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    for place in _ID_ARGUMENTS.get(name, ()):
        at = keywords.get(place) if isinstance(place, str) else call.args[place] if len(call.args) > place else None
        if at is not None:
            code.named |= {(where, value) for value in _strings(at)}
            if name == "Line" and "fact" in _strings(keywords.get("kind")):
                code.facts |= {(where, value) for value in _strings(at)}
    if name == "Question":
        code.questions |= {(where, value) for value in _strings(keywords.get("name"))}
        if "labels" not in keywords:
            code.options |= {(where, value) for value in _strings(keywords.get("options"))}
    if name == "Ask":
        code.asked |= {(where, value) for value in _strings(keywords.get("id"))}
    if name in _SHOWN:
        code.sentences += _sentences(where, keywords.items())
    if name in _PRINTED:
        pieces = [piece for argument in call.args for piece in _pieces(argument)]
        code.sentences += _sentences(where, [("text", piece) for piece in pieces])
    if name == "plain" and call.args:
        code.sentences += _sentences(where, [("text", call.args[0])])


def _pieces(node: ast.expr) -> Iterator[ast.expr]:
    """An expression, and the items of it where it is a list or a tuple."""
    yield node
    for item in getattr(node, "elts", ()):
        yield from _pieces(item)


def _strings(node: ast.expr | None) -> set[str]:
    """The strings an expression may be: a constant, either side of a condition, the items of a tuple."""
    match node:
        case ast.Constant(value=str(value)):
            return {value}
        case ast.IfExp():
            return _strings(node.body) | _strings(node.orelse)
        case ast.Tuple() | ast.List():
            return {value for item in node.elts for value in _strings(item)}
        case _:
            return set()


def _sentences(where: str, pairs: Iterable[tuple[object, ast.expr]]) -> Iterator[str]:
    for key, value in pairs:
        if key not in _READ:
            continue
        parts = value.values if isinstance(value, ast.JoinedStr) else [value]
        text = " ".join(part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str))
        if len(re.findall(r"[^\W\d_]{2,}", text)) >= SENTENCE and " " in text:
            yield f"{where}: a sentence written inline: {text!r}"


# Two words, or one and what an f-string puts beside it.
_PHRASE = re.compile(r"[^\W\d_]{2,},? ([^\W\d_]{2,}|\{\})|\{\} [^\W\d_]{2,}")


def in_settings(sources: Mapping[str, str]) -> Iterator[str]:
    """Sentences in files that say what settings there are and which are refused, wherever in them they stand.

    What a setting itself is made of (`Field`: defaults, examples, descriptions) is shown in config.example.toml.
    """
    for where, source in sources.items():
        tree = ast.parse(source)
        passed = {id(node) for node in _docstrings(tree)} | {id(node) for node in _no_words(tree)}
        for node in ast.walk(tree):
            text = "" if id(node) in passed else _written(node)
            if _PHRASE.search(text):
                yield f"{where}:{node.lineno}: a sentence written inline: {text!r}"  # type: ignore[attr-defined]


def _no_words(tree: ast.Module) -> Iterator[ast.AST]:
    """What `Field` is given, and patterns."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (_called(node) == "Field" or _called(node).startswith("re.")):
            yield from ast.walk(node)


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Attribute(value=ast.Name(id=module), attr=name):
            return f"{module}.{name}"
        case ast.Name(id=name):
            return name
        case _:
            return ""


def _written(node: ast.AST) -> str:
    """A text; of an f-string, with "{}" for what is put in."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


# ---------------------------------------------------------------- both


def missing(catalog: Catalog, code: Code) -> Iterator[str]:
    """Ids that code names and the catalog lacks."""
    for where, name in sorted(code.named):
        message, _, attribute = name.partition(".")
        if message not in catalog or attribute not in catalog[message].patterns:
            yield f"{where}: no message {name}"
    for where, name in sorted(code.facts):
        if name in catalog and "label" not in catalog[name].patterns:
            yield f"{where}: {name} is shown as a fact and has no .label"
    namespaces = _namespaces(catalog)
    for pattern in sorted(code.patterns):
        if "\\.py" not in pattern and _namespace(pattern) in namespaces and not _matching(catalog, pattern):
            yield f"no message matches {pattern}"
    named = {name for _, name in code.named}
    for constant in sorted(code.constants - named):
        if _ID.fullmatch(constant) and _namespace(constant) in namespaces and constant not in catalog:
            yield f"no message {constant}, which looks like one"


def _namespace(name: str) -> str:
    return re.split(r"\\?-", name, maxsplit=1)[0]


def _namespaces(catalog: Catalog) -> set[str]:
    """First words of ids that several messages share: "decide" of decide-approve."""
    firsts = Counter(_namespace(name) for name in catalog if "-" in name.strip("-"))
    return {first for first, count in firsts.items() if count >= 3} - set(CONVENTIONS)


def _matching(catalog: Catalog, pattern: str) -> set[str]:
    names = {
        f"{name}.{attribute}" if attribute else name: name for name, e in catalog.items() for attribute in e.patterns
    }
    return {name for shown, name in names.items() if re.fullmatch(pattern, shown)}


def missing_by_convention(
    catalog: Catalog,
    code: Code,
    commands: Iterable[Sequence[str]],
    forms: Iterable[str],
    roles: Iterable[str],
    choices: Iterable[str] = (),
    verbs: Iterable[Sequence[str]] = (),
) -> Iterator[str]:
    """Messages that a convention asks for. commands: their paths; forms: their ids; choices: actions no command has.

    verbs: their paths; the group of one begins with it, unless the spine says what it is.
    """
    wanted = {f"command-{'-'.join(path)}.{part}" for path in commands for part in ("usage", "help", "example")}
    wanted |= {f"form-{slug(form)}.{part}" for form in forms for part in ("title", "submit", "cancel")}
    wanted |= {f"form-{slug(form)}.{part}" for _, form in code.asked for part in ("title", "submit", "cancel")}
    wanted |= {f"choice-{slug(choice)}" for choice in choices}
    wanted |= {f"verb-{'-'.join(path)}" for path in verbs}
    wanted |= {f"verb-{group}" for group, *name in verbs if name and f"cli-help-{group}" not in catalog}
    wanted |= {f"role-{role}" for role in roles} | {f"option-{slug(value)}" for _, value in code.options}
    for name in sorted(wanted):
        message, _, attribute = name.partition(".")
        if message not in catalog or attribute not in catalog[message].patterns:
            yield f"no message {name}"
    for where, question in sorted(code.questions):
        fields = [e for name, e in catalog.items() if name.startswith("field-") and name.endswith(f"-{slug(question)}")]
        if not any("label" in entry.patterns for entry in fields):
            yield f"{where}: no message field-...-{slug(question)}.label"


def unused(catalog: Catalog, code: Code, roles: Iterable[str]) -> Iterator[str]:
    """Messages that nothing says."""
    used = {constant.partition(".")[0] for constant in code.constants} | {f"role-{role}" for role in roles}
    for entry in catalog.values():
        used |= {name for pattern in entry.patterns.values() for name in _Seen(pattern).references}
    used |= {name for pattern in code.patterns for name in _matching(catalog, pattern)}
    words = {slug(constant) for constant in code.constants}
    for prefix in ("command", "choice", "form", "option", "verb"):
        used |= {f"{prefix}-{word}" for word in words}
    for name, entry in catalog.items():
        if name not in used and not (name.startswith("field-") and _is_field(name, words)):
            yield f"{entry.where}: {name} is used by nothing"


def _is_field(name: str, words: set[str]) -> bool:
    parts = name.removeprefix("field-").split("-")
    return any("-".join(parts[:cut]) in words and "-".join(parts[cut:]) in words for cut in range(1, len(parts)))
