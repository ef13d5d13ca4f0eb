"""What documents and generated files say is what the code does."""

import ast
import json
import re
from pathlib import Path
from typing import get_args

import jsonschema
import msgspec
import pytest

from clearwell import Article, Page, clean
from clearwell.app.cli import app
from clearwell.app.crawl import JUDGED
from clearwell.article import PageType
from clearwell.checking import REJECT_REASONS
from clearwell.document import BlockKind, Category
from clearwell.publishing.schema import encode_schema
from pipelines.check import MESSAGES

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text()
FIELDS = """
    schemaVersion id url canonicalUrl site fetchedAt headline description authors publisher datePublished dateModified
    dateSource lastReviewed reviewedBy medicalTypes declaredLanguage inLanguage languageConfidence image breadcrumbs
    articleSection keywords copyrightNotice creditText articleBody
    articleBodyHtml blocks wordCount contentHash cleaning quality duplicateOf status
    """.split()

# The only way imports point: down.  A package may import its own level and what stands below.
LAYERS = [
    {"clearwell.app"},
    {"spiders"},
    {"pipelines"},
    {"clearwell.publishing"},
    {"clearwell.storage"},
    {"clearwell", "clearwell.clean"},
    {
        "clearwell.cleaning",
        "clearwell.extraction",
        "clearwell.discovery",
        "clearwell.checking",
        "clearwell.rendering",
    },
    {
        "clearwell.article",
        "clearwell.document",
        "clearwell.page",
        "clearwell.site",
        "clearwell.errors",
        "clearwell.sentences",
        "clearwell.walls",
    },
]
IMPURE = {
    "os",
    "sys",
    "socket",
    "subprocess",
    "time",
    "random",
    "requests",
    "scrapy",
    "sqlalchemy",
    "pathlib",
    "threading",
    "tempfile",
}


def layer_of(module: str) -> int:
    names = [".".join(module.split(".")[:length]) for length in (2, 1)]
    return next(level for name in names for level, layer in enumerate(LAYERS) if name in layer)


def imports(path: Path) -> set[str]:
    nodes = ast.walk(ast.parse(path.read_text()))
    found = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return found | {
        node.module
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module
    }


def modules() -> list[Path]:
    return sorted(path for folder in ("clearwell", "spiders", "pipelines") for path in (ROOT / folder).rglob("*.py"))


def test_the_schema_file_is_that_of_the_types():
    assert (ROOT / "output/schema/article.schema.json").read_bytes() == encode_schema(), "run `make schema`"


def test_the_schema_is_2020_12_and_holds_every_field():
    schema = json.loads(encode_schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    article = schema["$defs"]["Article"]
    assert list(article["properties"]) == FIELDS
    assert sorted(article["required"]) == sorted(FIELDS)


def test_an_article_is_valid_against_the_schema():
    article = clean(
        Page(
            url="https://a.example/1",
            html=f"<h1>T</h1><article><p>{'Warm milk helps some people sleep. ' * 9}</p></article>",
        )
    )
    jsonschema.Draft202012Validator(json.loads(encode_schema())).validate(json.loads(msgspec.json.encode(article)))


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_down(path):
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for name in imports(path):
        if name.split(".")[0] in ("clearwell", "spiders", "pipelines"):
            assert layer_of(name) >= layer_of(module), f"{module} must not know {name}"


@pytest.mark.parametrize(
    "path",
    [
        p
        for p in modules()
        if "clearwell" in p.parts and layer_of(".".join(p.relative_to(ROOT).with_suffix("").parts)) >= 5
    ],
    ids=lambda p: p.stem,
)
def test_the_core_is_pure(path):
    names = imports(path) - {"os.path"}  # string functions
    assert {name.split(".")[0] for name in names} & IMPURE == set()


def test_the_readme_names_every_command():
    commands = {command.name for command in (*app.registered_commands, *app.registered_groups)}
    assert commands == set(re.findall(r"^\| `clearwell (\w+)", README, re.M))


def test_the_contract_names_every_field_kind_and_category():
    contract = (ROOT / "output/README.md").read_text()
    for name in (*Article.__struct_fields__, *get_args(BlockKind), *get_args(Category)):
        assert f"`{name}`" in contract, name


def test_the_contract_names_every_type_of_page():
    told = re.search(r"`pageType` \((.*?)\)", (ROOT / "output/README.md").read_text())
    assert told
    assert told[1].split(", ") == list(get_args(PageType))


def test_every_reason_to_reject_has_a_message_and_stands_in_the_contract():
    told = re.search(r"^A reason is short and stable: (.*?)\.$", (ROOT / "output/README.md").read_text(), re.M | re.S)
    assert told
    assert set(MESSAGES) == REJECT_REASONS
    assert all(message.strip() for message in MESSAGES.values())
    assert set(re.findall(r"`([\w-]+)`", told[1])) >= REJECT_REASONS | JUDGED


def test_the_rules_document_names_every_rule():
    document = (ROOT / "docs/cleaning.md").read_text()
    told = set(re.findall(r"^\| `([\w-]+)`", document, re.M))
    source = "\n".join(path.read_text() for path in (ROOT / "clearwell/cleaning").glob("*.py"))
    used = set(re.findall(r'"(?:watermark|navigation|teaser|listing|call|credit|residue|spam)",\s*"([\w-]+)"', source))
    assert used - told == set()
    assert {rule for rule in told if f'"{rule}"' not in source} == set()


def test_no_temporary_marks_are_left():
    for path in modules():
        assert not re.search(r"\b(TODO|FIXME|XXX|HACK)\b", path.read_text()), path
