"""What stands between a crawl and a hostile server; docs/security.md lists threats, measures and tests."""
