import io

from hypothesis import example, given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from scrimp.reporters.terminal.styled import ATTRIBUTES, COLORS, Styled

FIRST = st.sampled_from(["", "bold", "dim", "bold red", "yellow", "bold green"])
BEHIND = st.sampled_from(
    [*ATTRIBUTES, *COLORS, "not bold", "not bold dim", "not bold green", "not bold default"]
)
WORDS = st.text(alphabet="ab c\n日é", max_size=12)


def by_rich(text: str, style: str, behind: list[tuple[str, str]]) -> str:
    """What rich makes of the same text, in lines that are wide enough."""
    console = Console(
        file=io.StringIO(),
        width=200,
        color_system="standard",
        force_terminal=True,
        highlight=False,
        _environ={},
    )
    said = Text(text, style=style)
    for more, its_style in behind:
        said.append(more, style=its_style)
    with console.capture() as capture:
        console.print(said, soft_wrap=True)
    return capture.get().removesuffix("\n")


@given(WORDS, FIRST, st.lists(st.tuples(WORDS, BEHIND), max_size=4))
@example(
    "src/a.py", "bold", [(":1:2 ", "not bold"), ("WRD001", "yellow"), (" (saves 4 tokens)", "not bold green")]
)
def test_lines_look_as_rich_would_print_them(text: str, style: str, behind: list[tuple[str, str]]) -> None:
    styled = Styled(text, style)
    for more in behind:
        styled = styled.then(*more)

    assert styled.colored == by_rich(text, style, behind)
    assert styled.plain == text + "".join(more for more, _ in behind)
