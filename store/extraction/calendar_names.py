"""The names of months and weekdays in the languages of reports, and the words for near days."""

from collections.abc import Iterator, Mapping

_MONTHS = """
january jan janvier janv enero ene januar gennaio gen janeiro января январь січня ocak يناير كانون_الثاني كانون_ثاني كانون_الثّاني
february feb février fevrier févr febrero februar febbraio fevereiro февраля февраль лютого şubat فبراير شباط
march mar mars marzo märz maerz março марта март березня mart مارس آذار اذار
april apr avril avr abril abr aprile апреля апрель квітня nisan أبريل ابريل إبريل نيسان
may mai mayo maggio maio мая май травня mayıs مايو أيار ايار أيّار
june jun juin junio juni giugno junho июня июнь червня haziran يونيو يونيه حزيران
july jul juillet juil julio juli luglio julho июля июль липня temmuz يوليو يوليه تموز تمّوز
august aug août aout agosto ago августа август серпня ağustos أغسطس اغسطس آب
september sep sept septembre septiembre settembre setembro сентября сентябрь вересня eylül سبتمبر أيلول ايلول
october oct octobre octubre oktober okt ottobre outubro октября октябрь жовтня ekim أكتوبر اكتوبر تشرين_الأول تشرين_الاول تشرين_أول تشرين_الأوّل
november nov novembre noviembre novembro ноября ноябрь листопада kasım نوفمبر تشرين_الثاني تشرين_ثاني تشرين_الثّاني
december dec décembre decembre déc diciembre dic dezember dez dicembre dezembro декабря декабрь грудня aralık ديسمبر كانون_الأول كانون_الاول كانون_أول كانون_الأوّل
"""  # noqa: E501 - a line a month
_WEEKDAYS = """
monday lundi lunes montag lunedì понедельник понедельника понеділок pazartesi الاثنين الإثنين
tuesday mardi martes dienstag martedì вторник вторника вівторок salı الثلاثاء
wednesday mercredi miércoles miercoles mittwoch mercoledì среда среду çarşamba الأربعاء الاربعاء
thursday jeudi jueves donnerstag giovedì четверг четверга четвер perşembe الخميس
friday vendredi viernes freitag venerdì пятница пятницу пятницы п'ятницю cuma الجمعة
saturday samedi sábado sabado samstag sonnabend sabato суббота субботу суботу cumartesi السبت
sunday dimanche domingo sonntag domenica воскресенье воскресенья неділю pazar الأحد الاحد
"""
_SHORT_WEEKDAYS = """
mon
tue tues
wed
thu thur thurs
fri
sat
sun
"""


def _numbered(lines: str, first: int) -> Iterator[tuple[str, int]]:
    for number, line in enumerate(lines.strip().splitlines(), first):
        for name in line.split():
            yield name.replace("_", " "), number


MONTHS: Mapping[str, int] = dict(_numbered(_MONTHS, 1))
"""The number of each month, 1 to 12, by its names in small letters."""

WEEKDAYS: Mapping[str, int] = dict(_numbered(_WEEKDAYS, 0))
"""The number of each weekday, Monday 0, by its names in small letters."""


SHORT_WEEKDAYS: Mapping[str, int] = dict(_numbered(_SHORT_WEEKDAYS, 0))
"""The number of each weekday by its abbreviations, which count only beside a date."""

ALSO_WORDS = frozenset(("may", "march", "mar", "mart", "mars", "gen", "ago", "dic", "mai", "jan"))
"""Names of months that are words or names as well: in Latin letters they need a capital."""

NEAR_DAYS: Mapping[str, tuple[int, int]] = {
    **dict.fromkeys(
        ("today", "tonight", "this morning", "this afternoon", "this evening", "aujourd'hui"),
        (0, 0),
    ),
    **dict.fromkeys(("heute", "сегодня", "сьогодні", "اليوم", "bugün", "earlier today"), (0, 0)),
    **dict.fromkeys(("yesterday", "hier", "gestern", "ayer", "ieri", "ontem"), (-1, -1)),
    **dict.fromkeys(("вчера", "вчора", "أمس", "امس", "dün"), (-1, -1)),
    **dict.fromkeys(
        ("the day before yesterday", "avant-hier", "vorgestern", "anteayer", "позавчера"), (-2, -2)
    ),
    **dict.fromkeys(("last night", "overnight"), (-1, 0)),
    **dict.fromkeys(("tomorrow", "demain", "morgen früh", "завтра", "غدا"), (1, 1)),
}
"""The first and the last day of each expression, counted from the publication."""
