"""Blocks as text, HTML and Markdown; and nothing that a browser would run."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import get_args
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from clearwell import Page, clean
from clearwell.article import ArticleBlock
from clearwell.document import BlockKind, Link
from clearwell.rendering import to_html, to_markdown, to_text

PROSE = (
    "Most people drink too little on a cold day and do not notice it until the evening, when the head begins to ache."
)


def block(
    kind: BlockKind, text: str, level: int | None = None, marker: str | None = None, *links: Link
) -> ArticleBlock:
    return ArticleBlock(kind, text, 0, level, marker, links)


def item(text: str, level: int = 1, marker: str | None = "-") -> ArticleBlock:
    return block("list_item", text, level, marker)


RENDERED = {
    "paragraphs": (
        [block("paragraph", "a"), block("heading", "b", 3), block("paragraph", "c")],
        "a\n\nb\n\nc",
        "<p>a</p>\n<h3>b</h3>\n<p>c</p>",
        "a\n\n### b\n\nc",
    ),
    "nested list": (
        [item("a"), item("b", 2), item("c", 2), item("d")],
        "- a\n- b\n- c\n- d",
        "<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul>",
        "- a\n    - b\n    - c\n- d",
    ),
    "ordered list that skips": (
        [item("a", marker="3."), item("b", marker="4."), item("c", marker="9.")],
        "3. a\n4. b\n9. c",
        '<ol start="3"><li>a</li><li>b</li><li value="9">c</li></ol>',
        "3. a\n4. b\n9. c",
    ),
    "list in an ordered one": (
        [item("a", marker="1."), item("b", 2), item("c", marker="2.")],
        "1. a\n- b\n2. c",
        "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>",
        "1. a\n    - b\n2. c",
    ),
    "item of two paragraphs": (
        [item("a", marker="1."), item("b", marker=None), item("c", marker="2.")],
        "1. a\nb\n2. c",
        "<ol><li>a<p>b</p></li><li>c</li></ol>",
        "1. a\n\n    b\n2. c",
    ),
    "levels that begin deep and jump": (
        [item("a", 3), item("b", 1), item("c", 5)],
        "- a\n- b\n- c",
        "<ul><li>a</li></ul><ul><li>b<ul><li>c</li></ul></li></ul>",
        "- a\n- b\n    - c",
    ),
    "table": (
        [block("table", "Drink\tSugar"), block("table", "Tea|hot\t0 g"), block("table", "Cola")],
        "Drink\tSugar\nTea|hot\t0 g\nCola",
        "<table><tbody><tr><td>Drink</td><td>Sugar</td></tr><tr><td>Tea|hot</td><td>0 g</td></tr>"
        "<tr><td>Cola</td></tr></tbody></table>",
        "| Drink | Sugar |\n| --- | --- |\n| Tea\\|hot | 0 g |\n| Cola |  |",
    ),
    "quote and code": (
        [block("quote", "q"), block("code", "if a < b:\n  `x`")],
        "q\n\nif a < b:\n  `x`",
        "<blockquote><p>q</p></blockquote>\n<pre><code>if a &lt; b:\n  `x`</code></pre>",
        "> q\n\n```\nif a < b:\n  `x`\n```",
    ),
    "code with a fence": ([block("code", "```")], "```", "<pre><code>```</code></pre>", "````\n```\n````"),
    "links": (
        [block("paragraph", "see here & there", None, None, Link(4, 8, "https://e.org/?a=1&b=(2)"))],
        "see here & there",
        '<p>see <a href="https://e.org/?a=1&amp;b=(2)" rel="nofollow noopener">here</a> &amp; there</p>',
        "see [here](https://e.org/?a=1&b=%282%29) \\& there",
    ),
    "overlapping links": (
        [block("paragraph", "abcdef", None, None, Link(0, 4, "https://e.org/1"), Link(2, 6, "https://e.org/2"))],
        "abcdef",
        '<p><a href="https://e.org/1" rel="nofollow noopener">abcd</a>ef</p>',
        "[abcd](https://e.org/1)ef",
    ),
    "no script in a link": (
        [block("paragraph", "abc", None, None, Link(0, 3, "javascript:alert(1)"))],
        "abc",
        '<p><a rel="nofollow noopener">abc</a></p>',
        None,
    ),
    "a paragraph that looks like markup": (
        [block("paragraph", text) for text in ("1. a", "# b", "- c", "---", "*d* _e_ [f] <g> `h`")],
        "1. a\n\n# b\n\n- c\n\n---\n\n*d* _e_ [f] <g> `h`",
        "<p>1. a</p>\n<p># b</p>\n<p>- c</p>\n<p>---</p>\n<p>*d* _e_ [f] &lt;g&gt; `h`</p>",
        "1\\. a\n\n\\# b\n\n\\- c\n\n\\---\n\n\\*d\\* \\_e\\_ \\[f\\] \\<g\\> \\`h\\`",
    ),
    "nothing": ([], "", "", ""),
}


@pytest.mark.parametrize(("blocks", "text", "html", "markdown"), RENDERED.values(), ids=RENDERED)
def test_rendered(blocks: list[ArticleBlock], text: str, html: str, markdown: str | None) -> None:
    assert to_text(blocks) == text
    assert to_html(blocks) == html
    assert markdown is None or to_markdown(blocks) == markdown


def test_long_text_is_escaped_whole() -> None:
    assert to_html([block("paragraph", "<&" * 50_000)]) == "<p>" + "&lt;&amp;" * 50_000 + "</p>"


VECTORS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//e.org/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script>alert(1)",
    "<img src=x onerror=alert(1)>",
    "<img src='x' onerror='alert(1)' alt='<script>alert(1)</script>'>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<math href='javascript:alert(1)'>x</math>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object>",
    "<embed src='javascript:alert(1)'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java&#10;script:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='https://e.org/\" onmouseover=\"alert(1)'>x</a>",
    "<a href='https://e.org/' onclick='alert(1)' style='x:expression(alert(1))' target=_blank>x</a>",
    "<a href='file:///etc/passwd'>x</a>",
    "<a href='//e.org/x'>x</a>",
    "<form action='javascript:alert(1)'><button formaction='javascript:alert(1)'>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)></audio>",
    "<body onload=alert(1)>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href='javascript:alert(1)'>",
    "<base href='javascript:alert(1)//'><a href='x'>x</a>",
    "<style>@import 'javascript:alert(1)'; p{background:url(javascript:alert(1))}</style>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<div onclick=alert(1)>x</div>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<textarea><script>alert(1)</script></textarea>",
    "<title><img src=x onerror=alert(1)></title>",
    "<xmp><script>alert(1)</script></xmp>",
    "<!--><script>alert(1)</script-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<pre>&lt;script&gt;alert(1)&lt;/script&gt;<script>alert(1)</script></pre>",
    "<table><tr><td>&lt;img src=x onerror=alert(1)&gt;<td onclick=alert(1)>y</table>",
    "<ul><li value='1\" onclick=\"alert(1)'>x</ul><ol start='1\" onclick=\"alert(1)'><li>x</ol>",
    "<plaintext><script>alert(1)</script>",
    # Markup that changes its meaning when it is parsed again.
    "<svg><p><style><a id='</style><img src=x onerror=alert(1)>'>",
    "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=alert(1)>",
    "<svg></p><style><a title='</style><img src=x onerror=alert(1)>'>",
    "<math><mi><mglyph><![CDATA[</mglyph><img src=x onerror=alert(1)>]]></mi></math>",
    "<svg><desc><title><![CDATA[</title><script>alert(1)</script>]]></desc></svg>",
    "<svg><foreignObject><iframe srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;'></iframe></foreignObject></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>",
    "<svg><set attributeName=href to='javascript:alert(1)'></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=alert(1)>#x'></svg>",
    "<template><p>&lt;/template&gt;<img src=x onerror=alert(1)></p></template>",
    "<noscript><style></noscript><img src=x onerror=alert(1)></style></noscript>",
    "<style><!--</style><img src=x onerror=alert(1)>--></style>",
    "<select><style></select><img src=x onerror=alert(1)></style></select>",
    "<table><caption><svg><style></table><img src=x onerror=alert(1)></style>",
    "<option><style></option></select><img src=x onerror=alert(1)></style></option>",
    "<a href='x<svg/onload=alert(1)>'>x</a>",
    "<dialog open><template shadowrootmode=open><script>alert(1)</script></template></dialog>",
    # Schemes in disguise.
    "<a href='&#x6A;&#x61;&#x76;&#x61;&#x73;&#x63;&#x72;&#x69;&#x70;&#x74;:alert(1)'>x</a>",
    "<a href='javascript&colon;alert(1)'>x</a>",
    "<a href='java&Tab;script:alert(1)'>x</a>",
    "<a href='java&NewLine;script:alert(1)'>x</a>",
    "<a href='\u2028javascript:alert(1)'>x</a>",
    "<a href='\u00a0javascript:alert(1)'>x</a>",
    "<a href='java\x00script:alert(1)'>x</a>",
    "<a href='javascript\uff1aalert(1)'>x</a>",
    "<a href='javascript://e.org/%0aalert(1)'>x</a>",
    "<a href='https:javascript:alert(1)'>x</a>",
    "<a href='http://javascript:alert(1)'>x</a>",
    "<a href='view-source:javascript:alert(1)'>x</a>",
    "<a href='feed:javascript:alert(1)'>x</a>",
    "<a href='blob:https://e.org/alert(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=='>x</a>",
    "<a href='https://e.org/&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;'>x</a>",
    "<a href='https://e.org/\x27 onmouseover=alert(1) x=\x27'>x</a>",
    "<a href='https://e.org/\n\" onmouseover=alert(1)'>x</a>",
    "<area href='javascript:alert(1)'><map name=x><area href='javascript:alert(1)'></map>",
    "<a ping='javascript:alert(1)' href='https://e.org/'>x</a>",
    "<q cite='javascript:alert(1)'>x</q><blockquote cite='javascript:alert(1)'>x</blockquote>",
    # Attributes that load or run.
    "<img srcset='javascript:alert(1) 1x, data:text/html,<script>alert(1)</script>'>",
    "<picture><source srcset='x' onerror=alert(1)><img src=x onerror=alert(1)></picture>",
    "<button formaction='javascript:alert(1)'>x</button><input type=image formaction='javascript:alert(1)'>",
    "<p onpointerenter=alert(1) onfocus=alert(1) tabindex=1 contenteditable>x</p>",
    "<td background='javascript:alert(1)'>x</td><body background='javascript:alert(1)'>",
    "<p is='x-y' slot=z part=q style='behavior:url(x.htc);-moz-binding:url(x)'>x</p>",
    "<meta charset=utf-7>+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "<meta http-equiv='Content-Security-Policy' content='script-src *'><script>alert(1)</script>",
    # Left open, or closed where nothing was.
    "<img src=x onerror=alert(1)",
    "<a href='https://e.org/ onclick=alert(1)>x</a>",
    "<!-- <script>alert(1)</script>",
    "<!--!><img src=x onerror=alert(1)>",
    "<!--a--!><img src=x onerror=alert(1)>-->",
    "<p/onclick=alert(1)>x</p/onclick=alert(1)>",
    "</p><script>alert(1)</script><p>",
    "<<script>alert(1)//<</script>",
    "<script/x>alert(1)</script/x>",
    "<li>1</li></ul></div></body></html><script>alert(1)</script>",
    # Text that another format would read as markup.
    "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;",
    "[x](javascript:alert(1))",
    "[x]: javascript:alert(1) and then [x]",
    "![x](javascript:alert(1))",
    "&lt;javascript:alert(1)&gt;",
    '[x](&lt;javascript:alert(1)&gt;) ![x](x "onerror=alert(1))',
    "\\[x](javascript:alert(1)) \\&lt;img src=x onerror=alert(1)&gt;",
    "<a href='https://e.org/)[y](javascript:alert(1)'>x](javascript:alert(1)) [y</a>",
    "<a href='https://e.org/'>x](javascript:alert(1)</a>",
    "<a href='https://e.org/\\'>x</a> [y](javascript:alert(1))",
    "<pre>```\n&lt;img src=x onerror=alert(1)&gt;\n```\n[x](javascript:alert(1))</pre>",
    "<code>`</code>&lt;img src=x onerror=alert(1)&gt;<code>`</code>",
    "<table><tr><td>|[x](javascript:alert(1))|<td>\\|&lt;img src=x onerror=alert(1)&gt;</table>",
]
ALLOWED: dict[str, set[str]] = {
    **{tag: set() for tag in "p h1 h2 h3 h4 h5 h6 ul blockquote pre code table tbody tr td".split()},
    "ol": {"start"},
    "li": {"value"},
    "a": {"href", "rel"},
}
# What Markdown turns into besides.
RENDERED_MARKDOWN: dict[str, set[str]] = {**ALLOWED, "thead": set(), "th": set(), "em": set(), "hr": set()}
Elements = list[tuple[str, dict[str, str | None]]]


def elements(html: str) -> Elements:
    """Every element of a fragment as a browser would build it, with its attributes; comments count as elements."""
    body = LexborHTMLParser(f"<!DOCTYPE html><html><body>{html}</body></html>").body
    assert body is not None
    return [(node.tag or "", dict(node.attributes)) for node in body.traverse(include_text=False) if node.tag != "body"]


class _Tags(HTMLParser):
    """A second reader, which knows tags and no rules of nesting."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: Elements = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        self.found.append(("-comment", {}))

    def handle_decl(self, decl: str) -> None:
        self.found.append(("-declaration", {}))

    def handle_pi(self, data: str) -> None:
        self.found.append(("-instruction", {}))


def tags(html: str) -> Elements:
    parser = _Tags()
    parser.feed(html)
    parser.close()
    return parser.found


def faults(found: Elements, allowed: dict[str, set[str]]) -> Iterator[str]:
    """Elements and attributes that are not allowed; addresses that are not on the web; numbers that are none."""
    for tag, attributes in found:
        if tag not in allowed:
            yield f"<{tag}>"
            continue
        yield from (f"<{tag} {name}>" for name in attributes if name not in allowed[tag])
        for name, value in attributes.items():
            if name == "href" and not re.fullmatch(r"https?://[^\x00-\x1f\x7f]+", value or ""):
                yield f"href={value}"
            if name in ("start", "value") and not (value or "").isdigit():
                yield f"{name}={value}"


def markdown_to_html(markdown: str) -> str:
    """Markdown as the most trusting of renderers shows it: raw HTML goes through, and any link."""
    renderer = MarkdownIt("commonmark", {"html": True}).enable("table")
    renderer.validateLink = lambda url: True
    return renderer.render(markdown)


def page_with(vector: str) -> Page:
    """A page with a vector as markup, inside a paragraph, a heading, a link, a list and a cell, and in the metadata."""
    linked = json.dumps({"@type": "Article", "headline": vector, "author": vector}).replace("<", "\\u003c")
    return Page(
        html=f"<title>T</title><script type='application/ld+json'>{linked}</script><div class=content><h1>T</h1>"
        f"<p>{PROSE}</p>{vector}<p>{PROSE} {vector} and so on.</p><h2>Why {vector}?</h2><p>{PROSE} See <a "
        f"href='https://e.org/a'>what {vector} says</a>.</p><ul><li>{PROSE} {vector}</li></ul><table><tr><td>a<td>"
        f"{vector}</table><p>{PROSE}</p></div>",
        url="https://farm.example/",
    )


def test_there_are_enough_vectors() -> None:
    assert len(set(VECTORS)) == len(VECTORS) >= 120


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_that_runs_survives(vector: str) -> None:
    article = clean(page_with(vector))
    html = article.articleBodyHtml
    assert PROSE in html
    found = elements(html)
    assert list(faults(found, ALLOWED)) == []
    assert [tag for tag, _ in tags(html)] == [tag for tag, _ in found]  # no parser sees more than another
    assert list(faults(tags(html), ALLOWED)) == []
    assert all(link.url.startswith(("http://", "https://")) for block in article.blocks for link in block.links)


@pytest.mark.parametrize("vector", VECTORS)
def test_markdown_brings_nothing_that_runs(vector: str) -> None:
    article = clean(page_with(vector))
    html = markdown_to_html(to_markdown(article.blocks))
    found = elements(html)
    assert list(faults(found, RENDERED_MARKDOWN)) == []
    links = {attributes["href"] for _, attributes in found if "href" in attributes}
    assert {unquote(link or "") for link in links} <= {unquote(n.url) for b in article.blocks for n in b.links}


@pytest.mark.parametrize("vector", VECTORS)
def test_text_is_text_in_every_kind_of_block(vector: str) -> None:
    """The vector as what readers see, which is where a page can put it without any markup."""
    for kind in get_args(BlockKind):
        block = ArticleBlock(kind, vector.replace("\n", " "), 0, 2, "-", (Link(0, 1, "https://e.org/"),))
        assert list(faults(elements(to_html([block])), ALLOWED)) == []
        found = elements(markdown_to_html(to_markdown([block])))
        assert list(faults(found, RENDERED_MARKDOWN)) == []
        assert {attributes["href"] for _, attributes in found if "href" in attributes} <= {"https://e.org/"}


@pytest.mark.parametrize("html", ["<b>x</b>", "<p onclick=x>y</p>", "<a href='javascript:x'>y</a>", "<p>x<!--y-->"])
def test_the_check_sees_what_it_looks_for(html: str) -> None:
    assert list(faults(elements(html), ALLOWED)) != []
    assert list(faults(tags(html), ALLOWED)) != []
