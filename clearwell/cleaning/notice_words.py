"""What notices of rights, reprint and source are worded like, by language; all patterns are for folded text.

STRONG words are those that hardly stand in an article about anything else.  WEAK ones are acts (copying, quoting, use)
that an article has too: they count where ORDERS and WORKS stand beside them, somebody's text that must not be copied.
SUPPORT words go with these in a notice but mean nothing alone.  A stem may be glued to what stands before it.  From
site footers, theme translations and pages seen.
"""

import re

from clearwell.cleaning.vocabulary import make_vocabulary

_FORBIDDEN_COPY = r"(?:copia|reprod|difusi|distribu|publica)"

STRONG = make_vocabulary(
    {
        "copyright": "copyright(?:ed|s)?",
        "copied": r"(?:not be|be not|never be|without being) copied",
        "©": "",
        "ⓒ": "",
        "(c)": r"\(c\) ?(?:19|20)\d\d|\(c\) [^.()]{2,40}\b(?:licen[cs]e|permission|rights)",
        # Where this very article stood first; a study was first published somewhere too.
        "appeared": r"\bthis (?:article|story|post|piece|text|column) (?:was |has )?(?:first |originally )appeared (?:on|in|at)\b",
        "published": r"\bthis (?:article|story|post|piece|column) (?:was |is )(?:first |originally )published (?:on|in|at|by)\b|(?<![a-z] )originally (?:published|posted) (?:on|at|by)\b",
        "publicado orig": r"(?:art[ií]culo |artigo |(?<![a-zé] ))publicado originalmente (?:en|em|por)\b",
        "initialement": r"(?:article |(?<![a-zé] ))(?:initialement publié|publié initialement) (?:sur|dans|par)\b",
        "zuerst": r"(?<![a-z] )zuerst (?:erschienen|veröffentlicht) (?:auf|bei)\b",
        "ursprünglich": r"(?<![a-z] )ursprünglich (?:erschienen|veröffentlicht) (?:auf|bei)\b",
        "впервые": r"(?<![а-я] )впервые опубликован\w* (?:на|в)\b",
        "本文首发": "",
        "本文首發": "",
        "原文刊": r"原文刊[载載登]于?",
        "转载自": "",
        "轉載自": "",
        "授權轉載": "",
        "盗版": "盗版(?:必究|可耻)",
        "盜版": "盜版必究",
        "未经": r"未经[^。！？]{0,8}(?:不得|禁止|请勿|严禁)[^。！？]{0,4}(?:复制|转载|镜像|摘编|抄袭|搬运)",
        "未經": r"未經[^。！？]{0,8}(?:不得|禁止|請勿|嚴禁)[^。！？]{0,4}(?:複製|轉載|轉貼|抄襲)",
        "許可なく": r"許可なく(?:複製|転載|引用|掲載|コピー)",
        "퍼가": r"퍼가(?:지 마|기 ?금지)",
        "правооблад": r"правообладател\w+",
        "aimable autor": r"avec l['’]aimable autorisation de\b",
        "freundlicher gen": r"mit freundlicher genehmigung(?: von)?\b",
        "citer la source": r"(?:merci de |prière de |veuillez )?citer la source",
        "angeben": r"quelle (?:\w+ )?angeben",
        "cite a fonte": "",
        "stolen from": r"stolen from [\w-]+\.[a-z]+",
        "toute rep": r"toute reproduction,? m[eê]me partielle",
        "ne pas": r"ne pas (?:reproduire|copier) sans\b",
        "originalbeitrag": "",
        "unerlaubte": r"unerlaubte (?:nutzung|verwendung|vervielfältigung) wird",
        "reserved": r"(?:all )?rights? (?:are )?reserved",
        "reprint": r"reprint(?:s|ed|ing)?",
        "republi": r"republi(?:sh(?:ed|ing)?|cation)",
        "redistribut": r"redistribut(?:e|ed|ing|ion)",
        "reproduc": (
            r"unauthori[sz]ed reproduction|(?:no|any) reproduction (?:or|of (?:this|our)|in (?:whole|part)|without|permitted)|"
            r"reproduction (?:of (?:this|our) |of the (?:articles?|contents?|texts?|materials?|pages?|site|work)\b|in (?:whole|part)|"
            r"(?:is |are )?(?:strictly |expressly )?(?:prohibited|forbidden|without))|(?:not"
            r"|never) (?:be )?reproduced?|reproducci[oó]n (?:total|parcial|prohibida|"
            r"sin|no autorizada)|toute reproduction,? (?:et|ou|de (?:ce|cet|cette|nos|notre)\b|sans|est (?:\w+ )?interdite)|reproduction (?:interdite|m[eê]me|totale|partielle|soumise"
            r"|strictement)"
        ),
        "do not cop": "do not copy",
        "no copying": "",
        "plagiari": r"no plagiari\w+|plagiari\w+ (?:prohibited|forbidden|will be)",
        "derechos": r"(?:todos los )?derechos (?:reservados|de autor)",
        "prohib": rf"prohibid[oa]s? (?:la |su |el |toda |cualquier )?{_FORBIDDEN_COPY}\w*|copia prohibida",
        "droits": r"(?:tous )?droits (?:réservés|d['’]auteur)",
        "interdi": r"(?:copie|diffusion) (?:strictement )?interdite|interdi(?:t|ction) de (?:reproduire|copier)",
        "rechte vor": r"(?:alle )?rechte vorbehalten",
        "urheber": r"urheberrecht\w*(?: geschützt)?",
        "nachdruck": r"nachdruck(?!\w)",
        "verwertung": r"verwertung (?:der inhalte )?ohne (?:\w+ )?(?:zustimmung|genehmigung|einwilligung)",
        "vervielfältig": r"vervielfältigung\w*",
        "weiterverbreit": r"weiterverbreitung\w*",
        "direitos": r"(?:todos os )?direitos (?:reservados|autorais)",
        "proibid": r"proibida (?:a )?(?:reprodu|cópia|publica)\w*|(?:reprodução|cópia) proibida",
        "vedada": r"vedada (?:a )?(?:reprodução|cópia|publicação|distribuição)",
        "diritti": r"(?:tutti i )?diritti riservati|diritti d['’]autore",
        "riproduzione": r"riproduzione (?:riservata|vietata|anche)",
        "vietata": r"vietata la (?:riproduzione|copia)",
        "права за": r"(?:все )?права защищены",
        "авторск": r"авторски\w+ прав\w*",
        "перепечат": r"перепечатк\w*",
        "копирован": r"копировани[ея] (?:материал|текст|стать|запрещ|без|информац)\w*",
        "воспроизвед": r"воспроизведени[ея] (?:материал|текст|запрещ|без)\w*",
        "hak cipta": "",
        "dilarang": r"dilarang (?:keras )?(?:mengutip|menyalin|meng-?copy|memperbanyak|menyebar|menggandakan)\w*",
        "telif": r"telif hak\w*",
        "saklıdır": r"(?:tüm |her )?hak(?:kı|ları) saklıdır",
        "izinsiz": r"izinsiz (?:kopya|kullan|alınt|yayın|çoğalt)\w*",
        "bản quyền": "",
        "cấm sao": r"(?:nghiêm )?cấm sao chép",
        "voorbehouden": r"rechten voorbehouden",
        "auteursrecht": r"auteursrecht\w*",
        "zastrzeżone": r"prawa zastrzeżone",
        "kopiowanie": r"kopiowanie (?:zabronione|bez|treści)",
        "حقوق": r"(?:جميع )?(?:ال)?حقوق (?:محفوظة|النشر|الملكية)",
        "版权": "",
        "版權": "",
        "著作权": "",
        "著作權": "",
        "著作権": "",
        "转载": "",
        "轉載": "",
        "転載": "転載(?!され)",
        "侵权": r"侵权(?:必究|删除|联系|即删|必)?",
        "侵删": "",
        "抄袭": r"(?:严禁|禁止|请勿|谢绝)抄袭",
        "搬运": r"(?:严禁|禁止|请勿|谢绝)搬运",
        "盗用": r"(?:严禁|禁止|请勿)盗用",
        "原创": r"原创(?:内容|文章|作品|首发|版权|图文|投稿|稿件|联系|未经|禁止|请|声明)|必究.{0,8}原创",
        "無断": r"無断(?:での?|に)?(?:転載|複製|複写|引用|掲載|コピー)",
        "저작권": "",
        "intellectual prop": "intellectual property",
        "dmca": "",
        "prohibited": r"(?:theft|stealing) (?:is |are )?(?:strictly )?prohibited",
        "autorizada": r"(?:reproducci[oó]n|reprodução|copia|cópia|difusi[oó]n|publicaci[oó]n) (?:no |não )?autorizada",
        "permitida": r"(?:reproducci[oó]n|reprodução|copia|cópia|difusi[oó]n) (?:no |não |solo )?permitida",
        "be investigated": r"(?:theft|stealing|piracy|plagiarism|copying|infringements?) (?:must|will) be investigated",
        "be prosecuted": r"(?:theft|stealing|piracy|plagiarism|copying|infringements?|use) (?:must|will) be prosecuted",
        "repost": r"repost(?:s|ed|ing)?",
        "infring": r"(?:any |if there is (?:an |any )?)infringements?|infringements? (?:must|will) be \w+",
        "syndicat": r"syndication",
        "rights": r"(?:retains?|holds?|owns?|reserves?|has) (?:all )?(?:the )?(?:copy)?rights? (?:to|in|of|over)\b|all (?:the )?rights (?:are |is )?(?:belong|reserv|held|owned|remain)\w*(?: to)?",
        "derechos de": r"derechos de (?:propiedad intelectual|reproducci[oó]n)",
        "los derechos": r"se reserva (?:todos )?los derechos|todos los derechos (?:reservados|pertenecen|son)\b",
        "propiedad int": "propiedad intelectual",
        "propriété int": "propriété intellectuelle",
        "droits de rep": r"(?:tous )?droits de reproduction",
        "droit d": r"droit d['’]auteur",
        "rechte liegen": r"(?:sämtliche |alle )?rechte liegen",
        "geistiges": "geistiges eigentum",
        "abdruck": r"(?<!finger)(?<!zahn)abdruck\b",
        "os direitos": r"(?:reserva-se|todos) os direitos(?: (?:reservados|pertencem|são)\b)?",
        "propriedade int": "propriedade intelectual",
        "все права": r"все права\b(?: на (?:статью|материал\w*|текст\w*))?(?: защищены| принадлежат)?",
        "авторские права": "",
        "плагиат": "",
        "转贴": "",
        "轉貼": "",
        "轉用": r"(?:勿|不得|禁止)(?:任意|擅自)?轉用",
        "翻印": "",
        "翻版": "翻版必究",
        "盗文": "",
        "盜文": "",
        "盜用": r"(?:嚴禁|禁止|請勿)盜用",
        "抄襲": r"(?:嚴禁|禁止|請勿|謝絕)抄襲",
        "抄袭可耻": "",
        "摘编": "",
        "侵權": r"(?:如有)?侵權(?:必究|刪除|請|即刪)?",
        "侵犯": r"(?:如有|若有|如)侵犯",
        "原創": r"原創(?:內容|文章|作品|首發|版權|圖文|稿件|未經|禁止|請)",
        "著作": r"著作(?:權|权|権)(?:法)?",
        "複製": r"無断複製|複製(?:不可|禁止|を禁)|(?:禁止|嚴禁|不得)[^。！？]{0,6}複製",
        "転用": r"(?:無断)?転用",
        "權利": r"(?:所有|一切|全部)權利",
        "权利": r"(?:所有|一切|全部|保留)权利",
        "権利": r"(?:全て|すべて|一切)の権利|権利(?:は|を)[^。]{0,20}(?:帰属|留保|有し)",
        "reservados": r"reservados (?:todos )?(?:los |os )?(?:sus )?(?:derechos|direitos)",
        "for personal use": r"for personal use only|personal,? non-?commercial use",
        "non-commercial": r"(?:for )?non-?commercial use only",
        "commercial use": r"(?:no|not for|any) commercial use",
        "with permission": r"(?:used|reproduced|published|reprinted) (?:with|by) permission",
        "plagio": "",
        "plágio": "",
        "plagiat": "",
        "cite la fuente": r"cite la fuente",
        "citar la fuente": r"(?:sin )?citar la fuente",
        "citada a fonte": r"(?:desde que )?citada a fonte",
        "citar a fonte": r"(?:sem )?citar a fonte",
        "mention de la source": r"(?:sans )?mention de la source",
        "quellenangabe": r"(?:nur mit |ohne )quellenangabe",
        "quellennennung": "",
        "droits sont": r"(?:tous )?(?:les )?droits sont réservés",
        "peut être reproduit": r"ne (?:peut|doit|peuvent|doivent) (?:pas )?être (?:reproduit|copi|repris|diffus|utilis)\w*",
        "darf nicht": r"d[aü]rf(?:en)? nicht (?:kopiert|vervielfältigt|weiterverwendet|übernommen|verbreitet|abgedruckt)",
        "распространени": r"распространение (?:материал|текст|стат|запрещ|без|контент)\w*",
        "ссылка на ист": r"(?:активная |прямая )?(?:гипер)?ссылка на (?:источник|сайт)",
        "гиперссылк": "",
        "二次利用": "",
        "盗作": "",
        "스크랩": r"스크랩 ?금지",
        "洗稿": "",
        "摘录": r"(?:请勿|禁止|不得)摘录",
        "불펌": "불펌(?: ?금지)?",
        "전재": "",
        "재배포": "재배포(?: ?금지)?",
        "무단": r"무단(?:으로)? ?(?:전재|복제|배포|사용|도용|복사)(?: ?및 ?(?:전재|복제|배포|재배포))?",
    }
)

# Acts that articles speak of too: a notice forbids them to others, and names the work.
WEAK = make_vocabulary(
    {
        "copy": r"\bcopy(?:ing)?\b",
        "copie": r"\bcopie(?:d|s|r|rt)?\b",
        "quot": r"\bquot(?:ed?|ing|ations?)\b",
        "property of": "",
        "reproduc": r"\breproduc(?:e|es|ing|tions?)\b",
        "using": r"\busing (?:this|our|the|any|these)\b",
        "theft": "",
        "republi": r"\brepublish\w*",
        "verwert": r"verwertung\w*",
        "verbreiten": "",
        "собственност": r"собственност\w+",
        "перепубликац": r"перепубликац\w+",
        "use of": r"\buse of\b",
        "no use": "",
        "prohibited": r"\b(?:carrying|handling|transport(?:ing|ation)?) (?:is |are )?(?:strictly )?prohibited",
        "weiterverwend": "weiterverwendung",
        "licen": r"\blicen[cs]es?\b",
        "publish": r"(?:originally|first) published",
        "original": r"\boriginal (?:work|text|article|manuscript|first|content)\w*|originally created",
        "exclusive": r"exclusive (?:content|property|manuscript|to)",
        "reproduced": "",
        "protected": "",
        "copi": r"\b(?:copia[rs]?|c[oó]pias?|copien|copie)\b",
        "reprodu": r"reproduc(?:ci[oó]n|ir|cida)|reproduç(?:ão|ões)|reproduzi\w*|\breproduction\b|reproduire",
        "difu": r"difu(?:ndir|si[oó]n|são)|diffus\w+",
        "utiliz": r"utilizaci[oó]n|utilização",
        "reprise": "",
        "propriedad": r"propiedad|propriedade",
        "propiedad": "",
        "propriété": "",
        "protegid": r"protegid[oa]s?",
        "protégé": "",
        "reserva": r"se reserva\b",
        "citando": "",
        "kopier": r"kopier(?:en|t)|\bkopie[n]?\b",
        "eigentum": "",
        "verwend": r"(?:weiter)?verwendung",
        "übernahme": "",
        "geschützt": "",
        "копир": r"копир\w+",
        "цитир": r"цитир\w+",
        "использован": r"использован\w+",
        "публикаци": r"публикаци\w+",
        "принадлеж": r"принадлеж\w+",
        "复制": "",
        "複製": "",
        "采集": "",
        "原创": "",
        "独家": "",
        "首发": "",
        "使用": "",
        "引用": "",
        "출처": "",
        "複写": "",
        "コピー": "",
        "オリジナル": "",
        "複製不可": "",
        "복제": "",
        "복사": "",
        "배포": "",
        "도용": "",
        "duplicat": r"\bduplicat(?:e|ed|ion|ing)\b",
        "distribut": r"\bdistribut(?:ed?|ion|ing)\b|distribución|distribuição",
        "transmit": "transmitted",
        "stolen": "",
        "scrap": r"\bscraping\b",
        "unauthori": r"unauthori[sz]ed (?:use|copying|copies|publication|access)",
        "uso": r"\b(?:el|o) uso\b|\buso (?:no|não) autorizado",
        "exclusiv": r"exclusiv[oa]s?\b",
        "exklusiv": r"exklusiv\w*",
        "nutzung": r"\b(?:weiter)?nutzung\b",
        "weitergabe": "",
        "veröffentlich": r"veröffentlich(?:ung|t)",
        "verbreitung": "",
        "exploitation": "",
        "utilisation": "",
        "reproduz": r"\breproduz\w+",
        "cópia": r"cópias?",
        "publica": r"publica(?:ción|do|da|ção)\b",
        "distribui": r"distribuição",
        "воспроизвед": r"воспроизвед\w+",
        "распростран": r"распростран\w+",
        "эксклюзив": r"эксклюзив\w*",
        "摘录": "",
        "分发": "",
        "散布": "",
        "利用": "",
        "전송": "",
        "사용": "",
        "게재": "",
        "복제물": "",
        "퍼가": r"퍼가\w*",
        "퍼 가": r"퍼 가\w*",
    }
)

# What may be done to medicines and dressings too: such an act needs a work that is the page's own.
USES = re.compile(
    r"using|use of|no use|(?:carrying|handling|transport)|(?:weiter)?(?:verwendung|nutzung)|utilis|utiliz|(?:el|o) uso|uso no"
    r"|uso não|reprise|exploitation|использован|使用|利用|사용"
)

_PAGES_EN = r"(?:articles?|pages?|web ?sites?|sites?|posts?|blogs?|manuscripts?)"
_PAGES_ES = r"(?:art[ií]culos?|sitio|web|p[aá]ginas?|blog|notas?|artigos?|site|portal)"
_PAGES_FR = r"(?:articles?|pages?|site|blog)"
_PAGES_DE = r"(?:artikel\w*|seiten?|webseiten?|website|beitr[aä]g\w*|texte?s?|homepage)"

# A page's own texts and pictures: named as such, or what is `of this article` or `our`.
OWN_WORKS = re.compile(
    rf"\b(?:{_PAGES_EN}|(?:our|this|these|its) (?:\w+ )?(?:contents?|texts?|photos?|pictures?|images?|works?)|our (?:\w+ )?materials?"
    r"|materials? (?:on|from|of) (?:this|our|the) (?:\w+ )?(?:page|site|website|blog|portal)"
    rf"|(?:est[ea]s?|nuestr[oa]s?|dest[ea]s?|dess[ea]s?|noss[oa]s?|del?|do|da) (?:\w+ )?{_PAGES_ES}"
    r"|(?:nuestr[oa]s?|noss[oa]s?) (?:contenidos?|conte[uú]dos?|textos?|fotos?|im[aá]gen\w*|imagens|materia(?:l|les|is))"
    r"|(?:est[ea]s?|dest[ea]s?) (?:textos?|contenidos?|conte[uú]dos?)(?! g[aá]stric)"
    rf"|(?:cet?|cette|ces|notre|nos|du|de la|des|l['’]) ?{_PAGES_FR}|(?:ce|notre|nos) (?:textes?|contenus?|photos?|images?)"
    rf"|(?:diese[rsnm]?|unsere[rsnm]?|der|des) {_PAGES_DE}|unsere[rsnm]? (?:inhalte?n?|bilder\w*)|inhalten?|originaltext|quellenangabe|contenus? (?:est|sont|sans|du site))\b"
    r"|(?:материал|текст|контент|фото)\w* (?:(?:этого|нашего|данного) )?(?:сайт|стат|портал|ресурс|журнал)\w*|наш\w+ (?:материал|текст|контент)\w*"
    r"|(?:этой|данной|нашей) стать\w*|редакци\w*|(?:гипер)?ссылк\w*"
    r"|本站|本文|本网|本網|本页|本頁|本篇|此文|文章|稿件|作品|原创|原創|网站|網站|站内|站內|图文|圖文"
    r"|記事|当サイト|本サイト|当ブログ|当ページ|サイト|掲載|콘텐츠|기사|사이트|블로그|본문|글\b|원본"
)

# Whose copying a notice speaks of: somebody's text, pictures, rights.
WORKS = re.compile(
    r"\b(?:articles?|pages?|web ?sites?|in (?:whole|part)|copying|copiar|copier|kopieren|cópias?|copias?|contents?|texts?|materials?|manuscripts?|photos?|pictures?|images?|posts?|works?|website|source"
    r"|contenidos?|textos?|art[ií]culos?|materiale?s?|fotos?|im[aá]gen\w*|notas?|fuente|contenus?|textes?|photos?"
    r"|inhalte?n?|texte?s?|artikel\w*|beitr[aä]g\w*|bilder\w*|quellenangabe|originaltext|conte[uú]dos?|artigos?|fontes?"
    r"|total o parcial|parcial o total|parcial ou total|total ou parcial|derechos|direitos|droits|rights|rechte)\b"
    r"|материал\w*|копирован\w*|コピー|복사|стат(?:ь|ей)\w*|текст\w*|контент\w*|источник\w*|ссылк\w*"
    r"|内容|文章|图片|图文|作品|稿件|原创|本站|本文|內容|圖片|圖文|文字|記事|文章|画像|サイト|콘텐츠|기사|출처|글\b|원본"
)

SUPPORT = re.compile(
    r"original\w*|artigos?\b|conteúdos?|textos?\b|seite\b|\bpages?\b|punish\w*|theft|credit\b|agreement|asking|retains?\b|holds?\b"
    r"|защищен\w*|собственност\w+|является|являются|contact|escrit[oa]|schriftlich|écrite?\b|medios\b|medien\b|médias?\b|liegt\b|liegen\b|exclusive|prohibit|forbidden|unauthori[sz]ed|permission|consent|authori[sz]|infring|disput"
    r"|reserved|stolen|theft|plagiari\w*|investigat\w*|prosecut\w*|unlawful|protected|property|approval|allowed|permitted"
    r"|refus\w*|declin\w*|requir\w*|hyperlinks?|\blinks?\b|\bquot\w+|\bcarr(?:y|ying)|\btransfer\w*|delet\w+|internet"
    r"|\bnetwork|\bmedia\b|\bltd\b|\bstatement|\bmaterials?|\btexts?\b|manuscript|released?|indicat|backstage|background"
    r"|licensed?|licences?|rights|owner|owns|gallery|library|pictures?|images?|photos?|articles?|contents?|sources?"
    r"|reproduc|belongs?|legal|cop(?:y|ying|ied)|please|express|written|author|editor|publish|without|\bonly with|must\b"
    r"|not be\b|do not|websites?|"
    r"proh[ií]b|permit|autoriz|permiso|reservad?|reproducci|contacto|contenido|fuente|texto|art[ií]culo|material|propiedad"
    r"|exclusiv|intelectual|protegid|publicad|publicaci|\bcopi|\bcitando|[uú]nicamente|derechos|difusi|"
    r"interdit|autoris|accord|réservé|reproduc|contenu|rédaction|propri[eé]t|protég|\btexte|\barticle|\bcopie|publié"
    r"|diffusion|reprise|droits?|redacci[oó]n|reda[cç][aã]o|redazione|"
    r"verboten|genehmig|zustimmung|erlaub|absprache|gestattet|untersagt|quelle|beitrag|redaktion|\balle\b|inhalte?|eigentum"
    r"|geschützt|kopier|verwendung|übernahme|original|erschienen|rechte|"
    r"proibid|conteúdo|fonte|cópia|autorizad|crime|direitos|pertence|somente|citação|reprodu|vietat|autorizzazione"
    r"|contenut|"
    r"запрещ|разрешени|разрешен|согласи|ссылк|источник|материал|редакци|обязательн|принадлеж|автор|текст|стать|незаконн"
    r"|преследу|по закону|указани|копир|прав[ао]?\b|сайт|"
    r"dilarang|izin|zonder|toestemming|bez zgody|без|"
    r"搬运|抄袭|抄襲|盗用|盜用|剽窃|书面|書面|获得|任意|系|あります|にある|属します|所属|"
    r"原创|原創|独家|獨家|首发|首發|来源|來源|来自|來自|源于|源自|出自|刊于|刊於|网络|網路|联系|聯繫|聯絡|洽|编辑部?|編輯部?"
    r"|授权|授權|禁止|不得|未经|未經|请勿|請勿|谢绝|謝絕|严禁|嚴禁|必究|许可|許可|允许|允許|同意|纠纷|糾紛|"
    r"图库|圖庫|图片|圖片|图文|圖文|文字|素材|注明|註明|明记|明記|标明|保留|出处|出處|所有|本文|本站|整理|发布|內容|内容"
    r"|文章|作品|稿件|归|歸|属|屬|作者|删除|刪除|告知|处理|任何|形式|媒体|媒體|匿名|采集|复制|複製|使用|声明|聲明|保护|保護|受"
    r"|问题|涉及|如有|如需|部分|违者|追究|法律|可耻|可恥|链接|須|须|请|請|"
    r"禁じ(?:ます|る)?|禁ず|禁止(?:します)?|厳禁|固く|お断り(?:します)?|記事|許諾|許可|なく|不可|帰属(?:します)?|当サイト|画像|権利"
    r"|全て|すべて|できません|オリジナル|コピー|出典|ください|引用|"
    r"금지|금합니다|금함|재배포|문의|기사|본 |있습니다|있으며|출처|밝혀|주세요|콘텐츠|허락|없이|복사|원본|법적|조치|배포|사용"
    r"|링크|저작권자|©|(?:19|20)\d\d"
)

# What a finished sentence needs to be a notice: it orders, forbids, reserves or threatens.
ORDERS = re.compile(
    r"this (?:article|story|post|piece|text|column) (?:was |has )?(?:first |originally )|protected by copyright|wird verfolgt|prohibit|forbid|unauthori|permission|consent|\bnot be\b|reserved|\bmust\b|please|do not|infring|may cause"
    r"|without|\bnot (?:allowed|permitted|for)|\bno (?:re|use|copy)|refus|requires|only with|only if|unlawful|prosecut"
    r"|may not|cannot be|indicate|punish|\bcredit\b|"
    r"proh[ií]b|reservad|se reserva|sin (?:permiso|autoriz|citar|el|la)|no (?:se permite|está permitid)|no copi|[uú]nicamente"
    r"|interdi|réservé|sans (?:l|autor|accord)|ne pas|soumise|ne peut"
    r"|vorbehalten|verboten|nur mit|ohne|untersagt|gestattet|unzulässig|strafbar|nicht erlaubt|darf nicht|dürfen nicht|unerlaubt|"
    r"proib|vedad|sem (?:autor|permis|cit|o|a)|não (?:copie|autoriz|é permitid)|somente|"
    r"vietat|riservat|senza|защищены|запрещ|только|без |обязательн|принадлеж|преследу|dilarang|dilindungi|saklıdır|izinsiz"
    r"|yasak|cấm|không được|"
    r"zonder|voorbehouden|zabronion|zastrzeżon|禁止|不得|未经|未經|请|請|谢绝|謝絕|严禁|嚴禁|必究|删|所有|須|须|可耻"
    r"|禁じ|禁ず|厳禁|お断り|不可|ください|できません|許可なく|금지|금합|금함|없이|법적|밝혀|محفوظة|يمنع"
)

# What claims a text without an order: whose it is, and that it is protected.
CLAIMS = re.compile(
    r"property of|copyright|dmca|protected|rights|собственност|exclusive|originally|first published|belongs? to|owns|"
    r"propiedad|protegid|exclusiv|intelectual|derechos|appartient|protég|propriété|originale?\b|geschützt|eigentum|liegen bei"
    r"|pertence|propriedade|crime|принадлеж|прав[ао]\b|авторск"
    r"|受|归|歸|属|屬|来源|來源|首发|独家|原创|帰属|にあり|オリジナル|있습니다|있으며|출처"
)

# Whoever speaks of these speaks about rights, or forbids what a doctor would, and is no notice.
ABOUT_RIGHTS = re.compile(
    r"\b(?:laws?|lawsuits?|acts?|infringes|gesetze?s?|ley|leyes|loi|lois|lei|courts?|judges?|sued|stud(?:y|ies)"
    r"|patients?|(?<!по )закон\w*|recetas?|menores|m[eé]dic[oa]s?|médecins?|dos[ei]s?|dosis|cells?|c[eé]ll?ul\w*"
    r"|prescriptions?|medicines?|children|tablets?|organs?|tests?)\b|copyright (?:infringement|issue|licen[cs]e)s?\s*(?:$|:)|医師|医生|醫生|処方|处方|服薬|用药"
    r"|(?:著作权法|著作權法|版权法|著作権法)(?!保)|归属|歸屬|法律规定|法院|诉讼|官司|剂量|劑量|细胞|細胞|病人|患者|儿童|兒童|환자|처방|의사"
)
