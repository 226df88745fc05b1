# Days and times in English. The parts arrive as words and figures of the newsroom's zone.

date-day = { $day } { $month } { $year }
date-time = { $day } { $month } { $year }, { $time }
date-time-only = { $time }
date-day-of-year = { $day } { $month }
date-month = { $month } { $year }

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
