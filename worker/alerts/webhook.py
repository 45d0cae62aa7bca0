"""The channel to an HTTP address, which takes one JSON object for each notification."""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote

import httpx

from worker.alerts import addresses
from worker.alerts.channel import PATIENCE, Refused, Unreachable
from worker.alerts.message import Notice, as_json

# Statuses below 500 that ask for another try: time-out, too early, too many requests.
TRY_AGAIN = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class Webhook:
    """Posts each notice to `url`, which may hold a secret and is therefore never shown.

    Unless `allow_private` is set, only addresses of the public internet are spoken to. The address that was judged
    is the one connected to, so that a name cannot change its meaning in between. `resolve` gives a host's addresses.
    """

    name: str
    url: str = field(repr=False)
    allow_private: bool = False
    resolve: Callable[[str, int], list[str]] = addresses.resolve

    def send(self, notice: Notice) -> None:
        """Post the notice; any answer below 300 takes it."""
        url = self._url()
        port = url.port or (443 if url.scheme == "https" else 80)
        status = self._post(url, self._address(_host(url), port), notice)
        if status in TRY_AGAIN or status >= 500:
            raise Unreachable(f"The webhook answered {status}: it cannot take the notice now.")
        if 300 <= status < 400:
            raise Refused(f"The webhook answered {status}: give the address that it redirects to.")
        if status >= 400:
            raise Refused(f"The webhook answered {status}: look at its address, and at what it expects.")

    def _url(self) -> httpx.URL:
        try:
            url = httpx.URL(self.url)
        except httpx.InvalidURL:
            url = httpx.URL("")
        if url.scheme not in {"http", "https"} or not url.host:
            raise Refused("The address of the webhook is wrong: it must begin with https:// or http://.")
        return url

    def _address(self, host: str, port: int) -> str:
        """Give the address to connect to."""
        try:
            found = self.resolve(host, port)
        except (OSError, UnicodeError):
            raise Unreachable("The host of the webhook has no address: look at its name.") from None
        allowed = [address for address in found if self.allow_private or addresses.is_public(address)]
        if not allowed:
            raise Refused("The webhook is at a private address: set allow_private = true if that is intended.")
        return allowed[0]

    def _post(self, url: httpx.URL, address: str, notice: Notice) -> int:
        """Give the status of the answer; its body is not read."""
        headers = {
            "Host": url.netloc.decode("ascii"),
            "Idempotency-Key": f"{notice.key}-{quote(self.name, safe='')}",
            "User-Agent": "jumpline",
        }
        to = url.copy_with(host=address)
        named = {"sni_hostname": _host(url)}
        try:
            # The environment's proxies would choose the address themselves, so they are not asked.
            with (
                httpx.Client(timeout=PATIENCE, follow_redirects=False, trust_env=False) as client,
                client.stream("POST", to, json=as_json(notice), headers=headers, extensions=named) as answer,
            ):
                return answer.status_code
        except httpx.TimeoutException:
            raise Unreachable(f"The webhook did not answer within {PATIENCE} seconds.") from None
        except httpx.HTTPError as failure:
            raise Unreachable(f"The webhook cannot be reached: {_reason(failure)}.") from None


def _host(url: httpx.URL) -> str:
    """Give the host as the network knows it: 报纸.example is xn--4ruw83d.example there."""
    return url.raw_host.decode("ascii")


def _reason(failure: httpx.HTTPError) -> str:
    """Say what broke the connection, in words that cannot hold the address."""
    cause: BaseException | None = failure
    while cause is not None:
        if isinstance(cause, OSError):
            return getattr(cause, "verify_message", None) or cause.strerror or type(cause).__name__
        cause = cause.__cause__ or cause.__context__
    return type(failure).__name__
