"""Which addresses of a site are worth a fetch, and why: sitemaps, feeds, listing pages, lists of addresses.

    source      bytes to leads, whatever kind of source they are     source.py
                sitemaps.py, feeds.py, listings.py
    address     one page, one address; what an address tells         addresses.py, article_urls.py, address_words.py
    frontier    what is asked for next, and what is left out         frontier.py, shapes.py, listing_groups.py

Pure: no network, no disk, no clock.  The spider asks for what the frontier gives and tells it what came of it.
"""
