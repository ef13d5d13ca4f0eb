"""The parts that calls consist of, by language: what is asked, what is the page's, and where it is to be done.

A call has all three: `Join` + `our` + `Facebook page`.  Advice has one or two (`Join a walking group`, `Follow us with your
eyes`).  All patterns are for folded text; VERB matches at the start of a clause, the others are searched for.
"""

import re

from clearwell.cleaning.vocabulary import make_vocabulary

_VERB = (
    # English
    r"(?:follow|like(?=,| (?:us|our|this|and|or|it|&))|subscribe|join|share|forward|comment|tag|pin|save|bookmark|download|install|scan|click|tap|hit|press|turn on|register"
    r"|sign up|sign in|log in|donate|support|become|buy|contact|leave|drop|rate|listen to|connect with (?:us|me|@|[a-z]+ on)|stay|never miss|don['’]t miss|keep up|tell|let us know|invite)\b"
    # Spanish
    r"|s[ií]g(?:ue|a|uenos|anos|enos)\b|seguinos|suscr[ií]b|[uú]n(?:e|a)(?:te|se)\b|comp[aá]rt|comenta\b|comente\b|etiqueta\b|menciona\b"
    r"|gu[aá]rda|desc[aá]rg[au]|escane[ae]|(?:haz|haga|da) cli[ck]|act[ií]v[ae] |reg[ií]str[ae]|inicia sesi[oó]n|dona\b|recuerda seguir"
    r"|ap[oó]y[ae]|hazte|h[aá]gase|inv[ií]tanos|añ[aá]denos|agr[eé]ganos|cont[aá]ctanos|cu[eé]nt[ae](?:nos)?|d[eé]ja(?:nos)?|escuch[ae]|recib[ea]|s[uú]m[ae]te|encu[eé]ntranos|escr[ií]benos"
    # French
    r"|suivez\b|abonn|inscri|rejoi|partagez|comment|identifi|[eé]pingle|enregistre|t[eé]l[eé]charge|scann|cliqu|connecte"
    r"|faites un don|soutenez|devenez|offrez|contactez|[eé]crivez-|dites-|laiss|[eé]coutez|recevez|pens(?:ez|e) [aà]|n['’](?:oublie|h[eé]site)|retrouvez"
    # German
    r"|folg(?:e|t|en)\b|abonnier|tre(?:ten|te|tet)\b|tritt\b|teil(?:e|t|en)\b|kommentier|markier|speicher|l(?:a|ä)d(?:e|t|en)?\b|scann|klick"
    r"|aktivier|registrier|meld(?:e|et|en)\b|spend(?:e|et|en sie)\b|unterst[uü]tz|werd(?:e|et|en)\b|kontaktier|schreib|hinterl|h[oö]r|verbind|erhalt|bekomm|vergiss|verpass|besuch"
    # Portuguese
    r"|sig[ae]\b|siga-|inscrev|assin|entre\b|junte|participe|compartilh|partilh|coment|marque|salve|guarde|baix|descarreg|escane|clique|ativ|cadastr"
    r"|doe\b|ap[oó]ie|torne|pague|conte\b|fale|deix|ou[cç]a|receb|n[aã]o (?:se )?(?:esque|perca)|curta|lembre"
    # Russian
    r"|подпи[сш]|присоедин|вступа|вступи|поделит|делит|коммент|отметьте|сохраните|добав|скача|скач|установ|отскан|нажм|жм[иё]|включите|войдите|зарегистр|поддерж|пожертв"
    r"|оформ|станов|станьте\b|свяж|пишите|напиш|расска[жз]|остав|послуш|слуш|чита|получа|не (?:забуд|пропуст)|став|поставь|следи|следите"
)
_SOFT = (
    r"(?:please|kindly|just|now|and|also|then|so|you can|remember to|(?:don['’]t|do not) forget to|be sure to|make sure to|feel free to"
    r"|would you like to|want to|to|for more \w+(?: \w+)?,|por favor|ahora|y|tambi[eé]n|puedes|pod[eé]is|s['’]il vous pla[iî]t|et|vous pouvez|bitte|jetzt|und|hier|dann|gerne?"
    r"|agora|e|você pode|пожалуйста|и|а|также|вы можете|если [^,]{3,40},|if you [^,]{3,50},|si [^,]{3,50},|se [^,]{3,50},|wenn [^,]{3,60},|para [^,]{3,40},|pour [^,]{3,40},)"
)
# An act at the start of a sentence, marks and softeners before it not counted.
VERB = re.compile(rf"[^\w\s]{{0,4}}\s?(?:{_SOFT}\s+){{0,3}}(?:{_VERB})")

OURS = re.compile(
    r"\b(?:us|our|ours|nosotros|nuestr[oa]s?|notre|nos|nous|uns|unser\w*|noss[oa]s?|n[oó]s|a gente|мы|нам[и]?|нас|наш\w*)\b|[a-záéíóú]{3,}(?:nos|-nos)\b"
    r"|\bin bio\b"
)
_NETWORK = (
    r"(?:instagram|facebook|twitter|telegram|whatsapp|youtube|tiktok|pinterest|linkedin|wechat|weibo|viber|snapchat|discord|reddit|google news|flipboard"
    r"|вконтакте|вк\b|телеграм\w*|дзен\w*|одноклассник\w*|инстаграм\w*|ютуб\w*|соцсет\w*|социальн\w+ сет\w+|redes(?: sociales| sociais)?\b|r[eé]seaux(?: sociaux)?\b"
    r"|soziale\w* (?:netzwerk|medien)\w*|social media|socials)"
)
_NAMED_NETWORK = r"instagram|facebook|twitter|telegram|whatsapp|youtube|tiktok|pinterest|linkedin|wechat|discord|вконтакте|телеграм\w*|одноклассник\w*"
MEDIUM = make_vocabulary(
    {
        "page": r"\b(?:fan)?pages?\b",
        " account": r"\baccounts?\b",
        "channel": r"\bchannels?\b",
        "group": r"\bgroups?\b",
        "communit": r"\bcommunit(?:y|ies)\b",
        "conversation": r"\bconversation\b",
        "website": "",
        " site": r"\bsites?\b",
        " app": r"\b(?:apps?|appli|app store)\b",
        "newsletter": "",
        "podcast": "",
        "pódcast": "",
        "comment": r"\bcomments?\b|\bcomment section\b|commentaires?\b",
        "inbox": "",
        "mail": r"\be-?mails?\b|\bmails?\b|boîte (?:mail|aux lettres)|mailing list",
        "edition": r"\bedition\b",
        "magazin": r"\bmagazine?\b",
        " member": r"\bmember(?:s|ship)?\b",
        "customer service": "",
        "journalis": r"\bjournalism\w*",
        "our work": "",
        "coffee": "",
        "our cause": "",
        "profile": "",
        "blog": r"\bblogs?\b",
        "forum": "",
        " updates": "",
        "notification": r"\bnotifications?\b",
        " bio": r"\bbio\b",
        "community": "",
        "digest": "",
        "canal": r"\bcanal(?:es)?\b",
        "página": "",
        "pagina": "",
        "cuenta": r"\bcuenta\b",
        "grupo": "",
        "comuni": r"\bcomunidade?\b",
        " web": r"\bweb\b",
        "sitio": "",
        "aplica": r"\baplica(?:ci[oó]n|tivo)\b",
        "bolet": r"\bbolet[ií]n\b|\bboletim\b",
        "comentario": "",
        "comentári": r"\bcomentários?\b",
        "correo": "",
        "periodismo": "",
        "jornalismo": "",
        "trabajo": r"\bnuestro trabajo\b",
        "trabalho": r"\bnosso trabalho\b",
        "donaci": r"\bdonaci[oó]n\b",
        "doaç": r"\bdoaç(?:ão|ões)\b",
        " socio": r"\bsocios?\b",
        "perfil": "",
        "revista": "",
        "café": "",
        "redes": r"\bredes\b",
        "réseaux": "",
        "chaîne": "",
        "compte": r"\bcompte\b",
        "groupe": "",
        "lettre": "",
        "journal": r"\bjournal(?:isme)?\b",
        "abonnement": "",
        " don": r"\b(?:un|votre) don\b",
        "kanal": r"\bkan[aä]le?n?\b",
        "seite": r"\b(?:web)?seiten?\b",
        "konto": "",
        "gruppe": r"\b\w*gruppe\b",
        "kommentar": r"\bkommentare?n?\b",
        "postfach": "",
        "mitglied": "",
        "arbeit": r"\bunsere arbeit\b",
        "spende": r"\bspenden?\b",
        "kaffee": "",
        "glocke": "",
        "рассылк": r"рассылк\w+",
        "канал": r"\w*канал\w*",
        "групп": r"групп\w+",
        "страниц": r"страниц\w+",
        "сайт": r"сайт\w*",
        "приложени": r"приложени\w+",
        "комментари": r"комментари\w+",
        "подкаст": r"подкаст\w*",
        "проект": r"проект\w*",
        "чат": r"\bчат\w*",
        "почт": r"почт\w+",
        "избранн": r"избранн\w+",
        "источник": r"источник\w*",
        "сообществ": r"сообществ\w+",
        "блог": r"блог\w*",
        "instagram": _NETWORK,
        **dict.fromkeys(
            "facebook twitter telegram whatsapp youtube tiktok pinterest linkedin wechat weibo viber snapchat discord reddit flipboard"
            " вконтакте телеграм дзен одноклассник инстаграм ютуб соцсет".split(),
            "",
        ),
        "soziale": "(?!)",
        "socials": "(?!)",
        "social media": r"social media|\bsocials\b|soziale\w* (?:netzwerk|medien)\w*",
        "соц": r"социальн\w+ сет\w+",
    }
)

# Calls that need nobody's name, as no article asks for it: each an act and what is the page's by nature.
OWN = make_vocabulary(
    {
        "without ad": r"\bwithout (?:ads|advertising)\b",
        "no ads": "",
        "ad-free": r"\b(?:without|no) (?:ads|advertising)\b|\bad-free\b",
        "sin ": r"\bsin (?:publicidad|anuncios)\b",
        "sans pub": r"\bsans (?:publicité|pub)\b",
        "ohne werb": r"\bohne werbung\b|\bwerbefrei\b",
        "anúncios": r"\bsem (?:anúncios|publicidade)\b",
        "реклам": r"\bбез рекламы\b",
        "comments ": r"\bcomments? (?:below|section|box)\b|\bin (?:the|our) comments?\b",
        "comentarios": r"\ben (?:los |nuestros )?comentarios\b",
        "comentários": r"\bnos comentários\b",
        "commentaire": r"\b(?:en|un|vos|votre|les) commentaires?\b",
        "kommentar": r"\b(?:in (?:den|die|unseren) kommentaren?|(?:einen|ihren|deinen|euren) kommentar|zum kommentieren|kommentarbereich)\b",
        "комментари": r"\b(?:в|ваш\w*|свои|оставить) (?:\w+ )?комментари\w+",
        "friend who": r"\b(?:a )?friends? (?:who|that) (?:needs?|should|would|might|may|could)\b",
        "amigo que": r"\bamig[oa] que (?:necesit|precis|deb|teng)\w+",
        "ami qui": r"\bami\w* qui (?:devrait|a besoin|doit)\b",
        "freund": r"\bfreund\w*, (?:der|die|den)\b[^.]{0,30}\b(?:sollte|braucht|muss)\b",
        "друг": r"\bдруга?,? котор\w+",
        **dict.fromkeys(
            ("this article", "this post", "this story", "this image", "this pin", "this recipe", "our article"),
            r"\b(?:this|our) (?:article|post|story|image|pin|recipe)\b(?! (?:to|with) (?:your|the) )",
        ),
        "este ": "(?!)",
        "esta ": r"\best[ea] (?:art[ií]culo|publicaci[oó]n|post|nota|noticia|imagen|informaci[oó]n|art[ií]go|mat[eé]ria|texto|contenido|conte[uú]do)\b",
        "cet art": "(?!)",
        "cette ": r"\b(?:cet article|cette publication|cette page|cette image|cette recette)\b",
        "diesen ": "(?!)",
        "diese seite": r"\b(?:diesen? (?:beitrag|artikel|post)|diese seite)\b",
        "beitrag": r"\b(?:den|diesen) beitrag\b",
        "стать": r"\b(?:(?:эт\w+ )?(?:стать(?:ю|ёй|ей|я|и)))\b",
        " пост": r"\bпост\b",
        "full access": "",
        "all our": r"\ball our (?:articles|stories|content|recipes)\b",
        "contenido": r"\btodo el contenido\b",
        "conteúdo": r"\btodo o conteúdo\b",
        "nos articles": r"\b(?:tous )?nos (?:meilleurs )?articles\b",
        "leyendo": r"\b(?:seguir|para) leyendo\b",
        "lendo": r"\b(?:continuar|para) lendo\b",
        "weiterlesen": r"\bund weiterlesen\b",
        "comentar": r"\bpara comentar\b",
        "читать дальше": "",
        "подписк": r"\bподписку\b",
        "уведомлен": r"\bуведомления\b",
        "notific": r"\b(?:las )?notificaciones para no\b|\bas notificações para\b|\bnotifications (?:pour ne|so)\b",
        "социальн": r"\bсоциальных сетях\b",
        "our youtube": r"\b(?:our|my) youtube\b",
        " qr": r"\bqr(?:[- ]?code)?\b[^.]{0,40}\b(?:join|group|channel|grupo|groupe|kanal|únete|rejoindre|entre)\b",
        "link in": r"\blink in (?:our |the |my )?bio\b",
        "gust": r"\bsi te (?:ha gustado|gust[oó])\b",
        "newsletter": r"\bnewsletter\b",
        "journalis": r"\b(?:free|independent|free and independent|quality) journalism\b|\bjournalisme (?:libre|indépendant)\b|\bfreien journalismus\b",
        "палец вверх": "",
        "колокольчик": "",
        "близки": r"\bс (?:близкими|друзьями|родными)\b",
        "amigos": r"\bcon (?:tus|sus|los) amigos\b|\bcom (?:seus|os) amigos\b",
        "autour de vous": "",
        "later": r"\bfor later\b",
        "más tarde": "",
        "plus tard": "",
        "später": r"\bfür später\b",
        "kanal": r"\bunseren? (?:\w+-)?kanal\b|\bunserem (?:\w+-)?kanal\b",
        "unsere app": r"\bunsere (?:kostenlose )?app\b",
        "anzumelden": r"\bum sich anzumelden\b|\bum zu abonnieren\b",
        "merken": r"\bauf (?:pinterest|facebook|instagram|twitter)\b",
        "pinterest": r"\b(?:auf|sur|en|no|on|в) pinterest\b",
        "in favour": "(?!)",
        "заклад": r"\bв (?:закладки|избранн\w+)\b",
        "рубл": r"\bрубл[её]м\b",
        "сайте": r"\bна нашем сайте\b",
        "в чат": r"\bв (?:наш )?(?:чат|канал|групп\w+)\b",
        "специалист": r"\bвопрос (?:специалисту|врачу|эксперту)\b",
        "grupo": r"\b(?:no|al|el|nosso|nuestro) grupo\b",
        "bandeja": r"\ben tu bandeja\b",
        "euro": r"\b(?:por|pour|für|um|for) (?:solo )?(?:un|einen|1|one) (?:euro|€|dollar)\b",
        "depois": r"\bpara depois\b",
        "después": r"\bpara después\b",
    }
)
# Acts that are done to a page, an image or a post, never to a limb.
SOCIAL = re.compile(
    r"[^\w\s]{0,4}\s?(?:(?:please|now|and|also|then|if you [^,]{3,40},|don['’]t forget to|remember to|bitte|jetzt|hier|no olvides|recuerda|n['’]h[eé]sitez pas [aà]"
    r"|pensez [aà]|não (?:se )?esqueça de|не забудьте|пожалуйста|por favor|merci de|zum kommentieren|para más informaci[oó]n|si te [^,]{3,30},)\s+){0,2}"
    r"(?:like|share|forward|comment|tag|pin|save|bookmark|repost|rate|print|listen to|subscribe|follow|become|donate|register|sign up|log in|join|tell|let us know|leave|drop|turn on"
    r"|support|compart|coment|etiquet|menciona|guard|escuch|suscr[ií]b|h[aá]zte|hazte|h[aá]gase|dona|ap[oó]y|reg[ií]str|inicia|activ|acced|cu[eé]nt|d[eé]ja|s[ií]gu"
    r"|partag|identifi|[eé]pingl|enregistr|[eé]cout|abonn|devenez|faites un don|souten|dites|laiss|acc[eé]d|recev|connectez|inscri"
    r"|teil(?:e|t|en sie)\b|kommentier|markier|merk|speicher|h[oö]r|abonnier|werd|spend(?:e|et|en sie)\b|unterst[uü]tz|schreib|registrier|einloggen|klicken|folg|verpass|tret|tritt|lad|scann|gefällt|pinn|merk"
    r"|compartilh|marqu|salv|ou[cç]a|assin|torne|doe|cont[ea]|deix|receb|cadastr|fa[cç]a login|ativ"
    r"|подел|отмет|сохран|слуш|подпи|станов|стань|поддерж|оформ|напиш|остав|включ|войд|зарегистр|понрав|если понрав|поставь|ставь|жми|нажм|расска[жз]|делит|добав|читайте нас|перейд|вступ|присоедин|скача|отскан|задать|задайте|отправ|перешл)"
)
# One of these is in every text that FAREWELL or HELPFUL finds something in.
CLOSING = make_vocabulary(
    dict.fromkeys(
        "for reading|for watching|for visiting|your attention|see you next|see you in|until next|gracias por|hasta la pr|hasta pronto|merci |bientôt|bientot|bis zum n|bis bald"
        "|danke|dank |obrigad|até a pr|até breve|até logo|ate a pr|ate logo|спасибо за|благодар|до новых|до скор|ありがとう|それではまた|끝까지|다음 글|다음 시간|다음 편|다음 기사|感谢|感謝|下期|明天|下次|下集"
        "|helpful|useful|interesting|help you|hilfreich|nützlich|geholfen|gefallen|útil|utile|aidé|ajud|полезн|役に立|도움이|有帮助|有幫助|有用".split(
            "|"
        ),
        "",
    )
)
# Thanks and goodbyes to readers, questions about the page: whole sentences.
FAREWELL = re.compile(
    r"[^\w\s]{0,3}\s?(?:(?:thank you|thanks)(?: (?:so much|very much|all|everyone))? for (?:reading|watching|visiting|your attention)\b(?! (?:the|this|each) (?:label|leaflet))"
    r"|see you (?:next (?:time|issue|week)|in the next)\b|until next time|(?:muchas )?gracias por (?:leer|su lectura|tu lectura|visitar|acompañ)\w*|hasta (?:la pr[oó]xima|pronto)\b"
    r"|merci (?:de|pour) (?:votre|ta|m['’]avoir|nous) (?:lecture|lus?|attention|fid[eé]lit[eé])|[aà] bient[oô]t\b|(?:vielen |herzlichen )?danke?\b[^.!?]{0,12}\b(?:fürs? (?:lesen|zuh[oö]ren)|f[uü]r (?:ihr|euer|dein) interesse)"
    r"|bis (?:zum nächsten mal|bald)\b|obrigad[oa] (?:por ler|pela (?:leitura|visita)|por (?:acompanhar|nos ler))|at[eé] (?:a pr[oó]xima|breve|logo)\b"
    r"|(?:спасибо|благодар\w+) за (?:внимание|прочтение|чтение|просмотр)|до (?:новых встреч|скор\w+)|最後まで(?:お読み|読んで|ご覧)[^。]{0,24}ありがとう[^。]*|それではまた[^。]{0,6}"
    r"|끝까지 읽어[^.!?]{0,16}(?:감사|고맙)[^.!?]*|다음 (?:글|시간|편|기사)[^.!?]{0,6}(?:만나|뵙|찾아)[^.!?]*|感[谢謝](?:您|你|大家|各位)?的?(?:耐心)?(?:阅读|閱讀|观看|觀看|收看|支持)[^。！]*"
    r"|(?:我们|咱们|我們)?(?:下期|明天|下次|下集)(?:再)?[见見会會][^。！]{0,3})"
)
HELPFUL = re.compile(
    r"[^\w\s]{0,3}\s?(?:(?:was|is|did you find) this (?:article|page|post|information|content|answer)\b[^?]{0,16}\b(?:helpful|useful|interesting)|did this (?:article|page) help you"
    r"|war (?:dieser|diese|der) (?:artikel|beitrag|seite|text)[^?]{0,20}(?:hilfreich|nützlich)|hat (?:ihnen|dir) (?:dieser|der) (?:artikel|beitrag) (?:geholfen|gefallen)"
    r"|¿?(?:te|le) (?:ha )?(?:result[oó]|sido|fue|pareci[oó])\s?(?:de )?[uú]til|¿?(?:te|le) (?:ha )?(?:result[oó]|sido|fue|pareci[oó]) [^?]{0,30}[uú]til|¿?(?:fue|ha sido|es) [uú]til est[ea]|cet(?:te)? (?:article|page)[^?]{0,24}(?:utile|aid[eé])"
    r"|est[ea] (?:artigo|conte[uú]do|texto|p[aá]gina)[^?]{0,12}(?:[uú]til|ajud)|была ли[^?]{0,24}полезн|(?:статья|материал) (?:была?|оказал\w+) полезн"
    r"|この(?:記事|ページ|情報)[^？?]{0,8}役に立ち|이 (?:기사|글|페이지|정보)[^?]{0,8}도움이 되|(?:这篇文章|本文|此文|這篇文章)[^？?]{0,10}(?:有帮助|有幫助|有用)吗?)[^?？]{0,20}[?？]"
    r"\s*(?:\W*(?:yes|no|ja|nein|s[ií]|oui|non|sim|n[aã]o|да|нет|はい|いいえ|예|네|아니오|是|否|有|没有|沒有)\W*){0,2}$"
)

_ZH_MEDIUM = (
    r"账号|本号|订阅号|小程序|微信号|官方帳號|帳號|客服|qq群|群聊|右上角|左下角|蓝字|名片|按钮|按鈕|需要的人|身边的人|更多人|獨立媒體|独立媒体|社區|社区|專頁|专页|好文|小鈴鐺|健康知识|健康知識|小知识|小知識|小常识|食谱|公众号|公眾號|服务号|视频号|头条号|微信|微博|抖音|朋友圈|评论区|留言区|留言區|评论|留言|在看|点赞|按讚|一个赞|个赞|個讚|频道|頻道|直播间|交流群|社群|读者群|粉丝|粉絲|粉專|会员|會員|原文|小编|小編|社團|社团"
    r"|\bline\b|\big\b|臉書|facebook|youtube|telegram|instagram|電子報|(?:健康|新闻|新聞|资讯|資訊)(?:网|網|号)|网站|網站|星标|二维码|二維碼|qr ?code|优惠|這篇文章|这篇文章|本文|文章|这条消息|這則訊息|专栏|專欄"
)
_ZH_APP = r"(?:app|客户端)[^。！？]{0,10}(?:资讯|資訊|新闻|新聞|文章|内容|內容|全文|更多|阅读|閱讀|随时|隨時)|(?:更多|资讯|阅读)[^。！？]{0,10}(?:app|客户端)"
_ZH_VERB = (
    r"长按|長按|识别|識別|戳|搜一搜|设为|設為|打赏|入群|进群|報名|报名|咨询|諮詢|关注|關注|追蹤|订阅|訂閱|加入|下载|下載|扫|掃|分享|转发|轉發|轉貼|转给|点赞|按讚|[点點]个|給個|给[^。，]{0,6}赞|[点點]一?下|留言|评论|领取|領取|进入|進入|[点點]擊|点击|點此|点此|点这|點這|点|收藏|星标|告诉|告訴|搜索|搜尋"
    r"|锁定|鎖定|赞赏|贊助|赞助|支持|請上|请上|登录|登入|添加|加(?:我|qq|微信)|互动|阅读原文|动动手|动一动手|傳送|按個讚|按个赞|幫我們"
)
_ZH_URGE = (
    r"每天|天天|点一下|點一下|一起|带你|帶你|不迷路|不迷茫|以备|動動|掌握|專屬|专属|领|領|贊助|赞助|支持|打赏|赞赏|告訴我們|来|來|幫|帮|会员|會員|我们|我們|本站|本号|小编|小編|请|請|欢迎|歡迎|记得|記得|别忘|別忘|快|立即|立刻|即刻|马上|馬上|赶紧|趕快|赶快|吧|哦|啦|喔|呗|一下|随时|隨時|不错过|不漏接|免费|免費|无广告|免广告|無廣告|[！!]|喜欢|喜歡|觉得|覺得|免费|進入|进入直播|領取|领取|[点點]此|點這裡|点这里"
    r"|更多|最新|就找不到|为你|常相伴|一赏|动动|动一动"
)
_JA_MEDIUM = (
    r"インスタ|instagram|x（|\bx\b|twitter|ツイッター|\bline\b|facebook|youtube|チャンネル|メルマガ|メールマガジン|ニュースレター|記事|会員|サイト|ブログ|コメント|ランキング|お問い合わせ|フォーム|お気に入り|ブックマーク|通知|アカウント"
    r"|全文|活動|最新情報|読者|sns|ポッドキャスト|ページ"
)
_JA_VERB = r"フォロー|登録|シェア|ツイート|ブックマーク|ダウンロード|クリック|教えて|お聞かせ|お寄せ|コメント(?:する|を|で)|応援|寄付|支援|購読|チェック|お知らせ|追加|押して|見逃さない|読め|になる$|配信中|ログイン|読み取|聴く|お待ち|参加して|ご質問|ご意見"
_JA_URGE = r"ください|から|お願い|しよう|しましょう|こちら|する$|どうぞ|便利|すると|しています|当サイト|公式|[！!]|お待ち|になる$|登録$|シェア$|聴く$|支援する|配信中|チェック$"
_KO_MEDIUM = r"네이버|카카오톡|카톡|채널|인스타그램|페이스북|트위터|유튜브|뉴스레터|댓글|글이|글을|기사|버튼|알림|오픈채팅|홈페이지|앱[을에 ]|회원|팟캐스트|소식|이웃|좋아요|공감|구독|후원|주변|의견|제보"
_KO_VERB = r"구독|팔로우|추가|공유|남겨|남길|알려|눌러|가입|참여|함께해|받아보|받아 보|신청|다운로드|스캔|제보|듣기|로그인|하기$|설정|후원|힘이 됩니다|볼 수 있"
_KO_URGE = r"세요|부탁|주세요|주시|하기$|해요|@|있습니다|듣기$|힘이 됩니다|!|십시오"
# Act, medium and urging of scripts that put them in any order; each has to be there.
WIDE_PARTS = {
    "zh": tuple(map(re.compile, (_ZH_VERB, f"{_ZH_MEDIUM}|{_ZH_APP}", _ZH_URGE))),
    "ja": tuple(map(re.compile, (_JA_VERB, _JA_MEDIUM, _JA_URGE))),
    "ko": tuple(map(re.compile, (_KO_VERB, _KO_MEDIUM, _KO_URGE))),
}

# One of these is in every sentence that is not of a wide script and has a medium, is the page's own or takes leave.
_SURE_STEMS = (
    "subscribe|suscríb|suscrib|abonn|inscri|assine|подпи| app|aplicaci|приложени|thought|opini| avis|meinung|мнени|отзыв|chip in|pitch in|contribut|donate|colabor|apóy|apoy"
    "|souten|unterst|поддержите|mitglied|socio|socia|miembro|membro|membre|adhérent|supporter|patron|sign up|ищите нас|найдите нас"
).split("|")
ASKED = make_vocabulary(dict.fromkeys((*MEDIUM.stems, *OWN.stems, *CLOSING.stems, *_SURE_STEMS), ""))

# Acts that nobody is asked for but by a page: to subscribe, to get its app, to find it on a network, to say what one thinks.
SURE = re.compile(
    r"[^\w\s]{0,4}\s?(?:(?:please|now|and|so|jetzt|bitte|por favor|пожалуйста|want more\? )\s+){0,2}(?:"
    r"subscribe (?:for|and|to (?:get|receive|read|hear|our|my|us|stay))\b|suscr[ií]b(?:e|a)(?:te|se) (?:y|para|gratis|a nuestr)|abonnez-vous (?:pour|et|gratuitement|à notre)\b|inscri(?:vez-vous|s-toi) (?:pour recevoir|gratuitement)"
    r"|abonnier(?:e|t|en sie) (?:uns|jetzt|kostenlos|und)|inscreva-se (?:e|para receber|gr[aá]tis)|assine (?:e|para receber|gr[aá]tis)|подпи(?:шитесь|сывайтесь) (?:и|чтобы)\b"
    r"|(?:download|install|descarg[ae]|baixe|t[eé]l[eé]chargez|l(?:a|ä)d(?:e|t|en)(?: sie)?|скачайте|установите) (?:[^\s,.]+ ){0,5}?(?:app|aplicaci[oó]n|aplicativo|приложение)\b(?: [^\s.]+){0,3}[.!]*$"
    r"|(?:(?:find|visit|join|meet|catch|like) (?:us|me)|follow|v[ií]s[ií]t[ae]nos|encu[eé]ntranos|besuch(?:e|t|en sie) uns|finde[nt]? sie uns|retrouvez-nous|rejoignez-nous|visitez-nous|encontre-nos|visite-nos|заходите|ищите нас|найдите нас|присоединяйтесь)"
    rf" (?:[^\s.]+ ){{0,4}}?(?:{_NAMED_NETWORK})"
    r"|(?:share|give us|leave|send us|tell us|d[aá]nos|dinos|donnez-nous|dites-nous|gebt uns|geben sie uns|schreib(?:t|en sie)? uns|sag(?:t|en sie)? uns|d[eê]-nos|diga-nos|жд[её]м|пишите|оставляйте)"
    r" (?:[^\s.]+ ){0,3}?(?:thoughts?|opinions?|views|feedback|opini[oó]n|opini[aã]o|avis|meinung|мнени\w+|комментари\w+|отзыв\w+)\b(?=[.!]*$| (?:with us|below|in the|en los|en commentaire|ci-dessous|abajo|unten|in den|nos coment|ниже|в коммент))"
    r"|(?:chip in|pitch in|contribute|donate|give)\b[^.]{0,40}\b(?:keep us|support us|our (?:work|site|journalism)|us going)\b|colabor[ae] con nosotr|ap[oó]y[ae]nos|soutenez-nous|apoie-nos|unterst[uü]tz(?:e|t|en sie) uns|поддержите нас"
    r"|werd(?:e|et|en sie) (?:jetzt )?(?:\w*mitglied|abonnent\w*|unterst[uü]tzer\w*|teil der community)|h[aá]zte (?:soci[oa]|suscriptor|miembro)|torne-se (?:membro|assinante|apoiador)|devenez (?:membre|abonn[eé]|adh[eé]rent)|become an? (?:member|subscriber|supporter|patron)\b"
    r"|[^.]{0,40}\bnewsletter\b[^.]{0,40}\bsign up\b|sign up (?:here|now|today)(?=[.!]*$| (?:to (?:get|receive)|for our|and (?:get|receive))\b)|hier (?:\w+ )?(?:podcast|newsletter|app) (?:anh[oö]ren|abonnieren|laden)|jetzt die app (?:laden|holen|herunterladen))"
)
# What a button or a short line without a full stop asks for, the act last or as a noun; only as a line of its own.
BUTTON = re.compile(
    r"[^\w\s]{0,3}\s?(?:(?:jetzt|hier|gleich|kostenlos|bitte|zum|den|unseren|unsere|die|diesen|alle|auf|per|bei|mehr|weitere|für|einen|in|den)\s){0,3}(?:[\w-]+\s){0,4}?"
    r"(?:abonnieren|teilen|folgen|herunterladen|downloaden|anmelden|registrieren|spenden|kommentieren|beitreten|bestellen|liken|bewerten|einloggen|drücken|unterstützen|weiterempfehlen)(?: und [\w ,-]{3,30})?\W*$"
    r"|[^\w\s]{0,3}\s?(?:suscribirse|suscribirme|compartir|seguir|descargar|comentar|donar|unirse|registrarse|iniciar sesión|acceder|s['’]abonner|partager|suivre|télécharger|commenter|faire un don|rejoindre|s['’]inscrire|se connecter"
    r"|inscrever-se|assinar|compartilhar|baixar|comentar|doar|cadastrar-se|fazer login|подписаться|поделиться|скачать|комментировать|поддержать|вступить|зарегистрироваться|войти|оставить|написать|задать|перейти|добавить|subscribe|share|log in|sign in|donate)\b"
    r"(?: [^\s.!?]+){0,7}\W*$"
)
BUTTON_MEDIUM = re.compile(
    r"newsletter|podcast|kanal|beitrag|beiträge|artikel|facebook|twitter|instagram|whatsapp|telegram|youtube|pinterest|linkedin|\bapp\b|kommentar|gruppe|gefällt mir|artículo|bolet|canal|redes|publicación|whats|article|lettre|cha[iî]ne"
    r"|réseaux|commentaire|artigo|boletim|post\b|notícia|стать|канал|соцсет|рассылк|приложени|комментари|проект|автор|вопрос|группу|телеграм|вконтакте|избранн|comment|\bnow\b|\bmitglied"
)

# Words that no call begins with, and a good half of all sentences.
NEVER = frozenset(
    """the a an it its these those there in on at as when while because although some many most people he she they his her their both each every
    but or nor of from by with without during after before since until though however therefore since than such another several one two three
    der die das ein eine einen einer es er sie bei viele manche dieser dieses im am in an auf aus von weil während obwohl nach vor seit durch
    el los las un una unos unas este es no en por según como con sin al durante cuando aunque muchas muchos algunas algunos su sus
    le les un une des ces il elle ils elles dans sans chez lorsque quand selon depuis plusieurs certains son sa ses
    o os as um uma é não em quando embora muitos muitas ao seu sua seus
    в на по при это эти этот он она они когда многие некоторые для из у""".split()
)

# Where a call leads without a verb: `Our channel: t.me/name`.
INFORMS = re.compile(
    r"[^\w\s]{0,4}\s?(?:(?:for )?more|all|our|we|find|nuestr|encu[eé]ntr|(?:para )?m[aá]s|pour plus|plus|notre|retrouvez|mehr|weitere|unser|noss|(?:para )?mais|больше|наш|мы)\b"
)
HANDLE = re.compile(r"(?<!\w)@\w{3,}|\bt\.me/")
ADDRESS = re.compile(r"(?<!\w)@\w{3,}|\bwww\.\w|https?:/|\bt\.me/|[\w.]+@[\w-]+\.\w|\+\d[\d ()-]{6,}")
POST = re.compile(
    r"[^\w\s]{0,4}\s?(?:(?:please|have a [^?]{3,30}\?) )?(?:send|email|e-mail|mail|submit|share|env[ií]e?(?:nos|a|e)?|escr[ií]b|envoye|[eé]crive|schick|send|mand|envi|присыл|пришл|пиш|отправл)"
    r".{0,24}?\b(?:question|stor(?:y|ies)|tip|feedback|suggestion|letter|pregunta|historia|sugerencia|histoire|frage|geschichte|pergunta|sugest|вопрос|истори|письм)\w*\b.{0,40}[\w.-]+@[\w-]+\.\w"
    r"|(?:投稿|投书|來稿|来稿|商务合作|合作|제보|기사 제보|お問い合わせ)[^。]{0,8}[:：]?[^。]{0,14}@"
)
# Whoever speaks of these speaks as a doctor or about one.
MEDICAL = re.compile(
    r"\b(?:(?:support|self-?help|peer|patient|exercise|walking|study) groups?|carers?|groupe d['’e] ?(?:soutien|entraide)|selbsthilfe\w*|grupos? de (?:apoyo|apoio|ayuda)|групп\w* (?:поддержки|взаимопомощи)|symptom\w*|patients?|paciente\w*|pacientes|patient\w*|pazient\w*|blood|sangre|sang\b|blut\w*|sangue|кров\w*|medicat\w*|medicine\w*|medicamento\w*|médicament\w*|medikament\w*|remédio\w*|лекарств\w*"
    r"|vaccin\w*|vacuna\w*|vacina\w*|impf\w*|вакцин\w*|hospital\w*|klinik\w*|clinic\w*|clínica\w*|clinique\w*|больниц\w*|клиник\w*|поликлиник\w*|dos(?:e|es|is)|dosis|dosage|pain|dolor|douleur\w*|schmerz\w*|dor\b|бол[ьие]\w*"
    r"|eyes?|ojos?|mirada|yeux|regard|augen|olhos?|глаз\w*|breath\w*|baby|bebé|bébé|nurs\w*|therap\w*|physio\w*|screening|pharmac\w*|farmac\w*|apothe\w*|аптек\w*|diabet\w*|diabét\w*|insulin\w*|pump|wound|herida|plaie|wunde|ferida|рана)\b"
    r"|药|藥|患者|病人|症状|症狀|检查|檢查|血压|血壓|血糖|就医|就醫|疫苗|剂量|劑量|体温|體溫|病友|護理|护士|薬|病院|検査|受診|診察|血圧|환자|증상|병원|약을|약국|혈압|혈당|검사|진료"
)
