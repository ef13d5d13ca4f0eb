"""A resolver for tests: names are looked up in a table, in which a name may have another answer each time it is asked.

`-s TWISTED_DNS_RESOLVER=tests.names.TableResolver -s TEST_NAMES='{"a.test": [["127.0.0.1"], ["127.0.0.2"]]}'`
"""

import json
import socket
from collections import defaultdict

from twisted.internet._resolver import HostResolution
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver
from zope.interface import implementer


@implementer(IHostnameResolver)
class TableResolver:
    """Answers from the table; what is written in digits is read as the system does, and no other name exists."""

    def __init__(self, table):
        self.table = table
        self.asked = defaultdict(int)

    @classmethod
    def from_crawler(cls, crawler, reactor):
        resolver = cls(json.loads(crawler.settings["TEST_NAMES"]))
        resolver.reactor = reactor
        return resolver

    def install_on_reactor(self):
        self.reactor.installNameResolver(self)

    def resolveHostName(self, receiver, hostName, portNumber=0, addressTypes=None, transportSemantics="TCP"):
        resolution = HostResolution(hostName)
        receiver.resolutionBegan(resolution)
        for address in self._look_up(hostName):
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, portNumber))
        receiver.resolutionComplete()
        return resolution

    def _look_up(self, name):
        if answers := self.table.get(name.rstrip(".")):
            self.asked[name] += 1
            return answers[min(self.asked[name], len(answers)) - 1]
        try:
            return [
                found[4][0] for found in socket.getaddrinfo(name, 0, 0, socket.SOCK_STREAM, 0, socket.AI_NUMERICHOST)
            ]
        except OSError:
            return []
