from scrimp.usage.book import NO_USAGE, UsageBook, UsageEntry


def test_the_first_id_with_an_entry_is_used() -> None:
    voice, mail = UsageEntry("a.py::VOICE", 10), UsageEntry("a.py::MAIL", 20)
    book = UsageBook("usage.yaml", {each.prompt: each for each in (voice, mail)})
    assert book.of("a.py::send#1", "a.py::MAIL", "a.py::VOICE") is mail
    assert book.of("a.py::send#1") is None
    assert NO_USAGE.of("a.py::MAIL") is None
