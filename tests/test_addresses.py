"""Which addresses and ports may be connected to."""

import pytest

from clearwell.errors import SiteConfigError
from spiders.failures import RefusedRequest
from spiders.safety.addresses import AddressPolicy
from spiders.safety.handler import Door, check_url

PUBLIC = """
    1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0
    169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 168.63.129.15 168.63.129.17 191.255.255.255
    192.0.1.0 192.0.3.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 203.0.112.255 203.0.114.0
    223.255.255.255 2001:200:: 2606:4700:4700::1111 2a00:1450::1 3ffe:ffff:: 2001:db7:: 2003:: ::ffff:8.8.8.8
    64:ff9b::8.8.8.8 64:ff9b::808:808
    """.split()
FORBIDDEN = """
    0.0.0.0 0.255.255.255 10.0.0.0 10.255.255.255 100.64.0.0 100.127.255.255 100.100.100.200 127.0.0.0
    127.0.0.1 127.255.255.255 168.63.129.16 169.254.0.0 169.254.169.254 169.254.170.2 169.254.255.255
    172.16.0.0 172.31.255.255 192.0.0.0 192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.0 192.168.255.255
    198.18.0.0 198.19.255.255 198.51.100.7 203.0.113.7 224.0.0.0 239.255.255.255 240.0.0.0 255.255.255.255 ::
    ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:a9fe:a9fe ::ffff:0:127.0.0.1
    64:ff9b::127.0.0.1 64:ff9b::a00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 64:ff9b:1::8.8.8.8 100::1 2001::1
    2001:0:7f00:1:: 2001:10::1 2001:20::1 2001:1ff:ffff:: 2001:db8::1 2002:: 2002:7f00:1:: 2002:a9fe:a9fe::
    3fff::1 4000::1 5f00::1 e000:: fc00::1 fd00:ec2::254 fd20:ce::254 fe80::1 fe80::a9fe:a9fe fe80::1%lo
    fec0::1 ff02::1 ffff::
    """.split()
# Whoever connects resolves first; what is no literal in the usual spelling was not resolved.
NO_LITERALS = [
    "localhost",
    "example.org",
    "2130706433",
    "0x7f000001",
    "127.1",
    "0177.0.0.1",
    "127.0.0.1.",
    "",
    "[::1]",
    "1.1.1.1 ",
]


@pytest.mark.parametrize("host", PUBLIC)
def test_public_addresses_pass(host):
    AddressPolicy().check(host, 443)


@pytest.mark.parametrize("host", FORBIDDEN + NO_LITERALS)
def test_special_addresses_do_not(host):
    with pytest.raises(RefusedRequest) as refused:
        AddressPolicy().check(host, 443)
    assert refused.value.reason == "forbidden-address"
    assert host in str(refused.value)


@pytest.mark.parametrize(
    ("allowed", "host", "passes"),
    [
        ("127.0.0.1", "127.0.0.1", True), ("127.0.0.1", "127.0.0.2", False), ("127.0.0.1", "::ffff:127.0.0.1", True),
        ("127.0.0.0/8", "127.9.9.9", True), ("127.0.0.1", "::1", False), ("::1", "::1", True),
        ("::1", "127.0.0.1", False),
        ("10.1.0.0/16", "10.1.2.3", True), ("10.1.0.0/16", "10.2.0.1", False),
        ("10.1.0.0/16", "64:ff9b::10.1.2.3", True),
        ("fe80::/10", "fe80::1%lo", True),
    ],
)  # fmt: skip
def test_a_network_of_ones_own_can_be_allowed_on_any_port(allowed, host, passes):
    policy = AddressPolicy(allowed=[allowed])
    if passes:
        policy.check(host, 9)
    else:
        with pytest.raises(RefusedRequest):
            policy.check(host, 80)


def test_a_public_network_can_be_forbidden():
    policy = AddressPolicy(allowed=["8.8.4.4"], forbidden=["8.8.0.0/16"])
    policy.check("8.7.0.1", 80)
    policy.check("8.8.4.4", 80)
    with pytest.raises(RefusedRequest, match="locally forbidden"):
        policy.check("::ffff:8.8.8.8", 80)


@pytest.mark.parametrize(
    ("port", "passes"), [(80, 1), (443, 1), (8080, 1), (8443, 1), (8000, 1), (22, 0), (25, 0), (6379, 0), (0, 0)]
)
def test_ports_are_on_a_list(port, passes):
    policy = AddressPolicy(ports=["8000"])
    if passes:
        policy.check("8.8.8.8", port)
    else:
        with pytest.raises(RefusedRequest) as refused:
            policy.check("8.8.8.8", port)
        assert refused.value.reason == "forbidden-port"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("allowed", "localhost"),
        ("allowed", "10.0.0.1/8"),
        ("forbidden", "x"),
        ("ports", "http"),
        ("ports", "70000"),
        ("ports", "-1"),
    ],
)
def test_a_wrong_setting_is_told(setting, value):
    with pytest.raises(SiteConfigError, match="CLEARWELL_"):
        AddressPolicy(**{setting: [value]})


class Reactor:
    """Stands for the reactor: notes who was connected to."""

    def __init__(self):
        self.called = []

    def connectTCP(self, host, port, factory, timeout=30, bindAddress=None):
        self.called.append((host, port, timeout))


def test_the_door_opens_for_none_but_the_judged_address():
    reactor = Reactor()
    door = Door(reactor, AddressPolicy())
    door.connectTCP("8.8.8.8", 80, None, timeout=5)
    for host in ("127.0.0.1", "localhost"):
        with pytest.raises(RefusedRequest):
            door.connectTCP(host, 80, None)
    assert reactor.called == [("8.8.8.8", 80, 5)]


@pytest.mark.parametrize(
    ("url", "passes"),
    [
        ("http://example.org", 1), ("https://a_b.example.org.:8443/x?y", 1), ("http://[2606:4700::1]/", 1),
        ("http://127.1/", 1),
        ("http://u@example.org/", 0), ("http://u:p@example.org/", 0), ("http://:p@example.org/", 0), ("http:///x", 0),
        ("http://a..b/", 0), ("http://.a/", 0), (f"http://{'a' * 64}.org/", 0), (f"http://{'a.' * 130}org/", 0),
        ("http://a b/", 0), ("http://a%00b/", 0), ("http://exämple.org/", 0), ("http://a:99999/", 0),
        ("http://[fe80::1%25lo]/", 0),
        ("http://[::1/", 0), ("http://a\\b/", 0), ("http://a\x00/", 0), ("http://a\n.b/", 1),
    ],
)  # fmt: skip
def test_a_host_can_be_looked_up_or_is_refused(url, passes):
    if passes:
        check_url(url)
    else:
        with pytest.raises(RefusedRequest) as refused:
            check_url(url)
        assert refused.value.reason == "bad-url"
