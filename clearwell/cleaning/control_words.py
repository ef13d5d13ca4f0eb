"""What a page's controls are labelled with, by language: words of a few classes, and nothing else.

Every word of a label has to be known, so that a word of the article (`Open the mouth`) keeps its line.  All for folded text.
From theme translations and pages seen.
"""

import re

_CLASSES = {
    # What is done on a screen alone.
    "screen": """load nachladen charger cargar загрузить загружай подгрузить jump go pinch drag swipe-up rotate desliza deslice arrastra toca toque glissez appuyez wischen ziehen deslize arraste проведите пролистайте листайте skip scroll swipe click tap toggle refresh reload retry login log logged signed
        saltar desplázate desplaza pulsa pulse clic haz haga cargando cargar recargar sesión inicia inicie
        défiler cliquez cliquer chargement charger rechargez aller passer connectez connectez-vous
        springen scrollen klicken klick tippen lädt laden geladen wird neu anmelden einloggen
        pular rolar role clique carregando carregar recarregar ir login
        прокрутите нажмите кликните загрузка загружается загрузить загружаем обновите перейти идёт идет войти войдите
        vai clicca scorri caricamento lewati klik gulir muat memuat tıklayın kaydır yükleniyor przejdź kliknij ładowanie
        scroll laden klik""",
    "show": """abrir abra abre öffnen ouvrez lire reproducir reproduzir воспроизвести откройте hide masquer ausblenden ocultar скрыть reveal preview seek fullscreen ansicht öffne öffnet zeige zeig siehe mehrere vollbild ampliada aperçu voyez показывать раскрыть просмотреть полноэкранный view show shows hide expand collapse enlarge zoom open close unfold
        ver mostrar muestra ocultar ampliar abrir cerrar desplegar
        voir afficher masquer agrandir ouvrir fermer montrer
        anzeigen zeigen ansehen ausblenden einblenden vergrößern öffnen schließen verbergen ausklappen einklappen sieh
        mostrar esconder exibir fechar veja
        показать посмотреть скрыть увеличить открыть закрыть развернуть свернуть смотреть
        vedi mostra nascondi ingrandisci lihat tampilkan göster gizle zobacz pokaż ukryj bekijk toon verberg""",
    "use": """report disable allow whitelist désactivez desactive desactiva deaktivieren отключите listening text-to-speech read-aloud subtitles escuchar escuche listen lesen weiter vorlesen lassen lire lecture ler leitura прочитать озвучить copy print download share shared tweet listen play pause mute watch accept reject allow enable activate activated continue
        continues continued save email translate bookmark report
        copiar imprimir descargar compartir compartida compartido escuchar escucha reproducir aceptar rechazar activar activa active
        continuar continúa sigue seguir leer leyendo lee guardar denunciar
        copier imprimer télécharger partager partagée écouter lire lisez accepter refuser activer activez enregistrer continuer continue
        kopieren drucken ausdrucken herunterladen teilen geteilt anhören hören abspielen akzeptieren zustimmen ablehnen aktivieren
        weiterlesen fortgesetzt speichern merken vorlesen
        baixar compartilhar compartilhada partilhar ouvir ouça aceitar rejeitar ativar ative salvar continua lendo lido
        копировать скопировать печать распечатать скачать поделиться слушать прослушать послушать воспроизвести принять отклонить
        включите включить продолжить продолжение сохранить читать
        copia stampa scarica condividi ascolta accetta rifiuta attiva salva continua leggere salin cetak unduh bagikan terima aktifkan
        kopyala yazdır paylaş dinle kabul kopiuj drukuj pobierz udostępnij zaakceptuj włącz kopieer delen accepteren""",
    "thing": """app aplicación aplicativo приложении приложение recipe recipes receta recette rezept receita рецепту anuncio annonce anúncio blocker adblocker adblock content contents article articles story stories page pages gallery galleries slideshow slideshows video videos audio link
        links url menu navigation search sidebar footer header version player image images picture pictures photo photos photograph
        comment comments post posts embed embedded browser website site screen keyboard
        contenido contenidos artículo artículos nota página páginas galería vídeo vídeos audio enlace enlaces menú navegación
        búsqueda buscador versión imagen imágenes foto fotos comentarios publicación navegador sitio
        contenu article articles page galerie vidéo vidéos lien liens menu navigation recherche image images photos commentaires publication
        navigateur site diaporama
        inhalt inhalte inhalten artikel artikels beitrag beiträge text seite galerie bildergalerie bilder bild video videos audio link menü
        navigation suche kommentare browser webseite website
        conteúdo conteúdos artigo texto matéria página galeria vídeo vídeos áudio link busca imagem imagens comentários publicação postagem
        navegador site
        содержимому содержанию контент контенту контента статья статью статьи страница страницу страницы галерею галерея видео аудио ссылку ссылка
        меню поиск версия изображение фото картинку комментарии публикация публикацию пост браузер сайт материал
        contenuto articolo pagina galleria video link immagine konten artikel halaman galeri tautan gambar içerik sayfa bağlantı
        treści artykuł strona link""",
    "text": "text texto texte voice voz voix loud alta haute aloud laut",
    "loading": "lädt cargando carregando загрузка загружается chargement caricamento memuat yükleniyor ładowanie",
    "more": "more less all every más menos todo todas todos plus moins tout tous mehr weniger alle alles mais menos tudo ещё еще все всё больше meno tutti più semua tümü wszystkie więcej meer minder",
    "state": """unavailable недоступен недоступно доступен unsupported missing outdated removed deleted restricted upgrade update cargado cargar supporté chargé geladen unterstützt gelöscht entfernt removido excluído удалено удалена устарел загружено available unavailable failed error supported supports support found loaded disabled blocked play playable played expired
        disponible soporta admite compatible error encontrada disponibles
        disponible indisponible prend charge erreur échec
        verfügbar fehler unterstützt abspielen blockiert abgespielt
        disponível indisponível suporta erro
        доступно недоступно недоступна недоступен поддерживает ошибка поддерживается найдена""",
    "turn": "turn requires required needs uses use using utilise utilisons usa usamos utiliza utilizamos verwendet verwenden nutzt использует используем 使用 enable",
    "sure": """advertisement advertisements advert adverts advertorial sponsored sponsor javascript cookie cookies
        anuncio anuncios publicidad patrocinado patrocinada publicité pub sponsorisé sponsorisée annonce annonces
        anzeige werbung werbeunterbrechung gesponsert gesponserter gesponserte sponsoring publicidade anúncio anúncios patrocinado
        реклама рекламы рекламой рекламный рекламная спонсорский куки файлы pubblicità sponsorizzato iklan reklam reklama advertentie
        lorem quảng""",
    "toc": "toc inhaltsverzeichnis sommaire índice оглавление содержание indice",
    "contents": "table tabla",
    "up": "top beginning arriba principio haut début oben anfang topo início наверх вверх начало начала alto atas",
    "back": """back return returning volver regresar retour revenir retourner zurück voltar retornar назад вернуться возврат torna kembali
        geri wróć terug""",
    "place": """list home homepage overview index archive archives inicio portada índice lista listado accueil liste sommaire startseite übersicht
        hauptseite início inicial lista главную главная списку список статьям новостям home beranda ana listy hoofdpagina""",
    "all": """all more other older newer latest every todas todos todas más otros otras tous toutes autres plus alle weitere
        andere ältere neuere mehr todos todas outros outras mais все всё другие ещё новые старые
        tutti altri semua lainnya wszystkie""",
    "items": """posts articles stories entries news pages items articulos artículos entradas noticias publicaciones notas articles billets
        publications actualités beiträge artikel einträge meldungen postagens artigos matérias notícias textos posts статьи записи
        новости новостей статей материалы публикации записям articoli notizie artikel berita artykuły""",
    "author": "author writer reporter autor autora auteur auteure verfasser verfasserin autors autorin автора autore penulis",
    "sign": "navigation navegación navegação navigazione beitragsnavigation навигация",
    "small": """to the of a an this that your our my us we in on at by for with and or from below above after before here down up next is are be
        it its now please not no yes only again still will can cannot could does do doesn't don't was were has have into out off turn
        use uses using used improve improves experience best better ensure browsing browse consent policy privacy settings preferences
        country region area required requires needs need work works properly order full size main original larger large small default
        agree ok free instagram facebook twitter youtube tiktok whatsapp telegram pinterest linkedin x web browser's trending latest loud hint keep reading read story's
        el la los las un una de del al en su tu este esta esto para por con y o se que no sí si aquí debajo abajo después antes más
        grande pantalla país región puede este estos usa usamos utiliza utilizamos propias mejorar experiencia nuestro nuestra
        vuelva intente está principal completo completa todo
        le les des du au aux une ce cet cette ces votre notre nos vos pour par avec sur dans et ou ne pas suite après avant ici dessous
        veuillez utilise utilisons améliorer expérience est pays région bas continuer
        l d n s c qu j t m ll re don doesn vous toi
        der die das den dem des ein eine einen einem dieser diese dieses diesen ihr ihre ihren ihrem unser unsere und oder auf an im in zum zur
        nach vor mit für von aus sie uns wir nicht ist kann können hier unten oben bitte land region verwendet verwenden nutzt nutzen
        verbessern erlebnis nutzererfahrung um zu externen externe ganzen dir einverstanden geht es hauptinhalt zitat alles
        o os as um uma do da dos das no na nos nas ao à em para por com e ou que não este esta isto seu sua você nosso nossa após antes
        abaixo aqui país tela usa usamos utilizamos melhorar experiência principal
        и или в во на к ко с со от до по за из для это этот эта эту эти этого ваш ваша вашей вашем нам наш наша мы не но чтобы после перед
        ниже здесь стране регионе пожалуйста использует используем улучшения работы просмотра нажмите правах основному полностью
        il lo gli i di e non questo questa per ke di ini dan untuk bu bir ve do na i w z tej""",
}  # fmt: skip
CLASSES_OF: dict[str, frozenset[str]] = {}
for _name, _words in _CLASSES.items():
    for _word in _words.split():
        CLASSES_OF[_word] = CLASSES_OF.get(_word, frozenset()) | {_name}

# Enough alone on their line.
ALONE = frozenset(
    """print drucken imprimir imprimer распечатать stampa cetak yazdır drukuj lädt наверх toc inhaltsverzeichnis 打印 列印 印刷 印刷する 인쇄 인쇄하기 收藏 收合 收起 展开 展開 目录 目錄 目次 목차
    全文完 完 글자크기 글자 加载中 載入中 로딩중 맨위로 글자 분享 스크랩""".split()
)

# The same in scripts without spaces: parts that cover a label whole.
_WIDE_CLASSES = {
    "act": "隠す 読み込む 開く 閉じる 再生する 再生 表示する 불러오기 열기 숨기기 재생하기 이용할 播放 中打开 打开 加载 載入 点击 點擊 點 点 查看 打开 打開 关闭 關閉 展开 展開 收起 收合 播放 复制 複製 打印 列印 下载 下載 登录 登入 登錄 刷新 重试 重試 返回 继续 繼續 看 阅读 閱讀 插入 接受 同意 使用 启用 啟用"
    " クリック タップ 表示 見る 開く 閉じる 再生 コピー 印刷 ダウンロード スキップ 有効 戻る 続き 続く 続きます 読む 読み込み 使用 利用 同意 移動"
    " 보기 보러가기 재생 복사 인쇄 다운로드 열기 닫기 펼치기 접기 바로가기 활성화 클릭 눌러 스크롤 계속 읽기 사용 동의 로딩 로그인 돌아가기",
    "screen": "点按 輕觸 轻触 双击 拖动 左右滑动 上滑 下拉 刷新 重新加载 重新整理 更新ページ 再読み込み 새로고침 터치 탭 向下 往下 滑动 滑動 下滑 往下滑 滑 스크롤 スクロール 登录 登入 登錄 로그인 ログイン",
    "zoom": "缩小 縮小 全屏 查看大图 크게보기 확대 축소 확대하기 縮小表示 放大 拡大 크게 隐藏 隱藏 显示 顯示 非表示 숨기기 閉じる",
    "loading": "加载失败 加載失敗 載入失敗 缓冲中 緩衝中 처리중 불러오는중 불러오는 재생중 正在加载 加载中 载入中 載入中 로딩 読み込み中 로딩중",
    "thing": "app アプリ 앱 앱에서 콘텐츠 コンテンツ 该内容 内容 客户端 評論 评论 評論 语音 語音 朗读 朗讀 全屏 画质 弹幕 标题 標題 摘要 正文内容 推荐内容 相关内容 コメント 目次 音声 字幕 タイトル 댓글 목록 글 음성 자막 영상 사진 原文 附件 本站使用 体验 體驗 版面 畫面 画面 "
    "目录 目錄 目次 목차 大图 大圖 原图 原圖 图片 圖片 图 圖 视频 視頻 影片 音频 音訊 链接 連結 网址 網址 全文 正文 内容 內容 剩余 剩餘 余下 本页 本頁 页面 頁面 下一页 下一頁 文章 浏览器 瀏覽器 版本 评论 評論 菜单 選單 字号 字體 字体 字級 字级 相册 图集 圖集 文档 网页 本網站 本站 网站 網站"
    " 画像 動画 写真 記事 リンク ページ 本文 メニュー コンテンツ 一覧 ギャラリー この投稿 投稿 サイト 当サイト ブラウザ ブラウザー 文字サイズ すべて 全て"
    " 이미지 사진 동영상 영상 링크 본문 기사 내용 메뉴 페이지 게시물 사이트 브라우저 글자 크기 글자크기 전체 전문",
    "sure": "广告 廣告 広告 광고 推广 赞助 贊助 スポンサー 협찬 javascript 自바스크립트 자바스크립트 cookie クッキー 쿠키 cookies 占位 广告位 廣告位 スポンサーリンク",
    "state": "不可用 暂不可用 利用できません 表示できません 이용할 수 없습니다 이용할 볼 수 없습니다 失败 失敗 加载 載入 正在 中 无法 無法 不能 不支持 不支援 不可用 过低 過低 未完 请稍候 請稍候 请稍后 稍候 已过期 升级 升級 暂时 暫時 できません 対応 していません 中です 로딩중 로딩 중 불러오는 지원하지 않습니다 없습니다 중입니다",
    "up": "顶部 頂部 顶端 頁首 トップ 先頭 上 맨 위로 위로 맨위로",
    "place": "首页 首頁 主页 主頁 列表 目录 目錄 上一级 上一層 上一页 上一頁 栏目 欄目 回 トップページ ホーム 一覧 目次 홈으로 홈 처음으로 목록으로 목록보기 목록 처음",
    "all": "もっと 더 更多 全部 所有 其他 其它 他の もっと 다른 전체 더보기 더 모든 看更多 较舊的 較舊的 較新的 较新的 较旧的 古い 新しい 이전 최신",
    "author": "作者 记者 記者 著者 執筆者 ライター 기자 기자의 작성자 작성자의",
    "back": "返回 回 返 처음으로 목록으로 목록보기 홈으로 戻る へ戻る 돌아가기",
    "small": "この もっと で 수 없습니다 を 더 이 中 在 该 的 了 为 為 此 此处 此處 处 處 请 請 您 你 您的 你的 后 後 在 该 該 本 以 可以 即可 提升 改善 体验 體驗 我们 我們 大 中 小 这里 這裡 到 至 收"
    " を に は が の で へ と から して する します ください しています てください お使い ご この こちら 後 あと 下 上 し ため 際 再 み ご覧 閲覧 向上"
    " 을 를 이 가 은 는 의 에 에서 로 으로 하기 하면 합니다 해 해주세요 주세요 하여 후 뒤 아래 이 크게 볼 수 있습니다 됩니다 하세요 하십시오 모두 세요 위해 지원하지 않습니다 계속됩니다 계속하기 인스타그램 인스타그램에서 instagram instagramで",
}  # fmt: skip
WIDE_CLASSES_OF: dict[str, frozenset[str]] = {}
for _name, _words in _WIDE_CLASSES.items():
    for _word in _words.split():
        WIDE_CLASSES_OF[_word] = WIDE_CLASSES_OF.get(_word, frozenset()) | {_name}
WIDE_PART = re.compile("|".join(map(re.escape, sorted(WIDE_CLASSES_OF, key=len, reverse=True))))
