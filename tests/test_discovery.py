"""Crawls on paper: the real spider and the real discovery, answers from a table, a judge who knows the articles.

Each site is one way a site can be laid out, or can go wrong; the crawl has to find its articles and leave the rest.
"""

from types import SimpleNamespace
from urllib.parse import quote

import pytest
from scrapy.http import HtmlResponse

from clearwell.discovery.lists import MAX_LIST_PAGES
from clearwell.site import Site
from tests.paper import HOST, MENU, Crawl, Redirect, index, numbered, page, sitemap, story


def folders():
    """Articles look like folders, and stand in menus only."""
    menu = ("/", "/insomnia/", "/asthma/", "/migraine/", "/gout/", "/flu/", "/contact/", "/book-a-visit/")
    articles = menu[1:6]
    pages = {path: story(menu=menu) for path in articles} | {"/": page(menu=menu), "/book-a-visit/": page(menu=menu)}
    return pages, articles


def numbers():
    """Numbers at the root, thirty lists of ten."""
    articles = numbered("/{}.html", 300)
    pages = {path: story(menu=MENU) for path in articles}
    for number in range(30):
        path = f"/list_{number + 1}.html" if number else "/"
        more = (
            "".join(f'<a href="/list_{n}.html">{n}</a>' for n in range(2, 31))
            + f'<a href="/list_{number + 2}.html">Next</a>'
        )
        pages[path] = page(*articles[number * 10 :][:10], menu=MENU, more=more)
    return pages, articles


def queries():
    """Everything is one script: articles by `?id=`, lists by `?cat=` and `?page=`."""
    articles = numbered("/?id={}", 60)
    pages = {path: story(*articles[:3]) for path in articles}
    for number in range(6):
        links = articles[number * 10 :][:10]
        pages[f"/?page={number + 1}" if number else "/"] = page(*links, more=f'<a href="/?page={number + 2}">Next</a>')
    return pages, articles


def slugs():
    """Chinese, Arabic and Cyrillic slugs, escaped; two sections with next pages by label."""
    names = ("饭后散步多久合适", "لماذا-ننام-ليلا", "почему-мы-спим", "eat-less-salt")
    articles = [f"/{s}/{quote(name)}-{n}" for s in ("a", "b") for name in names for n in range(5)]
    pages = {path: story() for path in articles}
    pages["/"] = page(menu=("/a/", "/b/", "/login/"))
    for section in "ab":
        mine = [path for path in articles if path.startswith(f"/{section}/")]
        for number in range(2):
            target = f"/{section}/?n={number * 10}" if number else f"/{section}/"
            older = "" if number else f'<a href="/{section}/?n=10">下一页</a>'
            pages[target] = page(*mine[number * 10 :][:10], more=older)
    return pages, articles


def related():
    """The home page names three articles; the others are known only by articles that are related."""
    articles = numbered("/health/a-story-about-{}-things", 40)
    pages = {path: story(*articles[n + 1 :][:3]) for n, path in enumerate(articles)}
    return pages | {"/": page(*articles[:3], menu=MENU)}, articles


def sections():
    """Sections look like articles' addresses; only reading them shows that they are lists."""
    tops = ("/all-about-better-sleep/", "/all-about-good-food/")
    articles = [f"{top}{name}/" for top in tops for name in numbered("number-{}-of-many-tips", 12)]
    pages = {path: story() for path in articles}
    pages |= {top: page(*[path for path in articles if path.startswith(top)]) for top in tops}
    return pages | {"/": page(*tops)}, articles


def half_a_sitemap():
    """The sitemap holds the newest twenty of two hundred; the lists go back to the first."""
    articles = numbered("/post/the-story-with-number-{}/", 200)
    pages = {path: story(menu=MENU) for path in articles} | {"/sitemap.xml": sitemap(*articles[:30])}
    for number in range(20):
        more = "".join(
            f'<a href="/page/{n}/">{n}</a>' for n in (number, number + 2, 20) if 1 < n <= 20 and n != number + 1
        )
        pages[f"/page/{number + 1}/" if number else "/"] = page(*articles[number * 10 :][:10], menu=MENU, more=more)
    return pages, articles


def soft_404():
    """Whatever is asked for, a page comes: robots.txt, sitemap.xml, all menus."""
    articles = numbered("/n/some-words-for-{}", 30)

    def answer(target):
        return story() if target in articles else page(*articles, menu=MENU)

    return answer, articles


def endless_days():
    """Each page of a diary names the next day, without end, and the same articles."""
    articles = numbered("/tips/sleep-tip-number-{}", 30)

    def answer(target):
        if target in articles:
            return story()
        day = int("0" + "".join(filter(str.isdigit, target))) + 1
        return (
            None
            if target in ("/robots.txt", "/sitemap.xml")
            else page(*articles, more=f'<a href="/diary-{day}/">{day}</a>')
        )

    return answer, articles


def variants():
    """Each article has an AMP, a print and a tracked twin; one is there only as AMP."""
    articles = [*numbered("/tips/sleep-tip-number-{}", 20), "/amp/tips/only-here-as-an-amp-page"]
    pages = {path: story() for path in articles}
    twins = [f"{prefix}{path}{ending}" for path in articles[:20] for prefix, ending in (("/amp", ""), ("", "?print=1"))]
    tracked = [f"{path}?utm_source=x{n}&fbclid=y" for n, path in enumerate(articles[:20])]
    return pages | {"/": page(*twins, *tracked, *articles)}, articles


def feed_only():
    """A feed names ten, the lists behind the home page forty more."""
    articles = numbered("/2026/a-story-about-{}-things.html", 50)
    items = "".join(f"<item><link>{HOST}{path}</link></item>" for path in articles[:10])
    pages = {path: story(menu=MENU) for path in articles} | {"/feed": f"<rss><channel>{items}</channel></rss>"}
    for number in range(5):
        head = '<link rel="alternate" type="application/rss+xml" href="/feed">'
        more = head + f'<a rel="next" href="/older?from={number + 1}">more</a>'
        pages[f"/older?from={number}" if number else "/"] = page(*articles[number * 10 :][:10], menu=MENU, more=more)
    return pages, articles


def many_lists():
    """Forty lists that differ in a number, each with a second page."""
    articles = [f"/tip/list-{part}-has-number-{n}" for part in range(40) for n in range(4)]
    pages = {path: story() for path in articles} | {"/": page(menu=numbered("/part-{}/", 40))}
    for part in range(40):
        mine = articles[part * 4 :][:4]
        pages[f"/part-{part}/"] = page(*mine[:2], more=f'<a href="/part-{part}/?page=2">2</a>')
        pages[f"/part-{part}/?page=2"] = page(*mine[2:], more=f'<a href="/part-{part}/">1</a>')
    return pages, articles


SITES = {
    "folders": (folders, 1),
    "numbers": (numbers, 0),
    "queries": (queries, 0),
    "slugs": (slugs, 1),
    "related": (related, 0),
    "sections": (sections, 1),
    "half a sitemap": (half_a_sitemap, 3),
    "soft 404": (soft_404, 6),
    "endless days": (endless_days, 2),
    "variants": (variants, 0),
    "feed only": (feed_only, 0),
    "many lists": (many_lists, 1),
}


@pytest.mark.parametrize("name", SITES)
def test_every_article_is_found(name):
    """All of them, each once, and at most so many other pages that name nothing new."""
    make, others = SITES[name]
    pages, articles = make()
    crawl = Crawl(pages, articles).run()
    assert set(articles) - crawl.taken == set()
    assert len(crawl.fetched) == len(set(crawl.fetched))
    assert crawl.taken <= set(articles)
    in_vain = crawl.count_in_vain()
    assert len(in_vain) <= others, in_vain


def test_the_newest_come_first_and_the_budget_is_kept_and_told():
    dated = "".join(
        f"<url><loc>{HOST}/a/story-number-{n}-of-many</loc><lastmod>2026-01-{n + 1:02}</lastmod></url>"
        for n in range(20)
    )
    pages = {"/sitemap.xml": f"<urlset>{dated}</urlset>"} | {f"/a/story-number-{n}-of-many": story() for n in range(20)}
    crawl = Crawl(pages, pages, starts=("/sitemap.xml",), maxPages=5).run()
    assert crawl.taken == {f"/a/story-number-{n}-of-many" for n in range(15, 20)}
    assert crawl.reasons == {"/sitemap.xml": "over-budget"}
    assert "15 addresses are left" in crawl.failed[0].message
    assert crawl.left_out == {"over-budget": 15}
    moments = [request.meta["lastmod"].isoformat() for request in crawl.requests[1:]]
    assert moments[0] == "2026-01-20T00:00:00+00:00"
    assert {request.meta["origin"] for request in crawl.requests[1:]} == {"sitemap"}


def test_feeds_say_when_their_articles_changed():
    item = f"<item><link>{HOST}/one-two-three</link><pubDate>Thu, 05 Mar 2026 10:00:00 GMT</pubDate></item>"
    crawl = Crawl({"/feed.xml": f"<rss><channel>{item}</channel></rss>", "/one-two-three": story()}, ["/one-two-three"],
                  starts=("/feed.xml",)).run()  # fmt: skip
    assert [(r.meta["origin"], r.meta["lastmod"].isoformat()) for r in crawl.requests[1:]] == [
        ("feed", "2026-03-05T10:00:00+00:00")
    ]


@pytest.mark.parametrize(
    ("entries", "site", "reasons"),
    [
        (["https://b.example/x-y-z"], {}, {"https://b.example/x-y-z": "off-site"}),
        (["https://b.example/x-y-z"], {"hosts": ("a.example", "b.example")}, {"https://b.example/x-y-z": "http-404"}),
        (["/private/x-y-z"], {"exclude": ("/private/",)}, {"/private/x-y-z": "excluded"}),
        (["/x-y-z"], {"include": ("/health/",)}, {"/x-y-z": "not-included"}),
        (["/tag/x"], {}, {"/tag/x": "no-article-address"}),
        (["/tag/x"], {"include": ("/tag/",)}, {"/tag/x": "http-404"}),
        (["/login"], {}, {"/login": "no-article-address"}),
        (["/x.pdf"], {}, {"/x.pdf": "no-article-address"}),
        (["/"], {}, {"/": "no-article-address"}),
        (["http://[x"], {}, {"http://[x": "bad-url"}),
        (["ftp://a.example/x"], {}, {"ftp://a.example/x": "bad-url"}),
    ],
)
def test_what_a_sitemap_names_and_is_left_out_is_recorded(entries, site, reasons):
    assert Crawl({"/s.xml": sitemap(*entries)}, [], starts=("/s.xml",), **site).run().reasons == reasons


def test_what_a_page_links_to_and_is_left_out_is_counted():
    links = ["https://b.example/one-two-three", "/login", "/imprint", "/x.pdf", "/search?q=1"]
    crawl = Crawl({"/": page(*links, "/one-two-three"), "/one-two-three": story()}, ["/one-two-three"]).run()
    assert crawl.reasons == {}
    assert crawl.left_out == {"off-site": 1, "account": 1, "service-page": 1, "file": 1, "search": 1}


def test_thousands_of_refused_entries_are_recorded_up_to_a_bound():
    crawl = Crawl({"/s.xml": sitemap(*(f"https://b.example/{n}" for n in range(500)))}, [], starts=("/s.xml",)).run()
    assert len(crawl.failed) == 100
    assert crawl.left_out == {"off-site": 500}


SOURCES = {
    "a page": (page("/one-two-three"), "not-sitemap"),
    "nothing": (" ", "empty"),
    "a bomb": ('<!DOCTYPE a [<!ENTITY b "c">]>' + sitemap("/x"), "xml-entities"),
    "broken": (sitemap("/one-two-three")[:-30], "bad-xml"),
    "not there": (None, "http-404"),
}


@pytest.mark.parametrize("case", SOURCES)
def test_a_bad_sitemap_is_told_and_the_others_are_read(case):
    body, reason = SOURCES[case]
    pages = {"/robots.txt": f"Sitemap: {HOST}/bad.xml\nSitemap: {HOST}/good.xml", "/bad.xml": body, "/": page(),
             "/good.xml": sitemap("/good-and-well"), "/good-and-well": story()}  # fmt: skip
    crawl = Crawl(pages, ["/good-and-well"]).run()
    assert crawl.taken == {"/good-and-well"}
    assert crawl.reasons["/bad.xml"] == reason


def test_sitemaps_that_lead_to_each_other_end():
    pages = {"/s.xml": index("/s.xml", "/t.xml"), "/t.xml": index("/s.xml", "/u.xml"), "/u.xml": index("/v.xml"),
             "/v.xml": index("/w.xml"), "/w.xml": sitemap("/one-two-three")}  # fmt: skip
    crawl = Crawl(pages, [], starts=("/s.xml",)).run()
    assert crawl.fetched == ["/s.xml", "/t.xml", "/u.xml", "/v.xml"]
    assert crawl.reasons["/w.xml"] == "too-deep"


def test_sitemaps_of_tags_are_not_read():
    pages = {"/s.xml": index("/post_tag-sitemap.xml", "/post-sitemap.xml"),
             "/post-sitemap.xml": sitemap("/one-two-three"), "/one-two-three": story()}  # fmt: skip
    crawl = Crawl(pages, ["/one-two-three"], starts=("/s.xml",)).run()
    assert crawl.fetched == ["/s.xml", "/post-sitemap.xml", "/one-two-three"]
    assert crawl.reasons == {"/post_tag-sitemap.xml": "no-article-address"}


def test_a_sitemap_on_another_host_is_refused():
    pages = {"/robots.txt": "Sitemap: https://b.example/s.xml", "/": page("/one-two-three")}
    crawl = Crawl(pages, []).run()
    assert crawl.reasons["https://b.example/s.xml"] == "off-site"


def test_robots_may_be_the_start():
    pages = {"/robots.txt": "Sitemap: /s.xml", "/s.xml": sitemap("/one-two-three"), "/one-two-three": story()}
    assert Crawl(pages, ["/one-two-three"], starts=("/robots.txt",)).run().taken == {"/one-two-three"}


def test_a_plain_list_of_addresses_may_be_the_start():
    pages = {"/list.txt": f"{HOST}/one-two-three\n{HOST}/?p=7\n", "/one-two-three": story(), "/?p=7": story()}
    assert Crawl(pages, pages, starts=("/list.txt",)).run().taken == {"/one-two-three", "/?p=7"}


def test_the_usual_place_of_a_sitemap_is_tried_and_its_absence_is_no_failure():
    assert Crawl({"/": page("/one-two-three"), "/one-two-three": story()}, ["/one-two-three"]).run().reasons == {}
    found = Crawl(
        {"/": page(), "/sitemap.xml": sitemap("/one-two-three"), "/one-two-three": story()}, ["/one-two-three"]
    )
    assert found.run().taken == {"/one-two-three"}


def test_a_shape_without_articles_is_given_up_and_the_rest_is_recorded():
    good, bad = numbered("/tips/a-tip-with-number-{}", 9), numbered("/quiz/a-quiz-with-number-{}", 30)
    pages = {path: story() for path in good} | {path: page() for path in bad} | {"/": page(*good, *bad)}
    crawl = Crawl(pages, good).run()
    assert crawl.taken == set(good)
    assert len([path for path in crawl.fetched if "quiz" in path]) == 3
    assert [crawl.reasons[path] for path in bad].count("fruitless") == 27


def test_a_large_shape_gets_more_patience():
    """The first five of two hundred are none: the others are asked for all the same."""
    paths = numbered("/tips/a-tip-with-number-{}", 200)
    pages = {path: story() for path in paths} | {"/s.xml": sitemap(*paths)}
    crawl = Crawl(pages, paths[5:], starts=("/s.xml",)).run()
    assert crawl.taken == set(paths[5:])


def test_what_the_site_includes_is_asked_for_whatever_it_looks_like():
    paths = numbered("/{}/", 20)
    pages = {path: story() for path in paths} | {"/": page(menu=paths)}
    crawl = Crawl(pages, paths[10:], include=(r"/\d+/$",)).run()
    assert crawl.taken == set(paths[10:])


def test_a_list_without_end_is_cut_and_told():
    def answer(target):
        number = int("0" + "".join(filter(str.isdigit, target)))
        if target.startswith("/a/"):
            return story()
        return None if "." in target else page(f"/a/one-two-{number}", more=f'<a href="/?page={number + 1}">Next</a>')

    crawl = Crawl(answer, numbered("/a/one-two-{}", 600), maxPages=10_000).run()
    lists = [target for target in crawl.fetched if "page=" in target]
    assert len(lists) == MAX_LIST_PAGES
    assert crawl.reasons[f"/?page={MAX_LIST_PAGES + 1}"] == "too-many-pages"


def test_redirects_of_lists_and_articles_do_not_stop_a_crawl():
    pages = {"/": page("/old-and-moved-here", "/twin-of-the-new-one", menu=("/lists/",)), "/lists/": Redirect("/list"),
             "/list": page("/new-and-better-one"), "/old-and-moved-here": Redirect("/new-and-better-one"),
             "/twin-of-the-new-one": Redirect("/new-and-better-one"), "/new-and-better-one": story()}  # fmt: skip
    assert Crawl(pages, ["/new-and-better-one"]).run().taken == {"/new-and-better-one"}


def test_a_guard_is_asked_about_links_not_about_sitemaps():
    asked, noted = [], {}
    pages = {"/": page("/one-two-three", menu=("/sleep/",)), "/sitemap.xml": sitemap("/four-five-six")}
    crawl = Crawl(pages, [])
    crawl.spider.frontier.guard = SimpleNamespace(
        admit=lambda url: asked.append(url.removeprefix(HOST)) or "it goes on for ever",
        note=lambda url, fruitful: noted.update({url.removeprefix(HOST): fruitful}),
    )
    crawl.run()
    assert sorted(asked) == ["/one-two-three", "/sleep/"]
    assert crawl.left_out["trap"] == 2
    assert crawl.reasons["/sleep/"] == "trap"
    assert noted == {"/": False}


def test_a_list_that_turns_out_an_article_is_one():
    """A menu's one word leads to an article: it reads like one, so it is judged as one."""
    pages = {"/": page(menu=("/insomnia/",)), "/insomnia/": story("/one-two-three"), "/one-two-three": story()}
    assert Crawl(pages, ["/insomnia/", "/one-two-three"]).run().taken == {"/insomnia/", "/one-two-three"}


@pytest.mark.parametrize("given", [["https://a.example/"], ["https://a.example"]])
def test_a_given_host_is_a_start_point(given):
    crawl = Crawl({"/": page("/one-two-three"), "/one-two-three": story()}, ["/one-two-three"], starts=())
    crawl.spider.given = given
    crawl.spider.use(Site())
    assert crawl.run().taken == {"/one-two-three"}


def test_what_is_known_to_be_unchanged_costs_no_request_and_no_budget():
    paths = numbered("/a/story-number-{}-of-many", 200)
    pages = {"/s.xml": sitemap(*paths)} | {path: story() for path in paths}
    crawl = Crawl(pages, paths, starts=("/s.xml",), maxPages=20)
    crawl.spider.is_unchanged = lambda request: not request.url.endswith("0-of-many")
    crawl.run()
    assert len(crawl.taken) == 20
    assert set(crawl.left_out) == {"unchanged", "over-budget"}  # the twentieth is not the last of the list
    assert sum(crawl.left_out.values()) == 180


def test_answers_that_a_middleware_takes_in_do_not_hold_up_the_crawl():
    """A page that is as it was (304) comes to a callback of its own; the next are asked for all the same."""
    paths = numbered("/a/story-number-{}-of-many", 200)
    pages = {"/s.xml": sitemap(*paths)} | {path: story() for path in paths}
    crawl = Crawl(pages, paths, starts=("/s.xml",))
    idle, answer = [], crawl.answer

    def take_in(request):
        if request.url.endswith(".xml"):
            return answer(request)
        crawl.fetched.append(request.url)
        response = HtmlResponse(request.url, request=request)
        return crawl.sort_out(crawl.spider.parse_unchanged(response), response)

    crawl.answer = take_in
    go_on = crawl.spider.learning.go_on
    crawl.spider.learning.go_on = lambda: (idle.append(1), go_on())
    crawl.run()
    assert len(crawl.fetched) == 201
    assert idle == [1]
