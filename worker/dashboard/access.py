"""Who may come in: the token, the password, signed sessions, and a limit on guessing. Nothing here knows HTTP."""

import hashlib
import hmac
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from itsdangerous import BadSignature, URLSafeTimedSerializer

# A session lasts so long, in seconds; the token lets people in again.
SESSION = 7 * 24 * 3600

# So many wrong tokens or passwords from one address are taken within WINDOW seconds; then it has to wait.
TRIES = 10
WINDOW = 300
# Addresses remembered; the one that was wrong longest ago is forgotten first.
REMEMBERED = 10_000


@dataclass(slots=True)
class Tries:
    """Counts wrong answers by address, in memory."""

    wrong: OrderedDict[str, list[float]] = field(default_factory=OrderedDict)

    def wait(self, address: str, now: float) -> int:
        """Give the seconds that this address has to wait before it may try; 0 when it may at once."""
        recent = [at for at in self.wrong.get(address, []) if now - at < WINDOW]
        if len(recent) < TRIES:
            return 0
        return max(1, round(recent[-TRIES] + WINDOW - now))

    def note(self, address: str, now: float) -> None:
        """Remember a wrong answer."""
        self.wrong[address] = [*self.wrong.pop(address, [])[-TRIES + 1 :], now]
        while len(self.wrong) > REMEMBERED:
            self.wrong.popitem(last=False)

    def forget(self, address: str) -> None:
        """Let an address that answered rightly begin anew."""
        self.wrong.pop(address, None)


class Access:
    """Decides who may come in. The password is kept as an argon2 hash only."""

    def __init__(self, token: str, key: str, password: str = "") -> None:
        """Sessions end when the token or the password changes, since these go into the key."""
        self._token = token.encode()
        self._hasher = PasswordHasher()
        self._password = self._hasher.hash(password) if password else None
        self._secret = hashlib.sha256("\n".join((key, token, password)).encode()).digest()
        self._sessions = URLSafeTimedSerializer(self._secret, salt="session")
        self.tries = Tries()
        # One browser may have several dashboards open on one machine: cookies do not tell ports apart.
        self.cookie = f"jumpline-{hashlib.sha256(key.encode()).hexdigest()[:8]}"

    def is_token(self, given: str) -> bool:
        """Say whether this is the token."""
        return hmac.compare_digest(_bytes(given), self._token)

    def is_password(self, given: str) -> bool:
        """Say whether this is the password; slow on purpose, and False for all when there is none."""
        if self._password is None:
            return False
        try:
            return self._hasher.verify(self._password, _bytes(given))
        except VerifyMismatchError:
            return False

    def begin(self) -> str:
        """Give a new session, signed, for a cookie."""
        return self._sessions.dumps(secrets.token_hex(16))

    def session(self, cookie: str | None) -> str | None:
        """Give the session that a cookie carries; None when it is forged, too old or missing."""
        if not cookie:
            return None
        try:
            name: str = self._sessions.loads(cookie, max_age=SESSION)
        except BadSignature:
            return None
        return name

    def form_key(self, session: str) -> str:
        """Give what every form of this session carries, which no other site can know."""
        return hmac.new(self._secret, b"form:" + session.encode(), hashlib.sha256).hexdigest()

    def is_form_key(self, session: str, given: str) -> bool:
        """Say whether a form came from a page of this session."""
        return hmac.compare_digest(self.form_key(session).encode(), _bytes(given))


def _bytes(given: str) -> bytes:
    return given.encode("utf-8", "surrogatepass")
