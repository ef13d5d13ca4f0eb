"""What calls are worded like, by language; all patterns are for folded text.

ASKS matches at a sentence's start: a verb in the imperative and, close to it, something of the page's own.  WIDE_ASKS
is searched for anywhere in a sentence, since Chinese, Japanese and Korean put the verb last or first.
"""

import re

from clearwell.cleaning.vocabulary import make_vocabulary

_PLATFORM = (
    r"(?:wechat|weibo|whatsapp|telegram|facebook|instagram|twitter|tiktok|youtube|linkedin|pinterest|threads|snapchat"
    r"|reddit|"
    r"discord|mastodon|bluesky|signal|viber|google news|social media|socials|x\b)"
)
_GROUP = (
    r"(?:accounts?|channels?|pages?|groups?|newsletters?|mailing lists?|communit(?:y|ies)|feeds?|bots?|handles?"
    r"|podcasts?|"
    rf"app|apps|fan ?pages?|{_PLATFORM})"
)
# What a page calls its own even without `our`: a support group or an app may be anybody's.
_FEED = (
    r"(?:accounts?|channels?|pages?|newsletters?|mailing lists?|feeds?|bots?|handles?|podcasts?|fan ?pages?"
    rf"|{_PLATFORM})"
)
_PAGE = r"(?:article|post|page|story|blog|news|video|recipe|tip|content)"
_NEEDY = (
    r"(?:friends?|famil(?:y|ies)|relatives|loved ones|someone|anyone|everyone|others|people|colleagues|moments|circle)"
)
# Groups that do people good, whoever runs them.
_HELP = r"(?:self-?help|support|peer|patients?|carers?|walking|exercise|therapy|study|research|training|discussion|bereavement|parents?) group"
_ENDING = r"(?=\s*(?:[.!:…@#]|$)| (?:on|at|for|to|and|via|now|here|today|everywhere)\b)"

_SOCIAL = "like|follow|subscribe|share|forward|collect|save|comment|favou?rite|repost|bookmark|retweet|watch"
_ENGLISH = rf"""
(?:follow|like|find|add|connect with|tag|message|visit|join|watch) (?:us|me)\b.{{0,60}}?\b(?:{_PLATFORM}|official|#|@)
|follow us{_ENDING}
|(?:follow|join|subscribe to|add|like|search(?: for)?|pay attention to|download|get|install|try)
 (?:our|my)\b(?:(?! {_HELP})(?: [\w’'&-]+)){{0,4}}?(?! {_HELP}) {_GROUP}\b
|(?:follow|join|subscribe to|add|search(?: for)?|pay attention to) the(?: [\w’'&-]+){{1,4}}? {_FEED}\b
.{{0,30}}?\b(?:never miss|don['’]t miss|for more|and (?:get|receive)|to (?:get|receive|stay|read))
|(?:follow|add|scan|search(?: for)?|pay attention to)\b.{{0,40}}?\b(?:official|public) account\b(?! of (?:your|the|his|her|their|what|how|all)\b)
|(?:subscribe|sign up|register)\b(?: (?:now|today|here|free|below|to|for))* (?:our|my|the)\b.{{0,40}}?
\b(?:newsletter|channel|mailing list|updates|digest|e-?mails?|youtube|feed)\b
|subscribe (?:now|today|here)\b
|(?:scan|long[- ]press|press and hold|identify|recogni[sz]e|click)\b.{{0,40}}?\b(?:qr ?-?code|card|blue (?:word|text
|font)s?)\b
.{{0,60}}?\b(?:follow|join|subscribe|our|us|account)\b
|(?:click|tap|hit|press)\b.{{0,40}}?\b(?:subscribe|follow us|bell|forward it|join our|our (?:channel|newsletter|app))\b
|(?:share|forward|like|repost|retweet|bookmark|send)(?:,? (?:and|or|share|save|comment|like|forward|follow|subscribe))*
 (?:this|our)(?: \w+)? (?!tip\b){_PAGE}\b.{{0,30}}?\b(?:{_NEEDY}|{_PLATFORM})
|(?:share|forward|send|pass)\b.{{0,20}}?\b(?:friends|anyone|someone|people|those) (?:who|that) (?:may |might )?needs? it
|(?:share|forward) (?:it|this|to|with)\b.{{0,24}}?\b(?:circle of friends|moments|{_PLATFORM})
|like,? (?:comment,? )?(?:share,? )?(?:and|&) (?:share|subscribe|follow|forward)
(?=\s*(?:[.!…]|$)| (?:this|our|us|it|if|with|to)\b)
|if you (?:like|liked|enjoy|enjoyed|found) (?:this|our|the) {_PAGE}\b.{{0,60}}?\b(?:share|like it|follow|subscribe
|forward|thumbs)
|(?:download|get|install|try) the(?: [\w’'&-]+){{0,4}}? app\b.{{0,40}}?\b(?:app store|google play|for more|read more)
|stay (?:connected|in touch) with us\b|stay tuned(?: for more\b.{{0,24}})?\s*(?:[!.…]|$)|see you (?:next time|in the next)\b
|(?:{_SOCIAL})(?:(?:,|,? and| ?&|/| ?\+) ?(?:and )?(?:{_SOCIAL}))+(?=\s*(?:[,.!…]|$)| (?:this|our|us|me|it|if|with|to|thank|for)\b)
|(?:hit|press|smash|click|tap|turn on)\b.{{0,20}}?\b(?:like|subscribe|follow|bell|notifications?)\b(?! your (?:doctor|gp))
(?! (?:for|from|on|in|of|about) (?:your|the|each|every|low|high|all|any)\b)
|friends who (?:like|love|want|need|enjoy|find)\b.{{0,60}}?\b(?:follow|subscribe|collect|forward|share)
|(?:thanks|thank you)(?: (?:all|very much|so much))? for (?:reading|watching|your (?:attention|reading))\b(?: this article)?
(?=\s*[.!…]?\s*$|,? (?:please|and) (?:like|follow|share|subscribe))
|leave (?:us |me )?(?:a |your |any )?(?:comments?|message|reply|question)s?\b.{{0,30}}?(?:below|comment|section|area|board|us|[.!]|$)
|(?:let us know|tell us)\b.{{0,30}}?(?:comments?|below|what you think)
|join (?:over |more than |our |the )?[\d,.]+ ?k?\+? (?:other )?(?:readers|subscribers|people|others|members|followers)
|scan (?:the |our )?(?:qr |two-dimensional )?code\b.{{0,40}}?\b(?:join|follow|our|us|subscribe|add|group)\b
|(?:visit|browse) (?:our|us at|us on)\b.{{0,16}}?\b(?:website|site|blog|homepage|home page) (?:for|to)\b|(?:visit|browse|read) our other articles
|(?:get|receive)\b.{{0,60}}?\b(?:to|in) your (?:inbox|mailbox|e-?mail)\b
|(?:follow|add) (?:me|us)\b(?=\s*(?:[,.!…]|$)| (?:and|for|on|to)\b)
|(?:get|read|see|for) more\b.{{0,40}}?,? (?:please )?(?:follow|visit|subscribe|join|download|scan)
\b.{{0,16}}?\b(?:our|us|me) ?(?:page|account|channel|app|website|newsletter|group|wechat|on\b|[.!]|$)
|share (?:it )?on (?:{_PLATFORM})
|(?:share|save|forward|bookmark) (?:this|our) {_PAGE}(?= if (?:you|it)\b| and (?:share|send|follow|forward)|\s*[!.]?$)
|(?:write|post|drop) (?:us )?(?:your|a|any)\b.{{0,24}}? in the comments?\b
|(?:turn on|enable|activate) (?:the )?notifications\b(?! (?:for|from|on|in|of|about) (?:your|the|each|every|low|high|all|any)\b)
|did you (?:like|enjoy)\b.{{0,12}}? {_PAGE}\b|share it!
"""
_SPANISH = r"""
s[ií]g(?:ue|a) nuestr[oa]s?\b.{0,10}?(?:p[aá]gina|canal|cuenta|perfil|redes|blog)|(?:s[ií]g(?:ue|a)nos|seguinos)\bFOLLOWED|suscr[ií]b(?:e|a)(?:te|se)\b.{0,30}?(?:bolet[ií]n|newsletter|canal|nuestr|redes|youtube
|gratis)
|[uú]n[ea](?:te|se) a(?:l\b.{0,30}?(?:canal|whatsapp|telegram)| nuestr[oa].{0,30}?(?:canal|grupo|comunidad|whatsapp
|telegram))
|comp[aá]rt(?:e|a)(?:l[oa])? (?:est[ea] (?:art[ií]culo|nota|p[aá]gina|noticia|publicaci[oó]n|contenido|receta|post)
|con (?:tus amig[oa]s|quien l[oa]s? necesit\w+)(?=\s*[.!]|$)|en (?:tus )?redes)
|escane[ae]\b.{0,30}?c[oó]digo.{0,40}?(?:seguir|unir|canal|nuestr)
|descarg[ae] (?:nuestra|la) (?:app|aplicaci[oó]n)\b.{0,40}?(?:app store|google play|nuestr|noticias)
|descarg[ae] nuestra (?:app|aplicaci[oó]n)
|(?:dale|dele) (?:me gusta|like)|activa (?:las notificaciones|la campan)
|(?:recibe|reciba)\b.{0,40}?(?:nuestr[oa]s? (?:bolet|newsletter|noticias|consejos|art[ií]culos)
|(?:noticias|bolet[ií]n|newsletter|consejos
|art[ií]culos)\b.{0,20}? en tu (?:correo|whatsapp|m[oó]vil))
|(?:haz|haga) clic aqu[ií] (?:para )?(?:seguir|suscrib|unir)
|(?:escane[ae]|si te|no olvid)\b.{0,50}?(?:s[ií]guenos|compart(?:e|ir|elo|ela)\b.{0,20}?(?:redes|amig|$|[.!])|me gusta)
|¿te (?:ha gustado|gust[oó]) (?:este|el|esta|la) (?:art[ií]culo|nota|contenido|post|publicaci[oó]n)|¡?compártel[oa]s?\b
|¡?(?:d[eé]ja(?:nos|me)?|deje(?:nos)?|escr[ií]b(?:e|enos)) (?:aqu[ií] )?(?:tu|tus|un|su|sus) (?:comentario|opini[oó]n|pregunta)
|no (?:olvides|te olvides de) (?:darle|compart|suscrib|seguir)\w*|visita nuestr[oa] (?:web|sitio|p[aá]gina|blog|canal)
"""
_FRENCH = r"""
suivez[- ]nous\bFOLLOWED|suivez (?:notre|nos) (?:page|compte|cha[iî]ne|canal|r[eé]seaux|profil|blog)|retrouvez[- ]nous sur|abonnez[- ]vous\b.{0,20}?(?:notre|newsletter|lettre|cha[iî]ne|page|gratuit|[!:]
|$)
|inscrivez[- ]vous\b.{0,20}?(?:notre|newsletter|lettre)|rejoignez (?:notre|nos)\b.{0,20}?
(?:groupe|communaut|page|cha[iî]ne|canal|r[eé]seaux)
|rejoignez (?:le groupe|la communaut[eé]) (?:facebook|whatsapp|telegram)
|rejoignez[- ]nous sur
|partagez (?:cet? article|cette page|cette recette|l['’]article|sur (?:facebook|les r[eé]seaux)
|avec vos amis(?=\s*[.!]|$))
|t[eé]l[eé]chargez (?:notre|l['’]) ?(?:appli|app\b)|scannez\b.{0,30}?(?:qr|code).{0,40}?(?:suivre|rejoindre|notre|nos\b)
|recevez (?:notre|nos) (?:newsletter|lettre|actualit)
|(?:laissez|écrivez|postez)(?:[- ]nous)? (?:un|votre|vos) (?:commentaire|avis|message|question)
|n['’]hésitez pas à (?:partager|commenter|liker|vous abonner|nous (?:suivre|écrire)|laisser un)
|(?:likez|aimez|commentez) (?:et|,|cette page|cet article|notre)|(?:cet article|ce contenu|cette page) vous a (?:plu|aidé)
|activez (?:la cloche|les notifications)|partagez-l[ea]\b|visitez notre (?:site|page|blog|cha[iî]ne)|scannez\b.{0,40}?(?:suivez|abonnez)
"""
_GERMAN = r"""
folg(?:en sie|t|e) uns\bFOLLOWED|folg(?:en sie|t|e) unser(?:er|em|en|n)? 
(?:[\w-]*(?:kanal|kanälen|seite|account|konto|profil|blog|podcast|channel|gruppe
|newsletter)|facebook|instagram|whatsapp|youtube|twitter|telegram)|besuch(?:en sie|t|e) uns auf (?:facebook|instagram
|youtube|twitter|linkedin|unser|www)
|(?:jetzt )?abonnier(?:en sie|t|e) (?:unser|den (?:newsletter|kanal)|jetzt|kostenlos)|jetzt (?:kostenlos )?abonnieren
|(?:unseren |zum )?newsletter (?:jetzt )?(?:bestellen|abonnieren|anmelden)
|meld(?:en sie sich|et euch|e dich)\b.{0,40}?newsletter
|teil(?:en sie|t|e) (?:diese[ns]?|den) (?:beitrag|artikel|text|seite)\b(?! (?:in|auf) )
|(?:qr-code scannen und\b|scann(?:en sie|t|e)\b.{0,30}?qr).{0,60}?(?:folgen|kanal|abonn|beitreten|unser)
|lad(?:en sie|et|e)? (?:euch |sich |dir )?(?:jetzt )?unsere app
|tr(?:eten sie|itt|etet) unser(?:er|em) [\w-]*(?:gruppe|community|kanal)
|(?:schreib(?:en sie|t|e)?|hinterlass(?:en sie|t|e)?|lass(?:en sie|t)?) (?:uns |mir )?(?:gern |doch )?(?:einen|ihren|euren|deinen|ihre) 
(?:kommentar|meinung)|(?:gefällt|hat|haben) (?:ihnen|dir|euch) (?:der|dieser|unser) (?:artikel|beitrag|text)
|teil(?:en sie|t|e) (?:ihn|sie|es)\b(?=\s*(?:mit (?:freunden|anderen)|[!.]|$))
|besuch(?:en sie|t|e) unsere (?:website|webseite|seite|homepage)|(?:vielen )?dank fürs lesen
"""
_OTHERS = r"""
siga[- ]nos\bFOLLOWED|siga (?:a gente|(?:o |a )?noss[oa])\b.{0,16}?(?:página|perfil|canal|conta|instagram|facebook|blog)|inscreva-se\b.{0,20}?(?:noss[oa]|canal|newsletter)|assine (?:a )?noss[oa]
|compartilhe (?:est[ea]|ess[ea]) (?:artigo|mat[eé]ria|post|not[ií]cia|p[aá]gina|texto)|compartilhe (?:com (?:seus 
|os )?amig|nas redes)
|baixe (?:o )?nosso (?:app|aplicativo)|(?:entre|participe) (?:no|em|do) nosso (?:grupo|canal)
|escaneie\b.{0,30}?(?:qr|c[oó]digo).{0,40}?(?:seguir|siga|canal|noss|inscrev)
|подпи(?:сывайтесь|шитесь|шись|сывайся) на\b|присоединяйтесь к (?:наш|нам|канал)|вступайте в наш|читайте нас в
|поделитесь (?:этой |этим )?(?:стать|запис|материал|с друзьями(?=\s*[.!]|$)|в соц)|скачайте наше приложение|(?:ставьте
|поставьте) лайк
|отсканируйте\b.{0,20}?(?:qr|код).{0,40}?(?:подпис|подпиш|канал|групп|наш|присоедин)
|(?:оставьте|оставляйте|пишите|напишите|делитесь)\b.{0,20}?(?:комментари|отзыв|мнени)|следите за (?:намиFOLLOWED|нашими (?:новост|публикац|обновл|страниц)|обновлени)
|(?:расскажите|поделитесь|делитесь|отправьте)\b.{0,24}?(?:друзьям|друзьями|в соцсетях)\b.{0,16}?(?:стать|[.!]|$)
|(?:понравилась|была полезна|полезная) (?:ли )?(?:вам )?(?:эта )?(?:стать[яи]|запись|публикация)|спасибо за (?:внимание|прочтение)
|подпишитесь (?:на|,|и)|жмите на колокольчик|curta(?: e|,) compartilhe|curta (?:nossa|a|nosso|o) (?:página|perfil|post|vídeo)|(?:ative |clique n)o sininho
|(?:deixe|escreva) (?:o |um )?(?:seu )?(?:comentário|recado)|gostou (?:do|deste|desse) (?:artigo|texto|post|conteúdo)|compartilhe(?:[!.]|-o| com| nas)
|não (?:se )?esqueça de (?:curtir|compartilhar|seguir|se inscrever)|visite nosso (?:site|blog|canal)|ative as notificações
|participe do nosso|junte-se a(?:o nosso| nós)|clique (?:aqui )?para (?:seguir|se inscrever)
|seguici\b|iscriviti (?:al(?:la)? (?:nostr|newsletter|canale))|condividi (?:quest['’oa] ?(?:articolo|post|pagina
|ricetta)|l['’]articolo|su facebook|con i tuoi amici)
|scarica la nostra app|unisciti al nostro
|ikuti (?:kami|akun|kanal|channel|saluran)\b|(?:gabung|bergabung) (?:di|ke|dengan) (?:grup (?:whatsapp|wa\b|telegram|facebook|kami)|kanal
|channel)
|bagikan (?:artikel|berita) ini
|unduh aplikasi kami|bizi .{0,40}?takip ed(?:in|ebilirsiniz)|abone ol(?:un|mayı)|bu (?:yazıyı|haberi) paylaş
|theo dõi (?:chúng tôi|fanpage|kênh)|chia sẻ bài viết|đăng ký (?:kênh|nhận (?:bản )?tin)|volg ons\b
|deel dit (?:artikel|bericht)
|schrijf je in voor (?:onze|de) nieuwsbrief|obserwuj nas|zapisz się (?:na|do) (?:nasz|newsletter)
|udostępnij ten (?:artykuł|wpis)
|تابعونا|تابعنا على|اشترك(?:وا)? في (?:قناتنا|نشرتنا)|شارك (?:هذا )?المقال|انضم إلى قناتنا
"""
_SOFTENER = (
    r"(?:please|kindly|just|now|and|also|then|welcome to|remember to|(?:don['’]t|do not) forget to|be sure to"
    r"|make sure to|feel free to|"
    r"por favor|no olvides|n['’]oubliez pas de|bitte|jetzt|per favore|пожалуйста|silakan|lütfen|hãy)"
)


# What `follow us` has to go on with, as a neurologist says it too: nothing, or a network.
_FOLLOWED = (
    rf"(?=\s*(?:[.!:…@#]|$)| (?:und|y|et|e|и)\b|[^.!?]{{0,40}}?(?:{_PLATFORM}|redes\b|r[eé]seaux|соц|телеграм|дзен|вконтакте|canal\b|kan[aä]l|cha[iî]ne|"
    r"newsletter|@|unser\b|nuestr|notre|noss[oa]|perfil))"
)


def _join(*dialects: str) -> str:
    """One alternation of several; line breaks in them mean nothing."""
    return "|".join(dialect.strip().replace("\n", "").replace("FOLLOWED", _FOLLOWED) for dialect in dialects)


# What may stand before the verb: marks and emoji, then up to three softeners.
ASKS = re.compile(
    rf"[^\w\s]{{0,4}}\s?(?:{_SOFTENER}\s){{0,3}}(?:{_join(_ENGLISH, _SPANISH, _FRENCH, _GERMAN, _OTHERS)})"
)
# The letters that what ASKS looks for begins with, behind marks; three in four sentences begin otherwise.  A test holds
# them against the pattern.
CALL_HEADS = frozenset(
    (
        "abo|act|add|aim|als|and|ass|ati|bag|bai|be |ber|bes|bit|biz|boo|bro|bu |ce |cet|chi|cli|col|com|con|cur|dal"
        "|dan|dee|dei|dej|del|des|did|do |don|dow|dro|déj|ena|ent|esc|fav|fee|fin|fol|for|fri|gab|gef|get|gos|hab|hag"
        "|hat|haz|hin|hit|hãy|ide|if |iku|ins|isc|jet|joi|jun|jus|kin|lad|lai|las|lea|let|lik|lon|lüt|mak|mel|mes|n'h"
        "|n'o|new|no |now|não|n’h|n’o|obs|par|pas|pay|per|ple|por|pos|pre|qr-|rea|rec|reg|rej|rem|rep|ret|sav|sca|sch"
        "|sea|see|seg|sen|sha|si |sig|sil|sma|sta|sub|sui|sus|síg|tag|tap|tei|tel|tha|the|tre|tri|try|tur|tél|udo|una"
        "|und|une|uni|uns|vie|vis|vol|wat|wel|wri|zap|zum|écr|úna|úne|đăn|был|вст|дел|жми|нап|ост"
        "|отп|отс|пиш|под|пож|пол|пон|пос|при|рас|ска|сле|спа|ста|чит|اشت|انض|تاب|شار"
    ).split("|")
)
HEAD = 3  # letters, or a word of two and its blank

WIDE_ASKS = make_vocabulary(
    {
        "公众号": r"(?:关注|搜索?|添加|微信|订阅|扫).{0,16}公众号|公众号.{0,12}(?:关注|回复|搜索)",
        "公眾號": r"(?:關注|搜尋|加入|訂閱).{0,16}公眾號",
        "二维码": r"长按.{0,12}二维码|(?:扫|识别).{0,12}二维码.{0,16}(?:关注|添加|加入|我们|公众号|进群|入群|订阅|微信)"
        r"|(?:关注|添加|加入|订阅|进群|入群)[^。！？]{0,12}(?:扫|识别).{0,12}二维码",
        "二維碼": r"(?:長按|掃|識別).{0,12}二維碼",
        "扫一扫": r"扫一扫.{0,12}(?:关注|加入|添加|进群|入群)"
        r"|微信.{0,6}扫一扫(?!.{0,12}(?:查|疫苗|出示|预约|挂号|缴费))",
        "扫码": r"扫码.{0,10}(?:关注|加入|添加|进群|入群)",
        "掃": r"掃(?:描|碼|一掃)?.{0,6}(?:qr|條碼).{0,12}(?:追蹤|加入|下載|好友)|掃碼.{0,6}(?:加入|追蹤)",
        "关注": r"关注(?:我们?(?=[\s，。！!,、~～:：)）【]|$|吧|哦|呀|的(?:公众|微|账|官|抖|视频)"
        r"|公众|官方|账号|获取|了解|并)"
        r"|本号|本站|本?(?:公众号|账号|微信|微博)|【)|(?:欢迎|点击|求|点个|长按)[^，。！？]{0,6}关注(?=[\s！!。，,~～]|$)"
        r"|(?:欢迎|请|点击|记得|长按)[^，。！？]{0,6}关注[^，。！？]{0,12}(?:公众号|订阅号|账号|微信|微博|头条号)",
        "追蹤": r"(?:追蹤|訂閱|加入)(?:我們|.{0,12}(?:粉絲|line|頻道|ig|臉書|電子報|好友))",
        "粉絲": r"(?:按讚|加入|追蹤).{0,10}粉絲",
        "蓝字": r"(?:点击|点).{0,8}蓝字",
        "藍字": r"點擊.{0,8}藍字",
        "朋友圈": r"(?:分享|转发|转|发).{0,8}朋友圈",
        "点个赞": r"点个赞(?:吧|哦|呗|再走|[！!。]|$)",
        "点赞": r"(?:点赞|收藏|转发|在看|关注|评论|分享)[、，和并\s]{0,2}(?:点赞|收藏|转发|在看|关注|评论|分享)|(?:请"
        r"|记得|帮忙|给个|点个)[^，。！？]{0,6}点赞",
        "转发": r"(?:请|记得|欢迎|快|点赞|收藏)[^。！？]{0,8}转发|转发(?:给|到|让).{0,12}(?:朋友|家人|亲友|好友|需要"
        r"|更多人|群)",
        "轉發": r"(?:請|記得|歡迎)[^。！？]{0,8}轉發",
        "分享": r"(?:^|(?<=[，,。！!？?\s…”]))(?:请|快|赶快|赶紧|记得|欢迎)?分享给[^，。！？]{0,8}(?:朋友|家人|亲友|更多人)(?:吧|哦|看|们|[！!。，\s]|$)"
        r"|分享(?:到(?:朋友圈|微信|微博|群)|出去|这篇|這篇|本文|此文)"
        r"|(?:本文|这篇文章|這篇文章|此文)[^。！？]{0,6}分享"
        r"|(?:喜欢|觉得|認為|覺得)[^。！？]{0,8}(?:有用|不错|不錯|有帮助|有幫助|文章|内容)[^。！？]{0,10}分享",
        "下载": r"(?:下载|下載)[^，。！？]{0,8}app[，,\s]*(?:查看|看|阅读|閱讀|了解|获取|體驗|体验)|(?:下载(?:我们|本站|官方|【)|(?:点击|扫码|立即|欢迎|马上)[^，。！？]{0,6}下载)"
        r"[^，。！？]{0,10}(?:app|客户端)",
        "下載": r"下載[^，。！？]{0,8}app[，,\s]*(?:看|閱讀|體驗|獲得)|(?:下載(?:我們|本站|官方|【)|(?:點擊|立即|歡迎|馬上)[^，。！？]{0,6}下載)[^，。！？]{0,10}app",
        "打开": r"打开[^，。！？]{0,10}(?:app|客户端)[，,\s]?(?:阅读|看更多|查看(?:更多|全文|完整)|体验)",
        "群": r"(?:加入|进入|添加)(?:[^，。！？]{0,8}(?:读者|微信|粉丝|qq|福利)|我们[^，。！？]{0,8})群"
        r"|扫码进[^，。！？]{0,8}群",
        "订阅": r"(?:请|欢迎|立即|点击|免费)[^，。！？]{0,8}订阅",
        "フォロー": r"フォロー(?:してね|を?お願い|はこちら|する$|お待ち)"
        r"|(?:私たち|当サイト|公式|アカウント|インスタ|instagram|twitter|line|sns|ページ)[^。]{0,12}フォローして",
        "フェイスブック": r"(?:フェイスブック|ツイッター|インスタグラム?|ライン)で?[^。]{0,6}(?:フォロー|いいね|つなが)",
        "댓글에": r"댓글(?:에|로)[^.!?]{0,10}(?:적어|써|남겨|알려)",
        "앱을": r"앱을 ?(?:내려받|다운|설치)[^.!?]{0,10}(?:세요|주세요|보세요)",
        "メルマガ": r"メルマガ.{0,10}(?:登録|購読|配信中)",
        "友だち追加": "",
        "登録": r"(?:公式|当サイト|line|チャンネル|ニュースレター|メール)[^。]{0,10}登録(?:して(?:ください|ね)|をお願い|はこちら|する$)",
        "友達追加": "",
        "拡散": r"拡散(?:して(?:ください|ね)|希望|お願い)",
        "シェア": r"シェア(?:して(?:ください|ね)|しよう|お願い|する$)",
        "チャンネル登録": "",
        "구독": r"구독.{0,14}(?:부탁|주세요|눌러|하기|신청)",
        "팔로우": r"팔로우.{0,8}(?:부탁|주세요|하기|하세요|해)",
        "채널 추가": r"(?:카카오톡|카톡|라인)?.{0,6}채널 추가",
        "评论": r"(?:在|到)?(?:下方)?评论区?[^。！？]{0,8}(?:留言|告诉|讨论|分享|聊聊|互动|见)|欢迎[^。！？]{0,12}评论",
        "留言": r"(?:欢迎|请|可以)?(?:在)?(?:下方|文末|后台|评论区)[^。！？]{0,6}留言|欢迎[^。！？]{0,6}留言|留言(?:讨论|互动|告诉我们)",
        "下期": r"下期(?:再见|见)",
        "感谢": r"感谢(?:您|你|大家)?的?(?:阅读|观看|收看|关注|支持)",
        "感謝": r"感謝(?:您|你|大家)?的?(?:閱讀|觀看|收看|支持)",
        "按讚": r"(?:別忘了|請|歡迎|喜歡)[^。！？]{0,8}按讚|按讚[^。！？]{0,4}(?:訂閱|分享|追蹤|關注)",
        "好友": r"加入? ?(?:line|官方)[^，。！？]{0,6}好友",
        "電子報": r"訂閱[^。！？]{0,8}電子報",
        "小鈴鐺": "",
        "小铃铛": "",
        "コメント": r"コメント欄?(?:で|に)[^。]{0,16}(?:お聞かせ|教えて|残して|ください|お待ち)|コメントを(?:お待ち|残して|お願い)",
        "コード": r"qrコード[^。]{0,14}(?:読み取|スキャン)[^。]{0,14}(?:登録|追加|フォロー|参加|ください)",
        "アプリ": r"(?:公式|無料)アプリ[^。]{0,10}(?:ダウンロード|インストール|入手)|アプリ[^。]{0,8}ダウンロード(?:して[^。]{0,8}(?:読む|続き|ください|入手)|はこちら|する$)",
        "いいね": r"いいね[^。]{0,12}(?:お願い|押して|フォロー|シェア)",
        "高評価": "",
        "댓글": r"댓글[^.!?]{0,12}(?:남겨|부탁|달아|기다)",
        "공감": r"공감[^.!?]{0,12}부탁",
        "알림": r"알림 ?설정[^.!?]{0,10}(?:부탁|해|켜|하)",
        "좋아요": r"좋아요[^.!?]{0,12}(?:부탁|눌러|해|하)",
        "다운로드": r"앱[^.!?]{0,8}다운로드[^.!?]{0,24}(?:세요|받아|보세요)",
        "스캔": r"qr ?코드[^.!?]{0,12}(?:스캔|찍)[^.!?]{0,20}(?:가입|추가|채널|친구|구독|팔로우)",
        "채널": r"채널을? ?(?:추가|구독|가입|친구)[^.!?]{0,8}(?:해|하|부탁|세요)",
        "이웃": r"이웃 ?추가",
        "뉴스레터": r"뉴스레터[^.!?]{0,10}(?:구독|신청)",
        "微信": r"(?:添加|加)[^。！？]{0,6}微信[^。！？]{0,14}(?:领取|获取|咨询|入群|进群|领)",
        "关注+": r"关注[+＋]",
        "到这里": r"(?:本期|今天的)(?:内容|分享|文章)[^。！？]{0,4}(?:就)?到这里",
        "공유": r"(?:기사|글|친구)[^.!?]{0,10}공유(?:해|하세요|하기|부탁)",
    }
)

# A call that speaks of one of these is the article's: advice, a package, an official service.
NOT_OURS = re.compile(
    r"\b(?:doctors?|physicians?|gp|provider|pharmacists?|nurse|therapist|healthcare|health care team|package"
    r"|packaging|packet|leaflet|label|"
    r"bottle|prescription|médic[oa]s?|farmac[eé]utic[oa]|envase|prospecto|médecin|pharmacien|emballage|notice"
    r"|[aä]rzt\w*|arzt\w*|packung\w*|"
    r"beipackzettel|embalagem|bula|врач\w*|упаковк\w*|medico|farmacista|confezione|dokter|doktor\w*|bác sĩ|timeline"
    r"|vendors?)\b|"
    r"(?:不要|不可|不能|切勿|请勿|別|别)(?:轻易|随便|盲目|再|去)?(?:关注|转发|分享|下载|扫|加入|添加|订阅|打开)|"
    r"医生|医師|醫師|醫生|包装|药盒|药品|说明书|藥品|의사|약사|パッケージ|添付文書"
)

PLATFORMS = frozenset(
    "facebook twitter whatsapp telegram linkedin pinterest reddit wechat weibo tumblr instagram messenger pocket "
    "flipboard vk viber line "
    "微信 微博 qq qq空间 qzone 空间 豆瓣 朋友圈 はてなブックマーク はてブ 카카오톡 페이스북 트위터 네이버".split()
)
ROW_PLATFORMS = make_vocabulary(dict.fromkeys(sorted(PLATFORMS), ""))
ROW_WORDS = PLATFORMS | frozenset(
    "share tweet pin email e mail print copy link x sms on this to article post by via save more en sur auf no na в em diesen beitrag artikel "
    "compartir compartilhar partager teilen condividi correo imprimir drucken imprimer copiar copier kopieren "
    "поделиться "
    "分享 分享到 分享至 收藏 打印 复制链接 複製連結 列印 シェア ツイート 공유 공유하기 링크복사".split()
)

FORM_OFFER = make_vocabulary(
    {
        "newsletter": "",
        "sign up": r"sign up (?:for|to)\b",
        "subscribe": "",
        "boletín": "",
        "suscríb": "",
        "infolettre": "",
        "abonnez": "",
        "рассылк": "",
        "メールマガジン": "",
        "inscreva": "",
        "iscriviti": "",
    }
)
FORM_FIELDS = re.compile(
    r"(?P<mail>e-?mail(?: address|[- ]adresse)?\b|correo(?: electrónico)?|адрес почты|メールアドレス)"
    r"|(?P<name>(?:first|last|your|full) name\b|nombre|vorname|nachname|prénom|nome\b|имя\b|お名前)"
    r"|(?P<send>\b(?:subscribe|submit|anmelden|absenden|enviar|envoyer|s['’]inscrire|inviare|abonnieren"
    r"|отправить)\s*(?:$|[A-Z©*]| (?:by|we|this|i\b)))"
    r"|(?P<agree>by (?:signing|subscribing|submitting|clicking|entering)|privacy (?:policy|notice)|terms (?:of|and|&)"
    r"|accept (?:our|the) terms"
    r"|ich stimme|datenschutz|acepto|condiciones|política de privacidad|j['’]accepte|politique de confidentialité"
    r"|aceito|согласие на обработку)"
    r"|(?P<enter>enter your|your e-?mail|unsubscribe (?:at )?any ?time|no spam|recaptcha|jederzeit abbestell)"
)
