"""Calls to follow, scan, share, subscribe or download.

Rules: `call-line` (a block that is nothing else), `call-sentence` (one that opens or closes a block).
A call needs a verb and a platform's noun: no verb acts alone (`follow your doctor's advice`, `pay attention to`, `scan the abdomen`).
"""

import re
from collections.abc import Iterator

from clearwell.cleaning.memory import SiteMemory
from clearwell.cleaning.claims import part
from clearwell.document import Document, Removal
from clearwell.sentences import sentence_starts, weigh
from clearwell.site import Site

MAX_CALL = 220  # Latin characters of one call

_VERB = (
    r"(?:follow|subscribe|scan|share|forward|like|join|download|click|tap|sign up|long[- ]press|press and hold|pay attention to|add|"
    r"s[íi]gue(?:nos)?|suscr[íi]b|comparte|escanea|descarga|únete|haz clic|suivez|abonnez|partagez|scannez|téléchargez|inscrivez|"
    r"folg(?:en|t|e)|abonnier|teil(?:en|e|t)|scann|lad(?:en|e)|siga|inscreva|compartilhe|escaneie|baixe|assine|подпи[сш]\w*|поделит|"
    r"скачай\w*|关注|關注|追蹤|扫|掃|长按|長按|点击|點擊|分享|转发|轉發|订阅|訂閱|下载|下載|加入|フォロー|登録|シェア|ダウンロード|구독|팔로우|공유|"
    r"다운로드|segui(?:ci)?|iscriviti|condividi|ikuti|bagikan|unduh)"
)
_NOUN = (
    r"(?:qr[- ]?code|code qr|código qr|qr-code|official account|public account|wechat|weibo|whatsapp|telegram|facebook|instagram|twitter|"
    r"tiktok|youtube|linkedin|pinterest|newsletter|(?:our|the|nuestra|unsere|notre|nosso) app\b|app store|our (?:channel|page|group)|"
    r"card below|friends who need|circle of friends|redes sociales|boletín|nuestr[oa] (?:canal|página|boletín)|réseaux sociaux|notre (?:page|chaîne)|"
    r"unser(?:en|em|e)? (?:kanal|newsletter|seite)|redes sociais|nosso canal|наш\w* (?:канал|telegram|рассылк)|телеграм|二维码|二維碼|公众号|公眾號|微信|"
    r"朋友圈|粉絲團|蓝字|藍字|\bAPP\b|QRコード|LINE|メルマガ|카카오톡|채널|social media)"
)
_CALL = re.compile(rf"{_VERB}.{{0,60}}?{_NOUN}|{_NOUN}.{{0,30}}?{_VERB}", re.I)
_SHARE_ROW = re.compile(
    r"\s*(?:(?:share|tweet|pin|email|print|copy link|facebook|twitter|x|whatsapp|telegram|linkedin|pinterest|reddit|wechat|weibo|line|"
    r"compartir|partager|teilen|分享|收藏|微信|微博|on|this|to|this article|[|·•,:：/])\s*){2,}$",
    re.I,
)


def find(document: Document, site: Site, memory: SiteMemory) -> Iterator[Removal]:
    """Point at calls, sentence by sentence from both ends of a block; what stands between other sentences stays."""
    for number, block in enumerate(document.blocks):
        text = block.text
        if block.kind == "code":
            continue
        if weigh(text) <= MAX_CALL and _SHARE_ROW.match(text):
            yield part(document, number, 0, len(text), "call", "call-line", 0.85)
        if not _CALL.search(text):
            continue
        starts = [*sentence_starts(text), len(text)]
        sentences = list(zip(starts[:-1], starts[1:], strict=True))
        calls = [weigh(text[a:b]) <= MAX_CALL and _CALL.search(text, a, b) is not None for a, b in sentences]
        rule = "call-line" if all(calls) else "call-sentence"
        last = len(sentences) - 1
        for place, (start, end) in enumerate(sentences):
            if calls[place] and (all(calls) or all(calls[place:]) or (all(calls[: place + 1]) and last > 0)):
                yield part(document, number, start, end, "call", rule, 0.8)
