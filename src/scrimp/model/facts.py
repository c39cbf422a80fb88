"""What one file says, before anything is resolved: pure data of one file's bytes, so it can be cached by its hash.

A reader doesn't decide what is a prompt. It reports *sites* (string expressions that could be one), the names they
are bound to, calls, functions, classes and imports of code, and *entries* of files whose format itself says where
the text is. Qualified names are dotted paths of classes and functions, ``""`` for the module.

All languages speak the same facts, so that the linker needn't know which one it links. Readers of other languages
than Python translate: the object of a method is ``self``; an object literal that is the last argument of a call is
its keyword arguments, and a destructured parameter the parameters of its names; ``list.join(sep)`` is the join of
``sep``; a module that is imported by a path keeps it as written (``./prompts``), with level 0; the default export of
a module is its name ``default``.

A tree of hundreds of files has a million of these values. None can hold itself, so no search for garbage needs to look
at them (``gc=False``), which also makes each smaller.
"""

# Annotations are not postponed: msgspec would evaluate them at every start (see ``algebra``).

from msgspec import Struct

from scrimp.model.algebra import Call, Expression, Text


class Site(Struct, frozen=True, array_like=True, gc=False):
    """A maximal string expression in code.

    ``name`` is the symbol, keyword or key that it is known by (``""`` if none). ``holder`` tells what holds it:
    ``assignment return argument default entry element augmented docstring expression raise``. ``callees`` are the
    calls around it, innermost first, as written; ``keys`` are the keywords and keys around it, innermost first.
    """

    expression: Expression
    start: int
    end: int
    scope: str
    name: str
    holder: str
    callees: tuple[str, ...]
    keys: tuple[str, ...]
    words: int


NOWHERE = 1 << 40
"""An offset behind all there is."""


class Arm(Struct, frozen=True, array_like=True, gc=False):
    """One arm of a branching statement: the statement's offset, the arm's number, and the condition's source.

    ``of`` is how many arms there are, if one of them runs whatever happens (``else``, ``default``), and 1 if the first
    one does whether or not another one follows (``try``); else it is 0. What is bound in the arm is seen up to its
    ``end``, and then not before ``until``: behind the statement, or nowhere if the arm leaves the function. Both are 0
    where that isn't told.
    """

    statement: int
    arm: int
    condition: str
    of: int = 0
    end: int = 0
    until: int = 0


class Binding(Struct, frozen=True, array_like=True, gc=False):
    """A name bound to an expression.

    ``operation`` is ``=``, ``+=``, ``append`` (one more item) or ``extend`` (more items). ``arms`` are the branching
    statements around it inside its scope, outermost first; ``loop`` tells whether a loop is around it.
    """

    scope: str
    name: str
    operation: str
    expression: Expression
    start: int
    end: int
    arms: tuple[Arm, ...]
    loop: bool


class Return(Struct, frozen=True, array_like=True, gc=False):
    """What a function returns or yields at one place."""

    expression: Expression
    start: int
    arms: tuple[Arm, ...]


class FunctionParameter(Struct, frozen=True, array_like=True, gc=False):
    """A parameter of a function: its default, and its annotation's source or ``""``."""

    name: str
    default: Expression | None
    annotation: str


class Function(Struct, frozen=True, array_like=True, gc=False):
    """A function or method. ``decorators`` are calls or references; ``docstring`` is the site's index or -1."""

    name: str
    parameters: tuple[FunctionParameter, ...]
    returns: tuple[Return, ...]
    decorators: tuple[Expression, ...]
    docstring: int
    method: bool
    start: int
    end: int


class ClassField(Struct, frozen=True, array_like=True, gc=False):
    """A field that a class declares: its annotation and what it is set to, as written, ``""`` if nothing."""

    name: str
    annotation: str
    value: str


class Class(Struct, frozen=True, array_like=True, gc=False):
    """A class, by its qualified name; ``bases`` are the dotted names as written.

    ``fields`` are those that its body declares with a type, or of an enumeration its members, in their order.
    ``reads_docs`` tells that its methods read docstrings.
    """

    name: str
    bases: tuple[str, ...]
    docstring: int
    start: int
    end: int
    fields: tuple[ClassField, ...] = ()
    reads_docs: bool = False


class Import(Struct, frozen=True, array_like=True, gc=False):
    """``from <module> import <name> as <alias>``; ``name`` is ``""`` for a plain module import, ``*`` for a star.

    ``level`` counts the leading dots of a relative import.
    """

    scope: str
    module: str
    name: str
    alias: str
    level: int


class Each(Struct, frozen=True, array_like=True, gc=False):
    """A loop that goes through something item by item: what it goes through, shortened, and the names of an item."""

    over: str
    names: tuple[str, ...]


class CallSite(Struct, frozen=True, array_like=True, gc=False):
    """A call that may carry text to somewhere. ``callee`` is its dotted name as written, ``()`` for a call within.

    ``loop`` tells whether any loop of its function repeats it, ``each`` is the innermost of them, if that does so for
    each item of something.
    """

    scope: str
    callee: str
    call: Call
    loop: bool
    each: Each | None = None


class Entry(Struct, frozen=True, array_like=True, gc=False):
    """A text that a file format itself declares, mostly to be a prompt.

    ``key`` is the key path in the file (``""``: the whole file). ``role``, ``kind``, ``loaded`` and ``template`` are
    the contract's words. Entries of one ``group`` make one request. ``certainty`` is ``format`` where the format is
    for prompts only, ``key`` where a prompt-like key tells, ``none`` where it is merely text that code may load.
    """

    key: str
    expression: Expression
    start: int
    end: int
    role: str
    kind: str
    loaded: str
    template: str
    group: str
    certainty: str
    model: str = ""
    output_cap: int = 0


class Sample(Struct, frozen=True, array_like=True, gc=False):
    """A text that a test or an example in a file puts into a variable of the prompts that the file holds or names.

    ``case`` is the test or the list that it belongs to; ``item`` is its place in a list that is one value, else -1.
    """

    name: str
    value: str
    start: int
    case: str
    item: int


class Marker(Struct, frozen=True, array_like=True, gc=False):
    """A comment that speaks to scrimp: ``scrimp: prompt name=… model=… calls=…`` or ``scrimp: not-a-prompt``.

    ``kind`` is ``prompt`` or ``not-a-prompt``; ``options`` are its names and values as written. It speaks of the
    site or entry that starts on its line or, if none does, of the one that it stands in or that ends on its line,
    or else of the next one that starts behind it, before ``until`` (the end of the lines up to the next blank
    one). ``start`` and ``end`` are the comment's offsets.
    """

    kind: str
    options: tuple[tuple[str, str], ...]
    start: int
    end: int
    until: int


class Stretch(Struct, frozen=True, array_like=True, gc=False):
    """A range of offsets."""

    start: int
    end: int


class Selector(Struct, frozen=True, array_like=True, gc=False):
    """A rule as a comment names it: an id, the beginning of one, or ``ALL``."""

    word: str
    start: int
    end: int


class Ignore(Struct, frozen=True, array_like=True, gc=False):
    """A comment that hides findings: ``scrimp: ignore[CCH001] reason``.

    ``form`` is ``line``, ``file``, or ``start`` and ``end`` of a block. ``expires`` is the last day on which it holds
    (ISO), ``""`` if none; ``trouble`` what is wrong in how it is written, ``""`` if nothing is. ``start`` and ``end``
    are the comment's offsets, ``removal`` what has to go if it goes. ``is_alone`` tells whether it has its lines for
    itself; then ``below`` is the beginning of the line right under it, comments passed over, that it speaks of too. A
    text that starts behind it and before ``until`` is the one right behind it.
    """

    form: str
    selectors: tuple[Selector, ...]
    reason: str
    expires: str
    trouble: str
    start: int
    end: int
    until: int
    removal: Stretch
    is_alone: bool
    below: Stretch | None = None


class Fault(Struct, frozen=True, array_like=True, gc=False):
    """Something in a file that could not be read; ``incomplete`` if text may have been lost by it."""

    code: str
    reason: str
    start: int
    incomplete: bool


class Facts(Struct, frozen=True, array_like=True, gc=False):
    """All that one file says.

    ``format`` is the contract's (``python-string``, ``jinja``, ``markdown``, ``yaml`` …); ``lines`` are where its lines
    start, as ``Lines`` packs them.
    """

    language: str
    format: str
    lines: bytes
    entries: tuple[Entry, ...] = ()
    sites: tuple[Site, ...] = ()
    bindings: tuple[Binding, ...] = ()
    functions: tuple[Function, ...] = ()
    classes: tuple[Class, ...] = ()
    imports: tuple[Import, ...] = ()
    calls: tuple[CallSite, ...] = ()
    faults: tuple[Fault, ...] = ()
    markers: tuple[Marker, ...] = ()
    text: Text | None = None
    """The file's whole text where code may load it by its path (text and template files), else nothing."""
    samples: tuple[Sample, ...] = ()
    package: str | None = None
    """The namespace whose top-level names all its files share, in languages that have such; else nothing."""
    ignores: tuple[Ignore, ...] = ()
    steps: tuple[tuple[int, int], ...] | None = None
    """The numbers of sites that are later steps of a text, each with its first one's; ``None`` if nobody looked."""
    mapped: tuple[int, ...] | None = None
    """The numbers of what holds dictionary literals (see ``link.structure``); ``None`` if nobody looked."""
