"""The label of a line that leads to another article, read word by word.

`Read also`, `You might also want to read`, `Das könnte Sie auch interessieren`: such a label consists of words of a few
classes and nothing else.  Two classes together make a label; one alone is a word that advice has too.
"""

import re
from typing import Literal

MAX_LABEL = 50  # characters; the longest seen has 42; 2026-11
MIN_CLASSES = 2

_CLASSES = {
    "read": """learn visit try erfahren lernen знать изучите lees leggendo scoprirne tahu temukan okuyabilirsiniz inceleyin oglądaj posłuchaj découvrez retrouvez consulta conozca entérese informe read find click keep reading reads see view watch check discover explore continue lee lea leer leyendo mira mire vea ver descubre
        conoce lire lisez voir voyez découvrir découvrez lu lues lesen lies siehe weiterlesen entdecken leia ler lendo veja
        confira saiba conheça assista читайте читать почитать смотрите см прочитать прочитайте узнайте leggi leggere guarda scopri
        baca simak lihat oku xem đọc lees lezen czytaj przeczytaj przeczytać zobacz sprawdź dowiedz bekijk zie okuyun okuma okumadan bakın bakınız göz xem đọc tham khảo tìm hiểu
        leggete approfondisci approfondire scoprire vedi tonton ketahui pelajari posłuchaj اقرأ إقرأ اقرأوا شاهد طالع تابع القراءة تعرف
        escucha escuchar consulta consulte entérate relire regardez parcourez hören anschauen zeigen прочтите узнать посмотрите leiam entenda aprenda
        découvre lecture leitura lectura leídas leídos lidas lidos""",
    "also": """daha sonraki fazlası extended deeper else recent recently cũng zusätzlich ergänzend nochmals aparte otra autre altro altri altra altre inoltre diğer dalsze weiterlesen keep up continua continuate больше also too more next further additional another click worth también además más sigue siga continúa aussi
        également ensuite suite plus loin auch dazu mehr ebenfalls außerdem weitere weiterer weiterführende passend weiter seguir дальше também mais
        continue ainda также ещё еще тоже далее anche pure ancora juga selengkapnya da thêm ook hier verder meer też także również więcej dalej powiązane ayrıca bunu bunlar devamı devamını tiếp chi tiết pure pula lagi pun lainnya
        otros otras outras outros autres andere anderen other others ещё подробнее дополнительно ранее previously earlier archive archives archiv archivo
        arquivo archivio from nochmal weiterführend unser unsere unserem weiterem أيضا أيضًا أيضاً المزيد للمزيد لمزيد""",
    "related": """hot top featured companion recommend recommends recommending trending İlgili recommandons conseillons consigliamo consiglia recomiendan aconsejamos sugerimos recomendamos recomendação recomendaciones recomendación gợi nổi bật terkini terbaru wybrane aanraders aanrader tipps ausgesucht ilgili related similar recommended suggested pick picks recommendation recommendations suggestion popular trending
        relacionado relacionada relacionados relacionadas recomendado recomendada recomendados recomendamos similares lié liés
        liée liées similaires connexes recommandé recommandés ähnlich ähnliche ähnlicher verwandt verwandte empfohlen
        empfehlung lesetipp lesetipps leseempfehlung buntes похожие похожая рекомендуем рекомендуемые correlati correlato
        consigliato consigliati terkait ilgili liên quan berkaitan gerelateerd gerelateerde aanbevolen leestip podobne polecamy polecane powiązane benzer önerilen öneriler editörün seçimi gợi ý cùng liên
        sugerencia sugestão sugestões sélection sélectionné tipp buchtipp tipps empfohlen empfohlene empfohlener empfohlenes leseempfehlung argomento correlate
        consigliati consigliata советуем рекомендуется связанная связанные схожие популярное популярные latest previous vorherige ausgewählt pilihan rekomendasi
        sâm صلة متعلقة مقترحة مقترح ذات""",
    "noun": """bilgi bilgiler reads explainer feature features series background analysis column topic page video videos vídeo vídeos video's podcast galería gallery bài tulisan hikaye içerik konu hepsi artikkel blog blogs tekst teksty articles article articles post posts story stories guide guides news content contents link
        links page site website sitio сайте contenido contenidos conteúdo conteúdos contenu contenus inhalt inhalte контент artículo artículos nota notas noticia noticias publicación billet artikel
        beitrag beiträge bericht matéria matérias artigo artigos notícia notícias publicação статья статью
        статьи материал материалы articolo articoli berita artykuł wpis bài viết tin haberi haberin habere yazılar yazısı haberler makale artikelen dossier dossiers rubrique rubrik sekcji artykuły artykułu wpisy articolo pagina seri chuyên mục mời
        guía ratgeber ratgebern reihe serie série reportage reportagem serien info infos archive مقالات مقال المقال موضوعات مواضيع أخبار خبر المعلومات""",
    "topic": """onderwerp argomenti soggetto konusunda topik chủ đề asunto topic topics subject theme tema temas sujet thème thema themen assunto тема теме тему""",
    "may": "puedes pueden puedes podrás pouvez können kannst guess nên in case case quizás quizá vielleicht talvez maybe perhaps может may might can could puede podría pode poderia peut pourrait pourriez potrebbero mungkin misschien może có thể dit könnte kann может могут potrebbe",
    "people": """you'll you'd you’ll you’d y'all ihr euch noi lei lui redaktion redacción rédaction redação redazione redakcji bạn anda cię ilginizi İlginizi je siz sizin kamu قد you readers reader editor editors editor's ti te le vous lecteurs sie dich ihnen dir você vocês вам вас вы
        читатели""",
    "like": """lesenswert sehenswert hörenswert worth enjoyed intéressera полезно warto useful worthwhile spotlight interesa gustará gustaría perdas encantará perdere piacere zaciekawi hoşunuza gidebilir like liked enjoy enjoyed interest interested interesting miss love gustar interesar interese interesa
        pierdas pierda aimer aimerez aimé plaire intéresser intéresse interessant interessieren interessiert gefallen
        verpassen gostar interessar interesse perca perder интересно интересует понравиться понравится пропустите
        interesarle interesarte gustarte gustarle interesados interessiert interessarti piacerti thích quan tâm suka tertarik menarik zainteresować ciekawe çekebilir çeker kaçırmayın bỏ lỡ lewatkan przegap mis leuk spannend
        spannendes aimer pourriez plaira goste interesse interessar lihat missed gefällt wissenswert заинтересовать интересна полезно beğenebilirsiniz
        يهمك يعجبك يفوتك ilgini""",
}  # fmt: skip
_SMALL = """noch bu por fazla want site's see's non się se будет было ça cela ti dit over wir selbst all it's you're ve this's ne vuoi une un una uno do dos das unsere unserer be this these our the on in of people that a an out for don't dont
    and to from it same les en el la los las no lo este esta nuestro nuestra para de que nos cela ça
    ont à a sur même mismo mesmo pour dans das unser unsere zum hier den dem sobre
    o os do não nosso nossa быть это эту по на об этом этой per il lo sul stesso bunu ini di da ne na o że to vind geht es gehts now jetzt über about aus same nhé dữ da bu de geç selanjutnya czy co nous im von der die und wir us our go here by لا كيف هذا من في عن""".split()
_CLASS_OF = dict.fromkeys(_SMALL, "") | {word: name for name, words in _CLASSES.items() for word in words.split()}
# Enough without a second class.
_ALONE = frozenset(
    "ilgili related relacionado relacionada relacionados lesetipp leseempfehlung weiterlesen".split()
) | {
    "mehr dazu",
    "passend dazu",
    "lesen sie dazu",
    "zum thema",
    "on this topic",
    "sur le même sujet",
    "sur le même thème",
    "sobre el mismo tema",
    "sobre o mesmo assunto",
    "по теме",
    "à découvrir",
    "pour aller plus loin",
    "это интересно",
    "good reads",
    "al respecto",
    "must read",
    "now read",
    "full story",
    "full article",
    "noch mehr zum thema",
    "popular now",
    "trending now",
    "notre sélection",
    "notre dossier",
    "nos conseils",
    "da non perdere",
    "zum weiterlesen",
    "aanbevolen",
    "gerelateerd",
    "correlato",
    "correlati",
    "powiązane",
    "terkait",
    "liên quan",
    "ilgili",
    "تابع القراءة",
    "لا يفوتك",
    "не пропустите также",
    "à savoir aussi",
    "bon à savoir aussi",
    "good to know",
    "na ten temat",
    "w temacie",
    "cùng chuyên mục",
    "tin cùng chuyên mục",
    "up next",
    "next up",
    "jetzt lesen",
    "à relire",
    "à lire",
    "à voir",
    "популярное",
    "most read",
    "mais lidas",
    "lo más leído",
    "okumadan geçme",
    "okumadan geçmeyin",
    "editörün seçimi",
    "editor's pick",
    "editor’s pick",
    "editors' picks",
    "must reads",
    "previously",
    "polecamy",
    "approfondisci",
    "per approfondire",
    "المزيد",
    "more from us",
    "from our archive",
    "from the archive",
    "in case you missed it",
    "don't miss it",
    "in the same section",
    "dans la même rubrique",
    "sullo stesso argomento",
    "pour en savoir plus",
    "en savoir plus",
    "ранее мы писали",
    "что почитать",
    "bunları da okuyun",
    "leestip",
    "selengkapnya",
    "xem chi tiết",
    "xem ngay",
    "đừng bỏ lỡ",
    "jangan lewatkan",
    "kaçırmayın",
    "nie przegap",
    "mis niet",
    "para ler depois",
    "para leer después",
    "unser lesetipp",
    "buchtipp der redaktion",
    "aus unserem archiv",
}
# Words that go together in advice as well: `See also: chapter 5`, `Recommended: 1000 mg a day`.
_WEAK = re.compile(
    r"don['’]?t miss(?: this)?|no te (?:lo )?pierdas|não perca|nicht verpassen|recommended|recomendad[oa]s?|recomendamos"
    r"|te recomendamos|le recomendamos|рекомендуем|рекомендуемые|empfohlen|empfehlung|read this|推荐|推薦"
    r"|查看|おすすめ|추천|jangan lewatkan|pour aller plus loin|ne manquez pas|[aà] ne pas manquer|не пропустите|no se (?:lo )?pierdan?|подробнее|подробно"
)
_FAIR = re.compile(
    r"(?:please )?see (?:also|more)|also see|siehe auch|ver más|ver también|voir (?:aussi|également)|см также"
    r"|(?:más|mais) información|mais informações|more information|weitere informationen|plus d['’]informations"
)  # references and sources of advice are announced so too: these need a title of some length
_WIDE_PARTS = re.compile(
    r"する|하는|이어|보기|搜|可以|接着|接著|不妨|給你|给你|给您|同类|同類|类似|類似|系列|此前|之前|早前|报告|帖子|博文|问答|科普|知识|百科|页面|合集|大全|盘点|速看|前往|入口|直达|继续|好看|好读|深度|专栏|專欄|主题|主題|今天|精华|回顾|回顧|上期|往日|看了又看|另请|另請|參考|参考|同場加映|加映|不可錯過|不可错过|不容错过|別錯過|别错过|必看|必读|必讀|值得|值得一看|值得一读|知道|了解|瞭解|健康|網路|编辑|編輯|主编|大家|[点點][我此这這]|[这這][里裡]|戳|收藏|閱讀|浏览|瀏覽|下方|更多精彩|本期|今日|報導|報道|其他|其它|也在"
    r"|注目|ランキング|まとめ記事|新着|過去|シリーズ|連載|を見る|見る|見たい|知りたい|必見|必読|あなた|ピックアップ|話題|から|同じ|カテゴリ|テーマ|つながる|続けて|続き|詳しく|詳細|くわしく|参考|ページ|を読んだ|人は|読んで|います|いる|読まれています|ています|併せて|ご覧ください|ください|編集部|前回|次回|この|は|が|を|に|人|こそ|特に|今|よく|関係|ご一読|です"
    r"|읽어|핫이슈|이슈|실시간|베스트|포스팅|포스트|영상|연재|시리즈|이전|다음|관심|주제|비슷한|유사한|오늘의|이달의|놓치면|궁금하다면|더보기|보러가기|보러 가기|보세요|함께|어때요|이런|많이|본|바로가기|이어서|이어|볼만한|읽어볼|볼 만한|만한|지난|당신이|당신|좋아할|놓치지|마세요|알아보기|알아보|연관|참고|주요|클릭|글은|기사는|기사도|도|글을|는|은|을|를|에|와|과|요"
    r"|相关|相關|推荐|推薦|推介|延伸|拓展|扩展|擴展|更多|往期|精彩|热门|熱門|热点|热文|热|小编|小編|猜你|[你您]|可能|也许|也許|会|會|还|還|也|想"
    r"|喜欢|喜歡|感兴趣|感興趣|点击|點擊|查看|阅读|閱讀|文章|报道|報道|報導|新闻|新聞|链接|連結|内容|內容|资讯|資訊|看|读|讀|必|精选|精選|一篇|下"
    r"|為[你您]|为[你您]|好文|文|的|人气|关联|本文|继续|繼續|大家|都|在|网友|網友|最新|专题|專題|视频|影音"
    r"|関連|おすすめ|オススメ|あわせて|合わせて|併せて|こちら|次に|もっと|どうぞ|チェック|読みたい|読む|読まれている|記事|リンク|ニュース|人気|コンテンツ|こんな|ほか|他|次の|特集|まとめ|お|の|も"
    r"|관련|추천|함께|같이|더|이|글도|글|기사도|기사|보면|읽으면|읽을거리|읽을|읽어보기|읽어보세요|읽기|보기|좋은|인기|뉴스|콘텐츠|만한|최신|다른|읽을거리|관심| "
)
_CORE = frozenset(("read", "also", "related", "noun", "like", "topic"))
_PAIRS = ({"like", "may"}, {"related", "people"}, {"like", "people"})
_TELLING = frozenset(("read", "related", "like"))
_SEE = frozenset(
    "see ver voir vea siehe см смотрите view consulta consulte recommendation recommendations recomendación recomendaciones".split()
)
_MIN_WIDE_PARTS = 2
_MEANS_NOTHING = frozenset(
    "知识 科普 今天 给你 给您 給你 可以 から 見たい 同じ 오늘의 健康 人 は が を に 도 는 은 을 를 에 와 과 요 본 이런 今 此 知道 これ 都 在 お 他 你 您 会 會 还 還 也 的 の も 이 下 一篇 文 热 ".split()
) | {" "}
_LATIN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_WIDE = re.compile(r"[぀-ヿ㐀-鿿가-힯]")

# Wide labels of one part that are nothing else.
_WIDE_ALONE = re.compile(
    r"看了又看|传送门|傳送門|直通车|同[场場]加映|(?:往期|上期|前期|往日)(?:回[顾顧]|精[选選彩]|推[荐薦]|内容)?|必[看读讀]|(?:编辑|編輯|小编|小編|主编)(?:推[荐薦]|精[选選])|不[可容]?[错錯][过過]|[别別][错錯][过過]|特集|바로가기|연관 ?기사|지난 ?기사"
)
Strength = Literal["strong", "fair", "weak", "single"]


def rate_label(folded: str) -> Strength | None:
    """How surely words announce another article; None for words that do not.

    >>> rate_label("you might also want to read"), rate_label("see also"), rate_label("read slowly")
    ('strong', 'fair', None)
    >>> rate_label("扩展阅读"), rate_label("推荐"), rate_label("主要症状")
    ('strong', 'weak', None)
    """
    folded = folded.replace("İ", "i")
    if not 2 <= len(folded) <= MAX_LABEL:
        return None
    if _WEAK.fullmatch(folded):
        return "weak"
    if _FAIR.fullmatch(folded):
        return "fair"
    if folded in _ALONE:
        return "strong"
    return _rate_wide(folded) if _WIDE.search(folded) else _rate_words(folded)


def _rate_words(folded: str) -> Strength | None:
    classes = {_CLASS_OF.get(word.replace("’", "'")) for word in _LATIN.findall(folded)}
    if None in classes:
        return None
    if len(classes & _CORE) >= MIN_CLASSES or any(pair <= classes for pair in _PAIRS):
        return "strong"
    return "single" if classes & _TELLING and _SEE.isdisjoint(folded.split()) else None


def _rate_wide(folded: str) -> Strength | None:
    if _WIDE_ALONE.fullmatch(folded):
        return "strong"
    if _WIDE_PARTS.sub("", folded):
        return None
    telling = [part for part in _WIDE_PARTS.findall(folded) if part not in _MEANS_NOTHING]
    return "strong" if len(telling) >= _MIN_WIDE_PARTS else None
