"""What each rule of cleaning takes off, and what looks like it and stays."""

import pytest

from clearwell import Page, clean
from clearwell.cleaning import find_removals
from clearwell.cleaning.apply import apply
from clearwell.cleaning.memory import NOTHING_LEARNED, SiteMemory
from clearwell.document import Block, Document, Removal
from clearwell.extraction.flattened import recover
from clearwell.site import UNKNOWN_SITE

PROSE = "The pain in the calf wakes people up at night, and it is gone again after a few minutes of gentle stretching."
MORE = "Whoever drinks 2 litres a day and stretches for 10 minutes before going to bed will hardly ever be woken by it."


def document(*lines: str, headline: str | None = None) -> Document:
    return Document(tuple(Block("paragraph", line) for line in lines), headline=headline)


def find(doc: Document, memory: SiteMemory = NOTHING_LEARNED) -> list[Removal]:
    return find_removals(doc, UNKNOWN_SITE, memory)


def left(doc: Document) -> list[str]:
    edit = apply(doc, find, recover)
    return [piece.text for piece in edit.pieces]


# -- one line between prose ------------------------------------------------------------------------------------------

LINES = [  # (category, rule, a line that goes)
    ("watermark", "lone-notice", "© 2024 Mossbank Health. All rights reserved."),
    ("watermark", "notice-line", "Unauthorized reprinting of our articles is prohibited"),
    ("watermark", "notice-line", "Todos los derechos reservados."),
    ("watermark", "notice-line", "Prohibida la reproducción total o parcial sin autorización."),
    ("watermark", "notice-line", "Tous droits réservés"),
    ("watermark", "notice-line", "Reproduction interdite sans autorisation"),
    ("watermark", "notice-line", "Alle Rechte vorbehalten"),
    ("watermark", "notice-line", "Nachdruck nur mit Genehmigung der Redaktion"),
    ("watermark", "notice-line", "Proibida a reprodução sem autorização"),
    ("watermark", "notice-line", "Перепечатка материалов запрещена"),
    ("watermark", "notice-line", "Riproduzione riservata"),
    ("watermark", "notice-line", "版权归原作者所有，转载请注明出处。"),
    ("watermark", "notice-line", "未經授權，請勿轉載"),
    ("watermark", "notice-line", "無断転載を禁じます"),
    ("watermark", "notice-line", "무단전재 및 재배포 금지"),
    ("navigation", "marked-line", "<<:  Why the sea smells of salt"),
    ("navigation", "previous-next", "Previous post: Ten birds"),
    ("navigation", "previous-next", "上一篇：海边的傍晚"),
    ("navigation", "previous-next", "Entrada siguiente: Un caldo"),
    ("navigation", "previous-next", "Vorheriger Artikel: Schlafen Fische?"),
    ("navigation", "pager", "首页 上一页 1 2 3 下一页 尾页"),
    ("navigation", "pager", "Page 2 of 5"),
    ("teaser", "read-also", "Read also: Ten birds you can tell by their song"),
    ("teaser", "read-also", "MORE: Ten birds you can tell by their song"),
    ("teaser", "read-also", "Te puede interesar: Un caldo para los días fríos"),
    ("teaser", "read-also", "MIRA: Un caldo para los días fríos"),
    ("teaser", "read-also", "Lesen Sie auch: Warum Katzen schnurren"),
    ("teaser", "read-also", "À lire aussi : Le retour du stylo plume"),
    ("teaser", "read-also", "Leia também: O pão de ontem"),
    ("teaser", "read-also", "Читайте также: Почему небо синее"),
    ("teaser", "read-also", "Baca juga: Mengapa langit biru"),
    ("teaser", "read-also", "延伸阅读：海边的傍晚"),
    ("teaser", "read-also", "あわせて読みたい：空が青い理由"),
    ("teaser", "read-more", "Read more"),
    ("teaser", "read-more", "阅读全文"),
    ("listing", "tree-listing", "Course Catalog: ├──1. Welcome ├──2. The second lesson.mp4"),
    ("listing", "tree-listing", "课程目录：├──01.开课说明 ├──02.课后作业.pdf"),
    ("listing", "dash-listing", "Course directory: |- 01 Introduction.mp4 |- 02 Live selling.mp4"),
    ("listing", "file-listing", "01 Welcome.mp4 02 Breathing.mp4 03 Questions.mp4"),
    ("call", "call-line", "Follow us on Facebook"),
    ("call", "call-line", "Scan the QR code to follow our official account for more tips"),
    ("call", "call-line", "Click the card below to follow us, and forward it to friends who need it"),
    ("call", "call-line", "Share this page with a friend who needs it"),
    ("call", "call-line", "Pay attention to our WeChat public account"),
    ("call", "call-line", "Síguenos en nuestro canal y recibe un consejo cada mañana"),
    ("call", "call-line", "Comparte esta nota con quien la necesite"),
    ("call", "call-line", "Suivez-nous sur Facebook"),
    ("call", "call-line", "Folgen Sie uns und verpassen Sie keinen Tipp"),
    ("call", "call-line", "Siga-nos no Instagram"),
    ("call", "call-line", "Подписывайтесь на наш канал"),
    ("call", "call-line", "长按识别二维码，关注我们的公众号"),
    ("call", "call-line", "喜欢这篇文章请点赞并分享到朋友圈"),
    ("call", "share-row", "Facebook Twitter WhatsApp Email Print"),
    (
        "call",
        "newsletter-form",
        "Sign up for our newsletter Email address First name Subscribe By signing up you accept our terms",
    ),
    ("credit", "image-credit", "Photo: Ana Rivas / Mossbank archive"),
    ("credit", "image-credit", "Picture by Lena Orr for Mossbank"),
    ("credit", "image-credit", "图片来源：苔岸资料室"),
    ("credit", "image-credit", "Foto: Inés Mora"),
    ("credit", "view-count", "Editor: Jo Vale Views: 1204"),
    ("credit", "view-count", "责任编辑：林溪 阅读量：1204"),
    ("credit", "view-count", "3,411 views"),
    ("residue", "placeholder", "{{title}}"),
    ("residue", "placeholder", "[[161042]]"),
    ("residue", "placeholder", "[图片]"),
    ("residue", "player-fallback", "Your browser does not support the video tag"),
    ("residue", "player-fallback", "您的浏览器不支持视频播放"),
    ("residue", "player-fallback", "Su navegador no admite el elemento de vídeo"),
    ("residue", "ad-label", "AD"),
    ("residue", "ad-label", "Anzeige"),
    ("residue", "ad-label", "广告"),
]


@pytest.mark.parametrize(("category", "rule", "line"), LINES)
def test_a_line_goes(category: str, rule: str, line: str) -> None:
    page = document(PROSE, line, MORE)
    assert left(page) == [PROSE, MORE]
    assert (category, rule) in {(removal.category, removal.rule) for removal in find(page)}


# -- what must stay --------------------------------------------------------------------------------------------------

STAYS = [
    # rights, reproduction, sources as a subject
    "Copyright on patient leaflets belongs to the agency that approves them.",
    "The original article was retracted in 2019.",
    "The original study was republished in 2019 with corrected doses.",
    "Reproduction is impaired in both sexes.",
    "The musician sued over a copyright in 1998.",
    "Who owns the copyright of a photograph of your wound?",
    "La reproducción asistida ayuda a muchas parejas.",
    "Vorbehalten bleibt die ärztliche Entscheidung.",
    "Le droit de reproduction du patient est un autre sujet.",
    "Воспроизведение звука ухудшается с возрастом.",
    "原创新药在临床试验中表现良好。",
    "病毒复制需要宿主细胞。",
    "维生素D的主要来源是阳光。",
    "蛋白质来源：鸡蛋、豆类",
    "Fuente de fibra: lentejas y garbanzos",
    "Quelle für Eisen: Linsen und Hirse",
    "Source: a lack of light in winter, as a rule.",
    "Contact dermatitis often begins on the hands.",
    "Contact your doctor if the rash spreads.",
    # previous and next, arrows, comparisons
    "Next: rinse with lukewarm water for 10 minutes.",
    "Previous: two caesareans.",
    "The value was >> 5 mg/L in both groups.",
    "With p << 0.05 the difference is certain.",
    "« Je n'ai plus mal », dit-elle.",
    "La cara anterior del muslo duele.",
    "Al día siguiente el dolor era menor.",
    "Weiter hilft Wärme.",
    "次の症状がある方は受診してください。",
    # ellipses, read-also with an object of the article
    '"It started with a tingle ..." she recalls.',
    "Headache, nausea, dizziness...",
    "Read also the package leaflet.",
    "Lea también el prospecto.",
    "Lesen Sie auch die Packungsbeilage.",
    "Leia também a bula.",
    "Прочитайте также инструкцию.",
    "More: rest, fluids, warmth.",
    "Watch: if fever exceeds 39 °C call.",
    "Mira al frente y respira.",
    "Learn more about your options from your clinic.",
    # files, trees, numbers
    "Download the leaflet (vaccination.pdf) from the ministry.",
    "├── heart └── lungs",
    "Day 1: 5 mg. Day 2: 10 mg. Day 3: 15 mg.",
    "① Soak the feet ② dry them ③ use cream",
    # calls of the article itself
    "Follow your doctor's advice.",
    "Follow up in two weeks.",
    "Pay attention to your diet.",
    "Scan the abdomen for fluid.",
    "Scan the QR code on the package to read the leaflet.",
    "Share this list with your doctor.",
    "Share this information with your family.",
    "Sign up for screening at your clinic.",
    "Siga el tratamiento que le indique su médico.",
    "Compartir toallas puede transmitir la infección.",
    "Folgen Sie den Anweisungen der Ärztin.",
    "Suivez le traitement jusqu'au bout.",
    "关注血压变化。",
    "扫描腹部可以发现结石。",
    "加入少许盐，搅拌均匀。",
    "登録販売者に相談してください。",
    "공유 수건은 피하세요.",
    # credits within sentences
    "By contrast, the second group slept well.",
    "Updated guidelines recommend 150 minutes a week.",
    "Reviewed data show no difference.",
    "Photo therapy helps some patients.",
    "基因编辑：一种新方法的前景",
    "In her view the dose is too high.",
    # brackets, labels
    "Earlier work [12] and [3,4] agree [sic].",
    "Free calcium [Ca2+] rises within minutes.",
    "AD is the most common dementia.",
    "The set {1, 2, 3} is finite and costs $5.",
    "This information does not replace a visit to your doctor.",
    "Call the poison centre at once: 112.",
]


@pytest.mark.parametrize("line", STAYS)
def test_a_line_stays(line: str) -> None:
    assert left(document(PROSE, line, MORE)) == [PROSE, line, MORE]


@pytest.mark.parametrize("line", [line for line in STAYS if line[-1] in ".?!。"])
def test_a_sentence_stays(line: str) -> None:
    text = f"{PROSE} {line} {MORE}"
    assert left(document(text)) == [text]


def test_references_stay() -> None:
    page = document(PROSE, "References", "Source: CDC", "Source: WHO", "Smith J. Original copyright law. 2010.")
    assert left(page) == [block.text for block in page.blocks]


def test_a_note_below_a_table_stays() -> None:
    table = Block("table", "Dose\t5 mg")
    page = Document((Block("paragraph", PROSE), table, Block("paragraph", "Source: WHO"), Block("paragraph", MORE)))
    assert left(page) == [PROSE, "Dose\t5 mg", "Source: WHO", MORE]


# -- inside a text ---------------------------------------------------------------------------------------------------

NOTICES = [
    "Zeqiao original copyright contact",
    "Unauthorized reprinting of Lakeside articles is prohibited",
    "Copyright picture of Qinghe gallery, reprinting may cause a copyright dispute",
    "All rights reserved Mossbank reprint only with consent",
    "Please do not reprint without permission",
    "© 2024 Mossbank Health",
    "Contenido original de Orilla Sana prohibida su copia",
    "Moosufer Originalbeitrag Nachdruck nur nach Absprache",
    "Reproduction interdite sans autorisation de la rédaction",
    "Перепечатка материалов запрещена без разрешения редакции",
    "苔岸健康原创版权所有联系授权",
]


@pytest.mark.parametrize("notice", NOTICES)
def test_a_notice_between_sentences_goes(notice: str) -> None:
    assert left(document(f"{PROSE} {notice} {MORE}")) == [f"{PROSE} {MORE}"]


@pytest.mark.parametrize("notice", NOTICES)
def test_a_repeated_notice_goes(notice: str) -> None:
    page = document(f"{PROSE} {notice} {MORE}", f"{MORE} {notice} {PROSE}", f"{PROSE} {notice} Is it dangerous?")
    assert left(page) == [f"{PROSE} {MORE}", f"{MORE} {PROSE}", f"{PROSE} Is it dangerous?"]


def test_an_article_about_rights_keeps_its_sentences() -> None:
    page = document(
        "Copyright law protects photographs of patients. Reprinting without permission infringes copyright in court. "
        "The copyright act allows reproduction without consent in some cases. "
        "A judge decides on the copyright of originals."
    )
    assert find(page) == []


def test_the_closing_bar_goes() -> None:
    assert left(document(PROSE + " |")) == [PROSE]


def test_a_glued_read_also_goes() -> None:
    assert left(document(PROSE + "Read also: Ten birds you can tell by their song")) == [PROSE]


def test_what_a_cut_leaves_behind_is_mended() -> None:
    assert left(document("It hurts [[12]] , and [图片] a lot. {{x}}")) == ["It hurts, and a lot."]
    assert left(document("It [[12]] [图片] hurts.")) == ["It hurts."]


# -- tails -----------------------------------------------------------------------------------------------------------

OTHERS = (
    "A drawer full of chargers and none that fits, a short history of the plug that changed the world",
    "The harbour ferry has carried commuters for ninety years and is now electric and silent as a swan",
    "Choosing a bicycle helmet that your teenager will actually agree to wear on the way to the school",
    "Learning a second language after sixty is slower, and it is worth the time that it takes to do so",
)


@pytest.mark.parametrize("width", [26, 49, 57, 72, 90])
@pytest.mark.parametrize("mark", ["...", "…", " ...", "[...]"])
def test_lines_cut_at_one_width_go(width: int, mark: str) -> None:
    assert left(document(PROSE, *(other[:width] + mark for other in OTHERS))) == [PROSE]


def test_pairs_of_title_and_teaser_go() -> None:
    pairs = [line for other in OTHERS for line in (other[:30].rstrip(), other[:60] + "...")]
    assert left(document(PROSE, "Recommend", *pairs)) == [PROSE]


def test_titles_that_end_with_read_more_go() -> None:
    assert left(document(PROSE, *(other[:40] + " Read more" for other in OTHERS))) == [PROSE]


def test_titles_below_a_heading_for_other_articles_go() -> None:
    assert left(document(PROSE, "Related articles", *(other[:40].rstrip() for other in OTHERS))) == [PROSE]


def test_two_trailing_sentences_stay() -> None:
    page = document(PROSE, "It came and went, for weeks and weeks...", "Until one night it did not go away...")
    assert left(page) == [block.text for block in page.blocks]


def test_steps_with_arrows_stay() -> None:
    steps = tuple(Block("list_item", f"Stretch the calf for {n} seconds →", 1, "-") for n in (10, 20, 30))
    page = Document((Block("paragraph", PROSE), *steps))
    assert left(page) == [block.text for block in page.blocks]


# -- heads -----------------------------------------------------------------------------------------------------------

KEYWORDS = {
    "leg cramps night pain muscles elderly sleep remedies": None,
    "cuidadores familiares cansancio emocional ayuda descanso salud mental": None,
    "运动鞋选购 脚型测量 跑步鞋 足底疼痛 走路姿势": "怎样挑选运动鞋",
    "calcium deficiency, leg cramps, night pain, elderly people, sleep": "Why leg cramps come at night",
}


@pytest.mark.parametrize("line", KEYWORDS)
def test_a_keyword_line_at_the_head_goes(line: str) -> None:
    assert left(document(line, PROSE, headline=KEYWORDS[line])) == [PROSE]


@pytest.mark.parametrize(
    "line",
    [
        "Why legs cramp at night",
        "Study finds coffee drinkers live longer",
        "what the pharmacist wishes you would ask about the pill",
        "Rückenschmerzen durch langes Sitzen vermeiden",
        "小腿为什么会抽筋",
    ],
)
def test_a_title_at_the_head_stays(line: str) -> None:
    assert left(document(line, PROSE)) == [line, PROSE]


def test_the_title_below_itself_goes() -> None:
    assert left(document("Why legs cramp at night", "Why legs cramp at night", PROSE)) == [
        "Why legs cramp at night",
        PROSE,
    ]


def test_the_headline_as_an_image_text_goes_and_as_a_section_stays() -> None:
    blocks = [Block("paragraph", PROSE), Block("paragraph", "Why legs cramp"), Block("heading", "Why legs cramp", 2)]
    page = Document((*blocks, Block("paragraph", MORE)), headline="Why legs cramp")
    assert left(page) == [PROSE, "Why legs cramp", MORE]


def test_attribution_is_moved_not_lost() -> None:
    article = clean(Page(text=f"{PROSE} © 2024 Mossbank Health {MORE}\nPhoto: Ana Rivas"))
    assert article.copyrightNotice == "© 2024 Mossbank Health"
    assert article.creditText == "Photo: Ana Rivas"
