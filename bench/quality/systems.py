"""The systems that are compared, each called as its own documentation shows.

A system is made once (what it loads is not timed) and then has two halves: `run`, which is timed and does all that
the system is asked for, and `read`, which is not and puts the answer into our four fields.  Peers get the page decoded
beforehand, so that no guess of a charset counts against them; Clearwell gets the bytes.  Choices made for a peer:

- trafilatura: three modes.  The default text holds readers' comments, as it comes; the JSON keeps them in a field of
  their own, which is not counted.  `fast` and the default give no metadata unless asked, so none is asked of them.
- resiliparse: `extract_plain_text(main_content=True)`; the title is that of the tree, which is parsed once for both.
- readability-lxml gives HTML: its text is taken with resiliparse's plain text of a whole tree, without the list
  bullets and alt texts that would be added; the title is `short_title`, without the name of the site.
- newspaper4k, goose3: no images, no network; the page's declared language chooses their stop words: their default.
- justext: the stop list of the declared language (`<html lang>`); without one, or of a language it has no list for, its
  language-independent mode, an empty list with both stop word thresholds at 0, as its documentation has it.
- boilerpy3: ArticleExtractor, told to go on after markup errors.
- htmldate: dates only, `original_date` since the ground truth holds dates of publication.
"""

import json
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from bench.quality.dataset import Source

_DECLARED = re.compile(r"<html\b[^>]{0,1000}?\blang\s*=\s*[\"']?([a-zA-Z]{2,3})", re.I)
_HEAD = 20_000  # characters in which <html lang> is looked for

# Language codes of justext's stop lists; the larger written languages of the web.
_STOP_LISTS = {
    "ar": "Arabic", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian",
    "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "ms": "Malay", "nb": "Norwegian_Bokmal",
    "nl": "Dutch", "no": "Norwegian_Bokmal", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian",
    "vi": "Vietnamese",
}  # fmt: skip


class Prediction(NamedTuple):
    """What a system says of a page; None or nothing where it has no answer."""

    text: str = ""
    title: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None


class System(NamedTuple):
    """A system that is ready to run."""

    run: Callable[[Source], Any]
    read: Callable[[Any], Prediction]


class Entry(NamedTuple):
    """A system by name: how to make it, and the distributions whose versions belong to its results."""

    make: Callable[[], System]
    distributions: tuple[str, ...]


def _clearwell() -> System:
    import msgspec

    from clearwell import Page, clean

    encoder = msgspec.json.Encoder()

    def read(article: bytes) -> Prediction:
        fields = json.loads(article)
        authors = tuple(author["name"] for author in fields["authors"])
        date = fields["datePublished"] or fields["dateModified"]  # the others, too, fall back to what date there is
        return Prediction(fields["articleBody"], fields["headline"], authors, date)

    return System(lambda source: encoder.encode(clean(Page(url=source.url, body=source.body))), read)


def _trafilatura() -> System:
    from trafilatura import extract

    return System(lambda source: extract(source.html, url=source.url), lambda text: Prediction(text or ""))


def _trafilatura_fast() -> System:
    from trafilatura import extract

    return System(lambda source: extract(source.html, url=source.url, fast=True), lambda text: Prediction(text or ""))


def _trafilatura_json() -> System:
    from trafilatura import extract

    def run(source: Source) -> str | None:
        return extract(source.html, url=source.url, output_format="json", with_metadata=True)

    def read(answer: str | None) -> Prediction:
        fields = json.loads(answer or "{}")
        authors = tuple(filter(None, (fields.get("author") or "").split("; ")))
        return Prediction(fields.get("text") or "", fields.get("title"), authors, fields.get("date"))

    return System(run, read)


def _resiliparse() -> System:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    def run(source: Source) -> tuple[str, str]:
        tree = HTMLTree.parse(source.html)
        return tree.title or "", extract_plain_text(tree, main_content=True)

    return System(run, lambda answer: Prediction(answer[1], answer[0] or None))


def _readability() -> System:
    from readability import Document
    from resiliparse.extract.html2text import extract_plain_text

    def run(source: Source) -> tuple[str, str]:
        document = Document(source.html, url=source.url or None)
        fragment = document.summary(html_partial=True)
        return document.short_title(), extract_plain_text(fragment, list_bullets=False, alt_texts=False)

    return System(run, lambda answer: Prediction(answer[1], answer[0] or None))


def _newspaper() -> System:
    from newspaper import Article

    def run(source: Source) -> Any:
        article = Article(source.url or "http://localhost/", fetch_images=False)
        article.download(input_html=source.html)
        article.parse()
        return article

    def read(article: Any) -> Prediction:
        date = article.publish_date
        return Prediction(
            article.text or "", article.title or None, tuple(article.authors or ()), date.isoformat() if date else None
        )

    return System(run, read)


def _goose() -> System:
    from goose3 import Goose

    goose = Goose({"enable_image_fetching": False})

    def read(article: Any) -> Prediction:
        date = next(iter(_strings(article.publish_date)), None)
        if date and not re.match(r"\d{4}-\d\d-\d\d", date):  # as the page wrote it; then the day it was read as
            date = article.publish_datetime_utc.isoformat() if article.publish_datetime_utc else date
        return Prediction(article.cleaned_text or "", article.title or None, _strings(article.authors), date)

    return System(lambda source: goose.extract(raw_html=source.html), read)


def _strings(value: Any) -> tuple[str, ...]:
    """The strings in what goose3 gives where a page's JSON-LD has lists in lists; None gives none.

    >>> _strings(["Ann Lee", ["Bob Ray", None]]), _strings("2025-01-15")
    (('Ann Lee', 'Bob Ray'), ('2025-01-15',))
    """
    if isinstance(value, list | tuple | set):
        return tuple(text for part in value for text in _strings(part))
    return (value,) if isinstance(value, str) and value else ()


def _justext() -> System:
    import justext

    lists = {code: justext.get_stoplist(name) for code, name in _STOP_LISTS.items()}

    def run(source: Source) -> list[Any]:
        declared = _DECLARED.search(source.html, 0, _HEAD)
        words = lists.get(declared.group(1).lower()) if declared else None
        if words is None:
            return justext.justext(source.html, frozenset(), stopwords_low=0, stopwords_high=0)
        return justext.justext(source.html, words)

    def read(paragraphs: list[Any]) -> Prediction:
        return Prediction("\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate))

    return System(run, read)


def _boilerpy() -> System:
    from boilerpy3.extractors import ArticleExtractor

    extractor = ArticleExtractor(raise_on_failure=False)
    return System(
        lambda source: extractor.get_doc(source.html),
        lambda document: Prediction(document.content or "", document.title or None),
    )


def _htmldate() -> System:
    from htmldate import find_date

    return System(
        lambda source: find_date(source.html, url=source.url or None, original_date=True),
        lambda date: Prediction(date=date),
    )


SYSTEMS: dict[str, Entry] = {
    "clearwell": Entry(_clearwell, ("clearwell", "selectolax", "msgspec", "langdetect")),
    "trafilatura": Entry(_trafilatura, ("trafilatura", "htmldate", "justext", "lxml")),
    "trafilatura fast": Entry(_trafilatura_fast, ("trafilatura", "lxml")),
    "trafilatura JSON": Entry(_trafilatura_json, ("trafilatura", "htmldate", "justext", "lxml")),
    "resiliparse": Entry(_resiliparse, ("resiliparse",)),
    "readability": Entry(_readability, ("readability-lxml", "lxml", "resiliparse")),
    "newspaper4k": Entry(_newspaper, ("newspaper4k", "lxml")),
    "goose3": Entry(_goose, ("goose3", "lxml")),
    "justext": Entry(_justext, ("justext", "lxml")),
    "boilerpy3": Entry(_boilerpy, ("boilerpy3",)),
    "htmldate": Entry(_htmldate, ("htmldate", "dateparser", "lxml")),
}
