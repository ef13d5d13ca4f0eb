"""Blocks as text, HTML and Markdown; and nothing that a browser would run."""

import re

import pytest

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
]
ALLOWED = re.compile(
    r"</?(?:p|h[1-6]|ul|ol|li|blockquote|pre|code|table|tbody|tr|td|a)>|<ol start=\"\d+\">|<li value=\"\d+\">"
    r"|<a href=\"https?://[^\"<>]*\" rel=\"nofollow noopener\">"
)


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_that_runs_survives(vector: str) -> None:
    article = clean(
        Page(html=f"<h1>T</h1><p>{PROSE}</p>{vector}<p>{PROSE} {vector} and so on.</p>", url="https://farm.example/")
    )
    assert PROSE in article.articleBodyHtml
    assert "<" not in ALLOWED.sub("", article.articleBodyHtml)
    assert all(link.url.startswith(("http://", "https://")) for found in article.blocks for link in found.links)
