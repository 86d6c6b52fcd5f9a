"""Given names that mark the next capitalised word as somebody's surname."""

from __future__ import annotations

from geo_events.text.lexicon import word_set

__all__ = ["GIVEN_NAMES", "GIVEN_OR_PLACE"]

GIVEN_NAMES = word_set("""
aaron abdul abdullah abigail abraham adam adrian ahmad ahmed aidan alan albert alberto alejandro
aleksandr alex alexander alexandra alexei alexey alexis alfred ali alice alicia allison amanda
amber amir amy ana anatoly andre andrea andrei andrew andrey angel angela anita ann anna anne
annie anthony antonio arnold arthur ashley ashton barack barbara barry bashar becky ben benjamin
bernard bernie beth betty beverly bill billy binyamin benjamin bob bobby boris brad bradley
brandon brenda brent brett brian bruce bryan caitlin cameron carl carla carlos carol caroline
catherine cathy charles charlie cheryl chris christian christina christine christopher chuck cindy
claire clarence claude colin connie craig cristina curtis cynthia dale dan daniel danielle danny
darren dave david dean deborah debra dennis derek diana diane diego dmitri dmitry dominic don
donald donna doris dorothy doug douglas duane dylan ed eddie edgar edith edward edwin eileen
elaine elena eli elizabeth ellen emily emma emmanuel eric erica erin ernest ethan eugene eva evan
evelyn fatima felipe fernando frances francis francisco francois frank franklin fred frederick
gary gavin gene george gerald gerhard glenn gloria gordon grace graham greg gregory guy hannah
hans harold harry hassan heather hector heidi helen henry herbert hillary holly howard hugh hugo
hussein ian ibrahim igor ilya irene isaac isabel ivan jack jackie jacob jacques jake james jamie
jan jane janet janice jared jason javier jay jean jeff jeffrey jennifer jenny jeremy jerome jerry
jesse jessica jessie jill jim jimmy joan joanna joanne joe joel johan johann john johnny jon
jonathan jorge jose joseph josh joshua juan juanita judith judy julia julian julie justin karen
karl kate katherine kathleen kathryn kathy katie keith kelly ken kenneth kevin khalid kim kimberly
kirk kofi konstantin kristen kristin kurt kyle larry laura lauren laurence laurie lawrence lee leo
leon leonard leonid leroy leslie linda lindsay lisa lloyd logan lois lori louis louise lucas lucy
luis luke lynn mahmoud manuel marc marcel marco marcus margaret maria marie marilyn mario marion
marjorie mark marsha martha martin marvin mary matt matthew maureen maurice max megan mehmet
melanie melissa michael michel michele michelle miguel mikhail mike mildred mitch mohamed mohammad
mohammed molly monica morgan moshe muhammad mustafa nancy natalie nathan nathaniel neil nicholas
nick nicolas nicole nikita nikolai nina norman oleg olga oliver omar oscar osama pablo pam pamela
patricia patrick paul paula pavel pedro peggy peter phil philip phillip pierre rachel ralph ramon
randall randy raul ray raymond rebecca recep ricardo richard rick ricky rita rob robert roberta
roberto robin rodney roger roland ron ronald rosa rose ross roy russell ruth ryan sally sam
samantha samuel sandra sara sarah saddam scott sean sebastian sergei sergey seth shane shannon
sharon shaun shawn sheila shinzo shirley silvio simon sonia sophie stacy stanley stephanie stephen
steve steven stuart sue susan suzanne sylvia tammy tara ted teresa terry thelma theresa thomas
tiffany tim timothy tina todd tom tommy tony tracy travis tyler valentina valerie vernon veronica
vicki victor vincent vladimir walter warren wendy wesley william willie yasser yuri yves zachary
angela nguyen hosni hamid pervez benazir nelson ariel ehud tzipi vitaly dmytro volodymyr oleksandr
ihor viktor serhiy kenji hiroshi takeshi yoshihide fumio jong jung hyun lebron kobe tiger serena
venus rafael novak
""")
GIVEN_OR_PLACE = word_set(
    "austin carolina charlotte chelsea chester dakota dallas darwin devon florence georgia "
    "houston israel jackson jordan kent lincoln london lorraine madison milan montana nelson "
    "paris phoenix raleigh regina savannah sydney troy victoria virginia washington clinton "
    "carson clayton clifton preston sterling trent vernon verona vienna wayne wesley winston "
    "brooklyn kingston orlando santiago salvador sofia valencia asia india china america cuba "
    "ireland francisco diego"
)
