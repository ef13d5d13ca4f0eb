"""Articles of any size by a seeded generator: nested containers, paragraphs with links, lists, tables, asides.

As on real pages (WCXB dev: 8 % of the median page, 12 % on average) about a tenth is text.  The rest stands between
the sections: scripts, styles, JSON, drawings, comments, attributes.
"""

import random
import re

SEED = 2026
TEXT_SHARE = 0.10  # of a page's bytes; WCXB dev, 2026-11
_AROUND = 3_000  # bytes of what stands round the article

_WORDS = (
    "water sleep muscle balance morning evening patient doctor walk exercise breakfast vitamin protein pressure heart "
    "child mother winter summer study group weeks months daily often rarely slowly gently helps causes reduces needs "
    "improves before after because while during without the a of in for with and or not more less most some every"
).split()
_TAG = re.compile(r"<[^>]*>")


def write_article(size: int) -> bytes:
    """A page of about `size` bytes, the same for the same size: chrome round one article, which is what grows.

    >>> page = write_article(20_000)
    >>> 20_000 <= len(page) < 28_000, page == write_article(20_000)
    (True, True)
    """
    chance = random.Random(SEED)
    parts: list[str] = []
    length = text = 0
    while length < size - _AROUND:
        section, characters = _section(chance, len(parts) + 1)
        text += characters
        parts.append(section + _weight(chance, int(text / TEXT_SHARE) - length - len(section)))
        length += len(parts[-1])
    return (_head(chance) + "\n".join(parts) + _tail(chance)).encode()


def _sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(_WORDS, k=chance.randint(7, 22))).capitalize() + "."


def _paragraph(chance: random.Random) -> str:
    sentences = [_sentence(chance) for _ in range(chance.randint(2, 6))]
    if chance.random() < 0.4:
        sentences[0] += f' See <a href="/a/{chance.randint(1, 999)}.html">{chance.choice(_WORDS)} and more</a>.'
    if chance.random() < 0.3:
        sentences.append(f"<strong>{_sentence(chance)}</strong> <em>{chance.choice(_WORDS)}</em>")
    return f'<p class="text">{" ".join(sentences)}</p>'


def _section(chance: random.Random, number: int) -> tuple[str, int]:
    """A heading and what stands below it, and about how many characters of it are text.

    One section in a few has a list, a table, a quote or a picture.
    """
    parts = [f"<h2 id='s{number}'>{number}. {_sentence(chance)[:60]}</h2>"]
    parts += [_paragraph(chance) for _ in range(chance.randint(1, 3))]
    kind = chance.randrange(6)
    if kind == 0:
        parts.append("<ul>" + "".join(f"<li>{_sentence(chance)}</li>" for _ in range(chance.randint(3, 8))) + "</ul>")
    elif kind == 1:
        row = "".join(f"<td>{chance.choice(_WORDS)}</td>" for _ in range(4))
        parts.append("<table><tr><th>a</th><th>b</th><th>c</th><th>d</th></tr>" + f"<tr>{row}</tr>" * 5 + "</table>")
    elif kind == 2:
        parts.append(f"<blockquote><p>{_sentence(chance)}</p></blockquote>")
    elif kind == 3:
        parts.append(f'<figure><img src="/i/{number}.jpg" alt=""><figcaption>{_sentence(chance)}</figcaption></figure>')
    inner = "".join(parts)
    return f'<section class="part"><div class="inner">{inner}</div></section>', len(_TAG.sub("", inner))


def _weight(chance: random.Random, size: int) -> str:
    """About `size` bytes that nobody reads, in the proportions of WCXB dev: most of it in scripts and attributes."""
    parts: list[str] = []
    while size > 0:
        parts.append(chance.choices(_WEIGHTS, (8, 5, 3, 2, 1))[0](chance))
        size -= len(parts[-1])
    return "".join(parts)


def _script(chance: random.Random) -> str:
    calls = (f'w.push({{"{chance.choice(_WORDS)}":[{chance.random()}]}})' for _ in range(20))
    return f"<script>(function(w,a){{if(a<9){{{';'.join(calls)}}}}})(window,7)</script>"


def _attributes(chance: random.Random) -> str:
    names = " ".join(
        f"el-{chance.choice(_WORDS)}-{chance.randint(1, 99)} md:p-{chance.randint(1, 9)}" for _ in range(16)
    )
    image = f'<img src="/i/{chance.randint(1, 999)}.jpg?w=640&amp;h=480" alt="" loading="lazy" id="i{chance.random()}">'
    return (
        f'<div class="{names}" style="margin:0 auto;width:100%"><div data-view="{chance.random()}">{image}</div></div>'
    )


def _style(chance: random.Random) -> str:
    rules = (f".el-{chance.choice(_WORDS)}-{n}{{margin:0 {chance.randint(1, 9)}px}}" for n in range(20))
    return f"<style>{''.join(rules)}</style>"


def _json(chance: random.Random) -> str:
    pairs = ",".join(f'"{chance.choice(_WORDS)}{n}":"{chance.random()}"' for n in range(30))
    return f'<script type="application/json">{{{pairs}}}</script>'


def _drawing(chance: random.Random) -> str:
    path = " ".join(f"L{chance.randint(0, 99)} {chance.randint(0, 99)}" for _ in "x" * 60)
    return f'<!-- icon --><svg viewBox="0 0 99 99"><g><path d="M0 0 {path}z"/></g></svg>'


_WEIGHTS = (_script, _attributes, _style, _json, _drawing)


def _head(chance: random.Random) -> str:
    menu = "".join(f'<li><a href="/m/{n}">{chance.choice(_WORDS)}</a></li>' for n in range(20))
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>On sleep and balance | Example</title>'
        '<meta name="author" content="Ann Lee"><meta property="article:published_time" content="2026-05-04">'
        f"</head><body><header><nav><ul>{menu}</ul></nav></header><main><article><h1>On sleep and balance</h1>\n"
    )


def _tail(chance: random.Random) -> str:
    teasers = "".join(f'<div class="card"><a href="/t/{n}">{_sentence(chance)[:49]}...</a></div>' for n in range(8))
    return f'</article></main><aside class="related">{teasers}</aside><footer>Example</footer></body></html>'
