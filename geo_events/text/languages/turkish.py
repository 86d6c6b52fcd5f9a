"""Turkish: suffixes after an apostrophe, and without one where it was left out."""

from __future__ import annotations

from geo_events.text.languages.language import Language, read_endings
from geo_events.text.lexicon import word_set

__all__ = ["TURKISH"]

# Endings are compared after folding: ı and i are one, ü and u, ş and s.
_SUFFIXES = read_endings("""
den -
dan -
ten -
tan -
de -
da -
te -
ta -
deki -
daki -
teki -
taki -
nden -
ndan -
nde -
nda -
ndeki -
ndaki -
ya -
ye -
na -
ne -
nin -
nun -
in -
un -
yi -
yu -
ni -
nu -
yla -
yle -
la -
le -
ydi -
dir -
""")

TURKISH = Language(
    code="tr",
    name="Turkish",
    script="LATIN",
    stop_words=word_set("""
    ve bir bu da de için ile çok daha gibi olarak olan ne kadar sonra ama o var en her mi mı
    mu mü ki ya hem değil göre kendi iki ise olduğu ancak tarafından şu veya hiç üzerinde yok
    önce diye bin büyük yeni ilk son dün bugün yarın ettiği etti oldu edildi olduğunu söyledi
    açıkladı belirtti arasında karşı doğru içinde yönelik ilgili bazı tüm bütün aynı başka
    biri şekilde üzere beri yapılan çıkan gelen giden edilen bulunan yapıldı yer aldı dedi
    milyon yıl yılında gün saat
    """),
    letters=frozenset("ğşı\u0307"),
    common=word_set("""
    iki sana son benim ben sen var para su al il ana dört kan sıra ara tür ilan ak normal yap
    can kara barış emin yola adet doğu batı kuzey güney puan adalet sol deli oda sert gider
    yarım bol asker çay dili gaz ismail kanal kaya kent usta gül lira evin bina bay diş şükür
    roman san tan şok saray deri ada bartın pınar yalı çamlı gümüş altın demir taş pazar köy
    yayla dere tepe göl liman merkez yıldız başkan aslan ali hasan mehmet ahmet selim murat
    osman kemal cemal yunus sinan erdem ege eren adem çelik kaplan doğan bahar adam eden tam az
    eğer yaş tane sabah kalan dış kızlar uçak füze bile anda varsa konu yanına oranı aman köyü
    köye koyu maliye turan sarı sarışın karın köle kalite biten kasa cadde girin kola sunan boku
    burs romanı sakız severek kum malı cin uç üçte üç sam man
    """),
    homographs=word_set("""
    van of ordu bor muş uşak tokat ağrı fatih mut kale demre bolu kabul
    """),
    behind=word_set("""
    kenti kentinde kentine kentinden şehri şehrinde şehrine ili ilinde iline ilçesi ilçesinde
    ilçesine ilçesinden köyü köyünde beldesi beldesinde bölgesi bölgesinde bölgesine üssü
    üssünde limanı havalimanı adası semti semtinde mahallesi yakınlarında yakınında açıklarında
    kırsalında nehri dağı gölü boğazı körfezi yarımadası ovası barajı
    """),
    joining=word_set("ve ile"),
    home=word_set("TUR CYP AZE SYR IRQ IRN GRC BGR GEO ARM"),
    endings=_SUFFIXES,
    adjectives=read_endings("li -\nlu -\nliler -\nlular -"),
    suffix_mark=True,
    demonym_endings=(
        *("", "ler", "lar", "lerin", "larin", "lere", "lara", "leri", "lari", "lerden", "lardan"),
        *("in", "un", "i", "u", "e", "a", "ca", "ce"),
    ),
    demonyms_capital=True,
    titles=word_set("""
    başkanı cumhurbaşkanı başbakan bakan bakanı bakanı general orgeneral albay sayın lideri
    sözcüsü vali valisi
    """),
    given_names=word_set("""
    ali hasan mehmet ahmet selim murat osman kemal deniz ege fatma ayşe emine hatice zeynep elif
    mustafa hüseyin ibrahim ismail halil süleyman yusuf recep tayyip abdullah devlet hulusi
    mevlüt cem can burak emre serkan onur volkan tolga hakan selin esra merve büşra gizem
    vladimir donald joe angela emmanuel beşar
    """),
)
