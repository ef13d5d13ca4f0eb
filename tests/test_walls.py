"""Pages that only ask for something, in many languages, and texts that speak of the same things."""

import pytest

from clearwell.sentences import count_words
from clearwell.walls import MAX_CONSENT_WORDS, MAX_LOGIN_WORDS, find_wall

CONSENT = {
    "English": "We and our 842 partners store cookies on your device. You can withdraw your consent in our privacy "
    "policy. Manage cookies. Accept all.",
    "German": "Wir verwenden Cookies. Mit Ihrer Einwilligung dürfen wir und unsere Partner Cookies setzen. Näheres "
    "steht in der Datenschutzerklärung. Alle akzeptieren.",
    "French": "Nous utilisons des cookies. Vous pouvez retirer votre consentement à tout moment. Paramétrer les "
    "cookies. Politique de confidentialité.",
    "Spanish": "Usamos cookies propias y de terceros. Puede retirar su consentimiento en la política de privacidad. "
    "Configurar cookies.",
    "Portuguese": "Utilizamos cookies. Ao continuar, dá o seu consentimento. Gerir cookies. Política de privacidade.",
    "Italian": "Usiamo i cookie. Puoi revocare il consenso: informativa sulla riservatezza. Gestisci il consentimento "
    "ai cookie.",
    "Dutch": "Wij gebruiken cookies. Geef toestemming of lees onze privacyverklaring. Cookies beheren.",
    "Polish": "Używamy plików cookie. Zgoda jest dobrowolna; więcej w polityce prywatności. Zarządzaj plikami cookie.",
    "Russian": "Мы используем файлы куки. Дайте согласие или прочтите политику конфиденциальности. Настроить куки.",
    "Chinese": "本网站使用cookie。点击同意即表示您接受我们的隐私政策。管理cookie。",
    "Chinese, traditional": "本網站使用cookie。點擊同意即表示您接受我們的隱私政策。管理cookie。",
    "Japanese": "当サイトはクッキーを使用します。プライバシーポリシーをご確認のうえ同意してください。クッキーの設定。",
    "Korean": "이 사이트는 쿠키를 사용합니다. 개인정보 처리방침에 동의해 주세요. 쿠키 설정.",
}
ARTICLES = {
    "a recipe": "Beat butter and sugar, add the flour and bake the cookies for ten minutes. The cookies keep for a "
    "week in a tin. Cookies with oats stay soft for longer, and cookies with nuts want less sugar.",
    "German recipe": "Für die Cookies Butter und Zucker schaumig rühren. Die Cookies zehn Minuten backen und auskühlen "
    "lassen.",
    "a footer with one of each": "Cold water wakes the skin, and a rough towel does the rest. We use cookies; see our "
    "privacy policy.",
    "about consent": "A doctor asks for consent before every operation. Consent can be withdrawn, and a patient's "
    "privacy is protected by law.",
    "Russian, about agreement": "Врач просит согласие пациента перед операцией. Согласие можно отозвать, и тайна "
    "конфиденциальности охраняется законом.",
    "Japanese, about agreement": "手術の前に患者の同意が必要です。同意はいつでも撤回できます。",
    "Chinese, about agreement": "手术前需要患者同意。同意书可以随时撤回，隐私受法律保护。",
    "Korean, about agreement": "수술 전에 환자의 동의가 필요합니다. 동의는 언제든지 철회할 수 있습니다.",
    "nothing": "",
}


@pytest.mark.parametrize("text", CONSENT.values(), ids=CONSENT)
def test_whoever_asks_for_consent_is_a_wall(text: str) -> None:
    assert find_wall(text, count_words(text), False) == "consent-wall"


@pytest.mark.parametrize("text", ARTICLES.values(), ids=ARTICLES)
def test_whoever_speaks_of_cookies_or_consent_is_none(text: str) -> None:
    assert find_wall(text, count_words(text), False) is None


@pytest.mark.xfail(strict=True, reason="a short article about cookies of the net reads like a wall")
def test_an_article_about_cookies_of_the_net_is_none() -> None:
    text = (
        "Cookies are small files that a site leaves in the browser. Most are harmless: they remember what lies in the "
        "basket. Others follow people from site to site, and that is where privacy ends. Since 2018 the law asks for "
        "consent before such a file is stored. Those who want fewer of them can have the browser delete all cookies "
        "when it is closed; a better way is to refuse those of third parties, which every browser can do. Children "
        "should learn early what privacy means, and that a free game is seldom free."
    )
    assert find_wall(text, count_words(text), False) is None


@pytest.mark.parametrize("text", CONSENT.values(), ids=CONSENT)
def test_a_long_text_is_no_wall_whatever_it_is_about(text: str) -> None:
    policy = text * MAX_CONSENT_WORDS
    assert find_wall(policy, count_words(policy), False) is None


def test_a_banner_under_an_article_is_no_wall() -> None:
    article = (
        "Whoever sits all day feels it in the back first, and a walk after lunch does more than a new chair. " * 15
    )
    assert find_wall(f"{article}{CONSENT['English']}", 15 * 20 + 24, False) is None


@pytest.mark.parametrize(
    ("words", "asks_password", "wanted"),
    [
        (MAX_LOGIN_WORDS - 1, True, "login-wall"),
        (MAX_LOGIN_WORDS, True, None),
        (MAX_LOGIN_WORDS - 1, False, None),
        (30, True, "login-wall"),
    ],
)
def test_a_field_for_a_password_and_few_words(words: int, asks_password: bool, wanted: str | None) -> None:
    assert find_wall("Log in to go on reading. " * (words // 6), words, asks_password) == wanted
