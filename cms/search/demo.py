"""The demo lists of the search: synonyms of the demo site's words, and words of a crisis."""

from typing import Any, Final

from django.db import transaction
from wagtail.models import Locale

from .models import CrisisPhrase, Synonyms, folded, phrases_of

SYNONYMS: Final = {
    "sv": (
        "KBT, kognitiv beteendeterapi, kognitiv terapi, beteendeterapi",
        "IPT, interpersonell terapi, interpersonell psykoterapi",
        "PDT, psykodynamisk terapi, psykoanalys, psykodynamisk psykoterapi",
        "DBT, dialektisk beteendeterapi",
        "CFT, compassionfokuserad terapi, självmedkänsla, self compassion, medkänsla",
        "ACT, acceptance and commitment therapy, acceptans, mindfulness, medveten närvaro",
        "EMDR, ögonrörelser, eye movement desensitization and reprocessing",
        "utmattning, utbränd, utbrändhet, utmattad, utmattningssyndrom, gått in i väggen, burnout",
        "depression, deprimerad, deppig, nedstämd, nedstämdhet, ledsen",
        "ångest, panikattack, panikångest, oro, orolig, ängslan, GAD",
        "social ångest, social fobi, blyg, scenskräck, talängslan, prata inför folk",
        "sömn, sova, sömnlös, sömnlöshet, insomni, insomnia, sömnbesvär",
        "sorg, sörja, dödsfall, dött, avliden, förlorat någon",
        "relationsproblem, skilsmässa, separation, relationen, bråkar",
        "parterapi, parsamtal, skilsmässa, äktenskapsrådgivning, familjerådgivning, parrådgivning, "
        "sambo",
        "ätstörning, anorexi, anorexia, bulimi, hetsätning, ortorexi",
        "bipolär, manodepressiv, mani, manisk",
        "självkänsla, självförtroende, självbild",
        "trauma, PTSD, posttraumatiskt stressyndrom, flashbacks, övergrepp",
        "boka, bokning, tidsbokning, boka tid, beställa tid",
        "avboka, ställa in, ändra tid, omboka",
        "medicin, läkemedel, antidepressiva, tabletter, SSRI",
        "på nätet, videosamtal, online, digitalt, distans, videolänk, på internet",
        "tystnadsplikt, sekretess, hemligt, stannar mellan oss",
        "telefonnummer, telefon, ringa, mejl, e-post, adress, kontakt",
        "kakor, cookies, spårning, spårar",
        "hemuppgift, hemläxa, läxa, övningar hemma",
        "anhörig, närstående, ta med någon",
    ),
    "en": (
        "CBT, cognitive behavioural therapy, cognitive behavioral therapy, cognitive therapy",
        "IPT, interpersonal therapy, interpersonal psychotherapy",
        "PDT, psychodynamic therapy, psychoanalysis, psychodynamic psychotherapy",
        "DBT, dialectical behaviour therapy, dialectical behavior therapy",
        "CFT, compassion-focused therapy, self-compassion, compassion",
        "ACT, acceptance and commitment therapy, acceptance therapy, mindfulness",
        "EMDR, eye movement, eye movements, eye movement desensitisation and reprocessing",
        "burnout, burnt out, burned out, burn-out, exhausted, exhaustion",
        "depression, depressed, low mood, sad, feeling down, hopeless",
        "anxiety, anxious, worry, panic, panic attack, GAD",
        "social anxiety, social phobia, shy, shyness, stage fright",
        "sleep, insomnia, sleepless, awake at night, can’t sleep",
        "grief, grieving, bereavement, bereaved, mourning, died, loss of someone",
        "relationship difficulties, divorce, separation, break-up, relationship problems",
        "couples therapy, couple therapy, divorce, marriage counselling, marriage counseling, "
        "relationship counselling, arguing",
        "eating disorder, anorexia, bulimia, binge eating",
        "bipolar, manic depression, manic, mania",
        "self-esteem, self-confidence, confidence, self-worth",
        "trauma, PTSD, post-traumatic stress, flashbacks, abuse",
        "book a session, book, booking, appointment, make an appointment",
        "cancel, reschedule, cancellation",
        "medicine, medication, antidepressants, pills, SSRI",
        "online, video call, remote, video, over the internet",
        "confidential, confidentiality, private, stay between us",
        "phone number, telephone, phone, email, address, contact",
        "cookies, tracking, track",
        "homework, exercises at home, practise at home",
        "relative, family member, bring someone",
    ),
}

CRISIS: Final = {
    "sv": (
        "självmord", "suicid", "ta livet av mig", "ta mitt liv", "döda mig själv", "vill dö",
        "vill inte leva", "orkar inte leva", "inte leva längre", "sluta leva", "bättre utan mig",
        "skada mig själv", "skär mig", "skära mig själv", "självskada", "självskadebeteende",
        "överdos", "dö i sömnen", "hänga mig", "hoppa framför tåget", "avsluta mitt liv",
    ),
    "en": (
        "suicide", "suicidal", "kill myself", "end my life", "take my own life", "end it all",
        "want to die", "wish I was dead", "wish I were dead", "don’t want to live",
        "no reason to live", "can’t go on living", "better off without me", "better off dead",
        "self-harm", "hurt myself", "harm myself", "cut myself", "cutting myself", "overdose",
        "hang myself", "want to end it",
    ),
}  # fmt: skip


@transaction.atomic
def add_demo_words(**kwargs: Any) -> None:
    """Add the lists that are missing; receives `demo_seeded`."""
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    for code, lists in SYNONYMS.items():
        kept = Synonyms.objects.filter(locale=locales[code]).values_list("words", flat=True)
        known = {folded(phrases_of(words)[0]) for words in kept}
        Synonyms.objects.bulk_create(
            Synonyms(locale=locales[code], words=words)
            for words in lists
            if folded(phrases_of(words)[0]) not in known
        )
    for code, phrases in CRISIS.items():
        listed = CrisisPhrase.objects.filter(locale=locales[code]).values_list("text", flat=True)
        known = set(map(folded, listed))
        CrisisPhrase.objects.bulk_create(
            CrisisPhrase(locale=locales[code], text=text)
            for text in phrases
            if folded(text) not in known
        )
