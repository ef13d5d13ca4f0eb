"""Credit lines: source, editor, photographer, view counts, dates, as lines of their own.

Rules: `credit-line`, `image-credit`, `view-count`, `date-line` (a date with nothing but the word for it), `byline` (`By` and
a name).  What a credit says is moved to `creditText`, not lost.
What stands behind the label has to be a name, an address or a date: `Cover: keep it dry` is advice.
Left alone on purpose: anything in a list or a reference section (`Source: CDC`), notes below a table, sources of
nutrients and infections, credits inside sentences.
"""

import re
from collections.abc import Iterator

from clearwell.cleaning.claims import is_prose, kind_of, last_prose, whole
from clearwell.cleaning.credit_words import GIVEN, read_credit
from clearwell.cleaning.memory import SiteMemory
from clearwell.document import Document, Removal
from clearwell.sentences import OPENERS, WIDE, fold, weigh
from clearwell.site import Site

MAX_CREDIT = 140  # Latin characters
MIN_NAME, MAX_NAME = 2, 5  # words of a person's name with titles
HEAD = 5  # blocks at the top in which bylines stand

_IMAGE = (
    r"(?:(?:photo(?:graph(?:y)?)?|image|picture|illustration|graphic|video|cover|featured image)s?(?: (?:credits?"
    r"|sources?|courtesy))?|"
    r"fotos?|fotograf[íi]as?|im[aá]gen(?:es)?|ilustraci[oó]n|(?:fuente|cr[eé]dito)s? (?:de (?:la )?)?(?:foto"
    r"|imagen)\w*|cr[eé]ditos?|"
    r"crédits?(?: photos?)?|photo d['’]illustration|bild(?:er|nachweise?|quellen?|rechte)?|fotonachweis|titelbild"
    r"|imagem|imagens|"
    r"фото(?:графия|графии)?|изображение|иллюстрация|foto(?:grafia)?|immagine|gambar|ilustrasi|fotoğraf|ảnh|zdjęcie|"
    r"图片?(?:来源|源|片)?|配图|图源|摄影|供图|題圖|题图|圖片?(?:來源)?|攝影?|写真(?:提供)?|画像|사진|이미지)"
)
_ROLE = (
    r"(?:(?:article |data )?sources?|credits?|texts?|words|(?:responsible |chief |copy |managing )?editors?(?: in charge)?|(?:edited"
    r"|written|posted|reviewed|translated|"
    r"fact[- ]checked|medically reviewed|produced) by|authors?|reporter|proofread(?:ing|er)|published(?: on| by)?"
    r"|(?:last )?updated(?: on)?|release time|"
    r"fuente|textos?|redacci[oó]n|editora?|autora?|publicado(?: por| el)?|actualizado(?: el)?|revisado por|escrito por|"
    r"source|textes?|r[eé]daction|auteure?|publié (?:le|par)|mis à jour le|quelle|redaktion|autor(?:in)?|veröffentlicht am"
    r"|stand|"
    r"fonte|reda[cç][aã]o|publicado em|источник|текст|автор(?: статьи| текста| материала| фото)?|редактор|опубликовано|"
    r"来\s?源|文章来源|作\s?者|编\s?辑|责任编辑|责\s?编|校\s?对|撰稿|本文作者|原作者|供稿|主编|总编|审\s?[核校稿]|排版|策划|监制|撰文|文|记者|通讯员"
    r"|发布时间|更新时间|时间|日期|"
    r"來\s?源|文章來源|編\s?輯|責任編輯|責編|審稿|記者|發布時間|更新時間|出典|編集|執筆|監修|ライター|文責|取材|撰稿|作者|本文作者|撰文|責任校對|主編|출처|기자|글|작성자|글쓴이|편집|에디터|취재|sumber"
    r"|penulis|editor|reporter|kaynak|nguồn|"
    r"tác giả|źródło|bron|المصدر|تحرير|تصوير)"
)
_LINE = re.compile(
    rf"\s*[(（\[【*]?\s*(?:{_IMAGE}|{_ROLE})(?:\s?[・/／&＆、と]\s?(?:{_IMAGE}|{_ROLE}|文|写真))?\s*[:：丨｜|/／=]\s*\S"
)
_LABEL = re.compile(rf"(?<![a-zß-ÿа-яё])(?:{_IMAGE}|{_ROLE})\s*[:：丨｜|/／=]\s*")
# Nouns that a caption and a cause of illness have too, and a photo's, which a person's name may follow.
_BARE = re.compile(
    r"\s*[(（\[【*]?\s*(?:image|picture|illustration|graphic|video|cover|featured image|im[aá]gen(?:es)?|ilustraci[oó]n|bild(?:er)?"
    r"|titelbild|imagem|imagens|изображение|иллюстрация|immagine|gambar|ilustrasi|ảnh|zdjęcie|图片?|配图|題圖|题图|圖片?|写真|画像|사진|이미지"
    r"|(?:article |data )?source|fuente|quelle|fonte|источник|来\s?源|來\s?源|出典|출처|sumber|kaynak|nguồn|źródło|bron|المصدر)s?"
    r"\s*[:：丨｜|/／=]"
)
_PHOTO = re.compile(
    r"\s*[(（\[【*]?\s*(?:photo(?:graph(?:y)?)?|foto(?:graf[íi]a)?|фото(?:графи[яи])?|fotoğraf)s?\s*[:：丨｜|/／=]"
)
_INITIAL = re.compile(r"(?<!\w)[A-ZÀ-ÞА-ЯЁ]\.")
_DEGREE = re.compile(r",|\b(?:Dr|Prof|MD|M\.D|PhD|RN|RD|Dra|Med)\b")
_DATE = re.compile(
    r"(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}月\d|\b\d{1,2}\.? (?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug"
    r"|sep|o[ck]t|nov|de[cz])"
)
_DIGIT = re.compile(r"\d")  # a third of the lines have one, which is found in a tenth of a date's time
_WHEN = re.compile(r"\s*[(（\[【*]?\s*(?:时间|日期|stand)\b")
_PLACE = re.compile(r"©|\(c\)|/|https?:|www\.|@|\.(?:com|org|net|cn|de|es|fr)\b")
_WIDE_NAME = re.compile(
    r"(?:[㐀-鿿·]{2,6}|[가-힣]{2,4}|[가-힣]{2,8}(?:이미지|이미지뱅크|스톡|뱅크|제공)|[぀-ヿ㐀-鿿]{2,8})(?: ?(?:기자|記者|记者))?$"
    r"|[^，。；;、]{2,24}(?:网|網|社|报|報|图库|圖庫|库|台|刊|号|杂志|雜誌|资料室|医院|中心|编辑部|部|뉴스|일보|新聞|大学|公司)$"
)
_WIDE_AGENCY = re.compile(
    r"[^，。；;、]{2,24}(?:网|網|社|报|報|图库|圖庫|库|台|刊|号|杂志|雜誌|资料室|编辑部|뉴스|일보|新聞|大学|公司|省|庁|協会|学会|기자|뱅크|스톡|제공|이미지)$"
)
# A date as a line of its own: day, month and clock, and the words for what happened then, nothing else.
_DATE_PART = re.compile(
    r"\d{4}\s?[./年-]\s?\d{1,2}\s?[./月-]\s?\d{1,2}日?|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?"
    r"|\b(?:19|20)\d\d\b|\b\d{1,2}(?:st|nd|rd|th|\.|º)?(?= )|\b\d{1,2},|년|월|일|\b(?:january|february|march|april|may|june|july|august"
    r"|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|enero|febrero|marzo|abril|mayo|junio"
    r"|julio|agosto|septiembre|octubre|noviembre|diciembre|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre"
    r"|novembre|décembre|januar|februar|märz|juni|juli|oktober|dezember|janeiro|fevereiro|março|maio|junho|julho|setembro"
    r"|outubro|novembro|dezembro|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)\b"
)
_FULL_DATE = re.compile(r"(?:19|20)\d\d\s?[./年-]\s?\d{1,2}\s?[./月-]\s?\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d")
MIN_DIARY = 3  # dates above text that make a diary or a timeline
MIN_DATE_PARTS = 3  # day, month and year
_DATE_WORDS = frozenset(
    """published publish posted updated update last on at release released modified created edited by admin
    publicado publicada actualizado actualizada el de la a las publié mis à jour le veröffentlicht aktualisiert am stand
    zuletzt uhr um publicado publicada atualizado atualizada em às опубликовано обновлено в г
    发布 发布于 发布时间 发表 发表于 发表时间 时间 日期 更新 更新时间 更新于 發布 發布時間 發表 更新時間 日期 公開日 更新日 公開 更新 投稿日 最終更新日
    입력 수정 등록 기사입력 최종수정 작성일 등록일 발행""".split()
)
_BYLINE = re.compile(
    r"(?:by|por|par|von|di|medically reviewed by|reviewed by|fact[- ]checked by|edited by|escrito por|revisado por|rédigé par|relu par)\s"
)
_BY = re.compile(r"(?:by|por|par|von|di)\s")  # `By Age Group`, `Por Vía Oral`
_REPORTER = re.compile(
    r"(?:記者|记者|文|通讯员|特派員)\s?[㐀-鿿]{2,4}\s?[/／]\s?[㐀-鿿]{2,6}(?:報導|报道|電|讯|訊)?$|[가-힣]{2,4} ?기자$|(?:图|圖)(?:源|片来自|片來自)?(?:网络|網路)$"
)
_READING = re.compile(
    r"\W*(?:\d{1,2}[- ]min(?:ute)?s? read|(?:estimated )?(?:reading|read) time\s*:?\s*\d{1,2} ?min\w*"
    r"|(?:tiempo de lectura|temps de lecture|lesezeit|tempo (?:de leitura|di lettura)|время чтения|阅读时间|預計閱讀時間)\s*[:：]?\s*(?:约|約)?\d{1,2} ?\S{1,9})\W*$"
)
_ROW = re.compile(r"[\w\s:：|｜·,.()（）/-]*")
_ROW_WORD = re.compile(r"[^\W\d_]+")
_AGENCIES = frozenset(
    "dpa afp ap reuters istock shutterstock getty pixabay unsplash pexels freepik efe archivo archive archiv file own "
    "privat stock internet network online web library agency agencia gallery team staff desk".split()
)
_IMAGE_LINE = re.compile(
    rf"\s*[(（\[【*]?\s*{_IMAGE}\s*(?:[:：丨｜|/／=©]| (?:by|de|von|par|di|oleh|via|courtesy of|por)\s)\s*\S"
)
_POSTED = re.compile(
    r"\s*(?:posted|submitted|written|eingestellt|geschrieben|verfasst|texts?|words|story|report|photos?|publicado|escrito|publié|veröffentlicht) (?:by|por|par|von|am|on|el|le) "
)
_NAME = re.compile(
    r"[A-ZÀ-ÞА-ЯŁŚŻŽ][\w.’'-]*|©|&|/|\||,|for|of|and|from|on|at|in|the|de|del|von|van|para|für|pour|et|y|und|via|la|el|di|da"
    r"|[^\x00-ɏа-яё]\S*"
)
_UNIT = (
    r"(?:views?|reads?|hits|clicks|visitas|vistas|lecturas|aufrufe|zugriffe|klicks|vues|просмотр\w*|visualiza[cç][oõ]es"
    r"|visualizzazioni|dilihat|okunma|lượt xem|"
    r"阅读(?:量|数|次数)?|阅\s?读|浏览(?:量|次数|数)?|点击(?:量|数|率)?|人气|瀏覽(?:量|數)?|點閱(?:數)?|조회(?:수)?|人(?:已)?(?:阅读|阅|浏览|看过|閱讀)"
    r"|閲覧数)"
)
_COUNT = r"[\d.,]+\s*[km万萬]?"
_VIEWS = re.compile(rf"\s*(?:{_UNIT}\s*[:：]?\s*{_COUNT}\s*次?|{_COUNT}\s*(?:次\s?)?{_UNIT})\s*$")
_ENDS_IN_VIEWS = re.compile(
    rf"(?:(?<![a-zа-яà-ÿ]){_UNIT}\s*[:：]\s*{_COUNT}\s*次?|[|｜·•,，]\s*{_COUNT}\s*(?:次\s?)?{_UNIT})\s*$"
)
# A label with its maker, where nothing but the label tells one: experts, translators, departments.
_NAMED = re.compile(
    r"\s*[【\[（(]?\s*(?:(?:审核|審核|审稿|審稿|指导|指導|受访|受訪|咨询|諮詢|本文|医学|醫學|责任|責任|执行|採訪|采访|核稿|值班|内容|內容|原创)?(?:专家|專家|编辑|編輯|审核|審核|撰文|顾问|顧問|医生|醫師|作者|译者|譯者|编译|編譯|翻译|翻譯|整理|制作|製作|出品|监制|監製|策划|統籌|供稿|供图|供圖|制图|製圖|摄影|攝影|绘图|設計|设计)"
    r"|監修者?|執筆者?|著者|取材・?文|文・?写真|構成|編集|翻訳|ライター|撮影|イラスト|図版|提供|引用元|監修医"
    r"|의학 ?감수|감수|도움말|자문|자료|번역|정리|그래픽|일러스트|촬영|편집|글쓴이|작성자|에디터|취재|제공|사진 ?제공|글·사진|글|영상)\s*[:：=＝丨｜|/／]\s*(?P<maker>[^，。；、,;!?！？]{2,26}?)\s*[】\]）)]?\s*$"
)
_MAKER = re.compile(
    r"(?:医院|醫院|医师|醫師|主任|教授|医生|博士|记者|記者|编辑部?|編輯部?|健康|[网網报報社部科系组組]|中心|君|小编|小編|大学|大學|学会|协会|協會|研究院|研究所|クリニック|病院|医師|科医|編集部作成|編集部|氏|さん|先生"
    r"|원장|교수|박사|전문의|기자|의사|병원|[부청원]|공단|협회|학회|대학교?|연구소|뉴스|일보|신문|뱅크|투데이|스톡|약사|영양사)[）)]?$"
)
_WIDE_PERSON = re.compile(r"(?:[㐀-鿿·]{2,4}|[぀-ヿ㐀-鿿]{2,6}|[가-힣]{2,4})(?:[（(][^）)]{2,14}[）)])?$")
_CATEGORY = re.compile(
    r"\s*(?:filed under|posted in|category|categories|categor[ií]as?|archivado en|publicado en|etiquetado en|cat[eé]gories?|class[eé] dans|publi[eé] dans|kategorien?|abgelegt unter"
    r"|categorias?|postado em|рубрик[аи]|категори[ия]|раздел|(?:文章|所属|所屬)?(?:分类|分類|栏目|欄目)|カテゴリー?|카테고리|분류)\s*(?:[:：]|(?<=\bin|\ben|\bem)\s|(?<=dans)\s|(?<=under)\s|(?<=unter)\s)\s*(?P<value>[^.。!?！？\d、]{2,40})$"
)
# What names a picture's maker without a doubt: a source, a giver, a slash.
_PICTURE = re.compile(
    r"\s*[△▲▼※*]?\s*[【\[（(]?\s*(?:示意)?(?:图片?|圖片?|照片|首[图圖]|题图|題圖|封面[图圖]?片?|配图|影片|视频|写真|画像|動画|アイキャッチ画像|사진|이미지|영상)\s?"
    r"(?:(?:来源|來源|源自|来自|來自|提供|出处|出處|出典|引用|取自|出自|출처|제공)\s*[:：=＝/／丨｜]?|[/／=＝])\s*[^，。；、,;!?！？]{2,24}$"
)
# An agency's place and day, a reporter and his paper, a text's first title.
_DATELINE = re.compile(
    r"\s*[(（\[【]?[^\W\d_][\w .-]{2,24}, \d{1,2}\.? (?:de )?\w{3,10}\.? \([\w/ ]{2,16}\)[.\s–—-]*$"
    r"|\s*[\[(（【]?(?:[^\s\[\]()]{1,8}=)?[^\s\[\]()]{0,12}[\])】]?\s?[가-힣]{2,4} ?(?:인턴)?(?:기자|특파원|논설위원)\s?[\])】]?\s*(?:\S+@\S+)?\s*$"
    r"|\s*(?:原标题|原標題|原文标题|原題)\s*[:：]\s*[^\n]{2,60}$"
)
_GRADE = re.compile(r"[度型期级級]$|중증|경증|risk|riesgo|risque|risiko|risco|риск")
_BIO = re.compile(
    r"\s*(?:the author is an? |the writer is an? |(?:la autora|el autor) es |l['’]auteure? est |der autor ist |die autorin ist |(?:a autora|o autor) é |автор\s?[—–-]\s|(?:本文)?作者(?:系|为|為|是)|この記事の(?:監修者|著者|執筆者|ライター)$|この記事を書いた人$"
    r"|本文由.{2,14}(?:审核|審核|撰写|提供)$)"
)
_BARE_ROLE = re.compile(
    r"\s*[【\[（(]?\s*(?:글|글·사진|정리|취재|편집|감수|번역|에디터|記者|记者|文|撰文|编辑|編輯|ライター)\s+[㐀-鿿가-힣ぁ-ヿ]{2,5}(?: ?(?:원장|교수|박사|기자|의사|전문의))?\s*[】\]）)]?$|\s*[（(](?:中央社|新华社|新華社|中新社)[^（）()]{4,24}[电電][）)]$"
)
_ITEM = re.compile(r"\s*\d{1,3}[.．)）、]\s*\S")
_VIEW_MARK = re.compile("[:：|｜·•,，]")  # no line ends in views without one
_REFERENCES = re.compile(
    r"\s*(?:\d+[.)] )?(?:references?|sources?|bibliography|further reading|citations?|literatur(?:verzeichnis)?"
    r"|quellen(?:verzeichnis)?|"
    r"referencias|bibliograf[íi]a|fuentes|références|sources|referências|fontes|источники|литература|参考文献"
    r"|參考文獻|参考资料|"
    r"參考資料|参考|引用文献|출처|참고 ?문헌|bibliografia|fonti|referensi|daftar pustaka|kaynakça"
    r"|tài liệu tham khảo)\s*[:：]?\s*$"
)
_SUBSTANCE = re.compile(
    r"\b(?:proteins?|fib(?:er|re)s?|vitamins?|calcium|iron|zinc|magnesium|energy|infections?|pain|light|heat|noise"
    r"|bleeding|carbohydrates?|omega|"
    r"prote[ií]nas?|fibra|hierro|calcio|hierro|vitaminas?|energ[ií]a|infecci[oó]n|protéines?|fibres|fer|eiwei[sß]+"
    r"|ballaststoffe?|eisen|"
    r"ferro|белк\w*|белок|клетчатк\w*|железо|кальци\w*|инфекци\w*)\b|蛋白|维生素|維生素|钙|铁|感染|膳食|纤维|たんぱく"
    r"|食物"
)


def find(document: Document, site: Site, memory: SiteMemory) -> Iterator[Removal]:
    """Point at credit lines before the first and after the last prose, or beside another credit line."""
    credits = [number for number in range(_references_start(document)) if _is_credit(document, number)]
    credits = _without_diary(document, _without_plain_words(document, credits))
    known = set(credits)
    tail = last_prose(document) if credits else 0
    for number in credits:
        folded = document.folded[number]
        read = read_credit(document.blocks[number].text)
        if _VIEWS.match(folded) or _ends_in_views(folded) or _READING.match(folded) or read == "view-count":
            yield whole(document, number, "credit", "view-count", 0.85)
        elif (
            document.blocks[number].kind == "caption"
            or _IMAGE_LINE.match(folded)
            or _PICTURE.match(folded)
            or read == "image-credit"
        ):
            yield whole(document, number, "credit", "image-credit", 0.8)
        elif number < HEAD or number > tail or known & {number - 1, number + 1}:
            yield whole(document, number, "credit", "date-line" if read == "date-line" else _rule_of(folded), 0.8)


def _without_plain_words(document: Document, credits: list[int]) -> list[int]:
    """The credits without those whose names a page has in small letters too: `By Age Group`, `Photo: Deer Tick`."""
    names = {number: name for number in credits if (name := _plain_name(document.blocks[number].text))}
    if not names:
        return credits
    small = {word for word in _ROW_WORD.findall(document.text) if word.islower()}
    prose = next((number for number, block in enumerate(document.blocks) if is_prose(block)), len(document.blocks))
    return [
        number
        for number in credits
        if number not in names
        or (
            not small.intersection(_ROW_WORD.findall(names[number].lower()))
            and (number < prose or not _BY.match(document.folded[number]))
        )
    ]


def _plain_name(text: str) -> str:
    """The name of a byline or a photo that no initial, degree or agency shows to be one; none where they do."""
    folded = fold(text)
    label = _BY.match(folded) or _PHOTO.match(folded)
    return (
        text[label.end() :]
        if label
        and read_credit(text) is None
        and not _is_given(text[label.end() :])
        and not _INITIAL.search(text)
        and not _DEGREE.search(text)
        and not _shows_maker(text[label.end() :])
        else ""
    )


def _is_given(value: str) -> bool:
    """Whether a name begins with a given name that is no other word."""
    first = _ROW_WORD.search(fold(value))
    return first is not None and first.group() in GIVEN


def _shows_maker(value: str) -> bool:
    """Whether a value has what a caption has not: an agency, an initial, an address, a bar between two makers."""
    folded = fold(value)
    if _PLACE.search(folded) or _INITIAL.search(value) or "|" in value or "｜" in value:
        return True
    return any(word in _AGENCIES for word in _ROW_WORD.findall(folded))


def _without_diary(document: Document, credits: list[int]) -> list[int]:
    """The credits without dates that stand above text of their own, one after another, as in a diary or a timeline."""
    known, last = set(credits), len(document.blocks) - 1
    dates = {
        number
        for number in credits
        if number < last
        and number + 1 not in known
        and (_is_date_line(document.folded[number]) or read_credit(document.blocks[number].text) == "date-line")
    }
    return [number for number in credits if number not in dates] if len(dates) >= MIN_DIARY else credits


def _rule_of(folded: str) -> str:
    return "date-line" if _is_date_line(folded) else "byline" if _BYLINE.match(folded) else "credit-line"


def _references_start(document: Document) -> int:
    headings = (
        n for n, b in enumerate(document.blocks) if len(b.text) <= MAX_CREDIT and _REFERENCES.match(fold(b.text))
    )
    return next(headings, len(document.blocks))


def _is_credit(document: Document, number: int) -> bool:
    block = document.blocks[number]
    text = block.text
    if (
        kind_of(document, number) not in ("paragraph", "caption", "quote")
        or not 0 < len(text) <= MAX_CREDIT
        or weigh(text) > MAX_CREDIT
    ):
        return False
    folded = fold(text)
    if _VIEWS.match(folded) or (_ends_in_views(folded) and not is_prose(block)) or _READING.match(folded):
        return True
    if _BIO.match(folded):
        return True
    if is_prose(block) or text.rstrip()[-1:] in ".。":
        return read_credit(text) is not None and not is_prose(block)
    if _is_date_line(folded) or _DATELINE.match(folded):
        return True
    if not text.isascii() and (_REPORTER.match(folded.strip()) or _BARE_ROLE.match(folded)):
        return True
    if _reads_as_credit(text, folded) and not _follows_table(document, number):
        return True
    line = _LINE.match(folded) is not None
    if byline := _BYLINE.match(folded):
        return _is_person(text[byline.end() :])
    if not line and not _IMAGE_LINE.match(folded) and not _POSTED.match(folded):
        return False
    if _SUBSTANCE.search(folded) or _follows_table(document, number):
        return False
    return _has_maker(text.strip(), folded.strip()) if line else _is_named(text)


def _follows_table(document: Document, number: int) -> bool:
    return number > 0 and document.blocks[number - 1].kind == "table"


def _reads_as_credit(text: str, folded: str) -> bool:
    """Whether a line's words are those of a credit, or a label and its maker, or the page's own section."""
    if read_credit(text):
        return True
    if not text.isascii():
        if _PICTURE.match(folded):
            return True
        if named := _NAMED.match(folded):
            maker = named.group("maker").strip()
            return _MAKER.search(maker) is not None or _WIDE_PERSON.match(maker) is not None
    if category := _CATEGORY.match(folded):
        value = text[category.start("value") :].strip()
        capital = all(word[0].isupper() for word in re.findall(r"[^\W\d_]{4,}", value) if word.lower() != word.upper())
        return capital and not _GRADE.search(folded)
    return False


def _is_date_line(folded: str) -> bool:
    """Whether a line is a date and the words for what happened on it, and maybe the names of a label behind it."""
    if not _DIGIT.search(folded) or not _DATE.search(folded):
        return False
    parts = len(_DATE_PART.findall(folded))
    rest = _DATE_PART.sub(" ", folded)
    words = _ROW_WORD.findall(rest)
    if _ROW.fullmatch(rest) and all(word in _DATE_WORDS for word in words):
        return bool(words) or _FULL_DATE.search(folded) is not None or parts >= MIN_DATE_PARTS
    label = _LABEL.search(rest)
    return (
        _FULL_DATE.match(folded.strip(" (（[【")) is not None
        and label is not None
        and not rest[: label.start()].strip(" |｜·-")
    )


def _is_person(text: str) -> bool:
    """Whether words are a person's name, with titles and degrees."""
    words = text.replace(",", " ").split()
    return MIN_NAME <= len(words) <= MAX_NAME and all(
        word[0].isupper() and fold(word).strip(".") not in OPENERS for word in words
    )


def _ends_in_views(folded: str) -> bool:
    """Whether a line that is no item of a list ends in a number of views."""
    if _ITEM.match(folded):
        return False
    return _VIEW_MARK.search(folded) is not None and _ENDS_IN_VIEWS.search(folded) is not None


def _has_maker(text: str, folded: str) -> bool:
    """Whether what follows the label is a maker's name, an address or a date, not advice: `Cover: keep it dry`."""
    labels = list(_LABEL.finditer(folded))
    if _DATE.search(folded):
        return True
    if not labels or _WHEN.match(folded):
        return False
    value = text[labels[0].end() :].strip(" )）]】*")
    if len(labels) > 1 or _PLACE.search(fold(value)):
        return True
    bare = _BARE.match(folded) is not None
    if WIDE.search(value):
        if bare:
            return _WIDE_AGENCY.search(value) is not None or _shows_maker(value)
        return _WIDE_NAME.match(value) is not None
    if bare and not _shows_maker(value):
        return False  # `Picture: Deer Tick`
    words = value.replace("(", " ").replace(")", " ").split()
    if value.count(",") and len(words) == value.count(",") + 1:
        return False  # `Nüsse, Samen`
    proper = [word for word in words if word[0].isupper() or fold(word).strip(",.") in _AGENCIES or _is_caseless(word)]
    return 0 < len(words) <= 10 and bool(proper) and all(word in proper or _NAME.fullmatch(word) for word in words)


def _is_caseless(word: str) -> bool:
    return word[0].isalpha() and word[0].lower() == word[0].upper()


def _is_named(text: str) -> bool:
    """Whether all that follows the first two words are names: `Picture by A. Name for Agency`, not a sentence."""
    words = text.replace("(", " ").replace(")", " ").split()[2:]
    return 0 < len(words) <= 10 and all(_NAME.fullmatch(word) for word in words)
