"""Pages that stand in front of the article: they ask to log in, or to consent to cookies."""

import re

MAX_LOGIN_WORDS = 80  # of a page whose point is its password field; longer texts are what members read; 2026-11
MAX_CONSENT_WORDS = 400  # of a page whose point is to ask for consent; a privacy policy is longer; 2026-11
MIN_MENTIONS = 2  # of cookies, and of consent or privacy; one of each stands in many a footer
MIN_SHARE = 0.02  # of the words that mention cookies, consent or privacy

# Whoever asks for consent names both in the visitor's language; a recipe for cookies knows nothing of privacy.
_COOKIES = re.compile(r"cookie|куки|クッキー|쿠키", re.I)
_CONSENT = re.compile(
    r"consent|privacy|gdpr|datenschutz|einwillig|zustimm|confidentialit|vie priv|consentim|privacidad|privacidade|"
    r"riservatezza|toestemming|zgod[aęy]|prywatno|конфиденциальн|соглас|隐私|隱私|プライバシー|同意|개인정보|동의",
    re.I,
)


def find_wall(text: str, words: int, asks_password: bool) -> str | None:
    """Say `login-wall` or `consent-wall` for a text that only asks for something, else None.

    >>> find_wall("We and our partners use cookies. You may withdraw your consent. Cookies: privacy policy.", 15, False)
    'consent-wall'
    """
    if asks_password and words < MAX_LOGIN_WORDS:
        return "login-wall"
    if words < MAX_CONSENT_WORDS:
        cookies, consent = len(_COOKIES.findall(text)), len(_CONSENT.findall(text))
        if min(cookies, consent) >= MIN_MENTIONS and cookies + consent >= MIN_SHARE * words:
            return "consent-wall"
    return None
