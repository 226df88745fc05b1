# Days and times in Hebrew. The parts arrive as words and figures of the newsroom's zone.

date-day = { $day } ב{ $month } { $year }
date-time = { $day } ב{ $month } { $year }, { $time }
date-time-only = { $time }
date-day-of-year = { $day } ב{ $month }
date-month = { $month } { $year }

month-1 = ינואר
month-2 = פברואר
month-3 = מרץ
month-4 = אפריל
month-5 = מאי
month-6 = יוני
month-7 = יולי
month-8 = אוגוסט
month-9 = ספטמבר
month-10 = אוקטובר
month-11 = נובמבר
month-12 = דצמבר
