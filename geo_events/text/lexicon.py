"""Closed lists of English words that the rules look at.

Each list is a set of lower-case words. To teach the rules a new weapon, aircraft, facility or
title, add it here; nothing else has to change.
"""

from __future__ import annotations

__all__ = [
    "AIRCRAFT",
    "AUXILIARIES",
    "CUTS",
    "DETERMINERS",
    "DRONES",
    "FACILITIES",
    "FUNCTION_WORDS",
    "GOVERNMENT",
    "MEDIA",
    "NEGATIONS",
    "PLATFORMS",
    "PREPOSITIONS",
    "PROJECTILES",
    "PRONOUNS",
    "RANKS",
    "SEATS",
    "SOURCES",
    "TARGETS",
    "VESSELS",
    "word_set",
]


def word_set(text: str) -> frozenset[str]:
    """Split a list of words, for tables that are read and edited as text.

    Parameters
    ----------
    text : str
        Words with white space between.

    Returns
    -------
    frozenset of str
        The words.

    Examples
    --------
    >>> sorted(word_set("sea lake"))
    ['lake', 'sea']
    """
    return frozenset(text.split())


PROJECTILES = word_set("""
missile missiles rocket rockets projectile projectiles shell shells warhead warheads torpedo
torpedoes mortar mortars bomb bombs munition munitions icbm icbms irbm irbms slbm slbms srbm srbms
mrbm mrbms scud scuds kalibr kalibrs tomahawk tomahawks iskander iskanders hwasong katyusha
katyushas grad qassam qassams satellite satellites spacecraft interceptor interceptors debris
salvo salvos barrage barrages volley volleys weapon weapons atacms himars kinzhal kinzhals zircon
taepodong nodong musudan rodong fateh shahab burkan zolfaghar slv fragments wreckage booster
boosters
""")
AIRCRAFT = word_set(
    "aircraft aircrafts airplane airplanes aeroplane aeroplanes plane planes jet jets jetliner "
    "jetliners airliner airliners warplane warplanes fighter fighters bomber bombers helicopter "
    "helicopters chopper choppers drone drones uav uavs ucav ucavs gunship gunships airbus "
    "boeing boeings airbuses ilyushins antonovs tupolevs cessna learjet turboprop seaplane "
    "seaplanes balloon balloons airship glider gliders "
    "awacs shahed shaheds quadcopter quadcopters interceptor interceptors mig migs sukhoi "
    "tupolev antonov ilyushin su tu il an f b mi ah mq rq airlifter globemaster hercules c"
)
DRONES = word_set("drone drones uav uavs ucav ucavs shahed shaheds quadcopter quadcopters")
VESSELS = word_set(
    "ship ships warship warships vessel vessels submarine submarines sub subs frigate frigates "
    "destroyer destroyers cruiser cruisers corvette corvettes boat boats carrier carriers "
    "flotilla fleet convoy tanker tankers freighter ferry ferries trawler trawlers yacht barge "
    "barges gunboat gunboats gunboat icebreaker minesweeper battleship battleships patrol "
    "dinghy dinghies raft rafts"
)
PLATFORMS = VESSELS | word_set(
    "launcher launchers battery batteries silo silos launchpad pad platform platforms truck "
    "trucks train bomber bombers aircraft jets jet plane planes warplanes warplane fighters "
    "fighter drone drones helicopter helicopters lorry unit units brigade positions"
)
FACILITIES = word_set("""
airfield airfields airport airports airbase airbases base bases aerodrome airstrip airstrips
runway runways heliport port ports harbour harbor harbours harbors seaport dock docks shipyard
territory soil airspace waters coast coastline shore shores shoreline land mainland island islands
peninsula region province city cities town towns village villages district capital desert
mountains border frontier side outpost garrison barracks camp camps refinery facility facilities
site sites range cosmodrome spaceport spaceportal launchpad depot bunker stronghold strongholds
enclave exclave neighbourhood neighborhood suburb suburbs outskirts countryside area areas zone
field fields station hospital embassy consulate compound prison airspaces skies
""")
TARGETS = word_set("""
target targets position positions stronghold strongholds facility facilities infrastructure base
bases site sites installation installations militants terrorists rebels insurgents fighters forces
troops camp camps headquarters depot depots convoy convoys hideout hideouts bunker bunkers
compound compounds objects objectives factory factories refinery refineries plant plants airfield
airfields airbase airbases airport airports port ports hospital hospitals school schools building
buildings city cities town towns village villages area areas civilians warehouse warehouses
capital bridge bridges power grid arsenal militia militias group groups enemy
""")
MEDIA = word_set(
    "cnn bbc reuters afp ap tass interfax itar ria novosti sputnik xinhua presstv presstvs "
    "yonhap kyodo fars irna isna mehr tasnim sana anadolu bloomberg guardian telegraph times "
    "post journal al aljazeera jazeera arabiya nbc abc cbs fox npr pbs rt dpa ansa efe kcna nhk "
    "haaretz spiegel newspaper newspapers network networks channel channels television tv radio "
    "agency agencies website websites media outlet outlets broadcaster broadcasters magazine "
    "daily tabloid press blog site interfax ukrinform belta"
)
SOURCES = (
    word_set("""
official officials spokesman spokeswoman spokesperson spokespersons spokesmen minister ministers
ministry ministries president premier general generals commander commanders admiral colonel major
captain lieutenant secretary secretaries authorities authority government governments military
army navy police witness witnesses resident residents source sources diplomat diplomats analyst
analysts expert experts activist activists observatory monitor monitors monitoring group groups
rebels militants chief chiefs officer officers governor mayor ambassador envoy administration
agency intelligence department command headquarters staff parliament lawmaker lawmakers senator
leader leaders coalition investigators investigator inspectors regulators controllers crew pilot
pilots pentagon kremlin nato statement report reports media broadcaster team operator airline
union council company office service services bureau party
""")
    | MEDIA
)
GOVERNMENT = word_set(
    "government governments regime administration authorities officials official troops forces "
    "military army navy command policy ministry minister leadership spokesman spokeswoman "
    "diplomats diplomat embassy"
)
RANKS = word_set("""
mr mrs ms miss dr sir dame lord lady madam president vice premier chancellor senator sen rep
congressman congresswoman gov governor judge justice king queen prince princess pope general gen
captain capt colonel col commander cmdr admiral adm lieutenant lt sgt sergeant major maj brigadier
brig marshal corporal cpl private detective officer coach professor prof ambassador chairman
chairwoman spokesman spokeswoman spokesperson director secretary mayor sheriff councilman
councilwoman pastor rev reverend father bishop archbishop cardinal rabbi imam sheikh ayatollah
deputy minister analyst author actor actress singer attorney lawyer principal superintendent
quarterback pitcher striker goalkeeper defender midfielder manager owner founder ceo
""")
SEATS = word_set("""
said says say announced denied denies insisted insists warned warns claims claimed wants wanted
began begins started
starts decided decides agreed agrees accused accuses hopes hoped believes believed refused
refuses rejects rejected argues argued maintains maintained confirmed confirms considers
considered vowed vows pledged pledges threatens threatened condemned condemns demanded demands
called calls urged urges responded responds retaliated signed signs backs backed supports
supported sent sends launched dispatched deployed intends plans sees views continues told tells
asserts asserted
""")
PREPOSITIONS = word_set(
    "in on at from to into onto toward towards against near over off of inside within across "
    "around above outside via through between among along by for with under beyond past behind "
    "beneath aboard upon throughout amid about without during until despite"
)
DETERMINERS = word_set(
    "the a an this that these those its their his her our your my some any all both each every "
    "another several many few no other such"
)
PRONOUNS = word_set(
    "he she it they we you i him them us me who whom whose himself itself themselves someone "
    "anyone everyone nobody somebody one"
)
CUTS = word_set(
    "that who which whom whose while when whenever as because if but although though where "
    "whereas since until unless before after once so than whether what why how saying adding "
    "citing according"
)
AUXILIARIES = word_set(
    "is are was were be been being am has have had having do does did will would can could may "
    "might must shall should"
)
NEGATIONS = word_set(
    "not no never none neither nor cannot without didn't doesn't don't wasn't weren't hasn't "
    "haven't hadn't isn't aren't won't wouldn't couldn't can't didn’t doesn’t don’t wasn’t "
    "weren’t hasn’t haven’t hadn’t isn’t aren’t won’t wouldn’t couldn’t can’t"
)
FUNCTION_WORDS = (
    PREPOSITIONS
    | DETERMINERS
    | PRONOUNS
    | CUTS
    | AUXILIARIES
    | NEGATIONS
    | word_set("and or yet nor then there here also only just even still again too very more most")
)
