from decimal import Decimal

from scrimp.usage.book import NO_USAGE, UsageBook, UsageEntry

VOICE = UsageEntry("a.py::VOICE", 10, {"name": 3}, output_tokens=7)
MAIL = UsageEntry("a.py::MAIL", 20, {"docs": 500}, hit_rate=Decimal("0.5"))
BOOK = UsageBook("usage.yaml", {each.prompt: each for each in (VOICE, MAIL)})


def test_the_entry_of_an_id() -> None:
    assert BOOK.of("a.py::MAIL") == MAIL
    assert BOOK.of("a.py::send#1") is None
    assert NO_USAGE.of("a.py::MAIL") is None


def test_entries_fill_each_other_and_the_first_goes_before() -> None:
    both = BOOK.of("a.py::send#1", "a.py::MAIL", "a.py::VOICE")
    assert both is not None
    assert (both.prompt, both.calls_per_month, both.output_tokens) == ("a.py::MAIL", 20, 7)
    assert both.variables == {"docs": 500, "name": 3}
    assert both.hit_rate == Decimal("0.5")
