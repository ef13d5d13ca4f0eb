"""What lines about other articles are labelled with, by language; all patterns are for folded text."""

import re

# Words that mean this only when shouted: `MORE: ...` leads elsewhere, `More: rest, fluids` does not.
SHOUTED = re.compile(
    r"\s*[\[(>▶☞👉*•]*\s*(?:MORE|READ|WATCH|VIDEO|LISTEN|SEE|TRENDING|RELATED|EXPLAINED|MIRA|LEA|LEE|VEA|MÁS|ENTÉRATE"
    r"|MEHR|LESEN|AUCH|"
    r"LIRE|VOIR|LEIA|VEJA|ASSISTA|CONFIRA|LEGGI|GUARDA|BACA|SIMAK|ЧИТАЙТЕ"
    r"|ПО ТЕМЕ)(?: [A-ZÁÉÍÓÚÄÖÜ]{2,12})?\s*[:：]\s*"
    r"(?=[\"“«¿¡(]?[A-ZÀ-ÞА-ЯЁ]\S*(?: \S+){3})"
)
# A label with the marks before it and the sign that parts it from a title: a colon, a bar, a dash, its own bracket.
LABELLED = re.compile(
    r"\s*(?P<marks>[\[【(（「『>▶►▷☞👉🔗📌➤➜→*•+▼■◆●#♦※☆★-]*)\s*"
    r"(?P<label>[^\W\d_][^:：|｜▶»>\[\]【】()（）「」\n.!?。！？,，;；–—-]{1,50}?|см\. также)\s*"
    r"(?P<sign>[】\])）」』]\s*[:：]?|[:：|｜▶»>／》]+|(?<=\s)[-–—](?=\s)|(?<=[^\s])[–—](?=\s))\s*(?=\S)"
)
MARK = re.compile(r"\s*[▶►▷☞👉🔗📌➤➜▼■◆●※☆★]\s*")

# What a label refers to that is no other article: a part of this text or a leaflet, a person to ask.
REFERENCE = re.compile(
    r"\b(?:sections?|chapters?|pages?|appendix|annex|abschnitte?|kapitel|seiten?|anhang|secci[oó]n(?:es)?|cap[ií]tulos?|p[aá]ginas?"
    r"|rubriques?|sections?|chapitres?|seção|seções|раздел\w*|глав\w|страниц\w*|sezione|capitolo|pagina|bab|bölüm|mục|sekcja"
    r"|hoofdstuk)\s*\d+|^\W*(?:(?:the|your|die|ihre|der|la|el|le|votre|su|o|a) )?(?:(?:package|patient|product) )?(?:leaflet|insert"
    r"|label|packungsbeilage|beipackzettel|gebrauchsinformation|prospecto|ficha técnica|notice|bula|инструкци\w*|foglietto)\b(?!\w)"
    r"|^\W*(?:please )?(?:ask|consult|contact|talk to|speak to|speak with|tell|call|see|fragen sie|sprechen sie|consulte|pregunte"
    r"|hable con|demandez|consultez|parlez|pergunte|fale com|спросите|обратитесь|chiedi|tanyakan)\b.{0,24}?\b(?:doctor|gp|pharmacist"
    r"|nurse|physician|midwife|team|arzt|ärztin|apotheker\w*|m[eé]dic[oa]|farmac[eé]utic[oa]|médecin|pharmacien|врач\w*|medico|dokter)\b"
    r"|第\s?(?:\d+|[一二三四五六七八九十]+)\s?[节節章页頁条條項项部]|\d+\s?(?:장|절|페이지|쪽)"
    r"|说明书|說明書|添付文書|설명서|(?:咨询|諮詢|询问|詢問)(?:您的|你的)?(?:医生|醫生|医师|醫師|药师|藥師)|(?:医師|薬剤師).{0,8}(?:相談|尋ね)"
    r"|(?:의사|약사).{0,8}(?:상담|문의)"
)

_HEADING = (
    r"recommend(?:ed|ations?)?(?: for you| articles?| posts?| reading)?|related(?: (?:articles?|posts?|stor(?:y|ies)"
    r"|content|news|topics))?|"
    r"(?:you )?(?:may|might) (?:also )?(?:like|be interested in)|(?:guess )?you (?:may )?(?:also )?like"
    r"|more (?:articles|stories|news|posts)|"
    r"more from [^.!?]{2,30}|most (?:read|popular|viewed)|popular (?:posts|articles)|trending(?: now)?|latest (?:news"
    r"|articles|posts)|"
    r"hot articles|read next|also on [^.!?]{2,30}|don['’]t miss|"
    r"recomendad[oa]s?|te recomendamos|lo más (?:leído|visto)|artículos relacionados|noticias relacionadas"
    r"|(?:también )?te puede interesar|"
    r"articles (?:similaires|liés|connexes)|sur le même (?:sujet|thème)|à lire (?:aussi|également)|les plus lus"
    r"|vous aimerez aussi|"
    r"(?:ähnliche|verwandte|weitere) (?:artikel|beiträge|themen)|mehr zum thema|auch interessant|meistgelesen|"
    r"das könnte (?:sie|dich|ihnen|dir) (?:auch )?(?:interessieren|gefallen)|leia (?:também|mais)|veja também"
    r"|artigos relacionados|"
    r"mais lidas|(?:você )?(?:também )?pode gostar|похожие (?:статьи|записи|материалы)|читайте также"
    r"|материалы по теме|популярное|"
    r"articoli (?:correlati|simili)|leggi anche|(?:ti )?potrebbe interessarti|artikel terkait|baca juga|terpopuler|"
    r"(?:bài viết|tin) liên quan|ilgili (?:haberler|yazılar)|gerelateerde (?:artikelen|berichten)|lees ook"
    r"|podobne artykuły|"
    r"(?:相关|相關)(?:阅读|文章|推荐|閱讀|新闻|新聞|内容)|推荐(?:阅读|文章)?|推薦(?:閱讀|文章)?|猜你喜欢|為你推薦"
    r"|为你推荐|热门(?:文章|推荐)|熱門文章|"
    r"延伸(?:阅读|閱讀)|往期(?:回顾|精彩|推荐)|精彩推荐|最新文章|大家都在看|你可能(?:还|也|會|会)?(?:喜欢|喜歡|感兴趣)|"
    r"関連(?:記事|リンク)|おすすめ記事|人気記事|あわせて読みたい|관련 ?(?:기사|글)|인기 ?(?:기사|글)|추천 ?(?:기사"
    r"|글)|مواضيع ذات صلة|مقالات ذات صلة"
)
LIST_HEADING = re.compile(rf"\s*[【\[★▶■◆#]*\s*(?:{_HEADING})\s*[】\]]?\s*[:：…]*\s*$")

# Headings that a section of advice has too.
WEAK_HEADING = re.compile(
    r"\W*(?:recommend(?:ed|ations?)?|don['’]t miss|recomendad[oa]s?|te recomendamos|推荐|推薦)\W*$"
)

# What READ_MORE's phrases end with; a text that ends otherwise need not be searched.
MORE_ENDS = tuple(
    """
    more reading story article más leyendo suite plus weiterlesen lesen erfahren artikel mais lendo далее полностью
    дальше подробнее 続きを読む もっと見る 더보기 보기 leggere tutto più selengkapnya oku tiếp thêm meer verder więcej dalej
    全文 更多 详情 閱讀 المزيد
    """.split()
)
READ_MORE = re.compile(
    r"(?:^|(?<=[\s.!?。！？…\"”)]))(?<! to )(?<!pour )(?<!para )[\[(（«]?(?:(?:read|see|show|learn|view) more|continue reading"
    r"|read (?:the )?full (?:story|article)|"
    r"leer más|seguir leyendo|sigue leyendo|ver más|lire (?:la suite|plus)|en savoir plus|weiterlesen|mehr (?:lesen"
    r"|erfahren)|zum artikel|"
    r"leia mais|ler mais|continue lendo|saiba mais|читать (?:далее|полностью|дальше)|подробнее|続きを読む|もっと見る"
    r"|더보기|자세히 보기|"
    r"continua a leggere|leggi (?:tutto|di più)|selengkapnya|baca selengkapnya|devamını oku|đọc tiếp|xem thêm"
    r"|lees (?:meer|verder)|"
    r"czytaj (?:więcej|dalej)|阅读全文|阅读更多|查看全文|查看更多|查看详情|閱讀更多|閱讀全文|繼續閱讀|看更多"
    r"|اقرأ المزيد)[\])）»]?\s*[.…>»→➜›]*\s*$"
)
CUT_ENDS = ("...", "…", *(f"{left}{dots}{right}" for left in "[(" for dots in ("...", "…") for right in "])"))
