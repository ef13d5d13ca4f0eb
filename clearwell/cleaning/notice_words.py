"""What notices of rights, reprint and source are worded like, by language; all patterns are for folded text.

STRONG words are those that hardly stand in an article about anything else; SUPPORT words go with them in a notice but
mean nothing alone.  A stem may be glued to what stands before it.  From site footers, theme translations and pages
seen.
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
        "(c)": r"\(c\) ?(?:19|20)\d\d",
        "reserved": r"(?:all )?rights? (?:are )?reserved",
        "reprint": r"reprint(?:s|ed|ing)?",
        "republi": r"republi(?:sh(?:ed|ing)?|cation)",
        "redistribut": r"redistribut(?:e|ed|ing|ion)",
        "reproduc": (
            r"(?:no|unauthori[sz]ed|any) reproduction|reproduction (?:of (?:this|our|the) |in (?:whole|part)|"
            r"(?:is |are )?(?:strictly |expressly )?(?:prohibited|forbidden|without))|(?:not"
            r"|never) (?:be )?reproduced?|reproducci[oó]n (?:total|parcial|prohibida|"
            r"sin|no autorizada)|toute reproduction|reproduction (?:interdite|m[eê]me|totale|partielle|soumise"
            r"|strictement)"
        ),
        "do not cop": "do not copy",
        "no copying": "",
        "plagiari": r"no plagiari\w+|plagiari\w+ (?:prohibited|forbidden|will be)",
        "derechos": r"(?:todos los )?derechos (?:reservados|de autor)",
        "prohib": rf"prohibid[oa]s? (?:la |su |el |toda |cualquier )?{_FORBIDDEN_COPY}\w*|copia prohibida"
        r"|prohibid[oa]s? (?:la |su |el )?(?:uso|utilizaci[oó]n|venta)\b[^.]{0,30}"
        r"(?:contenido|material|texto|art[ií]culo)",
        "droits": r"(?:tous )?droits (?:réservés|d['’]auteur)",
        "interdi": r"(?:copie|diffusion) (?:strictement )?interdite|interdi(?:t|ction) de (?:reproduire|copier)",
        "rechte vor": r"(?:alle )?rechte vorbehalten",
        "urheber": r"urheberrecht\w*",
        "nachdruck": "",
        "vervielfältig": r"vervielfältigung\w*",
        "weiterverbreit": r"weiterverbreitung\w*",
        "direitos": r"(?:todos os )?direitos (?:reservados|autorais)",
        "proibid": r"proibida (?:a )?(?:reprodu|cópia|publica)\w*|(?:reprodução|cópia) proibida",
        "vedada": r"vedada (?:a )?reprodução",
        "diritti": r"(?:tutti i )?diritti riservati|diritti d['’]autore",
        "riproduzione": r"riproduzione (?:riservata|vietata|anche)",
        "vietata": r"vietata la (?:riproduzione|copia)",
        "права за": r"(?:все )?права защищены",
        "авторск": r"авторски[ехй] прав\w*",
        "перепечат": r"перепечатк\w*",
        "копирован": r"копировани[ея] (?:материал|текст|стать|запрещ|без|информац)\w*",
        "воспроизвед": r"воспроизведени[ея] (?:материал|текст|запрещ|без)\w*",
        "использование мат": r"использование материал\w*",
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
        "転載": "",
        "侵权": r"侵权(?:必究|删除|联系|即删|必)?",
        "侵權": r"侵權必究",
        "侵删": "",
        "抄袭": r"(?:严禁|禁止|请勿|谢绝)抄袭",
        "搬运": r"(?:严禁|禁止|请勿|谢绝)搬运",
        "盗用": r"(?:严禁|禁止|请勿)盗用",
        "原创": r"原创(?:内容|文章|作品|首发|版权|图文|投稿|稿件|联系|未经|禁止|请|声明)",
        "無断": r"無断(?:での?|に)?(?:転載|複製|複写|引用|掲載|コピー)",
        "저작권": "",
        "무단": r"무단 ?(?:전재|복제|배포|사용|도용)",
    }
)

SUPPORT = re.compile(
    r"original|contact|exclusive|prohibit|forbidden|unauthori[sz]ed|permission|consent|authori[sz]|infring|disput"
    r"|reserved|"
    r"licensed|rights|owner|gallery|library|pictures?|images?|photos?|articles?|contents?|sources?|reproduc|belongs?"
    r"|legal|"
    r"cop(?:y|ied)|indicat|please|express|written|author|editor|publish|"
    r"prohibid|autoriz|permiso|reservad|reproducci|contacto|contenido|fuente|interdit|autorisation|accord|réservé"
    r"|contenu|rédaction|redacci[oó]n|reda[cç][aã]o|redazione|"
    r"verboten|genehmig|zustimmung|erlaubnis|absprache|gestattet|untersagt|quelle|beitrag|redaktion|alle|"
    r"proibid|conteúdo|fonte|vietat|autorizzazione|contenut|"
    r"запрещ|разрешени|согласи|ссылк|источник|материал|редакци|"
    r"dilarang|izin|zonder|toestemming|bez zgody|без|"
    r"原创|原創|独家|獨家|首发|来源|來源|联系|聯繫|聯絡|编辑部?|編輯部?|授权|授權|禁止|不得|未经|未經|请勿|請勿|谢绝"
    r"|严禁|嚴禁|必究|许可|許可|同意|纠纷|糾紛|"
    r"图库|圖庫|图片|圖片|注明|註明|出处|出處|所有|本文|整理|内容|文章|归|禁じ(?:ます|る)?|禁ず|厳禁|お断り|記事|許諾"
    r"|금지|재배포|문의|기사|©|(?:19|20)\d\d"
)

# What a finished sentence needs to be a notice: it orders, forbids, reserves or threatens.
ORDERS = re.compile(
    r"prohibit|forbid|unauthori|permission|consent|\bnot be\b|reserved|\bmust\b|please|do not|infring|may cause"
    r"|without|"
    r"prohibid|reservad|sin |interdit|réservé|sans |vorbehalten|verboten|nur mit|ohne|untersagt|gestattet|proibid"
    r"|vedad|sem |"
    r"vietat|riservat|senza|защищены|запрещ|только|без |обязательн|dilarang|dilindungi|saklıdır|izinsiz|yasak|cấm"
    r"|không được|"
    r"zonder|voorbehouden|zabronion|zastrzeżon|禁止|不得|未经|未經|请|請|谢绝|严禁|嚴禁|必究|删|所有|禁じ|禁ず|厳禁"
    r"|お断り|금지|محفوظة|يمنع"
)

# Whoever speaks of these speaks about rights, or forbids what a doctor would, and is no notice.
ABOUT_RIGHTS = re.compile(
    r"\b(?:laws?|lawsuits?|acts?|infringes|gesetze?s?|ley|leyes|loi|lois|lei|courts?|judges?|sued|stud(?:y|ies)"
    r"|patients?|закон\w*|recetas?|menores|m[eé]dic[oa]s?|médecins?|dos[ei]s?|dosis|cells?|c[eé]ll?ul\w*"
    r"|prescriptions?)\b|医師|医生|醫生|処方|处方|服薬|用药"
    r"|著作权法|版权法|著作権法|法律规定|法院|诉讼|官司"
)
