"""Lines of credit read word by word: a role, a date, a count, a picture's origin, and names, and no other word.

All for folded text; a name is a word with a capital.  From bylines, theme translations and pages seen.
"""

import re

from clearwell.sentences import WIDE, fold

MAX_LINE = 110  # characters
MAX_NAMES = 6  # words with capitals that are no role

_CLASSES = {
    # Who made a text, or what was done to it.
    "role": """author authors editor editors reporter reporters correspondent writer newsroom contributor contributors byline
        written reviewed edited translated compiled verified checked fact-checked reporting editing writing additional
        authored contributed proofread
        autor autora autores editor editora redactor redactora redacción corresponsal periodista escrito escrita redactado revisado revisada verificado verificada editado editada traducido
        traducida traducción elaborado elaborada
        auteur auteure auteurs rédaction rédacteur rédactrice journaliste correspondant écrit rédigé relu relue validé validée vérifié vérifiée traduit traduite traduction recueillis propos relecture
        autorin redaktion redaktionell redakteur redakteurin korrespondent geschrieben verfasst
        bearbeitet geprüft übersetzt übersetzung überprüft erstellt redigiert redaktionsschluss fachprüfung lektorat
        redação redacao repórter jornalista traduzido traduzida tradução elaborado
        edição revisão
        автор авторы редактор редакция корреспондент журналист проверено проверил проверила
        подготовил подготовила записал записала перевод перевел перевёл перевела текст материалам написал
        написала эксперт экспертом рецензент проверил автором подготовлено составил составила
        autore redazione scritto penulis editor""",
    "pub": """reviewed checked revised verified created revisado revisada verificado vérifié révisé relu créé créée creado creada erstellt geprüft überprüft revisto verificado criada создано создан проверено проверен уточнено published republished posted updated modified uploaded submitted created produced reported publication update
        publicado publicada actualizado actualizada modificado modificada creado actualización publicación
        publié publiée actualisé modifié modifiée mis mise jour publication
        veröffentlicht erschienen aktualisiert aktualisierung veröffentlichung eingestellt stand
        postado postada atualizado atualizada atualização publicação criado
        опубликовано опубликован опубликована обновлено обновлён обновление изменено публикации публикация обновления размещено добавлено
        pubblicato aggiornato diterbitkan diperbarui yayınlanma güncelleme opublikowano geplaatst bijgewerkt""",
    "dated": "date fecha datum data дата",
    # Which of these an article's headings have as well.
    "image": """caption collage thumbnail photo photos photograph photography image images picture pictures illustration illustrations graphic graphics video cover
        screenshot screengrab credit credits courtesy photographer
        foto fotos fotografía fotógrafo fotógrafa imagen imágenes ilustración gráfico captura pantalla vídeo crédito créditos cortesía
        photographie photographe visuel infographie crédit crédits capture écran vidéo
        bild bilder bildquelle bildnachweis bildrechte titelbild beitragsbild symbolbild symbolfoto archivbild archivfoto grafik fotograf
        fotografin foto fotos screenshot aufmacherbild themenbild
        imagem imagens ilustração arte fotografia fotógrafo crédito créditos reprodução divulgação
        фото фотография фотографии фотограф изображение изображения иллюстрация иллюстративное снимок кадр видео скриншот скрин инфографика коллаж картинка""",
    "alone": """symbolbild symbolfoto archivbild archivfoto themenbild""",
    "origin": """supplied provided submitted contributed cedida cedidas facilitada fournie bereitgestellt zur verfügung gestellt fornecida файл предоставлены клиникой больницей file stock archive archival representative representational representation illustrative illustrational purposes handout library
        internet web online network social media own personal agency agencies
        ilustrativa ilustrativo referencial archivo internet redes sociales cortesía especial pantalla captura personal
        d archives archive écran réseaux dr
        archiv symbol privat netz beispielbild
        ilustrativa arquivo internet redes sociais reprodução divulgação pessoal
        архивное архива открытых открытого открытый открытом источников источника источник автора сайта предоставлено предоставил пресс-служба пресс-службой пресс-службы нейросеть ии семейного сети иллюстративный иллюстративного характер носит нейросетью сгенерировано видео личного интернета соцсетей""",
    "agency": """getty gettyimages istock istockphoto shutterstock pixabay unsplash pexels freepik alamy dreamstime depositphotos
        canva flickr imago pinterest wikimedia commons wikipedia reuters afp ap efe dpa tmn pti ani pa epa bbc cnn nasa tass тасс риа
        rbc рбк ansa kna epd sid apa swns zuma wenn rawpixel stocksnap 123rf bigstock vecteezy
        fotolia picture-alliance pixta keystone lusa andina notimex télam xinhua kyodo yonhap bloomberg sputnik спутник новости интерфакс
        getty-images adobestock openai midjourney dall firefly stable diffusion""",
    # Whose value is a maker, never what a picture shows.
    "maker": """credit credits courtesy photographer crédito créditos cortesía fotógrafo fotógrafa photographe crédit crédits bildnachweis bildquelle bildrechte
        fotograf fotografin фотограф""",
    "source": "source sources fuente fuentes fonte fontes quelle quellen источник источники материалам consultadas consultées",
    "desk": """redactores editors newsdesk desk редакцией newsroom redacción rédaction redação redaktion редакция редакции admin administrator agencias agências agencies agences agenturen staff
        webmaster redactie redazione""",
    "platform": "youtube instagram facebook tiktok twitter adobe x telegram вконтакте телеграм ютуб",
    "press": """news daily times post herald tribune gazette journal magazine press agency agência agencia agence media radio tv newspaper
        noticias notícias diario diário periódico presse zeitung tagblatt agentur stock images photo""",
    "count": """прочтение прочтения view's views view reads read hits clicks shares likes visits visitors people comments comment responses replies words
        visitas vistas lecturas lectores visto leído veces comentarios comentario palabras compartidos
        vues lectures lu lue fois commentaires commentaire partages mots lecteurs
        aufrufe zugriffe klicks gelesen mal kommentare kommentar leser ansichten wörter
        visualizações visualizacoes acessos lido lida vezes comentários comentário leituras palavras compartilhamentos
        просмотров просмотра просмотры просмотр прочитали прочитано прочтений раз комментариев комментария комментарий комментарии человек""",
    "none": "no sin aucun keine kein nenhum нет",
    "reading": """minute minutes min mins minuto minutos minuten минут минуты мин reading time read lectura lecture lesezeit lesedauer leitura
        чтения чтение прочтение чтобы tiempo temps tempo время estimated estimado estimé approx aprox environ ca etwa""",
    "date": """january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec
        monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun am pm gmt utc est edt pst ist cet bst
        enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre lunes martes miércoles jueves viernes
        sábado domingo horas hs h
        janvier février mars avril mai juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche
        januar februar märz juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag uhr
        janeiro fevereiro março maio junho julho setembro outubro novembro dezembro segunda terça quarta quinta sexta feira segunda-feira
        terça-feira quarta-feira quinta-feira sexta-feira
        января февраля марта апреля мая июня июля августа сентября октября ноября декабря понедельник вторник среда четверг пятница суббота
        воскресенье г год мск
        hours hour ago yesterday today days day weeks week months month hace ayer hoy días semanas meses il y a hier jours semaines mois heures
        vor stunden stunde tagen tage wochen gestern heute há ontem hoje dias atrás назад часа часов час вчера сегодня дней дня
        first last zuletzt última ultima último dernière derniere letzte последнее последняя""",
    "team": """nuestra unserer unsere unserem nossa nosso naszej врачом врачами экспертами специалистом клиникой автором our the medical editorial team board staff expert experts department desk office health clinical advisory council redaction
        nuestro equipo médico editorial expertos notre équipe médicale rédaction unser team medizinisch medizinischen fachlich ärztlich nosso
        equipe médica медицинский медицинская нашей редакции научный""",
    "person": """dr dra dr. prof med md phd rn mph msc bsc lic ing mr mrs ms sra sr врач доктор терапевт dott""",
    "small": """d l vía via postado escrito by on in of at and with for from via to an has have this article text story content under und by
        por de del la el las los y con en para a al un información
        par le les du des l d la et avec pour au à il y par d’
        von am im um auf und mit der die das des dem den von ein beitrag unter aus bei
        do da dos das em e com às o os no na por para há informações
        в на с по и от из для статью статьи материала это не к за о""",
}  # fmt: skip
CLASSES_OF: dict[str, frozenset[str]] = {}
for _name, _words in _CLASSES.items():
    for _word in _words.split():
        CLASSES_OF[_word] = CLASSES_OF.get(_word, frozenset()) | {_name}

# Given names that are hardly a word of any text; a caption's two capitals are a person's if the first is one.
GIVEN = frozenset(
    """adam adrian agnes alan albert alejandro alex alexander alfred alice alicia amanda amelia amy ana andrea andreas andrew angela anita ann anna
    anne anthony antonio arthur barbara beatriz benjamin bernd bianca brian bruno camille carla carlos carmen carol caroline catherine cecilia charles
    charlotte christian christina christine christoph christopher clara claudia claire craig cristina daniel daniela david deborah denis diana diego
    dominik donald dorothy edward elena eliza elizabeth emilia emily emma eric erika ernesto esther eugene eva fabian federico felipe fernanda fernando
    florian francesca francisco franziska frederic gabriel gabriela george gerald gloria gonzalo gregory guillermo gustavo hannah hans harald heather
    heinrich helen helena henri henrik henry hugo ian ignacio ines ingrid irene isabel isabella ivan jacob jacqueline jakob james jamie jane janet
    javier jean jeffrey jennifer jeremy jessica joan joana joanna joao johanna johannes john jonas jonathan jorge jose joseph josé juan juana judith
    julia julian juliana julie karen karin karl katharina kathrin keith kenneth kevin klaus konstantin kristina laura lauren lena leonardo leticia liam
    linda lisa lorenzo louis louise lucas lucia lucy luis luisa lukas magdalena manuel manuela marcel marco marcos margaret maria mariana marie marina mario
    marta martin martina mary mateo matthew matthias maurice melanie melissa michael michelle miguel monica monika nadia natalia nicholas nicolas
    nicole nina norbert olga oliver olivia oscar pablo patricia patrick paul paula paulo pedro peter petra philip philipp pierre rachel rafael ralf
    ramon raquel raul rebecca renate ricardo richard robert roberto rodrigo roger roland rosa ruth samantha samuel sandra sara sarah sebastian
    silvia simon simone sofia sonia sophie stefan stefanie stephan stephanie stephen steven susan susanne sylvia teresa theodor theresa thomas tim timothy tobias tom
    ulrike ursula valentina valeria vanessa vera veronica veronika victor victoria vincent walter wendy werner william wolfgang yolanda zoe
    анна мария елена ольга наталья татьяна ирина екатерина светлана юлия анастасия александр сергей дмитрий андрей алексей максим владимир
    евгений иван михаил николай павел пётр петр олег игорь виктор""".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:[.-][^\W\d_]+)*")
_NUMBER = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2}|\d{1,2}:\d\d")
_HANDLE = re.compile(
    r"[\w.-]+@[\w.-]+|@\w+|(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|org|net|de|es|fr|ru|co|info|example)(?:\.\w\w)?\b"
)

_NONE: frozenset[str] = frozenset()
_ADDRESS_SIGN = re.compile(r"[@/]|\.\S")  # in all of these
_HANDLED = "\0"  # stands for an address
_SHARED = re.compile(r"/|©|\bvia\b|\|")
_MAKER = re.compile(
    r"\W*(?:(?:photo|image|picture|fotos?|im[aá]gen|bild|фото|источник)?\s?(?:credits?|courtesy|photographer|cr[eé]ditos?|cortes[ií]a|fot[oó]graf[oa]|photographe|cr[eé]dits?|bildnachweise?|bildquellen?|bildrechte"
    r"|fotograf(?:in)?|фотограф))(?: of| de| del| du)?\s?[:/©|]|\W*(?:photo|image|foto|imagen|imagem) (?:courtesy|cortes[ií]a)\b"
)
# What makes a date the moment of publishing: a day of the week, a clock, a time ago.
_MOMENT = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|\d:\d\d|\dh\d\d|\bago\b|\bhace\b|il y a|\bvor \d|\bhá\b|назад|(?:lun|mar|mi[eé]rcol|juev|viern)es|s[aá]bado|domingo"
    r"|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|-feira|понедельник|вторник|сред[ау]|четверг|пятниц|суббот|воскресень"
)
_GERUND = re.compile(r"\W*(?:writing|reporting|editing|additional)\b")
_DRAWN = re.compile(r"\b(?:photo|image) d['’ ]illustration\b")
_BY = re.compile(r"\W*(?:by|por|par|von|di|de)\b")
MAX_MAKER = 4  # words of a maker's name

_WIDE_CLASSES = {
    "giver": "出典 提供 引用元 出处 出處 来源 來源 출처 제공 撮影 アイキャッチ画像 アイキャッチ",
    "role": "创建 創建 作成 最終確認 確認 审阅 審閱 修订 修訂 편찬 작성 编辑 編輯 编译 翻译 翻譯 整理 审核 審核 审校 责编 責編 作者 来源 來源 记者 記者 監修者 監修 執筆者 執筆 著者 編集部 編集 ライター 構成 取材 翻訳 書いた人 公開 更新 最終更新 配信 掲載 投稿 发布 發布 发表 發表 佚名 未知 监制 校对 校對 排版"
    " 编辑部 編輯部 기자 에디터 입력 수정 등록 작성 최종수정 기사입력 게재 발행 편집 감수 번역",
    "count": "回閲覧 回 閲覧回数 再生 再生回数 阅读 閱讀 浏览 瀏覽 点击 點閱 點擊 评论 評論 留言 点赞 人次 次数 次數 观看 觀看 看过 浏览量 阅读量 阅读数 人气 閲覧 コメント pv views 조회 조회수 댓글 읽음 좋아요 공감 추천수 回應 分享 收藏 热度 人已阅读",
    "reading": "読める 読むのに 読む かかります 읽는 데 데 걸리는 阅读 閱讀 分钟 分鐘 分で 分 読めます 読了 全文 字 阅读需 阅读时间 閱讀時間 约 約 大约 预计 預計 時間 所要 분 읽기 읽는 시간",
    "image": "图源 圖源 動画 영상 图片 圖片 图 圖 配图 資料圖 资料图 资料图片 示意图 示意圖 插图 写真 画像 イラスト 図版 資料写真 사진 이미지 자료사진 그래픽 照片 影片 视频 截图 截圖 首圖 题图 封面 封面图",
    "origin": "图源 圖源 来自 來自 源于 源自 取自 翻攝 翻摄 网络 網路 互联网 网上 与文字无关 與文字無關 与内容无关 仅供参考 僅供參考 イメージ です ※ 作成 編集部作成 資料 非當事人 非当事人 免費圖庫 图库 圖庫 臉書 無關 无关 无关系 本文 基사와 관계없음 관련 없는 없음 이해를 돕기 위한 기사와 내용과 기사 자료 ai生成 ai 生成 由",
    "agency": "アフロ ピクスタ ピクサベイ ゲッティ ゲッティイメージズ 共同通信 時事通信 時事 共同 ロイター 新华社 新華社 中新社 中央社 路透社 路透 美联社 法新社 达志 達志 視覺中國 视觉中国 图虫 摄图网 包图网 千图网 站酷海洛"
    " 픽사베이 게티이미지 게티이미지뱅크 셔터스톡 언스플래시 프리픽 연합뉴스 뉴시스 뉴스1 클립아트코리아 이미지투데이 로이터 유튜브",
    "date": "年 月 日 时 時 分 秒 上午 下午 周一 周二 周三 周四 周五 周六 周日 週一 週二 週三 週四 週五 週六 週日 星期 년 월 일 시 오전 오후 日期 时间 時間 日時 날짜 于 於",
    "small": "的 由 于 於 及 和 共 已 有 人 次 个 個 条 條 万 萬 千 + 量 数 數 约 需 この 記事 の は を が で に ー 件 人が まで 最終 日 者 名 건 개 명 회 이 기사 는 은 가 를 에 약 천 만 読んだ 書いた た で す 本 总 總 第 最後 最后 更新 時間 时间",
}  # fmt: skip
WIDE_CLASSES_OF: dict[str, frozenset[str]] = {}
for _name, _words in _WIDE_CLASSES.items():
    for _word in _words.split():
        WIDE_CLASSES_OF[_word] = WIDE_CLASSES_OF.get(_word, frozenset()) | {_name}
_WIDE_PART = re.compile("|".join(map(re.escape, sorted(WIDE_CLASSES_OF, key=len, reverse=True))))
_WIDE_ALONE = frozenset(
    "编辑部 編集部 本站编辑 健康編集部 이미지투데이 게티이미지뱅크 イラストac 写真ac 视觉中国 摄图网 達志影像 资料图 資料圖 示意图 示意圖 资料图片 資料圖片 资料照 資料照 資料照片 檔案照 檔案照片 자료사진 연합뉴스 클립아트코리아 중앙사진".split()
)


def read_credit(text: str) -> str | None:
    """What a line is whose every word is a credit's: the name of its rule, or None.

    >>> read_credit("Last modified on Tuesday, 6 June 2023"), read_credit("Photo of a deer tick")
    ('date-line', None)
    """
    if not 2 <= len(text) <= MAX_LINE:
        return None
    plain = _HANDLE.sub(_HANDLED, text) if _ADDRESS_SIGN.search(text) else text
    if WIDE.search(text):
        return _read_wide(fold(plain))
    return _read_words(plain)


def _read_words(text: str) -> str | None:
    classes: set[str] = set()
    names: list[str] = []
    for word in _WORD.findall(text):
        folded = fold(word).strip(".")
        known = CLASSES_OF.get(folded)
        if known is not None and not (word[0].isupper() and known <= {"small", "team", "date"} and names):
            classes |= known
        elif word[0].isupper():
            names.append(folded)
        else:
            return None
    return _judge(frozenset(classes), names, text) if len(names) <= MAX_NAMES else None


def _judge(classes: frozenset[str], names: list[str], text: str) -> str | None:
    """What classes of words and names make together."""
    numbers = _NUMBER.search(text) is not None
    dated = _YEAR.search(text) is not None
    person = len(names) > 1 and (names[0] in GIVEN or len(names[0]) == 1)
    if text.rstrip().endswith((":", "：")) or (len(names) > 1 and text.isupper()):
        return None
    if "image" in classes:
        if _DRAWN.search(fold(text)):
            return "image-credit"
        made = classes & {"agency", "platform", "origin", "alone"} or person or (names and _MAKER.match(fold(text)))
        return "image-credit" if made and len(names) <= MAX_MAKER else None
    if "agency" in classes and not numbers and classes <= {"agency", "platform", "small", "press", "date", "team"}:
        shared = len(names) <= MAX_MAKER and _SHARED.search(fold(text)) is not None
        return "image-credit" if shared or not names else None
    if text.strip(" ()") in ("DR", "D.R."):
        return "image-credit"
    if "desk" in classes and not names and classes <= {"desk", "small", "role", "press", "team", "pub"}:
        return "credit-line"
    if "source" in classes and not numbers and (classes & {"press", "agency"} or (not names and _HANDLED in text)):
        return "credit-line"
    if names and names[0] in GIVEN and len(names) <= MAX_MAKER and classes <= {"small", "agency", "press", "person"}:
        return "credit-line" if "agency" in classes and _BY.match(fold(text)) else None
    if "person" in classes and 0 < len(names) <= MAX_MAKER and classes <= {"person", "small"}:
        return "credit-line" if _BY.match(fold(text)) else None
    if (
        not names
        and "count" in classes
        and (numbers or "none" in classes)
        and classes <= {"count", "small", "none", "reading", "date"}
    ):
        return "view-count"
    if not names and "reading" in classes and numbers and classes <= {"reading", "small", "count", "date"}:
        return "view-count" if len(text) <= 48 else None
    when = dated or ("date" in classes and numbers)
    if "role" in classes or "pub" in classes:
        if when and len(names) <= MAX_MAKER:
            return "credit-line" if names else "date-line"
        if _GERUND.match(fold(text)) and " by " not in fold(text):
            return None
        if "role" in classes and (names or classes & {"team", "agency", "press"}):
            return "credit-line"
        return "credit-line" if classes & {"desk", "team"} and not names else None
    if not names and numbers and _MOMENT.search(fold(text)) and "date" in classes and classes <= {"date", "small"}:
        return "date-line"
    return None


def _read_wide(folded: str) -> str | None:
    alone = re.sub(r"[\W_]+", "", folded)
    if alone in _WIDE_ALONE:
        return "image-credit" if "编辑" not in alone and "編集" not in alone else "credit-line"
    classes: set[str] = set()
    at = 0
    while at < len(folded):
        if not folded[at].isalpha():
            at += 1
            continue
        match = _WIDE_PART.match(folded, at)
        latin = None if match else _WORD.match(folded, at)
        if latin and CLASSES_OF.get(latin.group(), _NONE) & {"agency", "platform"}:
            classes.add("agency")
            at = latin.end()
            continue
        if match is None:
            return None
        classes |= WIDE_CLASSES_OF[match.group()]
        at = match.end()
    numbers = _NUMBER.search(folded) is not None
    if not numbers and (classes >= {"giver", "agency"} or ("image" in classes and classes & {"origin", "agency"})):
        return "image-credit"
    if numbers and "count" in classes and classes <= {"count", "small", "reading", "date"}:
        return "view-count"
    if numbers and "reading" in classes and classes <= {"reading", "small", "count", "date"}:
        return "view-count"
    if "role" in classes and _YEAR.search(folded):
        return "date-line"
    if _YEAR.search(folded) and "date" in classes and classes <= {"date", "small"}:
        return "date-line"
    return None
