# Every word the site shows, in Hebrew.
# Dates and times arrive already worded ($date, $time, $when); numbers arrive as numbers.

## Frame: around every page

frame-title = { $title } – { $site }
frame-skip = דילוג אל הטקסט
frame-sections = מדורים
frame-search = חיפוש
frame-about = על { $site }
frame-feed = הזנת עדכונים (RSS)
frame-top = חזרה לראש הדף
frame-archive = ארכיון
frame-corrections = מה טעינו בו

## Cards: a story in a list

card-updated = עודכן
card-live = שידור חי
card-registered = לקוראים רשומים

## Front

front-live = שידור חי
front-newest = עוד חדשות
front-empty-title = הידיעות הראשונות נכתבות כעת
front-empty-text = עדיין לא פורסם כאן דבר. ההזנה תודיע כשיפורסם.

## Lists: section, topic, author, date, and paging

list-label-section = מדור
list-label-topic = נושא
list-label-author = מאת
list-label-date = ארכיון
list-empty = אין כאן ידיעות עדיין.
list-languages = שפות הכתיבה: { $languages }
list-feed = הזנת הדף הזה
feed-goes-on = להמשך הקריאה
feed-correction = { $label }: { $headline }
paging = דפים
paging-at = דף { $number } מתוך { $of }
paging-previous = חדשים יותר
paging-next = ישנים יותר

## Story

story-by = מאת
story-and = וגם
story-dateline = { $place }, { $date } –
story-dateline-place = { $place } –
story-published = פורסם { $when }
story-updated = עודכן { $when }
story-whats-new = מה חדש:
story-what-changed = מה השתנה
story-free = פתוח לכול: הידיעה נוגעת לשלום הציבור.
story-live = שידור חי
story-credit = צילום: { $credit }
story-taken = { $place }, { $date }
story-topics = נושאים
story-people = אנשים
story-places = מקומות
story-related = עוד בנושא
story-sources = על מה אנחנו נסמכים
story-footnotes = הערות
story-gate-link = לידיעה המלאה
story-gate-opened = הידיעה המלאה נפתחה.
story-gate-closed = המשך הידיעה סגור כרגע. במקומו כתוב מה אפשר לעשות.
story-gate-failed = המשך הידיעה לא הגיע. הקישור שלמטה פותח אותה בדף נפרד.
embed-show = להצגה כאן
embed-close = לסגירה
embed-note = הספק שלו ילמד אז את כתובת האינטרנט שלך.

## Wall: the story is closed until next month or until registration

wall-title = { $read ->
    [one] קראת החודש ידיעה אחת.
    [two] קראת החודש שתי ידיעות.
   *[other] קראת החודש { $read } ידיעות.
}
wall-reason = { $limit ->
    [one] ידיעה אחת בחודש פתוחה לכול, ומי שקורא יותר מתבקש להירשם.
    [two] שתי ידיעות בחודש פתוחות לכול, ומי שקורא יותר מתבקש להירשם.
   *[other] { $limit } ידיעות בחודש פתוחות לכול, ומי שקורא יותר מתבקש להירשם.
}
wall-register-text = ההרשמה אינה עולה כסף. אחריה אפשר להמשיך לקרוא כאן מיד.
wall-register = להרשמה ללא תשלום
wall-way-out = חזרה לשער
wall-sign-in-text = כבר נרשמת?
wall-sign-in = לכניסה
wall-opens = בלי הרשמה אפשר להמשיך לקרוא החל ב־{ $when }, כשהספירה מתחילה מחדש.
wall-not-open-reason = { $limit ->
    [one] ידיעה אחת בחודש פתוחה לכול. ההרשמה, שתפתח את השאר, עוד לא החלה.
    [two] שתי ידיעות בחודש פתוחות לכול. ההרשמה, שתפתח את השאר, עוד לא החלה.
   *[other] { $limit } ידיעות בחודש פתוחות לכול. ההרשמה, שתפתח את השאר, עוד לא החלה.
}
wall-come-back = הספירה מתחילה מחדש ב־{ $when }: אז תיפתח גם הידיעה הזאת.
wall-free-stories = למה שיש בשער
wall-again = מה שקראת החודש נשאר פתוח בפניך.
wall-title-for-registered = הידיעה הזאת מיועדת לקוראים רשומים.
wall-title-busy-network = ידיעות רבות נפתחו היום מהרשת שלך.
wall-title-unsure = לא הצלחנו לספור את הידיעה הזאת כרגע.
wall-reason-for-registered = המערכת שומרת אותה לקוראים שנרשמו. הפתיח והמקורות נשארים פתוחים לכולם.
wall-reason-busy-network = הדפדפן שלך לא הביא ספירה משלו, והמספר שרשת שלמה יכולה לפתוח בלעדיה נוצל להיום.
wall-reason-unsure = משהו נשבר אצלנו, וההמשך סגור עד שיתוקן. דבר לא נספר; אפשר לנסות שוב בעוד רגע.

## Nudge: from the third story on

nudge-title = { $read ->
    [one] זו הידיעה הראשונה שלך מתוך { $limit } הפתוחות החודש.
    [two] קראת החודש שתי ידיעות מתוך { $limit } הפתוחות.
   *[other] קראת החודש { $read } ידיעות מתוך { $limit } הפתוחות.
}
nudge-text = { $left ->
    [0] זו הייתה האחרונה לחודש זה. ההרשמה אינה עולה כסף ומאפשרת להמשיך לקרוא.
    [one] נותרה עוד אחת; ההרשמה אינה עולה כסף ומסירה את ההגבלה.
    [two] נותרו עוד שתיים; ההרשמה אינה עולה כסף ומסירה את ההגבלה.
   *[other] נותרו עוד { $left }; ההרשמה אינה עולה כסף ומסירה את ההגבלה.
}
nudge-text-not-open = { $left ->
    [0] זו הייתה האחרונה לחודש זה. מה שקראת נשאר פתוח בפניך.
    [one] נותרה עוד אחת; הספירה מתחילה מחדש בחודש הבא, ומה שקראת נשאר פתוח.
    [two] נותרו עוד שתיים; הספירה מתחילה מחדש בחודש הבא, ומה שקראת נשאר פתוח.
   *[other] נותרו עוד { $left }; הספירה מתחילה מחדש בחודש הבא, ומה שקראת נשאר פתוח.
}
nudge-register = להרשמה ללא תשלום
nudge-dismiss = לא עכשיו
nudge-close = סגירת ההודעה
nudge-label = על הידיעות הפתוחות שלך

## Loyal: thanks to a registered reader

loyal-title = { $read ->
    [one] קראת אצלנו החודש ידיעה אחת.
    [two] קראת אצלנו החודש שתי ידיעות.
   *[other] קראת אצלנו החודש { $read } ידיעות.
}
loyal-text = תודה: בזכות קוראים שחוזרים אנחנו יכולים לעשות את העבודה הזאת.
loyal-label = מילת תודה

## Notes and history: what was changed, and said so

history-title = מה השתנה
history-above = ראו את ההודעה למעלה
note-update = עדכון
note-refile = שינוי קטן
note-correction = תיקון
note-clarification = הבהרה
note-editors-note = הערת המערכת
note-hold = בהמתנה
note-withdrawal = הסרה
note-repeat = פורסם שוב
note-published = פורסם

## Withdrawn story

gone-label = הוסר
gone-title = הידיעה הזאת הוסרה
gone-was = כותרתה הייתה: „{ $headline }”
gone-when = הוסרה { $when }
gone-reason = מדוע
gone-history = מה אמרנו עליה קודם לכן
gone-substitute = במקומה אפשר לקרוא

## Running story and live page

running-label = סיפור מתמשך
running-live = שידור חי
running-summary = מה ידוע לנו
running-reviewed = נבדק לאחרונה { $time }
running-key-events = אירועים מרכזיים
running-entries = לפי סדר האירועים
running-pinned = נעוץ
running-key-event = אירוע מרכזי
running-by = מאת { $name }
running-lead = הידיעה הראשית
running-stories = ידיעות
running-empty = אין רשומות עדיין. הראשונה תופיע כאן.
running-state-watching = במעקב
running-state-breaking = מתרחש כעת
running-state-developing = מתפתח
running-state-winding-down = לקראת סיום
running-state-closed = נסגר
entry-reported = דווח
entry-confirmed = אושר
entry-disputed = בבדיקה
entry-corrected = תוקן
entry-withdrawn = הוסר

## Search

search-title = חיפוש
search-title-for = חיפוש: { $query }
search-label = מילים מן הכותרת
search-button = חיפוש
search-total = { $total ->
    [0] לא נמצא דבר עבור „{ $query }”.
    [one] נמצאה ידיעה אחת עבור „{ $query }”.
    [two] נמצאו שתי ידיעות עבור „{ $query }”.
   *[other] נמצאו { $total } ידיעות עבור „{ $query }”.
}
search-too-long = החיפוש מקבל עד { $limit } תווים, והפעם היו יותר. { $limit } הראשונים נשארו בתיבה: אפשר לקצר אותם לכמה מילים ולחפש שוב.
search-advice-title = מה אפשר לנסות
search-advice-fewer = פחות מילים, או רק שם.
search-advice-spelling = כתיב אחר, שכן שמות נכתבים ביותר מדרך אחת.
search-advice-date = חיפוש לפי יום האירוע.
search-suggestions = אולי אלה קרובים

## Archive

archive-title = ארכיון
archive-years = שנים וחודשים
archive-count = { $count ->
    [one] ידיעה אחת
    [two] שתי ידיעות
   *[other] { $count } ידיעות
}

## מאין התמונה

origin-title = מאין התמונה הזאת
origin-link = מאין התמונה הזאת
origin-stories = היא מופיעה כאן:
origin-vouched = נחתמה בידי { $name }. החתימה מתאימה לתמונה כפי שהגיעה אלינו, והחותם מופיע ברשימה שהמערכת סומכת עליה.
origin-fits = נחתמה בשם { $name }. החתימה מתאימה לתמונה כפי שהגיעה אלינו. איש מן המוכרים לנו אינו ערב לשם הזה.
origin-broken = החתימה אינה מתאימה לתמונה. התמונה שונתה אחרי שנחתמה, או שהרישום על מקורה אינו אמת; לכן איננו חוזרים על מה שכתוב בו.
origin-organisation = ארגון: { $name }
origin-signed-at = נחתמה { $when }
origin-made-with = נרשם בידי { $program }
origin-made-captured = נכתב בה שצולמה במצלמה.
origin-made-by-people = נכתב בה שאנשים ציירו או הרכיבו אותה בתוכנה.
origin-made-composite = נכתב בה שהורכבה מכמה תמונות, או שחלקים ממנה נוצרו במודל.
origin-made-by-model = נכתב בה שמודל יצר אותה.
origin-steps = מה נעשה בה, לפי הכתוב בה
origin-step-with = { $step }, בעזרת { $program }
origin-step-created = נוצרה
origin-step-opened = נפתחה
origin-step-edited = נערכה
origin-step-cropped = נחתכה
origin-step-resized = הוקטנה או הוגדלה
origin-step-colour = צבעיה שונו
origin-step-filtered = עברה מסנן
origin-step-drawn = ציירו עליה
origin-step-placed = שולבה בה תמונה אחרת
origin-step-removed = הוצא ממנה משהו
origin-step-turned = סובבה
origin-step-converted = נשמרה בתבנית אחרת
origin-step-published = פורסמה
origin-step-redacted = משהו הושחר ברישום
origin-step-other = משהו אחר ({ $name })
origin-ingredients = נעשתה מתוך
origin-ingredient-unnamed = תמונה ללא שם
origin-ingredient-broken = { $name } (החתימה שלה עצמה לא התאימה)
origin-how = תמונה יכולה לשאת רישום חתום של מקורה (C2PA). אנו בודקים את החתימה; אם הכתוב ברישום נכון, חתימה אינה יכולה לומר.

## Trust pages

trust-updated = שונה לאחרונה { $when }

## Corrections page

corrections-title = תיקונים
corrections-text = במה טעינו ומה נכון, ומה הסרנו, מן החדש אל הישן. כל הערה מופיעה גם בידיעה עצמה.
corrections-empty = אין תיקונים עד כה.
corrections-story = בידיעה:
corrections-withdrawn = הוסרה:

## Problem pages

problem-number = אם תכתבו לנו על כך, ציינו את המספר { $number }.
problem-front = לשער
problem-newest = הידיעות החדשות ביותר
problem-status = מצב { $status }
problem-bad-request-title = לא הצלחנו לקרוא את הכתובת
problem-bad-request-text = משהו בכתובת או בטופס לא היה כצפוי. דבר לא השתנה.
problem-forbidden-title = הדף הזה אינו פתוח בפניך
problem-forbidden-text = הדף קיים, אך נדרשת הרשאה שאין לביקור הזה. ייתכן שכניסה לחשבון תעזור.
problem-not-found-title = אין כאן דף
problem-not-found-text = אולי נפלה טעות בכתובת, ואולי הדף עבר לפני שהתחלנו לרשום זאת. החיפוש מכיר כל ידיעה שפורסמה.
problem-method-title = אי אפשר לעשות זאת כאן
problem-method-text = הדף קיים, אך לא לבקשה מסוג זה. דבר לא השתנה.
problem-too-large-title = זה היה גדול מדי
problem-too-large-text = מה שנשלח גדול ממה שהדף מקבל. דבר לא נשמר.
problem-too-many-title = יותר מדי בקשות
problem-too-many-text = הגיעו בקשות רבות מן הרשת שלך בזמן קצר. כדאי להמתין דקה ולנסות שוב; דבר לא אבד.
problem-fault-title = משהו התקלקל אצלנו
problem-fault-text = התקלה נרשמה. דבר ממה ששלחת לא השתנה; אפשר לנסות שוב בעוד רגע.
problem-unavailable-title = אנחנו עוד לא מוכנים
problem-unavailable-text = האתר עולה או נח לרגע. אפשר לנסות שוב בקרוב.
