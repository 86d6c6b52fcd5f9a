"""Spanish: "del" and "al" before names with an article, names of everyday words."""

from __future__ import annotations

from geo_events.text.languages.language import Language
from geo_events.text.lexicon import word_set

__all__ = ["SPANISH"]

SPANISH = Language(
    code="es",
    name="Spanish",
    script="LATIN",
    stop_words=word_set("""
    el la los las de del y a al en un una unos unas que se no por con para su sus es son era fue
    fueron ser ha han había como más pero lo le les o u este esta estos estas ese esa entre
    sobre sin hasta desde hacia según tras durante contra también muy ya cuando donde quien
    porque si todo todos toda todas dos tres otro otra otros otras mientras ayer hoy mañana años
    año días día dijo informó aseguró afirmó así aunque ni nos me te mi tu él ella ellos cada
    varios varias parte antes después luego además aún solo sólo está están ante bajo cerca he
    as come
    """),
    letters=frozenset("ñ"),
    common=word_set("""
    la el los las sol mar río sur norte este oeste centro paz luz reunión región capital unión
    corona santo santa nueva nuevo plaza villa campo punta puerto sierra valle salvador reina
    rey cruz torre torres flores rosas palmas oliva salas mesa sala marca gana gente mano manos
    pueblo banda tema toma playa metro minas plano linda columna moreno guerrero soledad bello
    amarillo dolores esperanza carmen isabel teresa garcía rodríguez hernández ortega herrera
    ramírez vargas morales castro chávez maduro sánchez rajoy putin trump biden obama asad bush
    david victor jorge george daniel ángel ángeles maría josé juan pablo pedro andrés martín
    marcos ejército gobierno presidente ministro general coronel fuerzas misiles aviones ataque
    bomba base domingo lunes martes miércoles jueves viernes sábado enero marzo mayo abril junio
    julio agosto sale anda ama caza salí vine damas bella canal man sam coro milagro sano sana
    taza romana colina maldonado gutiérrez juárez hidalgo defensa interior exteriores hacienda
    justicia economía salud educación cultura trabajo transporte agricultura seguridad estado
    nación república parlamento congreso senado tribunal
    """),
    homographs=word_set("""
    rosario mendoza victoria concepción mercedes resistencia granada santos florida libertad
    colón puebla salto
    """),
    firm=word_set("""
    en desde hacia
    """),
    locatives=word_set("""
    en de desde hacia a hasta cerca por entre sobre ciudad capital provincia región isla
    aeropuerto puerto base estado localidad costa frontera del al río volcán monte lago estrecho
    golfo cabo valle municipio pueblo aldea
    """),
    generic=word_set("""
    mar golfo océano estrecho lago isla islas canal península franja bahía cabo río república
    reino meseta altos provincia región federación
    """),
    joining=word_set("y e"),
    home=word_set("""
    ESP MEX ARG CHL PER COL VEN ECU BOL URY PRY CUB DOM GTM HND SLV NIC CRI PAN PRI MAR GNQ
    """),
    merged={"del": "el", "al": "el"},
    country_first=True,
    club_articles=word_set("el al del"),
    demonym_endings=("", "o", "a", "os", "as", "e", "es", "s"),
    titles=word_set("""
    presidente presidenta general coronel ministro ministra señor señora don doña capitán
    almirante rey reina papa canciller senador doctor fragata submarino petrolero pesquero
    portaaviones destructor corbeta ferri cohete
    """),
    given_names=word_set("""
    ana andrea antonio beatriz carlos carmen carolina cecilia claudia cristina daniel david
    diego eduardo elena emilio enrique ernesto esteban eva federico felipe fernando florencia
    francisco gabriel gabriela gonzalo guillermo gustavo héctor hugo ignacio inés isabel iván
    javier jesús joaquín jorge josé juan julio laura leopoldo lucía luis manuel marcelo maría
    mariano mario marta martín mateo mauricio miguel mónica natalia nicolás óscar pablo patricia
    paula pedro pilar rafael ramón raúl ricardo roberto rodrigo rosa rubén salvador santiago
    sara sebastián sergio silvia sofía susana teresa tomás valentina vicente víctor
    """),
)
