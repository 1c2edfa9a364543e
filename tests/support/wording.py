"""What no text may say, as patterns in each language: the list of the clinical digest, and its kin.

Each pattern stands with sentences that it must catch. Patterns are written plainly: small letters,
no accents, no vowel signs, one form of alef (see :func:`plain`). A refusal that uses the same words
is allowed where people need it: "not over a rub" is advice.
"""

from __future__ import annotations

import re
import unicodedata

Pattern = tuple[str, tuple[str, ...]]

ENGLISH: dict[str, Pattern] = {
    "you are fine": (
        r"\byou(?:'re| are) (?:fine|ok|okay|healthy)\b",
        ("You are fine.", "You're OK."),
    ),
    "nothing serious": (
        r"nothing (?:serious|dangerous|to worry|wrong|is wrong)|harmless",
        ("It is nothing serious.", "Nothing is wrong with you.", "This is harmless."),
    ),
    "do not worry": (
        r"(?:do not|don't|no need to) worry",
        ("Do not worry.", "There is no need to worry."),
    ),
    "safe": (r"\bsafe(?:ly|r|st)?\b", ("This is safe.", "You can safely walk.")),
    "proven": (r"\bproven?\b|\bproves\b", ("Heat is proven to work.", "A study proves it.")),
    "cures": (r"\bcure[sd]?\b", ("Walking cures it.", "You will be cured.")),
    "a promise": (
        r"guarantee|certainly|definitely|100 ?%|\bwill (?:heal|recover|be gone)\b",
        ("It will be gone in a week.", "This is 100% right.", "We guarantee it."),
    ),
    "a diagnosis": (
        r"\byou have an? (?:slipped|strain|sprain|stenosis|sciatica|hernia)",
        ("You have a sprain.",),
    ),
    "a slipped disc": (
        (
            r"slipped dis[ck]|bulging dis[ck]|\bherniat|dis[ck] hernia"
            r"|hernia (?:of|in) (?:a|the) dis[ck]|(?:trapped|pinched) nerve"
        ),
        ("It is a slipped disc.", "A trapped nerve hurts.", "A herniated disc.", "A disc hernia."),
    ),
    "out of place": (
        r"\b(?:back|neck|spine|disc|it) is out\b|out of place|(?<!a little )out of line",
        ("Your back is out.", "A bone is out of place.", "It is out of line."),
    ),
    "wear and tear": (
        r"wear and tear|\bworn\b|degenerat|crumbl|\bdamaged?\b",
        ("It is wear and tear.", "Your spine is damaged."),
    ),
    "a scan is needed": (
        r"\byou need an? (?:scan|x-ray)\b|\bmri\b",
        ("You need a scan.", "Ask for an MRI."),
    ),
    "a clear scan": (r"\b(?:clear|normal) scan\b", ("A clear scan rules it out.",)),
    "a medicine to take": (
        r"\btake [a-z ]*(?:ibuprofen|paracetamol|naproxen|aspirin|painkill)",
        ("Take some ibuprofen.",),
    ),
    "a dose": (r"\d ?(?:mg|milligrams?|ml|tablets|pills)\b", ("400 mg", "Take 2 tablets.")),
    "a medicine to stop": (
        r"\b(?:stop|swap|replace) [a-z ]*(?:medicine|tablet|pill|painkiller)",
        ("Stop your medicine.", "Swap the painkiller for warmth."),
    ),
    "leftover medicine": (r"\bleft-?over", ("Use leftover tablets.",)),
    "fish oil": (
        (
            r"fish oil[^.]* (?:does|works?|helps?|eases?|instead|replaces?)\b|omega"
            r"|\b(?:try|take|use) (?:some )?fish oil"
        ),
        ("Fish oil does the same.", "Try fish oil.", "Fish oil works instead."),
    ),
    "medicine to mask pain": (
        r"(?:painkillers?|medicine) (?:before|so that you can) (?:ex|tr)",
        ("Use painkillers before exercise.",),
    ),
    "relaxants": (
        (
            r"relaxant|diazepam|\b(?:ask for|take|try|use) (?:some |a |an |your )?"
            r"(?:strong painkiller|opioid|codeine|co-codamol|tramadol|morphine|oxycodone"
            r"|fentanyl|buprenorphine)"
        ),
        ("Ask for a muscle relaxant.", "Try codeine.", "Take some tramadol."),
    ),
    "heat over a rub": (
        r"\b(?:heat|warmth|pack)\b[^.]* over (?:a|the|your) (?:rub|balm|cream|gel|patch)",
        ("Put the warm pack over a rub.",),
    ),
    "the adult plan for others": (
        r"\b(?:children|pregnant|under 18)\b[^.]*\b(?:can|may) (?:also )?(?:follow|do|use)\b",
        ("Children can follow this plan too.", "If you are pregnant you may do this."),
    ),
}

SPANISH: dict[str, Pattern] = {
    "you are fine": (
        (
            r"\b(?:usted|ya|tu espalda|su espalda|todo) (?:esta|va) (?:bien|perfect|sano|sana)"
            r"|\bse encuentra bien\b|\besta (?:sano|sana|usted bien)\b|\bno (?:le|te) pasa nada\b"
        ),
        ("Usted está bien.", "Está sana.", "Todo va bien.", "No le pasa nada."),
    ),
    "nothing serious": (
        (
            r"\bnada (?:grave|serio|malo|peligroso|importante|de (?:que|lo que) preocuparse)\b"
            r"|\bno (?:es|hay|tiene|parece)(?: nada| algo)? (?:grave|serio|peligros[oa])\b"
            r"|\binofensiv|\binocu[oa]|\bbenign[oa]"
        ),
        ("No es nada grave.", "No es grave.", "Este dolor es inofensivo.", "Es algo benigno."),
    ),
    "do not worry": (
        (
            r"\bno (?:se|te|os) preocup|\bno (?:hay|tienes?)(?: por)? que preocup|\bsin preocup"
            r"|\b(?:quede(?:se)?|este|estate) tranquil|\btranquilice"
        ),
        ("No se preocupe.", "No hay que preocuparse.", "Esté tranquila.", "Tranquilícese."),
    ),
    "safe": (
        (
            r"(?<!no esta )(?<!no estoy )\bsegur[oa]s?\b|\bseguramente\b|\bsin (?:ningun )?"
            r"(?:riesgo|peligro)s?\b(?! de)|\ba salvo\b"
        ),
        ("Es seguro caminar.", "Son posturas seguras.", "Puede hacerlo sin riesgo."),
    ),
    "proven": (
        (
            r"\bprobad[oa]s?\b|\bcomprobad[oa] que\b|\bdemostrad[oa]s?\b|\bdemuestran?\b"
            r"|\bprueban? que\b|\bcientificamente\b"
        ),
        ("Es un método probado.", "Está demostrado.", "Los estudios prueban que ayuda."),
    ),
    "cures": (
        r"\bcur(?:a|an|ar|ara|aran|arse|ado|ada|ados|adas|e|en)\b|\bsanar(?:a|an|se)?\b",
        ("El calor cura.", "Se va a curar.", "Quedará curado.", "Su espalda sanará."),
    ),
    "a promise": (
        (
            r"\bgarantiz|\bgarantia|\bcon (?:toda )?certeza\b|\bdefinitivamente\b"
            r"|\b(?:sin|no cabe) (?:ninguna )?duda\b|100 ?%"
            r"|\b(?:se (?:recuperara|pondra bien|le pasara)|desaparecera)\b"
        ),
        ("Se lo garantizamos.", "Sin duda mejora.", "Se recuperará.", "El dolor desaparecerá."),
    ),
    "a diagnosis": (
        (
            r"\b(?:tiene|sufre|padece)(?: de)?(?: una?)? (?:hernia|ciatica|esguince|contractura"
            r"|estenosis|distension|lumbago|artrosis|tiron)"
        ),
        ("Usted tiene una contractura.", "Padece de ciática."),
    ),
    "a slipped disc": (
        (
            r"\bhernias? (?:de (?:un )?disco|discal|en (?:el|un) disco)|\bdiscos? herniad"
            r"|\bdiscos? (?:desplazad|salid|abultad|abombad)|\bprotrusion"
            r"|\bnervios? (?:pinzad|atrapad|aplastad)|\bpinzamiento"
        ),
        ("Es una hernia de disco.", "Un disco desplazado.", "Un nervio pinzado."),
    ),
    "out of place": (
        (
            r"\bfuera de (?:su )?(?:lugar|sitio)\b|\bse le (?:ha )?(?:salio|salido|zafo|zafado)"
            r"|\bdesalinead|\bdescolocad|\bdislocad"
        ),
        ("Un hueso está fuera de su sitio.", "Se le salió la espalda.", "Está desalineada."),
    ),
    "wear and tear": (
        (
            r"\bdesgast|\bdegenera|\bdeteriora|\bdesmoron"
            r"|\b(?:espalda|columna|cuello|discos?|musculos?)(?: \w+)? danad[oa]s?\b"
        ),
        ("Es desgaste.", "Sus discos degeneran.", "Su columna está dañada."),
    ),
    "a scan is needed": (
        (
            r"\b(?:usted necesita|necesita usted|(?:debe|tiene que) hacerse|le hace falta) una? "
            r"(?:prueba de imagen|radiografia|escaner|tomografia)|\bresonancia"
        ),
        ("Usted necesita una radiografía.", "Pida una resonancia."),
    ),
    "a clear scan": (
        r"\b(?:radiografia|escaner|tomografia|prueba de imagen|imagen)s? (?:normal|limpi|clar)",
        ("Una radiografía normal lo descarta.",),
    ),
    "a medicine to take": (
        (
            r"(?<!no )\b(?:tome|tomese|tomar|use|pruebe)(?: \w+){0,3} (?:ibuprofeno|paracetamol"
            r"|acetaminofen|naproxeno|aspirina|analgesic|calmante)"
        ),
        ("Tome ibuprofeno.", "Puede tomar un poco de paracetamol.", "Use un analgésico."),
    ),
    "a dose": (
        r"\d ?(?:mg|miligramos?|ml|comprimidos?|pastillas?|tabletas?|capsulas?)\b",
        ("400 mg", "Son 2 comprimidos."),
    ),
    "a medicine to stop": (
        (
            r"\b(?:deje|suspenda|cambie|sustituya|reemplace|interrumpa|dejar)(?: de tomar)?"
            r"(?: \w+){0,2} (?:medicament|medicin|pastilla|comprimido|analgesic)"
        ),
        ("Deje de tomar su medicamento.", "Cambie la pastilla por calor.", "Suspenda su medicina."),
    ),
    "leftover medicine": (
        r"\b(?:medicament|medicina|pastilla|comprimido)\w* (?:sobrante|que (?:le |te )?sobr)",
        ("Use las pastillas que le sobraron.", "Un medicamento sobrante."),
    ),
    "fish oil": (
        (
            r"\baceite de pescado[^.]* (?:hace|sirve|funciona|ayuda|alivia|sustituye)|\bomega"
            r"|\b(?:tome|pruebe|use) (?:un poco de )?aceite de pescado"
        ),
        ("El aceite de pescado hace lo mismo.", "Pruebe aceite de pescado."),
    ),
    "medicine to mask pain": (
        (
            r"\b(?:analgesico|medicamento|calmante|pastilla)s? (?:antes de|para(?: poder)?)"
            r"(?: hacer)?(?: los| el)? (?:ejerci|entren)"
        ),
        ("Un analgésico antes de los ejercicios.", "Un calmante para poder entrenar."),
    ),
    "relaxants": (
        (
            r"\brelajantes?\b|\bdiazepam|\b(?:codeina|tramadol|morfina)[^.]* (?:ayuda|funciona)"
            r"|\b(?:pida|pruebe|tome|use)(?: \w+){0,2} (?:opioide|opiace|codeina|tramadol|morfina)"
        ),
        ("Pida un relajante muscular.", "La codeína ayuda.", "Pruebe la codeína."),
    ),
    "heat over a rub": (
        (
            r"\b(?:calor|bolsa|compresa|manta)\b[^.]* (?:sobre|encima de) (?:una?|el|la|su) "
            r"(?:crema|balsamo|pomada|gel|parche)"
        ),
        ("Ponga el calor sobre una crema.", "La bolsa va encima de la pomada."),
    ),
    "the adult plan for others": (
        r"\b(?:ninos?|embarazadas?|menores)\b[^.]*\bpueden?(?: tambien)? (?:seguir|hacer|usar)",
        ("Los niños pueden seguir este plan.", "Si está embarazada puede hacer esto."),
    ),
}

_AND = r"\b[وف]?"
"""Where an Arabic word begins: "and" and "so" are written as its first letter."""

ARABIC: dict[str, Pattern] = {
    "you are fine": (
        (
            rf"{_AND}بخير\b|{_AND}(?:انت|حالتك|صحتك|وضعك|ظهرك|رقبتك) (?:سليم|طبيعي|جيد|ممتاز|معاف)"
            rf"|{_AND}كل شيء (?:على ما يرام|سليم|طبيعي)"
        ),
        ("أنت بخير.", "حالتك طبيعية.", "ظهرك سليم.", "كلّ شيء على ما يرام."),
    ),
    "nothing serious": (
        (
            rf"{_AND}(?:لا شيء|ليس (?:هناك|لديك|عندك) شيء|لا يوجد شيء|ما من شيء) (?:خطير|مقلق|سيي)"
            rf"|{_AND}(?:ليس|ليست)(?: هذا| الامر| حالتك)? ب?(?:خطير|مقلق)"
            rf"|{_AND}غير (?:ال)?(?:خطير|مقلق|موذ|ضار)|{_AND}لا خطر\b"
            rf"|{_AND}لا (?:ي|ت)دعو (?:الى ال|لل)قلق|{_AND}(?:ال)?حميد(?:ا|ة)?\b"
        ),
        ("لا شيء خطير.", "هذا ليس خطيرا.", "ألم غير خطير.", "ليس لديك شيء مقلق.", "ورم حميد."),
    ),
    "do not worry": (
        (
            rf"{_AND}لا (?:تقلق|تقلقي|تقلقوا|تخف|تخافي|تخش)\b|{_AND}لا داعي لان تقلق"
            rf"|{_AND}لا (?:داعي|حاجة|موجب) (?:لل|الى ال)(?:قلق|خوف)"
            rf"|{_AND}(?:اطمين|كن مطميي?ن|كوني مطميي?ن)"
        ),
        ("لا تقلق.", "لا تقلقي.", "لا داعي للقلق.", "اطمئن.", "لا حاجة إلى القلق."),
    ),
    "safe": (
        (
            rf"{_AND}[بل]?(?:ال)?(?:امن|امنا|امنة|امنين|امان|مامون|مامونا|مامونة)\b"
            rf"|{_AND}سلامتك مضمونة|{_AND}(?:بلا|دون|بدون) (?:اي )?(?:مخاطر|خطورة)"
        ),
        ("المشي آمن.", "تمارين آمنة.", "يمكنك المشي بأمان.", "والطريقة الآمنة.", "دون مخاطر."),
    ),
    "proven": (
        (
            rf"{_AND}(?:ال)?مثبت(?:ا|ة)?\b|{_AND}ثبتت? (?:ان|علميا|طبيا|فعالي)|{_AND}علميا\b"
            rf"|{_AND}(?:ت|ي)?ثبتت? (?:ال)?(?:دراس|ابحاث|علم|تجارب)"
            rf"|{_AND}اثبتت? (?:ال)?(?:دراس|ابحاث|علم|تجارب)"
        ),
        ("طريقة مثبتة.", "ثبت أن الدفء ينفع.", "أثبتت الدراسات ذلك.", "تثبت الأبحاث ذلك."),
    ),
    "cures": (
        (
            rf"{_AND}س?[يت]شف[يى]|{_AND}[بل]?(?:ال)?شفاء|{_AND}(?:ال)?شاف(?:ي|ية)?\b"
            rf"|{_AND}(?:ي|ت)قضي على (?:ال)?(?:الم|تشنج)"
        ),
        ("الدفء يشفي الظهر.", "ستشفى قريبا.", "هذا هو الشفاء.", "علاج شافٍ.", "يقضي على الألم."),
    ),
    "a promise": (
        (
            rf"{_AND}(?:ال)?مضمون(?:ا|ة)?\b|{_AND}[نيت]ضمن (?:لك|ان|ال)|{_AND}نعدك"
            rf"|{_AND}(?:حتما|بالتاكيد|من الموكد|قطعا|بلا شك|(?:ب|من )?دون (?:ادنى )?شك|لا محالة)"
            rf"|(?:100|١٠٠) ?[%٪]|(?<!كان ){_AND}(?:سوف (?:ت|ي)|س[يت])(?:تعاف|شف|زول|ختف)"
        ),
        ("نتيجة مضمونة.", "نضمن لك ذلك.", "بالتأكيد.", "ستتعافى.", "سيزول الألم.", "١٠٠٪"),
    ),
    "a diagnosis": (
        (
            rf"{_AND}(?:لديك|عندك|تعاني من|تعانين من|(?:انت )?مصابة? ب) ?(?:ال)?"
            r"(?:انزلاق|ديسك|فتق|تضيق|عرق النسا|التواء|تمزق|شد عضلي|خشونة)"
        ),
        ("لديك تمزق.", "تعاني من عرق النسا.", "أنت مصاب بانزلاق."),
    ),
    "a slipped disc": (
        (
            rf"انزلاق|{_AND}(?:ال)?ديسك|{_AND}(?:ال)?فتق (?:في )?(?:ال)?(?:قرص|غضروف)|غضروف"
            rf"|{_AND}(?:ال)?قرص منزلق"
            rf"|{_AND}(?:ال)?عصب (?:ال)?(?:محصور|مضغوط|منضغط|مقروص)"
        ),
        ("هذا انزلاق.", "ألم الديسك.", "فتق في القرص.", "عصب مضغوط.", "مشكلة في الغضروف."),
    ),
    "out of place": (
        (
            rf"خارج (?:مكان|موضع|محل)|{_AND}(?:خرج|خرجت|تحرك|تحركت) (?:من|عن) (?:مكان|موضع|محل)"
            rf"|{_AND}(?:في )?غير (?:مكان|موضع)ه|{_AND}(?:ال)?مخلوع|منزاح"
        ),
        ("فقرة خارج مكانها.", "خرجت من مكانها.", "فقرة منزاحة.", "ظهرك مخلوع."),
    ),
    "wear and tear": (
        (
            rf"{_AND}(?:ال)?(?:متاكل|مهتري|اهتراء|تنكس|بالي)|التاكل|{_AND}تاكل (?:ال|في ال)"
            rf"|{_AND}(?:ال)?تلف\b|{_AND}(?:ال)?تالف|{_AND}(?:ال)?خشون|{_AND}(?:ال)?متضرر"
        ),
        ("فقرات متآكلة.", "هو تآكل الفقرات.", "في ظهرك تلف.", "خشونة في الفقرات.", "ظهر متضرر."),
    ),
    "a scan is needed": (
        (
            rf"{_AND}(?:انت (?:تحتاج|بحاجة)|تحتاجين|يلزمك|عليك) (?:الى )?(?:(?:عمل|اجراء) )?"
            r"(?:رنين|اشعة|تصوير|صورة)|رنين"
        ),
        ("أنت تحتاج إلى أشعة.", "يلزمك تصوير.", "اطلب الرنين المغناطيسي."),
    ),
    "a clear scan": (
        rf"{_AND}(?:ال)?(?:صورة|صور|اشعة|تصوير) (?:ال)?(?:سليم|نظيف|طبيعي|واضح)",
        ("الأشعة السليمة تنفي المرض.", "صورة طبيعية."),
    ),
    "a medicine to take": (
        (
            rf"{_AND}(?:تناول|تناولي|خذ|خذي|استعمل|استعملي|جرب|جربي|اشرب)(?: \w+){{0,2}} (?:ال)?"
            r"(?:ايبوبروفين|بروفين|باراسيتامول|بنادول|نابروكسين|اسبرين|مسكن)"
        ),
        ("تناول الإيبوبروفين.", "خذ حبة باراسيتامول.", "استعملي مسكّنا."),
    ),
    "a dose": (
        r"\d ?(?:ملغ|ملجم|مغ|مليغرام|ملليغرام|مل|حبة|حبات|حبوب|قرص|اقراص|كبسول)",
        ("400 ملغ", "٢ حبة", "3 أقراص"),
    ),
    "a medicine to stop": (
        (
            rf"{_AND}(?:اوقف|اوقفي|توقف عن|توقفي عن|اترك|اتركي|استبدل|استبدلي|بدل)(?: \w+){{0,2}} "
            r"(?:ال)?(?:دواء|ادوي|حبوب|اقراص|مسكن)"
        ),
        ("أوقف تناول الدواء.", "توقف عن المسكّن.", "استبدل الأقراص بالدفء."),
    ),
    "leftover medicine": (
        rf"{_AND}(?:ال)?(?:دواء|ادوية|حبوب|اقراص) (?:ال)?متبق|{_AND}بقايا (?:ال)?(?:دواء|ادوية)",
        ("استعمل الأدوية المتبقية.", "بقايا دواء."),
    ),
    "fish oil": (
        (
            r"زيت (?:ال)?(?:سمك|كبد)[^.]* (?:مثل|ينفع|يفيد|يخفف|يغني|بدل)|اوميغا|اوميجا"
            rf"|{_AND}(?:تناول|خذ|جرب|استعمل)\w? زيت (?:ال)?(?:سمك|كبد)"
        ),
        ("زيت السمك مثله.", "أوميغا 3", "جرب زيت السمك."),
    ),
    "medicine to mask pain": (
        rf"{_AND}(?:ال)?(?:مسكن|دواء)\w* (?:قبل|لكي|كي|حتى) (?:ال)?(?:تمرين|تمارين|تتمرن|رياضة)",
        ("مسكّن قبل التمارين.", "دواء كي تتمرن."),
    ),
    "relaxants": (
        (
            r"مرخي|باسط(?:ات)? (?:ال)?عضل|ديازيبام"
            rf"|{_AND}(?:تناول|خذ|جرب|استعمل|اطلب)\w?(?: \w+){{0,2}} (?:ال)?"
            r"(?:كودايين|كوديين|ترامادول|مورفين|مسكنات افيون)"
        ),
        ("اطلب مرخيا للعضلات.", "باسطات العضلات.", "جرب الكوديين.", "استعمل مسكنات أفيونية."),
    ),
    "heat over a rub": (
        (
            rf"{_AND}(?:ال)?(?:دفء|حرارة|كمادة|قربة)\b[^.]* (?:فوق|على) (?:ال)?"
            r"(?:دهان|مرهم|كريم|جل|لصقة)"
        ),
        ("ضع الدفء فوق المرهم.", "ضع الكمادة على اللصقة."),
    ),
    "the adult plan for others": (
        rf"{_AND}(?:ال|لل)?(?:اطفال|طفل|حامل|حوامل)\b[^.]*\b(?:يمكنهم|يمكنهن|يمكنها|يمكنه|يستطيع)",
        ("الأطفال يمكنهم اتباع الخطة.", "الحامل يمكنها ذلك."),
    ),
}

NEVER_SAID: dict[str, dict[str, Pattern]] = {"en": ENGLISH, "es": SPANISH, "ar": ARABIC}
"""The patterns of each language by what they mean; every language has them all."""


def plain(text: str) -> str:
    """Return the text in small letters, without accents, vowel signs or stretched letters."""
    letters = unicodedata.normalize("NFD", text.casefold().replace("ـ", "").replace("’", "'"))
    return "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")


def says(pattern: str, text: str) -> bool:
    """Return whether the text says what the pattern means."""
    return re.search(pattern, plain(text)) is not None
