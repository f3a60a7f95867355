"""Jinja2 as templates are compiled here: to code that does the same work in a fraction of the time.

A page prints some hundred small values, and what Jinja2 does around each of them costs more than
the value itself. Three things are done differently:

- a block gathers its text in a list and hands it over once, where Jinja2 hands every piece through
  all levels of inheritance;
- what is printed is escaped to a plain string: only joined text leaves a template;
- templates of the default theme read attributes and call functions directly: they are known to
  name none in vain, and none that asks for a context. A user's own templates keep Jinja2's way,
  which looks into mappings too and knows `is defined`.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, MutableMapping
from typing import Any

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    Template,
    TemplateNotFound,
    nodes,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from digest.language import Words
from digest.latex.escaping import escape_text
from digest.website.compiled import Compiled
from digest.website.theme import Theme


def show(value: object) -> str:
    """`value` escaped, unless it is markup; not marked as such."""
    kind = type(value)
    if kind is str:
        return escape_text(value)  # type: ignore[arg-type]
    if kind is Markup:
        return value  # type: ignore[return-value]
    return str(value) if kind is int or kind is float else escape(value)


class _Generator(CodeGenerator):
    """Writes the Python code of a template."""

    def write_commons(self) -> None:
        self.writeline("resolve = context.resolve_or_missing")
        self.writeline("undefined = environment.undefined")
        self.writeline("concat = environment.concat")
        self.writeline("cond_expr_undefined = Undefined")
        self.writeline("show = environment.show")

    def blockvisit(self, body: Iterable[nodes.Node], frame: Frame) -> None:
        """The statements of a block or of a whole template: gathered, then handed over.

        A block is a function that returns its pieces; the template itself is a generator, since it
        may go on with its parent.
        """
        if frame.buffer is not None or not (frame.rootlevel or frame.block_frame):
            super().blockvisit(body, frame)
            return
        self.buffer(frame)
        super().blockvisit(body, frame)
        how = "yield concat({})" if frame.rootlevel else "return {}"
        self.writeline(how.format(frame.buffer))

    def visit_Block(self, node: nodes.Block, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Where a block stands: the pieces of the template that defines it last."""
        if frame.toplevel and self.has_known_extends:
            return
        guarded = frame.toplevel and self.extends_so_far > 0
        if guarded:
            self.writeline("if parent_template is None:")
            self.indent()
        blocks = f"context.blocks[{node.name!r}]"
        if node.required:
            self.writeline(f"if len({blocks}) <= 1:", node)
            self.indent()
            message = f"Required block {node.name!r} not found"
            self.writeline(f"raise TemplateRuntimeError({message!r})", node)
            self.outdent()
        context = self.derive_context(frame) if node.scoped else self.get_context_ref()
        self.writeline(f"{frame.buffer}.extend({blocks}[0]({context}))", node)
        self.outdent(guarded)

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("show(")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        of = node.node
        if self._trusted() and not (isinstance(of, nodes.Name) and of.name == "self"):
            self.visit(of, frame)
            self.write(f".{node.attr}")
        else:
            super().visit_Getattr(node, frame)

    def visit_Call(  # noqa: N802 - Jinja's name
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        unpacked = node.dyn_args is not None or node.dyn_kwargs is not None
        if forward_caller or unpacked or not self._trusted():
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def _trusted(self) -> bool:
        environment = self.environment
        return isinstance(environment, Engine) and self.filename in environment.trusted


class Once(Extension):
    """`{% once KEY %}…{% endonce %}`: text that many pages share.

    It is made once for each value of KEY, which may be left out, and for each depth of folder; so
    it may use `site`, `root` and what KEY tells apart, and hold no block.
    """

    tags = {"once"}  # noqa: RUF012 - declared by Jinja2

    def parse(self, parser: Parser) -> list[nodes.Node]:
        """`if KEY not in kept: kept[KEY] = text`, and then `{{ kept[KEY] }}`."""
        start = next(parser.stream)
        name = f"_{parser.free_identifier().name}"
        where = nodes.Const(f"{parser.filename} {name}")
        given = parser.stream.current.type != "block_end"
        key = nodes.Tuple([where, parser.parse_expression()] if given else [where], "load")
        body = parser.parse_statements(("name:endonce",), drop_needle=True)
        if any(node.find(nodes.Block) or isinstance(node, nodes.Block) for node in body):
            parser.fail("A block cannot stand in what is made once.", start.lineno)
        kept = nodes.EnvironmentAttribute("kept")
        made = nodes.AssignBlock(nodes.Name(name, "store"), None, body)
        setdefault = nodes.Getattr(kept, "setdefault", "load")
        keep = nodes.Call(setdefault, [key, nodes.Name(name, "load")], [], None, None)
        missing = nodes.Compare(key, [nodes.Operand("notin", kept)])
        shown = nodes.Output([nodes.Getitem(kept, key, "load")])
        written: list[nodes.Node] = [
            nodes.If(missing, [made, nodes.ExprStmt(keep)], [], []),
            shown,
        ]
        return [node.set_lineno(start.lineno) for node in written]


class _Said(NodeTransformer):
    """Texts of the interface, `_("…")`, said once and for all when a template is compiled."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja's name
        """The text itself, where nothing is to be filled in."""
        called = isinstance(node.node, nodes.Name) and node.node.name == "_"
        if called and len(node.args) == 1 and not node.kwargs:
            (text,) = node.args
            if isinstance(text, nodes.Const) and isinstance(text.value, str):
                return nodes.Const(self._words.say(text.value), lineno=node.lineno)
        self.generic_visit(node)
        return node


class Engine(Environment):
    """Compiles and holds the templates of a theme; `own`: the user's before the default ones."""

    code_generator_class = _Generator

    def __init__(self, theme: Theme, words: Words, compiled: Compiled, *, own: bool) -> None:
        self._said = _Said(words)
        super().__init__(
            loader=_Sources(theme, own=own),
            bytecode_cache=compiled,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
            auto_reload=False,
            keep_trailing_newline=True,
            extensions=[Once],
        )
        self.kept: dict[tuple[Any, ...], str] = {}
        self.show = show
        self.trusted: Container[str | None] = {template.file for _, template in theme.default}
        self._ready: dict[str, Template] = {}
        self.globals.update(_=words.say, many=words.many)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        said: nodes.Template = self._said.visit(super()._parse(source, name, filename))
        return said

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's name
    ) -> Template:
        """The template of that name; TemplateNotFound. It stays as it was read first."""
        if not isinstance(name, str) or globals:
            return super().get_template(name, parent, globals)
        found = self._ready.get(name)
        if found is None:
            found = self._ready[name] = super().get_template(name, parent)
        return found

    def fill(self, name: str, **values: object) -> str:
        """The text of the template `name`, which sees `values` besides the globals."""
        template = self.get_template(name)
        # As Jinja2's `render`, which copies the globals much more slowly.
        context = self.context_class(self, self.globals | values, name, template.blocks)
        try:
            return "".join(template.root_render_func(context))
        except Exception:
            self.handle_exception()


class _Sources(BaseLoader):
    """Templates that came with the theme; `default/x.html` is always the default theme's."""

    def __init__(self, theme: Theme, *, own: bool) -> None:
        default = dict(theme.default)
        self._templates = default | (dict(theme.own) if own else {})
        # Without templates of the user nobody asks for the default ones by this name.
        if own and theme.own:
            self._templates |= {f"default/{name}": template for name, template in default.items()}

    def get_source(
        self,
        environment: Environment,  # noqa: ARG002 - Jinja's signature
        template: str,
    ) -> tuple[str, str, Callable[[], bool]]:
        """The source, its file and that it never changes; TemplateNotFound."""
        found = self._templates.get(template)
        if found is None:
            raise TemplateNotFound(template)
        return found.source, found.file, lambda: True

    def list_templates(self) -> list[str]:
        """Every name, those of the default theme by both of theirs."""
        return sorted(self._templates)
