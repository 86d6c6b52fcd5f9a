"""German: genitives, adjectives in -er, endings inside names, compounds with a direction."""

from __future__ import annotations

from geo_events.text.languages.language import Language, read_endings, read_prefixes
from geo_events.text.lexicon import word_set

__all__ = ["GERMAN"]

GERMAN = Language(
    code="de",
    name="German",
    script="LATIN",
    stop_words=word_set("""
    der die das den dem des ein eine einen einem einer eines und oder aber in im ins am an auf
    aus bei beim mit nach von vom vor zu zum zur über unter für durch gegen um ist sind war
    waren wird werden wurde wurden hat haben hatte hatten sich nicht auch als wie dass daß er
    sie es wir ich ihr ihre seine sein noch nur schon so wenn weil während seit bis zwischen
    mehr sehr kann können soll sollen sagte teilte gestern heute morgen nachdem bereits jedoch
    laut zwei drei ersten keine kein alle diese dieser dieses ohne sowie dort hier dabei damit
    worden man gerne bin bist was will also all her had gut wo wer
    """),
    letters=frozenset("äß"),
    common=word_set("""
    kamen waren stein grad ende mitte raum name namen kosten boden rede tod bau gold rest tor
    bank bier wetter rot rand strand horn eisen ofen kanal buchen senden wenden uhr haar hall
    heide mann menschen kinder tal tür türen union region küche kino burg berge berg löwen bär
    adler jäger sänger weber keller fischer schneider schröder müller meyer merkel scholz
    baerbock horst werder dom ski hosen pech pool orange nord süd ost west norden süden osten
    westen neustadt neubau neuhaus altstadt hände händen mut mühe nase drama chor monster media
    mission mobil mobile normal panorama papa oma date time deal free kilo kita busse büros
    hunde landen reisen beten tour kapelle apotheke amazon mercedes google manche landes länder
    sache wesel martin michael david robert anna paul alexander andreas sebastian oliver florian
    lukas marco pierre michel roman jordan hugo leo lena nina julia rosa petra karin diana
    victoria victor adam ferdinand nikolaus jacob jakob frank franz heinrich ali kim ben sam
    arnold marx putin assad trump biden obama erdogan erdoğan clinton bush april mai august märz
    oktober uno nato eu wehr heer marine luftwaffe regierung armee präsident minister böse süß
    süss süße süsse gerät gene gänge hang homo pest linden rast soul fass lila kanton favoriten
    löhne rio male malen maler esse line solo pole gange bann mans gallen caroline nico rené
    erika regina sophia malte bella stalin kennedy batman american british
    """),
    homographs=word_set("""
    essen halle leer hof singen leiden siegen kiel hagen celle bergen bad weiden roth zug füssen
    brand münden lage lauf
    """),
    firm=word_set("""
    in nach
    """),
    locatives=word_set("""
    in im nach aus bei von vor nahe über zu zum zur um an am auf gegen stadt hauptstadt provinz
    region flughafen hafen insel stützpunkt ort dorf bis zwischen durch richtung fluss berg
    halbinsel see vulkan gemeinde kreis landkreis tal
    """),
    joining=word_set("und"),
    home=word_set("DEU AUT CHE LUX LIE"),
    capitals="nouns",
    endings=read_endings("""
    s -
    es -
    ens en
    en es e er
    em es er
    er es e
    e es er en
    n -
    """),
    adjectives=read_endings("er -\nern -"),
    prefixes=read_prefixes("""
    |nord
    |süd
    |ost
    |west
    |nordost
    |nordwest
    |südost
    |südwest
    |zentral
    |mittel
    |gesamt
    """),
    demonym_endings=("", "e", "er", "en", "em", "es", "n", "s", "in", "innen", "ern"),
    titles=word_set("""
    präsident präsidentin kanzler kanzlerin minister ministerin herr frau general oberst
    außenminister außenministerin verteidigungsminister dr prof könig prinz papst admiral
    fregatte zerstörer korvette kreuzer flugzeugträger frachter tanker fähre schlepper
    kreuzfahrtschiff
    """),
    given_names=word_set("""
    andreas anja anna annegret bernd birgit carsten christa christian christoph claudia dieter
    dirk elke erich ernst eva franz friedrich fritz gabriele georg gerhard günter günther hannes
    hans heike heiko heinz helmut herbert holger ingo ingrid jan jens joachim jochen johannes
    jörg josef jürgen karin karl katrin klaus kurt lars lukas manfred markus martin martina
    matthias max michael monika nicole olaf oliver otto paul peter petra rainer ralf reinhard
    renate robert rolf rudolf sabine sandra sebastian simone sophie stefan stefanie susanne sven
    thomas thorsten tobias torsten udo ulrich ursula uwe volker werner wolfgang
    """),
)
