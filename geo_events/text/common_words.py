"""Everyday words that are also the names of towns, for the filter of spans."""

from __future__ import annotations

from geo_events.text.lexicon import word_set

__all__ = ["COMMON_WORDS"]

COMMON_WORDS = word_set("""
agency alliance amazon anchor angel apple april arena army art asia august aurora avenue ball band
bank bar base bass bath battle bay beach bear bell best better big bill bishop black blue board
boat bond book boss box boys branch bridge bright brown buffalo bull bureau bush business can
candidate cape capital captain car care carbon case cash castle cat cause cedar center central
century chance change chase chief child children china choice church circle city class clay clear
clinic club coach coast cold college colony columbia comfort commerce commission common company
concord congress constitution cook corner council country county court cove creek cross crown cup
dale day deal dean deep deer delta democrat department desert diamond director district division
doctor dollar dome dragon drake drama dream drive dry duke early earth east economy editor
education electric elk energy enterprise equality eureka evening everest executive express eye
fair faith fall family farm father federal field fire first fish five flag flat fleet flint flower
force ford forest fort fortune forward foundation fountain fox free freedom friend friends
friendship front frost fund future game garden gate gay general gene gentry girls glass globe goal
god gold golden good governor grace grand grant gray great green grey ground group grove guard
guide guy hall happy harbor harmony hart hawk head health heart heaven help herald heritage high
hill home honor hope horn horse hospital host hotel house hunt hunter ice imperial independence
institute iron island jet job journal judge justice key king kings lady lake lamb lance lane law
lead league leader legal liberal liberty library life light lime lion little lodge lone long
looking lord lost love low loyal mail main major male man march mark market marriage mars martin
mass master may mayor media medical men mercury mine minister mission mobile model moment money
moon moral more morning most mother motion mount mountain museum music nation national nature navy
new news nice night nine noble normal north oak ocean office officer official oil old olive one
open orange orchard order oval page paint palace palm paper paradise park parker parks part
parties party pass past patriot peace peak pearl pen people person pilot pine pink pioneer plain
plan plant plaza pleasant point police poor pope port post power prairie premier president press
price pride prince princess professor progress prospect protection public queen quick rain ranch
range ray reading red reform reform region regular relief report republic republican reserve
review rice rich ridge right river road rock rocket rose round route royal rule rural sad safe
sage saint sale salem salt sand santa saturday school science sea search secretary senate senator
senior service seven shade sharp shell shepherd short show sierra silver sister six sky small
smart snow social society soldier son south spa speaker speed spirit sport spring square staff
standard star start state station steel stone store storm story street strong summer summit sun
sunday superior supreme sure swan table tank target tax teacher teams temple ten thunder tiger
time times today tombstone top tower town trade tree tribune trinity trust truth turkey twin two
union united unity university valley van venus vice victor victory view village violet virtue
vision wall war ward water way weather web welcome west white wild wilderness will wind winner
winter wolf woman women wood woods work world yellow york young youth zion see say says said show
call read about photo video top back next sept english latin christian jewish muslim islamic arab
arabs islam internet facebook google twitter microsoft nato opec unicef fbi cia nasa cnn bbc
""")
