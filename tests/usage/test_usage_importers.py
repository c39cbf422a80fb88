"""What each importer makes of its source's exports, in the forms that the sources document."""

import gzip
import json
import sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec import structs
from usage_exports import (
    DAY,
    anthropic_page,
    cells_of,
    focus_row,
    langfuse_row,
    lines,
    litellm_row,
    openai_page,
    openai_result,
    otlp,
    rows_of,
    span,
    table,
    written,
)

from scrimp.model.errors import UserError
from scrimp.usage.exports import sample
from scrimp.usage.importers import IMPORTERS, recognise
from scrimp.usage.rows import PassedOver, Row


def only(path: Path) -> Row:
    (row,) = rows_of(path)
    assert isinstance(row, Row)
    return row


def test_every_module_of_importers_is_in_the_table() -> None:
    folder = Path(recognise.__code__.co_filename).parent
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__", "importer"}
    assert modules == {each.name for each in IMPORTERS}


class TestOpenAI:
    def test_usage_with_what_was_cached_and_written(self, tmp_path: Path) -> None:
        row = only(written(tmp_path, json.dumps(openai_page(openai_result()))))
        assert (row.calls, row.input, row.cached, row.written, row.output) == (5, 5000, 1800, 200, 1000)
        assert (row.start, row.end) == (DAY, DAY + 86_400)
        assert (row.provider, row.model, row.project) == ("openai", "gpt-4o-mini-2024-07-18", "proj_abc")

    def test_pages_may_be_indented_listed_or_on_a_line_each(self, tmp_path: Path) -> None:
        page, other = openai_page(openai_result()), openai_page(openai_result(), day=1)
        assert len(rows_of(written(tmp_path, json.dumps(page, indent=2)))) == 1
        assert len(rows_of(written(tmp_path, json.dumps([page, other])))) == 2
        assert len(rows_of(written(tmp_path, json.dumps([*page["data"], *other["data"]])))) == 2
        assert len(rows_of(written(tmp_path, lines(page, other)))) == 2

    def test_the_dashboard_s_table_and_its_empty_buckets(self, tmp_path: Path) -> None:
        times = {"start_time": DAY, "end_time": DAY + 60, "start_time_iso": "2026-10-01T00:00:00+00:00", "end_time_iso": "2026-10-01T00:01:00+00:00"}  # fmt: skip
        said = {
            key: value for key, value in openai_result(num_model_requests="3.0").items() if key != "object"
        }
        row = only(written(tmp_path, table(times | said), "completions_usage.csv"))
        assert (row.calls, row.input, row.output, row.end - row.start) == (3, 5000, 1000, 60)
        (empty,) = rows_of(written(tmp_path, table(times), "empty.csv"))
        assert empty == PassedOver("buckets without completions")

    def test_costs_are_bills_by_model(self, tmp_path: Path) -> None:
        cost = {
            "object": "organization.costs.result",
            "amount": {"value": 0.06, "currency": "usd"},
            "line_item": "gpt-4o-2024-08-06, input",
            "project_id": "proj_abc",
        }
        row = only(written(tmp_path, json.dumps(openai_page(cost))))
        assert (row.calls, row.input, row.usd, row.model) == (None, 0, Decimal("0.06"), "gpt-4o-2024-08-06")

    def test_costs_of_the_dashboard_s_table(self, tmp_path: Path) -> None:
        said = {"start_time": DAY, "end_time": DAY + 86_400, "start_time_iso": "", "end_time_iso": "", "amount_value": "1.5", "amount_currency": "usd", "line_item": "gpt-4o-2024-08-06, output", "project_id": "proj_1", "project_name": "search"}  # fmt: skip
        row = only(written(tmp_path, table(said), "cost.csv"))
        assert (row.usd, row.model, row.project) == (Decimal("1.5"), "gpt-4o-2024-08-06", "search")

    def test_images_and_audio_are_passed_over(self, tmp_path: Path) -> None:
        page = openai_page(
            {"object": "organization.usage.images.result", "images": 3, "num_model_requests": 3}
        )
        assert rows_of(written(tmp_path, json.dumps(page))) == [
            PassedOver("usage.images.result without completions")
        ]


class TestAnthropic:
    def test_usage_counts_no_calls_and_its_input_is_in_parts(self, tmp_path: Path) -> None:
        row = only(written(tmp_path, json.dumps(anthropic_page())))
        assert (row.calls, row.input, row.cached, row.written, row.output) == (None, 3200, 200, 1500, 500)
        assert (row.model, row.project) == ("claude-sonnet-4-5-20250929", "wrkspc_1")

    def test_costs_are_in_cents(self, tmp_path: Path) -> None:
        page = anthropic_page()
        page["data"][0]["results"] = [
            {"amount": "123.45", "currency": "USD", "model": "claude-opus-4-6", "workspace_id": None}
        ]
        row = only(written(tmp_path, json.dumps(page)))
        assert (row.usd, row.calls) == (Decimal("1.2345"), None)


class TestLiteLLM:
    def test_a_call_with_its_tags(self, tmp_path: Path) -> None:
        for text in (lines(litellm_row()), json.dumps([litellm_row()]), json.dumps({"data": [litellm_row()]}), table(litellm_row())):  # fmt: skip
            row = only(written(tmp_path, text))
            assert (row.calls, row.input, row.cached, row.output, row.reasoning) == (1, 100, 40, 30, 10)
            assert (row.usd, row.tags, row.project, row.provider) == (
                Decimal("0.001"),
                ("app.py",),
                "legal",
                "azure",
            )

    def test_one_call_without_an_end_of_its_line_is_no_document(self, tmp_path: Path) -> None:
        assert only(written(tmp_path, json.dumps(litellm_row()))).input == 100

    def test_a_first_line_longer_than_what_is_looked_at(self, tmp_path: Path) -> None:
        long = litellm_row(proxy_server_request="x" * 100_000)
        assert len(rows_of(written(tmp_path, lines(long, litellm_row(1))))) == 2
        assert len(rows_of(written(tmp_path, lines(litellm_row(1), long)))) == 2
        assert len(rows_of(written(tmp_path, json.dumps({"data": [long, litellm_row(1)]})))) == 2
        assert len(rows_of(written(tmp_path, json.dumps({"data": [long]}) + "\n"))) == 1

    def test_what_reached_no_provider_is_passed_over(self, tmp_path: Path) -> None:
        text = lines(litellm_row(cache_hit="True"), litellm_row(1, status="failure"))
        reasons = [row.reason for row in rows_of(written(tmp_path, text)) if isinstance(row, PassedOver)]
        assert reasons == ["answered from the proxy's own cache", "calls that failed"]

    def test_packed_with_gzip(self, tmp_path: Path) -> None:
        path = tmp_path / "spend.jsonl.gz"
        path.write_bytes(gzip.compress(lines(litellm_row(), litellm_row(1)).encode()))
        assert len(rows_of(path)) == 2


class TestLangfuse:
    def test_a_generation_whose_parts_of_usage_do_not_overlap(self, tmp_path: Path) -> None:
        for text in (lines(langfuse_row()), json.dumps([langfuse_row()]), table(langfuse_row())):
            row = only(written(tmp_path, text))
            assert (row.input, row.cached, row.written, row.output, row.reasoning) == (100, 40, 0, 30, 10)
            assert (row.prompt, row.usd, row.tags) == ("ANSWER", Decimal("0.001"), ("answer",))

    def test_names_with_underscores_as_in_blob_storage(self, tmp_path: Path) -> None:
        said = {
            "id": "a",
            "trace_id": "t",
            "type": "GENERATION",
            "start_time": "2026-10-01 13:46:19.963000",
            "provided_model_name": "claude-sonnet-4-5",
            "usage_details": {"input": 10, "cache_read_input_tokens": 70, "cache_creation_input_tokens": 20, "output": 5, "total": 105},
            "cost_details": {},
            "total_cost": 0.5,
            "prompt_name": "triage",
        }  # fmt: skip
        row = only(written(tmp_path, lines(said)))
        assert (row.input, row.cached, row.written, row.output) == (100, 70, 20, 5)
        assert (row.model, row.prompt, row.usd) == ("claude-sonnet-4-5", "triage", Decimal("0.5"))

    def test_other_observations_are_passed_over(self, tmp_path: Path) -> None:
        assert rows_of(written(tmp_path, lines(langfuse_row(type="SPAN")))) == [
            PassedOver("observations of the type SPAN")
        ]


class TestOpenTelemetry:
    def test_a_call_with_its_code_and_service(self, tmp_path: Path) -> None:
        for text in (json.dumps(otlp(span())), json.dumps(otlp(span()), indent=1), lines(otlp(span()))):
            row = only(written(tmp_path, text))
            assert (row.input, row.output, row.start) == (100, 30, DAY + 3600)
            assert (row.path, row.function, row.project) == ("/srv/app/app.py", "app.answer", "helpdesk")

    def test_older_names_of_attributes(self, tmp_path: Path) -> None:
        old = {"gen_ai.usage.input_tokens": None, "gen_ai.usage.prompt_tokens": 7, "gen_ai.provider.name": None, "gen_ai.system": "anthropic", "code.file.path": None, "code.filepath": "/a/b.py"}  # fmt: skip
        row = only(written(tmp_path, json.dumps(otlp(span(said=old)))))
        assert (row.input, row.provider, row.path) == (7, "anthropic", "/a/b.py")

    def test_cached_tokens_that_the_input_leaves_out_are_added(self, tmp_path: Path) -> None:
        kept = only(
            written(tmp_path, json.dumps(otlp(span(said={"gen_ai.usage.cache_read.input_tokens": 90}))))
        )
        assert (kept.input, kept.cached) == (100, 90)
        left = only(
            written(tmp_path, json.dumps(otlp(span(said={"gen_ai.usage.cache_read.input_tokens": 900}))))
        )
        assert (left.input, left.cached) == (1000, 900)

    def test_agents_tools_and_other_spans_are_passed_over(self, tmp_path: Path) -> None:
        agent = span(1, said={"gen_ai.operation.name": "invoke_agent"})
        other = span(2) | {"attributes": [{"key": "http.route", "value": {"stringValue": "/"}}]}
        reasons = [row.reason for row in rows_of(written(tmp_path, json.dumps(otlp(agent, other)))) if isinstance(row, PassedOver)]  # fmt: skip
        assert reasons == [
            "spans of the operation invoke_agent",
            "spans of something else than generative AI",
        ]

    def test_a_client_s_span_within_a_framework_s_is_the_same_call(self, tmp_path: Path) -> None:
        outer, inner = span(1), span(2, parent=f"{1:016x}")
        cells, reading = cells_of(written(tmp_path, json.dumps(otlp(inner, outer))))
        assert [cell.sums.calls for cell in cells] == [1]
        assert reading.parts == 1


class TestFocus:
    def test_a_charge_for_tokens_of_a_model(self, tmp_path: Path) -> None:
        row = only(written(tmp_path, table(focus_row()), "bill.csv"))
        assert (row.calls, row.input, row.output, row.usd) == (None, 500_000, 0, Decimal("1.25"))
        assert (row.model, row.project, row.tags) == ("gpt-4o", "search", ("team=search",))

    def test_meters_tell_output_and_cached_input(self, tmp_path: Path) -> None:
        text = table(focus_row(SkuMeter="gpt-4o 0806 Outp glbl Tokens"), focus_row(SkuMeter="gpt-4o 0806 cached Inp glbl Tokens"))  # fmt: skip
        out, cached = rows_of(written(tmp_path, text, "bill.csv"))
        assert isinstance(out, Row)
        assert isinstance(cached, Row)
        assert (out.input, out.output) == (0, 500_000)
        assert (cached.input, cached.cached) == (500_000, 500_000)

    def test_parquet_tells_the_same(self, tmp_path: Path) -> None:
        pyarrow = pytest.importorskip("pyarrow")
        parquet = pytest.importorskip("pyarrow.parquet")
        typed = {
            "BilledCost": Decimal("1.50"),
            "EffectiveCost": Decimal("1.25"),
            "ConsumedQuantity": Decimal(500),
            "ChargePeriodStart": datetime(2026, 10, 1, tzinfo=UTC),
            "ChargePeriodEnd": datetime(2026, 10, 2, tzinfo=UTC),
        }
        path = tmp_path / "bill.parquet"
        parquet.write_table(pyarrow.Table.from_pylist([focus_row(**typed)]), path)
        told, written_out = only(path), only(written(tmp_path, table(focus_row()), "bill.csv"))
        assert structs.replace(told, identity="") == structs.replace(written_out, identity="")

    def test_parquet_without_its_library_says_what_to_install(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        path = tmp_path / "bill.parquet"
        path.write_bytes(b"PAR1")
        with pytest.raises(UserError) as caught:
            rows_of(path)
        assert "scrimp[parquet]" in caught.value.hint

    def test_other_charges_are_passed_over(self, tmp_path: Path) -> None:
        text = table(
            focus_row(ChargeCategory="Tax"), focus_row(SkuMeter="LRS Data Stored", ServiceName="Storage")
        )
        assert [
            row.reason for row in rows_of(written(tmp_path, text, "bill.csv")) if isinstance(row, PassedOver)
        ] == [
            "charges of the category Tax",
            "charges for something else than a known model",
        ]


def test_an_unknown_export_names_the_sources(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b\n1,2\n", "x.csv")
    with pytest.raises(UserError) as caught:
        cells_of(path)
    assert "no importer knows this export" in caught.value.message
    assert "litellm" in caught.value.hint


def test_an_empty_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="the file is empty"):
        sample(written(tmp_path, " \n"))
