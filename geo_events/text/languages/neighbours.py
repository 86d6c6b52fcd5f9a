"""Frequent words of languages that are recognised and not served, so that a text can be told so.

Without them Portuguese would pass for Spanish and Ukrainian for Russian.
"""

from __future__ import annotations

from geo_events.text.languages.language import Language
from geo_events.text.lexicon import word_set

__all__ = ["NEIGHBOURS"]

_LATIN = {
    "it Italian": """
    il di che è e la per un in non con una sono da del le si della i dei nel alla al lo gli ha
    come ma delle anche più nella dal ed sul degli stato loro hanno dopo dalla questo
    """,
    "pt Portuguese": """
    de que e o do da em um para é com não uma os no se na por mais as dos como mas foi ao ele
    das tem à seu sua ou ser são pelo pela até isso também após disse às aos
    """,
    "nl Dutch": """
    de het een van en in is dat op te zijn met voor niet aan er om ook als bij maar door naar
    uit over worden werd wordt heeft hebben was deze tot nog geen hun meer volgens
    """,
    "pl Polish": """
    w i na z się do nie że to jest o jak po od za przez ale przy oraz dla tym są już został
    które który roku co ze było tego być ich jego także może została według
    """,
    "ro Romanian": """
    și de la în a cu pe care din nu un o este că pentru mai să au fost prin sau după ce se al
    ale lui fi unei unui sunt între cel către
    """,
    "sv Swedish": """
    och i att det som en på är av för med till den har de inte om ett han men var jag från vi så
    kan när eller vid också efter där hade
    """,
    "da Danish or Norwegian": """
    og i det at en den til er som på de med han av ikke der var for har et jeg fra eller om så
    vil kan men ble blev også efter etter
    """,
    "id Indonesian": """
    yang dan di dari untuk dengan pada ini itu dalam tidak akan oleh adalah ke telah sebagai
    juga atau mereka bahwa tersebut karena saat lebih kata para
    """,
    "az Azerbaijani": """
    və bir bu ilə üçün də da ki olan olaraq daha sonra çox edir edib deyib onun həm isə hər olub
    görə tərəfindən
    """,
    "cs Czech": """
    a v na se je že s z do o k i jako za by po ale ve pro to byl podle od jeho které který jsou
    jsem byla před také už
    """,
    "hu Hungarian": """
    a az és hogy nem egy is ez de volt meg csak már mint el van ha még azt ki szerint között
    után magyar
    """,
    "ca Catalan": """
    de la el que i a en les els un per amb del una al no és va han com més dels són aquest ser o
    seva però
    """,
    "vi Vietnamese": """
    và của là có trong không được cho với một những các người đã này khi để từ
    """,
    "sq Albanian": """
    të e në dhe i një për me që nga se ka është u do si nuk më kanë
    """,
    "sw Swahili": """
    ya na wa kwa ni katika la za kuwa hiyo huo kama cha lakini alisema
    """,
}
_CYRILLIC = {
    "uk Ukrainian": """
    і в не на що з у та до як за про це від він але й із для або є вже по які який було були
    після під час також між
    """,
    "bg Bulgarian": """
    на и да се за от е в с са по не че до като през със към си при след който която които му
    също беше
    """,
    "sr Serbian": """
    и је у да се на су за од са не који као то које би али која или што након
    """,
    "be Belarusian": """
    і ў на з не што у да як за па пра гэта для ад але якія які быў паводле
    """,
}
_ARABIC = {
    "ur Urdu": """
    کے میں کی ہے اور سے کا کو نے پر ہیں کہ یہ ایک تھا بھی گیا کر اس نہیں تھے لیے
    """,
    "ps Pashto": """
    د په چې او کې له دی سره هم ته نه دا یې شوي وو وي خو کړی
    """,
    "ckb Kurdish": """
    لە و بە کە بۆ ئەو ئەم بوو دەکات لەگەڵ هەر سەر کرد پێش
    """,
}


def _make(script: str, table: dict[str, str]) -> tuple[Language, ...]:
    """Make languages that have nothing but their stop words."""
    return tuple(
        Language(code=key.split()[0], name=key.partition(" ")[2], script=script,
                 stop_words=word_set(words))
        for key, words in table.items()
    )  # fmt: skip


NEIGHBOURS = (
    *_make("LATIN", _LATIN),
    *_make("CYRILLIC", _CYRILLIC),
    *_make("ARABIC", _ARABIC),
)
