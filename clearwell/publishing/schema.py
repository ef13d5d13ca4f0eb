"""The JSON Schema of an article, generated from the types."""

from typing import Any

import msgspec

from clearwell.article import SCHEMA_VERSION, Article


def article_schema() -> dict[str, Any]:
    """The schema (draft 2020-12) that every published article is valid against."""
    (reference,), definitions = msgspec.json.schema_components([Article], ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Clearwell article {SCHEMA_VERSION}",
        **reference,
        "$defs": dict(sorted(definitions.items())),
    }


def encode_schema() -> bytes:
    """The schema file's exact content."""
    return msgspec.json.format(msgspec.json.encode(article_schema()), indent=2) + b"\n"
