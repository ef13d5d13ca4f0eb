"""Dirt put into a page's markup: between the sentences of the article's paragraphs, between its blocks, below it."""

import random
import re

from lxml import etree, html

from bench.quality.farms.dirt import Dirt, Line

MIN_TEXT = 60  # characters of a text between tags that is looked at; shorter ones stand in menus too
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)][.!?]) (?=[A-Z])")


def to_html(tree: etree._Element) -> str:
    """The page as a string."""
    return str(html.tostring(tree, encoding="unicode", doctype="<!DOCTYPE html>"))


class Paragraphs:
    """The paragraphs of a page that hold the truth's sentences: `found`, in order, and `last`, above the tail."""

    def __init__(self, source: str, truth: str) -> None:
        self.tree = html.document_fromstring(source.encode(), parser=html.HTMLParser(encoding="utf-8"))
        wanted = " ".join(truth.split())
        self.found = [element for element in self.tree.iter("p") if self._is_wanted(element, wanted)]

    @staticmethod
    def _is_wanted(element: etree._Element, wanted: str) -> bool:
        text = " ".join("".join(element.itertext()).split())
        return len(text) >= MIN_TEXT and text in wanted

    @property
    def last(self) -> etree._Element:
        """The last paragraph of the article."""
        return self.found[-1]

    def put_in(self, dirt: Dirt) -> None:
        """Put notices and lines into the tree."""
        for mark, novel in dirt.draw_marks():
            self._put_mark(dirt, mark, novel)
        for line in dirt.draw_lines():
            _put_below(
                dirt.rng.choice(self.found[:-1]), dirt.note(line.text, line.category), dirt.rng.choice(["p", "div"])
            )
        first = dirt.draw_first()
        if first:
            block = etree.Element("p")
            block.text = dirt.note(first.text, first.category)
            self.found[0].addprevious(block)

    def _put_mark(self, dirt: Dirt, mark: str, novel: bool) -> None:
        """One notice: between two sentences, in a tag or not; at a paragraph's end; or as a block of its own."""
        way = dirt.rng.random()
        element = dirt.rng.choice(self.found[:-1])
        dirt.note(mark, "watermark", novel)
        if way < 0.2:
            _put_below(element, mark, dirt.rng.choice(["p", "div"]))
            return
        text = element.text or ""
        ends = [end.start() for end in _SENTENCE_END.finditer(text)]
        if not ends or way < 0.3:
            _put_at_end(element, mark, dirt.rng.choice([*dirt.farm.tags]))
            return
        end = dirt.rng.choice(ends)
        tag = dirt.rng.choice(dirt.farm.tags)
        if tag:
            span = etree.Element(tag)
            span.text, span.tail = mark, " " + text[end + 1 :]
            element.text = text[:end] + " "
            element.insert(0, span)
        else:
            element.text = dirt.set_between(text[:end], text[end + 1 :], mark)


def _put_below(element: etree._Element, text: str, tag: str) -> None:
    block = etree.Element(tag)
    block.text = text
    block.tail, element.tail = element.tail, None
    element.addnext(block)


def _put_at_end(element: etree._Element, mark: str, tag: str) -> None:
    if tag:
        etree.SubElement(element, tag).text = mark
    elif len(element):
        element[-1].tail = f"{element[-1].tail or ''} {mark}"
    else:
        element.text = f"{element.text or ''} {mark}"


def put_tail(last: etree._Element, lines: list[Line], form: str, rng: random.Random) -> None:
    """The tail below the last paragraph, in the site's form: paragraphs, divs, a list of links, lines in one block."""
    if form == "br":
        box = etree.Element("div")
        for line in lines:
            etree.SubElement(box, "br").tail = line.text
        blocks = [box]
    elif form in ("ul", "ol"):
        box = etree.Element(form)
        for line in lines:
            link = etree.SubElement(etree.SubElement(box, "li"), "a", href=f"/p/{rng.randrange(10000)}.html")
            link.text = line.text
        blocks = [box]
    else:
        blocks = [etree.Element(form) for _ in lines]
        for block, line in zip(blocks, lines, strict=True):
            block.text = line.text
    tail, last.tail = last.tail, None
    for block in reversed(blocks):
        last.addnext(block)
    blocks[-1].tail = tail
