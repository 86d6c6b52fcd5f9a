"""French: elided articles and prepositions, and "du", "au" before names with an article."""

from __future__ import annotations

from geo_events.text.languages.language import Language, read_endings
from geo_events.text.lexicon import word_set

__all__ = ["FRENCH"]

FRENCH = Language(
    code="fr",
    name="French",
    script="LATIN",
    stop_words=word_set("""
    le la les de des du un une et à au aux en dans que qui ne pas pour sur par avec ce cette ces
    son sa ses est sont était étaient a ont été être avoir fait plus se il elle ils elles on
    nous vous je leur leurs mais ou où donc car si comme selon après avant depuis entre sans
    sous vers chez contre lors aussi même très bien tout toute tous toutes deux trois dont ainsi
    encore alors hier aujourd'hui demain matin soir jour jours an ans l'armée c'est d'un d'une
    qu'il qu'elle n'a n'est s'est y lui autre autres peu déjà jusqu'à afin notamment plusieurs
    or as but me
    """),
    letters=frozenset("èêçœ"),
    common=word_set("""
    la le les sud nord ouest centre tour son sur mon bon seul tête or but lien pire manger sol
    principe mari surprise centrale capitale unité mets lac bar canal sale mobile central
    conception monte mont plateau fier fédéral os sucre pré tir montagnes atlantique libre
    maritime solo lion mer saint sainte ville place pays monde paix union président ministre
    premier première général colonel ancien ancienne nouvelle nouveau grand grande rouge noir
    blanc vert bleu val bourg château port fort pont bois roche rivière fontaine martin michel
    vincent laurent clément pierre paul maurice dominique patrick lucas luc victor david george
    michael ben dole condé macron hollande sarkozy poutine trump biden assad bachar mars mai
    août avril juin moi toi ça une des dis ta alors ces cela celui elle région vin duc carrefour
    marchand observatoire pari bec sam homo man rio grenade défense intérieur justice économie
    santé éducation culture travail transports agriculture sécurité état nation république
    parlement assemblée sénat tribunal
    """),
    homographs=word_set("""
    est nancy tours nice angers lens vienne valence florence sens vire gap die orange manche
    """),
    firm=word_set("""
    à vers depuis
    """),
    locatives=word_set("""
    à en dans vers de depuis près d au aux du des sur jusqu'à ville capitale aéroport port base
    province région île côte large frontière chez fleuve rivière mont volcan lac détroit golfe
    cap vallée presqu'île village localité bourg commune
    """),
    generic=word_set("""
    mer golfe océan détroit lac île îles mont monts canal péninsule plateau désert bande mers
    cap république royaume province région fédération
    """),
    joining=word_set("et"),
    home=word_set("""
    FRA BEL CHE LUX MCO CAN DZA MAR TUN SEN CIV MLI BFA NER TCD CMR LBN GUF GLP MTQ REU MYT NCL PYF
    COM DJI HTI MDG COD COG GAB TGO BEN GIN RWA BDI
    """),
    elided=word_set("l d qu jusqu lorsqu puisqu s n j m c t presqu"),
    merged={"du": "le", "au": "le", "des": "les", "aux": "les"},
    adjectives=read_endings("ais -\naise -"),
    demonym_endings=("", "e", "s", "es", "ne", "nes", "que", "ques"),
    titles=word_set("""
    pape reine juge président présidente m mme monsieur madame général colonel ministre sénateur
    roi prince chancelier chancelière premier capitaine amiral docteur avions frégate sous-marin
    navire cargo paquebot patrouilleur fusée chalutier ferry pétrolier corvette croiseur
    """),
    given_names=word_set("""
    florence vincent martin laurent clément maurice sophie charlotte madeleine constance benoît
    bertrand brigitte bruno camille cécile chantal christophe claire claude corinne damien
    didier dominique élisabeth élodie emmanuel éric étienne fabien fabrice franck françois
    françoise frédéric gabriel gérard guillaume hélène henri hervé isabelle jacques jean jérôme
    joël julien laure léa loïc lucie manon marc marie marion mathieu maxime michel mireille
    nathalie nicolas noémie olivier pascal patrice patrick paul philippe pierre raphaël rémi
    romain sandrine sébastien serge solène stéphane sylvie théo thierry thomas véronique victor
    virginie xavier yann yves
    """),
)
