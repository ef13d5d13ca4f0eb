"""Pages to mutate: some of our own writing, one of each kind, and pieces of any data set's pages."""

import gzip
import random
import re
from pathlib import Path

MAX_PIECE = 12_000  # bytes of a data set's page
HEAD_SHARE = 0.2  # of a piece, taken from the page's beginning, where the metadata stands
MAX_PAGES = 300  # of one data set: every worker holds them all

_BODY = re.compile(rb"<body", re.I)

_PROSE = (
    "Drinking enough water helps the body through a hot day, and most people manage it without counting glasses. "
    "Thirst is a good guide until about the age of seventy; after that it comes late, and a fixed habit is safer."
)
_CHINESE = "夏天出汗多，身体需要的水也多。大多数人口渴时喝水就够了，老年人则应当养成定时喝水的习惯，不要等到口渴才喝。"

_NEWS = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Water on hot days | Example</title>
<link rel="canonical" href="https://example.org/health/water.html"><meta property="og:type" content="article">
<meta property="og:image" content="/i/glass.jpg"><meta name="author" content="Ann Lee">
<script type="application/ld+json">{{"@context":"https://schema.org","@type":["NewsArticle","MedicalWebPage"],
"headline":"Water on hot days","datePublished":"2026-05-04T08:00:00+02:00",
"author":[{{"@type":"Person","name":"Ann Lee"}},"Bo Grey"],
"publisher":{{"@type":"Organization","name":"Example"}},"image":{{"url":"/i/glass.jpg","caption":"A glass"}},
"keywords":["water","heat"],"lastReviewed":"2026-06-01","reviewedBy":{{"name":"Dr Cy Dale"}},
"about":{{"@type":"MedicalCondition","name":"Dehydration"}}}}</script></head><body class="post-template">
<header class="masthead"><nav aria-label="main"><ul><li><a href="/">Home</a><li><a href="/health">Health</a></ul></nav>
</header><main><article id="post-7" class="entry hentry"><h1>Water on hot days</h1><p class="byline">By <a
href="/ann">Ann Lee</a> and Bo Grey, <time datetime="2026-05-04">4 May 2026</time></p><figure><img src="/i/glass.jpg">
<figcaption>A glass of water. Photo: Ann Lee</figcaption></figure><p>{_PROSE} See <a href="heat.html?a=1&amp;b=2">what
heat does</a>.</p><h2>How much?</h2><p>{_PROSE}</p><ul><li>two glasses in the morning<ul><li>one before coffee</ul>
<li>one with each meal</ul><ol start="3"><li>third<li value="9">ninth</ol><blockquote><p>{_PROSE}</p></blockquote>
<table><tr><th>Age<th>Litres<tr><td>20<td>2.0<tr><td>70<td>1.5</table><pre>if thirsty:
    drink()</pre><p>Read also: <a href="/t/1">Ten ways to sleep better</a></p></article><aside class="related sidebar">
<h3>More</h3><div class="card"><a href="/a">Why the sea smells of salt, and wh...</a></div></aside></main>
<footer class="site-footer">© 2026 Example. All rights reserved.</footer></body></html>"""

_HIDDEN = f"""<html><body><div class="accordion"><div class="panel" style="display:none"><p>{_PROSE}</p></div>
<div hidden id="S:1"><p>{_PROSE}</p></div><div aria-hidden="true"><a href="https://example.com/x">spam</a></div>
<noscript><p>{_PROSE}</p><img src="/i.gif"></noscript></div><p>{_PROSE}</p>
<script>document.write("<p>x</p>")</script>"""

_LISTING = "<html><body><h1>All articles</h1>" + "".join(
    f'<div class="card item"><h2><a href="/a/{n}">Article number {n} about sleep</a></h2><p>The first words of ...</p>'
    f"<time>{n} March 2026</time></div>"
    for n in range(1, 13)
)

_PRODUCT = f"""<html><head><meta property="og:type" content="product"><script type="application/ld+json">{{"@graph":[
{{"@type":"Product","name":"Bottle","offers":{{"price":"9.90","priceCurrency":"EUR"}}}},{{"@type":"BreadcrumbList",
"itemListElement":[{{"@type":"ListItem","position":1,"item":{{"@id":"/shop","name":"Shop"}}}}]}}]}}</script></head><body>
<div itemscope itemtype="https://schema.org/Product"><h1 itemprop="name">Bottle</h1><button class="add-to-cart">Buy
</button><p itemprop="description">{_PROSE}</p></div><form><input type="password" name="p"></form></body></html>"""

_XHTML = f"""<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="de"><head><title>Wasser</title></head><body><div><p>Trinken Sie 1,5
Liter am Tag.<br /><br />{_PROSE}</p><hr /><dl><dt>Tag</dt><dd>{_PROSE}</dd></dl><![CDATA[ not shown ]]></div></body>
</html>"""

_CHINESE_PAGE = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>
夏天喝水_健康网</title><meta name="keywords" content="喝水,夏天"></head>
<body><div class="main"><h1>夏天喝水</h1><div class="info">
2026-05-04 来源：健康网 作者：李安</div><div id="content"><p>{_CHINESE}</p><p>一、为什么会口渴？</p><p>{_CHINESE}</p><p>
上一篇：<a href="/1.html">海边的傍晚</a></p><p>健康网原创版权，未经许可禁止转载</p></div></div></body></html>"""

_FLOATING = f"""<body><font size=2><center><b>Water</b></center><br><br>{_PROSE}<br>{_PROSE}<br><br><svg><g>
<text>no</text></g></svg><math><mi>x</mi></math><template><p>no</p></template><select><option>no</select><textarea>no</textarea>
<table width=100%><tr><td><p>{_PROSE}<p>{_PROSE}<td class=nav><a href=/x>x</a></table></font>the patientâ€™s leg"""

_FLAT = f"Water on hot days {_PROSE} How much? {_PROSE} 1. Drink early 2. Drink often\nAll rights reserved\nNext: Sleep"

PAGES = (_NEWS, _HIDDEN, _LISTING, _PRODUCT, _XHTML, _CHINESE_PAGE, _FLOATING, _FLAT)


def read_pieces(data: Path, seed: int) -> list[str]:
    """A piece of each of a data set's pages (`html/*.html.gz`), or of a seeded sample of them where there are many.

    A piece is the page's beginning and a stretch of its body.
    """
    chance = random.Random(seed)
    files = sorted((data / "html").glob("*.html.gz"))
    if not files:
        raise SystemExit(f"{data} has no html/NAME.html.gz")
    chosen = chance.sample(files, min(MAX_PAGES, len(files)))
    return [cut_piece(gzip.decompress(file.read_bytes()), chance).decode("utf-8", "replace") for file in chosen]


def cut_piece(body: bytes, chance: random.Random) -> bytes:
    """A page's beginning and a stretch from anywhere in its body; a short page whole."""
    if len(body) <= MAX_PIECE:
        return body
    head = int(MAX_PIECE * HEAD_SHARE)
    found = _BODY.search(body)
    begin = max(found.start() if found else 0, head)
    start = chance.randint(begin, max(begin, len(body) - (MAX_PIECE - head)))
    return body[:head] + body[start : start + MAX_PIECE - head]
