"""What looks like dirt in one word and is the article's: advice, steps, lists, dosages.  Nothing of it may go."""

import html

import pytest

from clearwell import Page, clean

PROSE = {
    "en": "The pain in the calf wakes people up at night, and it is gone again after some minutes of stretching.",
    "de": "Die Schmerzen in der Wade wecken viele Menschen nachts auf, und nach wenigen Minuten sind sie vorbei.",
    "es": "El dolor de la pantorrilla despierta a muchas personas por la noche y se va después de unos pocos minutos.",
    "fr": "La douleur du mollet réveille beaucoup de gens la nuit, et elle disparaît après quelques minutes.",
    "zh": "许多老年人在夜里会因为小腿突然抽筋而疼醒，通常只要慢慢伸展几分钟，疼痛就会逐渐消失，不需要特别的治疗。",
    "ja": "夜中にふくらはぎが急につって目が覚める人は少なくありませんが、数分伸ばすと痛みは自然に消えていきます。",
    "ko": "밤에 종아리에 갑자기 쥐가 나서 잠에서 깨는 사람이 많지만 몇 분 동안 늘려 주면 통증은 저절로 사라집니다.",
}

BETWEEN = [
    # calls
    ("zh", "请密切关注体温变化，超过38.5℃及时就医。"),
    ("zh", "记得关注尿液颜色。"),
    ("zh", "请持续关注老人的用药剂量。"),
    ("zh", "孕妇要特别关注我们常说的妊娠糖尿病。"),
    ("zh", "记得不要把毛巾分享给别人使用，以免传染结膜炎。"),
    ("zh", "请不要把自己的药分享给他人服用。"),
    ("zh", "觉得压力大时，和朋友分享吧！"),
    ("zh", "不要关注公众号里的养生谣言。"),
    ("zh", "加入病友交流群可以缓解焦虑情绪。"),
    ("zh", "如果下载了计步app，每天走六千步即可。"),
    ("zh", "打开手机上的健康码app，出示接种记录。"),
    ("zh", "扫描二维码即可查询疫苗批号。"),
    ("ja", "退院後も外来でフォローして、三か月ごとに採血します。"),
    ("de", "Teilen Sie den Text in kleine Abschnitte ein."),
    ("de", "Folgen Sie unserem Übungsprogramm jeden Tag."),
    ("de", "Besuchen Sie uns bei Fragen zur Dosierung."),
    ("de", "Scannen Sie den QR-Code auf der Insulinampulle, um mehr über die Dosis zu lesen."),
    ("en", "Scan the QR code on the insulin pen to download the instructions for use."),
    ("en", "Scan the QR code on the vial to download the instructions for use."),
    ("fr", "Scannez le code QR du flacon pour en savoir plus."),
    ("en", "Join the Al-Anon support group to get help when you need it."),
    ("en", "Join the local walking group to stay active."),
    ("en", "Download the NHS App to order repeat prescriptions."),
    ("en", "Like, comment and share buttons give the brain small rewards."),
    ("en", "Share this tip with your relatives: call 112 at the first sign of a stroke."),
    ("es", "Recibe los resultados de la prueba en tu móvil."),
    ("fr", "Rejoignez la communauté des donneurs de sang."),
    # labels of links
    ("en", "Recommended: 1000 mg of calcium a day"),
    ("en", "Don't miss: the second dose after 21 days"),
    ("en", "See also: chapter 5, signs of stroke"),
    ("en", "READ: the label before every dose"),
    ("en", "SEE: a doctor if fever lasts three days"),
    ("en", "WATCH: breathing, colour, pulse"),
    ("en", "LISTEN: to the chest"),
    ("es", "MIRA: manchas rojas que no desaparecen"),
    # credits
    ("en", "Picture: a ring with a pale centre means you need antibiotics"),
    ("en", "Cover: keep the burn under cling film for 20 minutes"),
    ("en", "Video: how to use an EpiPen - press for 10 seconds"),
    ("zh", "图：急救时按压深度5-6厘米"),
    ("zh", "图片：皮疹不褪色应立即就医"),
    ("zh", "时间：每天早晚各一次"),
    ("zh", "时间：饭后半小时"),
    ("zh", "来源：瘦肉、动物肝脏、蛋黄"),
    ("en", "Source: oysters, liver, red meat"),
    ("es", "Fuente: frutos secos, legumbres"),
    ("de", "Quelle: Nüsse, Samen"),
    ("en", "Stand: knees soft, back straight, arms up"),
    ("ko", "글: 하루 2회 복용"),
    # what doctors and laws forbid
    ("es", "Prohibido el uso en menores de 12 años sin permiso."),
    ("es", "Prohibida su venta sin receta médica autorizada."),
    ("fr", "Toute reproduction cellulaire sans contrôle est interdite."),
    ("ja", "無断で服薬を中止することは禁じます。"),
    ("en", "Prescription labels must not be copied without permission."),
    ("fr", "Interdit de reproduire la dose sans accord du médecin."),
    ("zh", "未经医生同意，不得转载他人处方用药。"),
    # trees
    ("zh", "诊断流程 ├ 1. 发热 ├ 2. 咳嗽 └ 3. 皮疹 应立即就医"),
]


@pytest.mark.parametrize(("language", "line"), BETWEEN)
def test_a_line_between_prose_is_left_alone(language: str, line: str) -> None:
    prose = PROSE[language]
    assert removed(f"{prose}\n\n{line}\n\n{prose}") == []


@pytest.mark.parametrize(("language", "line"), BETWEEN)
def test_a_line_between_prose_is_left_alone_in_html(language: str, line: str) -> None:
    body = "".join(f"<p>{html.escape(text)}</p>" for text in (PROSE[language], line, PROSE[language]))
    article = clean(Page(html=f"<html><body><article>{body}</article></body></html>"))
    assert [(removal.rule, removal.text) for removal in article.cleaning.removals] == []


TAILS = [
    ("Next: rinse with water",),
    ("Weiter: 10 Minuten kühlen",),
    ("Last: call 112",),
    ("→ Call 112 if the rash spreads",),
    ("➡ Take one tablet after a meal",),
    ("Previous: 5 mg", "Next: 10 mg"),
    ("If pain lasts, see your doctor to learn more",),
    ("Scannez le code QR du flacon pour en savoir plus.",),
    ("Recommendations", "Drink 2 litres a day", "Stretch before going to bed"),
    ("Don't miss", "The second dose after 21 days", "The check of the eyes"),
    ("推荐", "每天喝两升水", "睡前伸展小腿"),
    ("Recomendado", "Beber dos litros al día", "Estirar antes de dormir"),
]


@pytest.mark.parametrize("lines", TAILS)
def test_a_tail_is_left_alone(lines: tuple[str, ...]) -> None:
    assert removed("\n\n".join((PROSE["en"], *lines))) == []


HEADS = [
    "Home > 38 °C: see a doctor",
    "Home / hospital birth: what is safer",
    "200 g oats, 1 l milk, 2 bananas, salt, cinnamon",
    "Fever, cough, headache, sore throat, tiredness",
    "头痛 发热 咳嗽 乏力",
    "mRNA vaccines protect children against severe disease",
    "Kalziummangel verursacht nächtliche Wadenkrämpfe besonders häufig",
]


@pytest.mark.parametrize("line", HEADS)
def test_a_head_is_left_alone(line: str) -> None:
    assert removed(f"{line}\n\n{PROSE['en']}") == []


@pytest.mark.parametrize(
    "lines",
    [
        ("I feel a heavy weight on chest...", "I sense a strange pain in arms...", "I have a short breath at work..."),
        ("Take 5 mg in the morning…", "Take 5 mg in the daytime…", "Take 5 mg at night-time…"),
    ],
)
def test_parallel_lines_that_trail_off_are_left_alone(lines: tuple[str, ...]) -> None:
    assert removed("\n\n".join((PROSE["en"], *lines, PROSE["en"]))) == []


def test_steps_of_first_aid_are_left_alone() -> None:
    steps = "<li>First: call 112</li><li>Next: lift the chin</li><li>Last: give two breaths</li>"
    article = clean(Page(html=f"<article><p>{PROSE['en']}</p><ol>{steps}</ol></article>"))
    assert article.cleaning.removals == ()


def removed(text: str) -> list[tuple[str, str]]:
    return [(removal.rule, removal.text) for removal in clean(Page(text=text)).cleaning.removals]
