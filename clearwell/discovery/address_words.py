"""Words of addresses and labels, in the languages most health sites are written in.

Whole path segments only, in small letters, `_` read as `-`, without an ending such as `.html`.  Gathered by hand,
2026-11; a word that also names articles (`faq`, `topics`, `health`) is left out or among the mild ones.
"""


def _labels(text: str) -> frozenset[str]:
    return frozenset(label.strip() for label in text.split("|"))


# A folder of lists: what stands right below it is a list of articles, not one.
ARCHIVE_FOLDERS = frozenset(
    """
    tag tags tagged category categories categoria categorias categorie kategorie kategorien kategori kategoria cat
    rubrik rubriken rubrique rubriques rubrica rubricas rubriek author authors autor autores auteur auteurs autore
    autori user users usuario profile profiles profil profili label labels etiqueta etiquetas schlagwort schlagworte
    schlagwoerter keyword keywords mot-cle mots-cles contributor contributors byline biaoqian fenlei etiket etiketler
    yazar tagi autorzy метка тег автор рубрика категория 标签 分类 作者 タグ カテゴリー 著者 태그 카테고리
    """.split()
)

# The same, but sites file articles below them as well.
MILD_ARCHIVE_FOLDERS = frozenset("hub hubs section sections series serie member members mitglied mitglieder".split())

# Pages for members and buyers: never an article, never a way to one.
ACCOUNT_WORDS = frozenset(
    """
    login log-in signin sign-in signup sign-up logout log-out sign-out register registration registrieren
    registrierung anmelden anmeldung abmelden registro registrarse iniciar-sesion acceso connexion inscription accedi
    iscriviti entrar cadastro inloggen aanmelden giris kayit logowanie rejestracja vhod account accounts my-account
    myaccount mein-konto konto mi-cuenta mon-compte cart carrito carrinho panier carrello warenkorb winkelwagen sepet
    koszyk basket checkout kasse wishlist favorites favourites bookmarks lost-password forgot-password password-reset
    reset-password passwort wp-login wp-admin wp-json xmlrpc oauth auth sso admin subscribe unsubscribe abo abonnieren
    suscribirse abonnement
    """.split()
)

# Pages every site has beside its articles.
SERVICE_WORDS = frozenset(
    """
    about about-us aboutus who-we-are our-story our-team team our-mission ueber-uns uber-uns wir-ueber-uns
    quienes-somos sobre sobre-nosotros acerca-de sobre-nos quem-somos a-propos qui-sommes-nous chi-siamo over-ons
    om-oss o-nas o-nama hakkimizda kurumsal o-kompanii tentang-kami contact contact-us contactus contacts kontakt
    kontakte contacto contactanos contato contactez-nous contatti contattaci iletisim kontakty hubungi-kami privacy
    privacy-policy privacypolicy privacy-notice privacy-statement datenschutz datenschutzerklaerung
    datenschutzerklarung datenschutzhinweise privacidad politica-de-privacidad aviso-de-privacidad
    politique-de-confidentialite confidentialite politica-de-privacidade informativa-privacy gizlilik
    gizlilik-politikasi polityka-prywatnosci cookie cookies cookie-policy cookies-policy cookie-richtlinie
    politica-de-cookies impressum imprint mentions-legales aviso-legal note-legali legal legal-notice terms
    terms-of-use terms-of-service terms-and-conditions termsofuse tos conditions-of-use agb nutzungsbedingungen
    terminos terminos-y-condiciones condiciones-de-uso conditions-generales termos termini disclaimer
    medical-disclaimer haftungsausschluss copyright advertise advertising advertise-with-us advertising-policy werbung
    mediadaten publicidad careers jobs karriere stellenangebote press-room newsletter newsletters sitemap site-map
    html-sitemap plan-du-site mapa-del-sitio mapa-do-site accessibility accessibility-statement barrierefreiheit
    editorial-policy editorial-guidelines correction-policy corrections-policy donate spenden donar thank-you thanks
    danke gracias help-center customer-service do-not-sell ccpa your-privacy-choices rss rss-feeds app apps 404
    offline guanyu guanyuwomen lianxi lianxiwomen 关于我们 联系我们 隐私政策 о-нас контакты
    """.split()
)

SEARCH_WORDS = frozenset(
    """
    search suche suchen buscar busqueda recherche rechercher ricerca cerca pesquisa busca zoeken arama szukaj poisk
    sousuo find site-search
    """.split()
)

# Folders that say `an article`, and folders that say `not one`, mildly: they only weigh.
ARTICLE_FOLDERS = frozenset(
    """
    article articles artikel articulo articulos artigo artigos articolo articoli artykul artykuly news noticia
    noticias noticies nachrichten nouvelles actualites actualite notizie nieuws nyheter haber haberler blog blogs post
    posts story stories beitrag beitraege magazin magazine insights guide guides ratgeber tips tipps conseils consejos
    wellness health gesundheit salud sante salute saude p a archives archive statya stati novosti wenzhang zixun
    xinwen read entry feature features opinion editorial column columns review reviews learn ency conditions diseases
    condition disease topic topics question
    """.split()
)
SHOP_FOLDERS = frozenset(
    """
    product products producto productos produit produits produkt produkte prodotto prodotti shop store tienda boutique
    collection collections c cat item items itm dp listing marketplace deals coupons pricing services service
    """.split()
)
FORUM_FOLDERS = frozenset(
    """
    forum forums thread threads viewtopic showthread community discussion discussions t r comments board boards bbs
    """.split()
)

# Parameters that sort, filter or act on a page that is known without them.
VIEW_PARAMETERS = frozenset(
    """
    sort sortby sort-by order orderby order-by dir direction filter filters view display layout limit per-page perpage
    cal calendar ical outlook-ical tribe-bar-date eventdisplay month year day date week add-to-cart add-to-wishlist
    action do share reply replyto like vote rate lang-switch hl currency theme skin format redirect redirect-to return
    returnurl return-to next-url q s query search keyword searchword
    """.split()
)
PAGE_PARAMETERS = frozenset(
    """
    page paged pg p pn pageno page-no pagenum pagenumber page-number pageindex page-index currentpage curpage cpage
    seite pagina pag start offset startat begin from-row sayfa strona stranica sida side pageid
    """.split()
)
PAGE_FOLDERS = frozenset("page pages p pg seite pagina pag sayfa strona stranica halaman sida side trang paged".split())

# Labels of the way to the next page, in small letters, arrows and white space taken off.
NEXT_LABELS = _labels(
    """
    next|next page|older|older posts|older entries|older articles|more|load more|show more|more posts|
    more articles|weiter|nächste|nächste seite|ältere beiträge|ältere artikel|mehr laden|siguiente|
    página siguiente|siguientes|más antiguas|entradas anteriores|entradas antiguas|cargar más|suivant|suivante|
    page suivante|articles plus anciens|plus anciens|charger plus|próximo|próxima|próxima página|seguinte|
    mais antigos|carregar mais|successiva|successivo|avanti|pagina successiva|articoli meno recenti|volgende|
    volgende pagina|oudere berichten|дальше|далее|следующая|следующая страница|вперёд|вперед|ещё|показать ещё|
    następna|następne|dalej|starsze wpisy|sonraki|sonraki sayfa|eski yazılar|nästa|neste|næste|berikutnya|
    selanjutnya|tiếp|trang sau|下一页|下一頁|下页|更多|加载更多|次へ|次のページ|다음|다음 페이지|التالي|הבא|अगला|ถัดไป
    """
)

# Labels of a link to an article that say nothing of the article.
READ_MORE_LABELS = _labels(
    """
    read more|read on|continue reading|continue|more|full story|read the article|read article|read full article|
    learn more|see more|view article|weiterlesen|mehr lesen|mehr erfahren|zum artikel|lesen sie mehr|leer más|
    leer mas|seguir leyendo|continuar leyendo|ver más|lire la suite|lire plus|en savoir plus|
    continuer la lecture|leia mais|ler mais|continuar lendo|saiba mais|leggi tutto|leggi di più|
    continua a leggere|lees meer|lees verder|verder lezen|читать далее|читать дальше|подробнее|читать полностью|
    czytaj więcej|czytaj dalej|więcej|devamını oku|devamı|läs mer|les mer|læs mere|baca selengkapnya|đọc tiếp|
    xem thêm|阅读全文|阅读更多|查看详情|查看全文|详细|続きを読む|もっと見る|더 보기|자세히 보기|
    اقرأ المزيد|קרא עוד|और पढ़ें|อ่านต่อ
    """
)

# Endings of files that are no pages.
FILE_ENDINGS = frozenset(
    """
    jpg jpeg png gif webp avif svg ico bmp tif tiff heic pdf doc docx xls xlsx ppt pptx odt ods odp rtf epub mobi csv
    zip gz tgz rar 7z tar bz2 exe dmg apk iso mp3 m4a ogg oga wav flac aac mp4 m4v mov avi wmv flv webm mkv m3u8 css
    js mjs json jsonld map woff woff2 ttf otf eot swf torrent ics vcf vcard kml gpx md5 sig
    """.split()
)
PAGE_ENDINGS = frozenset("html htm shtml xhtml phtml php php5 asp aspx jsp jspx cfm do action cgi pl".split())
