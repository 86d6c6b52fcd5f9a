"""Names of clubs, companies and papers that hold the name of a place and are none."""

from __future__ import annotations

from geo_events.atlas.fold import fold

__all__ = ["OTHER_THINGS"]

OTHER_THINGS = frozenset(
    fold(name)
    for name in (
        *("Air France", "Air Algérie", "Radio France", "France Inter", "France Info", "France 24"),
        *("Agence France", "France Presse", "France Télévisions", "Stade de France", "Air Canada"),
        *("Borussia Dortmund", "Bayern München", "Real Madrid", "Atlético Madrid", "FC Barcelona"),
        *(
            "Paris Saint-Germain",
            "Manchester United",
            "Manchester City",
            "Inter Mailand",
            "River Plate",
        ),
        *("Bosch Siemens", "Air China", "Air India", "New York Times", "Washington Post"),
        *("القدس العربي", "باريس سان جيرمان", "ريال مدريد", "أتلتيكو مدريد", "مانشستر يونايتد"),
        *("رئال مادرید", "اتلتیکو مادرید", "پاری سن ژرمن", "منچستر یونایتد", "نیویورک تایمز"),
        *("Эр Франс", "Реал Мадрид", "Атлетико Мадрид", "Динамо Москва", "Динамо Киев"),
        *("Нью-Йорк таймс", "Вашингтон пост", "Манчестер Юнайтед", "Манчестер Сити"),
    )
)
